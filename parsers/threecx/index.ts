/**
 * 3CX call data records, V15 to V20: one line a call, from the file cdr.log, a file for each call, or a socket in either
 * direction. Fields, their order and the separator are chosen in the console; nothing is quoted.
 *
 *     Call 23193,00000172FF10D141_4445,00:00:56,2020/06/29 07:53:11,2020/06/29 07:53:42,2020/06/29 07:54:39,Terminated...
 *     history id, call id, talk, start, answered, end, reason, from-no, to-no, from-dn, to-dn, dial-no, reason changed,
 *     final number, final dn, bill code, rate, cost, rate name, Chain: a;b;
 *     [from-type, to-type, final-type, three display names, missed queue calls]
 *
 * Extensions are marked `Ext.` in from-no, to-no and final-number. What was dialled after `**` is the bill code. The times
 * are UTC: the hexadecimal part of the call id is the start in milliseconds and proves it.
 */
import type { CallRecord, Doubt, RecordDirection } from '../../core/model/call-record.ts';
import { splitCells } from '../engine.ts';
import { cleanDecimal } from '../readers.ts';
import { decodeText, decodeUtf8, hasHighBytes } from '../text.ts';
import type { FormatDefinition, FormatOptions, FrameParser, ParseOutcome } from '../types.ts';
import { threeCxAssembly } from './assembly.ts';
import { utcOffsetMinutes } from './call-id.ts';
import { createFieldLists, type FieldList, fitted, headingNames, rememberHeading } from './fields.ts';
import { sideOf, trunkOf, withoutMark } from './parties.ts';
import { proposeOptions } from './propose.ts';
import { isCallId, isHistoryId, readDuration, readMoment } from './values.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const REASON = /^[A-Za-z_][\w ]*$/;
const COST = /^\d+(?:[.,]\d+)?$/;

