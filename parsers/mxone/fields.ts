/** Digits without marks, as BusinessPhone and MD110 print dates, times and durations. */
import { isCivilDate } from '../../core/model/time.ts';
import type { Field } from '../engine.ts';
import { IMPOSSIBLE, readDate, writeTime } from '../readers.ts';
import type { DateOrder } from '../types.ts';

const two = (text: string, at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

/** All of `text` from `from` to `to` are digits. */
export function areDigits(text: string, from: number, to: number): boolean {
  if (to > text.length) return false;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** `yymmdd` in the order the site says. */
function dateReader(): (value: string, order: DateOrder) => string | undefined {
  let [lastValue, lastOrder, last]: [string, DateOrder | undefined, string | undefined] = ['', undefined, undefined];
  return (value, order) => {
    if (value === lastValue && order === lastOrder) return last;
    if (value.length !== 6 || !areDigits(value, 0, 6)) return undefined;
    lastValue = value;
    lastOrder = order;
    last = readDate(`${value.slice(0, 2)}-${value.slice(2, 4)}-${value.slice(4)}`, order);
    return last;
  };
}

/** `hhmm` or `hhmmss` as `HH:MM:SS`. */
function timeOf(value: string): string | undefined {
  const { length } = value;
  if ((length !== 4 && length !== 6) || !areDigits(value, 0, length)) return undefined;
  const seconds = length === 6 ? value.slice(4) : '00';
  if (two(value, 0) > 23 || two(value, 2) > 59 || two(seconds, 0) > 59) return IMPOSSIBLE;
  return `${value.slice(0, 2)}:${value.slice(2, 4)}:${seconds}`;
}

export function digitsDateTime(dateColumn: string, timeColumn: string): Field {
  return (cellOf) => {
    const [dateAt, timeAt] = [cellOf(dateColumn), cellOf(timeColumn)];
    const dateOf = dateReader();
    return (row, draft, state) => {
      const date = dateOf(row[dateAt] ?? '', state.options.dateOrder);
      if (date === undefined) return 'bad-date';
      const time = timeOf(row[timeAt] ?? '');
      if (time === undefined) return 'bad-time';
      return writeTime(draft, state, date, time, state.options.timeIs);
    };
  };
}

const TAIL = /^(?:[.,]\d+)?(?: ?\([^()]*\))?$/;

/** What may stand behind the seconds; the usual zone of three letters is known at a glance. */
function isMomentTail(value: string): boolean {
  const { length } = value;
  if (length === 19) return true;
  const isUsual = length === 25 && value.charCodeAt(20) === 40 && value.indexOf(')') === 24;
  return (isUsual && value.charCodeAt(19) === 32) || TAIL.test(value.slice(19));
}

/** `YYYY-MM-DD HH:MM:SS`, with fractions and a zone in brackets or without; undefined when it is none. */
export function readMoment(value: string): string | undefined {
  const isShaped =
    value.length >= 19 &&
    areDigits(value, 0, 4) &&
    value[4] === '-' &&
    areDigits(value, 5, 7) &&
    value[7] === '-' &&
    areDigits(value, 8, 10) &&
    (value[10] === ' ' || value[10] === 'T') &&
    areDigits(value, 11, 13) &&
    value[13] === ':' &&
    areDigits(value, 14, 16) &&
    value[16] === ':' &&
    areDigits(value, 17, 19);
  if (!isShaped || !isMomentTail(value)) return undefined;
  const isPossible =
    isCivilDate(two(value, 0) * 100 + two(value, 2), two(value, 5), two(value, 8)) &&
    two(value, 11) < 24 &&
    two(value, 14) < 60 &&
    two(value, 17) < 60;
  return isPossible ? `${value.slice(0, 10)}T${value.slice(11, 19)}` : IMPOSSIBLE;
}

/** Seconds of `hmmss`, `hhmmss` or `mmss`; undefined when minutes or seconds are none. */
export function digitsSeconds(value: string): number | undefined {
  const { length } = value;
  if (length < 4 || length > 7 || !areDigits(value, 0, length)) return undefined;
  const seconds = two(value, length - 2);
  const minutes = two(value, length - 4);
  const isClock = seconds < 60 && (minutes < 60 || length === 4);
  return isClock ? Number(value.slice(0, -4)) * 3600 + minutes * 60 + seconds : undefined;
}

export function digitsDuration(key: 'durationSeconds' | 'ringSeconds', column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      const seconds = digitsSeconds(value);
      if (seconds === undefined) return `bad-${column}`;
      draft[key] = seconds;
      return undefined;
    };
  };
}

function isNought(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) !== 48) return false;
  return true;
}

/** Keeps cells that no common field carries; noughts and blanks say nothing. */
export function extras(...kept: readonly (readonly [column: string, pattern: RegExp, key?: string])[]): Field {
  return (cellOf) => {
    const cells = kept.map(([column, pattern, key = column]) => ({ at: cellOf(column), column, pattern, key }));
    return (row, draft) => {
      let extra: Record<string, string> | undefined;
      for (const { at, column, pattern, key } of cells) {
        const value = row[at] ?? '';
        if (value === '' || isNought(value)) continue;
        if (!pattern.test(value)) return `bad-${column}`;
        extra ??= draft.extra === undefined ? {} : { ...draft.extra };
        extra[key] = value;
      }
      if (extra !== undefined) draft.extra = extra;
      return undefined;
    };
  };
}

export const CODE = /^[\dA-Za-z*#]{1,15}$/;
