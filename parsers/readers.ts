/**
 * Typed field readers for layouts (see engine.ts): each reads cells of a row and writes keys of the record. Blank cells
 * write nothing. A cell that is not what it should be fails the line with a stable word.
 */
import { isCivilDate } from '../core/model/time.ts';
import type { Draft, Field, ReadState } from './engine.ts';
import type { DateOrder } from './types.ts';

type TextKey =
  | 'extension'
  | 'callerNumber'
  | 'callerName'
  | 'dialedNumber'
  | 'trunk'
  | 'trunkOut'
  | 'accountCode'
  | 'authCode'
  | 'conditionCode'
  | 'currency'
  | 'callId'
  | 'linkedId';
type SecondsKey = 'durationSeconds' | 'ringSeconds' | 'holdSeconds' | 'parkSeconds';

/** The cell as it stands. With `pattern`, a cell that does not fit fails with `reason`. */
export function text(key: TextKey, column: string, pattern?: RegExp, reason = `bad-${column}`): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      if (pattern?.test(value) === false) return reason;
      draft[key] = value;
      return undefined;
    };
  };
}

/** Sets the same direction on every line. */
export function direction(value: NonNullable<Draft['direction']>): Field {
  return () => (_row, draft) => {
    draft.direction = value;
    return undefined;
  };
}

/**
 * Seconds of `hh:mm:ss`, `h:mm.ss`, `hh:mm'ss"`, `mm:ss`, `m'ss`; undefined for anything else. Minutes and seconds above
 * 59 are no clock; hours are not bounded (capped counters print 99:59'59). With `wantedParts` nothing shorter passes.
 */
export function clockSeconds(value: string, wantedParts?: 2 | 3): number | undefined {
  let total = 0;
  let part = 0;
  let digits = 0;
  let parts = 0;
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code >= 48 && code <= 57) {
      part = part * 10 + code - 48;
      digits++;
      continue;
    }
    if (code === 34 && i === value.length - 1 && digits > 0) continue;
    const isMark = code === 58 || code === 39 || code === 46;
    if (!isMark || digits === 0 || parts === 2 || (parts > 0 && (digits !== 2 || part > 59))) return undefined;
    total = total * 60 + part;
    part = 0;
    digits = 0;
    parts++;
  }
  if (parts === 0 || digits !== 2 || part > 59) return undefined;
  if (wantedParts !== undefined && parts + 1 !== wantedParts) return undefined;
  return total * 60 + part;
}

/** A duration with marks between its parts. Say how many parts where that is fixed: a cut `hh:mm` is no `mm:ss`. */
export function duration(key: SecondsKey, column: string, parts?: 2 | 3): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      const seconds = clockSeconds(value, parts);
      if (seconds === undefined) return `bad-${column}`;
      draft[key] = seconds;
      return undefined;
    };
  };
}

/** Whole seconds in plain digits. */
export function wholeSeconds(key: SecondsKey, column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      if (!/^\d{1,9}$/.test(value)) return `bad-${column}`;
      draft[key] = Number(value);
      return undefined;
    };
  };
}

