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
import type { Doubt } from '../../core/model/call-record.ts';
import { isCivilDate } from '../../core/model/time.ts';
import { type Draft, decodeLine, type ResolvedOptions, resolveOptions } from '../engine.ts';
import { clockSeconds } from '../readers.ts';
import type { FormatDefinition, FormatOptions, ParseOutcome, StreamContext } from '../types.ts';
import { mitelAssembly } from './assembly.ts';
import { CELLS, type CellName, LAYOUTS, type LayoutName } from './columns.ts';
import { type Cells, findLayout } from './layout.ts';
import { layoutOption, meterOption } from './options.ts';

const DATED = /^.?(?:0\d|1[0-2]|[1-3]\d| \d)\/[ \d]\d [ \d]\d:/;
const NOISE: readonly (readonly [rule: string, pattern: RegExp])[] = [
  ['blank', /^\s*$/],
  ['clock-malfunction', /\bCLOCK\s+MALFUNCTION\b/i],
  ['data-call', /^.?[ \d]\d-[ \d]\d [ \d]\d:\d\d.*\bDATA\b/],
  ['ruler', /^\s*[-=*_]{3}[-=*_\s]*$/],
  ['heading', /^(?=.*\bDATE\b)(?=.*\bTIME\b)\D+$/i],
];

const indexes = Object.fromEntries(CELLS.map((name, index) => [name, index])) as Readonly<Record<CellName, number>>;

/** Cells kept for the details of a call and for assembly, by the names they get. */
const EXTRA: readonly (readonly [key: string, cell: CellName])[] = [
  ['speedOrForward', 'speed'],
  ['thirdParty', 'third'],
  ['attendantCalled', 'ldn'],
  ['routeOptimisation', 'route'],
  ['systemId', 'system'],
  ['precedence', 'mlpp'],
  ['suite', 'suite'],
  ['sequence', 'sequence'],
  ['associatedId', 'associated'],
  ['twoChannelTransfer', 'twoChannel'],
  ['callingHotDeskUser', 'callingHotDesk'],
  ['calledHotDeskUser', 'calledHotDesk'],
  ['callingPlace', 'callingPlace'],
  ['calledPlace', 'calledPlace'],
];

const TRUNK = /^[TX]\d/;
const METER = /^(.*)\s(\d{5})$/;
const METER_PLACE = 21;

interface Settings {
  readonly options: ResolvedOptions;
  readonly layout: LayoutName | undefined;
  readonly meter: string;
}

function settingsOf(given: FormatOptions): Settings {
  const options = resolveOptions({ options: [layoutOption, meterOption], defaults: DEFAULTS }, given);
  return {
    options,
    layout: LAYOUTS.find((layout) => layout === options.own['layout']),
    meter: options.own['meterPulses'] ?? 'auto',
  };
}

const pad = (n: number): string => (n < 10 ? `0${n}` : `${n}`);

/**
 * Start of the record. On a 12-hour clock a quarter past midnight is `12:15` without a `P`; that the clock is one shows
 * by a `P` seen before, and that it is not by an hour above 12.
 */
function readStart(date: string, time: string, options: ResolvedOptions, context: StreamContext): string | undefined {
  const [first, second] = [Number(date.slice(0, 2)), Number(date.slice(3, 5))];
  const [month, day] =
    options.dateOrder.indexOf('D') < options.dateOrder.indexOf('M') ? [second, first] : [first, second];
  const m = /^(\d{1,2}):(\d\d)(?::(\d\d))? ?([PpAa])?[Mm]?$/.exec(time);
  if (m === null) return 'bad-time';
  let hour = Number(m[1]);
  const half = (m[4] ?? '').toUpperCase();
  const told = options.own['clock'];
  if (half === 'P') context['clock'] = '12h';
  else if (hour > 12) context['clock'] = '24h';
  if (half !== '' && hour > 12) return undefined;
  const isTwelveHour = half !== '' || (told ?? context['clock']) === '12h';
  if (isTwelveHour && hour <= 12) hour = (hour % 12) + (half === 'P' ? 12 : 0);
  const seconds = m[3] ?? '00';
  if (!isCivilDate(2000, month, day) || hour > 23 || Number(m[2]) > 59 || Number(seconds) > 59) return undefined;
  return `XXXX-${pad(month)}-${pad(day)}T${pad(hour)}:${m[2]}:${seconds}`;
}

