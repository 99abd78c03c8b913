/** Fields that only LG prints this way. */
import { areDigits } from '../digits.ts';
import type { Field } from '../engine.ts';

const MOST_SERIAL_DIGITS = 4;
const MOST_LINE_DIGITS = 3;

/** The serial number of the call. */
export function serialNumber(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      if (value.length > MOST_SERIAL_DIGITS || !areDigits(value)) return 'bad-serial';
      draft.callId = value;
      return undefined;
    };
  };
}

/** A station's number; `DISA`, `EXT` and other words are no stations and are kept in `extra.station`; marks are nothing. */
export function station(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      if (areDigits(value)) draft.extension = value;
      else if (/^[A-Z][A-Z\d]*$/.test(value)) draft.extra = { ...draft.extra, station: value };
      else if (!/^[-*]+$/.test(value)) return 'bad-station';
      return undefined;
    };
  };
}

/** The outside line; blank or filled with marks in a record between stations. */
export function line(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value !== '' && value.length <= MOST_LINE_DIGITS && areDigits(value)) draft.trunk = value;
      else if (!/^[-*]*$/.test(value)) return 'bad-line';
      return undefined;
    };
  };
}

/** Text that assembly and the details need and no common field carries; `nothing` is what most records print in it. */
export function extra(
  column: string,
  pattern: RegExp,
  nothing = '',
  isWorthKeeping = (_value: string): boolean => true,
): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '' || value === nothing) return undefined;
      if (!pattern.test(value)) return `bad-${column}`;
      if (isWorthKeeping(value)) draft.extra = { ...draft.extra, [column]: value };
      return undefined;
    };
  };
}

/** The caller's number in a field of its own stands above one in the dialled field. */
export function callerLine(column: string): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      if (!/^\+?[\d*#]+$/.test(value)) return 'bad-cli';
      if (draft.direction === 'incoming') draft.callerNumber = value;
      else draft.extra = { ...draft.extra, cli: value };
      return undefined;
    };
  };
}

/** Amounts of LDK and GDK stand at the right end of their field; one that does not is in the field of another page. */
export function rightAligned(column: string, [start, width]: readonly [start: number, width: number]): Field {
  return (cellOf) => {
    const at = cellOf(column);
    return (row, _draft, state) =>
      row[at] === '' || (state.line[start + width - 2] ?? ' ') !== ' ' ? undefined : `bad-${column}`;
  };
}

/** Last check: what every record of a call has. */
export const wholeRecord: Field = () => (_row, draft) => {
  if (draft.durationSeconds === undefined) return 'cut-short';
  if (draft.trunk === undefined && draft.direction !== 'internal') return 'cut-short';
  return undefined;
};
