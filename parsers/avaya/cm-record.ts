/**
 * What every page of Communication Manager has in common: the meaning of its fields. A page says where they stand.
 *
 * Durations are `HMMt` (tenths of minutes); 9999 means that the clock was changed, so nobody knows. The clock is the END of
 * the call, in whole minutes. On incoming calls the inside party stands in the dialled number; narrow pages print the
 * trunk's access code in place of the caller.
 */
import type { RecordDirection } from '../../core/model/call-record.ts';
import { isCivilDate } from '../../core/model/time.ts';
import type { Draft, Field, ReadState } from '../engine.ts';
import { IMPOSSIBLE, readDate, writeTime } from '../readers.ts';
import type { DateOrder } from '../types.ts';
import { type Flow, flowOf } from './cm-conditions.ts';
import { dateOfCall } from './cm-dates.ts';

/** Fields by the names that the switch gives its customized items. */
export type Item =
  | 'date'
  | 'time'
  | 'duration'
  | 'sec-dur'
  | 'cond-code'
  | 'code-dial'
  | 'code-used'
  | 'dialed-num'
  | 'calling-num'
  | 'clg-num/in-tac'
  | 'acct-code'
  | 'auth-code'
  | 'in-trk-code'
  | 'in-crt-id'
  | 'out-crt-id'
  /** LSU pages print the digits of one number in several places. */
  | 'calling-digit-1'
  | 'in-crt-hundreds'
  | 'out-crt-hundreds'
  | Detail;

/** Kept as printed; nothing is concluded from them. */
const DETAILS = [
  'attd-console',
  'bcc',
  'feat-flag',
  'frl',
  'ins',
  'ins-units',
  'isdn-cc',
  'ixc-code',
  'ma-uui',
  'node-num',
  'ppm',
  'queue-time',
  'res-flag',
  'reserved',
  'tsc_ct',
  'tsc_flag',
  'vdn',
] as const;
export type Detail = (typeof DETAILS)[number] | 'ucid';

export type CmColumns = Readonly<Partial<Record<Item, readonly [start: number, width: number]>>>;

export interface CmHabits {
  /** Prints the incoming trunk's access code in place of the caller. */
  readonly isNarrow?: boolean;
  readonly has59Letters?: boolean;
  /** Circuit 123 is printed 231, unless the switch says otherwise. */
  readonly hasInvertedCircuits?: boolean;
  /** The layout comes from the site, so an unlisted condition code or a letter in a number is believed. */
  readonly isTold?: boolean;
}

const UNKNOWN_DURATION = '9999';
const NUMBER = /^\+?[\d*#]+$/;
const CODE = /^[\d*#]+$/;
const WORD = /^\S+$/;

/** Seconds of `HMMt`. Blanks in front stand for zeros. */
export function tenthsSeconds(value: string): number | undefined {
  if (value.length === 0 || value.length > 4) return undefined;
  let digits = 0;
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i) - 48;
    if (code < 0 || code > 9) return undefined;
    digits = digits * 10 + code;
  }
  const minutes = Math.floor(digits / 10) % 100;
  return minutes > 59 ? undefined : Math.floor(digits / 1000) * 3600 + minutes * 60 + (digits % 10) * 6;
}

/** `YYYY-MM-DD` of digits without separators, or with; undefined when it is no date. */
export function packedDate(value: string, order: DateOrder): string | undefined {
  if (!/^\d{6}$|^\d{8}$|^\d{4}$/.test(value)) return readDate(value, order);
  const parts =
    value.length === 8
      ? order.startsWith('Y')
        ? [value.slice(0, 4), value.slice(4, 6), value.slice(6)]
        : [value.slice(0, 2), value.slice(2, 4), value.slice(4)]
      : [value.slice(0, 2), value.slice(2, 4), value.slice(4)];
  const at = (letter: string): string => parts[order.indexOf(letter)] ?? '';
  const [month, day] = [at('M'), at('D')];
  if (value.length === 4) {
    const [first, second] = order.indexOf('D') < order.indexOf('M') ? [parts[1], parts[0]] : [parts[0], parts[1]];
    return isCivilDate(2000, Number(first), Number(second)) ? `XXXX-${first}-${second}` : IMPOSSIBLE;
  }
  if (order.length < 3) return undefined;
  const year = at('Y').length === 4 ? Number(at('Y')) : Number(at('Y')) + (Number(at('Y')) < 80 ? 2000 : 1900);
  return isCivilDate(year, Number(month), Number(day)) ? `${year}-${month}-${day}` : IMPOSSIBLE;
}

/** `HHMM` or `HHMMSS`, with or without colons, as `HH:MM:SS`. */
function clockOf(value: string): string | undefined {
  const digits = value.length === 4 ? value : value.replaceAll(':', '').padStart(4, '0');
  if (!/^\d{4}(?:\d\d)?$/.test(digits)) return undefined;
  const isPossible = digits < '24' && digits.slice(2, 4) < '60' && digits.slice(4) < '60';
  return isPossible
    ? `${digits.slice(0, 2)}:${digits.slice(2, 4)}:${digits.length > 4 ? digits.slice(4) : '00'}`
    : IMPOSSIBLE;
}

