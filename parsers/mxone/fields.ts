/** Digits without marks, as BusinessPhone and MD110 print dates, times and durations. */
import type { Field } from '../engine.ts';
import { readDate, readTime, writeTime } from '../readers.ts';

/** `yymmdd` and `hhmm` or `hhmmss`, in the order the site says. */
export function digitsDateTime(dateColumn: string, timeColumn: string): Field {
  return (cellOf) => {
    const [dateAt, timeAt] = [cellOf(dateColumn), cellOf(timeColumn)];
    return (row, draft, state) => {
      const [printedDate = '', printedTime = ''] = [row[dateAt], row[timeAt]];
      if (!/^\d{6}$/.test(printedDate)) return 'bad-date';
      if (!/^\d{4}(?:\d\d)?$/.test(printedTime)) return 'bad-time';
      const date = readDate(
        `${printedDate.slice(0, 2)}-${printedDate.slice(2, 4)}-${printedDate.slice(4)}`,
        state.options.dateOrder,
      );
      const seconds = printedTime.length === 6 ? `:${printedTime.slice(4)}` : '';
      const time = readTime(`${printedTime.slice(0, 2)}:${printedTime.slice(2, 4)}${seconds}`);
      if (date === undefined || time === undefined) return 'bad-time';
      return writeTime(draft, state, date, time, state.options.timeIs);
    };
  };
}

/** Seconds of `hmmss`, `hhmmss` or `mmss`; undefined when minutes or seconds are none. */
export function digitsSeconds(value: string): number | undefined {
  if (!/^\d{4,7}$/.test(value)) return undefined;
  const seconds = Number(value.slice(-2));
  const minutes = Number(value.slice(-4, -2));
  const isClock = seconds < 60 && (minutes < 60 || value.length === 4);
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

/** Keeps a cell that no common field carries; noughts and blanks say nothing. */
export function extra(column: string, key = column, pattern = /^\S+$/): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '' || /^0+$/.test(value)) return undefined;
      if (!pattern.test(value)) return `bad-${column}`;
      draft.extra = { ...draft.extra, [key]: value };
      return undefined;
    };
  };
}

export const CODE = /^[\dA-Za-z*#]{1,15}$/;