/** A mark of up to three characters may be any sign a code page has; those of clocks and numbers are none. */
const COST = /^([^\d\s.,'":*#<>]{0,3}) *(\d[\d.,]*|[.,]\d+) *([^\d\s.,'":*#<>]{0,3})$/;

/**
 * Decimal text without useless zeros in front: `00560.00` is `560.00`, `00000` is `0`, `.50` is `0.50`. The last of several
 * separators is the decimal one, unless they are all the same: then they part thousands.
 */
export function cleanDecimal(printed: string): string {
  if (/^(?:0|[1-9]\d*)(?:\.\d+)?$/.test(printed)) return printed;
  const marks = printed.match(/[.,]/g) ?? [];
  const isThousands = marks.length > 1 && new Set(marks).size === 1;
  const at = isThousands ? -1 : Math.max(printed.lastIndexOf('.'), printed.lastIndexOf(','));
  const whole = (at < 0 ? printed : printed.slice(0, at)).replace(/[.,]/g, '').replace(/^0+(?=\d)/, '');
  const decimals = at < 0 ? '' : printed.slice(at + 1);
  return `${whole === '' ? '0' : whole}${decimals === '' ? '' : `.${decimals}`}`;
}

/** An amount with the currency in front or behind. */
export function cost(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    // Where nothing is charged, every record prints the same.
    let lastPrinted = '';
    let lastCost = '';
    let lastCurrency = '';
    return (row, draft) => {
      const printed = row[at] ?? '';
      if (printed === '') return undefined;
      if (printed !== lastPrinted) {
        const m = COST.exec(printed);
        if (m === null) return `bad-${column}`;
        lastPrinted = printed;
        lastCost = cleanDecimal(m[2] ?? '');
        lastCurrency = m[1] === '' ? (m[3] ?? '') : (m[1] ?? '');
      }
      draft.cost = lastCost;
      if (lastCurrency !== '') draft.currency = lastCurrency;
      return undefined;
    };
  };
}

const pad2 = (n: number): string => (n < 10 ? `0${n}` : `${n}`);

/** A printed date: `YYYY-MM-DD`, `XXXX-MM-DD`, `impossible`, `unset` (stars for digits), or undefined when it is no date at all. */
export type ReadDate = string;
export const IMPOSSIBLE = 'impossible';
export const UNSET = 'unset';

const DATE = /^(\d{1,4})[/.:-] ?(\d{1,2})(?:[/.:-] ?(\d{1,4}))?$/;

/**
 * Reads a date of `order`; the separators `/ . - :` and a leading blank for a zero are all accepted. Two-digit years are
 * 20yy, but 80 to 99 are 19yy: manuals print calls of 1999, and a clock that was never set shows 92.
 */
export function readDate(value: string, order: DateOrder): ReadDate | undefined {
  if (value.includes('*')) return /^[*/.\-: ]+$/.test(value) ? UNSET : undefined;
  const m = DATE.exec(value);
  if (m === null) return undefined;
  const parts = [Number(m[1]), Number(m[2]), Number(m[3] ?? 0)];
  const hasThird = m[3] !== undefined;
  if (order.length === 3 && !hasThird) return undefined;
  const at = (letter: string): number => parts[order.indexOf(letter)] ?? 0;
  const [day, month] = [at('D'), at('M')];
  if (!order.includes('Y')) {
    return isCivilDate(2000, month, day) ? `XXXX-${pad2(month)}-${pad2(day)}` : IMPOSSIBLE;
  }
  const printedYear = at('Y');
  const year = printedYear < 80 ? 2000 + printedYear : printedYear < 100 ? 1900 + printedYear : printedYear;
  return isCivilDate(year, month, day) ? `${year}-${pad2(month)}-${pad2(day)}` : IMPOSSIBLE;
}

const TIME = /^(\d{1,2}):(\d\d)(?::(\d\d))? ?([^\d\s]{1,2})?$/;

const MORNING: readonly string[] = ['AM', 'A', 'ДП'];
const AFTERNOON: readonly string[] = ['PM', 'P', 'ПП'];
/** Half of the day; the Russian words are printed with Latin letters among theirs. */
const halfOf = (word: string): string =>
  /\p{Script=Cyrillic}/u.test(word) ? word.replace(/[PР]/g, 'П') : word.toUpperCase();

/**
 * `HH:MM:SS` of `hh:mm[:ss][AM|PM|A|P|ДП|ПП]`, where `00:15AM` is a quarter past midnight; `unset` for stars; `impossible`
 * for 25:00 and 13:05PM; undefined when it is no time.
 */
export function readTime(value: string): string | undefined {
  return readPlainTime(value) ?? readHalfDayTime(value) ?? readAnyTime(value);
}

const digitAt = (value: string, at: number): number => value.charCodeAt(at) - 48;

/** `HH:MM` and `HH:MM:SS` of a 24-hour clock, which most records print; undefined for anything else. */
function readPlainTime(value: string): string | undefined {
  const { length } = value;
  if ((length !== 5 && length !== 8) || value[2] !== ':') return undefined;
  const [tens, hours, minutes, rest] = [digitAt(value, 0), digitAt(value, 1), digitAt(value, 3), digitAt(value, 4)];
  if (!(tens >= 0 && tens <= 2 && hours >= 0 && hours <= 9 && tens * 10 + hours <= 23)) return undefined;
  if (!(minutes >= 0 && minutes <= 5 && rest >= 0 && rest <= 9)) return undefined;
  if (length === 5) return `${value}:00`;
  const [seconds, last] = [digitAt(value, 6), digitAt(value, 7)];
  return value[5] === ':' && seconds >= 0 && seconds <= 5 && last >= 0 && last <= 9 ? value : undefined;
}

/** `hh:mmAM` and `h:mmPM`; undefined for anything else, also for hours that no such clock has. */
function readHalfDayTime(value: string): string | undefined {
  const { length } = value;
  if ((length !== 6 && length !== 7) || value[length - 1] !== 'M' || value[length - 5] !== ':') return undefined;
  const half = value[length - 2];
  if (half !== 'A' && half !== 'P') return undefined;
  const [tens, ones] = [length === 7 ? digitAt(value, 0) : 0, digitAt(value, length - 6)];
  const hour = tens * 10 + ones;
  if (!(tens >= 0 && tens <= 1 && ones >= 0 && ones <= 9 && hour <= 12)) return undefined;
  const [minutes, rest] = [digitAt(value, length - 4), digitAt(value, length - 3)];
  if (!(minutes >= 0 && minutes <= 5 && rest >= 0 && rest <= 9)) return undefined;
  const clock = (hour % 12) + (half === 'P' ? 12 : 0);
  return `${pad2(clock)}:${value.slice(length - 4, length - 2)}:00`;
}

function readAnyTime(value: string): string | undefined {
  const m = TIME.exec(value);
  if (m === null) return /^[*: ]*\*[*: ]*$/.test(value) ? UNSET : undefined;
  let hour = Number(m[1]);
  const half = m[4];
  if (half !== undefined) {
    const word = halfOf(half);
    const isAfternoon = AFTERNOON.includes(word);
    if (!isAfternoon && !MORNING.includes(word)) return undefined;
    if (hour > 12) return IMPOSSIBLE;
    hour = (hour % 12) + (isAfternoon ? 12 : 0);
  }
  const seconds = m[3] ?? '00';
  if (hour > 23 || Number(m[2]) > 59 || Number(seconds) > 59) return IMPOSSIBLE;
  return `${pad2(hour)}:${m[2]}:${seconds}`;
}

/** Remembers the last date and time texts: neighbouring records mostly share them. */
function remembered(read: (value: string, order: DateOrder) => string | undefined) {
  let lastValue: string | undefined;
  let lastOrder: DateOrder | undefined;
  let lastResult: string | undefined;
  return (value: string, order: DateOrder): string | undefined => {
    if (value === lastValue && order === lastOrder) return lastResult;
    lastResult = read(value, order);
    lastValue = value;
    lastOrder = order;
    return lastResult;
  };
}

/**
 * Date and time in two cells, written to `start`, `answer` or `end` as the option `timeIs` (or `as`) says. An impossible
 * one keeps the record without a time, in doubt; so does a PBX clock that was never set (stars for digits).
 */
export function dateTime(dateColumn: string, timeColumn: string, as?: 'start' | 'answer' | 'end'): Field {
  return (cellOf) => {
    const [dateAt, timeAt] = [cellOf(dateColumn), cellOf(timeColumn)];
    const dateOf = remembered(readDate);
    return (row, draft, state) => {
      const date = dateOf(row[dateAt] ?? '', state.options.dateOrder);
      if (date === undefined) return 'bad-date';
      const time = readTime(row[timeAt] ?? '');
      if (time === undefined) return 'bad-time';
      return writeTime(draft, state, date, time, as ?? state.options.timeIs);
    };
  };
}

/** Writes a read date and time, or the doubt about them. */
export function writeTime(
  draft: Draft,
  state: ReadState,
  date: string,
  time: string,
  as: 'start' | 'answer' | 'end',
): undefined {
  draft.startOrEnd = as;
  if (date === IMPOSSIBLE || time === IMPOSSIBLE) state.doubts.push('date-impossible');
  else if (date === UNSET || time === UNSET) state.doubts.push('date-from-arrival');
  else draft[as] = `${date}T${time}`;
  return undefined;
}
