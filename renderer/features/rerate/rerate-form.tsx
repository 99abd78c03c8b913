import { Button, Checkbox, Collapse, Group, MultiSelect, Paper, Stack, TagsInput, Text, Title } from '@mantine/core';
import { IconCalculator, IconChevronDown } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { RerateInput } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useRead, useWrite } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { presetRange } from '../../site-day.ts';
import { type Period, PeriodInput } from './period-input.tsx';

const some = <T,>(list: readonly T[]): T[] | undefined => (list.length === 0 ? undefined : [...list]);

export function RerateForm() {
  const { t } = useTranslation(['rerate', 'app']);
  const today = useToday();
  const [search] = useSearchParams();
  const tariffs = useRead('listTariffs').data ?? [];
  const people = useRead('listPeople', { query: {} }).data ?? [];
  const asked = search.get('tariff');
  const [period, setPeriod] = useState<Period>();
  const [tariffIds, setTariffIds] = useState<string[]>(asked === null ? [] : [asked]);
  const [personIds, setPersonIds] = useState<string[]>([]);
  const [trunks, setTrunks] = useState<string[]>([]);
  const [isUnratedOnly, setIsUnratedOnly] = useState(false);
  const [isNarrowed, setIsNarrowed] = useState(asked !== null);
  const shown: Period = period ?? {
    from: search.get('from') ?? presetRange('thisMonth', today).from,
    to: search.get('to') ?? today,
  };
  const start = useWrite('startRerate', { refresh: ['listRerates'], showsErrors: true });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (shown.from === null || shown.to === null) return;
    const only: Omit<RerateInput, 'from' | 'to'> = isNarrowed
      ? {
          tariffIds: some(tariffIds.map(Number)),
          personIds: some(personIds.map(Number)),
          trunks: some(trunks),
          isUnratedOnly,
        }
      : {};
    start.mutate({ body: { from: shown.from, to: shown.to, ...only } });
  };
  return (
    <Paper p="md" component="section" aria-label={t('form.title')}>
      <Title order={2}>{t('form.title')}</Title>
      <Text size="sm" c="dimmed" mb="md" maw={720}>
        {t('form.text')}
      </Text>
      <form onSubmit={submit}>
        <Stack align="flex-start">
          <PeriodInput value={shown} onChange={setPeriod} />
          <Button
            variant="subtle"
            size="compact-sm"
            aria-expanded={isNarrowed}
            rightSection={<IconChevronDown size={14} />}
            onClick={() => setIsNarrowed(!isNarrowed)}
          >
            {t('form.only')}
          </Button>
          <Collapse expanded={isNarrowed} w="100%">
            <Stack maw={720} pb="sm">
              <Group align="flex-start" grow>
                <MultiSelect
                  searchable
                  clearable
                  label={t('form.tariffs')}
                  description={t('form.tariffsText')}
                  data={tariffs.map(({ id, name }) => ({ value: String(id), label: name }))}
                  value={tariffIds}
                  onChange={setTariffIds}
                />
                <TagsInput
                  clearable
                  label={t('form.trunks')}
                  description={t('form.trunksText')}
                  value={trunks}
                  onChange={setTrunks}
                />
              </Group>
              <MultiSelect
                searchable
                clearable
                limit={60}
                label={t('form.people')}
                data={[
                  { value: '0', label: t('app:nobody') },
                  ...people.map(({ id, name }) => ({ value: String(id), label: name })),
                ]}
                value={personIds}
                onChange={setPersonIds}
              />
              <Checkbox
                label={t('form.unrated')}
                checked={isUnratedOnly}
                onChange={(event) => setIsUnratedOnly(event.currentTarget.checked)}
              />
              <Text size="xs" c="dimmed">
                {t('form.months')}
              </Text>
            </Stack>
          </Collapse>
          <FormFailure error={start.error} unshown={['from', 'to', 'tariffIds', 'personIds', 'trunks']} />
          <Button
            type="submit"
            loading={start.isPending}
            disabled={shown.from === null || shown.to === null}
            leftSection={<IconCalculator size={16} stroke={1.6} />}
          >
            {t('form.start')}
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}
