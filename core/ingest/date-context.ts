/**
 * The dates of one link. Many PBXs print no year, and some no date at all: what is missing is completed here, before
 * records are tied into calls, from what is known of the link: when the bytes arrived, the records around, and the first
 * date that the user gave for an old file. Everything completed is marked with a doubt.
 *
 * - Records without a date: the last record of a chunk is of the day that puts it between 20 hours before its arrival
 *   and 4 hours after; each record before it is at most 2 hours later than the one behind it (a long call is printed
 *   after shorter ones that began later). So what a PBX kept for days and sends at once gets the days it was made on, and
 *   a clock that runs a little ahead gets no call of yesterday. Where only some records print a date and those come half a
 *   day late or more, the others are taken as just as late.
 * - Dates without a year: the newest year that does not put the record more than two days after its arrival.
 * - With the option `firstDate` (a file read long after): the first record is of that day or the first such date after
 *   it, and each further one goes on from the record before it. Nothing is taken from the arrival.
 */
import type { CallRecord, Doubt, PrintedTime } from '../model/call-record.ts';
import {
  civilFromDays,
  daysFromCivil,
  isCivilDate,
  type LocalSeconds,
  localSecondsOfDay,
  localText,
  type PrintedParts,
  partsOfPrinted,
} from '../model/time.ts';

/** What the link knows of arrivals, on the PBX's wall clock. */
export interface LinkClock {
  localOfArrival(receivedAtMs: number): LocalSeconds;
  /** Bytes come while calls are made; false for a file read later. */
  readonly isLive: boolean;
}

export interface DatedRecord {
  record: CallRecord;
  doubts: readonly Doubt[];
}

/** Plain JSON, saved with the stream. */
export interface DateMemory {
  /** The moment of the last record that was counted on from `firstDate`. */
  readonly lastLocal?: LocalSeconds;
  /** How long before its arrival the last record with a printed date was made. */
  readonly behindSeconds?: number;
  /** A date of this stream proved the order of day and month. */
  readonly isOrderProved?: boolean;
}

export interface DateRules {
  /** `YYYY-MM-DD` of the option `firstDate`. */
  readonly firstDate: string | undefined;
  /** Day and month may stand the other way round, and nobody has said which is first. */
  readonly isOrderOpen: boolean;
}

const DAY_S = 86_400;
/** How far a PBX's clock may run ahead of an arrival that dates a time of day. */
const CLOCK_AHEAD_S = 4 * 3600;
/** And where only the year is missing. */
const DATE_AHEAD_S = 2 * DAY_S;
/** How far a record may lie before the one printed in front of it. */
const OUT_OF_ORDER_S = 2 * 3600;
/** Dated records that come so late are kept ones. */
const KEPT_S = DAY_S / 2;
/** A live record whose date is this near to its arrival proves the order of day and month. */
const PROOF_S = 2 * DAY_S;
const LAST_DAY_THAT_IS_A_MONTH = 12;
/** 29 February may be eight years away: 1900 and 2100 have none. */
const LEAP_REACH_YEARS = 8;

const TIME_KEYS = ['end', 'start', 'answer'] as const;
type TimeKey = (typeof TIME_KEYS)[number];

/** The printed time that places the record: the one nearest to its arrival. */
function placingKey(record: CallRecord): TimeKey | undefined {
  return TIME_KEYS.find((key) => record[key] !== undefined);
}

const isWhole = (printed: PrintedTime): boolean => printed[0] !== 'T' && printed[0] !== 'X';

export class DateContext {
  readonly #rules: DateRules;
  readonly #clock: LinkClock;
  readonly #firstLocal: LocalSeconds | undefined;
  #lastLocal: LocalSeconds | undefined;
  #behindSeconds: number;
  #isOrderProved: boolean;

  constructor(rules: DateRules, clock: LinkClock, saved: DateMemory = {}) {
    this.#rules = rules;
    this.#clock = clock;
    this.#firstLocal = rules.firstDate === undefined ? undefined : localSecondsOfDay(rules.firstDate);
    this.#lastLocal = saved.lastLocal;
    this.#behindSeconds = saved.behindSeconds ?? 0;
    this.#isOrderProved = saved.isOrderProved === true;
  }

