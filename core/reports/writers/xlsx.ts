/**
 * A report as an xlsx workbook, written as a stream: memory stays bounded however many rows come. Every formula carries
 * its result, so a viewer that calculates nothing shows the same numbers.
 */
import { type EventEmitter, once } from 'node:events';
import type { Writable } from 'node:stream';
import ExcelJS from 'exceljs';
import { type AmountMicro, formatAmount } from '../../model/money.ts';
import type { Cell, CellType, Column, FormulaCell, LineStyle, PageSheet, Report, TableSheet } from '../report.ts';
import { columnLetters, SHEET_ROWS_LIMIT, type SheetPart, XlsxLayout } from './xlsx-layout.ts';

export interface XlsxOptions {
  /** Rows of one sheet with its headings; fewer only in tests. */
  readonly rowsPerSheet?: number;
}

const SECONDS_PER_DAY = 86_400;
/** Days from 1899-12-30, where spreadsheets count from, to 1970-01-01. */
const EPOCH_DAY = 25_569;
const MICRO = 1_000_000;
/** Rows between two looks at how much waits to be written. */
const ROWS_PER_TURN = 500;

const PAGE = {
  paperSize: 9,
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
  margins: { left: 0.4, right: 0.4, top: 0.75, bottom: 0.6, header: 0.3, footer: 0.3 },
} as const;

const HEADER_FILL: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE3EAF2' } };
const FONT = { name: 'Calibri', family: 2, size: 11 } as const;
const LINE: Partial<ExcelJS.Border> = { style: 'thin', color: { argb: 'FF8A99AB' } };

/** Ends `output`. Rejects when it breaks (a reader that went away) or a table has other than its promised rows. */
export async function writeXlsx(report: Report, output: Writable, options: XlsxOptions = {}): Promise<void> {
  const broken = new Promise<never>((_resolve, reject) => {
    output.once('error', reject);
    output.once('close', () => {
      if (!output.writableFinished) reject(new Error('the reader of the workbook went away'));
    });
  });
  // It may break while nobody waits for it.
  broken.catch(() => undefined);
  await new WorkbookBuilder(report, output, options).write(broken);
}

class WorkbookBuilder {
  readonly #report: Report;
  readonly #workbook: ExcelJS.stream.xlsx.WorkbookWriter;
  readonly #layout: XlsxLayout;

