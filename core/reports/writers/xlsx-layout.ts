/**
 * Where every sheet, table and named cell of a report stands in the workbook, and formulas in spreadsheet language. A table
 * longer than a sheet goes on in a second one; formulas reach over all of them.
 */
import type { Aggregate, BrokenSeals, Column, Formula, NamedCell, Report, TableSheet, TableTotal } from '../report.ts';
import { SheetNames, TableNames, uniqueHeadings } from './xlsx-names.ts';
import { SEAL_MARK, sealFormula } from './xlsx-seal.ts';

/** Rows of an xlsx sheet. */
export const SHEET_ROWS_LIMIT = 1_048_576;
const HEADER_ROWS = 1;

export interface SheetPart {
  readonly name: string;
  /** Of the native table. */
  readonly tableName: string;
  readonly firstRow: number;
  readonly rowCount: number;
  /** Row of the totals, in the last part only. */
  readonly totalRow: number | undefined;
}

export interface PlacedTable {
  readonly table: TableSheet;
  readonly columns: readonly Column[];
  /** Of the columns, no two the same. */
  readonly headings: readonly string[];
  readonly parts: readonly SheetPart[];
}

/** Behind the columns of a table with seals. */
const SEAL_COLUMN: Column = { key: 'seal', heading: 'seal', type: 'text', width: 8, isHidden: true };

export class XlsxLayout {
  readonly #tables = new Map<string, PlacedTable>();
  readonly #pageNames = new Map<string, string>();
  /** Addresses with their sheets, by page and name. */
  readonly #cells = new Map<string, string>();

  /** `firstPageRow`: lines of each page begin there. */
  constructor(report: Report, rowsPerSheet: number, firstPageRow: (page: string) => number) {
    const names = new SheetNames();
    const tableNames = new TableNames();
    for (const sheet of report.sheets) {
      if (sheet.kind === 'table') {
        const columns = sheet.hasSeals === true ? [...sheet.columns, SEAL_COLUMN] : sheet.columns;
        this.#tables.set(sheet.id, {
          table: sheet,
          columns,
          headings: uniqueHeadings(columns.map((column) => column.heading)),
          parts: partsOf(sheet, rowsPerSheet, names, tableNames),
        });
        continue;
      }
      const name = names.add(sheet.title);
      this.#pageNames.set(sheet.id, name);
      sheet.lines.forEach((line, row) => {
        line.cells.forEach((cell, column) => {
          if (cell.name === undefined) return;
          const address = `$${columnLetters(column)}$${firstPageRow(sheet.id) + row}`;
          this.#cells.set(`${sheet.id} ${cell.name}`, `${quotedName(name)}!${address}`);
        });
      });
    }
  }

  placed(id: string): PlacedTable {
    const found = this.#tables.get(id);
    if (found === undefined) throw new Error(`no table ${id} in this report`);
    return found;
  }

  pageName(id: string): string {
    return this.#pageNames.get(id) ?? id;
  }

  /** Without the leading `=`. */
  text(formula: Formula): string {
    switch (formula.kind) {
      case 'aggregate':
        return this.#aggregate(formula);
      case 'table-total':
        return this.#total(formula);
      case 'number':
        return String(formula.number);
      case 'difference':
        return `(${this.text(formula.of)})-(${this.text(formula.minus)})`;
      case 'sum':
        return formula.of.map((part) => this.text(part)).join('+');
      case 'named-cell':
        return this.#cell(formula);
      case 'broken-seals':
        return this.#brokenSeals(formula);
      case 'agreement': {
        const same = formula.pairs.map(
          (pair) => `ABS((${this.text(pair.of)})-(${this.text(pair.with)}))<${plainDecimal(pair.tolerance)}`,
        );
        return verdict(same, formula);
      }
      case 'all-say': {
        const say = formula.cells.map((cell) => `${this.#cell(cell)}=${quotedText(formula.text)}`);
        return verdict(say, formula);
      }
    }
  }

  /** The sum above a cell of the row of totals. */
  columnSum(id: string, columnIndex: number): string {
    const placed = this.placed(id);
    return `SUM(${placed.parts.map((part) => range(placed, part, columnIndex)).join(',')})`;
  }

  #cell({ page, name }: NamedCell): string {
    const address = this.#cells.get(`${page} ${name}`);
    if (address === undefined) throw new Error(`no cell ${name} on page ${page}`);
    return address;
  }

  #aggregate({ table, column, where }: Aggregate): string {
    const placed = this.placed(table);
    const criteria = Object.entries(where).map(([key, value]) => ({
      index: indexOf(placed, key),
      value: typeof value === 'number' ? String(value) : quotedText(value),
    }));
    return placed.parts
      .map((part) => {
        const conditions = criteria.map(({ index, value }) => `${range(placed, part, index)},${value}`).join(',');
        if (column === undefined) return `COUNTIFS(${conditions})`;
        const summed = range(placed, part, indexOf(placed, column));
        return criteria.length === 0 ? `SUM(${summed})` : `SUMIFS(${summed},${conditions})`;
      })
      .join('+');
  }

  #total({ table, column }: TableTotal): string {
    const placed = this.placed(table);
    const part = placed.parts.at(-1);
    if (part?.totalRow === undefined) throw new Error(`table ${table} has no totals`);
    return `${quotedName(part.name)}!$${columnLetters(indexOf(placed, column))}$${part.totalRow}`;
  }

  #brokenSeals({ table: id }: BrokenSeals): string {
    const placed = this.placed(id);
    return placed.parts
      .map((part) => {
        const cells = placed.table.columns.map(({ type }, i) => sealFormula(addresses(part, i), type));
        const sealed = addresses(part, placed.table.columns.length);
        return `SUMPRODUCT((${sealed}<>"")*(1-EXACT(${sealed},${cells.join(`&"${SEAL_MARK}"&`)})))`;
      })
      .join('+');
  }
}

