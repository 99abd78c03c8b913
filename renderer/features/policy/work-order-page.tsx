/** What the PBX technician is asked to change, by PBX and request, as a sheet to print. */
import { Button, Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Breach } from '../../../core/api/contract.ts';
import { Page } from '../../components/page.tsx';
import { usePolicyWords } from '../../components/policy-words.ts';
import { formatCount, formatLocalDateTime, formatLocalDay } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { daysOf } from './policy-days.ts';

export function WorkOrderPage() {
  const { t } = useTranslation('policy');
  const [search] = useSearchParams();
  const days = daysOf(search, useToday());
  const report = useRead('listBreaches', { query: days });
  const company = useRead('getSettings').data?.companyName ?? '';
  const bySource = Map.groupBy(report.data?.breaches ?? [], ({ sourceId }) => sourceId);
  return (
    <Page
      title={t('order.title')}
      lead={t('order.lead', { from: formatLocalDay(days.from), to: formatLocalDay(days.to) })}
      actions={
        <Group gap="xs" className="tb-no-print">
          <Button
            component={Link}
            to="/policy?tab=breaches"
            variant="default"
            leftSection={<IconArrowLeft size={16} stroke={1.6} />}
          >
            {t('order.back')}
          </Button>
          <Button leftSection={<IconPrinter size={16} stroke={1.6} />} onClick={() => window.print()}>
            {t('order.print')}
          </Button>
        </Group>
      }
    >
      {company !== '' && <Text mb="sm">{company}</Text>}
      {report.data === undefined && <Skeleton height={300} />}
      {report.data !== undefined && bySource.size === 0 && <Text>{t('order.nothing')}</Text>}
      {[...bySource].map(([sourceId, breaches]) => (
        <Paper key={sourceId} p="md" mb="md" component="section" className="tb-order">
          <Title order={2}>{t('order.pbx', { name: breaches[0]?.sourceName ?? '' })}</Title>
          {[...Map.groupBy(breaches, ({ request }) => request)].map(([request, rows]) => (
            <OrderItem key={request} breaches={rows} />
          ))}
          <Group mt="xl" gap={48}>
            <Text size="sm">{t('order.done')}: ……………………………</Text>
            <Text size="sm">{t('order.doneBy')}: ……………………………</Text>
          </Group>
        </Paper>
      ))}
    </Page>
  );
}

function OrderItem({ breaches }: { readonly breaches: readonly Breach[] }) {
  const { t } = useTranslation(['policy', 'common']);
  const language = useLanguage();
  const words = usePolicyWords();
  const [first] = breaches;
  if (first === undefined) return null;
  const extensions = [...new Set(breaches.map(({ extension }) => extension ?? t('breaches.noExtension')))].sort();
  const rulings = [...new Set(breaches.flatMap(({ ruling }) => (ruling === null ? [] : [words.ruling(ruling)])))];
  const calls = breaches.reduce((sum, breach) => sum + breach.calls, 0);
  const starts = breaches.map(({ firstLocal }) => firstLocal).sort();
  const ends = breaches.map(({ lastLocal }) => lastLocal).sort();
  return (
    <section className="tb-order-item">
      <Title order={3}>
        <span className="tb-order-box" aria-hidden /> {t(`request.${first.request}`)}
      </Title>
      <Text size="sm">{t(`ask.${first.family}.${first.request}`)}</Text>
      <Text size="sm">{t('order.extensions', { list: extensions.join(', ') })}</Text>
      {rulings.map((ruling) => (
        <Text key={ruling} size="sm" c="dimmed">
          {ruling}
        </Text>
      ))}
      <Text size="sm" c="dimmed">
        {t('order.seen', {
          calls: t('common:calls', { count: calls, shown: formatCount(calls, language) }),
          first: formatLocalDateTime(starts[0] ?? ''),
          last: formatLocalDateTime(ends.at(-1) ?? ''),
        })}
      </Text>
      {breaches.some(({ isInDoubt }) => isInDoubt) && <Text size="sm">{t('breaches.noCodeField')}</Text>}
    </section>
  );
}
