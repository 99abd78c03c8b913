/**
 * SX-50, SX-200, SX-2000, 3300 ICP and MiVoice Business: one line a call, in one of four widths (columns.ts; layout.ts
 * finds which). Nothing in the record names its layout, and it has no year.
 *
 *     L MM/DD HH:MMP HH:MM:SS calling *answer digits…  [meter] completion speed called … transfer third … account … system …
 *
 * `L` is a mark for long calls, `P` an afternoon on a 12-hour clock. Parties are extensions, `ATTnn`, `Tnnn` (CO trunk) or
 * `Xnnn` (other trunk): they tell the direction. All stars as the time to answer is a call nobody took, whatever its
 * duration says. The account code is the personal code of this PBX.
 */
import { isCivilDate } from '../../core/model/time.ts';
import { type Draft, type ResolvedOptions, resolveOptions } from '../engine.ts';
import { withCleanColumns } from '../line-front.ts';
import { clockSeconds } from '../readers.ts';
import type { FormatDefinition, FormatOptions, ParseOutcome, StreamContext } from '../types.ts';
import { mitelAssembly } from './assembly.ts';
import { CELLS, type CellName, LAYOUTS, type LayoutName } from './columns.ts';
import { type Cells, createLayoutFinder, type LayoutFinder } from './layout.ts';
import { clockOption, layoutOption, meterOption } from './options.ts';

const NOISE: readonly (readonly [rule: string, pattern: RegExp])[] = [
  ['blank', /^\s*$/],
  ['clock-malfunction', /\bCLOCK\s+MALFUNCTION\b/i],
  ['data-call', /^.?[ \d]\d-[ \d]\d [ \d]\d:\d\d.*\bDATA\b/],
  ['ruler', /^\s*[-=*_]{3}[-=*_\s]*$/],
  ['heading', /^(?=.*\bDATE\b)(?=.*\bTIME\b)\D+$/i],
];

const at = Object.fromEntries(CELLS.map((name, index) => [name, index])) as Readonly<Record<CellName, number>>;

/** Cells kept for the details of a call and for assembly, by the names they get. */
const EXTRA: readonly { readonly key: string; readonly index: number }[] = [
  { key: 'speedOrForward', index: at.speed },
  { key: 'thirdParty', index: at.third },
  { key: 'attendantCalled', index: at.ldn },
  { key: 'routeOptimisation', index: at.route },
  { key: 'systemId', index: at.system },
  { key: 'precedence', index: at.mlpp },
  { key: 'suite', index: at.suite },
  { key: 'sequence', index: at.sequence },
  { key: 'associatedId', index: at.associated },
  { key: 'twoChannelTransfer', index: at.twoChannel },
  { key: 'callingHotDeskUser', index: at.callingHotDesk },
  { key: 'calledHotDeskUser', index: at.calledHotDesk },
  { key: 'callingPlace', index: at.callingPlace },
  { key: 'calledPlace', index: at.calledPlace },
];

interface Settings {
  readonly options: ResolvedOptions;
  readonly findLayout: LayoutFinder;
  readonly meter: string;
}

function settingsOf(given: FormatOptions): Settings {
  const options = resolveOptions({ options: OPTIONS, defaults: DEFAULTS }, given);
  return {
    options,
    findLayout: createLayoutFinder(LAYOUTS.find((layout) => layout === options.own['layout'])),
    meter: options.own['meterPulses'] ?? 'auto',
  };
}

/** Two digits, the first of which may be blank; NaN for anything else. */
function numberAt(line: string, at: number): number {
  const [tens, units] = [line.charCodeAt(at), line.charCodeAt(at + 1) - 0x30];
  if (!(units >= 0 && units <= 9)) return Number.NaN;
  if (tens === 0x20) return units;
  return tens >= 0x30 && tens <= 0x39 ? (tens - 0x30) * 10 + units : Number.NaN;
}

/** `mm/dd hh:` behind the column of the long-call mark. */
function isDated(line: string): boolean {
  if (line[3] !== '/' || line[6] !== ' ' || line[9] !== ':') return false;
  return !Number.isNaN(numberAt(line, 1) + numberAt(line, 4) + numberAt(line, 7));
}

