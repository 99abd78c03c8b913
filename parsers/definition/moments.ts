/** Dates, times and durations in the forms a definition may name. Pure text to text; see readers.ts for the results' form. */
import { civilFromDays, isCivilDate, localText } from '../../core/model/time.ts';
import { clockSeconds, IMPOSSIBLE, readDate, readTime, UNSET } from '../readers.ts';
import { foldLookAlikes } from '../text.ts';
import type { DateOrder } from '../types.ts';
import type { DurationForm } from './definition-file.ts';

const pad2 = (n: number): string => (n < 10 ? `0${n}` : `${n}`);
const yearOf = (printed: number): number => (printed < 80 ? 2000 + printed : printed < 100 ? 1900 + printed : printed);

const ENGLISH_MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;

function monthOf(name: string, months: readonly string[] | undefined): number {
  const word = name.toLowerCase();
  if (months !== undefined) return months.findIndex((month) => month.toLowerCase() === word) + 1;
  return word.length < 3 ? 0 : ENGLISH_MONTHS.findIndex((month) => word.startsWith(month)) + 1;
}

function civil(year: number | undefined, month: number, day: number): string {
  if (!isCivilDate(year ?? 2000, month, day)) return IMPOSSIBLE;
  return `${year === undefined ? 'XXXX' : String(year).padStart(4, '0')}-${pad2(month)}-${pad2(day)}`;
}

/** `261123`, `20261123`, `2311`: parts of two digits, the year of two or four. */
function readDigits(value: string, order: DateOrder): string | undefined {
  const hasYear = order.includes('Y');
  const isLongYear = hasYear && value.length === 8;
  if (value.length !== (hasYear ? (isLongYear ? 8 : 6) : 4)) return undefined;
  const parts = new Map<string, number>();
  let at = 0;
  for (const letter of order) {
    const width = letter === 'Y' && isLongYear ? 4 : 2;
    parts.set(letter, Number(value.slice(at, at + width)));
    at += width;
  }
  const year = parts.get('Y');
  return civil(year === undefined ? undefined : yearOf(year), parts.get('M') ?? 0, parts.get('D') ?? 0);
}

const DAY_FIRST = /^(\d{1,2})(?:st|nd|rd|th)?[ ./-]*(\p{L}{3,12})\.?(?:[ ,./-]*(\d{2}|\d{4}))?$/u;
const MONTH_FIRST = /^(\p{L}{3,12})\.?[ ./-]*(\d{1,2})(?:st|nd|rd|th)?(?:[ ,./-]+(\d{2}|\d{4}))?$/u;
const YEAR_FIRST = /^(\d{4})[ ./-]*(\p{L}{3,12})\.?[ ./-]*(\d{1,2})$/u;

function readNamed(value: string, order: DateOrder, months: readonly string[] | undefined): string | undefined {
  const wantsYear = order.includes('Y');
  for (const [pattern, at] of [
    [DAY_FIRST, { day: 1, month: 2, year: 3 }],
    [MONTH_FIRST, { day: 2, month: 1, year: 3 }],
    [YEAR_FIRST, { day: 3, month: 2, year: 1 }],
  ] as const) {
    const m = pattern.exec(value);
    if (m === null) continue;
    const month = monthOf(m[at.month] ?? '', months);
    const year = m[at.year];
    if (month === 0 || (year === undefined && wantsYear)) return undefined;
    return civil(year === undefined ? undefined : yearOf(Number(year)), month, Number(m[at.day]));
  }
  return undefined;
}

/** A date of `order` with marks, without marks, or with the month's name. */
export function dateOf(value: string, order: DateOrder, months: readonly string[] | undefined): string | undefined {
  if (/^\d+$/.test(value)) return readDigits(value, order);
  return /\p{L}/u.test(value) ? readNamed(value, order, months) : readDate(value, order);
}

export interface HalfWords {
  readonly am?: readonly string[] | undefined;
  readonly pm?: readonly string[] | undefined;
}
const AM: readonly string[] = ['AM', 'A', 'ДП', 'SA'];
const PM: readonly string[] = ['PM', 'P', 'ПП', 'CH'];
const MAX_KNOWN_WORDS = 100;
/** The same few words on every line. */
const plainWords = new Map<string, string>();

function plain(word: string): string {
  const known = plainWords.get(word);
  if (known !== undefined) return known;
  const made = foldLookAlikes(word.toUpperCase()).replace(/[. ]/g, '');
  // Damaged lines may hold anything here.
  if (plainWords.size < MAX_KNOWN_WORDS) plainWords.set(word, made);
  return made;
}

/** `am` or `pm`; undefined when the word is neither. */
export function halfOf(word: string, { am = AM, pm = PM }: HalfWords): 'am' | 'pm' | undefined {
  const folded = plain(word);
  if (am.some((one) => plain(one) === folded)) return 'am';
  return pm.some((one) => plain(one) === folded) ? 'pm' : undefined;
}

