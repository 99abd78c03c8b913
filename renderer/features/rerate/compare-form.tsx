import { ActionIcon, Anchor, Button, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { IconArrowsDiff, IconPlus, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { PriceComparisonInput } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { useRead } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { monthRange, presetRange } from '../../site-day.ts';
import { choiceOf, choicesOf } from './compared-prices.ts';
import { type Period, PeriodInput } from './period-input.tsx';

const MOST = 3;

interface CompareFormProps {
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onStart: (input: PriceComparisonInput) => void;
}

/** What the address asks for; without it the month before this one. */
function askedPeriod(search: URLSearchParams, today: string): Period {
  const month = search.get('month');
  if (month !== null && /^\d{4}-\d\d$/.test(month)) return monthRange(month);
  const lastMonth = presetRange('lastMonth', today);
  return { from: search.get('from') ?? lastMonth.from, to: search.get('to') ?? lastMonth.to };
}

function askedPrices(search: URLSearchParams): string | null {
  const version = search.get('version');
  if (version !== null) return `in-place ${version}`;
  const tariff = search.get('tariff');
  return tariff === null ? null : `tariff ${tariff}`;
}

export function CompareForm({ isBusy, error, onStart }: CompareFormProps) {
  const { t } = useTranslation('rerate');
  const today = useToday();
  const [search] = useSearchParams();
  const tariffs = useRead('listTariffs');
  const [period, setPeriod] = useState<Period>();
  const [others, setOthers] = useState<readonly (string | null)[]>([askedPrices(search)]);
  const shown = period ?? askedPeriod(search, today);
  const chosen = others.flatMap((value) => (value === null ? [] : (choiceOf(value) ?? [])));
  const put = (index: number, value: string | null): void => {
    setOthers(others.map((other, i) => (i === index ? value : other)));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (shown.from !== null && shown.to !== null) onStart({ from: shown.from, to: shown.to, others: chosen });
  };
  const data = choicesOf(tariffs.data ?? [], t).map(({ group, items }) => ({ group, items: [...items] }));
  return (
    <Paper p="md" component="section" aria-label={t('compare.title')}>
      <Title order={2}>{t('compare.title')}</Title>
      <Text size="sm" c="dimmed" mb="md" maw={720}>
        {t('compare.text')}
      </Text>
      {tariffs.data?.length === 0 && (
        <Text size="sm" mb="md">
          {t('compare.noTariff')}{' '}
          <Anchor component={Link} to="/tariffs" underline="always" inherit>
            {t('compare.toTariffs')}
          </Anchor>
        </Text>
      )}
      <form onSubmit={submit}>
        <Stack align="flex-start">
          <PeriodInput value={shown} onChange={setPeriod} />
          {others.map((value, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is what a row is.
            <Group key={index} align="flex-end" wrap="nowrap" w="100%" maw={620}>
              <Select
                searchable
                flex={1}
                required={index === 0}
                label={t('compare.other', { number: index + 1 })}
                placeholder={t('compare.pick')}
                data={data}
                value={value}
                onChange={(next) => put(index, next)}
              />
              {others.length > 1 && (
                <ActionIcon
                  variant="default"
                  size={36}
                  aria-label={t('compare.remove')}
                  onClick={() => setOthers(others.filter((_, i) => i !== index))}
                >
                  <IconX size={16} stroke={1.6} />
                </ActionIcon>
              )}
            </Group>
          ))}
          {others.length < MOST && (
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={14} />}
              onClick={() => setOthers([...others, null])}
            >
              {t('compare.add')}
            </Button>
          )}
          <FormFailure error={error} unshown={['from', 'to', 'others']} />
          <Button
            type="submit"
            loading={isBusy}
            disabled={chosen.length === 0 || shown.from === null || shown.to === null}
            leftSection={<IconArrowsDiff size={16} stroke={1.6} />}
          >
            {t('compare.start')}
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}
