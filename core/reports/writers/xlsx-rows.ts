/** Cells, and the rows of a table, as XML. */
import { type AmountMicro, formatAmount } from '../../model/money.ts';
import type { Cell, CellType, TableSheet } from '../report.ts';
import { columnLetters, type PlacedTable, type SheetPart, type XlsxLayout } from './xlsx-layout.ts';
import { EPOCH_DAY, SECONDS_PER_DAY, sealOf } from './xlsx-seal.ts';
import type { CellFormat, XlsxStyles } from './xlsx-styles.ts';
import { escaped, looksLikeFormula, type SharedTexts } from './xlsx-text.ts';

const MICRO = 1_000_000;

/** Seconds, moments and money as spreadsheets count them. */
function plainNumber(value: number | AmountMicro, type: CellType): number {
  if (typeof value === 'bigint') {
    const whole = value / 1_000_000n;
    return whole * 1_000_000n === value ? Number(whole) : Number(formatAmount(value));
  }
  if (type === 'dateTime') return EPOCH_DAY + value / SECONDS_PER_DAY;
  if (type === 'duration') return value / SECONDS_PER_DAY;
  return type === 'money' ? value / MICRO : value;
}

const SEAL_FORMAT: CellFormat = { role: 'row', type: 'text' };

export class CellWriter {
  readonly #layout: XlsxLayout;
  readonly #styles: XlsxStyles;
  readonly #texts: SharedTexts;
  readonly #decimals: Readonly<Record<string, number>>;

  /** `decimals`: of amounts, by currency. */
  constructor(
    layout: XlsxLayout,
    styles: XlsxStyles,
    texts: SharedTexts,
    decimals: Readonly<Record<string, number>> = {},
  ) {
    this.#layout = layout;
    this.#styles = styles;
    this.#texts = texts;
    this.#decimals = decimals;
  }

  /** Of amounts in the currency, where that is known. */
  decimals(currency: string | undefined): number | undefined {
    return currency === undefined ? undefined : this.#decimals[currency];
  }

  cell(address: string, cell: Cell, format: CellFormat): string {
    if (cell === null) return `<c r="${address}" s="${this.#styles.index(format)}"/>`;
    if (typeof cell === 'string') return this.text(address, cell, format);
    const start = `<c r="${address}" s="${this.#styles.index(format)}"`;
    if (typeof cell !== 'object') return `${start}><v>${plainNumber(cell, format.type)}</v></c>`;
    return `${start}${this.#formula(this.#layout.text(cell.formula), cell.result, format.type)}`;
  }

  text(address: string, text: string, format: CellFormat): string {
    const style = this.#styles.index(looksLikeFormula(text) ? { ...format, isQuoted: true } : format);
    return `<c r="${address}" s="${style}"${this.#texts.cell(text)}`;
  }

  formula(address: string, formula: string, result: number | AmountMicro, format: CellFormat): string {
    return `<c r="${address}" s="${this.#styles.index(format)}"${this.#formula(formula, result, format.type)}`;
  }

  #formula(formula: string, result: number | AmountMicro | string, type: CellType): string {
    const isText = typeof result === 'string';
    const value = isText ? escaped(result) : plainNumber(result, type);
    return `${isText ? ' t="str"' : ''}><f>${escaped(formula)}</f><v>${value}</v></c>`;
  }

  /** Rows of one part of a table, with its headings and totals. `onRow` after each. */
  *tableRows(
    placed: PlacedTable,
    part: SheetPart,
    rows: Iterator<readonly Cell[]>,
    onRow: () => void,
  ): Generator<string> {
    const { columns } = placed;
    const letters = columns.map((_, i) => columnLetters(i));
    yield this.#headingRow(placed, letters);
    const formats = columns.map(({ type, isZeroQuiet, currency }): CellFormat => {
      return { role: 'row', type, isZeroQuiet: isZeroQuiet === true, decimals: this.decimals(currency) };
    });
    const styles = formats.map((format) => this.#styles.index(format));
    const currencyAt = columns.map(({ currencyColumn }) => columns.findIndex(({ key }) => key === currencyColumn));
    const types = placed.table.hasSeals === true ? placed.table.columns.map(({ type }) => type) : undefined;
    for (let n = 0; n < part.rowCount; n += 1) {
      const next = rows.next();
      if (next.done === true)
        throw new Error(`table ${placed.table.id} ended before its ${placed.table.rowCount} rows`);
      const number = part.firstRow + n;
      let xml = `<row r="${number}">`;
      next.value.forEach((cell, i) => {
        const format = formats[i];
        if (cell === null || format === undefined) return;
        const address = `${letters[i]}${number}`;
        // Numbers are most of a long table: straight through.
        if (typeof cell === 'number' || typeof cell === 'bigint') {
          const currency = next.value[currencyAt[i] ?? -1];
          const style =
            typeof currency === 'string'
              ? this.#styles.index({ ...format, decimals: this.decimals(currency) })
              : styles[i];
          xml += `<c r="${address}" s="${style}"><v>${plainNumber(cell, format.type)}</v></c>`;
        } else if (cell !== '') {
          xml += this.cell(address, cell, format);
        }
      });
      if (types !== undefined) xml += this.cell(`${letters.at(-1)}${number}`, sealOf(next.value, types), SEAL_FORMAT);
      yield `${xml}</row>`;
      onRow();
    }
    if (part.totalRow !== undefined) yield this.#totalRow(placed.table, part.totalRow, letters);
  }

  #headingRow({ headings, columns }: PlacedTable, letters: readonly string[]): string {
    const lines = Math.max(...headings.map((heading, i) => headingLines(heading, columns[i]?.width ?? 10)));
    const height = this.#styles.rowHeight('heading', lines);
    const cells = headings.map((heading, i) =>
      this.text(`${letters[i]}1`, heading, { role: 'heading', type: columns[i]?.type ?? 'text' }),
    );
    return `<row r="1" ht="${height}" customHeight="1">${cells.join('')}</row>`;
  }

  #totalRow(table: TableSheet, row: number, letters: readonly string[]): string {
    const cells = table.columns.map(({ type, currency }, i) => {
      const total = table.totals?.[i] ?? null;
      const address = `${letters[i]}${row}`;
      const format: CellFormat = { role: 'total', type, decimals: this.decimals(currency) };
      if (total === null || typeof total === 'string') return this.cell(address, total, format);
      return this.formula(address, this.#layout.columnSum(table.id, i), total, format);
    });
    return `<row r="${row}">${cells.join('')}</row>`;
  }
}

/** How many lines a heading takes in its column, words kept whole. Room is left for the button of the filter. */
function headingLines(heading: string, width: number): number {
  const room = Math.max(4, width - 3);
  return heading.split('\n').reduce((lines, text) => {
    let length = 0;
    let count = 1;
    for (const word of text.split(' ')) {
      if (length > 0 && length + 1 + word.length > room) {
        count += 1;
        length = word.length;
      } else {
        length += (length > 0 ? 1 : 0) + word.length;
      }
    }
    return lines + count;
  }, 0);
}
