/** A page sheet on paper: its lines in blocks of a heading with what belongs below it, which stay together. */

import type { Ink, Orientation, Page } from '../../model/paper-page.ts';
import type { PageCell, PageSheet } from '../report.ts';
import { type CellText, isRightAligned } from './cell-text.ts';
import { CELL_PADDING } from './columns.ts';
import type { PageFlow, TextStyle } from './flow.ts';
import { LINE_HEIGHT } from './fonts.ts';
import { wrap } from './wrap.ts';

type Line = PageSheet['lines'][number];

const SIZE = 9;
const TITLE_SIZE = 13;
const ROW_PADDING = 2.6;
const BLANK_HEIGHT = 11;
/** A block is broken rather than more than this part of a page left empty. */
const LEAST_ROOM = 0.4;

interface Place {
  readonly x: number;
  readonly width: number;
}

interface LaidLine {
  readonly line: Line;
  readonly cells: readonly { readonly lines: readonly string[]; readonly place: Place; readonly isRight: boolean }[];
  readonly height: number;
}

/** `skip`: a title that stands on the paper already. Yields the pages that are full. */
export function* layPageSheet(flow: PageFlow, sheet: PageSheet, skip: string, text: CellText): Generator<Page> {
  flow.section(sheet.title);
  if (!flow.isFresh) flow.y += 8;
  const orientation = pageOrientation(sheet);
  const places = placesOf(flow, sheet.widths);
  const lines = sheet.lines.filter(({ style, cells }) => !(style === 'title' && cells[0]?.cell === skip));
  for (const block of blocksOf(lines)) {
    const laid = block.map((line) => lay(flow, line, places, text));
    const height = laid.reduce((sum, line) => sum + line.height, 0);
    const isBetterTurned = height <= flow.wholeRoom && flow.room < flow.wholeRoom * LEAST_ROOM;
    if (height > flow.room && !flow.isFresh && isBetterTurned) flow.nextPage(orientation);
    const [first] = laid;
    for (const [i, line] of laid.entries()) {
      // The total of a block longer than a page keeps the row above it.
      const next = laid[i + 1];
      const kept = line.height + (next?.line.style === 'total' ? next.height : 0);
      if (kept > flow.room && !flow.isFresh) {
        flow.nextPage(orientation);
        if (first?.line.style === 'header' && line !== first) draw(flow, first, text);
      }
      draw(flow, line, text);
    }
    yield* flow.finished();
  }
}

export function pageOrientation({ isLandscape }: Pick<PageSheet, 'isLandscape'>): Orientation {
  return isLandscape === true ? 'landscape' : 'portrait';
}

/** A block begins after a blank line or with a heading. */
function blocksOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const blocks: Line[][] = [];
  let block: Line[] = [];
  for (const line of lines) {
    if ((line.style === 'header' || line.style === 'blank') && block.some(({ style }) => style !== 'blank')) {
      blocks.push(block);
      block = [];
    }
    block.push(line);
  }
  return [...blocks, block];
}

function placesOf(flow: PageFlow, widths: readonly number[]): readonly Place[] {
  const all = widths.reduce((sum, width) => sum + width, 0);
  // Texts of the outer columns stand exactly at the margins.
  const room = flow.right - flow.left + 2 * CELL_PADDING;
  let x = flow.left - CELL_PADDING;
  return widths.map((width) => {
    const place = { x, width: (width / all) * room };
    x += place.width;
    return place;
  });
}

function lay(flow: PageFlow, line: Line, places: readonly Place[], text: CellText): LaidLine {
  if (line.style === 'blank') return { line, cells: [], height: BLANK_HEIGHT };
  const style = styleOf(line);
  const cells = line.cells.flatMap((cell, i) => {
    const place = placeOf(line, i, places, flow.right);
    if (place === undefined) return [];
    const words = flow.fonts.printable(text(cell.cell, cell.type));
    const lines = wrap(words, place.width - 2 * CELL_PADDING, style, flow.fonts);
    return [{ lines, place, isRight: isRightOf(line, cell) }];
  });
  const most = cells.reduce((count, cell) => Math.max(count, cell.lines.length), 1);
  return { line, cells, height: most * style.size * LINE_HEIGHT + 2 * ROW_PADDING };
}

/** The last cell of a title or a pair goes on to the margin. */
function placeOf({ style, cells }: Line, i: number, places: readonly Place[], right: number): Place | undefined {
  const place = places[Math.min(i, places.length - 1)];
  const goesOn = (style === 'title' || style === 'pair') && i === cells.length - 1;
  if (place === undefined || !goesOn) return place;
  return { x: place.x, width: right + CELL_PADDING - place.x };
}

function isRightOf({ style }: Line, { type }: PageCell): boolean {
  return style !== 'pair' && style !== 'title' && isRightAligned({ type });
}

function styleOf({ style }: Line): TextStyle {
  if (style === 'title') return { size: TITLE_SIZE, isBold: true, ink: 'text' };
  if (style === 'header') return { size: SIZE, isBold: true, ink: 'quiet' };
  return { size: SIZE, isBold: style === 'total', ink: 'text' };
}

/** A line that proves something says in colour, too, whether it holds. */
function verdictInk(line: Line, text: CellText): Ink {
  const last = line.cells.at(-1);
  if (line.isGoodWhen === undefined || last === undefined) return styleOf(line).ink;
  return text(last.cell, last.type) === line.isGoodWhen ? 'good' : 'bad';
}

function draw(flow: PageFlow, { line, cells, height }: LaidLine, text: CellText): void {
  const style = styleOf(line);
  const width = flow.right - flow.left;
  if (line.style === 'total') flow.rule(flow.left, flow.y, width, 'line', 0.7);
  if (line.style === 'row') flow.rule(flow.left, flow.y, width, 'hairline', 0.4);
  for (const [i, { lines, place, isRight }] of cells.entries()) {
    const isLabel = line.style === 'pair' && i === 0;
    const ink = isLabel ? 'quiet' : i === cells.length - 1 ? verdictInk(line, text) : style.ink;
    const x = isRight ? place.x + place.width - CELL_PADDING : place.x + CELL_PADDING;
    flow.linesAt(lines, x, flow.y + ROW_PADDING, { ...style, ink }, isRight ? 'right' : 'left');
  }
  flow.y += height;
  if (line.style === 'header') flow.rule(flow.left, flow.y, width, 'line', 0.8);
  if (line.style !== 'blank') flow.isFresh = false;
}
