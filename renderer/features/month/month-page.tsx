/** The month by department, person or band. Every tab adds up to the same total. */
import { Badge, Button, Menu, Paper, SegmentedControl, Select, Skeleton } from '@mantine/core';
import { IconCalendarOff, IconChevronDown, IconDownload, IconLock, IconPrinter } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { urlOf } from '../../api.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { formatMonth } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';
import { useViewer } from '../../viewer.ts';
import { CloseMonth } from './close-month.tsx';
import { ClosingLog } from './closing-log.tsx';
import { MonthCorrections } from './month-corrections.tsx';
import { MonthOthers } from './month-others.tsx';
import { MonthSummary } from './month-summary.tsx';
import { MonthTable } from './month-table.tsx';

const TABS = ['department', 'person', 'band'] as const;
type Tab = (typeof TABS)[number];
const EXPORTS = [
  { type: 'xlsx', language: 'vi' },
  { type: 'xlsx', language: 'en' },
  { type: 'pdf', language: 'vi' },
  { type: 'pdf', language: 'en' },
  { type: 'csv', language: 'vi' },
  { type: 'csv', language: 'en' },
] as const;

export function MonthPage() {
  const { t } = useTranslation(['month', 'print']);
  const language = useLanguage();
  const [search, setSearch] = useSearchParams();
  const by: Tab = TABS.find((tab) => tab === search.get('by')) ?? 'department';
  const chosen = search.get('month') ?? undefined;
  const viewer = useViewer();
  const report = useRead(
    'getMonth',
    { query: { by, ...(chosen === undefined ? {} : { month: chosen }) } },
    { placeholderData: keepPreviousData },
  );
  const { data } = report;
  const month = data?.month ?? chosen ?? '';
  const set = (part: { readonly month?: string; readonly by?: string }): void =>
    setSearch({ by, ...(chosen === undefined ? {} : { month: chosen }), ...part }, { replace: true });
  const months = data === undefined ? [] : [...new Set([data.month, ...data.months])].sort().reverse();
  const isEmpty = data !== undefined && data.rows.length === 0 && data.others.every((other) => other.calls === 0);

  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          {data?.isClosed === true && (
            <Badge leftSection={<IconLock size={13} />} color="gray" size="lg">
              {t('closed')}
            </Badge>
          )}
          <Select
            aria-label={t('month')}
            w={180}
            allowDeselect={false}
            data={months.map((value) => ({ value, label: formatMonth(value, language) }))}
            value={month === '' ? null : month}
            onChange={(value) => value !== null && set({ month: value })}
          />
          {data?.isClosed === false && viewer.may('change-prices') && <CloseMonth month={month} />}
          {!viewer.may('read-site') && viewer.may('read-people') && (
            <Button variant="default" component={Link} to={`/print/statements?month=${month}`}>
              {t('print:batch.open')}
            </Button>
          )}
          {viewer.may('read-site') && (
            <>
              <Button
                variant="default"
                component={Link}
                to={`/print/month?month=${month}`}
                leftSection={<IconPrinter size={16} stroke={1.6} />}
              >
                {t('export.preview')}
              </Button>
              <Menu position="bottom-end">
                <Menu.Target>
                  <Button
                    disabled={month === ''}
                    leftSection={<IconDownload size={16} stroke={1.6} />}
                    rightSection={<IconChevronDown size={14} />}
                  >
                    {t('export.button')}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  {EXPORTS.map((choice) => (
                    <Menu.Item
                      key={`${choice.type}${choice.language}`}
                      component="a"
                      download
                      href={urlOf('exportMonth', { query: { month, ...choice } })}
                    >
                      {t(`export.${choice.type}.${choice.language}`)}
                    </Menu.Item>
                  ))}
                  <Menu.Divider />
                  <Menu.Item component={Link} to={`/print/statements?month=${month}`}>
                    {t('print:batch.open')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </>
          )}
        </>
      }
    >
      {data === undefined ? (
        <Skeleton height={360} />
      ) : isEmpty ? (
        <EmptyState icon={IconCalendarOff} title={t('empty.title')} text={t('empty.text')} />
      ) : (
        <>
          <MonthSummary report={data} />
          <SegmentedControl
            mb="xs"
            aria-label={t('byLabel')}
            value={by}
            onChange={(value) => set({ by: value })}
            data={TABS.map((value) => ({ value, label: t(`by.${value}`) }))}
          />
          <Paper component="section" aria-label={t(`by.${by}`)} className="tb-month">
            <MonthTable report={data} />
          </Paper>
          <MonthCorrections report={data} />
          <MonthOthers report={data} />
        </>
      )}
      {data !== undefined && <ClosingLog month={data.month} />}
    </Page>
  );
}
