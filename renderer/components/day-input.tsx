import { DateInput, type DateInputProps } from '@mantine/dates';
import { IconCalendar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface DayInputProps extends Omit<DateInputProps, 'value' | 'onChange'> {
  /** `YYYY-MM-DD` */
  readonly value: string | null;
  readonly onChange: (day: string | null) => void;
}

export function DayInput({ onChange, ...props }: DayInputProps) {
  const { t } = useTranslation();
  return (
    <DateInput
      clearable
      clearButtonProps={{ 'aria-label': t('action.clear') }}
      {...props}
      valueFormat="DD/MM/YYYY"
      placeholder="dd/mm/yyyy"
      leftSection={<IconCalendar size={16} stroke={1.6} />}
      onChange={(day) => onChange(day === null || day === '' ? null : day)}
    />
  );
}
