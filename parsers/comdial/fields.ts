/** Fields that only Comdial prints this way. */
import type { Field } from '../engine.ts';

const TENTHS = /^(\d{0,3})\.(\d)$/;
const NO_ANSWER = 'NOANS';
const SECONDS_PER_TENTH = 6;

/** Minutes and tenths of a minute. */
export function tenths(key: 'durationSeconds' | 'ringSeconds', column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      const m = TENTHS.exec(value);
      if (m === null) return `bad-${column}`;
      draft[key] = (Number(m[1]) * 10 + Number(m[2])) * SECONDS_PER_TENTH;
      return undefined;
    };
  };
}

/** The duration, or the word that nobody answered. */
export function durationOrNoAnswer(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    const read = tenths('durationSeconds', column)(cellOf);
    return (row, draft, state) => {
      if (row[at] === '') return 'no-duration';
      if (row[at] !== NO_ANSWER) return read(row, draft, state);
      draft.answered = false;
      draft.conditionCode = NO_ANSWER;
      return undefined;
    };
  };
}

export const DIALLED = /^[\d*#+][\d*#+ -]*$/;
