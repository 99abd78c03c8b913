/** One report: its filter, its tables, what it says of itself, and the ways to take it away. */
import { Alert, Button, Menu, Paper, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCalendarTime,
  IconChevronDown,
  IconChevronLeft,
  IconCircleCheck,
  IconDownload,
  IconPrinter,
} from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { ReportView } from '../../../core/api/contract.ts';
import { REPORT_FILE_TYPES, REPORT_IDS, type ReportId } from '../../../core/model/report-request.ts';
import { urlOf } from '../../api.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { Page } from '../../components/page.tsx';
import { useLanguage } from '../../language.ts';
import { NotFoundPage } from '../../layout/not-found-page.tsx';
import { useRead } from '../../query-client.ts';
import { useToday } from '../../site.ts';
import { useViewer } from '../../viewer.ts';
import { queryOf, readAddress, searchOf } from './report-address.ts';
import { ReportFilters } from './report-filters.tsx';
import { ReportPageView, ReportTableView } from './report-sheet.tsx';
import { SaveReport } from './save-report.tsx';

export function ReportPage() {
  const { id } = useParams();
  const reportId = REPORT_IDS.find((known) => known === id);
  // Another report begins anew: the pages of its tables are its own.
  return reportId === undefined ? <NotFoundPage /> : <OneReport key={reportId} reportId={reportId} />;
}

function OneReport({ reportId }: { readonly reportId: ReportId }) {
  const { t } = useTranslation('reports');
  const language = useLanguage();
  const today = useToday();
  const [search, setSearch] = useSearchParams();
  const address = readAddress(search, today);
  const query = { ...queryOf(reportId, address), language };
  const report = useRead('viewReport', { params: { reportId }, query }, { placeholderData: keepPreviousData });
  const kept = searchOf(address).toString();
  return (
    <Page
      title={t(`name.${reportId}`)}
      lead={t(`purpose.${reportId}`)}
      actions={<Actions reportId={reportId} query={query} search={kept} />}
    >
      <ReportFilters
        reportId={reportId}
        address={address}
        onChange={(next) => setSearch(searchOf(next), { replace: true })}
      />
      {report.error !== null && <FormFailure error={report.error} unshown={['']} />}
      {report.data === undefined ? (
        report.error === null && <Skeleton height={360} />
      ) : (
        <Stack gap="md" style={{ opacity: report.isPlaceholderData ? 0.5 : 1 }} aria-busy={report.isPlaceholderData}>
          <Gaps gaps={report.data.provenance.gaps} />
          {report.data.sheets.map((sheet) =>
            sheet.kind === 'table' ? (
              <ReportTableView key={`${sheet.id} ${kept}`} reportId={reportId} query={query} first={sheet} />
            ) : (
              <ReportPageView key={sheet.id} page={sheet} />
            ),
          )}
          {report.data.sheetCount > report.data.sheets.length && (
            <Text size="sm">{t('page.tooMany', { count: report.data.sheets.length })}</Text>
          )}
          <Facts report={report.data} />
        </Stack>
      )}
    </Page>
  );
}

interface ActionsProps {
  readonly reportId: ReportId;
  readonly query: ReturnType<typeof queryOf> & { readonly language: 'vi' | 'en' };
  readonly search: string;
}

function Actions({ reportId, query, search }: ActionsProps) {
  const { t } = useTranslation('reports');
  const viewer = useViewer();
  const words = { xlsx: 'excel', pdf: 'pdf', csv: 'csv' } as const;
  return (
    <>
      <Button component={Link} to="/reports" variant="subtle" leftSection={<IconChevronLeft size={16} stroke={1.6} />}>
        {t('page.all')}
      </Button>
      <SaveReport reportId={reportId} search={search} />
      {viewer.may('send-reports') && (
        <Button
          component={Link}
          to={`/schedules?report=${reportId}&${search}`}
          variant="default"
          leftSection={<IconCalendarTime size={16} stroke={1.6} />}
        >
          {t('page.schedule')}
        </Button>
      )}
      <Button
        component={Link}
        to={`/print/report/${reportId}?${search}`}
        variant="default"
        leftSection={<IconPrinter size={16} stroke={1.6} />}
      >
        {t('page.print')}
      </Button>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button leftSection={<IconDownload size={16} stroke={1.6} />} rightSection={<IconChevronDown size={14} />}>
            {t('page.export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {REPORT_FILE_TYPES.map((type) => (
            <Menu.Item
              key={type}
              component="a"
              download
              href={urlOf('exportReport', { params: { reportId }, query: { ...query, type } })}
            >
              {t(`page.${words[type]}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** What may be missing stands above the figures: nobody scrolls down for it. */
function Gaps({ gaps }: { readonly gaps: readonly string[] }) {
  const { t } = useTranslation('reports');
  if (gaps.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        <IconCircleCheck size={15} stroke={1.6} style={{ verticalAlign: 'text-bottom' }} /> {t('page.whole')}
      </Text>
    );
  }
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={t('section.gaps')}>
      {gaps.map((gap) => (
        <div key={gap}>{gap}</div>
      ))}
    </Alert>
  );
}

function Facts({ report }: { readonly report: ReportView }) {
  const { t } = useTranslation('reports');
  return (
    <Paper component="section" aria-label={t('page.about')} p="md">
      <Title order={2} mb="xs">
        {t('page.about')}
      </Title>
      <Table verticalSpacing={4} withRowBorders={false}>
        <Table.Tbody>
          {report.provenance.facts.map(({ label, value }) => (
            <Table.Tr key={label}>
              <Table.Th w={180} fw={400} c="dimmed">
                {label}
              </Table.Th>
              <Table.Td>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
