/**
 * The seal of a row: all its cells as one text. A formula puts the cells together in the same way and sees whether somebody
 * has changed one. Seconds and the smallest parts of money are whole numbers in it: spreadsheets write fractions as they like.
 */
import type { Cell, CellType } from '../report.ts';

export const SECONDS_PER_DAY = 86_400;
/** Days from 1899-12-30, where spreadsheets count from, to 1970-01-01. */
export const EPOCH_DAY = 25_569;
export const SEAL_MARK = '|';

/** Of cells without formulas. */
export function sealOf(cells: readonly Cell[], types: readonly CellType[]): string {
  return cells.map((cell, i) => sealedText(cell, types[i] ?? 'text')).join(SEAL_MARK);
}

function sealedText(cell: Cell, type: CellType): string {
  if (typeof cell === 'object' && cell !== null) throw new Error('a row with seals has a formula');
  if (cell === null || cell === '') return type === 'text' || type === 'integer' ? '' : '0';
  return type === 'dateTime' ? String(Number(cell) + EPOCH_DAY * SECONDS_PER_DAY) : String(cell);
}

/** What `sealedText` says, of cells at these addresses. */
export function sealFormula(addresses: string, type: CellType): string {
  if (type === 'money') return `ROUND(${addresses}*1000000,0)`;
  return type === 'dateTime' || type === 'duration' ? `ROUND(${addresses}*${SECONDS_PER_DAY},0)` : addresses;
}