/** Digits, and the meter pulses that take their last five places where the PBX prints them. */
function splitDigits(printed: string, place: string, meter: string): readonly [digits: string, pulses: string] {
  if (meter === 'no') return [printed, ''];
  const pulses = place.trim();
  if (!/^\d{5}$/.test(place) || !printed.endsWith(pulses)) return [printed, ''];
  if (printed === pulses) return ['', pulses];
  if (meter === 'yes') return [printed.slice(0, -pulses.length).trim(), pulses];
  const m = METER.exec(printed);
  return m === null ? [printed, ''] : [(m[1] ?? '').trim(), pulses];
}

/**
 * The number that an incoming call reached: the DNIS, else the only number of the digits. A number that ends with the party
 * who answered is two numbers run together (a group and its member), or nobody knows: it stays in `extra.digits`.
 */
function numberReached(digits: string, dnis: string, ani: string, called: string): string | undefined {
  if (dnis !== '') return dnis;
  const numbers = digits.split(/ +/).filter((number) => number !== '' && number !== ani);
  const [only] = numbers;
  if (only === undefined || numbers.length > 1) return undefined;
  return called !== '' && only !== called && only.endsWith(called) ? undefined : only;
}

function readParties(draft: Draft, cell: (name: CellName) => string, digits: string): void {
  const [calling, called, ani, completion] = [cell('calling'), cell('called'), cell('ani'), cell('completion')];
  const [isFromTrunk, isToTrunk] = [TRUNK.test(calling), TRUNK.test(called)];
  const hasAnswerTime = /[\d*]{3}$/.test(cell('answer'));
  const setOutgoing = (): void => {
    draft.direction = 'outgoing';
    if (calling !== '') {
      draft.extension = calling;
      draft.callerNumber = calling;
    }
    if (isToTrunk) draft.trunk = called;
    if (digits !== '') draft.dialedNumber = digits;
    if (ani !== '') draft.extra = { ...draft.extra, numberSent: ani };
  };
  if (isFromTrunk && isToTrunk) {
    draft.direction = 'tandem';
    draft.trunk = calling;
    draft.trunkOut = called;
    if (ani !== '') draft.callerNumber = ani;
    const dialled = digits !== '' ? digits : cell('dnis');
    if (dialled !== '') draft.dialedNumber = dialled;
  } else if (completion === 'I' || (!isFromTrunk && !isToTrunk && calling !== '' && called !== '')) {
    draft.direction = 'internal';
    if (calling !== '') {
      draft.extension = calling;
      draft.callerNumber = calling;
    }
    const dialled = digits !== '' ? digits : called;
    if (dialled !== '') draft.dialedNumber = dialled;
  } else if (isFromTrunk || (calling === '' && !isToTrunk && (hasAnswerTime || (ani !== '' && called !== '')))) {
    draft.direction = 'incoming';
    if (isFromTrunk) draft.trunk = calling;
    if (called !== '') draft.extension = called;
    if (ani !== '') draft.callerNumber = ani;
    const reached = numberReached(digits, cell('dnis'), ani, called);
    if (reached !== undefined) draft.dialedNumber = reached;
    if (digits !== '' && digits !== reached) draft.extra = { ...draft.extra, digits };
  } else if (calling !== '' || isToTrunk) setOutgoing();
  else {
    if (called !== '') draft.extension = called;
    if (digits !== '') draft.dialedNumber = digits;
    if (ani !== '') draft.callerNumber = ani;
  }
}

