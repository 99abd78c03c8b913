/** Fields that only Panasonic prints this way. */
import { areDigits } from '../digits.ts';
import type { Field } from '../engine.ts';
import { dateTime } from '../readers.ts';
import { foldLookAlikes } from '../text.ts';

const STAR = 0x2a;
const MOST_INSIDE_DIGITS = 5;

const isLetterAt = (value: string, at: number): boolean => value.charCodeAt(at) >= 65 && value.charCodeAt(at) <= 90;

/** One digit to `most` of them behind the first `from` characters. */
const areDigitsBehind = (value: string, from: number, most: number): boolean =>
  value.length > from && value.length <= from + most && areDigits(value, from);

/** Where an RC or AN line stands in its call, and under which key its time goes. */
const MOMENTS = { RC: 'start', AN: 'answer' } as const;

/** Date and time; those of RC and AN lines are a moment inside the call. */
export function printedTime(conditionColumn: string | undefined): Field {
  return (cellOf) => {
    const at = conditionColumn === undefined ? -1 : cellOf(conditionColumn);
    const ofRecord = dateTime('date', 'time')(cellOf);
    const ofStart = dateTime('date', 'time', MOMENTS.RC)(cellOf);
    const ofAnswer = dateTime('date', 'time', MOMENTS.AN)(cellOf);
    return (row, draft, state) => {
      const word = row[at];
      if (word !== 'RC' && word !== 'AN') return ofRecord(row, draft, state);
      const failure = (word === 'RC' ? ofStart : ofAnswer)(row, draft, state);
      draft.startOrEnd = 'event';
      return failure;
    };
  };
}

/** An extension, or `*` and a verification code when the caller proved who they are on any telephone. */
export function insideParty(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      if (value.charCodeAt(0) === STAR) {
        if (!areDigitsBehind(value, 1, MOST_INSIDE_DIGITS)) return 'bad-extension';
        draft.authCode = value.slice(1);
        return undefined;
      }
      if (!areDigitsBehind(value, isLetterAt(value, 0) ? 1 : 0, MOST_INSIDE_DIGITS)) return 'bad-extension';
      draft.extension = value;
      return undefined;
    };
  };
}

/** The outside line: so many digits at most, on some pages with a letter in front. */
export function outsideLine(column: string, { digits, hasLetter }: { digits: number; hasLetter: boolean }): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      if (!areDigitsBehind(value, hasLetter && isLetterAt(value, 0) ? 1 : 0, digits)) return `bad-${column}`;
      draft.trunk = value;
      return undefined;
    };
  };
}

/** The account code; KX-TA fills unused places with dots, the DBS prints zeros for none. */
export function account(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const printed = row[at] ?? '';
      let end = printed.length;
      while (end > 0 && (printed[end - 1] === '.' || printed[end - 1] === ' ')) end--;
      if (end === 0) return undefined;
      const value = end === printed.length ? printed : printed.slice(0, end);
      if (value.includes("'")) return 'bad-account';
      draft.accountCode = value;
      return undefined;
    };
  };
}

/** Russian firmware: the letters of TR; its FW word is kept as printed, its meaning is not proved. */
const TRANSFERRED_RU = foldLookAlikes('ПР');

/**
 * The condition code. RC and AN mark moments inside a call (see `printedTime`), and are no call alone.
 */
export function condition(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft, state) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      draft.conditionCode = value;
      if (value === 'TR') draft.transferred = true;
      else if (value === 'NA') draft.answered = false;
      else if (value === 'RC') state.isPart = true;
      else if (value === 'AN') {
        draft.answered = true;
        state.isPart = true;
      } else if (foldLookAlikes(value) === TRANSFERRED_RU) draft.transferred = true;
      else if (!/^[\p{Lu}\d]{2,3}$/u.test(value)) return 'bad-condition';
      return undefined;
    };
  };
}

/** The star that KX-TA prints before the time of a transferred call. */
export function transferMark(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      if (value !== '*') return 'bad-time';
      draft.transferred = true;
      return undefined;
    };
  };
}

/** Text nobody needs, but which must look like what it is (the tenant, the directory number). */
export function only(column: string, pattern: RegExp): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row) => {
      const value = row[at] ?? '';
      return value === '' || pattern.test(value) ? undefined : `bad-${column}`;
    };
  };
}

/**
 * Last check: a line that ends before what its kind always prints was cut on its way. `durationEnd`: the last column of
 * the duration; a line that reaches it is whole. `hasRing`: unanswered calls of this page print a ring time; `isLenient`:
 * pages that are known to print rings, which nobody has answered yet, without any duration.
 */
export function wholeRecord(page: {
  readonly durationEnd: number;
  readonly hasRing: boolean;
  readonly isLenient: boolean;
}): Field {
  return () => (_row, draft, state) => {
    if (draft.extension === undefined && draft.authCode === undefined && draft.trunk === undefined) return 'cut-short';
    if (draft.direction === undefined) return 'cut-short';
    if (draft.durationSeconds !== undefined || draft.direction === 'internal') return undefined;
    if (draft.conditionCode !== undefined || state.line.length >= page.durationEnd) return undefined;
    if (draft.direction === 'outgoing') return 'cut-short';
    if ((page.isLenient && draft.extension === undefined) || (page.hasRing && draft.ringSeconds !== undefined))
      return undefined;
    return 'cut-short';
  };
}
