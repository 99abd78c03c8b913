import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DayInput } from '../../components/day-input.tsx';
import { PeriodMenu } from '../../components/period-menu.tsx';

export interface Period {
  /** `YYYY-MM-DD`, both inclusive. */
  readonly from: string | null;
  readonly to: string | null;
}

interface PeriodInputProps {
  readonly value: Period;
  readonly onChange: (period: Period) => void;
}

export function PeriodInput({ value, onChange }: PeriodInputProps) {
  const { t } = useTranslation('rerate');
  return (
    <Group align="flex-end">
      <DayInput
        required
        label={t('period.from')}
        value={value.from}
        {...(value.to !== null && { maxDate: value.to })}
        onChange={(from) => onChange({ ...value, from })}
      />
      <DayInput
        required
        label={t('period.to')}
        value={value.to}
        {...(value.from !== null && { minDate: value.from })}
        onChange={(to) => onChange({ ...value, to })}
      />
      <PeriodMenu onChoose={onChange} />
    </Group>
  );
}
