/** Fields that only Panasonic prints this way. */
import type { Field } from '../engine.ts';
import { foldLookAlikes } from '../text.ts';

const INSIDE = /^[A-Z]?\d{1,5}$/;
const VERIFICATION = /^\*\d{1,5}$/;

/** An extension, or `*` and a verification code when the caller proved who they are on any telephone. */
export function insideParty(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      if (value.charCodeAt(0) === 0x2a) {
        if (!VERIFICATION.test(value)) return 'bad-extension';
        draft.authCode = value.slice(1);
        return undefined;
      }
      if (!INSIDE.test(value)) return 'bad-extension';
      draft.extension = value;
      return undefined;
    };
  };
}

/** The account code; KX-TA fills unused places with dots, the DBS prints zeros for none. */
export function account(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = (row[at] ?? '').replace(/[. ]+$/, '');
      if (value === '') return undefined;
      if (value.includes("'")) return 'bad-account';
      draft.accountCode = value;
      return undefined;
    };
  };
}

/** Russian firmware: the letters of TR; its FW word is kept as printed, its meaning is not proved. */
const TRANSFERRED_RU = foldLookAlikes('ПР');

/**
 * The condition code. RC and AN mark moments inside a call: their time is a start or an answer, and they are no call
 * alone.
 */
export function condition(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft, state) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      draft.conditionCode = value;
      if (value === 'TR' || foldLookAlikes(value) === TRANSFERRED_RU) draft.transferred = true;
      else if (value === 'NA') draft.answered = false;
      else if (value === 'RC' || value === 'AN') {
        const moment = draft.end ?? draft.start;
        delete draft.end;
        delete draft.start;
        draft.startOrEnd = 'event';
        if (moment !== undefined) draft[value === 'RC' ? 'start' : 'answer'] = moment;
        if (value === 'AN') draft.answered = true;
        state.isPart = true;
      } else if (!/^[\p{Lu}\d]{2,3}$/u.test(value)) return 'bad-condition';
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
