/**
 * Where every table of a report stands in the workbook, and formulas in spreadsheet language. A table longer than a
 * sheet goes on in a second one; formulas reach over all of them.
 */
import type { Aggregate, Column, Formula, Report, TableSheet, TableTotal } from '../report.ts';

/** Rows of an xlsx sheet. */
export const SHEET_ROWS_LIMIT = 1_048_576;
const TITLE_LIMIT = 31;
const HEADER_ROWS = 1;

export interface SheetPart {
  readonly name: string;
  readonly firstRow: number;
  readonly rowCount: number;
  /** Row of the totals, in the last part only. */
  readonly totalRow: number | undefined;
}

export interface PlacedTable {
  readonly table: TableSheet;
  readonly columns: readonly Column[];
  readonly parts: readonly SheetPart[];
}

export class XlsxLayout {
  readonly #tables = new Map<string, PlacedTable>();

  constructor(report: Report, rowsPerSheet: number) {
    for (const table of report.sheets) {
      if (table.kind === 'table') {
        this.#tables.set(table.id, { table, columns: table.columns, parts: partsOf(table, rowsPerSheet) });
      }
    }
  }

  placed(id: string): PlacedTable {
    const found = this.#tables.get(id);
    if (found === undefined) throw new Error(`no table ${id} in this report`);
    return found;
  }

  /** Without the leading `=`. */
  text(formula: Formula): string {
    switch (formula.kind) {
      case 'aggregate':
        return this.#aggregate(formula);
      case 'table-total':
        return this.#total(formula);
      case 'difference':
        return `(${this.text(formula.of)})-(${this.text(formula.minus)})`;
      case 'sum':
        return formula.of.map((part) => this.text(part)).join('+');
    }
  }

  /** The sum above a cell of the row of totals. */
  columnSum(id: string, columnIndex: number): string {
    const { parts } = this.placed(id);
    return `SUM(${parts.map((part) => range(part, columnIndex)).join(',')})`;
  }

  #aggregate({ table, column, where }: Aggregate): string {
    const placed = this.placed(table);
    const criteria = Object.entries(where).map(([key, value]) => ({
      index: indexOf(placed, key),
      value: typeof value === 'number' ? String(value) : `"${value.replaceAll('"', '""')}"`,
    }));
    return placed.parts
      .map((part) => {
        const conditions = criteria.map(({ index, value }) => `${range(part, index)},${value}`).join(',');
        if (column === undefined) return `COUNTIFS(${conditions})`;
        const summed = range(part, indexOf(placed, column));
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
}

function indexOf(placed: PlacedTable, key: string): number {
  const index = placed.columns.findIndex((column) => column.key === key);
  if (index < 0) throw new Error(`no column ${key} in table ${placed.table.id}`);
  return index;
}

function partsOf(table: TableSheet, rowsPerSheet: number): readonly SheetPart[] {
  const capacity = rowsPerSheet - HEADER_ROWS - (table.totals === undefined ? 0 : 1);
  const parts: SheetPart[] = [];
  let left = table.rowCount;
  do {
    const rowCount = Math.min(left, capacity);
    left -= rowCount;
    const number = parts.length + 1;
    const suffix = number === 1 ? '' : ` ${number}`;
    parts.push({
      name: `${table.title.slice(0, TITLE_LIMIT - suffix.length)}${suffix}`,
      firstRow: HEADER_ROWS + 1,
      rowCount,
      totalRow: left === 0 && table.totals !== undefined ? HEADER_ROWS + rowCount + 1 : undefined,
    });
  } while (left > 0);
  return parts;
}

/** An empty table still has one (empty) row to point at. */
function range(part: SheetPart, columnIndex: number): string {
  const letters = columnLetters(columnIndex);
  const last = part.firstRow + Math.max(part.rowCount, 1) - 1;
  return `${quotedName(part.name)}!$${letters}$${part.firstRow}:$${letters}$${last}`;
}

function quotedName(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

/** 0 is A, 26 is AA. */
export function columnLetters(index: number): string {
  const rest = index % 26;
  const letter = String.fromCharCode(65 + rest);
  return index < 26 ? letter : `${columnLetters(Math.floor(index / 26) - 1)}${letter}`;
}
