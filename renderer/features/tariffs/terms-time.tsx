import { ActionIcon, Button, Chip, Group, Input, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { TariffTerms } from '../../../core/api/contract.ts';
import { STRADDLES } from '../../../core/rating/tariff.ts';
import { Section } from '../../components/section.tsx';
import type { TermsPartProps } from './terms-part.ts';
import { weekOfPeriods } from './week-of-periods.ts';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
type Period = NonNullable<TariffTerms['periods']>[number];

export function TimeTerms({ terms, isReadOnly, errorAt, set }: TermsPartProps) {
  const { t } = useTranslation('tariffs');
  const periods = terms.periods ?? [];
  const names = [...new Set(periods.map(({ name }) => name).filter((name) => name !== ''))];
  const change = (next: readonly Period[]): void => set({ periods: next.length === 0 ? undefined : next });
  const named = (key: 'defaultPeriod' | 'holidayPeriod', label: string) => (
    <TextInput
      label={label}
      placeholder={t('terms.noPeriod')}
      list={`periods-${key}`}
      readOnly={isReadOnly}
      value={terms[key] ?? ''}
      error={errorAt(key)}
      onChange={({ currentTarget: { value } }) => set({ [key]: value === '' ? undefined : value })}
    />
  );
  return (
    <Section title={t('terms.time')} text={t('terms.periodsText')}>
      {periods.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('terms.noPeriods')}
        </Text>
      )}
      {periods.map((period, at) => (
        <PeriodLine
          // biome-ignore lint/suspicious/noArrayIndexKey: periods have no lasting name while they are typed
          key={at}
          at={at}
          period={period}
          isReadOnly={isReadOnly}
          errorAt={errorAt}
          onChange={(next) => change(periods.map((other, i) => (i === at ? next : other)))}
          onRemove={() => change(periods.filter((_, i) => i !== at))}
        />
      ))}
      {!isReadOnly && (
        <Group>
          <Button
            size="xs"
            variant="light"
            leftSection={<IconPlus size={14} />}
            onClick={() => change([...periods, { name: '', from: '23:00', to: '07:00' }])}
          >
            {t('terms.addPeriod')}
          </Button>
        </Group>
      )}
      {periods.length > 0 && <Week periods={periods} />}
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {named('defaultPeriod', t('terms.defaultPeriod'))}
        {named('holidayPeriod', t('terms.holidayPeriod'))}
        <Select
          label={t('terms.straddle')}
          allowDeselect={false}
          readOnly={isReadOnly}
          data={STRADDLES.map((value) => ({ value, label: t(`terms.straddles.${value}`) }))}
          value={terms.straddle ?? 'split'}
          onChange={(value) => set({ straddle: STRADDLES.find((known) => known === value) })}
        />
        <Select
          label={t('terms.timeZone')}
          placeholder={t('terms.timeZoneOwn')}
          searchable
          clearable
          readOnly={isReadOnly}
          data={[
            ...new Set([
              ...(terms.timeZone === undefined ? [] : [terms.timeZone]),
              ...Intl.supportedValuesOf('timeZone'),
            ]),
          ]}
          value={terms.timeZone ?? null}
          error={errorAt('timeZone')}
          onChange={(timeZone) => set({ timeZone: timeZone ?? undefined })}
        />
      </SimpleGrid>
      {(['defaultPeriod', 'holidayPeriod'] as const).map((key) => (
        <datalist key={key} id={`periods-${key}`}>
          {names.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      ))}
    </Section>
  );
}

interface PeriodLineProps {
  readonly at: number;
  readonly period: Period;
  readonly isReadOnly: boolean;
  readonly errorAt: (path: string) => string | undefined;
  readonly onChange: (period: Period) => void;
  readonly onRemove: () => void;
}

function PeriodLine({ at, period, isReadOnly, errorAt, onChange, onRemove }: PeriodLineProps) {
  const { t } = useTranslation(['tariffs', 'settings']);
  const path = `periods[${at}]`;
  const clock = (key: 'from' | 'to') => (
    <TextInput
      label={t(`terms.${key}`)}
      placeholder={key === 'from' ? '00:00' : '24:00'}
      w={90}
      readOnly={isReadOnly}
      value={period[key] ?? ''}
      error={errorAt(`${path}.${key}`)}
      onChange={({ currentTarget: { value } }) => {
        const { [key]: _, ...rest } = period;
        onChange(value === '' ? rest : { ...period, [key]: value });
      }}
    />
  );
  const days = period.days ?? WEEKDAYS;
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        label={t('terms.periodName')}
        w={190}
        readOnly={isReadOnly}
        value={period.name}
        error={errorAt(`${path}.name`) ?? errorAt(path)}
        onChange={(event) => onChange({ ...period, name: event.currentTarget.value })}
      />
      {clock('from')}
      {clock('to')}
      <Input.Wrapper label={t('terms.days')}>
        <Chip.Group
          multiple
          value={days.map(String)}
          onChange={(chosen) => {
            const next = chosen.map(Number).sort((a, b) => a - b);
            const { days: _, ...rest } = period;
            onChange(next.length === WEEKDAYS.length ? rest : { ...period, days: next });
          }}
        >
          <Group gap={4} mt={4}>
            {WEEKDAYS.map((day) => (
              <Chip key={day} value={String(day)} size="xs" radius="sm" disabled={isReadOnly}>
                {t(`settings:weekday.${day}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Input.Wrapper>
      {!isReadOnly && (
        <ActionIcon
          variant="subtle"
          color="red"
          size="lg"
          aria-label={t('terms.removePeriod', { name: period.name })}
          onClick={onRemove}
        >
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      )}
    </Group>
  );
}

const COLOURS = 5;

/** A picture of the week; the list above says the same in words. */
function Week({ periods }: { readonly periods: readonly Period[] }) {
  const { t } = useTranslation(['tariffs', 'settings']);
  const week = weekOfPeriods(periods);
  const colourOf = (at: number | undefined): string | undefined =>
    at === undefined ? undefined : String(at % COLOURS);
  return (
    <div>
      <Group gap="md" mb={6}>
        {periods.map(({ name }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as the lines above
          <Text key={at} size="xs">
            <span className="tb-week-hour tb-week-key" data-period={colourOf(at)} />
            {name}
          </Text>
        ))}
      </Group>
      <div className="tb-week" role="img" aria-label={`${t('terms.week')}. ${t('terms.weekHelp')}`}>
        <span />
        {week[0]?.map((_, hour) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
          <span key={hour}>{hour % 3 === 0 ? hour : ''}</span>
        ))}
        {week.map((hours, day) => (
          <Fragment key={WEEKDAYS[day]}>
            <span>{t(`settings:weekday.${WEEKDAYS[day] ?? 1}`)}</span>
            {hours.map((at, hour) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
              <span key={hour} className="tb-week-hour" data-period={colourOf(at)} />
            ))}
          </Fragment>
        ))}
      </div>
    </div>
  );
}
