/**
 * A report as an xlsx workbook, written as a stream: memory stays bounded however many rows come. Every formula carries
 * its result, so a viewer that calculates nothing shows the same numbers.
 */
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { BUILT_IN_LOOK, type WorkbookLook } from '../../model/workbook-look.ts';
import type { Cell, CellValue, Column, PageSheet, Report } from '../report.ts';
import { columnLetters, type PlacedTable, SHEET_ROWS_LIMIT, type SheetPart, XlsxLayout } from './xlsx-layout.ts';
import { firstPageRow, pageConditions, pageMerges, pageRows } from './xlsx-page.ts';
import { type SheetFacts, smallParts } from './xlsx-parts.ts';
import { CellWriter } from './xlsx-rows.ts';
import { Conditions, type SheetFrame, sheetEnd, sheetStart } from './xlsx-sheet.ts';
import { XlsxStyles } from './xlsx-styles.ts';
import { SharedTexts } from './xlsx-text.ts';

export interface XlsxOptions {
  readonly look?: WorkbookLook;
  /** Rows of one sheet with its headings; fewer only in tests. */
  readonly rowsPerSheet?: number;
  /** Rows of all tables that are written by now; told from time to time. */
  readonly onProgress?: (rows: number) => void;
}

/** Of every part of the file, so that the same report is the same bytes: zips cannot say a time without a zone. */
const PART_TIME = new Date(1980, 0, 1);
const CHUNK_CHARACTERS = 64 * 1024;
const ROWS_PER_PROGRESS = 1000;
/** Of the bars that show how great a number is. */
const BAR_COLOR = '9DC3E6';
/** Tables of more columns lie across. */
const UPRIGHT_COLUMNS = 6;
/** Characters of columns beside each other on a page that is still easily read. */
const PAGE_CHARACTERS = 330;

/** Ends `output`. Rejects when it breaks (a reader that went away) or a table has other than its promised rows. */
export async function writeXlsx(report: Report, output: Writable, options: XlsxOptions = {}): Promise<void> {
  await new WorkbookBuilder(report, options).write(output);
}

/** A sheet of the workbook: a page, or a part of a table. */
type LaidSheet =
  | { readonly kind: 'page'; readonly page: PageSheet; readonly hasLogo: boolean }
  | { readonly kind: 'table'; readonly placed: PlacedTable; readonly part: SheetPart };

class WorkbookBuilder {
  readonly #report: Report;
  readonly #look: WorkbookLook;
  readonly #layout: XlsxLayout;
  readonly #sheets: readonly LaidSheet[];
  readonly #texts = new SharedTexts();
  readonly #styles: XlsxStyles;
  readonly #cells: CellWriter;
  readonly #onProgress: (rows: number) => void;
  /** What is read at the moment: a table may be read once only, whatever number of sheets it fills. */
  readonly #reading = new Map<string, Iterator<readonly Cell[]>>();
  #rowsWritten = 0;

