/** Reports of a real database, asked as a reader of the whole site unless said otherwise. */

import { NO_FILTER } from '../../core/model/report-filters.ts';
import type { ReportFilter, ReportId, ReportReader } from '../../core/model/report-request.ts';
import { buildReport } from '../../core/reports/catalogue.ts';
import type { Cell, CellValue, Report, TableSheet } from '../../core/reports/report.ts';
import type { Database } from '../../core/store/database.ts';

export const READER: ReportReader = { madeBy: 'Lan', scope: { kind: 'all' }, seesNumbers: true, seesCodes: true };
export const OCTOBER_DAYS = { from: '2026-10-01', to: '2026-10-31' };
/** 2026-11-03 10:00 in Hanoi. */
export const NOW = Date.UTC(2026, 10, 3, 3);

export interface Asked {
  readonly filter?: Partial<ReportFilter>;
  readonly reader?: Partial<ReportReader>;
  readonly language?: 'vi' | 'en';
  readonly nowMs?: number;
}

export function reportOf(
  db: Database,
  reportId: ReportId,
  { filter, reader, language = 'en', nowMs = NOW }: Asked = {},
): Report {
  return buildReport(db, {
    reportId,
    filter: { ...OCTOBER_DAYS, ...NO_FILTER, ...filter },
    language,
    reader: { ...READER, ...reader },
    nowMs,
  });
}

export function tableOf(report: Report, id?: string): TableSheet {
  const tables = report.sheets.filter((sheet) => sheet.kind === 'table');
  const found = tables.find((sheet) => id === undefined || sheet.id === id);
  if (found === undefined) throw new Error(`no table ${id ?? ''}`);
  return found;
}

export const plainCell = (cell: Cell | undefined): CellValue =>
  cell === undefined || cell === null ? null : typeof cell === 'object' ? cell.result : cell;

/** Rows as values by the keys of their columns. */
export function rowsOf(table: TableSheet): Record<string, CellValue>[] {
  return [...table.rows()].map((row) =>
    Object.fromEntries(table.columns.map(({ key }, i) => [key, plainCell(row[i])])),
  );
}

export function totalsOf(table: TableSheet): Record<string, CellValue> {
  return Object.fromEntries(table.columns.map(({ key }, i) => [key, table.totals?.[i] ?? null]));
}