/** An editor may have taken the blank of the long-call column, or put more in front. */
const INDENT = /^ *(?=[ \d]\d\/[ \d]\d [ \d]\d:)/;

const pad = (n: number): string => (n < 10 ? `0${n}` : `${n}`);

/**
 * Start of the record; undefined for one that no calendar has. On a 12-hour clock a quarter past midnight is `12:15`
 * without a `P`; that the clock is one shows by a `P` seen before, and that it is not by an hour above 12.
 */
function readStart(line: string, options: ResolvedOptions, context: StreamContext): string | undefined {
  const hasSeconds = line[12] === ':';
  const half = (line[hasSeconds ? 15 : 12] ?? ' ').toUpperCase();
  const minute = numberAt(line, 10);
  const second = hasSeconds ? numberAt(line, 13) : 0;
  let hour = numberAt(line, 7);
  if (Number.isNaN(minute + second) || !(half === ' ' || half === 'P' || half === 'A')) return 'bad-time';
  const isDayFirst = options.dateOrder.indexOf('D') < options.dateOrder.indexOf('M');
  const [month, day] = isDayFirst ? [numberAt(line, 4), numberAt(line, 1)] : [numberAt(line, 1), numberAt(line, 4)];
  const clock = half === 'P' ? '12h' : hour > 12 ? '24h' : context['clock'];
  if (clock !== undefined && clock !== context['clock']) context['clock'] = clock;
  if (half !== ' ' && hour > 12) return undefined;
  const chosen = options.own['clock'];
  const isTwelveHour = half !== ' ' || (chosen === '12h' || chosen === '24h' ? chosen : clock) === '12h';
  if (isTwelveHour && hour <= 12) hour = (hour % 12) + (half === 'P' ? 12 : 0);
  if (!isCivilDate(2000, month, day) || hour > 23 || minute > 59 || second > 59) return undefined;
  return `XXXX-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}`;
}

/** Where the digits of a layout begin, counted from 0. */
const DIGITS_AT: Readonly<Record<LayoutName, number>> = { standard: 33, extended: 38, level1: 38, level2: 41 };
const METER_PLACE = 21;

/** The pulses in the last five places of the digits; blank where there are none. */
function meterOf(line: string, layout: LayoutName, printed: string, meter: string): string {
  if (printed === '' || meter === 'no') return '';
  const at = DIGITS_AT[layout] + METER_PLACE;
  const last = line.charCodeAt(at + 4);
  if (!(last >= 0x30 && last <= 0x39)) return '';
  const place = line.slice(at, at + 5);
  const isBehindBlank = line.charCodeAt(at - 1) <= 32;
  return /^\d{5}$/.test(place) && (isBehindBlank || meter === 'yes') ? place : '';
}

/** A group's number in front of the member who answered; a longer one is a direct number that ends like its extension. */
const LONGEST_GROUP = 3;

/**
 * The number that an incoming call reached: the DNIS, else the only number of the digits. One that is a little longer than
 * the party who answered, and ends with it, may be two numbers run together: it stays in `extra.digits`.
 */
function numberReached(digits: string, dnis: string, ani: string, called: string): string | undefined {
  if (dnis !== '') return dnis;
  const numbers = digits.split(/ +/).filter((number) => number !== '' && number !== ani);
  const [only] = numbers;
  if (only === undefined || numbers.length > 1) return undefined;
  const longer = only.length - called.length;
  return called !== '' && longer > 0 && longer <= LONGEST_GROUP && only.endsWith(called) ? undefined : only;
}

/** `T` or `X` and a number. */
const isTrunk = (party: string): boolean => party !== '' && (party[0] === 'T' || party[0] === 'X');

interface Line {
  readonly cells: Cells;
  /** Without meter pulses. */
  readonly digits: string;
  readonly extra: Record<string, string>;
}

