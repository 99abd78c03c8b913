/**
 * Nortel SL-1, Meridian 1, Succession and Avaya CS1000 call detail records, old and new format, and the same records of
 * BCM and Norstar in SL-1 mode. A record is a line and up to two that go on with it (meridian-line.ts, meridian-more.ts):
 *
 *     N 060 00 A001026 1031    01/10 13:07:40 00:00:04.0
 *      &802220965XXXXXXX
 *      &00:10                                000 00 0 02
 *
 * - The two formats are told apart by the seconds of the time. No record has a year.
 * - Codes come as records of their own before the call's: A is an authorization code, C and M are charge accounts.
 * - S, X and E are the legs of one call; B was given up by the caller.
 * - The trunk's letter: T has no answer supervision (or none yet), A was answered.
 * - Serial lines of 7 bits and a parity bit: the highest bit is no part of a character.
 */
import { type Draft, type ReadState, type ResolvedOptions, resolveOptions } from '../engine.ts';
import { clockSeconds, readDate, readTime, writeTime } from '../readers.ts';
import { expandTabs } from '../tabs.ts';
import type { FormatDefinition, GroupFraming, LineRole, ParseOutcome, StreamContext } from '../types.ts';
import { CODE_FIELDS, meridianAssembly } from './meridian-assembly.ts';
import { type FirstLine, isFirstLine, readFirstLine, type Terminal } from './meridian-line.ts';
import { type MoreLines, readMoreLine } from './meridian-more.ts';
import { chargeUnitOption, incomingNumberOption } from './options.ts';

/** Types that are calls or parts of one. */
const CALL_TYPES = 'NSXEBLDQRF';
const CODE_TYPES = 'ACM';
/** These always print how long they took. */
const TIMED_TYPES = 'NLD';
/** Known types without a telephone call in them. */
const OTHER_TYPES: Readonly<Record<string, string>> = {
  I: 'system-start',
  T: 'clock-change',
  G: 'packet-data',
  H: 'packet-data',
  Y: 'feature',
};

