/**
 * A table over as many pages as it takes. Headings stand on each of them, a row stays together unless it is longer than a
 * page, and the row of totals keeps the last rows with it.
 */

import type { Ink, Page } from '../../model/paper-page.ts';
import type { Cell, TableSheet } from '../report.ts';
import { type CellText, isRightAligned } from './cell-text.ts';
import { CELL_PADDING, type ColumnPlan, type ColumnSample, planColumns, type Slot } from './columns.ts';
import type { PageFlow, TextStyle } from './flow.ts';
import { LINE_HEIGHT } from './fonts.ts';
import { wrap } from './wrap.ts';

/** Rows that the widths of the columns are made for. */
const SAMPLE_ROWS = 400;
/** Rows that stay with the totals, and with the headings. */
const KEPT_ROWS = 2;
const ROW_PADDING = 2.6;
const TITLE_SIZE = 11;
const TITLE_HEIGHT = 22;
const SPACE_BEFORE = 14;
/** A long table begins on a page that has at least this part of it left. */
const LEAST_ROOM = 0.3;

/** Lines of each cell, by group and slot. */
type LaidRow = readonly (readonly (readonly string[])[])[];

interface Look {
  readonly text: TextStyle;
  readonly ruleAbove: boolean;
}

class TableLayout {
  readonly #flow: PageFlow;
  readonly #table: TableSheet;
  readonly #plan: ColumnPlan;
  readonly #heading: LaidRow;
  readonly #lineHeight: number;
  /** Of words that somebody has to look at, by column. */
  readonly #inks: ReadonlyMap<string, ReadonlyMap<string, Ink>>;

