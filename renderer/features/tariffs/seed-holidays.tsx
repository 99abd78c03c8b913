import { Button, Group, Modal, NumberInput, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HolidayCalendar } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

interface SeedHolidaysProps {
  readonly calendar: HolidayCalendar;
  readonly onClose: () => void;
}

/** Which country's rules fill which years. */
export function SeedHolidays({ calendar, onClose }: SeedHolidaysProps) {
  const { t } = useTranslation(['tariffs', 'app']);
  const [country, setCountry] = useState(calendar.country);
  const [region, setRegion] = useState(calendar.region);
  const [fromYear, setFromYear] = useState(calendar.years[0] ?? new Date().getFullYear());
  const [toYear, setToYear] = useState(calendar.years.at(-1) ?? new Date().getFullYear() + 1);
  const countries = useRead('listHolidayCountries', {}, { staleTime: Number.POSITIVE_INFINITY });
  const regions = useRead('listHolidayRegions', { params: { country } });
  const seed = useWrite('seedHolidays', {
    refresh: ['getHolidays'],
    showsErrors: true,
    onDone: () => {
      showDone(t('holiday.filled'));
      onClose();
    },
  });
  const yearInput = (label: string, value: number, onChange: (year: number) => void) => (
    <NumberInput
      label={label}
      min={1990}
      max={2200}
      hideControls
      value={value}
      onChange={(next) => typeof next === 'number' && onChange(next)}
    />
  );
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('holiday.seedTitle')}</Text>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          seed.mutate({ body: { country, region, fromYear, toYear } });
        }}
      >
        <Stack>
          <Text size="sm">{t('holiday.seedText')}</Text>
          <Select
            label={t('holiday.country')}
            searchable
            allowDeselect={false}
            data={(countries.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
            value={country}
            onChange={(value) => {
              if (value === null) return;
              setCountry(value);
              setRegion('');
            }}
          />
          {(regions.data?.length ?? 0) > 0 && (
            <Select
              label={t('holiday.region')}
              searchable
              allowDeselect={false}
              data={[
                { value: '', label: t('holiday.wholeCountry') },
                ...(regions.data ?? []).map(({ code, name }) => ({ value: code, label: name })),
              ]}
              value={region}
              onChange={(value) => setRegion(value ?? '')}
            />
          )}
          <Group grow>
            {yearInput(t('holiday.fromYear'), fromYear, setFromYear)}
            {yearInput(t('holiday.toYear'), toYear, setToYear)}
          </Group>
          <FormFailure error={seed.error} unshown={['']} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button type="submit" loading={seed.isPending}>
              {t('holiday.fill')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