const MARKED_TIME = /^(\d{1,2})[:.h'-] ?(\d\d)(?:[:.m'-] ?(\d\d)(?:[.,]\d{1,6})?)?[s"]? *(\D{0,8})$/;
const PLAIN_TIME = /^(\d{1,2})(\d\d)(\d\d)?$/;

/** `HH:MM:SS`, `impossible`, `unset`, or undefined when it is no time. `half` is that of a field of its own. */
export function timeOf(value: string, words: HalfWords, half?: 'am' | 'pm'): string | undefined {
  // `09:30` and `09:30:15` are what most pages print.
  const isPlain = half === undefined && (value.length === 5 || value.length === 8) && value.charCodeAt(2) === 58;
  if (isPlain && value.charCodeAt(value.length - 1) < 58) return readTime(value);
  if (/^[*: ]*\*[*: ]*$/.test(value)) return UNSET;
  const m = MARKED_TIME.exec(value) ?? (value.length >= 3 ? PLAIN_TIME.exec(value) : null);
  if (m === null) return undefined;
  let hour = Number(m[1]);
  const word = (m[4] ?? '').trim();
  const found = word === '' ? half : halfOf(word, words);
  if (word !== '' && found === undefined) return undefined;
  if (found !== undefined) {
    if (hour > 12) return IMPOSSIBLE;
    hour = (hour % 12) + (found === 'pm' ? 12 : 0);
  }
  const seconds = m[3] ?? '00';
  if (hour > 23 || Number(m[2]) > 59 || Number(seconds) > 59) return IMPOSSIBLE;
  return `${pad2(hour)}:${m[2]}:${seconds}`;
}

export interface ReadMoment {
  readonly date: string;
  readonly time: string;
}

const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?$/;
const DIGITS = /^(\d{6}|\d{8})(\d{4}|\d{6})$/;
const ONE_AFTER_THE_OTHER = /^(.*\d)(?:[ ,;T]+|[ -]+)(\d{1,2}[:.h]\d\d.*)$/;

/** A date and a time in one field. */
export function momentOf(
  value: string,
  order: DateOrder,
  months: readonly string[] | undefined,
  words: HalfWords,
): ReadMoment | undefined {
  const isIso = order === 'YMD' || /^\d{4}-\d\d-\d\dT/.test(value);
  const m = (isIso ? ISO.exec(value) : null) ?? DIGITS.exec(value) ?? ONE_AFTER_THE_OTHER.exec(value);
  if (m === null) return undefined;
  const date = dateOf((m[1] ?? '').trim(), isIso && ISO.test(value) ? 'YMD' : order, months);
  const time = timeOf((m[2] ?? '').trim(), words);
  return date === undefined || time === undefined ? undefined : { date, time };
}

const LATEST_EPOCH_SECONDS = 4_102_444_800;

/** Seconds or milliseconds since 1970 as the UTC clock shows them; zero means: never. */
export function epochOf(value: string, isMilliseconds: boolean): ReadMoment | undefined {
  const m = /^(\d{1,14})(?:[.,]\d{1,9})?$/.exec(value);
  if (m === null) return undefined;
  const seconds = isMilliseconds ? Math.floor(Number(m[1]) / 1000) : Number(m[1]);
  if (seconds === 0) return { date: UNSET, time: UNSET };
  if (seconds > LATEST_EPOCH_SECONDS) return undefined;
  const text = localText(seconds);
  return { date: text.slice(0, 10), time: text.slice(11) };
}

/** `YYYY-MM-DD` of days since 1970. */
export function dateOfDays(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${year}-${pad2(month)}-${pad2(day)}`;
}

const WHOLE = /^\d{1,9}$/;
const UNITS = /^(?:(\d{1,4}) ?h(?:rs?)? ?)?(?:(\d{1,4}) ?m(?:ins?)? ?)?(?:(\d{1,6}) ?s(?:ecs?)?)?$/i;

/** `1h02m03s`, `12m30s`, `41s`, `1h`: every part names its unit. */
function unitSeconds(value: string): number | undefined {
  const m = value === '' ? null : UNITS.exec(value);
  return m === null ? undefined : Number(m[1] ?? 0) * 3600 + Number(m[2] ?? 0) * 60 + Number(m[3] ?? 0);
}

/** Whole seconds; undefined when the text is no duration of this form. */
export function durationOf(value: string, form: DurationForm): number | undefined {
  switch (form) {
    case 'clock':
      return clockSeconds(value);
    case 'clock-3':
      return clockSeconds(value, 3);
    case 'clock-2':
      return clockSeconds(value, 2);
    case 'hours-minutes': {
      const minutes = clockSeconds(value, 2);
      return minutes === undefined ? undefined : minutes * 60;
    }
    case 'digits': {
      if (!/^\d{3,8}$/.test(value)) return undefined;
      const [seconds, minutes] = [Number(value.slice(-2)), Number(value.slice(-4, -2))];
      if (seconds > 59 || minutes > 59) return undefined;
      return Number(value.slice(0, -4)) * 3600 + minutes * 60 + seconds;
    }
    case 'hours':
      return /^\d{1,4}$/.test(value) ? Number(value) * 3600 : undefined;
    case 'units':
      return unitSeconds(value);
    case 'seconds':
      return /^\d{1,9}(?:[.,]\d{1,6})?$/.test(value) ? Math.floor(Number(value.replace(',', '.'))) : undefined;
    case 'milliseconds':
      return /^\d{1,12}$/.test(value) ? Math.floor(Number(value) / 1000) : undefined;
    case 'tenths':
      return WHOLE.test(value) ? Number(value) * 6 : undefined;
    case 'minutes':
      return /^\d{1,7}(?:[.,]\d{1,4})?$/.test(value) ? Math.round(Number(value.replace(',', '.')) * 60) : undefined;
  }
}
