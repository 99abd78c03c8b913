/**
 * Date records. Most pages print no date with a call: the switch sends a record with the date when the link comes up and
 * at midnight, and the calls after it are of that day. Around midnight the two may change places: a call of 23:59 can come
 * behind the new date, one of 00:00 in front of it. Records come in the order of their ends, so the clock tells.
 *
 *     MM DD          printer and expanded pages
 *     MMDD           TELESEER, 59 characters, direct and ISDN pages
 *     HH:MM MM/DD    LSU, unformatted and customized; also glued to the front of the first call
 */
import { isCivilDate } from '../../core/model/time.ts';
import type { DateOrder, StreamContext } from '../types.ts';

const DATE = 'cmDate';
const DATE_BEFORE = 'cmDateBefore';
const CLOCK = 'cmClock';

/** Calls this near to midnight may stand on the wrong side of the date record. */
const LATE = '2355';
const EARLY = '0005';

const ALONE = /^ *(?:\d\d:?\d\d +)?(\d\d)[ /-]?(\d\d) *$/;
const GLUED = /^ *\d\d:\d\d (\d\d)\/(\d\d) */;

const isDayFirst = (order: DateOrder): boolean => order.indexOf('D') < order.indexOf('M');

const DAYS_WITHOUT_YEAR = 2000;
const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`);

/** `MM-DD`, undefined when it is no day of a year. */
function monthAndDay(first: string, second: string, order: DateOrder): string | undefined {
  const [month, day] = isDayFirst(order) ? [second, first] : [first, second];
  return isCivilDate(DAYS_WITHOUT_YEAR, Number(month), Number(day)) ? `${month}-${day}` : undefined;
}

/** The day after; undefined after 28 February, which has two. */
function dayAfter(date: string): string | undefined {
  if (date === '02-28') return undefined;
  const [month, day] = [Number(date.slice(0, 2)), Number(date.slice(3))];
  if (isCivilDate(DAYS_WITHOUT_YEAR, month, day + 1)) return `${two(month)}-${two(day + 1)}`;
  return month === 12 ? '01-01' : `${two(month + 1)}-01`;
}

function remember(date: string, context: StreamContext): void {
  const before = context[DATE];
  if (before !== undefined && before !== date) context[DATE_BEFORE] = before;
  context[DATE] = date;
  context[CLOCK] = '';
}

export type DateRecord =
  /** The line was a date and no more. */
  | 'date'
  /** It looks like a date, but is none in this order. */
  | 'bad-date'
  /** What stands behind a date that was glued to it. */
  | { readonly rest: string };

/** Takes a date record, or the one in front of a call, into the stream's memory. Undefined: the line has none. */
export function takeDate(line: string, order: DateOrder, context: StreamContext): DateRecord | undefined {
  // Nearly every line is a call: longer than a date and without a colon in front.
  if (line.length > 20 && line[2] !== ':' && line[3] !== ':') return undefined;
  const alone = ALONE.exec(line);
  const found = alone ?? GLUED.exec(line);
  if (found === null) return undefined;
  const date = monthAndDay(found[1] ?? '', found[2] ?? '', order);
  if (date === undefined) delete context[DATE];
  else remember(date, context);
  if (alone === null) return { rest: line.slice(found[0].length) };
  return date === undefined ? 'bad-date' : 'date';
}

/** `MM-DD` of a call with this clock (`HHMM`), undefined while no date record came. */
export function dateOfCall(clock: string, context: StreamContext): string | undefined {
  const date = context[DATE];
  if (date === undefined) return undefined;
  const last = context[CLOCK] ?? '';
  const before = context[DATE_BEFORE];
  if (before !== undefined) {
    if (last < EARLY && clock >= LATE) return before;
    if (clock >= EARLY) delete context[DATE_BEFORE];
  }
  context[CLOCK] = clock;
  if (last < LATE || clock >= EARLY) return date;
  const next = dayAfter(date);
  if (next === undefined) {
    delete context[DATE];
    return undefined;
  }
  context[DATE] = next;
  context[DATE_BEFORE] = date;
  return next;
}
