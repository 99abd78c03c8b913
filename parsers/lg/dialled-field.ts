/**
 * The DIALED field: a call type character, and what belongs to it.
 *
 *     O9274034          outgoing; P in the number is a pause (OP101983), * and # stay
 *     I RING 00:03      incoming, answered after ringing; `**:51` is a ringing time too long to print
 *     I84959493200      incoming with the caller's number
 *     I101 RING 00:09   incoming, the station or group that rang
 *     t  t8495…         incoming, taken over by transfer        T8812…  outgoing, taken over by transfer
 *     R121 RING 00:07   lost before answer     G620 RING 00:06  lost at a group     H100 RING 00:02  lost while held
 *     E102  P1  S102    station, page and SMS records           MT  MF  malicious call trace
 *
 * One GDK line has its ACT (`**`) three columns to the left, which is the end of this field.
 */
import { areDigits } from '../digits.ts';
import type { Field } from '../engine.ts';
import { clockSeconds } from '../readers.ts';

const TYPES = 'OItTRGHEPS';
const TRACE_TYPES: readonly string[] = ['MT', 'MF'];
const ACT_TO_THE_LEFT = /\s+\*\*$/;
const NUMBER = /^[\d*#PpFfWw+.,X-]*$/;
const RINGING = /^(\d*)\s*RI?NG\s*([\d*]{1,2}:\d\d(?::\d\d)?)$/;
/** Numbers dialled can hold single blanks. A lone character behind one is of the next field. */
const SPACED_NUMBER = /^[\d*#PpFfWw+.,X-]+(?: [\d*#PpFfWw+.,X-]{2,})+$/;
/** Words for a caller whose number is hidden or unknown; a ringing time that was cut is none. */
const CALLER_WORDS = /^(?!RI?N?G?$)[A-Z][A-Za-z .'-]{2,}$/;
/** A long number and a ringing time do not both fit into the field: its end is cut off. */
const CUT_RINGING = /^(\d{5,})\s+RI?N?G?(?:\s+[\d*:]*)?$/;
const LOST = /^[RGH]$/;
/** A number of up to so many digits is a station, a group or a short number: no caller. */
const INSIDE_DIGITS = 4;

/** The call type at the front of the field; empty for none. */
function typeOf(value: string): string {
  const letter = value[0] ?? '';
  if (letter !== '' && TYPES.includes(letter)) return letter;
  const trace = value.slice(0, 2);
  return TRACE_TYPES.includes(trace) ? trace : '';
}

const isNumber = (value: string): boolean => areDigits(value) || NUMBER.test(value);
const isDialled = (value: string): boolean => isNumber(value) || SPACED_NUMBER.test(value);

/** What a number behind I, t, R, G or H is; see the option `incomingNumber`. */
export type NumberMeaning = 'auto' | 'caller' | 'called';

export function meaningOf(option: string | undefined): NumberMeaning {
  return option === 'caller' || option === 'called' ? option : 'auto';
}

/**
 * Reads the field. `station` is the cell of the STA column; of a call lost at a group it is the extension only where the
 * field does not name another inside number. A number whose meaning is not known is kept in `extra.number`.
 */
export function dialled(column: string, station: string): Field {
  return (cellOf) => {
    const [at, stationAt] = [cellOf(column), cellOf(station)];
    return (row, draft, state) => {
      const value = row[at] ?? '';
      if (value === '') return 'cut-short';
      const printed = value.endsWith('**') ? value.replace(ACT_TO_THE_LEFT, '') : value;
      const type = typeOf(printed);
      if (type === '') return 'bad-call-type';
      const rest = printed.slice(type.length).trimStart();
      draft.conditionCode = type;
      switch (type) {
        case 'O':
        case 'T':
          draft.direction = 'outgoing';
          if (type === 'T') draft.transferred = true;
          if (!isDialled(rest)) return 'bad-number';
          if (rest !== '') draft.dialedNumber = rest;
          return undefined;
        case 'E':
        case 'P':
        case 'S':
          draft.direction = 'internal';
          if (!NUMBER.test(rest)) return 'bad-number';
          if (rest !== '') draft.dialedNumber = rest;
          return undefined;
        case 'MT':
        case 'MF':
          state.isPart = true;
          if (!NUMBER.test(rest)) return 'bad-number';
          if (rest !== '') draft.extra = { ...draft.extra, number: rest };
          return undefined;
        default:
          break;
      }
      draft.direction = 'incoming';
      if (type === 't') draft.transferred = true;
      if (type === 'R' || type === 'G') draft.answered = false;
      const holdsRinging = rest.includes('R');
      const ringing = holdsRinging ? RINGING.exec(rest) : null;
      const number = (holdsRinging ? (ringing ?? CUT_RINGING.exec(rest)) : null)?.[1] ?? rest;
      const isInside = number.length <= INSIDE_DIGITS;
      if (type === 'G' && number !== '' && isInside && number !== row[stationAt] && draft.extension !== undefined) {
        draft.extra = { ...draft.extra, station: draft.extension };
        delete draft.extension;
      }
      if (ringing !== null) {
        const seconds = clockSeconds(ringing[2] ?? '');
        if (seconds !== undefined) draft.ringSeconds = seconds;
        else if (!/\*/.test(ringing[2] ?? '')) return 'bad-ring';
      }
      if (number === '') return undefined;
      if (!isNumber(number)) {
        if (ringing !== null || LOST.test(type) || !CALLER_WORDS.test(number)) return 'bad-number';
        draft.callerName = number;
        return undefined;
      }
      const meaning = isInside && ringing !== null ? 'station' : meaningOf(state.options.own['incomingNumber']);
      const isCaller = meaning === 'auto' ? !isInside && !LOST.test(type) : meaning === 'caller';
      if (isCaller) draft.callerNumber = number;
      else if (meaning === 'called') draft.dialedNumber = number;
      else draft.extra = { ...draft.extra, number };
      return undefined;
    };
  };
}
