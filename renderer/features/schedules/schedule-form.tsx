/** Adding or changing a schedule. */
import {
  Button,
  Checkbox,
  Group,
  Modal,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { TimePicker } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schedule } from '../../../core/api/contract.ts';
import { REPORT_FILE_TYPES, REPORT_IDS } from '../../../core/model/report-request.ts';
import { PERIODS } from '../../../core/model/schedule.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { type FieldErrors, useFieldErrors } from '../../field-errors.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { useViewer } from '../../viewer.ts';
import { RecipientsInput } from './recipients-input.tsx';
import { WEEKDAYS } from './rhythm-words.ts';
import { draftOf, inputOf, newDraft, type ScheduleDraft } from './schedule-draft.ts';
import type { ScheduleStart } from './schedule-start.ts';

const KINDS = ['report', 'statements'] as const;
const LANGUAGES = ['vi', 'en'] as const;
const RHYTHMS = ['day', 'week', 'month'] as const;
const ON = ['day', 'last-working-day'] as const;

interface ScheduleFormProps {
  /** Absent: a new one. */
  readonly schedule: Schedule | undefined;
  /** What a report hands over for a new one. */
  readonly start?: ScheduleStart | undefined;
  readonly onClose: () => void;
}

export function ScheduleForm({ schedule, start, onClose }: ScheduleFormProps) {
  const { t } = useTranslation(['schedules', 'app']);
  const language = useLanguage();
  const [draft, setDraft] = useState<ScheduleDraft>(() =>
    schedule === undefined ? { ...newDraft(language), ...start?.draft } : draftOf(schedule),
  );
  const done = (): void => {
    showDone(t('app:saved'));
    onClose();
  };
  const options = { showsErrors: true, refresh: ['listSchedules'], onDone: done } as const;
  const add = useWrite('addSchedule', options);
  const change = useWrite('changeSchedule', options);
  const error = add.error ?? change.error;
  const input = inputOf(draft, schedule?.task.kind === 'report' ? schedule.task.filter : (start?.filter ?? {}));
  const errors = useFieldErrors(error, input);
  const set = (part: Partial<ScheduleDraft>): void => setDraft({ ...draft, ...part });
  const fields = { draft, errors, onChange: set };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={<Text fw={650}>{t(schedule === undefined ? 'form.addTitle' : 'form.editTitle')}</Text>}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (schedule === undefined) add.mutate({ body: input });
          else change.mutate({ params: { id: schedule.id }, body: input });
        }}
      >
        <Stack gap="sm">
          <SegmentedControl
            aria-label={t('form.what')}
            value={draft.kind}
            onChange={(value) => set({ kind: value === 'statements' ? 'statements' : 'report' })}
            data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          />
          <TextInput
            required
            label={t('form.name')}
            maxLength={100}
            value={draft.name}
            error={errors.at('name')}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          {draft.kind === 'report' ? <ReportFields {...fields} /> : <StatementFields {...fields} />}
          <RhythmFields {...fields} />
          {draft.kind === 'report' && <TargetFields {...fields} />}
          <Text size="xs" c="dimmed">
            {t('form.rights')}
          </Text>
          <FormFailure error={error} unshown={['task.recipients.']} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending || change.isPending}>
              {t('app:action.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface FieldsProps {
  readonly draft: ScheduleDraft;
  readonly errors: FieldErrors;
  readonly onChange: (part: Partial<ScheduleDraft>) => void;
}

function LanguageField({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation('schedules');
  return (
    <Select
      label={t('form.language')}
      allowDeselect={false}
      data={LANGUAGES.map((value) => ({ value, label: t(`form.languages.${value}`) }))}
      value={draft.language}
      onChange={(value) => onChange({ language: value === 'en' ? 'en' : 'vi' })}
    />
  );
}

function WhoseFields({ draft, onChange }: FieldsProps) {
  const { t } = useTranslation('schedules');
  const people = useRead('listPeople', { query: {} });
  const departments = useRead('listDepartments');
  const named = (rows: readonly { readonly id: number; readonly name: string }[] | undefined) =>
    (rows ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  const common = { searchable: true, clearable: true, limit: 80 };
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <MultiSelect
        {...common}
        label={t('form.departments')}
        placeholder={draft.departmentIds.length === 0 ? t('form.all') : ''}
        data={named(departments.data)}
        value={draft.departmentIds.map(String)}
        onChange={(ids) => onChange({ departmentIds: ids.map(Number) })}
      />
      <MultiSelect
        {...common}
        label={t('form.people')}
        placeholder={draft.personIds.length === 0 ? t('form.all') : ''}
        data={named(people.data)}
        value={draft.personIds.map(String)}
        onChange={(ids) => onChange({ personIds: ids.map(Number) })}
      />
    </SimpleGrid>
  );
}

function ReportFields(props: FieldsProps) {
  const { t } = useTranslation(['schedules', 'reports']);
  const { draft, errors, onChange } = props;
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          searchable
          label={t('form.report')}
          allowDeselect={false}
          data={REPORT_IDS.map((value) => ({ value, label: t(`reports:name.${value}`) }))}
          value={draft.reportId}
          onChange={(value) => onChange({ reportId: REPORT_IDS.find((id) => id === value) ?? draft.reportId })}
        />
        <Select
          label={t('form.period')}
          allowDeselect={false}
          data={PERIODS.map((value) => ({ value, label: t(`periods.${value}`) }))}
          value={draft.period}
          onChange={(value) => onChange({ period: PERIODS.find((period) => period === value) ?? draft.period })}
        />
        <MultiSelect
          label={t('form.types')}
          error={errors.at('task.types')}
          data={REPORT_FILE_TYPES.map((value) => ({ value, label: t(`fileType.${value}`) }))}
          value={[...draft.types]}
          onChange={(values) => onChange({ types: REPORT_FILE_TYPES.filter((type) => values.includes(type)) })}
        />
        <LanguageField {...props} />
      </SimpleGrid>
      <WhoseFields {...props} />
    </>
  );
}

function StatementFields(props: FieldsProps) {
  const { t } = useTranslation('schedules');
  const { draft, onChange } = props;
  return (
    <>
      <Text size="sm">{t('form.statementHelp')}</Text>
      <WhoseFields {...props} />
      <Group align="flex-end">
        <LanguageField {...props} />
        <Checkbox
          mb={8}
          label={t('form.waitsForClosing')}
          checked={draft.waitsForClosing}
          onChange={(event) => onChange({ waitsForClosing: event.currentTarget.checked })}
        />
      </Group>
    </>
  );
}

function RhythmFields({ draft, errors, onChange }: FieldsProps) {
  const { t } = useTranslation('schedules');
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <Select
        label={t('form.every')}
        allowDeselect={false}
        data={RHYTHMS.map((value) => ({ value, label: t(`form.everyKind.${value}`) }))}
        value={draft.every}
        onChange={(value) => onChange({ every: RHYTHMS.find((every) => every === value) ?? 'month' })}
      />
      <TimePicker
        format="24h"
        label={t('form.at')}
        description={t('form.atHelp')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={draft.at}
        error={errors.at('rhythm.at')}
        onChange={(at) => onChange({ at })}
      />
      {draft.every === 'week' && (
        <Select
          label={t('form.weekday')}
          allowDeselect={false}
          data={WEEKDAYS.map((value) => ({ value, label: t(`weekday.${value}`) }))}
          value={String(draft.weekday)}
          onChange={(value) => onChange({ weekday: Number(value ?? 1) })}
        />
      )}
      {draft.every === 'month' && (
        <Select
          label={t('form.on')}
          allowDeselect={false}
          data={ON.map((value) => ({ value, label: t(`form.onKind.${value}`) }))}
          value={draft.on}
          onChange={(value) => onChange({ on: ON.find((on) => on === value) ?? 'day' })}
        />
      )}
      {draft.every === 'month' && draft.on === 'day' && (
        <NumberInput
          label={t('form.day')}
          description={t('form.dayHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={1}
          max={31}
          value={draft.day}
          error={errors.at('rhythm.day')}
          onChange={(day) => typeof day === 'number' && onChange({ day })}
        />
      )}
    </SimpleGrid>
  );
}

function TargetFields({ draft, errors, onChange }: FieldsProps) {
  const { t } = useTranslation('schedules');
  const viewer = useViewer();
  return (
    <>
      <RecipientsInput
        value={draft.recipients}
        error={errors.at('task.recipients')}
        onChange={(recipients) => onChange({ recipients })}
      />
      <TextInput
        label={t('form.addresses')}
        description={t('form.addressesHelp')}
        value={draft.addresses}
        onChange={(event) => onChange({ addresses: event.currentTarget.value })}
      />
      {viewer.may('administer') && (
        <TextInput
          label={t('form.folder')}
          description={t('form.folderHelp')}
          value={draft.folder}
          error={errors.at('task.folder')}
          onChange={(event) => onChange({ folder: event.currentTarget.value })}
        />
      )}
    </>
  );
}