  constructor(flow: PageFlow, table: TableSheet, plan: ColumnPlan) {
    this.#flow = flow;
    this.#table = table;
    this.#plan = plan;
    this.#lineHeight = plan.size * LINE_HEIGHT;
    const marks = Map.groupBy(table.marks ?? [], (mark) => mark.column);
    this.#inks = new Map(
      [...marks].map(([column, words]) => [column, new Map(words.map(({ equals, tone }) => [equals, tone]))]),
    );
    this.#heading = this.lay((slot) => slot.column.heading, true);
  }

  lay(textOf: (slot: Slot) => string, isBold: boolean): LaidRow {
    const { fonts } = this.#flow;
    const face = { size: this.#plan.size, isBold };
    return this.#plan.groups.map((group) =>
      group.map((slot) => wrap(fonts.printable(textOf(slot)), slot.width - 2 * CELL_PADDING + 0.01, face, fonts)),
    );
  }

  heightOf(row: LaidRow): number {
    return linesOf(row) * this.#lineHeight + 2 * ROW_PADDING;
  }

  get headingHeight(): number {
    return this.heightOf(this.#heading);
  }

  begin(firstRows: number): void {
    const flow = this.#flow;
    const { orientation, groups } = this.#plan;
    const needed = SPACE_BEFORE + TITLE_HEIGHT + this.headingHeight + firstRows;
    const isLong = this.#table.rowCount > 30;
    const tooLittle = isLong && flow.room < flow.wholeRoom * LEAST_ROOM;
    flow.section(this.#table.title);
    const isElsewhere = flow.orientation !== orientation || (!flow.isFresh && (needed > flow.room || tooLittle));
    if (isElsewhere) flow.nextPage(orientation, groups.length);
    else flow.widen(groups.length);
    if (!flow.isFresh) flow.y += SPACE_BEFORE;
    const style = { size: TITLE_SIZE, isBold: true, ink: 'text' } as const;
    const title = flow.fonts.printable(this.#table.title);
    groups.forEach((_, part) => {
      const parts = groups.length === 1 ? '' : ` (${flow.head.words.columns(part + 1, groups.length)})`;
      flow.text(`${title}${parts}`, flow.left, style, 'left', part);
    });
    flow.y += TITLE_HEIGHT;
    this.#drawHeading();
  }

  /** Rows that stay together, if a page can hold them. */
  place(rows: readonly { readonly row: LaidRow; readonly look: Look }[]): void {
    const height = rows.reduce((sum, { row }) => sum + this.heightOf(row), 0);
    if (height > this.#flow.room && !this.#isAtTop) this.#turn();
    for (const { row, look } of rows) this.#placeRow(row, look);
  }

  end(): void {
    const { groups } = this.#plan;
    groups.forEach((_, part) => {
      this.#flow.rule(this.#flow.left, this.#flow.y, this.#width, 'line', 0.5, part);
    });
    this.#flow.y += 4;
  }

  #isAtTop = false;

  #turn(): void {
    this.#flow.nextPage(this.#plan.orientation, this.#plan.groups.length);
    this.#drawHeading();
  }

  #placeRow(row: LaidRow, look: Look): void {
    let from = 0;
    const all = linesOf(row);
    while (from < all) {
      const fits = Math.floor((this.#flow.room - 2 * ROW_PADDING + 0.001) / this.#lineHeight);
      const isWhole = from === 0 && fits >= all;
      if (!isWhole && !this.#isAtTop) {
        this.#turn();
        continue;
      }
      const to = isWhole ? all : Math.min(all, from + Math.max(1, fits));
      this.#draw(row, look, from, to);
      from = to;
      if (from < all) this.#turn();
    }
  }

  #draw(row: LaidRow, { text, ruleAbove }: Look, from: number, to: number): void {
    const flow = this.#flow;
    const { groups } = this.#plan;
    row.forEach((cells, part) => {
      flow.rule(flow.left, flow.y, this.#width, ruleAbove ? 'line' : 'hairline', ruleAbove ? 0.7 : 0.4, part);
      cells.forEach((lines, i) => {
        const slot = groups[part]?.[i];
        if (slot === undefined) return;
        const x = slot.isRight ? slot.x + slot.width - CELL_PADDING : slot.x + CELL_PADDING;
        const shown = lines.slice(from, to);
        const ink = this.#inks.get(slot.column.key)?.get(lines.join(' ')) ?? text.ink;
        flow.linesAt(shown, x, flow.y + ROW_PADDING, { ...text, ink }, slot.isRight ? 'right' : 'left', part);
      });
    });
    flow.y += (to - from) * this.#lineHeight + 2 * ROW_PADDING;
    flow.isFresh = false;
    this.#isAtTop = false;
  }

  #drawHeading(): void {
    const flow = this.#flow;
    const style = { size: this.#plan.size, isBold: true, ink: 'quiet' } as const;
    const height = this.headingHeight;
    this.#heading.forEach((cells, part) => {
      cells.forEach((lines, i) => {
        const slot = this.#plan.groups[part]?.[i];
        if (slot === undefined) return;
        // Headings of one line stand at the foot of those of several.
        const first = flow.y + height - ROW_PADDING - lines.length * this.#lineHeight;
        const x = slot.isRight ? slot.x + slot.width - CELL_PADDING : slot.x + CELL_PADDING;
        flow.linesAt(lines, x, first, style, slot.isRight ? 'right' : 'left', part);
      });
      flow.rule(flow.left, flow.y + height, this.#width, 'line', 0.8, part);
    });
    flow.y += height + 0.8;
    this.#isAtTop = true;
  }

  get #width(): number {
    return this.#flow.right - this.#flow.left;
  }
}

function linesOf(row: LaidRow): number {
  return Math.max(1, ...row.flatMap((cells) => cells.map((lines) => lines.length)));
}

const ROW: Pick<TextStyle, 'isBold' | 'ink'> = { isBold: false, ink: 'text' };

/** Yields the pages that are full. */
export function* layTable(flow: PageFlow, table: TableSheet, isLandscape: boolean, text: CellText): Generator<Page> {
  const shown = table.columns.flatMap((column, index) =>
    column.isHidden === true || column.isNotPrinted === true ? [] : [{ column, index }],
  );
  const textsOf = (row: readonly Cell[]): readonly string[] =>
    table.columns.map((column, i) => text(row[i] ?? null, column.type, column.isZeroQuiet));
  const rows = table.rows()[Symbol.iterator]();
  const ahead = take(rows, SAMPLE_ROWS).map(textsOf);
  const { totals } = table;
  const totalTexts = totals === undefined ? [] : textsOf(totals);
  const samples = shown.map(
    ({ column, index }): ColumnSample => ({
      index,
      column,
      heading: flow.fonts.printable(column.heading),
      cells: ahead.map((row) => flow.fonts.printable(row[index] ?? '')),
      total: flow.fonts.printable(totalTexts[index] ?? ''),
    }),
  );
  const plan = planColumns(samples, isLandscape, flow.fonts);
  const layout = new TableLayout(flow, table, plan);
  const look: Look = { text: { ...ROW, size: plan.size }, ruleAbove: false };
  const laid = (row: readonly string[]) => ({ row: layout.lay((slot) => row[slot.index] ?? '', false), look });
  const totalRow =
    totals === undefined
      ? []
      : [
          {
            row: layout.lay((slot) => totalTexts[slot.index] ?? '', true),
            look: { text: { size: plan.size, isBold: true, ink: 'text' }, ruleAbove: true } satisfies Look,
          },
        ];
  const pending = ahead.map(laid);
  const opening = [...pending.slice(0, KEPT_ROWS), ...(pending.length <= KEPT_ROWS ? totalRow : [])];
  layout.begin(opening.reduce((sum, { row }) => sum + layout.heightOf(row), 0));
  yield* flow.finished();
  if (pending.length === 0) layout.place([laid(noRows(plan, flow.head.words.noRows))]);
  let isOpening = true;
  let next = 0;
  for (;;) {
    // The last rows go with the totals; until the end is in sight, one row goes at a time.
    if (pending.length - next <= KEPT_ROWS) {
      pending.splice(0, next);
      next = 0;
      const more = rows.next();
      if (more.done === true) break;
      pending.push(laid(textsOf(more.value)));
      continue;
    }
    const count = isOpening ? KEPT_ROWS : 1;
    isOpening = false;
    const together = pending.slice(next, next + Math.min(count, pending.length - next - KEPT_ROWS));
    layout.place(together);
    next += together.length;
    yield* flow.finished();
  }
  layout.place([...pending, ...totalRow]);
  layout.end();
  yield* flow.finished();
  // What follows a table in parts would stand on one part of it.
  if (plan.groups.length > 1) flow.y = flow.bottom;
}

function noRows({ groups }: ColumnPlan, words: string): readonly string[] {
  const texts: string[] = [];
  const first = groups[0]?.find((slot) => !isRightAligned(slot.column)) ?? groups[0]?.[0];
  if (first !== undefined) texts[first.index] = words;
  return texts;
}

function take<T>(items: Iterator<T>, most: number): T[] {
  const taken: T[] = [];
  while (taken.length < most) {
    const next = items.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}