  constructor(report: Report, output: Writable, options: XlsxOptions) {
    this.#report = report;
    this.#layout = new XlsxLayout(report, options.rowsPerSheet ?? SHEET_ROWS_LIMIT);
    const madeAt = new Date(report.madeAtMs);
    const dates = { created: madeAt, modified: madeAt };
    this.#workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: output, useStyles: true, ...dates });
    dateEntries(this.#workbook, madeAt);
    this.#workbook.creator = 'Tollbook';
    this.#workbook.title = report.title;
    this.#workbook.company = report.company;
  }

  async write(broken: Promise<never>): Promise<void> {
    for (const sheet of this.#report.sheets) {
      if (sheet.kind === 'page') this.#writePage(sheet);
      else await this.#writeTable(sheet, broken);
    }
    await Promise.race([broken, this.#workbook.commit()]);
  }

  #writePage(page: PageSheet): void {
    const sheet = this.#workbook.addWorksheet(page.title, {
      pageSetup: { ...PAGE, orientation: 'portrait' },
      headerFooter: this.#headerFooter(),
      views: [{ showGridLines: false }],
    });
    sheet.columns = page.widths.map((width) => ({ width }));
    for (const { style, cells } of page.lines) {
      const row = sheet.addRow(cells.map(({ type, cell }) => this.#value(cell, type)));
      cells.forEach(({ type }, i) => {
        row.getCell(i + 1).style = lineStyle(style, type, this.#format(type, false));
      });
      if (style === 'title') row.height = 28;
      row.commit();
    }
    sheet.commit();
  }

  async #writeTable(table: TableSheet, broken: Promise<never>): Promise<void> {
    const { parts } = this.#layout.placed(table.id);
    const styles = table.columns.map((column) => this.#columnStyle(column));
    const rows = table.rows()[Symbol.iterator]();
    try {
      for (const part of parts) {
        const sheet = this.#openSheet(table, part);
        for (let n = 0; n < part.rowCount; n += 1) {
          const next = rows.next();
          if (next.done === true) throw new Error(`table ${table.id} ended before its ${table.rowCount} rows`);
          const row = sheet.addRow(next.value.map((cell, i) => this.#value(cell, table.columns[i]?.type ?? 'text')));
          // One object for all cells of a column: the library knows a style again only by its object, and making each
          // cell's own (as a column's style does) takes a third of the time of a long table.
          row.eachCell((cell, i) => {
            cell.style = styles[i - 1] ?? {};
          });
          row.commit();
          if (n % ROWS_PER_TURN === 0) await Promise.race([broken, drained(sheet)]);
        }
        if (part.totalRow !== undefined) this.#writeTotals(sheet, table);
        sheet.commit();
      }
      if (rows.next().done !== true) throw new Error(`table ${table.id} has more than its ${table.rowCount} rows`);
    } finally {
      // Lets go of the query behind the rows when writing stops half-way.
      rows.return?.();
    }
  }

  #openSheet(table: TableSheet, part: SheetPart): ExcelJS.Worksheet {
    const { columns } = table;
    const lastPrinted = columns.findLastIndex((column) => column.isHidden !== true && column.isNotPrinted !== true);
    const lastShown = columns.findLastIndex((column) => column.isHidden !== true);
    const lastRow = part.totalRow ?? part.firstRow + part.rowCount - 1;
    const sheet = this.#workbook.addWorksheet(part.name, {
      pageSetup: {
        ...PAGE,
        orientation: columns.length > 6 ? 'landscape' : 'portrait',
        printTitlesRow: '1:1',
        printArea: `A$1:${columnLetters(lastPrinted)}$${Math.max(lastRow, 2)}`,
      },
      headerFooter: this.#headerFooter(),
      views: [{ state: 'frozen', xSplit: 1, ySplit: 1, topLeftCell: 'B2', activeCell: 'B2' }],
    });
    sheet.autoFilter = {
      from: { row: 1, column: 1 },
      to: { row: Math.max(part.firstRow + part.rowCount - 1, 2), column: lastShown + 1 },
    };
    sheet.columns = columns.map((column) => ({ width: column.width, hidden: column.isHidden === true }));
    const header = sheet.addRow(columns.map((column) => column.heading));
    header.height = columns.some((column) => column.heading.includes('\n')) ? 44 : 30;
    columns.forEach((column, i) => {
      header.getCell(i + 1).style = headerStyle(column.type);
    });
    header.commit();
    return sheet;
  }

  #columnStyle({ type, isZeroQuiet }: Column): Partial<ExcelJS.Style> {
    return { numFmt: this.#format(type, isZeroQuiet === true), alignment: alignmentOf(type) };
  }

  #writeTotals(sheet: ExcelJS.Worksheet, table: TableSheet): void {
    const { columns, totals = [] } = table;
    const row = sheet.addRow(
      totals.map((total, i) => {
        const column = columns[i];
        if (column === undefined || total === null || typeof total === 'string') return total;
        return { formula: this.#layout.columnSum(table.id, i), result: plainNumber(total, column.type) };
      }),
    );
    columns.forEach((column, i) => {
      row.getCell(i + 1).style = lineStyle('total', column.type, this.#format(column.type, false));
    });
    row.commit();
  }

  #value(cell: Cell, type: CellType): ExcelJS.CellValue {
    if (cell === null || typeof cell === 'string') return cell;
    if (typeof cell === 'object') return this.#formula(cell, type);
    return plainNumber(cell, type);
  }

  #formula({ formula, result }: FormulaCell, type: CellType): ExcelJS.CellFormulaValue {
    return { formula: this.#layout.text(formula), result: plainNumber(result, type) } as ExcelJS.CellFormulaValue;
  }

  #format(type: CellType, isZeroQuiet: boolean): string {
    const decimals = this.#report.moneyDecimals;
    const money = decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;
    const formats: Record<CellType, string> = {
      text: '@',
      integer: '#,##0',
      money,
      duration: '[h]:mm:ss',
      dateTime: 'dd/mm/yyyy hh:mm:ss',
    };
    const format = formats[type];
    return isZeroQuiet ? `${format};-${format};"–"` : format;
  }

  #headerFooter(): Partial<ExcelJS.HeaderFooter> {
    const { company, title, pageWord } = this.#report;
    // An ampersand starts a command there.
    const plain = (text: string): string => text.replaceAll('&', '&&');
    // No font size: a company called 3F would read as part of it.
    return { oddHeader: `&L${plain(company)}&R${plain(title)}`, oddFooter: `&L&A&R${plain(pageWord)} &P / &N` };
  }
}

