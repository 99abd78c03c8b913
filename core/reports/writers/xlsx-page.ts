/** A page of a report as a sheet. */
import type { PageLine, PageSheet } from '../report.ts';
import { columnLetters } from './xlsx-layout.ts';
import { LOGO_HEIGHT_LIMIT_PX } from './xlsx-parts.ts';
import type { CellWriter } from './xlsx-rows.ts';
import { Conditions } from './xlsx-sheet.ts';
import type { XlsxStyles } from './xlsx-styles.ts';

/** Below the logo's row, where there is one. */
export function firstPageRow(hasLogo: boolean): number {
  return hasLogo ? 2 : 1;
}

const POINTS_PER_PIXEL = 0.75;

export function* pageRows(page: PageSheet, hasLogo: boolean, cells: CellWriter, styles: XlsxStyles): Generator<string> {
  if (hasLogo) yield `<row r="1" ht="${(LOGO_HEIGHT_LIMIT_PX + 8) * POINTS_PER_PIXEL}" customHeight="1"/>`;
  let row = firstPageRow(hasLogo);
  for (const line of page.lines) {
    const height = styles.rowHeight(line.style, textLines(page, line));
    const content = line.cells.map(({ cell, type, currency }, i) =>
      cells.cell(`${columnLetters(i)}${row}`, cell, { role: line.style, type, decimals: cells.decimals(currency) }),
    );
    yield `<row r="${row}" ht="${height}" customHeight="1">${content.join('')}</row>`;
    row += 1;
  }
}

/** Lines of a line of text too long for its place. A merged cell does not find its own height. */
function textLines(page: PageSheet, { style, cells }: PageLine): number {
  const lengths = cells.map(({ cell }, i) => {
    if (typeof cell !== 'string') return 1;
    const width = isWide(style, i) ? page.widths.slice(i).reduce((sum, one) => sum + one, 0) : (page.widths[i] ?? 10);
    const wraps = style === 'pair' || style === 'header';
    return wraps
      ? cell.split('\n').reduce((sum, text) => sum + Math.max(1, Math.ceil(text.length / (width * 0.95))), 0)
      : 1;
  });
  return Math.max(1, ...lengths);
}

/** The last text of a title or a pair takes the rest of the page. */
function isWide(style: PageLine['style'], cellIndex: number): boolean {
  return (style === 'title' && cellIndex === 0) || (style === 'pair' && cellIndex === 1);
}

export function pageMerges({ lines, widths }: PageSheet, firstRow: number): readonly string[] {
  const last = columnLetters(widths.length - 1);
  return lines.flatMap(({ style, cells }, i) => {
    const index = cells.length - 1;
    if (!isWide(style, index) || index >= widths.length - 1) return [];
    return [`${columnLetters(index)}${firstRow + i}:${last}${firstRow + i}`];
  });
}

export function pageConditions({ lines, widths }: PageSheet, firstRow: number): Conditions {
  const conditions = new Conditions();
  lines.forEach(({ cells, isGoodWhen }, i) => {
    if (isGoodWhen === undefined) return;
    const row = firstRow + i;
    const area = `A${row}:${columnLetters(Math.max(cells.length, widths.length) - 1)}${row}`;
    const says = `$${columnLetters(cells.length - 1)}$${row}="${isGoodWhen.replaceAll('"', '""')}"`;
    conditions.add(area, says, 'good');
    conditions.add(area, `NOT(${says})`, 'bad');
  });
  return conditions;
}
