/** Dates as price lists write them, in one of three orders of day, month and year. */
import { isCivilDate } from '../model/time.ts';

export const DATE_ORDERS = ['DMY', 'MDY', 'YMD'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

const NO_DATE = /^(?:0000[-/.]00[-/.]00.*|[-–]+|null|none|n\/a|\\N)$/i;
const TIME = /[T ]\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*([AP]M)?(?:Z|[+-]\d\d:?\d\d)?$/i;
const YEAR_FIRST = /^(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})$/;
const NUMBERS = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})$/;
const MONTH_NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;

/** A cell that says "no date", in words or zeros. */
export function isNoDate(text: string): boolean {
  return text === '' || NO_DATE.test(text);
}

const two = (n: number): string => String(n).padStart(2, '0');

function dayText(year: number, month: number, day: number): string | undefined {
  const full = year < 100 ? 2000 + year : year;
  return isCivilDate(full, month, day) ? `${String(full).padStart(4, '0')}-${two(month)}-${two(day)}` : undefined;
}

function inOrder(
  order: DateOrder,
  [a, b, c]: readonly [number, number, number],
  hasLongYear: boolean,
): string | undefined {
  switch (order) {
    case 'DMY':
      return dayText(c, b, a);
    case 'MDY':
      return dayText(c, a, b);
    case 'YMD':
      return hasLongYear ? undefined : dayText(a, b, c);
  }
}

function monthOf(word: string): number {
  return MONTH_NAMES.findIndex((name) => word.toLowerCase().startsWith(name)) + 1;
}

function readDay(text: string, order: DateOrder): string | undefined {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) {
    const isPlain = yearFirst[2] === '';
    if (isPlain && text.length !== 8) return undefined;
    return dayText(Number(yearFirst[1]), Number(yearFirst[3]), Number(yearFirst[4]));
  }
  const m = NUMBERS.exec(text);
  if (m !== null) return inOrder(order, [Number(m[1]), Number(m[3]), Number(m[4])], m[4]?.length === 4);
  const dayFirst = /^(\d{1,2})[-/. ]([A-Za-z]{3,9})[-/., ]+(\d{4}|\d\d)$/.exec(text);
  if (dayFirst !== null) return dayText(Number(dayFirst[3]), monthOf(dayFirst[2] ?? ''), Number(dayFirst[1]));
  const monthFirst = /^([A-Za-z]{3,9})[-/. ](\d{1,2})[-/., ]+(\d{4}|\d\d)$/.exec(text);
  if (monthFirst !== null) return dayText(Number(monthFirst[3]), monthOf(monthFirst[1] ?? ''), Number(monthFirst[2]));
  return undefined;
}

function readTime(m: RegExpExecArray): string | undefined {
  const isAfternoon = m[4]?.toUpperCase() === 'PM';
  const shown = Number(m[1]);
  const hour = m[4] === undefined ? shown : (shown % 12) + (isAfternoon ? 12 : 0);
  const [minute, second] = [Number(m[2]), Number(m[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59 || (m[4] !== undefined && (shown < 1 || shown > 12))) return undefined;
  const time = `${two(hour)}:${two(minute)}`;
  return second > 0 ? `${time}:${two(second)}` : time;
}

/** `YYYY-MM-DD`, or with `THH:MM[:SS]` where a time other than midnight is given. A zone behind the time is not heeded. */
export function readDate(text: string, order: DateOrder): string | undefined {
  const time = TIME.exec(text);
  if (time === null) return readDay(text, order);
  const day = readDay(text.slice(0, time.index).trim(), order);
  const clock = readTime(time);
  if (day === undefined || clock === undefined) return undefined;
  return clock === '00:00' ? day : `${day}T${clock}`;
}

/** Whether the order matters for the cell: it is written in figures alone, without the year first. */
export function needsOrder(text: string): boolean {
  const time = TIME.exec(text);
  return NUMBERS.test((time === null ? text : text.slice(0, time.index)).trim());
}

/** Whether a time of day stands behind the date. */
export function hasTime(text: string): boolean {
  return TIME.test(text);
}
