/** Code rules in a form; says how many calls it would judge otherwise before it is put into force. */
import { Button, Checkbox, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyVersion } from '../../../core/api/contract.ts';
import { DayInput } from '../../components/day-input.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { Section } from '../../components/section.tsx';
import { rememberedWho, rememberWho, WhoInput } from '../../components/who-input.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { AssignmentFields } from './assignment-fields.tsx';
import { GroupFields } from './group-fields.tsx';
import {
  draftOf,
  newAssignment,
  newGroup,
  newRight,
  type PolicyDraft,
  policyOf,
  type RightDraft,
} from './policy-draft.ts';
import { PolicyEffectView } from './policy-effect.tsx';
import { RightFields } from './right-fields.tsx';
import { RuleFields } from './rule-fields.tsx';

interface PolicyEditorProps {
  /** What the form begins with; absent: an empty one. */
  readonly start: PolicyVersion | undefined;
  readonly today: string;
  readonly onClose: () => void;
}

export const STALE_AFTER_POLICY = [
  'listPolicies',
  'listBreaches',
  'getPbxSheet',
  'listCalls',
  'countCalls',
  'getCall',
] as const;

export function PolicyEditor({ start, today, onClose }: PolicyEditorProps) {
  const { t } = useTranslation(['policy', 'app']);
  const [draft, setDraftOnly] = useState(() => draftOf(start, today));
  const [by, setBy] = useState(rememberedWho);
  const [isTried, setIsTried] = useState(false);
  const preview = useWrite('previewPolicy', { showsErrors: true });
  const apply = useWrite('applyPolicy', {
    refresh: STALE_AFTER_POLICY,
    showsErrors: true,
    onDone: (effect) => {
      rememberWho(by);
      showDone(t('editor.applied', { count: effect.calls }));
      onClose();
    },
  });
  const error = apply.error ?? preview.error;
  const errors = useFieldErrors(error, { policy: draft, validFrom: draft.validFrom, by });
  const set = (part: Partial<PolicyDraft>): void => {
    // What was previewed no longer holds.
    preview.reset();
    apply.reset();
    setDraftOnly({ ...draft, ...part });
  };
  const policy = policyOf(draft);
  const { validFrom } = draft;
  const submit = (): void => {
    setIsTried(true);
    if (policy === undefined || validFrom === null) return;
    const body = { action: 'add', validFrom, policy, note: draft.note } as const;
    if (preview.data === undefined) preview.mutate({ body });
    else apply.mutate({ body: { ...body, by } });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        <Section title={t('editor.title')}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <DayInput
              required
              label={t('editor.validFrom')}
              description={t('editor.validFromHelp')}
              value={validFrom}
              error={errors.at('validFrom') ?? (isTried && validFrom === null)}
              onChange={(day) => set({ validFrom: day })}
            />
            <TextInput
              label={t('editor.note')}
              description={'\u00a0'}
              maxLength={500}
              value={draft.note}
              onChange={(event) => set({ note: event.currentTarget.value })}
            />
          </SimpleGrid>
          <ExceptionFields draft={draft} onChange={set} />
        </Section>
        <TelephoneSection draft={draft} errorAt={(path) => errors.at(`policy.${path}`)} onChange={set} />
        <RightSection draft={draft} errorAt={(path) => errors.at(`policy.${path}`)} isTried={isTried} onChange={set} />
        <FormFailure error={error} />
        {preview.data !== undefined && <PolicyEffectView effect={preview.data} />}
        <Group justify="flex-end" align="flex-end" className="tb-form-foot">
          {preview.data !== undefined && <WhoInput value={by} onChange={setBy} />}
          <Button variant="default" onClick={onClose}>
            {t('app:action.cancel')}
          </Button>
          <Button type="submit" loading={preview.isPending || apply.isPending}>
            {t(preview.data === undefined ? 'editor.preview' : 'editor.apply')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface PartProps {
  readonly draft: PolicyDraft;
  readonly onChange: (part: Partial<PolicyDraft>) => void;
}

function ExceptionFields({ draft, onChange }: PartProps) {
  const { t } = useTranslation('policy');
  return (
    <fieldset className="tb-fieldset">
      <Text component="legend" size="sm" fw={500} mb={6}>
        {t('editor.exceptions')}
      </Text>
      <Group>
        {(['emergency', 'free'] as const).map((kind) => (
          <Checkbox
            key={kind}
            label={t(`editor.${kind}`)}
            checked={draft.exceptions[kind]}
            onChange={(event) => onChange({ exceptions: { ...draft.exceptions, [kind]: event.currentTarget.checked } })}
          />
        ))}
      </Group>
    </fieldset>
  );
}

interface CheckedPartProps extends PartProps {
  readonly errorAt: (path: string) => string | undefined;
}

function TelephoneSection({ draft, errorAt, onChange }: CheckedPartProps) {
  const { t } = useTranslation('policy');
  const { groups } = draft;
  const move = (place: number, by: -1 | 1): void => {
    const moved = groups[place];
    if (moved === undefined) return;
    onChange({ groups: groups.toSpliced(place, 1).toSpliced(place + by, 0, moved) });
  };
  return (
    <Section title={t('editor.telephones')} text={t('editor.groupsHelp')}>
      {groups.map((group, i) => (
        <GroupFields
          key={group.key}
          group={group}
          place={i}
          count={groups.length}
          errorAt={(path) => errorAt(`groups.${i}.${path}`)}
          onChange={(next) => onChange({ groups: groups.map((one) => (one.key === group.key ? next : one)) })}
          onMove={(by) => move(i, by)}
          onRemove={() => onChange({ groups: groups.filter((one) => one.key !== group.key) })}
        />
      ))}
      <Button
        variant="light"
        w="fit-content"
        leftSection={<IconPlus size={15} />}
        onClick={() => onChange({ groups: [...groups, newGroup(t('editor.newGroup', { number: groups.length + 1 }))] })}
      >
        {t('editor.addGroup')}
      </Button>
      <section aria-label={t('otherTelephones')}>
        <Text fw={600} mb={4}>
          {t('otherTelephones')}
        </Text>
        <RuleFields value={draft.others} onChange={(others) => onChange({ others })} />
      </section>
    </Section>
  );
}

function RightSection({ draft, errorAt, isTried, onChange }: CheckedPartProps & { readonly isTried: boolean }) {
  const { t } = useTranslation('policy');
  const { rights, assignments } = draft;
  const change = (next: RightDraft): void =>
    onChange({ rights: rights.map((one) => (one.id === next.id ? next : one)) });
  const add = (): void => {
    const right = newRight(t('editor.newRight', { number: rights.length + 1 }));
    // The first right is of use only when somebody has it.
    const first = rights.length === 0 && assignments.length === 0 ? [newAssignment(right.id)] : [];
    onChange({ rights: [...rights, right], assignments: [...assignments, ...first] });
  };
  const remove = (id: string): void =>
    onChange({
      rights: rights.filter((one) => one.id !== id),
      assignments: assignments.filter((row) => row.rightId !== id),
    });
  const [firstRight] = rights;
  return (
    <Section title={t('editor.rights')} text={t('editor.rightsHelp')}>
      {rights.map((right, i) => (
        <RightFields
          key={right.id}
          right={right}
          errorAt={(path) => errorAt(`rights.${i}.${path}`)}
          onChange={change}
          onRemove={() => remove(right.id)}
        />
      ))}
      <Button variant="light" w="fit-content" leftSection={<IconPlus size={15} />} onClick={add}>
        {t('editor.addRight')}
      </Button>
      {firstRight !== undefined && (
        <section aria-label={t('editor.assignments')}>
          <Text fw={600}>{t('editor.assignments')}</Text>
          <Text size="sm" c="dimmed" mb={6}>
            {t('editor.assignmentsHelp')}
          </Text>
          <AssignmentFields
            rows={assignments}
            rights={rights}
            isTried={isTried}
            errorAt={(path) => errorAt(`assignments.${path}`)}
            onChange={(rows) => onChange({ assignments: rows })}
          />
          <Button
            mt="xs"
            size="compact-sm"
            variant="light"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange({ assignments: [...assignments, newAssignment(firstRight.id)] })}
          >
            {t('editor.addAssignment')}
          </Button>
        </section>
      )}
    </Section>
  );
}
