import { ActionIcon, Badge, Button, Group, NumberInput, Switch, Text } from '@mantine/core';
import { IconCalendarDown, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../components/section.tsx';
import { formatLocalDay } from '../../format.ts';
import { useRead } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import type { TermsPartProps } from './terms-part.ts';
import { useCounted } from './use-counted.ts';

/** The version holds its own list, so that it stays what it was when the calendar changes. */
export function HolidayTerms({ terms, isReadOnly, set }: TermsPartProps) {
  const { t } = useTranslation('tariffs');
  const counted = useCounted();
  const year = Number(useToday().slice(0, 4));
  const [fromYear, setFromYear] = useState(year);
  const [toYear, setToYear] = useState(year + 1);
  const [withMoved, setWithMoved] = useState(false);
  const calendar = useRead('getHolidays', { query: {} });
  const days = terms.holidays ?? [];
  const take = (): void => {
    const taken = (calendar.data?.holidays ?? [])
      .filter(({ day, basis, isRemoved }) => {
        const of = Number(day.slice(0, 4));
        return !isRemoved && of >= fromYear && of <= toYear && (withMoved || basis !== 'moved');
      })
      .map(({ day }) => day);
    const outside = days.filter((day) => Number(day.slice(0, 4)) < fromYear || Number(day.slice(0, 4)) > toYear);
    set({
      holidays: [...new Set([...outside, ...taken])].sort(),
      holidayPeriod: terms.holidayPeriod ?? terms.periods?.[0]?.name,
    });
  };
  const yearInput = (label: string, value: number, onChange: (value: number) => void) => (
    <NumberInput
      label={label}
      w={100}
      hideControls
      min={1990}
      max={2200}
      value={value}
      onChange={(next) => typeof next === 'number' && onChange(next)}
    />
  );
  return (
    <Section
      title={t('terms.holidays')}
      text={days.length === 0 ? t('terms.holidaysNone') : t('terms.holidaysText', counted(days.length))}
    >
      {!isReadOnly && (
        <Group align="flex-end" gap="sm">
          {yearInput(t('terms.holidaysFrom'), fromYear, setFromYear)}
          {yearInput(t('terms.holidaysTo'), toYear, setToYear)}
          <Switch
            mb={8}
            label={t('terms.holidaysMoved')}
            checked={withMoved}
            onChange={(event) => setWithMoved(event.currentTarget.checked)}
          />
          <Button variant="light" leftSection={<IconCalendarDown size={16} stroke={1.6} />} onClick={take}>
            {t('terms.holidaysImport')}
          </Button>
          {days.length > 0 && (
            <Button variant="subtle" color="red" onClick={() => set({ holidays: undefined })}>
              {t('terms.holidaysClear')}
            </Button>
          )}
        </Group>
      )}
      <Group gap={6}>
        {days.map((day) => (
          <Badge
            key={day}
            variant="default"
            tt="none"
            rightSection={
              isReadOnly ? undefined : (
                <ActionIcon
                  size={16}
                  variant="transparent"
                  color="gray"
                  aria-label={t('terms.removeDay', { day: formatLocalDay(day) })}
                  onClick={() => {
                    const left = days.filter((other) => other !== day);
                    set({ holidays: left.length === 0 ? undefined : left });
                  }}
                >
                  <IconX size={12} />
                </ActionIcon>
              )
            }
          >
            <Text span size="xs" className="tb-num">
              {formatLocalDay(day)}
            </Text>
          </Badge>
        ))}
      </Group>
    </Section>
  );
}
