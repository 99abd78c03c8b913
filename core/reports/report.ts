/**
 * A report as a value: pages and tables of typed cells, with formulas said in words. Builders know calls and no file
 * format; writers know cells and no calls.
 */
import type { AmountMicro } from '../model/money.ts';

/** `money`: AmountMicro; `duration`: whole seconds; `dateTime`: seconds on the site's wall clock. */
export type CellType = 'text' | 'integer' | 'money' | 'duration' | 'dateTime';

export type CellValue = string | number | AmountMicro | null;

/** The sum of a column (absent: the number of rows) over the rows of a table whose columns have these values. */
export interface Aggregate {
  readonly kind: 'aggregate';
  readonly table: string;
  readonly column: string | undefined;
  readonly where: Readonly<Record<string, string | number>>;
}

/** The total below a column of a table. */
export interface TableTotal {
  readonly kind: 'table-total';
  readonly table: string;
  readonly column: string;
}

export interface Difference {
  readonly kind: 'difference';
  readonly of: Aggregate | TableTotal;
  readonly minus: Aggregate | TableTotal;
}

export interface Sum {
  readonly kind: 'sum';
  readonly of: readonly (Aggregate | TableTotal)[];
}

export type Formula = Aggregate | TableTotal | Difference | Sum;

/** A formula with the value it has, for writers and viewers that calculate nothing. */
export interface FormulaCell {
  readonly formula: Formula;
  readonly result: number | AmountMicro;
}

export type Cell = CellValue | FormulaCell;

export interface Column {
  /** Unique in its table; formulas name it. */
  readonly key: string;
  readonly heading: string;
  readonly type: CellType;
  /** Characters. */
  readonly width: number;
  /** Only for formulas to look at; a writer for people leaves it out. */
  readonly isHidden?: true;
  /** Zero is common and of no interest here. */
  readonly isZeroQuiet?: true;
  /** Stays on the screen; not worth paper. */
  readonly isNotPrinted?: true;
}

export interface TableSheet {
  readonly kind: 'table';
  readonly id: string;
  readonly title: string;
  readonly columns: readonly Column[];
  /** Exactly this many rows come. */
  readonly rowCount: number;
  /** May be read once only. */
  rows(): Iterable<readonly Cell[]>;
  /** Results of the row of totals, by column; the first cell is its label. Absent: no such row. */
  readonly totals?: readonly CellValue[];
}

export type LineStyle = 'title' | 'pair' | 'header' | 'row' | 'total' | 'blank';

export interface PageCell {
  readonly type: CellType;
  readonly cell: Cell;
}

export interface PageSheet {
  readonly kind: 'page';
  readonly id: string;
  readonly title: string;
  /** Characters of each column. */
  readonly widths: readonly number[];
  readonly lines: readonly { readonly style: LineStyle; readonly cells: readonly PageCell[] }[];
}

/** What every report says of itself, so that paper found in a year can be understood. */
export interface Provenance {
  /** Period, filter, made when and by whom, versions of price lists and formats. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What may be missing from it, in words; empty when nothing is known to be missing. */
  readonly gaps: readonly string[];
}

export interface Report {
  /** Stands at the head of every printed page. */
  readonly title: string;
  readonly company: string;
  /** "Page" and "of" in the report's language. */
  readonly pageWord: string;
  readonly moneyDecimals: number;
  /** Stands in the file as its own date, so that the same report is the same bytes. */
  readonly madeAtMs: number;
  readonly sheets: readonly (PageSheet | TableSheet)[];
  readonly provenance?: Provenance;
  /** Who signs the paper, each a line to sign on: "Prepared by", "Approved by". */
  readonly signatures?: readonly string[];
  /** Tables wider than an upright page. */
  readonly isLandscape?: true;
}