  constructor(report: Report, { look = BUILT_IN_LOOK, rowsPerSheet = SHEET_ROWS_LIMIT, onProgress }: XlsxOptions) {
    this.#report = report;
    this.#look = look;
    const logoPage = look.logo === null ? undefined : report.sheets.find((sheet) => sheet.kind === 'page')?.id;
    this.#layout = new XlsxLayout(report, rowsPerSheet, (page) => firstPageRow(page === logoPage));
    this.#sheets = report.sheets.flatMap((sheet): LaidSheet[] => {
      if (sheet.kind === 'page') return [{ kind: 'page', page: sheet, hasLogo: sheet.id === logoPage }];
      const placed = this.#layout.placed(sheet.id);
      return placed.parts.map((part) => ({ kind: 'table', placed, part }));
    });
    this.#styles = new XlsxStyles(look, report.moneyDecimals);
    this.#cells = new CellWriter(this.#layout, this.#styles, this.#texts, report.currencyDecimals);
    this.#onProgress = onProgress ?? (() => undefined);
  }

  async write(output: Writable): Promise<void> {
    const zip = new ZipFile();
    let open: Readable | undefined;
    const add = (path: string, chunks: () => Iterable<string>): void => {
      zip.addReadStreamLazy(path, { mtime: PART_TIME, forceDosTimestamp: true }, (done) => {
        open = Readable.from(inChunks(chunks()), { objectMode: false });
        done(null, open);
      });
    };
    const hasLogo = this.#sheets.some((sheet) => sheet.kind === 'page' && sheet.hasLogo);
    const logo = hasLogo ? this.#look.logo : null;
    for (const { path, text } of smallParts(
      this.#report,
      this.#sheets.map((sheet) => this.#facts(sheet)),
      logo,
    )) {
      add(path, () => [text]);
    }
    if (logo !== null) {
      const image = Buffer.from(logo.bytes);
      zip.addBuffer(image, `xl/media/logo.${logo.type}`, { mtime: PART_TIME, forceDosTimestamp: true });
    }
    this.#sheets.forEach((sheet, i) => {
      add(`xl/worksheets/sheet${i + 1}.xml`, () => this.#sheet(sheet, i === 0));
    });
    // Both are known when all sheets are written.
    add('xl/sharedStrings.xml', () => this.#texts.xml());
    add('xl/styles.xml', () => this.#styles.xml());
    const failed = new AbortController();
    zip.on('error', (error) => failed.abort(error));
    zip.end();
    try {
      await pipeline(zip.outputStream, output, { signal: failed.signal });
    } catch (error) {
      throw failed.signal.aborted ? failed.signal.reason : error;
    } finally {
      // Lets go of the query behind the rows when writing stops half-way.
      open?.destroy();
      for (const rows of this.#reading.values()) rows.return?.();
    }
  }

  #facts(sheet: LaidSheet): SheetFacts {
    if (sheet.kind === 'page') {
      const { page, hasLogo } = sheet;
      const lastRow = firstPageRow(hasLogo) + Math.max(page.lines.length, 1) - 1;
      return {
        name: this.#layout.pageName(page.id),
        printArea: `$A$1:$${columnLetters(page.widths.length - 1)}$${lastRow}`,
        titles: 'none',
        table: undefined,
        hasLogo,
      };
    }
    const { placed, part } = sheet;
    const lastPrinted = placed.columns.findLastIndex(
      (column) => column.isHidden !== true && column.isNotPrinted !== true,
    );
    const lastRow = part.totalRow ?? part.firstRow + Math.max(part.rowCount, 1) - 1;
    return {
      name: part.name,
      printArea: `$A$1:$${columnLetters(lastPrinted)}$${lastRow}`,
      titles: this.#pagesAcross(placed) > 1 ? 'heading and first column' : 'heading',
      table: { placed, part, columnSum: (i) => this.#layout.columnSum(placed.table.id, i) },
      hasLogo: false,
    };
  }

  *#sheet(sheet: LaidSheet, isFirst: boolean): Generator<string> {
    const frame = sheet.kind === 'page' ? this.#pageFrame(sheet.page, sheet.hasLogo) : this.#tableFrame(sheet);
    yield sheetStart(frame, isFirst);
    if (sheet.kind === 'page') yield* pageRows(sheet.page, sheet.hasLogo, this.#cells, this.#styles);
    else yield* this.#tablePart(sheet.placed, sheet.part);
    yield sheetEnd(frame, this.#report, this.#look);
  }

  *#tablePart(placed: PlacedTable, part: SheetPart): Generator<string> {
    const { table } = placed;
    const rows = this.#reading.get(table.id) ?? table.rows()[Symbol.iterator]();
    this.#reading.set(table.id, rows);
    yield* this.#cells.tableRows(placed, part, rows, () => {
      this.#rowsWritten += 1;
      if (this.#rowsWritten % ROWS_PER_PROGRESS === 0) this.#onProgress(this.#rowsWritten);
    });
    if (part !== placed.parts.at(-1)) return;
    this.#reading.delete(table.id);
    const more = rows.next();
    rows.return?.();
    if (more.done !== true) throw new Error(`table ${table.id} has more than its ${table.rowCount} rows`);
  }

  #pageFrame(page: PageSheet, hasLogo: boolean): SheetFrame {
    const firstRow = firstPageRow(hasLogo);
    return {
      sheetName: this.#layout.pageName(page.id),
      widths: page.widths.map((width) => ({ width, isHidden: false })),
      isLandscape: page.isLandscape === true,
      pagesAcross: 1,
      isFrozen: false,
      hasGrid: false,
      merges: pageMerges(page, firstRow),
      conditions: pageConditions(page, firstRow).xml,
      textArea: undefined,
      drawing: hasLogo ? 1 : undefined,
      table: undefined,
    };
  }

  #tableFrame({ placed, part }: { readonly placed: PlacedTable; readonly part: SheetPart }): SheetFrame {
    const { columns, table } = placed;
    const shown = columns.filter((column) => column.isHidden !== true && column.isNotPrinted !== true).length;
    const lastRow = part.firstRow + Math.max(part.rowCount, 1) - 1;
    const last = columnLetters(columns.length - 1);
    return {
      sheetName: part.name,
      widths: columns.map((column, i) => ({
        width: this.#fitting(column, table.totals?.[i]),
        isHidden: column.isHidden === true,
      })),
      isLandscape: this.#report.isLandscape === true || shown > UPRIGHT_COLUMNS,
      pagesAcross: this.#pagesAcross(placed),
      isFrozen: true,
      hasGrid: true,
      merges: [],
      conditions: this.#tableConditions(placed, part).xml,
      textArea: `A${part.firstRow}:${last}${lastRow}`,
      drawing: undefined,
      table: 1,
    };
  }

  #pagesAcross({ columns, table }: PlacedTable): number {
    const printed = columns.map((column, i) =>
      column.isHidden === true || column.isNotPrinted === true ? 0 : this.#fitting(column, table.totals?.[i]),
    );
    return Math.max(1, Math.ceil(printed.reduce((sum, width) => sum + width, 0) / PAGE_CHARACTERS));
  }

  /** Wide enough for the longest word of the heading and for the total. */
  #fitting({ width, heading, type, currency }: Column, total: CellValue | undefined): number {
    const word = Math.max(...heading.split(/\s/).map((text) => text.length)) + 3;
    if (typeof total !== 'bigint' && typeof total !== 'number') return Math.max(width, word);
    const whole = type === 'money' ? BigInt(total) / 1_000_000n : BigInt(Math.trunc(Number(total)));
    const digits = whole.toString().length;
    const shown = this.#cells.decimals(currency) ?? this.#report.moneyDecimals;
    const decimals = type === 'money' && shown > 0 ? shown + 1 : 0;
    return Math.max(width, word, digits + Math.ceil(digits / 3) + decimals + 2);
  }

  #tableConditions({ columns, table }: PlacedTable, part: SheetPart): Conditions {
    const conditions = new Conditions();
    const lastRow = part.firstRow + Math.max(part.rowCount, 1) - 1;
    const areaOf = (i: number): string => `${columnLetters(i)}${part.firstRow}:${columnLetters(i)}${lastRow}`;
    for (const { column, equals, tone } of table.marks ?? []) {
      const i = columns.findIndex(({ key }) => key === column);
      if (i < 0) continue;
      const cell = `$${columnLetters(i)}${part.firstRow}`;
      conditions.add(areaOf(i), `${cell}="${equals.replaceAll('"', '""')}"`, tone);
    }
    columns.forEach((column, i) => {
      if (column.hasBars === true) conditions.bars(areaOf(i), BAR_COLOR);
    });
    if (this.#look.bandFill !== null) {
      const last = columnLetters(columns.length - 1);
      conditions.add(`A${part.firstRow}:${last}${lastRow}`, 'MOD(ROW(),2)=1', 'band');
    }
    return conditions;
  }
}

function* inChunks(texts: Iterable<string>): Generator<Buffer> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  if (chunk !== '') yield Buffer.from(chunk);
}