interface ZipEngine {
  entry(source: unknown, data: object, done: unknown): unknown;
}

/** The parts of the zip get the report's date. The library knows no option for it and takes the time of writing. */
function dateEntries(workbook: ExcelJS.stream.xlsx.WorkbookWriter, date: Date): void {
  const { engine } = (workbook as unknown as { readonly zip: { readonly _module: { readonly engine: ZipEngine } } }).zip
    ._module;
  const entry = engine.entry.bind(engine);
  engine.entry = (source, data, done) => entry(source, { ...data, date }, done);
}

/** What every writable stream of Node and of its copies as a package has; the zip library uses such a copy. */
interface FillingStream extends EventEmitter {
  readonly _writableState: { readonly needDrain: boolean };
}

/**
 * Waits while the sheet has more written than the zip has taken. The stream behind a sheet takes everything it is given
 * and never asks to wait (400,000 rows filled 400 MB); the pipe from there to the zip knows how full it is.
 */
async function drained(sheet: ExcelJS.Worksheet): Promise<void> {
  const { pipes } = (sheet as unknown as { readonly stream: { readonly pipes: readonly FillingStream[] } }).stream;
  // Other work of this thread goes on between two turns even when nothing waits.
  await new Promise((resolve) => setImmediate(resolve));
  for (const pipe of pipes) if (pipe._writableState.needDrain) await once(pipe, 'drain');
}

function plainNumber(value: number | AmountMicro, type: CellType): number {
  if (typeof value === 'bigint') {
    const whole = value / 1_000_000n;
    return whole * 1_000_000n === value ? Number(whole) : Number(formatAmount(value));
  }
  if (type === 'dateTime') return EPOCH_DAY + value / SECONDS_PER_DAY;
  if (type === 'duration') return value / SECONDS_PER_DAY;
  return type === 'money' ? value / MICRO : value;
}

/** Text keeps a little distance from the number in the column before it. */
function alignmentOf(type: CellType): Partial<ExcelJS.Alignment> {
  return type === 'text' ? { horizontal: 'left', indent: 1 } : { horizontal: type === 'dateTime' ? 'left' : 'right' };
}

function headerStyle(type: CellType): Partial<ExcelJS.Style> {
  return {
    numFmt: '@',
    font: { ...FONT, bold: true },
    fill: HEADER_FILL,
    border: { bottom: LINE },
    alignment: { ...alignmentOf(type), vertical: 'middle', wrapText: true },
  };
}

function lineStyle(style: LineStyle, type: CellType, numFmt: string): Partial<ExcelJS.Style> {
  const plain = { numFmt, alignment: alignmentOf(type) };
  switch (style) {
    case 'title':
      return { ...plain, font: { ...FONT, bold: true, size: 16 } };
    case 'header':
      return headerStyle(type);
    case 'total':
      return { ...plain, font: { ...FONT, bold: true }, border: { top: LINE } };
    case 'pair':
    case 'row':
    case 'blank':
      return plain;
  }
}
