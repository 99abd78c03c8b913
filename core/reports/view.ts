/** A report as a screen shows it: pages whole, tables a part at a time. Plain values that travel as JSON. */
import { type AmountMicro, formatAmount } from '../model/money.ts';
import { localText } from '../model/time.ts';
import type { Cell, CellType, Column, LineStyle, Provenance, Report, TableSheet } from './report.ts';

/** Rows of one table. */
export interface ViewedPart {
  readonly sheetId: string;
  readonly offset: number;
  readonly limit: number;
}

/** Money as an exact decimal, times as `YYYY-MM-DDTHH:MM:SS`, durations as seconds. */
export type ViewedCell = string | number | null;

export interface ViewedColumn {
  readonly key: string;
  readonly heading: string;
  readonly type: CellType;
  readonly isZeroQuiet: boolean;
}

export interface ViewedTable {
  readonly kind: 'table';
  readonly id: string;
  readonly title: string;
  readonly columns: readonly ViewedColumn[];
  readonly rowCount: number;
  readonly offset: number;
  readonly rows: readonly { readonly cells: readonly ViewedCell[]; readonly link: string | null }[];
  readonly totals: readonly ViewedCell[] | null;
}

export interface ViewedPage {
  readonly kind: 'page';
  readonly id: string;
  readonly title: string;
  readonly lines: readonly {
    readonly style: LineStyle;
    readonly cells: readonly { readonly type: CellType; readonly value: ViewedCell }[];
  }[];
}

export interface ReportView {
  readonly title: string;
  readonly company: string;
  readonly provenance: Provenance;
  readonly sheets: readonly (ViewedTable | ViewedPage)[];
  readonly signatures: readonly string[];
  /** Of the whole report; more than are here where a screen would not hold them. */
  readonly sheetCount: number;
}

/** Rows of each table until more are asked for. */
export const FIRST_ROWS = 100;
/** A report of very many sheets (a statement for each of 2,000 people) is for files. */
export const SHEETS_SHOWN = 40;

export function viewOf(report: Report, part?: ViewedPart): ReportView {
  const sheets =
    part === undefined ? report.sheets.slice(0, SHEETS_SHOWN) : report.sheets.filter(({ id }) => id === part.sheetId);
  return {
    title: report.title,
    company: report.company,
    provenance: report.provenance ?? { facts: [], gaps: [] },
    signatures: report.signatures ?? [],
    sheetCount: report.sheets.length,
    sheets: sheets.map((sheet): ViewedTable | ViewedPage => {
      if (sheet.kind === 'table') return tableOf(sheet, part?.offset ?? 0, part?.limit ?? FIRST_ROWS);
      return {
        kind: 'page',
        id: sheet.id,
        title: sheet.title,
        lines: sheet.lines.map(({ style, cells }) => ({
          style,
          cells: cells.map(({ type, cell }) => ({ type, value: cellOf(cell, type) })),
        })),
      };
    }),
  };
}

function tableOf(sheet: TableSheet, offset: number, limit: number): ViewedTable {
  const shown = sheet.columns.flatMap((column, index) => (column.isHidden === true ? [] : [{ column, index }]));
  const values = (row: readonly Cell[]): readonly ViewedCell[] =>
    shown.map(({ column, index }) => cellOf(row[index] ?? null, column.type));
  const rows = [...taken(sheet.rowsFrom?.(offset) ?? dropped(sheet.rows(), offset), limit)];
  const links = [...taken(linksFrom(sheet, offset), limit)];
  return {
    kind: 'table',
    id: sheet.id,
    title: sheet.title,
    columns: shown.map(({ column }) => columnOf(column)),
    rowCount: sheet.rowCount,
    offset,
    rows: rows.map((row, i) => ({ cells: values(row), link: links[i] ?? null })),
    totals: sheet.totals === undefined ? null : values(sheet.totals),
  };
}

function linksFrom(sheet: TableSheet, offset: number): Iterable<string | null> {
  return sheet.linksFrom?.(offset) ?? dropped(sheet.links?.() ?? [], offset);
}

function columnOf({ key, heading, type, isZeroQuiet }: Column): ViewedColumn {
  return { key, heading, type, isZeroQuiet: isZeroQuiet === true };
}

function cellOf(cell: Cell, type: CellType): ViewedCell {
  if (cell === null) return null;
  if (typeof cell === 'object') return cellOf(cell.result, type);
  if (typeof cell === 'bigint') return formatAmount(cell as AmountMicro);
  if (typeof cell === 'string') return cell;
  return type === 'dateTime' ? localText(cell) : cell;
}

function* dropped<T>(items: Iterable<T>, count: number): Generator<T> {
  let index = 0;
  for (const item of items) {
    if (index >= count) yield item;
    index += 1;
  }
}

function* taken<T>(items: Iterable<T>, limit: number): Generator<T> {
  if (limit <= 0) return;
  let index = 0;
  for (const item of items) {
    yield item;
    index += 1;
    if (index >= limit) return;
  }
}