/** An error in a looked-at cell is no agreement. */
function verdict(
  conditions: readonly string[],
  { good, bad }: { readonly good: string; readonly bad: string },
): string {
  return `IFERROR(IF(AND(${conditions.join(',')}),${quotedText(good)},${quotedText(bad)}),${quotedText(bad)})`;
}

function quotedText(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Never as `5e-7`. */
function plainDecimal(value: number): string {
  return value.toFixed(9).replace(/0+$/, '');
}

function indexOf(placed: PlacedTable, key: string): number {
  const index = placed.columns.findIndex((column) => column.key === key);
  if (index < 0) throw new Error(`no column ${key} in table ${placed.table.id}`);
  return index;
}

function partsOf(
  table: TableSheet,
  rowsPerSheet: number,
  names: SheetNames,
  tableNames: TableNames,
): readonly SheetPart[] {
  const capacity = rowsPerSheet - HEADER_ROWS - (table.totals === undefined ? 0 : 1);
  const parts: SheetPart[] = [];
  let left = table.rowCount;
  do {
    const rowCount = Math.min(left, capacity);
    left -= rowCount;
    const name = names.add(table.title, parts.length + 1);
    parts.push({
      name,
      tableName: tableNames.add(name),
      firstRow: HEADER_ROWS + 1,
      rowCount,
      totalRow: left === 0 && table.totals !== undefined ? lastRowOf(rowCount) + 1 : undefined,
    });
  } while (left > 0);
  return parts;
}

/** An empty table still has one (empty) row to point at. */
function lastRowOf(rowCount: number): number {
  return HEADER_ROWS + Math.max(rowCount, 1);
}

/** Letters, digits and spaces need no escaping in a structured reference, whichever program reads it. */
const PLAIN_HEADING = /^[\p{L}\p{N}][\p{L}\p{N} ()]*$/u;

/** A column of the native table by its name where that is plain, so that people can read the formula. */
function range(placed: PlacedTable, part: SheetPart, columnIndex: number): string {
  const heading = placed.headings[columnIndex] ?? '';
  return PLAIN_HEADING.test(heading) ? `${part.tableName}[${heading}]` : addresses(part, columnIndex);
}

function addresses(part: SheetPart, columnIndex: number): string {
  const letters = columnLetters(columnIndex);
  return `${quotedName(part.name)}!$${letters}$${part.firstRow}:$${letters}$${lastRowOf(part.rowCount)}`;
}

export function quotedName(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

/** 0 is A, 26 is AA. */
export function columnLetters(index: number): string {
  const rest = index % 26;
  const letter = String.fromCharCode(65 + rest);
  return index < 26 ? letter : `${columnLetters(Math.floor(index / 26) - 1)}${letter}`;
}
