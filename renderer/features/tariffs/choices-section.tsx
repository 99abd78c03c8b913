/** Which call takes which tariff: by what the call went over, else the one for all other calls. */
import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tariff, TariffChoices } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { Section } from '../../components/section.tsx';
import { keyOf, queryClient, useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { CHOICE_KINDS, type ChoiceDraft, choicesOf, draftOf, isWhole, twice } from './choice-draft.ts';
import { TrunkGroups } from './trunk-groups.tsx';

export function ChoicesSection() {
  const choices = useRead('getTariffChoices');
  const tariffs = useRead('listTariffs');
  if (choices.data === undefined || tariffs.data === undefined) return null;
  return <ChoicesForm key={JSON.stringify(choices.data)} stored={choices.data} tariffs={tariffs.data} />;
}

interface ChoicesFormProps {
  readonly stored: TariffChoices;
  readonly tariffs: readonly Tariff[];
}

function ChoicesForm({ stored, tariffs }: ChoicesFormProps) {
  const { t } = useTranslation(['tariffs', 'app', 'settings']);
  const [draft, setDraft] = useState<ChoiceDraft>(() => draftOf(stored));
  const save = useWrite('putTariffChoices', {
    showsErrors: true,
    refresh: ['listTariffs'],
    onDone: (saved) => {
      queryClient.setQueryData(keyOf('getTariffChoices'), saved);
      showDone(t('app:saved'));
    },
  });
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(stored));
  const doubled = twice(draft);
  const tariffData = tariffs.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <Section title={t('tab.choices')} text={t('choices.text')}>
      <Stack gap="xs">
        {draft.lines.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('choices.none')}
          </Text>
        )}
        {draft.lines.length > 0 && <ChoiceLines draft={draft} tariffData={tariffData} onChange={setDraft} />}
        <Group>
          <Button
            variant="light"
            size="xs"
            leftSection={<IconPlus size={14} />}
            onClick={() =>
              setDraft({ ...draft, lines: [...draft.lines, { kind: 'access-code', value: '', tariffId: null }] })
            }
          >
            {t('choices.add')}
          </Button>
        </Group>
        <Select
          maw={420}
          label={t('choices.default')}
          placeholder={t('choices.defaultNone')}
          clearable
          data={tariffData}
          value={draft.defaultId}
          onChange={(defaultId) => setDraft({ ...draft, defaultId })}
        />
        <TrunkGroups groups={draft.groups} onChange={(groups) => setDraft({ ...draft, groups })} />
        <FormFailure error={save.error} unshown={['']} />
        {doubled !== undefined && (
          <Text size="sm" c="var(--tb-warn)" role="alert">
            {t('choices.twice', { value: doubled })}
          </Text>
        )}
        {!isWhole(draft) && (
          <Text size="sm" c="dimmed">
            {t('choices.incomplete')}
          </Text>
        )}
        {isChanged && (
          <div className="tb-save-bar">
            <span>{t('settings:unsaved')}</span>
            <Group gap="xs">
              <Button variant="default" onClick={() => setDraft(draftOf(stored))}>
                {t('app:action.cancel')}
              </Button>
              <Button
                loading={save.isPending}
                disabled={doubled !== undefined || !isWhole(draft)}
                onClick={() => save.mutate({ body: choicesOf(draft) })}
              >
                {t('app:action.save')}
              </Button>
            </Group>
          </div>
        )}
      </Stack>
    </Section>
  );
}

interface ChoiceLinesProps {
  readonly draft: ChoiceDraft;
  readonly tariffData: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (draft: ChoiceDraft) => void;
}

function ChoiceLines({ draft, tariffData, onChange }: ChoiceLinesProps) {
  const { t } = useTranslation('tariffs');
  const sources = useRead('listSources').data ?? [];
  const setLine = (at: number, part: Partial<ChoiceDraft['lines'][number]>): void =>
    onChange({ ...draft, lines: draft.lines.map((line, i) => (i === at ? { ...line, ...part } : line)) });
  return (
    <table className="tb-table tb-form-table">
      <thead>
        <tr>
          <th>{t('choices.kind')}</th>
          <th>{t('choices.value')}</th>
          <th>{t('choices.tariff')}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {draft.lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name of their own while they are typed
          <tr key={at}>
            <td>
              <Select
                aria-label={t('choices.kind')}
                allowDeselect={false}
                data={CHOICE_KINDS.map((kind) => ({ value: kind, label: t(`choices.kinds.${kind}`) }))}
                value={line.kind}
                onChange={(value) => {
                  const kind = CHOICE_KINDS.find((known) => known === value);
                  if (kind !== undefined) setLine(at, { kind, value: '' });
                }}
              />
            </td>
            <td>
              {line.kind === 'source' || line.kind === 'trunk-group' ? (
                <Select
                  aria-label={t('choices.value')}
                  data={
                    line.kind === 'source'
                      ? sources.map(({ id, name }) => ({ value: String(id), label: name }))
                      : draft.groups.filter(({ name }) => name !== '').map(({ name }) => name)
                  }
                  value={line.value === '' ? null : line.value}
                  onChange={(value) => setLine(at, { value: value ?? '' })}
                />
              ) : (
                <TextInput
                  aria-label={t('choices.value')}
                  placeholder={line.kind === 'access-code' ? '171' : '01'}
                  value={line.value}
                  onChange={(event) => setLine(at, { value: event.currentTarget.value })}
                />
              )}
            </td>
            <td>
              <Select
                aria-label={t('choices.tariff')}
                data={[...tariffData]}
                value={line.tariffId}
                onChange={(tariffId) => setLine(at, { tariffId })}
              />
            </td>
            <td data-end>
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={t('choices.removeLine', { value: line.value })}
                onClick={() => onChange({ ...draft, lines: draft.lines.filter((_, i) => i !== at) })}
              >
                <IconTrash size={16} stroke={1.6} />
              </ActionIcon>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
