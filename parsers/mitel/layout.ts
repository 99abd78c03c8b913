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
  digits: /^[\dA-Za-z*#+ ]+$/,
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
/** Cells whose text begins at their first column. */
const LEFT: readonly CellName[] = ['calling', 'digits', 'called', 'third', 'account'];

interface Span {
  readonly name: CellName;
  readonly index: number;
  readonly from: number;
  readonly to: number;
  readonly shape: RegExp | undefined;
  readonly isLeft: boolean;
}

const spansOf = (layout: LayoutName): readonly Span[] =>
  CELLS.flatMap((name, index) => {
    const column = columnsOf[layout][name];
    if (column === undefined) return [];
    const from = column[0] - 1;
    return [{ name, index, from, to: from + column[1], shape: SHAPES[name], isLeft: LEFT.includes(name) }];
  });
const spans = Object.fromEntries(LAYOUTS.map((layout) => [layout, spansOf(layout)])) as Readonly<
  Record<LayoutName, readonly Span[]>
>;

const isBlank = (line: string, from: number, to: number): boolean => {
  const end = Math.min(to, line.length);
  for (let i = from; i < end; i++) if (line.charCodeAt(i) > 32) return false;
  return true;
};

function trimmed(line: string, from: number, to: number): string {
  let start = from;
  let end = Math.min(to, line.length);
  while (start < end && line.charCodeAt(start) <= 32) start++;
  while (end > start && line.charCodeAt(end - 1) <= 32) end--;
  return start >= end ? '' : line.slice(start, end);
}

const isDigitAt = (line: string, at: number): boolean => {
  const code = line.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
};

/** `ATT01` has five characters where the standard record gives a party four: it takes the column behind it. */
function attendantOverhang(line: string, { name, from, to }: Span): number {
  const isParty = name === 'calling' || name === 'called';
  return isParty && to - from === 4 && line.startsWith('ATT', from) && isDigitAt(line, to) ? 1 : 0;
}

/** Cells of the line in this layout, or a stable word about what is not as it should be. */
export function cellsOf(line: string, layout: LayoutName, isAligned: boolean): Cells | string {
  const cells: string[] = CELLS.map(() => '');
  let gap = 6;
  for (const span of spans[layout]) {
    const { name, index, shape, isLeft } = span;
    const from = Math.max(span.from, name === 'answer' || name === 'transfer' ? gap : 0);
    const to = span.to + attendantOverhang(line, span);
    if (from >= line.length) return cells;
    if (from > gap && !isBlank(line, gap, from)) return 'outside-fields';
    gap = to;
    const cell = trimmed(line, from, to);
    if (cell === '') continue;
    if (shape?.test(cell) === false) return `bad-${name}`;
    if (isAligned && isLeft && line.charCodeAt(from) <= 32) return `bad-${name}`;
    cells[index] = cell;
  }
  return isBlank(line, gap, line.length) ? cells : 'outside-fields';
}

export interface LayoutFound {
  readonly layout: LayoutName;
  readonly cells: Cells;
  /** No other layout would read this line. */
  readonly isProved: boolean;
}

const COLON = 0x3a;

/** Layouts that the colons allow, the likeliest first. */
function candidatesOf(line: string): readonly LayoutName[] {
  const isColon = (column: number): boolean => line.charCodeAt(column - 1) === COLON;
  if (isColon(13)) return ['level2'];
  if (isColon(17)) return ['standard'];
  return isColon(19) ? ['extended', 'level1'] : ['standard', 'extended', 'level1'];
}

/** The line stands as printed, the column of the long-call flag included. */
export function findLayout(
  line: string,
  chosen: LayoutName | undefined,
  known: string | undefined,
): LayoutFound | string {
  const possible = candidatesOf(line);
  if (chosen !== undefined && !possible.includes(chosen)) return 'other-layout';
  const isOpen = possible.length > 1 && chosen === undefined;
  const tried = chosen === undefined ? possible : [chosen];
  let found: LayoutFound | undefined;
  let fits = 0;
  let reason: string | undefined;
  for (const layout of tried) {
    const cells = cellsOf(line, layout, isOpen);
    if (typeof cells === 'string') {
      reason ??= cells;
      continue;
    }
    fits++;
    if (found === undefined || layout === known) found = { layout, cells, isProved: false };
  }
  if (found === undefined) return reason ?? 'unknown-line';
  return { ...found, isProved: fits === 1 };
}