  save(): DateMemory {
    return {
      ...(this.#lastLocal === undefined ? {} : { lastLocal: this.#lastLocal }),
      ...(this.#behindSeconds > KEPT_S ? { behindSeconds: this.#behindSeconds } : {}),
      ...(this.#isOrderProved ? { isOrderProved: true } : {}),
    };
  }

  /** Completes the records of one chunk, in the order they came. */
  complete(entries: readonly DatedRecord[], receivedAtMs: number): void {
    if (this.#rules.isOrderOpen && !this.#isOrderProved) this.#markOrder(entries, receivedAtMs);
    if (this.#firstLocal !== undefined) {
      for (const entry of entries) this.#countOn(entry, this.#firstLocal);
      return;
    }
    if (entries.every(({ record }) => isWhole(record[placingKey(record) ?? 'end'] ?? ''))) return;
    const arrived = this.#clock.localOfArrival(receivedAtMs);
    this.#measureDelay(entries, arrived);
    let next: LocalSeconds | undefined;
    for (let i = entries.length - 1; i >= 0; i -= 1) {
      const entry = entries[i];
      if (entry !== undefined) next = this.#completeFromArrival(entry, arrived, next) ?? next;
    }
  }

  /** The moment of the record, where it has one. `next` is that of the record behind it in the same chunk. */
  #completeFromArrival(
    entry: DatedRecord,
    arrived: LocalSeconds,
    next: LocalSeconds | undefined,
  ): LocalSeconds | undefined {
    const key = placingKey(entry.record);
    if (key === undefined) return undefined;
    const printed = entry.record[key] ?? '';
    const parts = partsOfPrinted(printed);
    if (parts === undefined) return undefined;
    if (isWhole(printed)) return localOf(parts);
    const expected = expectedMoment(entry.record, key, arrived);
    if (parts.month === undefined || parts.day === undefined) {
      const isKept = next === undefined && this.#behindSeconds > KEPT_S;
      const last = next === undefined ? expected - (isKept ? this.#behindSeconds : 0) + CLOCK_AHEAD_S : undefined;
      const local = latestWithClock(parts.secondOfDay, last ?? (next ?? 0) + OUT_OF_ORDER_S);
      return place(entry, key, local, isKept ? 'date-counted' : 'date-from-arrival');
    }
    const local = newestDate(parts, parts.month, parts.day, expected + DATE_AHEAD_S);
    if (local === undefined) return withoutDate(entry);
    return place(entry, key, local, 'year-from-arrival');
  }

  /** By the last record of the chunk that prints a date, with a year or without. */
  #measureDelay(entries: readonly DatedRecord[], arrived: LocalSeconds): void {
    for (let i = entries.length - 1; i >= 0; i -= 1) {
      const record = entries[i]?.record;
      const key = record === undefined ? undefined : placingKey(record);
      const parts = record === undefined || key === undefined ? undefined : partsOfPrinted(record[key] ?? '');
      if (record === undefined || key === undefined || parts?.month === undefined || parts.day === undefined) continue;
      const expected = expectedMoment(record, key, arrived);
      const local = localOf(parts) ?? newestDate(parts, parts.month, parts.day, expected + DATE_AHEAD_S);
      if (local === undefined) continue;
      this.#behindSeconds = expected - local;
      return;
    }
  }

  #countOn(entry: DatedRecord, firstLocal: LocalSeconds): void {
    const key = placingKey(entry.record);
    const printed = key === undefined ? undefined : entry.record[key];
    const parts = printed === undefined ? undefined : partsOfPrinted(printed);
    if (key === undefined || printed === undefined || parts === undefined) return;
    if (isWhole(printed)) {
      this.#lastLocal = localOf(parts) ?? this.#lastLocal;
      return;
    }
    const last = this.#lastLocal;
    const local =
      parts.month === undefined || parts.day === undefined
        ? last === undefined
          ? firstLocal + parts.secondOfDay
          : earliestWithClock(parts.secondOfDay, last - OUT_OF_ORDER_S)
        : last === undefined
          ? firstDateFrom(parts, parts.month, parts.day, firstLocal)
          : nearestDate(parts, parts.month, parts.day, last);
    if (local === undefined) {
      withoutDate(entry);
      return;
    }
    this.#lastLocal = place(entry, key, local, 'date-counted');
  }

  /** Until one date of the link tells day from month, each that could be read both ways is marked. */
  #markOrder(entries: readonly DatedRecord[], receivedAtMs: number): void {
    const open: DatedRecord[] = [];
    for (const entry of entries) {
      const key = placingKey(entry.record);
      const parts = key === undefined ? undefined : partsOfPrinted(entry.record[key] ?? '');
      if (parts?.month === undefined || parts.day === undefined) continue;
      if (this.#provesOrder(parts, parts.month, parts.day, receivedAtMs)) {
        this.#isOrderProved = true;
        return;
      }
      if (parts.day !== parts.month) open.push(entry);
    }
    for (const entry of open) entry.doubts = [...entry.doubts, 'date-order-unproved'];
  }

  #provesOrder(parts: PrintedParts, month: number, day: number, receivedAtMs: number): boolean {
    if (day > LAST_DAY_THAT_IS_A_MONTH) return true;
    if (!this.#clock.isLive || day === month) return false;
    const arrived = this.#clock.localOfArrival(receivedAtMs);
    const year = parts.year ?? civilFromDays(Math.floor(arrived / DAY_S)).year;
    const asRead = daysFromCivil(year, month, day) * DAY_S + parts.secondOfDay;
    const turned = daysFromCivil(year, day, month) * DAY_S + parts.secondOfDay;
    return Math.abs(asRead - arrived) <= PROOF_S && Math.abs(turned - arrived) > PROOF_S;
  }
}

/** When a record that came just now was made, by the time that places it. */
function expectedMoment(record: CallRecord, key: TimeKey, arrived: LocalSeconds): LocalSeconds {
  return key === 'end' ? arrived : arrived - (record.durationSeconds ?? 0);
}

/** Writes the completed moment, and the record's other times as near to it as they can be. */
function place(entry: DatedRecord, key: TimeKey, local: LocalSeconds, doubt: Doubt): LocalSeconds {
  const record: { -readonly [K in keyof CallRecord]: CallRecord[K] } = { ...entry.record };
  record[key] = localText(local);
  for (const other of TIME_KEYS) {
    const printed = record[other];
    if (other === key || printed === undefined || isWhole(printed)) continue;
    const parts = partsOfPrinted(printed);
    const near =
      parts === undefined
        ? undefined
        : parts.month === undefined || parts.day === undefined
          ? nearestWithClock(parts.secondOfDay, local)
          : nearestDate(parts, parts.month, parts.day, local);
    if (near !== undefined) record[other] = localText(near);
  }
  entry.record = record;
  entry.doubts = [...entry.doubts, doubt];
  return local;
}

/** A date that no year has: the record keeps everything but its time. */
function withoutDate(entry: DatedRecord): undefined {
  const { start: _start, end: _end, answer: _answer, ...rest } = entry.record;
  entry.record = rest;
  entry.doubts = [...entry.doubts, 'date-impossible'];
  return undefined;
}

function localOf(parts: PrintedParts): LocalSeconds | undefined {
  const { year, month, day } = parts;
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return daysFromCivil(year, month, day) * DAY_S + parts.secondOfDay;
}

function nearestWithClock(secondOfDay: number, near: LocalSeconds): LocalSeconds {
  return Math.round((near - secondOfDay) / DAY_S) * DAY_S + secondOfDay;
}

function latestWithClock(secondOfDay: number, limit: LocalSeconds): LocalSeconds {
  return Math.floor((limit - secondOfDay) / DAY_S) * DAY_S + secondOfDay;
}

function earliestWithClock(secondOfDay: number, limit: LocalSeconds): LocalSeconds {
  return Math.ceil((limit - secondOfDay) / DAY_S) * DAY_S + secondOfDay;
}

function newestDate(parts: PrintedParts, month: number, day: number, limit: LocalSeconds): LocalSeconds | undefined {
  const newest = civilFromDays(Math.floor(limit / DAY_S)).year;
  for (let year = newest; year >= newest - LEAP_REACH_YEARS; year -= 1) {
    const local = inYear(parts, year, month, day);
    if (local !== undefined && local <= limit) return local;
  }
  return undefined;
}

function firstDateFrom(parts: PrintedParts, month: number, day: number, from: LocalSeconds): LocalSeconds | undefined {
  const first = civilFromDays(Math.floor(from / DAY_S)).year;
  for (let year = first; year <= first + LEAP_REACH_YEARS; year += 1) {
    const local = inYear(parts, year, month, day);
    if (local !== undefined && local >= from) return local;
  }
  return undefined;
}

function nearestDate(parts: PrintedParts, month: number, day: number, near: LocalSeconds): LocalSeconds | undefined {
  const middle = civilFromDays(Math.floor(near / DAY_S)).year;
  let best: LocalSeconds | undefined;
  for (let year = middle - LEAP_REACH_YEARS; year <= middle + LEAP_REACH_YEARS; year += 1) {
    const local = inYear(parts, year, month, day);
    if (local === undefined) continue;
    if (best === undefined || Math.abs(local - near) < Math.abs(best - near)) best = local;
  }
  return best;
}

function inYear(parts: PrintedParts, year: number, month: number, day: number): LocalSeconds | undefined {
  return isCivilDate(year, month, day) ? daysFromCivil(year, month, day) * DAY_S + parts.secondOfDay : undefined;
}
