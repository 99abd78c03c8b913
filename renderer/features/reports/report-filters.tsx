/** Period and filter of a report: only what narrows it, the usual parts first. */
import { Button, Group, MultiSelect, Select, TagsInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BANDS, CALL_DIRECTIONS } from '../../../core/model/call.ts';
import { type FilterField, REPORT_FILTERS } from '../../../core/model/report-filters.ts';
import type { ReportId } from '../../../core/model/report-request.ts';
import { byPlainText } from '../../components/directory-selects.tsx';
import { useRead } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { DATE_PRESETS, presetRange } from '../../site-day.ts';
import { useViewer } from '../../viewer.ts';
import type { ReportAddress } from './report-address.ts';

interface ReportFiltersProps {
  readonly reportId: ReportId;
  readonly address: ReportAddress;
  readonly onChange: (address: ReportAddress) => void;
}

/** Always there where they apply; the others are opened. */
const USUAL: readonly FilterField[] = ['departmentIds', 'personIds'];
const TYPED: readonly FilterField[] = ['codes', 'extensions', 'trunks'];
const FIXED = 'fixed';

export function ReportFilters({ reportId, address, onChange }: ReportFiltersProps) {
  const { t } = useTranslation('reports');
  const viewer = useViewer();
  const isSeen = (field: FilterField): boolean => {
    if (field === 'departmentIds' || field === 'personIds') return viewer.may('read-people');
    return field !== 'sourceIds' || viewer.may('read-sources');
  };
  const fields = REPORT_FILTERS[reportId].filter(isSeen);
  const isUsed = (field: FilterField): boolean => (address.lists[field] ?? []).length > 0;
  const [isOpen, { toggle }] = useDisclosure(fields.some((field) => !USUAL.includes(field) && isUsed(field)));
  const shown = fields.filter((field) => isOpen || USUAL.includes(field));
  const setList = (field: FilterField, values: readonly string[]): void => {
    onChange({ ...address, lists: { ...address.lists, [field]: values } });
  };
  const isMore = fields.some((field) => !USUAL.includes(field));
  return (
    <Group component="section" aria-label={t('page.filter')} gap="sm" mb="md" align="flex-end">
      <PeriodInput address={address} onChange={onChange} />
      {shown.map((field) => (
        <FieldInput
          key={field}
          field={field}
          values={address.lists[field] ?? []}
          onChange={(values) => setList(field, values)}
        />
      ))}
      {isMore && (
        <Button variant="subtle" onClick={toggle} aria-expanded={isOpen}>
          {t(isOpen ? 'page.fewerFilters' : 'page.moreFilters')}
        </Button>
      )}
      {fields.some(isUsed) && (
        <Button variant="subtle" color="gray" onClick={() => onChange({ ...address, lists: {} })}>
          {t('page.clear')}
        </Button>
      )}
    </Group>
  );
}

function PeriodInput({ address, onChange }: Pick<ReportFiltersProps, 'address' | 'onChange'>) {
  const { t } = useTranslation(['reports', 'comfort']);
  const today = useToday();
  const [half, setHalf] = useState<[string | null, string | null]>();
  const { period, days, lists } = address;
  const choose = (value: string | null): void => {
    const preset = DATE_PRESETS.find((one) => one === value);
    onChange(preset === undefined ? { days, lists } : { period: preset, days: presetRange(preset, today), lists });
  };
  return (
    <>
      <Select
        label={t('page.period')}
        w={170}
        allowDeselect={false}
        data={[
          ...DATE_PRESETS.map((preset) => ({ value: preset, label: t(`comfort:preset.${preset}`) })),
          { value: FIXED, label: t('page.fixedDays') },
        ]}
        value={period ?? FIXED}
        onChange={choose}
      />
      <DatePickerInput
        type="range"
        label={t('page.days')}
        w={236}
        allowSingleDateInRange
        valueFormat="DD/MM/YYYY"
        leftSection={<IconCalendar size={16} stroke={1.6} />}
        value={half ?? [days.from, days.to]}
        onChange={([from, to]) => {
          // The first click of two says only where the range begins.
          if (from !== null && to !== null) {
            setHalf(undefined);
            onChange({ days: { from, to }, lists });
          } else setHalf([from, to]);
        }}
      />
    </>
  );
}

interface FieldInputProps {
  readonly field: FilterField;
  readonly values: readonly string[];
  readonly onChange: (values: string[]) => void;
}

function FieldInput({ field, values, onChange }: FieldInputProps) {
  const { t } = useTranslation('reports');
  const shared = { label: t(`page.${field}`), w: 230, value: [...values], onChange, clearable: true };
  if (TYPED.includes(field)) {
    return (
      <TagsInput {...shared} placeholder={values.length === 0 ? t('page.typeHint') : ''} splitChars={[',', ';', ' ']} />
    );
  }
  return <ChoiceInput {...shared} field={field} />;
}

interface ChoiceInputProps {
  readonly field: FilterField;
  readonly label: string;
  readonly w: number;
  readonly value: string[];
  readonly onChange: (values: string[]) => void;
  readonly clearable: boolean;
}

function ChoiceInput({ field, value, ...props }: ChoiceInputProps) {
  const { t } = useTranslation('reports');
  const data = useChoices(field);
  const none = field === 'directions' ? t('page.directionsHint') : t('page.any');
  return (
    <MultiSelect
      {...props}
      searchable
      limit={80}
      filter={byPlainText}
      placeholder={value.length === 0 ? none : ''}
      data={data}
      value={value}
    />
  );
}

function useChoices(field: FilterField): { value: string; label: string }[] {
  const { t } = useTranslation(['reports', 'common']);
  const people = useRead('listPeople', { query: {} }, { enabled: field === 'personIds' });
  const departments = useRead('listDepartments', undefined, { enabled: field === 'departmentIds' });
  const sources = useRead('listSources', undefined, { enabled: field === 'sourceIds' });
  const named = (rows: readonly { readonly id: number; readonly name: string }[] | undefined) =>
    (rows ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  switch (field) {
    case 'personIds':
      return [{ value: '0', label: t('page.nobody') }, ...named(people.data)];
    case 'departmentIds':
      return [{ value: '0', label: t('page.noDepartment') }, ...named(departments.data)];
    case 'sourceIds':
      return named(sources.data);
    case 'bands':
      return BANDS.map((band) => ({ value: band, label: t(`common:band.${band}`) }));
    case 'directions':
      return CALL_DIRECTIONS.map((direction) => ({ value: direction, label: t(`common:direction.${direction}`) }));
    default:
      return [];
  }
}
