import { DatePickerInput } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRangePresets } from '../../components/use-range-presets.ts';
import { formatLocalDay } from '../../format.ts';
import { monthRange } from '../../site-day.ts';
import type { FilterProps } from './filter-props.ts';

type Range = [string | null, string | null];

export function DayRangeInput({ filter, onChange }: FilterProps) {
  const { t } = useTranslation(['calls', 'app']);
  const presets = useRangePresets();
  const [half, setHalf] = useState<Range>();
  const change = ([from, to]: Range): void => {
    // The first click of two says only where the range begins; the filter waits for the second.
    if (from !== null && to === null) {
      setHalf([from, to]);
      return;
    }
    setHalf(undefined);
    onChange({ ...filter, month: undefined, from: from ?? undefined, to: to ?? undefined });
  };
  const days = filter.month === undefined ? filter : { ...monthRange(filter.month), ...filter };
  const value: Range = half ?? [days.from ?? null, days.to ?? null];
  // What can be read on it belongs to its name.
  const shown = value
    .filter((day) => day !== null)
    .map(formatLocalDay)
    .join(' – ');
  return (
    <DatePickerInput
      type="range"
      aria-label={[t('filter.days'), shown].filter((text) => text !== '').join(': ')}
      placeholder={t('filter.days')}
      clearable
      clearButtonProps={{ 'aria-label': t('app:action.clear') }}
      allowSingleDateInRange
      valueFormat="DD/MM/YYYY"
      leftSection={<IconCalendar size={16} stroke={1.6} />}
      value={value}
      onChange={change}
      presets={presets}
      flex="0 0 236px"
    />
  );
}