function readInside(draft: Draft, calling: string, dialled: string): void {
  if (calling !== '') {
    draft.extension = calling;
    draft.callerNumber = calling;
  }
  if (dialled !== '') draft.dialedNumber = dialled;
}

function readIncoming(draft: Draft, { cells, digits, extra }: Line, calling: string, called: string): void {
  const [ani, dnis] = [cells[at.ani] ?? '', cells[at.dnis] ?? ''];
  draft.direction = 'incoming';
  if (calling !== '') draft.trunk = calling;
  if (called !== '') draft.extension = called;
  if (ani !== '') draft.callerNumber = ani;
  const reached = numberReached(digits, dnis, ani, called);
  if (reached !== undefined) draft.dialedNumber = reached;
  if (digits !== '' && digits !== reached) extra['digits'] = digits;
}

function readParties(draft: Draft, line: Line): void {
  const { cells, digits, extra } = line;
  const [calling, called] = [cells[at.calling] ?? '', cells[at.called] ?? ''];
  const ani = cells[at.ani] ?? '';
  const [isFromTrunk, isToTrunk] = [isTrunk(calling), isTrunk(called)];
  if (isFromTrunk && isToTrunk) {
    draft.direction = 'tandem';
    draft.trunk = calling;
    draft.trunkOut = called;
    if (ani !== '') draft.callerNumber = ani;
    const dialled = digits !== '' ? digits : (cells[at.dnis] ?? '');
    if (dialled !== '') draft.dialedNumber = dialled;
  } else if (cells[at.completion] === 'I' || (!isFromTrunk && !isToTrunk && calling !== '' && called !== '')) {
    draft.direction = 'internal';
    readInside(draft, calling, digits !== '' ? digits : called);
  } else if (isFromTrunk) readIncoming(draft, line, calling, called);
  else if (calling !== '' || isToTrunk) {
    draft.direction = 'outgoing';
    readInside(draft, calling, digits);
    if (isToTrunk) draft.trunk = called;
    if (ani !== '') extra['numberSent'] = ani;
  } else if (/[\d*]{3}$/.test(cells[at.answer] ?? '') || (ani !== '' && called !== '')) {
    // Only incoming calls have a time to answer, and only they have a caller's number and a party that took them.
    readIncoming(draft, line, '', called);
  } else {
    if (called !== '') draft.extension = called;
    if (ani !== '') draft.callerNumber = ani;
    if (digits !== '') draft.dialedNumber = digits;
  }
}

const PLAIN_SECONDS = /^\d{1,4}$/;

/** What the letters and the time to answer say. */
function readResult(draft: Draft, { cells, extra }: Line): void {
  const [completion, transfer, printed] = [cells[at.completion], cells[at.transfer], cells[at.answer] ?? ''];
  let isUnanswered = false;
  if (printed !== '' && PLAIN_SECONDS.test(printed)) draft.ringSeconds = Number(printed);
  else if (printed !== '') {
    const answer = printed.replaceAll(' ', '');
    isUnanswered = /^\*{3,5}$/.test(answer);
    const seconds = isUnanswered ? '' : answer.replace('*', '');
    if (seconds !== '') draft.ringSeconds = Number(seconds);
    if (answer.length === 5 || (answer[0] === '*' && !isUnanswered)) extra['attendant'] = '*';
  }
  const isRefused =
    completion === 'B' || (draft.direction !== 'incoming' && (completion === 'E' || completion === 'T'));
  if (completion === 'A') draft.answered = true;
  else if (isUnanswered || isRefused || draft.durationSeconds === undefined) draft.answered = false;
  if (transfer === 'T' || transfer === 'X') draft.transferred = true;
  const condition = completion !== undefined && completion !== '' ? completion : transfer;
  if (condition !== undefined && condition !== '') draft.conditionCode = condition;
  if (transfer !== undefined && transfer !== '' && transfer !== condition) extra['transferCode'] = transfer;
}

function otherLine(text: string): ParseOutcome {
  for (const [rule, pattern] of NOISE) if (pattern.test(text)) return { kind: 'noise', rule };
  return { kind: 'malformed', reason: 'unknown-line' };
}

