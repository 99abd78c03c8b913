/** Fields of the 4200 and OXO statement, which its columns and its free form share. */
import type { Draft, Field, ReadState } from '../engine.ts';
import { cleanDecimal, clockSeconds } from '../readers.ts';

/** Dots fill the number and the business code; which end the code stands at is told differently. */
export function withoutDots(value: string): string {
  let [from, to] = [0, value.length];
  while (from < to && isPadding(value.charCodeAt(from))) from++;
  while (to > from && isPadding(value.charCodeAt(to - 1))) to--;
  return from === 0 && to === value.length ? value : value.slice(from, to);
}

const isPadding = (code: number): boolean => code === 46 || code <= 32;

/** The extension: a letter stands in front of it. */
export function userNumber(value: string): string {
  return value.replace(/^[A-Za-z](?=[\d*#])/, '');
}

export const USER = /^[A-Za-z]?[\dA-Za-z*#]{1,9}$/;
export const LINE = /^[A-Za-z]?\d{0,4}$/;
export const SERVICE = /^(?:[A-Z][A-Z+]|\*\*|[A-Z*+]{1,2})$/;
export const FACILITIES = /^[A-Z][A-Z ]{0,5}$/;
export const MODE = /^[MIR]$/;

/** A port that filled this field with dots before fills it always: without them, and short, it was cut on its way. */
function isCut(printed: string, field: 'number' | 'code', width: number, state: ReadState): boolean {
  if (printed === '') return false;
  const key = `dotted-${field}`;
  if (printed.startsWith('.') || printed.endsWith('.')) {
    state.context[key] = 'yes';
    return false;
  }
  return printed.length < width && state.context[key] === 'yes';
}

const NUMBER_WIDTH = 26;
const CODE_WIDTH = 16;

/**
 * The arrow gives the direction and says what the number is. `I->` and `<-I` show which way as well, but what kind of call
 * they are is not documented, so they state no direction. CS+ and CS- stand for services, not for a call.
 */
export function arrow(column: string, numberColumn: string): Field {
  return (cellOf) => {
    const [at, numberAt] = [cellOf(column), cellOf(numberColumn)];
    return (row, draft, state) => {
      const type = row[at] ?? '';
      const printed = row[numberAt] ?? '';
      if (isCut(printed, 'number', NUMBER_WIDTH, state)) return 'cut-short';
      const number = withoutDots(printed);
      switch (type) {
        case '-->':
          draft.direction = 'outgoing';
          break;
        case '<--':
          draft.direction = 'incoming';
          break;
        case 'I->':
        case '<-I':
          draft.conditionCode = type;
          break;
        case 'CS+':
        case 'CS-':
          draft.conditionCode = type;
          state.isPart = true;
          break;
        default:
          return 'bad-type';
      }
      if (number === '') return undefined;
      if (type.startsWith('<')) draft.callerNumber = number;
      else draft.dialedNumber = number;
      return undefined;
    };
  };
}

/** The charged user, and the first one where the call was passed on. */
export function users(chargedColumn: string, initialColumn: string): Field {
  return (cellOf) => {
    const [chargedAt, initialAt] = [cellOf(chargedColumn), cellOf(initialColumn)];
    return (row, draft) => {
      const [charged, initial] = [row[chargedAt] ?? '', row[initialAt] ?? ''];
      if (charged !== '') {
        if (!USER.test(charged)) return 'bad-user';
        draft.extension = userNumber(charged);
      }
      if (initial === '') return undefined;
      if (!USER.test(initial)) return 'bad-user';
      draft.extra = { ...draft.extra, initialUser: userNumber(initial) };
      return undefined;
    };
  };
}

const TRANSFER = 'X';

/** Service, facilities (X: the call was transferred) and metering pulses. */
export function chargeFacts(pulsesColumn: string, serviceColumn: string, facilitiesColumn: string): Field {
  return (cellOf) => {
    const [pulsesAt, serviceAt, facilitiesAt] = [pulsesColumn, serviceColumn, facilitiesColumn].map(cellOf);
    return (row, draft) => {
      const pulses = row[pulsesAt ?? 0] ?? '';
      const service = row[serviceAt ?? 0] ?? '';
      const facilities = row[facilitiesAt ?? 0] ?? '';
      if (pulses !== '' && !/^\d{1,6}$/.test(pulses)) return 'bad-pulses';
      if (service !== '' && !SERVICE.test(service)) return 'bad-service';
      if (facilities !== '' && !FACILITIES.test(facilities)) return 'bad-facilities';
      if (facilities.includes(TRANSFER)) draft.transferred = true;
      const extra: Record<string, string> = { ...draft.extra };
      if (service !== '') extra['service'] = service;
      if (facilities !== '') extra['facilities'] = facilities;
      if (Number(pulses) > 0) extra['pulses'] = String(Number(pulses));
      if (service !== '' || facilities !== '' || Number(pulses) > 0) draft.extra = extra;
      return undefined;
    };
  };
}

/** `0` and blanks mean that nothing was charged, not that the price was nought. */
export function readCost(draft: Draft, value: string): boolean {
  if (value === '') return true;
  const m = /^([^\d\s.,]{0,3}) *(\d[\d.,]*|[.,]\d+) *([^\d\s.,]{0,3})$/.exec(value);
  if (m === null) return false;
  const amount = cleanDecimal(m[2] ?? '');
  if (/^[0.]+$/.test(amount)) return true;
  draft.cost = amount;
  const currency = m[1] === '' ? (m[3] ?? '') : (m[1] ?? '');
  if (currency !== '') draft.currency = currency;
  return true;
}

export const CODE = /^[\dA-Za-z*#]{1,16}$/;

/** What the administrator may have switched on behind the number. */
export interface Tail {
  readonly mode: string;
  readonly ringing: string;
  readonly cost: string;
  readonly code: string;
  readonly name: string;
  /** Node and operator, as printed. */
  readonly node: string;
}

export function writeTail(draft: Draft, tail: Tail, state?: ReadState): string | undefined {
  if (tail.mode !== '') {
    if (!MODE.test(tail.mode)) return 'bad-mode';
    draft.extra = { ...draft.extra, mode: tail.mode };
  }
  if (tail.ringing !== '') {
    const ring = clockSeconds(tail.ringing, 2);
    if (ring === undefined) return 'bad-ringing';
    draft.ringSeconds = ring;
  }
  if (!readCost(draft, tail.cost)) return 'bad-cost';
  if (state !== undefined && isCut(tail.code, 'code', CODE_WIDTH, state)) return 'cut-short';
  const code = withoutDots(tail.code);
  if (code !== '') {
    if (!CODE.test(code)) return 'bad-code';
    draft.accountCode = code;
  }
  if (tail.node !== '') draft.extra = { ...draft.extra, node: tail.node };
  const name = withoutDots(tail.name);
  if (name !== '') {
    if (draft.direction === 'outgoing') draft.callerName = name;
    else draft.extra = { ...draft.extra, userName: name };
  }
  return undefined;
}