/** The digits and the code behind them: `700**318`. */
function readDialled(value: string): { readonly number: string; readonly code: string } {
  const mark = value.indexOf('**');
  return mark <= 0
    ? { number: value, code: '' }
    : { number: value.slice(0, mark), code: value.slice(mark + 2).replace(/#$/, '') };
}

function readRecord(cells: readonly string[], list: FieldList, decode: (text: string) => string): ParseOutcome {
  const { at, has } = list;
  if (has.historyid && !isHistoryId(cells[at.historyid] ?? '')) return { kind: 'malformed', reason: 'bad-history-id' };
  if (has.callid && !isCallId(cells[at.callid] ?? '')) return { kind: 'malformed', reason: 'bad-call-id' };
  const [start, answer, end] = [
    readMoment(cells[at['time-start']] ?? ''),
    readMoment(cells[at['time-answered']] ?? ''),
    readMoment(cells[at['time-end']] ?? ''),
  ];
  if (start === undefined || answer === undefined || end === undefined)
    return { kind: 'malformed', reason: 'bad-time' };
  if (start === '' && end === '') return { kind: 'malformed', reason: 'no-time' };
  const seconds = readDuration(cells[at.duration] ?? '');
  if (seconds === undefined) return { kind: 'malformed', reason: 'bad-duration' };
  const reason = cells[at['reason-terminated']] ?? '';
  if (reason !== '' && !REASON.test(reason)) return { kind: 'malformed', reason: 'bad-reason' };
  const [fromNo, toNo, fromDn, toDn] = [
    cells[at['from-no']] ?? '',
    cells[at['to-no']] ?? '',
    cells[at['from-dn']] ?? '',
    cells[at['to-dn']] ?? '',
  ];
  if (fromNo === '' && toNo === '' && fromDn === '' && toDn === '' && (cells[at['dial-no']] ?? '') === '') {
    return { kind: 'malformed', reason: 'no-party' };
  }

  const doubts: Doubt[] = [];
  const record: Mutable<CallRecord> = { startOrEnd: start === '' ? 'end' : 'start' };
  const put = (key: 'start' | 'answer' | 'end', moment: string): void => {
    if (moment === 'impossible') doubts.push('date-impossible');
    else if (moment !== '') record[key] = moment;
  };
  put('start', start);
  put('answer', answer);
  put('end', end);
  if (has.duration) record.durationSeconds = seconds;
  else if (has['time-answered'] && answer === '') record.durationSeconds = 0;

  const [from, to] = [
    sideOf(fromNo, fromDn, cells[at['from-type']] ?? ''),
    sideOf(toNo, toDn, cells[at['to-type']] ?? ''),
  ];
  const direction = directionOf(from, to);
  if (direction !== undefined) record.direction = direction;
  const caller = withoutMark(fromNo);
  if (caller !== '' && !/^MakeCall/i.test(caller)) record.callerNumber = decode(caller);
  const name = cells[at['from-dispname']] ?? '';
  if (name !== '') record.callerName = decode(name);
  const dialled = readDialled(cells[at['dial-no']] ?? '');
  if (dialled.number !== '') record.dialedNumber = decode(dialled.number);
  const extension = extensionIn(cells, list, from, to);
  if (extension !== '') record.extension = extension;
  if (direction === 'incoming' || direction === 'tandem') setTrunk(record, 'trunk', trunkOf(fromDn, fromNo));
  if (direction === 'outgoing') setTrunk(record, 'trunk', trunkOf(toDn, toNo));
  if (direction === 'tandem') setTrunk(record, 'trunkOut', trunkOf(toDn, toNo));

  const billCode = cells[at['bill-code']] ?? '';
  const account = has['bill-code'] ? billCode : dialled.code;
  if (account !== '' && !/^default$/i.test(account)) record.accountCode = decode(account);
  const cost = cells[at['bill-cost']] ?? '';
  if (cost !== '' && COST.test(cost)) record.cost = cleanDecimal(cost);
  if (reason !== '') record.conditionCode = reason;
  if (has['time-answered']) record.answered = answer !== '';
  else if (has.duration) record.answered = (cells[at.duration] ?? '') !== '' && seconds > 0;
  const callId = cells[at.callid] ?? '';
  if (callId !== '') {
    record.callId = callId;
    const mark = callId.indexOf('_');
    record.linkedId = mark < 0 ? callId : callId.slice(0, mark);
  }
  const extra: Record<string, string> = {};
  const historyId = cells[at.historyid] ?? '';
  if (historyId !== '') extra['historyid'] = historyId.startsWith('Call ') ? historyId.slice(5) : historyId;
  for (const field of list.kept) {
    const value = cells[field.at] ?? '';
    if (value !== '') extra[field.name] = decode(value);
  }
  const chain = cells[at.chain] ?? '';
  if (chain !== '') extra['chain'] = decode(chain.startsWith('Chain:') ? chain.slice(6).trim() : chain);
  if (billCode !== '' && record.accountCode === undefined) extra['bill-code'] = decode(billCode);
  record.extra = extra;
  return doubts.length === 0 ? { kind: 'call', record } : { kind: 'call', record, doubts: ['date-impossible'] };
}

function directionOf(from: ReturnType<typeof sideOf>, to: ReturnType<typeof sideOf>): RecordDirection | undefined {
  if (from === 'unknown' || to === 'unknown') return undefined;
  if (from === 'inside') return to === 'inside' ? 'internal' : 'outgoing';
  return to === 'inside' ? 'incoming' : 'tandem';
}

/** Lines have virtual numbers of five digits, from 10000 on. */
const SHORTEST_TRUNK = 5;

/** Who made an outgoing or internal call, who took an incoming one; empty where the line does not tell. */
function extensionIn(
  cells: readonly string[],
  { at }: FieldList,
  from: ReturnType<typeof sideOf>,
  to: ReturnType<typeof sideOf>,
): string {
  const orNumber = (dn: string, number: string): string => (dn === '' ? withoutMark(number) : dn);
  if (from === 'inside') return orNumber(cells[at['from-dn']] ?? '', cells[at['from-no']] ?? '');
  if (from !== 'outside' || to !== 'inside') return '';
  const [finalNo, finalDn] = [cells[at['final-number']] ?? '', cells[at['final-dn']] ?? ''];
  // Forwarded outside, the call ended at a line or at a rule's name.
  const side = finalNo === '' ? 'inside' : sideOf(finalNo, '', cells[at['final-type']] ?? '');
  const isFinalInside = side === 'inside' || (side === 'unknown' && finalDn.length < SHORTEST_TRUNK);
  return isFinalInside && /^\d+$/.test(finalDn)
    ? finalDn
    : orNumber(cells[at['to-dn']] ?? '', cells[at['to-no']] ?? '');
}

function setTrunk(record: Mutable<CallRecord>, key: 'trunk' | 'trunkOut', trunk: string | undefined): void {
  if (trunk !== undefined) record[key] = trunk;
}

const SEPARATORS: Readonly<Record<string, string>> = { comma: ',', tab: '\t', semicolon: ';' };

function textDecoder(options: FormatOptions): (text: string) => string {
  const encoding = options['encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') return (text) => decodeText(text, encoding);
  return (text) => decodeUtf8(text) ?? text;
}

const BLANK = 0x20;
/** Blanks only: `trim()` would also take the byte A0, the last one of a UTF-8 `à`. */
function trimmed(cell: string): string {
  let [from, to] = [0, cell.length];
  while (from < to && cell.charCodeAt(from) <= BLANK) from++;
  while (to > from && cell.charCodeAt(to - 1) <= BLANK) to--;
  return to - from === cell.length ? cell : cell.slice(from, to);
}

function hasOuterBlank(cells: readonly string[]): boolean {
  for (const cell of cells) {
    if (cell.charCodeAt(0) <= BLANK || cell.charCodeAt(cell.length - 1) <= BLANK) return true;
  }
  return false;
}

const asIs = (text: string): string => text;

function createParser(options: FormatOptions): FrameParser {
  const decodeHigh = textDecoder(options);
  const listFor = createFieldLists(options['fields']);
  const chosen = SEPARATORS[options['separator'] ?? ''];

  return {
    parse(text, context) {
      const line = text.startsWith('\xef\xbb\xbf') ? text.slice(3) : text;
      if (line.trim() === '') return { kind: 'noise', rule: 'blank' };
      const separator = chosen ?? (line.includes('\t') ? '\t' : ',');
      const decode = hasHighBytes(line) ? decodeHigh : asIs;
      const attempt = (isQuoted: boolean): ParseOutcome => {
        const cells = splitCells(line, separator, isQuoted);
        const list = listFor(cells, context);
        const whole = list === undefined ? undefined : fitted(cells, list, separator);
        if (list === undefined || whole === undefined) {
          return { kind: 'malformed', reason: 'field-count', detail: String(cells.length) };
        }
        return readRecord(hasOuterBlank(whole) ? whole.map(trimmed) : whole, list, decode);
      };
      const isQuoted = line.includes('"');
      const outcome = attempt(isQuoted);
      if (outcome.kind !== 'malformed') return outcome;
      const names = headingNames(line);
      if (names !== undefined) {
        rememberHeading(names, context);
        return { kind: 'noise', rule: 'heading' };
      }
      // A quote in a name is a letter like any other.
      return isQuoted ? attempt(false) : outcome;
    },
  };
}

const threeCxCdr: FormatDefinition = {
  id: '3cx-cdr',
  aliases: ['cdr-20', 'cdr-27'],
  vendor: '3CX',
  title: '3CX call data records (CDR)',
  models: ['3CX V15', '3CX V15.5', '3CX V16', '3CX V18', '3CX V20'],
  transports: ['tcp-client', 'tcp-listener', 'file'],
  confidence: 'proved',
  unsure: {
    en: 'The times are UTC on the systems seen; leave the time zone at UTC unless your records show otherwise. How the lines of a transferred call belong together is not documented.',
    vi: 'Ở các hệ thống đã thấy, giờ được in theo UTC; hãy để múi giờ là UTC trừ khi bản ghi của bạn cho thấy khác. Chưa có tài liệu nói các dòng của một cuộc gọi được chuyển máy liên hệ với nhau thế nào.',
  },
  framing: { kind: 'line', maxBytes: 4096 },
  options: [
    {
      name: 'fields',
      kind: 'text',
      help: {
        en: 'Names of the fields in the order of the list in the 3CX console, separated by commas (historyid,callid,duration,time-start,...); "-" skips one. Empty: the usual order.',
        vi: 'Tên các trường theo đúng thứ tự trong danh sách ở trang quản trị 3CX, cách nhau bằng dấu phẩy (historyid,callid,duration,time-start,...); "-" bỏ qua một trường. Để trống: thứ tự thông thường.',
      },
    },
    {
      name: 'separator',
      kind: 'choice',
      choices: ['auto', 'comma', 'tab', 'semicolon'],
      default: 'auto',
      help: {
        en: 'What stands between the fields, as set in the console. "auto": a tab where the line has one, else a comma.',
        vi: 'Ký tự ngăn cách các trường, như đã đặt ở trang quản trị. "auto": dấu tab nếu dòng có, nếu không thì dấu phẩy.',
      },
    },
  ],
  defaults: { dateOrder: 'YMD', clock: '24h', timeIs: 'start', encoding: 'utf-8', timeZone: 'UTC' },
  codeFields: ['account'],
  create: createParser,
  proposeOptions,
  utcOffsetMinutes,
  assembly: threeCxAssembly,
};

export const formats: readonly FormatDefinition[] = [threeCxCdr];
