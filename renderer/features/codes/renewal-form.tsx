/** Whom new codes are for, from which day, and how long they are. */
import {
  Button,
  Checkbox,
  Group,
  Input,
  MultiSelect,
  NumberInput,
  Paper,
  SegmentedControl,
  Stack,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CODE_DIGITS_MAX, CODE_DIGITS_MIN } from '../../../core/model/code-finding.ts';
import type { Input as RouteInput } from '../../api.ts';
import { DayInput } from '../../components/day-input.tsx';
import { DepartmentSelect } from '../../components/directory-selects.tsx';
import { FormFailure } from '../../components/form-failure.tsx';
import { useFieldErrors } from '../../field-errors.ts';
import { plain } from '../../format.ts';
import { useRead } from '../../query-client.ts';

const WHO = ['all', 'department', 'people'] as const;
const SHOWN = 60;

type RenewalBody = RouteInput<'previewCodeRenewal'>['body'];

export interface RenewalDraft {
  readonly who: (typeof WHO)[number];
  readonly departmentId: number | null;
  readonly personIds: readonly number[];
  readonly day: string;
  readonly digits: number;
  readonly mayStartWithZero: boolean;
  readonly isForCodeless: boolean;
}

interface RenewalFormProps {
  readonly draft: RenewalDraft;
  readonly today: string;
  readonly error: Error | null;
  readonly isBusy: boolean;
  readonly onChange: (draft: RenewalDraft) => void;
  readonly onPreview: (body: RenewalBody) => void;
}

function choiceOf(draft: RenewalDraft): RenewalBody['choice'] | undefined {
  switch (draft.who) {
    case 'all':
      return { who: 'all' };
    case 'department':
      return draft.departmentId === null ? undefined : { who: 'department', departmentId: draft.departmentId };
    case 'people':
      return draft.personIds.length === 0 ? undefined : { who: 'people', personIds: [...draft.personIds] };
  }
}

export function RenewalForm({ draft, today, error, isBusy, onChange, onPreview }: RenewalFormProps) {
  const { t } = useTranslation('codes');
  const errors = useFieldErrors(error, draft);
  const set = (part: Partial<RenewalDraft>): void => onChange({ ...draft, ...part });
  const choice = choiceOf(draft);
  return (
    <Paper p="md" component="section" aria-label={t('renewal.title')} maw={760}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (choice === undefined) return;
          const { day, digits, mayStartWithZero, isForCodeless } = draft;
          onPreview({ choice, day, digits, mayStartWithZero, isForCodeless });
        }}
      >
        <Stack gap="md">
          <Input.Wrapper label={t('renewal.who')} labelElement="div">
            <div>
              <SegmentedControl
                aria-label={t('renewal.who')}
                value={draft.who}
                onChange={(value) => set({ who: WHO.find((known) => known === value) ?? 'all' })}
                data={WHO.map((value) => ({ value, label: t(`renewal.${value}`) }))}
              />
            </div>
          </Input.Wrapper>
          {draft.who === 'department' && (
            <DepartmentSelect
              label={t('renewal.chooseDepartment')}
              value={draft.departmentId}
              onChange={(departmentId) => set({ departmentId })}
            />
          )}
          {draft.who === 'people' && (
            <PeopleSelect value={draft.personIds} onChange={(personIds) => set({ personIds })} />
          )}
          <Group align="flex-start" gap="md" grow>
            <DayInput
              label={t('renewal.day')}
              description={t('renewal.dayHelp')}
              clearable={false}
              minDate={today}
              value={draft.day}
              error={errors.at('day')}
              onChange={(day) => day !== null && set({ day })}
            />
            <NumberInput
              label={t('renewal.digits')}
              description={t('renewal.digitsHelp')}
              min={CODE_DIGITS_MIN}
              max={CODE_DIGITS_MAX}
              allowDecimal={false}
              value={draft.digits}
              error={errors.at('digits')}
              onChange={(value) => typeof value === 'number' && set({ digits: value })}
            />
          </Group>
          <Checkbox
            label={t('renewal.zero')}
            description={t('renewal.zeroHelp')}
            checked={draft.mayStartWithZero}
            onChange={(event) => set({ mayStartWithZero: event.currentTarget.checked })}
          />
          <Checkbox
            label={t('renewal.codeless')}
            checked={draft.isForCodeless}
            onChange={(event) => set({ isForCodeless: event.currentTarget.checked })}
          />
          <FormFailure error={error} />
          <Group justify="flex-end">
            <Button type="submit" disabled={choice === undefined} loading={isBusy}>
              {t('renewal.preview')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}

interface PeopleSelectProps {
  readonly value: readonly number[];
  readonly onChange: (ids: readonly number[]) => void;
}

function PeopleSelect({ value, onChange }: PeopleSelectProps) {
  const { t } = useTranslation('codes');
  const people = useRead('listPeople', { query: {} });
  return (
    <MultiSelect
      label={t('renewal.choosePeople')}
      searchable
      limit={SHOWN}
      data={(people.data ?? []).map((person) => ({
        value: String(person.id),
        label: person.departmentName === null ? person.name : `${person.name} · ${person.departmentName}`,
      }))}
      filter={({ options, search, limit }) => {
        const wanted = plain(search.trim());
        return options
          .filter((option) => 'label' in option && plain(String(option.label)).includes(wanted))
          .slice(0, limit);
      }}
      value={value.map(String)}
      onChange={(ids) => onChange(ids.map(Number))}
    />
  );
}
