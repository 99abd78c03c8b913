/**
 * The older Samsung page, from column 1. All models share the columns up to the dialled digits:
 *
 *       T EXT  AUTH TRK  MM/DD STT.TIME DURATION FG DIALED DIGIT       ACCOUNT CODE   CARR    COST  CLIP NUMBER  CLIP NAME
 *       1 412       #702 12/25 17:12:59 00:01:22 I  7009216                             0.00
 *
 * Some models print a byte in front of most records (a NUL, a blank in captures), and one log has line noise there; some
 * captures lost the blanks in front. So a line is moved until its date stands where it belongs.
 */

import { rememberPageDate } from '../page-date.ts';
import type { StreamContext } from '../types.ts';

export const columns = {
  tenant: [3, 1],
  ext: [5, 4],
  auth: [10, 4],
  trunk: [15, 4],
  date: [20, 5],
  time: [26, 8],
  duration: [35, 8],
  flag: [44, 2],
  number: [47, 18],
  tail: [66, 400],
} as const;

const DATE_INDEX = columns.date[0] - 1;
const STAMP = /\d\d\/\d\d \d\d:\d\d:\d\d \d\d:\d\d:\d\d /;
const EXT_INDEX = columns.ext[0] - 1;

/** The marks of date and times stand where they belong: nearly every record. */
export const isInPlace = (line: string): boolean =>
  line.charCodeAt(21) === 0x2f && line.charCodeAt(27) === 0x3a && line.charCodeAt(36) === 0x3a;

/** `MM/DD HH:MM:SS HH:MM:SS ` at its columns. */
const SHAPE = '00/00 00:00:00 00:00:00 ';

export function isRecord(line: string): boolean {
  for (let i = 0; i < SHAPE.length; i++) {
    const wanted = SHAPE.charCodeAt(i);
    const code = line.charCodeAt(DATE_INDEX + i);
    const isFine = wanted === 0x30 ? code >= 0x30 && code <= 0x39 : code === wanted;
    if (!isFine) return false;
  }
  return true;
}

/** The line with its date at its column; undefined when no blank was lost but the beginning of the record. */
export function inColumns(line: string): string | undefined {
  const at = STAMP.exec(line)?.index ?? -1;
  if (at < 0) return line;
  if (at >= DATE_INDEX) return line.slice(at - DATE_INDEX);
  const moved = ' '.repeat(DATE_INDEX - at) + line;
  // Extensions begin in the first column of their field.
  const first = moved.search(/\S/);
  const isWhole =
    first === columns.tenant[0] - 1 || first === EXT_INDEX || (first < EXT_INDEX && moved[EXT_INDEX] !== ' ');
  return isWhole ? moved : undefined;
}

const MONTHS = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC';
const TITLE = /SMDR REPORT FOR\b.*?\b(\d\d|[A-Z][a-z]{2})\/(\d\d)\/(\d{4})\b/;

/** Remembers the date of the page's title, the only place that prints the year. */
export function observeTitle(line: string, context: StreamContext, isDayFirst: boolean): void {
  if (!line.includes('SMDR')) return;
  const [, first = '', second = '', year = ''] = TITLE.exec(line) ?? [];
  if (first === '') return;
  const named = MONTHS.indexOf(first.toUpperCase());
  const monthOfName = named < 0 || named % 3 !== 0 ? undefined : String(named / 3 + 1).padStart(2, '0');
  const [month, day] =
    monthOfName !== undefined ? [monthOfName, second] : isDayFirst ? [second, first] : [first, second];
  if (Number(month) >= 1 && Number(month) <= 12) rememberPageDate(context, `${year}-${month}-${day}`);
}

export const noise: Readonly<Record<string, RegExp>> = {
  blank: /^\s*$/,
  ruler: /^\s*[-=_*]{3}[-=_*\s]*$/,
  title: /^.{0,200}SMDR REPORT FOR\b/,
  heading: /^\s*(?:T )?EXT +AUTH +TRK +MM\/DD +STT\.TIME +DURATION\b/,
  'group-log': /^\s*(?:[\dA-Z] )?\d{2,5} +\d\d\/\d\d \d\d:\d\d:\d\d +GROUP [A-Z]+(?: +\d+)?\s*$/,
};