/** What the letters and the time to answer say. */
function readResult(draft: Draft, cell: (name: CellName) => string): void {
  const [completion, transfer] = [cell('completion'), cell('transfer')];
  const answer = cell('answer').replace(/ /g, '');
  const isIncoming = draft.direction === 'incoming';
  const isUnanswered = /^\*{3,5}$/.test(answer);
  const isRefused = completion === 'B' || (!isIncoming && (completion === 'E' || completion === 'T'));
  if (completion === 'A') draft.answered = true;
  else if (isUnanswered || isRefused || draft.durationSeconds === undefined) draft.answered = false;
  const seconds = /\d+$/.exec(answer)?.[0];
  if (seconds !== undefined) draft.ringSeconds = Number(seconds);
  if (transfer === 'T' || transfer === 'X') draft.transferred = true;
  const condition = completion !== '' ? completion : transfer;
  if (condition !== '') draft.conditionCode = condition;
  if (/^\*(?:\d|\*{4}|$)/.test(answer)) draft.extra = { ...draft.extra, attendant: '*' };
  if (completion !== '' && transfer !== '') draft.extra = { ...draft.extra, transferCode: transfer };
}

const place = (line: string, cells: Cells, layout: LayoutName): string => {
  const start = layout === 'standard' ? 34 : layout === 'level2' ? 42 : 39;
  return cells[indexes.digits] === '' ? '' : line.slice(start - 1 + METER_PLACE, start - 1 + METER_PLACE + 5);
};

function parseLine(text: string, { options, layout: chosen, meter }: Settings, context: StreamContext): ParseOutcome {
  const decoded = decodeLine(text, options);
  if (!DATED.test(decoded)) {
    for (const [rule, pattern] of NOISE) if (pattern.test(decoded)) return { kind: 'noise', rule };
    return { kind: 'malformed', reason: 'unknown-line' };
  }
  // An editor that took the blank of the long-call column moved everything by one.
  const line = decoded[2] === '/' ? ` ${decoded}` : decoded;
  const found = findLayout(line, chosen, context['layout']);
  if (typeof found === 'string') return { kind: 'malformed', reason: found };
  const { layout, cells, isProved } = found;
  const cell = (name: CellName): string => cells[indexes[name]] ?? '';
  if (!/^[-%+ ]$/.test(line[0] ?? '')) return { kind: 'malformed', reason: 'bad-long-call' };
  if (cell('calling') === '' && cell('called') === '' && cell('digits') === '') {
    return { kind: 'malformed', reason: 'cut-short' };
  }
  const draft: Draft = {};
  const doubts: Doubt[] = [];
  const start = readStart(cell('date'), cell('time'), options, context);
  if (start === 'bad-time') return { kind: 'malformed', reason: 'bad-time' };
  if (start === undefined) doubts.push('date-impossible');
  else draft[options.timeIs] = start;
  draft.startOrEnd = options.timeIs;
  if (cell('duration') !== '') {
    const seconds = clockSeconds(cell('duration'), 3);
    if (seconds === undefined) return { kind: 'malformed', reason: 'bad-duration' };
    draft.durationSeconds = seconds;
  }
  const [digits, pulses] = splitDigits(cell('digits'), place(line, cells, layout), meter);
  readParties(draft, cell, digits);
  readResult(draft, cell);
  if (cell('account') !== '') draft.accountCode = cell('account');
  if (cell('callId') !== '') draft.callId = cell('callId');
  const extra: Record<string, string> = { ...draft.extra };
  for (const [key, name] of EXTRA) if (cell(name) !== '') extra[key] = cell(name);
  if (pulses !== '') extra['meterPulses'] = pulses;
  if (Object.keys(extra).length > 0) draft.extra = extra;
  if (isProved) context['layout'] = layout;
  return doubts.length === 0 ? { kind: 'call', record: draft } : { kind: 'call', record: draft, doubts };
}

const DEFAULTS = { dateOrder: 'MD', timeIs: 'start' } as const;

export const mitelSmdr: FormatDefinition = {
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
  options: [layoutOption, meterOption],
  defaults: DEFAULTS,
  codeFields: ['account'],
  create(given) {
    const settings = settingsOf(given);
    return { parse: (text, context) => parseLine(text, settings, context) };
  },
  assembly: mitelAssembly,
};
