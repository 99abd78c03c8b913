/**
 * What a month will come to: the pace of its days so far, carried over the weights of those to come. The range says how
 * far the days so far differ from that pace; before enough days it is too early to say anything.
 */
import {
  DAY_S,
  type DayNumber,
  dayOf,
  isOfficeDay,
  type OfficeCalendar,
  openSeconds,
} from '../model/office-calendar.ts';
import type { LocalSeconds } from '../model/time.ts';
import { type DayWeights, WHOLE_DAY } from './day-weights.ts';

export type Forecast =
  /** Nothing can be said yet. */
  | { readonly state: 'too-early' }
  /** A month that is over needs none. */
  | { readonly state: 'over' }
  | {
      readonly state: 'fair' | 'rough';
      readonly units: bigint;
      /** Four of five months end between these. */
      readonly low: bigint;
      readonly high: bigint;
      readonly isLearnt: boolean;
      /** Working days the pace was taken from, and those to come. */
      readonly daysSoFar: number;
      readonly daysToCome: number;
    };

export interface ForecastQuestion {
  readonly firstDay: DayNumber;
  /** The day after the month's last. */
  readonly endDay: DayNumber;
  readonly now: LocalSeconds;
  /** Use of each day of the month so far. */
  readonly days: ReadonlyMap<DayNumber, bigint>;
  readonly weights: DayWeights;
  readonly calendar: OfficeCalendar;
}

/** Working days. */
const LEAST_DAYS = 3n;
/** 80 % of a normal distribution lie within 1.28 of its spread. */
const RANGE_NUM = 128n;
const RANGE_DEN = 100n;
/** A range wider than this part of the forecast, on either side, is rough. */
const ROUGH_DEN = 4n;

export function squareRoot(value: bigint): bigint {
  if (value < 2n) return value < 0n ? 0n : value;
  // From above: Newton's steps then only go down.
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (root + value / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

/** Parts of today that are over, of its office hours; all of it on a day on which nothing is expected. */
function elapsedOf(day: DayNumber, weight: bigint, { now, calendar }: ForecastQuestion): bigint {
  if (day < dayOf(now) || weight === 0n) return weight;
  if (!isOfficeDay(calendar, day)) return (weight * BigInt(now - day * DAY_S)) / BigInt(DAY_S);
  const opened = now - day * DAY_S - calendar.opensAtS;
  const length = openSeconds(calendar);
  return (weight * BigInt(Math.max(0, Math.min(length, opened)))) / BigInt(length);
}

export function forecastOf(question: ForecastQuestion): Forecast {
  const { firstDay, endDay, now, days, weights } = question;
  const today = dayOf(now);
  if (today >= endDay) return { state: 'over' };
  if (today < firstDay) return { state: 'too-early' };
  let used = 0n;
  let elapsed = 0n;
  let whole = 0n;
  for (let day = firstDay; day < endDay; day += 1) {
    const weight = weights.of(day);
    whole += weight;
    if (day > today) continue;
    used += days.get(day) ?? 0n;
    elapsed += elapsedOf(day, weight, question);
  }
  if (elapsed < LEAST_DAYS * WHOLE_DAY) return { state: 'too-early' };
  const toCome = whole > elapsed ? whole - elapsed : 0n;
  const units = used + (used * toCome) / elapsed;
  const spread = spreadOf(question, used, elapsed, toCome);
  const range = (spread * RANGE_NUM) / RANGE_DEN;
  // What is used is used.
  const low = units - range < used ? used : units - range;
  return {
    state: range * ROUGH_DEN > units ? 'rough' : 'fair',
    units,
    low,
    high: units + range,
    isLearnt: weights.isLearnt,
    daysSoFar: Number(elapsed / WHOLE_DAY),
    daysToCome: Number((toCome + WHOLE_DAY / 2n) / WHOLE_DAY),
  };
}

/**
 * Spread of what is to come: that of single days over the days to come, and that of the pace, which was taken from few of
 * them. Only whole days tell anything of it.
 */
function spreadOf(question: ForecastQuestion, used: bigint, elapsed: bigint, toCome: bigint): bigint {
  const { firstDay, now, days, weights } = question;
  let squares = 0n;
  let count = 0n;
  for (let day = firstDay; day < dayOf(now); day += 1) {
    const weight = weights.of(day);
    if (weight < WHOLE_DAY / 4n) continue;
    const away = (days.get(day) ?? 0n) - (used * weight) / elapsed;
    squares += (away * away * WHOLE_DAY) / weight;
    count += 1n;
  }
  if (count < 2n) return used;
  const ofDay = squares / (count - 1n);
  const ofDays = toCome * ofDay * elapsed * WHOLE_DAY;
  const ofPace = toCome * toCome * ofDay * WHOLE_DAY;
  return squareRoot((ofDays + ofPace) / (elapsed * WHOLE_DAY * WHOLE_DAY));
}
