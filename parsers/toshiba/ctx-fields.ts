/** Fields of the Toshiba CTX and CIX record and of the line that may follow it. */
import type { Draft, Field } from '../engine.ts';
import { clockSeconds, readDate, readTime, UNSET, writeTime } from '../readers.ts';

/** Records that are no call alone: start, end, transfer, authorization code, account code, and M, whose meaning is open. */
const PART_TYPES = 'SEXACM';

/** Set while the newest record of the stream may have a second line: other PBXs also begin one with `&`. */
const BEFORE_KEY = 'ctxRecordBefore';

export const recordType: Field = (cellOf) => {
  const at = cellOf('type');
  return (row, draft, state) => {
    const type = row[at] ?? '';
    draft.conditionCode = type;
    if (type === 'B') draft.answered = false;
    else if (PART_TYPES.includes(type)) state.isPart = true;
    else if (type !== 'N') return 'bad-call-type';
    if (type === 'X') draft.transferred = true;
    state.context[BEFORE_KEY] = type;
    return undefined;
  };
};

interface Party {
  readonly kind: 'station' | 'line' | 'conference' | 'other';
  readonly value: string;
}

/** `DN` and an extension, `CF` and a conference, `T` or `A` and a line; blank for none. */
function partyOf(printed: string): Party | undefined {
  if (printed === '') return { kind: 'other', value: '' };
  if (/^DN *[\d*#]+$/.test(printed)) return { kind: 'station', value: printed.slice(2).trim() };
  if (/^CF *\w*$/.test(printed)) return { kind: 'conference', value: printed };
  if (/^[TA] ?[\dQ]{2,8}$/.test(printed)) return { kind: 'line', value: printed };
  return undefined;
}

/** Who called whom tells the way of the call. */
export const parties: Field = (cellOf) => {
  const [originAt, terminationAt] = [cellOf('origin'), cellOf('termination')];
  return (row, draft) => {
    const origin = partyOf(row[originAt] ?? '');
    const termination = partyOf(row[terminationAt] ?? '');
    if (origin === undefined || termination === undefined) return 'bad-party';
    if (origin.kind === 'other' && termination.kind === 'other') return 'cut-short';
    if (origin.kind === 'station') {
      draft.extension = origin.value;
      if (termination.kind === 'line') {
        draft.direction = 'outgoing';
        draft.trunk = termination.value;
      } else if (termination.kind === 'station') {
        draft.direction = 'internal';
        draft.dialedNumber = termination.value;
      }
    } else if (origin.kind === 'line') {
      draft.trunk = origin.value;
      if (termination.kind === 'line') {
        draft.direction = 'tandem';
        draft.trunkOut = termination.value;
      } else if (termination.kind === 'station') {
        draft.direction = 'incoming';
        draft.extension = termination.value;
      }
    } else if (termination.kind === 'station') draft.extension = termination.value;
    else if (termination.kind === 'line') draft.trunk = termination.value;
    const conference = [origin, termination].find(({ kind }) => kind === 'conference');
    if (conference !== undefined) draft.extra = { ...draft.extra, conference: conference.value };
    return undefined;
  };
};

/**
 * `MO/DD HH:MM:SS`. Of N and B it is the end or the start, as the option says; of E the end, of S the start, of the others
 * a moment inside the call.
 */
export const timeStamp: Field = (cellOf) => {
  const [at, typeAt] = [cellOf('stamp'), cellOf('type')];
  // Neighbouring records are mostly of one day.
  let lastPrinted = '';
  let lastDate: string | undefined;
  return (row, draft, state) => {
    const printed = row[at] ?? '';
    const { dateOrder, timeIs } = state.options;
    const isDayFirst = dateOrder.indexOf('D') < dateOrder.indexOf('M');
    const printedDate = printed.slice(0, 5);
    if (printedDate !== lastPrinted) {
      lastPrinted = printedDate;
      lastDate = readDate(printedDate, isDayFirst ? 'DM' : 'MD');
    }
    const date = lastDate;
    const time = readTime(printed.slice(6));
    if (date === undefined || date === UNSET) return 'bad-date';
    if (time === undefined || time === UNSET) return 'bad-time';
    const type = row[typeAt] ?? '';
    if (type === 'N' || type === 'B') return writeTime(draft, state, date, time, timeIs);
    if (type === 'E') return writeTime(draft, state, date, time, 'end');
    writeTime(draft, state, date, time, 'start');
    if (type !== 'S') draft.startOrEnd = 'event';
    return undefined;
  };
};

/** `HH:MM:SS.S`, whose tenths are always 0. */
export const duration: Field = (cellOf) => {
  const [at, typeAt] = [cellOf('duration'), cellOf('type')];
  return (row, draft) => {
    const printed = row[at] ?? '';
    const type = row[typeAt] ?? '';
    if (printed === '') return type === 'N' ? 'cut-short' : undefined;
    // The tenths: a point and a digit.
    const seconds = clockSeconds(printed.charCodeAt(printed.length - 2) === 0x2e ? printed.slice(0, -2) : printed, 3);
    if (seconds === undefined) return 'bad-duration';
    if (type === 'N' || type === 'E' || type === 'B') draft.durationSeconds = seconds;
    return undefined;
  };
};

const DIALLED = /^[\d*#+A-DPp.,-]+$/;

/** The digits dialled; of A and C records the code itself. */
export const dialled: Field = (cellOf) => {
  const [at, typeAt] = [cellOf('dial'), cellOf('type')];
  return (row, draft) => {
    const value = row[at] ?? '';
    const type = row[typeAt] ?? '';
    if (type === 'A' || type === 'C') {
      if (!/^[\dA-Za-z*#]+$/.test(value)) return 'bad-account';
      draft[type === 'A' ? 'authCode' : 'accountCode'] = value;
      delete draft.dialedNumber;
      return undefined;
    }
    if (value === '') return undefined;
    if (!DIALLED.test(value)) return 'bad-number';
    draft.dialedNumber = value;
    return undefined;
  };
};

/** Text of the second line that has no field of its own. */
function keep(draft: Draft, key: string, value: string): void {
  if (value !== '') draft.extra = { ...draft.extra, [key]: value };
}

/** The second line: who called, which number was dialled from outside, and who is responsible for the call. */
export const continuation: Field = (cellOf) => {
  const [callerAt, disaAt, aniAt, dnisAt] = [cellOf('caller'), cellOf('disa'), cellOf('ani'), cellOf('dnis')];
  const [firstAt, secondAt] = [cellOf('aux1'), cellOf('aux2')];
  return (row, draft, state) => {
    const [caller = '', disa = '', ani = '', dnis = ''] = [row[callerAt], row[disaAt], row[aniAt], row[dnisAt]];
    if (state.context[BEFORE_KEY] === undefined) return 'no-first-line';
    delete state.context[BEFORE_KEY];
    state.isPart = true;
    draft.conditionCode = '&';
    if (/^C\d+$/.test(caller)) keep(draft, 'emergencyStation', caller.slice(1));
    else if (/^\+?[\d*#-]+$/.test(caller)) draft.callerNumber = caller;
    else if (caller !== '') draft.callerName = caller;
    if (disa !== '' && disa !== 'DISA') return 'outside-fields';
    keep(draft, 'disa', disa);
    if (ani !== '' && !/^\+?[\d*#-]+$/.test(ani)) return 'bad-cli';
    if (draft.callerNumber === undefined && ani !== '') draft.callerNumber = ani;
    else keep(draft, 'ani', ani);
    if (dnis !== '' && !/^[\d*#-]+$/.test(dnis)) return 'bad-number';
    if (dnis !== '') draft.dialedNumber = dnis;
    keep(draft, 'responsible', (row[firstAt] ?? '').replace(/^DN */, ''));
    keep(draft, 'network', row[secondAt] ?? '');
    return undefined;
  };
};
