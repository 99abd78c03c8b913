/** What the dates and clocks of a sample prove: the order of day and month, start or end of the call. */
import type { CallRecord } from '../../core/model/call-record.ts';
import { daysFromCivil, partsOfPrinted } from '../../core/model/time.ts';
import type { DateOrder, FormatDefinition, FormatOptions, Frame } from '../types.ts';
import { type Reading, readFrames } from './reading.ts';

const timeOf = (record: CallRecord): string | undefined => record.end ?? record.start ?? record.answer;

function secondsOf(printed: string): number {
  const parts = partsOfPrinted(printed);
  if (parts === undefined) return 0;
  return daysFromCivil(parts.year ?? 2000, parts.month ?? 1, parts.day ?? 1) * 86400 + parts.secondOfDay;
}

export interface OrderFound {
  readonly order: DateOrder;
  readonly isProved: boolean;
  /** What was seen, e.g. the date that only fits this order. */
  readonly example: string;
  readonly reading: Reading;
}

/** The date order that the records prove or suggest; undefined when the order changes nothing (ISO dates, no dates). */
export function findDateOrder(
  format: FormatDefinition,
  frames: readonly Frame[],
  options: FormatOptions,
  base: Reading,
): OrderFound | undefined {
  const usual = format.defaults.dateOrder ?? 'DMY';
  const others: readonly DateOrder[] = usual.length === 2 ? ['MD', 'DM'] : ['DMY', 'MDY', 'YMD', 'YDM'];
  const orders: readonly DateOrder[] = [usual, ...others.filter((order) => order !== usual)];
  const tried = orders.map((order) => {
    const reading = order === usual ? base : readFrames(format, frames, { ...options, dateOrder: order });
    const times = reading.records.map(timeOf);
    // A record that prints the clock alone (NEC's calls between extensions) says nothing of dates.
    const known = times.filter((time): time is string => time?.startsWith('T') === false);
    let backSteps = 0;
    const moments = known.map(secondsOf);
    for (let i = 1; i < moments.length; i++) {
      if ((moments[i] ?? 0) < (moments[i - 1] ?? 0) - 86400) backSteps++;
    }
    // Read in the wrong order, neighbouring days lie a month apart.
    const spanSeconds =
      moments.reduce((max, at) => Math.max(max, at), 0) -
      moments.reduce((min, at) => Math.min(min, at), moments[0] ?? 0);
    const years = new Set(known.map((time) => time.slice(0, 4))).size;
    return {
      order,
      reading,
      times,
      years,
      backSteps,
      spanSeconds,
      example: (known.find((time) => Number(time.slice(8, 10)) > 12) ?? known[0] ?? '').slice(0, 10),
    };
  });
  const [first] = tried;
  if (first === undefined) return undefined;
  if (tried.every((one) => one.times.join() === first.times.join())) return undefined;
  const costOf = (one: (typeof tried)[number]): number => one.reading.impossibleDates + one.years - 1;
  const possible = tried.filter((one) => one.reading.records.length > one.reading.impossibleDates);
  const best = possible.toSorted(
    (a, b) => costOf(a) - costOf(b) || a.backSteps - b.backSteps || a.spanSeconds - b.spanSeconds,
  )[0];
  if (best === undefined) return undefined;
  // With the year last, a day above 12 decides between day and month; a year in front shows by years that jump about.
  const isYearInFront = best.order.startsWith('Y');
  const isProved = possible.every(
    (one) =>
      one === best ||
      (isYearInFront ? costOf(one) > costOf(best) : one.order.startsWith('Y')) ||
      one.reading.impossibleDates > best.reading.impossibleDates + Math.min(1, best.reading.impossibleDates),
  );
  return { order: best.order, isProved, example: best.example, reading: best.reading };
}

interface OverlapTest {
  readonly pairs: number;
  readonly ifStart: number;
  readonly ifEnd: number;
}

/** A trunk carries one call at a time: how often do consecutive calls of one trunk overlap under each reading? */
export function testOverlaps(records: readonly CallRecord[]): OverlapTest {
  const lastByTrunk = new Map<string, { at: number; duration: number }>();
  let [pairs, ifStart, ifEnd] = [0, 0, 0];
  for (const record of records) {
    const printed = timeOf(record);
    const duration = record.durationSeconds ?? 0;
    if (printed === undefined || record.trunk === undefined || duration === 0 || record.transferred === true) continue;
    const at = secondsOf(printed);
    const last = lastByTrunk.get(record.trunk);
    if (last !== undefined) {
      pairs++;
      if (at < last.at + last.duration - 60) ifStart++;
      if (at - duration < last.at - 60) ifEnd++;
    }
    lastByTrunk.set(record.trunk, { at, duration });
  }
  return { pairs, ifStart, ifEnd };
}
