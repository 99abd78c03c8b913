/**
 * The PBX's wall clock. A printed time becomes whole seconds on the local time line (as if it were UTC), and, with the
 * site's zone, an instant. Nothing here reads the clock of this computer.
 */
import type { PrintedTime } from './call-record.ts';

/** Seconds since 1970-01-01T00:00:00 on the site's own wall clock (no zone). */
export type LocalSeconds = number;

/** `YYYY-MM-DD` on the site's wall clock. */
export type LocalDay = string;

export interface PrintedParts {
  readonly year: number | undefined;
  readonly month: number | undefined;
  readonly day: number | undefined;
  readonly secondOfDay: number;
  readonly hasSeconds: boolean;
}

const PRINTED = /^(?:(\d{4}|XXXX)-(\d\d)-(\d\d))?T(\d\d):(\d\d)(?::(\d\d))?Z?$/;

/** Two digits; NaN when they are none. */
function twoDigits(text: string, at: number): number {
  const [tens, units] = [text.charCodeAt(at) - 0x30, text.charCodeAt(at + 1) - 0x30];
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : Number.NaN;
}

/** `Z` behind it: the record states UTC, whatever zone its PBX is in (Cisco's epoch seconds). */
export function isUtcTime(text: PrintedTime): boolean {
  return text.charCodeAt(text.length - 1) === 0x5a;
}

/** The form with everything in it, which most records print and every import reads several times a record. */
function partsOfWhole(text: PrintedTime): PrintedParts | undefined {
  if (text.length !== 19 && !(text.length === 20 && isUtcTime(text))) return undefined;
  if (text[4] !== '-' || text[7] !== '-' || text[10] !== 'T') return undefined;
  if (text[13] !== ':' || text[16] !== ':') return undefined;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const [month, day] = [twoDigits(text, 5), twoDigits(text, 8)];
  const secondOfDay = twoDigits(text, 11) * 3600 + twoDigits(text, 14) * 60 + twoDigits(text, 17);
  return Number.isNaN(year + month + day + secondOfDay)
    ? undefined
    : { year, month, day, secondOfDay, hasSeconds: true };
}

/** Splits a printed time; undefined when the text is none. Ranges are the parser's business. */
export function partsOfPrinted(text: PrintedTime): PrintedParts | undefined {
  const whole = partsOfWhole(text);
  if (whole !== undefined) return whole;
  const m = PRINTED.exec(text);
  if (m === null) return undefined;
  return {
    year: m[1] === undefined || m[1] === 'XXXX' ? undefined : Number(m[1]),
    month: m[2] === undefined ? undefined : Number(m[2]),
    day: m[3] === undefined ? undefined : Number(m[3]),
    secondOfDay: Number(m[4]) * 3600 + Number(m[5]) * 60 + Number(m[6] ?? 0),
    hasSeconds: m[6] !== undefined,
  };
}

/** Days since 1970-01-01 of a civil date (proleptic Gregorian; Howard Hinnant's day count). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return era * 146097 + doe - 719468;
}

/** Inverse of `daysFromCivil`. */
export function civilFromDays(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, day: doy - Math.floor((153 * mp + 2) / 5) + 1 };
}

/** A year for dates that were printed without one: leap, so that every date exists. */
const ANY_YEAR = 2000;

/** A printed time as seconds, for comparing times of one link. Undefined when it is absent or has no date. */
export function comparableSeconds(printed: PrintedTime | undefined): LocalSeconds | undefined {
  const parts = printed === undefined ? undefined : partsOfPrinted(printed);
  if (parts?.month === undefined || parts.day === undefined) return undefined;
  return daysFromCivil(parts.year ?? ANY_YEAR, parts.month, parts.day) * 86400 + parts.secondOfDay;
}

export function isCivilDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  if (day <= 28) return true;
  const c = civilFromDays(daysFromCivil(year, month, day));
  return c.month === month && c.day === day;
}

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');

export function localDayOf(local: LocalSeconds): LocalDay {
  const c = civilFromDays(Math.floor(local / 86400));
  return `${pad(c.year, 4)}-${pad(c.month)}-${pad(c.day)}`;
}

/** `YYYY-MM-DDTHH:MM:SS` without a zone. */
export function localText(local: LocalSeconds): string {
  const s = ((local % 86400) + 86400) % 86400;
  return `${localDayOf(local)}T${pad(Math.floor(s / 3600))}:${pad(Math.floor(s / 60) % 60)}:${pad(s % 60)}`;
}

/** Midnight of a `YYYY-MM-DD`; undefined when it is no date of the calendar. */
export function localSecondsOfDay(day: LocalDay): LocalSeconds | undefined {
  const m = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  if (m === null) return undefined;
  const [y, mo, d] = [Number(m[1]), Number(m[2]), Number(m[3])];
  return isCivilDate(y, mo, d) ? daysFromCivil(y, mo, d) * 86400 : undefined;
}

/** So many days later (before, where negative); undefined when `day` is no date of the calendar. */
export function shiftDay(day: LocalDay, days: number): LocalDay | undefined {
  const midnight = localSecondsOfDay(day);
  return midnight === undefined ? undefined : localDayOf(midnight + days * 86400);
}

/** Both months are `YYYY-MM`. */
export function monthAfter(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5, 7))];
  return number === 12 ? `${pad(year + 1, 4)}-01` : `${pad(year, 4)}-${pad(number + 1)}`;
}
