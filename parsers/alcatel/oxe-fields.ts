/** What a ticket of the OmniPCX Enterprise means, whether its fields stand in columns or between commas. */
import type { RecordDirection } from '../../core/model/call-record.ts';
import { isCivilDate } from '../../core/model/time.ts';
import type { Field } from '../engine.ts';
import { cleanDecimal, IMPOSSIBLE } from '../readers.ts';

/** Outgoing and incoming, each also by way of a private network. The other types are known by letters only. */
const DIRECTIONS: Readonly<Record<string, RecordDirection>> = {
  '0': 'outgoing',
  '1': 'outgoing',
  '4': 'incoming',
  '5': 'incoming',
  OC: 'outgoing',
  OCP: 'outgoing',
  IC: 'incoming',
  ICP: 'incoming',
};
const LETTERS: readonly string[] = 'OC OCP PN LN IC ICP UN PO POP IP PIP PPO PPI PIC LL LT'.split(' ');
const NUMBER = /^[\d*#+A-Da-d?.]{1,30}$/;

const two = (text: string, at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

function areDigits(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** `yyyymmdd hh:mm:ss`; both fixed. */
const isMoment = (value: string): boolean =>
  value.length === 17 &&
  areDigits(value, 0, 8) &&
  areDigits(value, 9, 11) &&
  value.charCodeAt(11) === 58 &&
  areDigits(value, 12, 14) &&
  value.charCodeAt(14) === 58 &&
  areDigits(value, 15, 17);

function readMoment(value: string): string | undefined {
  if (!isMoment(value)) return undefined;
  const isPossible =
    isCivilDate(two(value, 0) * 100 + two(value, 2), two(value, 4), two(value, 6)) &&
    two(value, 9) < 24 &&
    two(value, 12) < 60 &&
    two(value, 15) < 60;
  return isPossible ? `${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6, 8)}T${value.slice(9)}` : IMPOSSIBLE;
}

/** The start where the ticket has one, else the end. */
export const moments: Field = (cellOf) => {
  const [startAt, endAt] = [cellOf('start'), cellOf('end')];
  return (row, draft, state) => {
    const [start = '', end = ''] = [row[startAt], row[endAt]];
    const isStart = start !== '';
    const moment = readMoment(isStart ? start : end);
    if (moment === undefined || (end !== '' && !isMoment(end))) return 'bad-time';
    draft.startOrEnd = isStart ? 'start' : 'end';
    if (moment === IMPOSSIBLE) state.doubts.push('date-impossible');
    else if (isStart) draft.start = moment;
    else draft.end = moment;
    return undefined;
  };
};

/**
 * Talk time: what was effective where the ticket says so, else the duration, which may hold the waiting too. A ticket
 * without either was cut.
 */
export const durations: Field = (cellOf) => {
  const [durationAt, effectiveAt, waitAt] = ['duration', 'effective', 'wait'].map(cellOf);
  return (row, draft) => {
    const duration = row[durationAt ?? 0] ?? '';
    const effective = row[effectiveAt ?? 0] ?? '';
    const wait = row[waitAt ?? 0] ?? '';
    if (![duration, effective, wait].every((value) => /^\d{0,10}$/.test(value))) return 'bad-duration';
    if (duration === '' && effective === '') return 'no-duration';
    const isEffective = effective !== '' && (Number(effective) > 0 || Number(wait) > 0);
    draft.durationSeconds = Number(isEffective ? effective : duration);
    const extra: Record<string, string> = { ...draft.extra };
    if (isEffective && duration !== '' && Number(duration) !== Number(effective)) extra['Duration'] = duration;
    if (Number(wait) > 0) extra['WaitingDuration'] = wait;
    if (Object.keys(extra).length > 0) draft.extra = extra;
    return undefined;
  };
};

export const parties: Field = (cellOf) => {
  const names = ['type', 'called', 'charged', 'calling', 'initial'] as const;
  const [typeAt, calledAt, chargedAt, callingAt, initialAt] = names.map(cellOf);
  return (row, draft) => {
    const type = row[typeAt ?? 0] ?? '';
    const [called, charged] = [row[calledAt ?? 0] ?? '', row[chargedAt ?? 0] ?? ''];
    const [calling, initial] = [row[callingAt ?? 0] ?? '', row[initialAt ?? 0] ?? ''];
    const isType = /^\d{1,2}$/.test(type) ? Number(type) < LETTERS.length : LETTERS.includes(type);
    if (!isType) return 'bad-type';
    for (const number of [called, charged, calling, initial]) {
      if (number !== '' && !NUMBER.test(number)) return 'bad-number';
    }
    draft.conditionCode = type;
    const direction = DIRECTIONS[/^\d/.test(type) ? String(Number(type)) : type];
    if (direction !== undefined) draft.direction = direction;
    const inside = charged === '' ? (direction === 'incoming' ? called : calling) : charged;
    if (inside !== '') draft.extension = inside;
    if (calling !== '') draft.callerNumber = calling;
    if (direction !== 'incoming') {
      if (called !== '') draft.dialedNumber = called;
    } else if (called !== '' && called !== inside) draft.extra = { ...draft.extra, CalledNumber: called };
    if (initial !== '' && initial !== called) draft.extra = { ...draft.extra, InitialDialledNumber: initial };
    return inside === '' && called === '' && calling === '' ? 'no-party' : undefined;
  };
};

/** Nought means that nothing was charged. */
export const costInfo: Field = (cellOf) => {
  const at = cellOf('cost');
  return (row, draft) => {
    const value = row[at] ?? '';
    if (value === '' || /^0+$/.test(value)) return undefined;
    if (!/^\d+(?:[.,]\d+)?$/.test(value)) return 'bad-cost';
    const amount = cleanDecimal(value);
    if (!/^[0.]+$/.test(amount)) draft.cost = amount;
    return undefined;
  };
};

/** Cells that no common field carries; noughts say nothing. */
export function extras(columns: Readonly<Record<string, string>>): Field {
  const names = Object.entries(columns);
  return (cellOf) => {
    const cells = names.map(([column, key]) => ({ at: cellOf(column), key }));
    return (row, draft) => {
      let extra: Record<string, string> | undefined;
      for (const { at, key } of cells) {
        const value = row[at] ?? '';
        if (value === '' || /^0+$/.test(value)) continue;
        extra ??= { ...draft.extra };
        extra[key] = value;
      }
      if (extra !== undefined) draft.extra = extra;
      return undefined;
    };
  };
}
