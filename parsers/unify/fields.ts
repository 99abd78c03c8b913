/** Fields that the Hicom and HiPath lists share. */
import type { Draft, Field } from '../engine.ts';
import { cost } from '../readers.ts';

export const TRUNK = /^[\dA-Za-z]{1,3}$/;
export const EXTENSION = /^[\dA-Za-z*#]{1,6}$/;
export const ACCOUNT = /^[\dA-Za-z*#]{1,11}$/;

/** Keeps a cell that no common field carries, under the list's own name for it. */
export function extra(column: string, pattern: RegExp, key = column): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      if (!pattern.test(value)) return `bad-${column}`;
      draft.extra = { ...draft.extra, [key]: value };
      return undefined;
    };
  };
}

/** Pulses or an amount, as the option `chargeIs` says. */
export function charge(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    const readAmount = cost(column)(cellOf);
    return (row, draft, state) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      const wanted = state.options.own['chargeIs'];
      if (wanted === 'amount' || (wanted !== 'pulses' && /[.,]/.test(value))) return readAmount(row, draft, state);
      if (!/^\d+$/.test(value)) return `bad-${column}`;
      if (Number(value) > 0) draft.extra = { ...draft.extra, pulses: String(Number(value)) };
      return undefined;
    };
  };
}

/** Puts the outside number where the direction says, which must be known by now. */
export function placeNumber(draft: Draft, value: string): void {
  if (value === '') return;
  if (draft.direction === 'incoming') draft.callerNumber = value;
  else draft.dialedNumber = value;
}

/** 50 is added for calls by DISA. */
const DISA = 50;
const RINGS = 0;
const PASSED_ON: readonly number[] = [5, 6];
const HIGHEST = 9;

/**
 * The info element and what hangs on it: direction, the number's place, whether an incoming call was answered. 0 is the
 * notice that a call begins to ring: a part of the call that another line will report.
 */
export function infoElement(column: string, numberColumn: string): Field {
  return (cellOf) => {
    const [at, numberAt] = [cellOf(column), cellOf(numberColumn)];
    return (row, draft, state) => {
      const value = row[at] ?? '';
      if (value === '') return 'no-info-element';
      const printed = /^\d{1,2}$/.test(value) ? Number(value) : Number.NaN;
      const element = printed >= DISA ? printed - DISA : printed;
      if (!(element >= 0 && element <= HIGHEST)) return 'bad-info-element';
      draft.conditionCode = value;
      // Even elements go out, and so does 9, the call forwarded to the outside.
      const isOutgoing = element !== RINGS && (element % 2 === 0 || element === HIGHEST);
      draft.direction = isOutgoing ? 'outgoing' : 'incoming';
      placeNumber(draft, row[numberAt] ?? '');
      if (PASSED_ON.includes(element)) draft.transferred = true;
      if (element === RINGS) state.isPart = true;
      else if (!isOutgoing && draft.durationSeconds !== 0) draft.answered = draft.durationSeconds !== undefined;
      return undefined;
    };
  };
}
