/**
 * A table as CSV for spreadsheets and other programs: UTF-8 with a byte order mark, commas, CR LF, ISO times, seconds,
 * exact decimals. Hidden columns stay out.
 */
import { type AmountMicro, formatAmount } from '../../model/money.ts';
import { localText } from '../../model/time.ts';
import type { Cell, CellType, PageSheet, Report, TableSheet } from '../report.ts';

const CHUNK_CHARACTERS = 64 * 1024;
const BYTE_ORDER_MARK = '\ufeff';

export function* csvChunks(table: TableSheet, start = BYTE_ORDER_MARK): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  const shown = table.columns.flatMap((column, i) => (column.isHidden === true ? [] : [{ ...column, i }]));
  let text = `${start}${shown.map((column) => quoted(column.heading)).join(',')}\r\n`;
  for (const row of table.rows()) {
    text += `${shown.map((column) => cellText(row[column.i] ?? null, column.type)).join(',')}\r\n`;
    if (text.length >= CHUNK_CHARACTERS) {
      yield encoder.encode(text);
      text = '';
    }
  }
  if (text !== '') yield encoder.encode(text);
}

/** The tables of a report one below the other with an empty line between them; of one without tables, its pages. */
export function* reportChunks({ sheets }: Report): Generator<Uint8Array> {
  const tables = sheets.filter((sheet) => sheet.kind === 'table');
  const startOf = (index: number): string => (index === 0 ? BYTE_ORDER_MARK : '\r\n');
  if (tables.length > 0) {
    for (const [i, table] of tables.entries()) yield* csvChunks(table, startOf(i));
    return;
  }
  const pages = sheets.filter((sheet) => sheet.kind === 'page');
  for (const [i, page] of pages.entries()) yield new TextEncoder().encode(`${startOf(i)}${pageText(page)}`);
}

function pageText({ lines }: PageSheet): string {
  return lines.map(({ cells }) => `${cells.map(({ cell, type }) => cellText(cell, type)).join(',')}\r\n`).join('');
}

function cellText(cell: Cell, type: CellType): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return cellText(cell.result, type);
  if (typeof cell === 'string') return quoted(guarded(cell));
  if (type === 'money') return formatAmount(BigInt(cell) as AmountMicro);
  return type === 'dateTime' ? localText(Number(cell)) : String(cell);
}

/** An apostrophe before what a spreadsheet would run as a formula: caller names come from outside. */
function guarded(text: string): string {
  return /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