function parseLine(text: string, { options, findLayout, meter }: Settings, context: StreamContext): ParseOutcome {
  let line = text;
  if (!isDated(line)) {
    line = text.replace(INDENT, ' ');
    if (!isDated(line)) return otherLine(text);
  }
  const mark = line[0];
  if (mark !== ' ' && mark !== '-' && mark !== '%' && mark !== '+') {
    return { kind: 'malformed', reason: 'outside-fields' };
  }
  const found = findLayout(line, context['layout']);
  if (typeof found === 'string') return { kind: 'malformed', reason: found };
  const { layout, cells, isProved } = found;
  const printed = cells[at.digits] ?? '';
  // A caller who gave up may have left a number and a time that nobody answered in, and no more.
  const isEmpty = cells[at.calling] === '' && cells[at.called] === '' && printed === '' && cells[at.ani] === '';
  if (isEmpty) return { kind: 'malformed', reason: 'cut-short' };
  const start = readStart(line, options, context);
  if (start === 'bad-time') return { kind: 'malformed', reason: start };
  const draft: Draft = { startOrEnd: options.timeIs };
  if (start !== undefined) {
    if (options.timeIs === 'start') draft.start = start;
    else draft[options.timeIs] = start;
  }
  const duration = cells[at.duration] ?? '';
  if (duration !== '') {
    const seconds = clockSeconds(duration, 3);
    if (seconds === undefined) return { kind: 'malformed', reason: 'bad-duration' };
    draft.durationSeconds = seconds;
  }
  const pulses = meterOf(line, layout, printed, meter);
  const extra: Record<string, string> = {};
  const digits = pulses === '' ? printed : printed.slice(0, -pulses.length).trimEnd();
  const read: Line = { cells, digits, extra };
  readParties(draft, read);
  readResult(draft, read);
  const [account, callId] = [cells[at.account], cells[at.callId]];
  if (account !== undefined && account !== '') draft.accountCode = account;
  if (callId !== undefined && callId !== '') draft.callId = callId;
  for (const { key, index } of EXTRA) {
    const value = cells[index];
    if (value !== undefined && value !== '') extra[key] = value;
  }
  if (pulses !== '') extra['meterPulses'] = pulses;
  draft.extra = extra;
  if (isProved && context['layout'] !== layout) context['layout'] = layout;
  return start === undefined
    ? { kind: 'call', record: draft, doubts: ['date-impossible'] }
    : { kind: 'call', record: draft };
}

const OPTIONS = [layoutOption, clockOption, meterOption];
const DEFAULTS = { dateOrder: 'MD', timeIs: 'start' } as const;

export const mitelSmdr: FormatDefinition = withCleanColumns({
  id: 'mitel-smdr',
  aliases: ['mitel-mivb', 'mitel-3300', 'mitel-sx2000', 'mitel-sx200'],
  vendor: 'Mitel',
  title: 'Mitel SX-200, SX-2000, 3300 ICP, MiVoice Business SMDR',
  models: ['SX-50', 'SX-200 DIGITAL/ML/EL', 'SX-2000', '3300 ICP', 'MCD', 'MiVoice Business 5-10'],
  transports: ['tcp-client', 'serial', 'tcp-listener', 'file'],
  confidence: 'proved',
  unsure: {
    en: 'Only the 207-column record was checked on real lines; the others follow the manual. The year is taken from the arrival. SX-50 is expected to print 80 columns of the same page.',
    vi: 'Chỉ bản ghi 207 cột đã được kiểm tra trên dòng thật; các loại khác theo tài liệu. Năm được lấy theo lúc nhận. SX-50 được cho là in 80 cột của cùng trang này.',
  },
  framing: { kind: 'line', maxBytes: 512 },
  options: OPTIONS,
  defaults: DEFAULTS,
  codeFields: ['account'],
  create(given) {
    const settings = settingsOf(given);
    return { parse: (text, context) => parseLine(text, settings, context) };
  },
  assembly: mitelAssembly,
});
