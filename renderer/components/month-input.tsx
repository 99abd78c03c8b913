import { MonthPickerInput, type MonthPickerInputProps } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useToday } from '../site.ts';
import { presetRange } from '../site-day.ts';

interface MonthInputProps extends Omit<MonthPickerInputProps, 'value' | 'onChange' | 'ref'> {
  /** `YYYY-MM`; empty: none. */
  readonly value: string;
  readonly onChange: (month: string) => void;
}

/** In the language of the page, which a browser's own month field is not. */
export function MonthInput({ value, onChange, ...props }: MonthInputProps) {
  const { t } = useTranslation(['app', 'comfort']);
  const today = useToday();
  const name = props['aria-label'];
  return (
    <MonthPickerInput
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      {...props}
      // The name of a button has to hold what is written on it.
      {...(name === undefined ? {} : { 'aria-label': `${name} ${value.slice(5)}/${value.slice(0, 4)}` })}
      presets={(['thisMonth', 'lastMonth'] as const).map((preset) => ({
        value: presetRange(preset, today).from,
        label: t(`comfort:preset.${preset}`),
      }))}
      valueFormat="MM/YYYY"
      leftSection={<IconCalendar size={16} stroke={1.6} />}
      value={value === '' ? null : `${value}-01`}
      onChange={(day) => onChange(typeof day === 'string' ? day.slice(0, 7) : '')}
    />
  );
}
