import { DatePickerInput } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToday } from '../../site.ts';
import { DATE_PRESETS, presetRange } from '../../site-day.ts';
import type { FilterProps } from './filter-props.ts';

type Range = [string | null, string | null];

export function DayRangeInput({ filter, onChange }: FilterProps) {
  const { t } = useTranslation('calls');
  const today = useToday();
  const [half, setHalf] = useState<Range>();
  const change = ([from, to]: Range): void => {
    // The first click of two says only where the range begins; the filter waits for the second.
    if (from !== null && to === null) {
      setHalf([from, to]);
      return;
    }
    setHalf(undefined);
    onChange({ ...filter, from: from ?? undefined, to: to ?? undefined });
  };
  return (
    <DatePickerInput
      type="range"
      aria-label={t('filter.days')}
      placeholder={t('filter.days')}
      clearable
      allowSingleDateInRange
      valueFormat="DD/MM/YYYY"
      leftSection={<IconCalendar size={16} stroke={1.6} />}
      value={half ?? [filter.from ?? null, filter.to ?? null]}
      onChange={change}
      presets={DATE_PRESETS.map((preset) => {
        const { from, to } = presetRange(preset, today);
        const value: [string, string] = [from, to];
        return { value, label: t(`preset.${preset}`) };
      })}
      flex="0 0 236px"
    />
  );
}