/** Who went where, where the condition code alone does not say. */
function directionByTrunks(hasIn: boolean, hasOut: boolean): RecordDirection | undefined {
  if (hasIn) return hasOut ? 'tandem' : 'incoming';
  return hasOut ? 'outgoing' : undefined;
}

function writeDuration(draft: Draft, tenths: string, seconds: string, flow: Flow): string | undefined {
  if (seconds === '' && (tenths === '' || tenths === UNKNOWN_DURATION)) {
    if (tenths !== '') draft.extra = { ...draft.extra, duration: tenths };
    return undefined;
  }
  const duration = seconds === '' ? tenthsSeconds(tenths) : /^\d{1,9}$/.test(seconds) ? Number(seconds) : undefined;
  if (duration === undefined) return 'bad-duration';
  if (flow === 'ring') draft.ringSeconds = duration;
  else draft.durationSeconds = duration;
  return undefined;
}

/** Reads all fields of a page at once, since most depend on the condition code. */
export function cmFields(columns: CmColumns, habits: CmHabits): Field {
  return (cellOf) => {
    const at = (item: Item): number => (columns[item] === undefined ? -1 : cellOf(item));
    const [dateAt, timeAt, tenthsAt, secondsAt] = [at('date'), at('time'), at('duration'), at('sec-dur')];
    const [conditionAt, dialAt, usedAt] = [at('cond-code'), at('code-dial'), at('code-used')];
    const [dialedAt, callingAt, callingOrTacAt] = [at('dialed-num'), at('calling-num'), at('clg-num/in-tac')];
    const [accountAt, authAt] = [at('acct-code'), at('auth-code')];
    const [inCodeAt, inCircuitAt, outCircuitAt] = [at('in-trk-code'), at('in-crt-id'), at('out-crt-id')];
    const [digitAt, inHundredsAt, outHundredsAt] = [
      at('calling-digit-1'),
      at('in-crt-hundreds'),
      at('out-crt-hundreds'),
    ];
    const details = DETAILS.filter((name) => columns[name] !== undefined).map((name) => [name, at(name)] as const);
    const ucidAt = at('ucid');
    const { isNarrow = false, has59Letters = false, isTold = false } = habits;
    const numberPattern = isTold ? WORD : NUMBER;
    const codePattern = isTold ? WORD : CODE;
    let lastDate = '';
    let lastOrder: DateOrder | undefined;
    let lastRead: string | undefined;

    const readTime = (draft: Draft, state: ReadState, printedDate: string, printed: string): string | undefined => {
      if (timeAt < 0 && dateAt < 0) return undefined;
      const time = timeAt < 0 ? '00:00:00' : clockOf(printed);
      if (time === undefined) return 'bad-time';
      if (dateAt < 0) {
        if (time === IMPOSSIBLE) return writeTime(draft, state, IMPOSSIBLE, IMPOSSIBLE, state.options.timeIs);
        const day = dateOfCall(time.slice(0, 2) + time.slice(3, 5), state.context);
        draft.startOrEnd = state.options.timeIs;
        draft[state.options.timeIs] = day === undefined ? `T${time}` : `XXXX-${day}T${time}`;
        return undefined;
      }
      const { dateOrder } = state.options;
      if (printedDate !== lastDate || dateOrder !== lastOrder) {
        lastRead = packedDate(printedDate, dateOrder);
        lastDate = printedDate;
        lastOrder = dateOrder;
      }
      return lastRead === undefined ? 'bad-date' : writeTime(draft, state, lastRead, time, state.options.timeIs);
    };

    return (row, draft, state) => {
      const cell = (index: number): string => (index < 0 ? '' : (row[index] ?? ''));
      const condition = cell(conditionAt);
      const known = flowOf(condition, has59Letters);
      if (known === undefined && !(isTold && /^[A-Z\d]?$/.test(condition))) return 'bad-condition';
      const flow = known ?? 'by-trunks';
      if (flow === 'not-recorded' || flow === 'signalling') return flow;

      const time = readTime(draft, state, cell(dateAt), cell(timeAt));
      if (time !== undefined) return time;
      const duration = writeDuration(draft, cell(tenthsAt), cell(secondsAt), flow);
      if (duration !== undefined) return duration;

      const dialed = cell(dialedAt);
      const calling = digitAt < 0 ? cell(callingAt) : cell(digitAt) + cell(callingAt);
      const callingOrTac = cell(callingOrTacAt);
      const [dialCode, usedCode, inCode] = [cell(dialAt), cell(usedAt), cell(inCodeAt)];
      if (dialed !== '' && !numberPattern.test(dialed)) return 'bad-number';
      if (calling !== '' && !numberPattern.test(calling)) return 'bad-extension';
      if (callingOrTac !== '' && !numberPattern.test(callingOrTac)) return 'bad-extension';
      if (dialCode !== '' && !codePattern.test(dialCode)) return 'bad-access-code';
      if (usedCode !== '' && !codePattern.test(usedCode)) return 'bad-access-code';
      if (inCode !== '' && !codePattern.test(inCode)) return 'bad-access-code';
      const inCircuit = circuitOf(cell(inCircuitAt), cell(inHundredsAt), habits, state);
      const outCircuit = circuitOf(cell(outCircuitAt), cell(outHundredsAt), habits, state);
      if (inCircuit === undefined || outCircuit === undefined) return 'bad-circuit';
      const isFromNobody = calling === '' && callingOrTac === '' && inCode === '';
      if (dialed === '' && isFromNobody) return 'cut-short';
      // The dense pages are digits side by side: so is a time stamp, a bar code, a number without its call.
      if (!isTold && isFromNobody && inCircuit === '' && outCircuit === '') return 'cut-short';

      const hasOut = usedCode !== '' || outCircuit !== '';
      const hasIn = inCode !== '' || inCircuit !== '';
      const direction =
        flow === 'incoming'
          ? hasOut
            ? 'tandem'
            : 'incoming'
          : flow === 'ring'
            ? 'incoming'
            : flow === 'by-trunks' || flow === 'failed'
              ? directionByTrunks(hasIn, hasOut)
              : flow;
      if (direction !== undefined) draft.direction = direction;
      if (condition !== '') draft.conditionCode = condition;
      if (flow === 'failed') draft.answered = false;
      if (flow === 'ring') {
        draft.answered = condition === 'G';
        // The answered call has a second record with its talk.
        if (condition === 'G') state.isPart = true;
      }

      const isFromOutside = direction === 'incoming' || direction === 'tandem';
      // An access code has at most four digits; a caller's number in this field is longer.
      const isAccessCode = isFromOutside && callingAt < 0 && callingOrTac.length <= 4;
      const caller = calling === '' && !isAccessCode ? callingOrTac : calling;
      if (isFromOutside) {
        const trunk = inCode !== '' ? inCode : isNarrow ? calling : isAccessCode ? callingOrTac : '';
        if (trunk !== '') draft.trunk = trunk;
        else if (inCircuit !== '') draft.trunk = inCircuit;
        if (caller !== '' && !isNarrow) draft.callerNumber = caller;
        if (direction === 'incoming' && dialed !== '') draft.extension = dialed;
        else if (outCircuit !== '') draft.trunkOut = outCircuit;
      } else {
        if (caller !== '') draft.callerNumber = caller;
        // Without an incoming trunk the caller is inside.
        if (caller !== '' && !hasIn) draft.extension = caller;
        if (direction === 'outgoing' && outCircuit !== '') draft.trunk = outCircuit;
      }
      if (dialed !== '') draft.dialedNumber = dialed;

      const account = cell(accountAt);
      if (account !== '') {
        if (!WORD.test(account)) return 'bad-account';
        draft.accountCode = account;
      }
      const auth = cell(authAt);
      if (auth !== '') {
        if (!WORD.test(auth)) return 'bad-authorization';
        draft.authCode = auth;
      }
      if (cell(ucidAt) !== '') draft.callId = cell(ucidAt);
      writeDetails(draft, row, details, { 'code-dial': dialCode, 'code-used': usedCode, inCircuit, outCircuit });
      return undefined;
    };
  };
}

