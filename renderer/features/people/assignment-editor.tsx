/** Changes who holds a code or an extension; says how many booked calls that moves before it is applied. */
import { Alert, Button, Group, Paper, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assignment, AssignmentChange, AssignmentEffect } from '../../../core/api/contract.ts';
import { DayInput } from '../../components/day-input.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { MoneySums } from '../../components/values.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { formatCount, formatLocalDay } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';
import { dayAfter, dayBefore } from '../../site-day.ts';
import { showDone } from '../../toasts.ts';

export interface AssignmentDraft {
  readonly action: AssignmentChange['action'];
  /** Of the assignment that is changed or removed. */
  readonly id?: number;
  readonly kind: Assignment['kind'];
  readonly value: string;
  readonly lastValue: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

function changeOf(draft: AssignmentDraft, personId: number): AssignmentChange {
  const { validFrom, validTo } = draft;
  const assignmentId = draft.id ?? 0;
  switch (draft.action) {
    case 'add': {
      const lastValue = draft.lastValue.trim() === '' ? null : draft.lastValue.trim();
      return {
        action: 'add',
        personId,
        assignment: { kind: draft.kind, value: draft.value.trim(), lastValue, validFrom, validTo },
      };
    }
    case 'change':
      return { action: 'change', assignmentId, validFrom, validTo };
    case 'remove':
      return { action: 'remove', assignmentId };
  }
}

/** For a form around the editor that is saved while this one is still open. */
export interface AssignmentEditorHandle {
  /** Applies what was entered; false where it was refused, or moves calls and its effect was not seen yet. */
  finish(): Promise<boolean>;
}

function isUntouched(draft: AssignmentDraft, start: AssignmentDraft): boolean {
  switch (draft.action) {
    case 'add':
      return draft.value.trim() === '' && draft.lastValue.trim() === '';
    case 'change':
      return draft.validFrom === start.validFrom && draft.validTo === start.validTo;
    case 'remove':
      return false;
  }
}

interface AssignmentEditorProps {
  readonly ref?: Ref<AssignmentEditorHandle>;
  readonly personId: number;
  readonly start: AssignmentDraft;
  readonly onClose: () => void;
}

export function AssignmentEditor({ ref, personId, start, onClose }: AssignmentEditorProps) {
  const { t } = useTranslation(['people', 'app']);
  const [draft, setDraftOnly] = useState(start);
  const preview = useWrite('previewAssignment', { showsErrors: true });
  const apply = useWrite('applyAssignment', {
    refresh: ['listPeople', 'listCalls', 'countCalls', 'getCall', 'getMonth', 'lookUp'],
    showsErrors: true,
    onDone: (effect) => {
      showDone(t('assignments.applied', { count: effect.calls }));
      onClose();
    },
  });
  const error = apply.error ?? preview.error;
  const errors = useFieldErrors(error, draft);
  const setDraft = (next: AssignmentDraft): void => {
    // What was previewed no longer holds.
    preview.reset();
    apply.reset();
    setIsHeld(false);
    setDraftOnly(next);
  };
  const body = changeOf(draft, personId);
  const place = useRef<HTMLDivElement>(null);
  const [isHeld, setIsHeld] = useState(false);

  const finish = async (): Promise<boolean> => {
    if (isUntouched(draft, start)) return true;
    try {
      if (preview.data === undefined && (await preview.mutateAsync({ body })).calls > 0) {
        setIsHeld(true);
        place.current?.scrollIntoView({ block: 'center' });
        return false;
      }
      await apply.mutateAsync({ body });
      return true;
    } catch {
      // The refusal stands in this form.
      place.current?.scrollIntoView({ block: 'center' });
      return false;
    }
  };
  useImperativeHandle(ref, () => ({ finish }));

  return (
    <Paper
      ref={place}
      p="sm"
      mt="xs"
      component="section"
      aria-label={t(`assignments.edit.${draft.action}.${draft.kind}`)}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (preview.data === undefined) preview.mutate({ body });
          else apply.mutate({ body });
        }}
      >
        <Stack gap="sm">
          <Text fw={600} size="sm">
            {t(`assignments.edit.${draft.action}.${draft.kind}`)} {draft.action === 'add' ? '' : draft.value}
          </Text>
          {draft.action === 'add' && (
            <SimpleGrid cols={2}>
              <TextInput
                label={t(`assignments.kind.${draft.kind}`)}
                autoFocus
                autoComplete="off"
                value={draft.value}
                error={errors.at('assignment.value')}
                onChange={(event) => setDraft({ ...draft, value: event.currentTarget.value })}
              />
              <TextInput
                label={t('assignments.lastValue')}
                description={t('assignments.lastValueHelp')}
                autoComplete="off"
                value={draft.lastValue}
                error={errors.at('assignment.lastValue')}
                onChange={(event) => setDraft({ ...draft, lastValue: event.currentTarget.value })}
              />
            </SimpleGrid>
          )}
          {draft.action !== 'remove' && (
            <SimpleGrid cols={2}>
              <DayInput
                label={t('assignments.validFrom')}
                description={t('assignments.validFromHelp')}
                value={draft.validFrom}
                error={errors.at('assignment.validFrom') ?? errors.at('validFrom')}
                onChange={(validFrom) => setDraft({ ...draft, validFrom })}
              />
              <DayInput
                label={t('assignments.validTo')}
                description={t('assignments.validToHelp')}
                value={draft.validTo === null ? null : dayBefore(draft.validTo)}
                error={errors.at('assignment.validTo') ?? errors.at('validTo')}
                onChange={(day) => setDraft({ ...draft, validTo: day === null ? null : dayAfter(day) })}
              />
            </SimpleGrid>
          )}
          <FormFailure error={error} />
          {preview.data !== undefined && <Effect effect={preview.data} />}
          {isHeld && (
            <Alert color="yellow" role="alert">
              {t('assignments.applyFirst')}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button size="compact-md" variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button
              size="compact-md"
              type="submit"
              color={draft.action === 'remove' ? 'red' : 'ledger'}
              loading={preview.isPending || apply.isPending}
            >
              {t(preview.data === undefined ? 'assignments.preview' : 'app:action.apply')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

function Effect({ effect }: { readonly effect: AssignmentEffect }) {
  const { t } = useTranslation('people');
  const language = useLanguage();
  if (effect.calls === 0) return <Alert color="ledger">{t('assignments.movesNone')}</Alert>;
  return (
    <Alert
      color="orange"
      title={t('assignments.moves', { count: effect.calls, shown: formatCount(effect.calls, language) })}
    >
      {effect.firstDay !== null && effect.lastDay !== null && (
        <Text size="sm">
          {t('assignments.movesDays', { from: formatLocalDay(effect.firstDay), to: formatLocalDay(effect.lastDay) })}
        </Text>
      )}
      {effect.charges.length > 0 && (
        <Text size="sm" component="div">
          {t('assignments.movesCharge')} <MoneySums values={effect.charges} />
        </Text>
      )}
    </Alert>
  );
}
