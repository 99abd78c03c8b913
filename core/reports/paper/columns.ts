/**
 * How the columns of a table share the width of the paper: upright if they fit, else across, else in groups that stand on
 * pages of their own with the first column repeated. Nothing is cut.
 */

import { MARGIN, type Orientation, pageSize } from '../../model/paper-page.ts';
import type { Column } from '../report.ts';
import { isRightAligned } from './cell-text.ts';
import type { PaperFonts } from './fonts.ts';
import { longestWord } from './wrap.ts';

export interface Slot {
  /** Among the columns of the table. */
  readonly index: number;
  readonly x: number;
  readonly width: number;
  readonly isRight: boolean;
  readonly column: Column;
}

export interface ColumnPlan {
  readonly orientation: Orientation;
  readonly size: number;
  /** One for each page that a row takes. */
  readonly groups: readonly (readonly Slot[])[];
}

/** Texts of the rows that the widths are made for, by column. */
export interface ColumnSample {
  readonly index: number;
  readonly column: Column;
  readonly heading: string;
  readonly cells: readonly string[];
  readonly total: string;
}

/** Empty space at both sides of a cell's text. */
export const CELL_PADDING = 3.5;
const SIZES = { portrait: [8.5, 8], landscape: [8.5, 8, 7.5, 7] } as const;
const GROUPED_SIZE = 7.5;
const EVENING_STEP = 5;
/** A text longer than this may take several lines. */
const TEXT_WIDTH = 78;
/** A word longer than this is broken. */
const WORD_WIDTH = 120;

interface Need {
  readonly sample: ColumnSample;
  readonly least: number;
  readonly natural: number;
}

export function planColumns(samples: readonly ColumnSample[], isLandscape: boolean, fonts: PaperFonts): ColumnPlan {
  for (const orientation of isLandscape ? (['landscape'] as const) : (['portrait', 'landscape'] as const)) {
    const room = roomOf(orientation);
    for (const size of SIZES[orientation]) {
      const needs = samples.map((sample) => needOf(sample, size, fonts));
      if (leastOf(needs) <= room) return { orientation, size, groups: [slots(needs, room)] };
    }
  }
  return grouped(samples, fonts);
}

function roomOf(orientation: Orientation): number {
  // Texts of the outer columns stand exactly at the margins.
  return pageSize(orientation).width - MARGIN.left - MARGIN.right + 2 * CELL_PADDING;
}

function leastOf(needs: readonly Need[]): number {
  return needs.reduce((sum, need) => sum + need.least, 0);
}

function needOf(sample: ColumnSample, size: number, fonts: PaperFonts): Need {
  const plain = { size, isBold: false };
  const bold = { size, isBold: true };
  const padding = 2 * CELL_PADDING;
  const widest = (text: string, isBold: boolean): number =>
    text.split('\n').reduce((most, line) => Math.max(most, fonts.width(line, size, isBold)), 0);
  const cells = sample.cells.reduce((most, cell) => Math.max(most, widest(cell, false)), widest(sample.total, true));
  const heading = longestWord(sample.heading, bold, fonts);
  if (sample.column.type !== 'text') {
    const least = Math.max(cells, Math.min(heading, WORD_WIDTH)) + padding;
    return { sample, least, natural: Math.max(least, Math.min(widest(sample.heading, true), 60) + padding) };
  }
  const words = sample.cells.reduce((most, cell) => Math.max(most, longestWord(cell, plain, fonts)), heading);
  const natural = Math.max(cells, Math.min(widest(sample.heading, true), TEXT_WIDTH)) + padding;
  const least = Math.min(natural, Math.max(Math.min(words, WORD_WIDTH), Math.min(cells, TEXT_WIDTH)) + padding);
  return { sample, least, natural };
}

/** What is left goes first to those that would like more, then to the texts. */
function slots(needs: readonly Need[], room: number): readonly Slot[] {
  const left = room - leastOf(needs);
  const wish = needs.reduce((sum, { natural, least }) => sum + (natural - least), 0);
  const share = wish === 0 ? 0 : Math.min(1, left / wish);
  const widths = needs.map(({ natural, least }) => least + (natural - least) * share);
  const rest = Math.max(0, left - wish);
  const texts = needs.filter(({ sample }) => !isRightAligned(sample.column)).length;
  let x = MARGIN.left - CELL_PADDING;
  return needs.map(({ sample }, i) => {
    const isRight = isRightAligned(sample.column);
    const more = texts === 0 ? rest / needs.length : isRight ? 0 : rest / texts;
    const slot = { index: sample.index, x, width: (widths[i] ?? 0) + more, isRight, column: sample.column };
    x += slot.width;
    return slot;
  });
}

function grouped(samples: readonly ColumnSample[], fonts: PaperFonts): ColumnPlan {
  const room = roomOf('landscape');
  const [first, ...others] = samples.map((sample) => {
    const need = needOf(sample, GROUPED_SIZE, fonts);
    // A number wider than the paper is broken like a word.
    return { ...need, least: Math.min(need.least, room / 3), natural: Math.min(need.natural, room / 3) };
  });
  if (first === undefined) return { orientation: 'landscape', size: GROUPED_SIZE, groups: [] };
  const fewest = filled(first, others, room).length;
  // As few pages side by side as can be, and about as much on each of them.
  let limit = first.least + leastOf(others) / fewest;
  while (limit < room && filled(first, others, limit).length > fewest) limit += EVENING_STEP;
  const groups = filled(first, others, Math.min(limit, room));
  return { orientation: 'landscape', size: GROUPED_SIZE, groups: groups.map((needs) => slots(needs, room)) };
}

/** Columns in their order, the first one in each group, each group no wider than this. */
function filled(first: Need, others: readonly Need[], limit: number): readonly (readonly Need[])[] {
  const groups: Need[][] = [];
  let group: Need[] = [first];
  for (const need of others) {
    if (group.length > 1 && leastOf(group) + need.least > limit) {
      groups.push(group);
      group = [first];
    }
    group.push(need);
  }
  return [...groups, group];
}
