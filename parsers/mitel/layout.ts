/**
 * Which layout a line has. The colons of the start time and of the duration tell three of four apart; where the duration
 * is blank, and between extended and level 1, the layout is the one whose cells all look like what they are, the stream's
 * last proved layout first.
 */
import { CELLS, type CellName, columnsOf, LAYOUTS, type LayoutName } from './columns.ts';

/** Trimmed cells by their place in `CELLS`. */
export type Cells = readonly string[];

const SHAPES: Readonly<Partial<Record<CellName, RegExp>>> = {
  calling: /^(?:[\d*#]{1,7}|[TX]\d{1,6}|ATT\d{0,4})$/,
  answer: /^\*? *(?:\d{1,4}|\*{3,4})?$/,
  digits: /^[\dA-Za-z*#+?.,@() -]+$/,
  completion: /^[A-Z]$/,
  speed: /^[A-Z]$/,
  called: /^(?:[\d*#]{1,7}|[TX]\d{1,6}|ATT\d{0,4})$/,
  ldn: /^[\dA-Za-z*#]{1,7}$/,
  transfer: /^[A-Z]$/,
  third: /^(?:[\d*#]{1,7}|[TX]\d{1,6}|ATT\d{0,4})$/,
  account: /^[\dA-Za-z*#]{1,12}$/,
  route: /^[rR]$/,
  system: /^\d{1,3}$/,
  mlpp: /^\d$/,
  callId: /^[A-Z\d]{4,8}$/,
  sequence: /^[A-Z]$/,
  associated: /^[A-Z\d]{4,9}$/,
};
/** Words for cells that are not what they should be; characters in the others are strange to this layout. */
const REASONS: Readonly<Partial<Record<CellName, string>>> = {
  calling: 'bad-party',
  answer: 'bad-ring',
  digits: 'bad-number',
  completion: 'bad-condition',
  speed: 'bad-condition',
  called: 'bad-party',
  transfer: 'bad-condition',
  third: 'bad-party',
  account: 'bad-account',
  callId: 'bad-call-id',
};
const BLANK = 0x20;
const COLON = 0x3a;

/** Cells whose text begins at their first column. */
const LEFT: readonly CellName[] = [
  'calling',
  'digits',
  'called',
  'ldn',
  'third',
  'account',
  'system',
  'ani',
  'dnis',
  'callId',
];

interface Span {
  readonly name: CellName;
  readonly index: number;
  readonly from: number;
  readonly to: number;
  readonly shape: RegExp | undefined;
  readonly isLeft: boolean;
  readonly isParty: boolean;
  /** May begin a column later, where a party took one more. */
  readonly isBesideParty: boolean;
  readonly takesNumbers: boolean;
}

const spansOf = (layout: LayoutName): readonly Span[] =>
  CELLS.flatMap((name, index) => {
    const column = columnsOf[layout][name];
    if (column === undefined || name === 'date' || name === 'time') return [];
    const from = column[0] - 1;
    const shape = SHAPES[name];
    return [
      {
        name,
        index,
        from,
        to: from + column[1],
        shape,
        isLeft: LEFT.includes(name),
        isParty: name === 'calling' || name === 'called',
        isBesideParty: name === 'answer' || name === 'transfer',
        takesNumbers: column[1] > 1 && name !== 'answer',
      },
    ];
  });
const spans = Object.fromEntries(LAYOUTS.map((layout) => [layout, spansOf(layout)])) as Readonly<
  Record<LayoutName, readonly Span[]>
>;
/** Behind the start time, which the record's reader cuts by itself. */
const startEnds: Readonly<Record<LayoutName, number>> = { standard: 13, extended: 13, level1: 13, level2: 16 };

const isDigitAt = (line: string, at: number): boolean => {
  const code = line.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
};

/** `ATT01` has five characters where the standard record gives a party four: it takes the column behind it. */
function attendantOverhang(line: string, { from, to }: Span): number {
  return to - from === 4 && line.startsWith('ATT', from) && isDigitAt(line, to) ? 1 : 0;
}

const isNumber = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (!isDigitAt(text, i)) return false;
  return true;
};

const PRINTED = /[^\x00-\x20]/g;
/** Behind every column. */
const NOWHERE = 100_000;
const SHORT_GAP = 4;

/** Where the next cell begins. Most of a long record is blank: in long gaps a pattern is faster than a loop. */
function nextPrinted(line: string, from: number): number {
  const { length } = line;
  for (let at = from; at < from + SHORT_GAP; at++) {
    if (at >= length) return NOWHERE;
    if (line.charCodeAt(at) > BLANK) return at;
  }
  PRINTED.lastIndex = from + SHORT_GAP;
  return PRINTED.test(line) ? PRINTED.lastIndex - 1 : NOWHERE;
}

/**
 * Writes the cells behind the start time into `cells`, blank ones too; returns a stable word about what is not as it should
 * be in this layout. All shapes but the ones of letters take any number that fits the cell, so most cells need no pattern.
 */
function cutCells(line: string, layout: LayoutName, isAligned: boolean, cells: string[]): string | undefined {
  let at = startEnds[layout];
  let next = nextPrinted(line, at);
  for (const span of spans[layout]) {
    const to = span.isParty ? span.to + attendantOverhang(line, span) : span.to;
    if (next >= to) {
      cells[span.index] = '';
      continue;
    }
    const { shape } = span;
    const from = span.isBesideParty && span.from < at ? at : span.from;
    if (next < from) return 'outside-fields';
    const cell = line.slice(next, to).trimEnd();
    const isFit = shape === undefined || (span.takesNumbers && isNumber(cell)) || shape.test(cell);
    if (!isFit || (isAligned && span.isLeft && next > from)) return REASONS[span.name] ?? 'outside-fields';
    cells[span.index] = cell;
    at = to;
    next = nextPrinted(line, at);
  }
  return next === NOWHERE ? undefined : 'outside-fields';
}

export interface LayoutFound {
  readonly layout: LayoutName;
  /** Good until the next line is read. */
  readonly cells: Cells;
  /** No other layout would read this line. */
  readonly isProved: boolean;
}

const LEVEL2: readonly LayoutName[] = ['level2'];
const STANDARD: readonly LayoutName[] = ['standard'];
const LONG: readonly LayoutName[] = ['extended', 'level1'];
const ANY: readonly LayoutName[] = ['standard', 'extended', 'level1'];

/** Layouts that the colons allow, the likeliest first. */
function candidatesOf(line: string): readonly LayoutName[] {
  const isColon = (column: number): boolean => line.charCodeAt(column - 1) === COLON;
  if (isColon(13)) return LEVEL2;
  if (isColon(17)) return STANDARD;
  return isColon(19) ? LONG : ANY;
}

const PROVED: Readonly<Record<LayoutName, readonly LayoutName[]>> = {
  standard: ['standard'],
  extended: ['extended'],
  level1: ['level1'],
  level2: ['level2'],
};

export type LayoutFinder = (line: string, known: string | undefined) => LayoutFound | string;

/** Lines stand as printed, the column of the long-call flag included. `known` is the layout the stream proved last. */
export function createLayoutFinder(chosen: LayoutName | undefined): LayoutFinder {
  const row = (): string[] => CELLS.map(() => '');
  const rows: Readonly<Record<LayoutName, string[]>> = {
    standard: row(),
    extended: row(),
    level1: row(),
    level2: row(),
  };
  return (line, known) => {
    const possible = candidatesOf(line);
    if (chosen !== undefined && !possible.includes(chosen)) return 'other-layout';
    const tried = chosen === undefined ? possible : PROVED[chosen];
    const isOpen = tried.length > 1;
    // What the stream has proved before stays what it is as long as its lines fit.
    const last = isOpen ? tried.find((layout) => layout === known) : undefined;
    const misfit = last === undefined ? undefined : cutCells(line, last, isOpen, rows[last]);
    if (last !== undefined && misfit === undefined) return { layout: last, cells: rows[last], isProved: false };
    let found: LayoutName | undefined;
    let fits = 0;
    let reason: string | undefined;
    for (const layout of tried) {
      const failure = layout === last ? misfit : cutCells(line, layout, isOpen, rows[layout]);
      if (failure !== undefined) {
        reason ??= failure;
        continue;
      }
      fits++;
      found ??= layout;
    }
    if (found === undefined) return reason ?? 'unknown-line';
    return { layout: found, cells: rows[found], isProved: fits === 1 };
  };
}
