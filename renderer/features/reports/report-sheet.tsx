/** Sheets of a report: a table with its totals and further pages of rows, and a page of lines. */
import { Anchor, Group, Pagination, Paper, Table, Text, Title } from '@mantine/core';
import { IconFileOff } from '@tabler/icons-react';
import { keepPreviousData } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { ReportPage, ReportTable } from '../../../core/api/contract.ts';
import { formatDuration } from '../../../core/i18n/format.ts';
import type { ReportId } from '../../../core/model/report-request.ts';
import type { Input } from '../../api.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { CopyShownButton } from '../../components/table-tools.tsx';
import { formatCount, formatExact, formatLocalDateTime } from '../../format.ts';
import { type LanguageCode, useLanguage } from '../../language.ts';
import { useRead } from '../../query-client.ts';

type CellType = ReportTable['columns'][number]['type'];
type Value = string | number | null;

const ROWS = 100;

function textOfCell(value: Value, type: CellType, language: LanguageCode): string {
  if (value === null) return '';
  if (type === 'money') return formatExact(String(value), language);
  if (typeof value === 'string') return type === 'dateTime' ? formatLocalDateTime(value) : value;
  return type === 'duration' ? formatDuration(value) : formatCount(value, language);
}

const isNumber = (type: CellType): boolean => type === 'integer' || type === 'money' || type === 'duration';

interface TableProps {
  readonly reportId: ReportId;
  readonly query: Input<'viewReport'>['query'];
  readonly first: ReportTable;
}

export function ReportTableView({ reportId, query, first }: TableProps) {
  const { t } = useTranslation('reports');
  const language = useLanguage();
  const [page, setPage] = useState(1);
  const offset = (page - 1) * ROWS;
  const more = useRead(
    'viewReport',
    { params: { reportId }, query: { ...query, sheet: first.id, offset, limit: ROWS } },
    { enabled: page > 1, placeholderData: keepPreviousData },
  );
  const read = more.data?.sheets.find((sheet) => sheet.id === first.id);
  const shown = page > 1 && read?.kind === 'table' ? read : first;
  const pages = Math.ceil(first.rowCount / ROWS);
  const sheet = useRef<HTMLDivElement>(null);
  return (
    <Paper ref={sheet} component="section" aria-label={first.title} p="md">
      <Group justify="space-between" mb="xs">
        <Title order={2}>{first.title}</Title>
        {first.rowCount > 0 && <CopyShownButton of={sheet} isCut={pages > 1} />}
      </Group>
      {first.rowCount === 0 ? (
        <EmptyState icon={IconFileOff} title={t('page.emptyTitle')} text={t('page.emptyText')} />
      ) : (
        <Rows table={shown} totals={first.totals} />
      )}
      {pages > 1 && (
        <Group justify="space-between" mt="sm">
          <Text size="sm" c="dimmed">
            {t('page.rows', {
              from: formatCount(shown.offset + 1, language),
              to: formatCount(shown.offset + shown.rows.length, language),
              count: first.rowCount,
            })}
          </Text>
          <Pagination
            aria-label={t('page.pages')}
            getControlProps={(control) => ({ 'aria-label': t(`page.${control}`) })}
            total={pages}
            value={page}
            onChange={setPage}
            size="sm"
          />
        </Group>
      )}
    </Paper>
  );
}

function Rows({ table, totals }: { readonly table: ReportTable; readonly totals: readonly Value[] | null }) {
  const language = useLanguage();
  const navigate = useNavigate();
  const { columns } = table;
  return (
    <Table.ScrollContainer
      minWidth={Math.min(1600, columns.length * 110)}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'group', 'aria-label': table.title } }}
    >
      <table className="tb-table tb-report-table">
        <thead>
          <tr>
            {columns.map(({ key, heading, type }) => (
              <th key={key} {...(isNumber(type) && { 'data-end': true })} style={{ whiteSpace: 'pre-line' }}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ cells, link }, index) => (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name; their place in the whole table stays.
              key={table.offset + index}
              {...(link !== null && { 'data-press': true, onClick: () => void navigate(link) })}
            >
              {columns.map((column, i) => (
                <td key={column.key} {...(isNumber(column.type) && { 'data-end': true })}>
                  <CellText value={cells[i] ?? null} column={column} link={i === 0 ? link : null} language={language} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {totals !== null && (
          <tfoot>
            <tr>
              {columns.map(({ key, type }, i) => (
                <td key={key} {...(isNumber(type) && { 'data-end': true })}>
                  {textOfCell(totals[i] ?? null, type, language)}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </Table.ScrollContainer>
  );
}

interface CellTextProps {
  readonly value: Value;
  readonly column: ReportTable['columns'][number];
  readonly link: string | null;
  readonly language: LanguageCode;
}

function CellText({ value, column, link, language }: CellTextProps) {
  const text = textOfCell(value, column.type, language);
  if (link !== null && text !== '') {
    return (
      <Anchor component={Link} to={link} onClick={(event) => event.stopPropagation()} inherit>
        {text}
      </Anchor>
    );
  }
  const isQuiet = column.isZeroQuiet && (value === 0 || value === '0');
  return isQuiet ? <span className="tb-faint">{text}</span> : text;
}

export function ReportPageView({ page }: { readonly page: ReportPage }) {
  const language = useLanguage();
  const columns = Math.max(1, ...page.lines.map(({ cells }) => cells.length));
  return (
    <Paper component="section" aria-label={page.title} p="md" maw={900}>
      <table className="tb-table tb-report-page">
        <tbody>
          {page.lines.map(({ style, cells }, index) => (
            // Lines stand where they stand.
            // biome-ignore lint/suspicious/noArrayIndexKey: a page is shown whole and its lines have no name.
            <tr key={index} style={style === 'total' || style === 'title' ? { fontWeight: 600 } : undefined}>
              {cells.length === 0 && <td colSpan={columns}> </td>}
              {cells.map(({ type, value }, i) => {
                const isLast = i === cells.length - 1;
                const Tag = style === 'header' ? 'th' : 'td';
                return (
                  <Tag
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                    key={i}
                    {...(isNumber(type) && { 'data-end': true })}
                    {...(isLast && { colSpan: columns - i })}
                  >
                    {textOfCell(value, type, language)}
                  </Tag>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}