/** The circuit's number, `''` when none is printed, undefined when the cell holds no digits. */
function circuitOf(printed: string, hundreds: string, habits: CmHabits, state: ReadState): string | undefined {
  if (printed === '' && hundreds === '') return '';
  const digits = hundreds + printed;
  if (!/^\d+$/.test(digits)) return undefined;
  const isInverted = habits.hasInvertedCircuits === true && state.options.own['circuitIds'] !== 'modified';
  return isInverted && digits.length === 3 ? digits.slice(2) + digits.slice(0, 2) : digits;
}

interface Codes {
  readonly 'code-dial': string;
  readonly 'code-used': string;
  readonly inCircuit: string;
  readonly outCircuit: string;
}

function writeDetails(
  draft: Draft,
  row: readonly string[],
  details: readonly (readonly [Detail, number])[],
  codes: Codes,
): void {
  const extra: Record<string, string> = { ...draft.extra };
  let isEmpty = draft.extra === undefined;
  const put = (name: string, value: string): void => {
    if (value === '') return;
    extra[name] = value;
    isEmpty = false;
  };
  put('code-dial', codes['code-dial']);
  put('code-used', codes['code-used']);
  put('in-crt-id', codes.inCircuit);
  put('out-crt-id', codes.outCircuit);
  for (const [name, index] of details) put(name, row[index] ?? '');
  if (!isEmpty) draft.extra = extra;
}
