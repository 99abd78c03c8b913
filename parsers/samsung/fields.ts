/** Fields that only Samsung prints this way. */

import { areDigits } from '../digits.ts';
import type { Field, ResolvedOptions } from '../engine.ts';
import { withPageYear } from '../page-date.ts';
import { clockSeconds, IMPOSSIBLE, readDate, readTime, UNSET, writeTime } from '../readers.ts';
import type { StreamContext } from '../types.ts';

export const isDayFirst = (options: ResolvedOptions): boolean =>
  options.dateOrder.indexOf('D') < options.dateOrder.indexOf('M');

/** Month and day of the start, with the year of the page's title where one was seen. */
export const started: Field = (cellOf) => {
  const [dateAt, timeAt] = [cellOf('date'), cellOf('time')];
  let lastPrinted = '';
  let lastDate: string | undefined;
  return (row, draft, state) => {
    const printed = row[dateAt] ?? '';
    if (printed !== lastPrinted) {
      lastPrinted = printed;
      lastDate = readDate(printed, isDayFirst(state.options) ? 'DM' : 'MD');
    }
    if (lastDate === undefined) return 'bad-date';
    const time = readTime(row[timeAt] ?? '');
    if (time === undefined) return 'bad-time';
    const isReal = lastDate !== IMPOSSIBLE && lastDate !== UNSET;
    return writeTime(
      draft,
      state,
      isReal ? withPageYear(state.context, lastDate) : lastDate,
      time,
      state.options.timeIs,
    );
  };
};

const FLAG_AT = 44;

/** Where a trunk's ringing ended: a leg that begins there is of an incoming call, whatever its flag says. */
const ringKey = (trunk: string): string => `ringEnd:${trunk}`;

const DAY_SECONDS = 86400;
function secondOfDay(printed: string): number {
  const clock = printed.slice(printed.indexOf('T') + 1);
  return Number(clock.slice(0, 2)) * 3600 + Number(clock.slice(3, 5)) * 60 + Number(clock.slice(6, 8));
}
const RING_TOUCH_SECONDS = 3;

function beganByRinging(context: StreamContext, trunk: string | undefined, start: string | undefined): boolean {
  const ended = trunk === undefined ? undefined : context[ringKey(trunk)];
  if (ended === undefined || start === undefined) return false;
  const apart = Math.abs(secondOfDay(start) - Number(ended)) % DAY_SECONDS;
  return Math.min(apart, DAY_SECONDS - apart) <= RING_TOUCH_SECONDS;
}

/** How long the call was; a record of flag IA is the ringing of an incoming call, and its duration the ring time. */
export const lasted: Field = (cellOf) => {
  const [at, flagAt] = [cellOf('duration'), cellOf('flag')];
  return (row, draft) => {
    const seconds = clockSeconds(row[at] ?? '', 3);
    if (seconds === undefined) return 'bad-duration';
    draft[row[flagAt] === 'IA' ? 'ringSeconds' : 'durationSeconds'] = seconds;
    return undefined;
  };
};

/**
 * The flag. T, TT do not tell where the call came
 * from, and OT does not where the same trunk rang until its start.
 */
export const flag: Field = (cellOf) => {
  const at = cellOf('flag');
  return (row, draft, state) => {
    const value = row[at] ?? '';
    if (value === '') return undefined;
    draft.conditionCode = value;
    const { trunk } = draft;
    switch (value) {
      case 'O':
        draft.direction = 'outgoing';
        break;
      case 'I':
        draft.direction = 'incoming';
        break;
      case 'IT':
        draft.direction = 'incoming';
        draft.transferred = true;
        break;
      case 'T':
      case 'TT':
        draft.transferred = true;
        break;
      case 'OT':
        draft.transferred = true;
        if (!beganByRinging(state.context, trunk, draft.start)) draft.direction = 'outgoing';
        break;
      case 'IA': {
        draft.direction = 'incoming';
        if (trunk !== undefined && draft.start !== undefined) {
          const end = secondOfDay(draft.start) + (draft.ringSeconds ?? 0);
          state.context[ringKey(trunk)] = String(end % DAY_SECONDS);
        }
        return undefined;
      }
      case 'A':
        draft.direction = 'incoming';
        draft.answered = false;
        break;
      case 'DI':
      case 'DO':
      case 'DE':
      case 'FI':
      case 'FO':
        break;
      default:
        if (!/^[A-Z]{1,2}$/.test(value)) return 'bad-call-type';
    }
    return undefined;
  };
};

/** Last check: the tenant is one character, the line was not cut in front of its flag, and it names somebody. */
export function wholeRecord(tenantColumn: string): Field {
  return (cellOf) => {
    const at = cellOf(tenantColumn);
    return (row, draft, state) => {
      const tenant = row[at] ?? '';
      if (tenant !== '' && !/^[\dA-Z]$/.test(tenant)) return 'outside-fields';
      if (draft.conditionCode === undefined && state.line.trimEnd().length < FLAG_AT) return 'cut-short';
      return draft.extension === undefined && draft.trunk === undefined ? 'cut-short' : undefined;
    };
  };
}

/** A cell of digits, or of what the pattern allows beside them. */
export function code(
  key: 'extension' | 'authCode' | 'trunk' | 'dialedNumber',
  column: string,
  pattern: RegExp,
  reason: string,
): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      if (!areDigits(value) && !pattern.test(value)) return reason;
      draft[key] = value;
      return undefined;
    };
  };
}
