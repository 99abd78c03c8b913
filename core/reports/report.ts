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

/** A number that is written into the formula. */
export interface Constant {
  readonly kind: 'number';
  readonly number: number;
}

export interface Difference {
  readonly kind: 'difference';
  readonly of: Aggregate | TableTotal;
  readonly minus: Aggregate | TableTotal | Constant;
}

export interface Sum {
  readonly kind: 'sum';
  readonly of: readonly (Aggregate | TableTotal | NamedCell)[];
}

/** A cell of a page that has this name there. */
export interface NamedCell {
  readonly kind: 'named-cell';
  /** Id of the page. */
  readonly page: string;
  readonly name: string;
}

/** Says `good` where both sides of every pair are the same number, else `bad`. */
export interface Agreement {
  readonly kind: 'agreement';
  readonly pairs: readonly {
    readonly of: NumberFormula;
    readonly with: NumberFormula;
    /** Differences below this come from adding up fractions. */
    readonly tolerance: number;
  }[];
  readonly good: string;
  readonly bad: string;
}

/** Says `good` where all these cells say `text`, else `bad`. */
export interface AllSay {
  readonly kind: 'all-say';
  readonly cells: readonly NamedCell[];
  readonly text: string;
  readonly good: string;
  readonly bad: string;
}

/** How many rows of a table with seals no longer are as they were written. */
export interface BrokenSeals {
  readonly kind: 'broken-seals';
  readonly table: string;
}

export type NumberFormula = Aggregate | TableTotal | Constant | Difference | Sum | NamedCell | BrokenSeals;
export type TextFormula = Agreement | AllSay | NamedCell;
export type Formula = NumberFormula | TextFormula;

/** A formula with the value it has, for writers and viewers that calculate nothing. */
export interface FormulaCell {
  readonly formula: Formula;
  readonly result: number | AmountMicro | string;
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
  /** Of its amounts. */
  readonly currency?: string;
  /** Where they are of several: the column that says each row's. */
  readonly currencyColumn?: string;
  /** The cells show by a bar how great they are in their column. */
  readonly hasBars?: true;
}

/** A word in a column that somebody has to look at. */
export interface Mark {
  readonly column: string;
  readonly equals: string;
  readonly tone: 'bad' | 'warning';
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
  /** The same without the rows before, for a screen that shows a part. */
  rowsFrom?(index: number): Iterable<readonly Cell[]>;
  /** For each row the address within the pages that shows what is behind it; null: nothing more. May be read once only. */
  links?(): Iterable<string | null>;
  /** As `rowsFrom`. */
  linksFrom?(index: number): Iterable<string | null>;
  readonly marks?: readonly Mark[];
  /** Each row has a hidden copy of itself, by which a workbook sees what somebody has changed in it. */
  readonly hasSeals?: true;
}

export type LineStyle = 'title' | 'pair' | 'header' | 'row' | 'total' | 'blank';

export interface PageCell {
  readonly type: CellType;
  readonly cell: Cell;
  /** By which formulas know the cell; unique in its page. */
  readonly name?: string;
  /** Of an amount. */
  readonly currency?: string;
}

export interface PageLine {
  readonly style: LineStyle;
  readonly cells: readonly PageCell[];
  /** The line is green where its last cell says this, else red. */
  readonly isGoodWhen?: string;
}

export interface PageSheet {
  readonly kind: 'page';
  readonly id: string;
  readonly title: string;
  /** Characters of each column. */
  readonly widths: readonly number[];
  readonly lines: readonly PageLine[];
  /** Lines wider than an upright page. */
  readonly isLandscape?: true;
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
  /** Of amounts whose currency is not said, or is not among `currencyDecimals`. */
  readonly moneyDecimals: number;
  readonly currencyDecimals?: Readonly<Record<string, number>>;
  /** Name of whoever made it; absent where nobody is signed in. */
  readonly madeBy?: string;
  /** Stands in the file as its own date, so that the same report is the same bytes. */
  readonly madeAtMs: number;
  readonly sheets: readonly (PageSheet | TableSheet)[];
  readonly provenance?: Provenance;
  /** Who signs the paper, each a line to sign on: "Prepared by", "Approved by". */
  readonly signatures?: readonly string[];
  /** Tables wider than an upright page. */
  readonly isLandscape?: true;
}
