/** Pieces that fixed-width records are printed from. Columns count from 1. */
import { localText } from '../model/time.ts';

export const two = (n: number): string => String(n).padStart(2, '0');

/** `dd/mm/yy` or `mm/dd/yy`. */
export function shortDate(localSeconds: number, order: 'DMY' | 'MDY'): string {
  const [year = '', month = '', day = ''] = localText(localSeconds).slice(2, 10).split('-');
  return order === 'DMY' ? `${day}/${month}/${year}` : `${month}/${day}/${year}`;
}

/** `hh:mm`. */
export function shortClock(localSeconds: number): string {
  return localText(localSeconds).slice(11, 16);
}

/** `hh:mm:ss` of a duration. */
export function longDuration(seconds: number): string {
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `mm:ss`; minutes are not carried over into hours. */
export function minutesAndSeconds(seconds: number): string {
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

export type Cell = readonly [column: number, text: string];

/** A line of this width with the texts at their columns. */
export function placed(width: number, cells: readonly Cell[]): string {
  const line = new Array<string>(width).fill(' ');
  for (const [column, text] of cells) {
    for (let i = 0; i < text.length; i += 1) line[column - 1 + i] = text[i] ?? ' ';
  }
  return line.join('');
}