const NOISE: readonly (readonly [string, RegExp])[] = [
  ['blank', /^\s*$/],
  ['maintenance', /^\s*(?:[A-Z]{3}\d{3,4}|[A-Z]{4}\d{3})(?:\s.*)?$/],
  ['prompt', /^\s*(?:>|\.|OVL\d*|LOGI|LOGO|PASS\?|REQ|\*{4}|TTY ?#? ?\d+.*(?:LOGGED|SCH|SESSION).*)\s*$/],
];

/** Keeps records before and after a restart or a change of the clock apart. */
const EPOCH = 'epoch';

const AMPERSAND = 38;
/** Bytes with a parity bit, and padding that the framer has not seen. */
const ODD_BYTES = /[\0\x80-\xff]/;
const PARITY = /[\x80-\xff]/g;
const PADDING = /\0/g;
const UTF8_MARK = /^\xef\xbb\xbf/;

const withoutParity = (text: string): string =>
  ODD_BYTES.test(text)
    ? text
        .replace(UTF8_MARK, '')
        .replace(PARITY, (character) => String.fromCharCode(character.charCodeAt(0) & 0x7f))
        .replace(PADDING, '')
    : text;

/** BCM marks its second lines with nothing. */
const MAY_BE_MORE = /^[\dXx*#+]/;
const IN_FRONT = /^[\x00-\x20\x7f]+/;
/** Blanks and bells in front of a first line move its columns, which mean nothing by themselves. */
const withoutFront = (line: string): string => (line.charCodeAt(0) <= 32 ? line.replace(IN_FRONT, '') : line);

function roleOf(raw: string): LineRole {
  if (isFirstLine(raw)) return 'first';
  if (raw.charCodeAt(1) === AMPERSAND && raw.charCodeAt(0) === 32) return 'more';
  const line = withoutFront(withoutParity(raw));
  if (isFirstLine(line)) return 'first';
  if (line.charCodeAt(0) === AMPERSAND) return 'more';
  return MAY_BE_MORE.test(line) && readMoreLine(line, {}) ? 'more' : 'alone';
}

const framing: GroupFraming = { kind: 'group', maxBytes: 512, maxLines: 3, endsAtEmptyLine: false, roleOf };

function writeTerminal(draft: Draft, terminal: Terminal | undefined): void {
  if (terminal?.kind === 'inside') draft.extension = terminal.name;
  else if (terminal?.kind === 'trunk') draft.trunk = terminal.name;
  else if (terminal !== undefined) draft.extra = { ...draft.extra, terminal: terminal.name };
}

/** Who called whom over what. A code record only names the parties: the call's own record tells the direction. */
function writeParties(draft: Draft, { type, from, to }: FirstLine): void {
  writeTerminal(draft, from);
  if (from?.kind === 'trunk' && to?.kind === 'trunk') draft.trunkOut = to.name;
  else if (from?.kind !== 'inside' || to?.kind !== 'inside') writeTerminal(draft, to);
  if (CODE_TYPES.includes(type) || type === 'P') return;
  if (from?.kind === 'trunk') draft.direction = to?.kind === 'trunk' ? 'tandem' : 'incoming';
  else if (to?.kind === 'trunk') draft.direction = 'outgoing';
  else if (from?.kind === 'inside' && to?.kind === 'inside') draft.direction = 'internal';
  if (from?.kind === 'inside' && draft.direction !== undefined) draft.callerNumber = from.name;
}

/** Which moment the printed time is: a code is keyed while the call begins, and a leg without a duration says by its type. */
function momentOf({ type, duration }: FirstLine, timeIs: ResolvedOptions['timeIs']): ResolvedOptions['timeIs'] {
  if (CODE_TYPES.includes(type) || type === 'P') return 'start';
  if (duration === '' && type === 'S') return 'start';
  return duration === '' && type === 'E' ? 'end' : timeIs;
}

function writeDigits(draft: Draft, line: FirstLine, more: MoreLines, options: ResolvedOptions): void {
  const digits = line.digits === '' && draft.direction !== 'incoming' ? (more.plainDigits ?? '') : line.digits;
  if (draft.direction === 'incoming') {
    const caller = more.callerNumber ?? more.plainDigits;
    if (caller !== undefined) draft.callerNumber = caller;
    if (digits === '') return;
    const meaning = options.own['incomingNumber'];
    if (meaning === 'called') draft.dialedNumber = digits;
    else if (meaning === 'caller' && caller === undefined) draft.callerNumber = digits;
    else draft.extra = { ...draft.extra, digits };
    return;
  }
  if (draft.direction === 'tandem' && more.callerNumber !== undefined) draft.callerNumber = more.callerNumber;
  if (digits !== '') draft.dialedNumber = digits;
  else if (draft.direction === 'internal' && line.to !== undefined) draft.dialedNumber = line.to.name;
}

function writeExtras(draft: Draft, line: FirstLine, more: MoreLines, options: ResolvedOptions): void {
  if (more.charge !== undefined) {
    const charge = more.charge.replace(/^0+(?=\d)/, '');
    if (options.own['chargeUnit'] === 'pulses') draft.extra = { ...draft.extra, pulses: charge };
    else draft.cost = charge;
  }
  if (line.customer !== '00') draft.extra = { ...draft.extra, customer: line.customer };
  if (line.mark !== '' && line.mark !== 'A') draft.extra = { ...draft.extra, digitsMark: line.mark };
  if (line.more !== '') draft.extra = { ...draft.extra, more: line.more };
  if (more.ringMark !== undefined) draft.extra = { ...draft.extra, ringMark: more.ringMark };
  if (more.unknown !== undefined) draft.extra = { ...draft.extra, unknown: more.unknown };
}

/** Fills the record; a stable word when the lines are not what their type says. */
function writeRecord(
  draft: Draft,
  line: FirstLine,
  more: MoreLines,
  state: ReadState,
  dateOf: (printed: string) => string | undefined,
): string | undefined {
  const { type } = line;
  draft.conditionCode = type;
  writeParties(draft, line);
  if (line.duration !== '') {
    const seconds = clockSeconds(line.duration, 3);
    if (seconds === undefined) return 'bad-duration';
    draft.durationSeconds = seconds;
  } else if (TIMED_TYPES.includes(type)) return 'no-duration';
  if (more.ringSeconds !== undefined) draft.ringSeconds = more.ringSeconds;
  if (CODE_TYPES.includes(type)) {
    const code = line.digits === '' ? more.plainDigits : line.digits;
    // What M counts is a conference, whether or not somebody keyed a code for it.
    if (code === undefined && type !== 'M') return 'no-code';
    if (code !== undefined) draft[type === 'A' ? 'authCode' : 'accountCode'] = code;
    state.isPart = true;
  } else if (type === 'P') {
    const caller = more.callerNumber ?? more.plainDigits ?? line.digits;
    if (caller !== '') draft.callerNumber = caller;
    state.isPart = true;
  } else {
    if (draft.direction === undefined && line.from === undefined) return 'bad-party';
    const isBare = line.to === undefined && line.duration === '' && line.digits === '';
    if (draft.direction === undefined && isBare) return 'cut-short';
    writeDigits(draft, line, more, state.options);
    if (type === 'B') draft.answered = false;
    else if (draft.direction === 'incoming' && line.from?.name.startsWith('A') === true) draft.answered = true;
    if (type === 'X') draft.transferred = true;
  }
  writeExtras(draft, line, more, state.options);
  const date = dateOf(line.date);
  const time = readTime(line.time);
  if (date === undefined) return 'bad-date';
  if (time === undefined) return 'bad-time';
  return writeTime(draft, state, date, time, momentOf(line, state.options.timeIs));
}

const LINE_ENDS = /[\r\n\f]+/;

function linesOf(frame: string): readonly string[] {
  const text = expandTabs(withoutFront(withoutParity(frame)));
  // The framer puts one LF between lines; read from the journal they have what the switch sent.
  return text.includes('\r') || text.includes('\f') ? text.split(LINE_ENDS) : text.split('\n');
}

function notARecord(line: string): ParseOutcome {
  for (const [rule, pattern] of NOISE) if (pattern.test(line)) return { kind: 'noise', rule };
  const isMore = line.trimStart().startsWith('&');
  return { kind: 'malformed', reason: isMore ? 'no-first-line' : 'unknown-line' };
}

/** The date of the record before, which most records share. */
function rememberedDate(order: 'DM' | 'MD'): (printed: string) => string | undefined {
  let last = '';
  let read: string | undefined;
  return (printed) => {
    if (printed !== last) {
      last = printed;
      read = readDate(printed, order);
    }
    return read;
  };
}

function createParser(state: ReadState) {
  const dateOf = rememberedDate(state.options.dateOrder.startsWith('D') ? 'DM' : 'MD');
  return (text: string, context: StreamContext): ParseOutcome => {
    const [head = '', ...rest] = linesOf(text);
    if (!isFirstLine(head)) return notARecord(head);
    const type = head.charAt(0);
    const other = OTHER_TYPES[type];
    if (other !== undefined) {
      if (type === 'T' || type === 'I') context[EPOCH] = String(Number(context[EPOCH] ?? '0') + 1);
      return { kind: 'noise', rule: other };
    }
    if (!CALL_TYPES.includes(type) && !CODE_TYPES.includes(type) && type !== 'P') {
      return { kind: 'malformed', reason: 'bad-call-type', detail: type };
    }
    const line = readFirstLine(head);
    if (typeof line === 'string') return { kind: 'malformed', reason: line };
    const more: MoreLines = {};
    for (const one of rest)
      if (one !== '' && !readMoreLine(one, more)) return { kind: 'malformed', reason: 'bad-second-line' };
    state.doubts.length = 0;
    state.isPart = false;
    const draft: Draft = {};
    const failure = writeRecord(draft, line, more, state, dateOf);
    if (failure !== undefined) return { kind: 'malformed', reason: failure };
    const epoch = context[EPOCH];
    if (epoch !== undefined) draft.extra = { ...draft.extra, epoch };
    const kind = state.isPart ? 'part' : 'call';
    return state.doubts.length === 0 ? { kind, record: draft } : { kind, record: draft, doubts: state.doubts.slice() };
  };
}

const OPTIONS = [incomingNumberOption, chargeUnitOption] as const;
const DEFAULTS = { dateOrder: 'MD', clock: '24h', timeIs: 'start' } as const;

export const meridian: FormatDefinition = {
  id: 'nortel-meridian',
  aliases: [
    'nortel-sl1',
    'nortel-cs1000',
    'nortel-meridian-old',
    'nortel-meridian-new',
    'nortel-bcm-sl1',
    'nortel-norstar-sl1',
  ],
  vendor: 'Nortel',
  title: 'Nortel Meridian 1, Avaya CS1000, BCM in SL-1 mode',
  models: [
    'SL-1',
    'Meridian 1 Option 11C',
    'Meridian 1 Option 51C',
    'Meridian 1 Option 61C',
    'Meridian 1 Option 81C',
    'Succession 1000',
    'CS1000E',
    'CS1000M',
    'CS1000S',
    'BCM50',
    'BCM200',
    'BCM400',
    'BCM450',
    'Norstar SMDR6',
  ],
  transports: ['serial', 'tcp-client', 'tcp-listener', 'file'],
  confidence: 'proved',
  unsure: {
    en: 'Whether the time of a record is the start or the end of the call differs between sites: the new format was seen with the start, the old one with both. Make a long test call, compare, and set “The printed time is”. The order of month and day is from the manuals.',
    vi: 'Giờ in trong bản ghi là lúc bắt đầu hay kết thúc tùy từng nơi: định dạng mới đã thấy in giờ bắt đầu, định dạng cũ thấy cả hai. Hãy gọi thử một cuộc dài, so lại rồi đặt mục “Giờ được in là”. Thứ tự tháng và ngày lấy theo tài liệu.',
  },
  framing,
  options: OPTIONS,
  defaults: DEFAULTS,
  codeFields: CODE_FIELDS,
  create(given) {
    const options = resolveOptions({ options: OPTIONS, defaults: DEFAULTS }, given);
    return { parse: createParser({ options, context: {}, line: '', doubts: [], isPart: false }) };
  },
  assembly: meridianAssembly,
};
