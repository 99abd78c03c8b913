/**
 * Cisco Unified Communications Manager (CallManager 4 to 15): CDR files, CSV. The first line names the columns
 * (cucm-columns.ts), the second gives their types, then a row a call leg; merged files repeat both. Rows of CMR files (type
 * 2) tell the quality and no call. Times are epoch seconds, so they are UTC and say so.
 *
 * Direction is not stated: it follows from what the two devices are (devices.ts). A row of the recorder (joined on behalf of
 * feature 27, redirected for reason 354) is a part of the call it records. `9999999999999999` as the client matter code of
 * a call without talk is a code that was refused.
 */
import type { Doubt } from '../../core/model/call-record.ts';
import { localText } from '../../core/model/time.ts';
import type { Draft } from '../engine.ts';
import { withCleanFront } from '../line-front.ts';
import { decodeText, decodeUtf8, hasHighBytes } from '../text.ts';
import type { FormatDefinition, FormatOptions, ParseOutcome, StreamContext } from '../types.ts';
import { cucmAssembly } from './cucm-assembly.ts';
import { CALL_SPLIT, RECORDING_JOIN, RECORDING_REASON, REFUSED_CODE, TRANSFER_JOIN } from './cucm-codes.ts';
import { ASSUMED_PAGE, CUCM_COLUMNS, type CucmColumn, type CucmPage, cutRow, readHeader } from './cucm-columns.ts';
import { type Devices, deviceOptions, devicesOf } from './devices.ts';
import { codeSourceOption } from './options.ts';

const at = Object.fromEntries(CUCM_COLUMNS.map((name, slot) => [name, slot])) as Readonly<Record<CucmColumn, number>>;

const TYPES_LINE = /^"?(?:INTEGER|VARCHAR|UNIQUEIDENTIFIER)\b/i;
const QUALITY_ROW = /^"?2"?[,;\t]"?\d+"?[,;\t]"?\d+"?[,;\t]/;
const PKID = /^\{?[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\}?$/i;

/** A whole number of at most ten digits; blank is 0; -1: something else. */
function whole(text: string): number {
  if (text.length > 10) return -1;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

let lastHour = -1;
let lastHourText = '';
const pad = (n: number): string => (n < 10 ? `0${n}` : `${n}`);

/** `2025-04-18T16:32:10Z`; calls of one hour share the text in front. */
function utcText(epoch: number): string {
  const hour = Math.floor(epoch / 3600);
  if (hour !== lastHour) {
    lastHour = hour;
    lastHourText = localText(hour * 3600).slice(0, 14);
  }
  const second = epoch - hour * 3600;
  const minute = Math.floor(second / 60);
  return `${lastHourText}${pad(minute)}:${pad(second - minute * 60)}Z`;
}

/** A bridge or a recorder is no extension. */
const isResourceNumber = (number: string): boolean => /^b\d{8,}$/i.test(number);
/** A masked value says as little as none. */
const isMasked = (value: string): boolean => /^[*xX]+$/.test(value);

function readDirection(draft: Draft, row: readonly string[], devices: Devices): void {
  const cell = (slot: number): string => row[slot] ?? '';
  const [from, to] = [cell(at.origdevicename), cell(at.destdevicename)];
  const fromKind = devices.kindOf(from, cell(at.callingpartynumberpartition));
  const toKind = devices.kindOf(to, undefined);
  const caller = cell(at.callingpartynumber);
  if (fromKind === 'trunk') {
    draft.direction = toKind === 'trunk' ? 'tandem' : 'incoming';
    draft.trunk = from;
    if (toKind === 'trunk') draft.trunkOut = to;
    else {
      const taker = cell(at.finalcalledpartynumber);
      if (taker !== '' && !isResourceNumber(taker)) draft.extension = taker;
    }
    return;
  }
  if (fromKind === 'none' || toKind === 'none') return;
  draft.direction = toKind === 'trunk' ? 'outgoing' : 'internal';
  if (caller !== '') draft.extension = caller;
  if (toKind === 'trunk') draft.trunk = to;
}

function readCodes(
  draft: Draft,
  row: readonly string[],
  duration: number,
  extra: Record<string, string>,
  decode: Decode,
): void {
  const matter = row[at.clientmattercode] ?? '';
  if (matter === REFUSED_CODE && duration === 0) extra['refusedClientMatterCode'] = matter;
  else if (matter !== '') draft.accountCode = decode(matter);
  const value = row[at.authorizationcodevalue] ?? '';
  const code = value !== '' && !isMasked(value) ? value : (row[at.authcodedescription] ?? '');
  if (code !== '') draft.authCode = decode(code);
}

type Decode = (text: string) => string;

/** What assembly and the details need, by the names the vendor gives it; numbers only where they are not zero. */
function keepRest(extra: Record<string, string>, row: readonly string[], decode: Decode): void {
  const cell = (slot: number): string => row[slot] ?? '';
  const [origLeg, destLeg] = [cell(at.origlegcallidentifier), cell(at.destlegidentifier)];
  if (origLeg !== '') extra['origLegCallIdentifier'] = origLeg;
  if (destLeg !== '') extra['destLegIdentifier'] = destLeg;
  const [cluster, pkid] = [cell(at.globalcallid_clusterid), cell(at.pkid)];
  if (cluster !== '') extra['globalCallIdClusterId'] = cluster;
  if (pkid !== '') extra['pkid'] = pkid;
  const [from, to] = [cell(at.origdevicename), cell(at.destdevicename)];
  if (from !== '') extra['origDeviceName'] = from;
  if (to !== '') extra['destDeviceName'] = to;
  const [caller, called] = [cell(at.callingpartyunicodeloginuserid), cell(at.finalcalledpartyunicodeloginuserid)];
  if (caller !== '') extra['callingUser'] = decode(caller);
  if (called !== '') extra['finalCalledUser'] = decode(called);
  const [redirecting, outpulsed] = [cell(at.lastredirectdn), cell(at.outpulsedcalledpartynumber)];
  if (redirecting !== '') extra['lastRedirectDn'] = redirecting;
  if (outpulsed !== '') extra['outpulsedCalledPartyNumber'] = outpulsed;
  const [codeName, comment] = [cell(at.authcodedescription), cell(at.comment)];
  if (codeName !== '') extra['authCodeDescription'] = decode(codeName);
  if (comment !== '') extra['comment'] = decode(comment);
  const isKept = (value: string): boolean => value !== '' && value !== '0';
  const [origCause, destCause] = [cell(at.origcause_value), cell(at.destcause_value)];
  if (isKept(origCause)) extra['origCause'] = origCause;
  if (isKept(destCause)) extra['destCause'] = destCause;
  const [join, reason] = [cell(at.joinonbehalfof), cell(at.lastredirectredirectreason)];
  if (isKept(join)) extra['joinOnBehalfOf'] = join;
  if (isKept(reason)) extra['lastRedirectReason'] = reason;
  const [origConversation, destConversation] = [cell(at.origconversationid), cell(at.destconversationid)];
  if (isKept(origConversation)) extra['origConversationId'] = origConversation;
  if (isKept(destConversation)) extra['destConversationId'] = destConversation;
  const level = cell(at.authorizationlevel);
  if (isKept(level)) extra['authorizationLevel'] = level;
}

function recordOf(row: readonly string[], devices: Devices, decode: Decode): ParseOutcome {
  const cell = (slot: number): string => row[slot] ?? '';
  const [origination, connect] = [whole(cell(at.datetimeorigination)), whole(cell(at.datetimeconnect))];
  const [disconnect, duration] = [whole(cell(at.datetimedisconnect)), whole(cell(at.duration))];
  if (origination < 0 || connect < 0 || disconnect < 0) return { kind: 'malformed', reason: 'bad-time' };
  if (duration < 0 || cell(at.duration) === '') return { kind: 'malformed', reason: 'bad-duration' };

  const doubts: Doubt[] = [];
  const draft: Draft = { startOrEnd: 'start', durationSeconds: duration };
  if (origination > 0) draft.start = utcText(origination);
  else if (connect === 0 && disconnect === 0) doubts.push('date-from-arrival');
  if (connect > 0) draft.answer = utcText(connect);
  if (disconnect > 0) draft.end = utcText(disconnect);
  const caller = cell(at.callingpartynumber);
  if (caller !== '') draft.callerNumber = caller;
  const [called, final] = [cell(at.originalcalledpartynumber), cell(at.finalcalledpartynumber)];
  const dialled = called === '' ? final : called;
  if (dialled !== '') draft.dialedNumber = dialled;
  const extra: Record<string, string> = {};
  const join = cell(at.joinonbehalfof);
  const isRecording = join === RECORDING_JOIN || cell(at.lastredirectredirectreason) === RECORDING_REASON;
  if (!isRecording) readDirection(draft, row, devices);
  readCodes(draft, row, duration, extra, decode);
  draft.answered = connect > 0;
  const [origCause, destCause] = [cell(at.origcause_value), cell(at.destcause_value)];
  if (origCause === CALL_SPLIT || destCause === CALL_SPLIT || join === TRANSFER_JOIN) draft.transferred = true;
  const cause = origCause !== '' && origCause !== '0' ? origCause : destCause;
  if (cause !== '' && cause !== '0') draft.conditionCode = cause;
  const callId = cell(at.globalcallid_callid);
  if (callId !== '') draft.callId = `${cell(at.globalcallid_callmanagerid)}-${callId}`;
  if (final !== dialled && final !== '') extra['finalCalledPartyNumber'] = final;
  keepRest(extra, row, decode);
  draft.extra = extra;
  const kind = isRecording ? 'part' : 'call';
  return doubts.length === 0 ? { kind, record: draft } : { kind, record: draft, doubts };
}

interface Reader {
  readonly devices: Devices;
  readonly decode: Decode;
  /** The header that `page` was made of; empty: none yet. */
  header: string;
  page: CucmPage;
  readonly row: string[];
}

function pageFor(reader: Reader, header: string | undefined): CucmPage {
  if (header === undefined) return ASSUMED_PAGE;
  if (header !== reader.header) {
    const read = readHeader(header);
    reader.page = read?.kind === 'calls' ? read.page : ASSUMED_PAGE;
    reader.header = header;
  }
  return reader.page;
}

function otherLine(line: string, context: StreamContext): ParseOutcome {
  if (line.trim() === '') return { kind: 'noise', rule: 'blank' };
  const header = readHeader(line);
  if (header !== undefined) {
    if (header.kind === 'quality') return { kind: 'noise', rule: 'cmr-heading' };
    context['header'] = line;
    return { kind: 'noise', rule: 'heading' };
  }
  if (TYPES_LINE.test(line)) return { kind: 'noise', rule: 'column-types' };
  if (QUALITY_ROW.test(line)) return { kind: 'noise', rule: 'cmr' };
  return { kind: 'malformed', reason: 'unknown-line' };
}

function parseRow(line: string, reader: Reader, context: StreamContext): ParseOutcome {
  const page = pageFor(reader, context['header']);
  const cells = cutRow(line, page, reader.row);
  if (page.slots[0] === at.cdrrecordtype || page.isAssumed) {
    if (reader.row[at.cdrrecordtype] !== '1') return otherLine(line, context);
  } else if (whole(reader.row[at.globalcallid_callid] ?? '') <= 0) return otherLine(line, context);
  if (cells < 0) return { kind: 'malformed', reason: 'broken-quotes' };
  if (cells < page.minCells) return { kind: 'malformed', reason: 'too-few-fields', detail: String(cells) };
  const pkid = reader.row[at.pkid] ?? '';
  // Without a header the id proves that the columns are where they are taken to be.
  if (page.isAssumed ? !PKID.test(pkid) : pkid !== '' && pkid.length < 32)
    return { kind: 'malformed', reason: 'column-count' };
  return recordOf(reader.row, reader.devices, reader.decode);
}

/** Decodes a cell; no separator or quote is part of a character in any of the usual sets. */
function decoderOf(options: FormatOptions): Decode {
  const encoding = options['encoding'];
  const isNamed = encoding !== undefined && encoding.toLowerCase() !== 'utf-8';
  return (text) => {
    if (!hasHighBytes(text)) return text;
    return isNamed ? decodeText(text, encoding) : (decodeUtf8(text) ?? text);
  };
}

export const ciscoCucm: FormatDefinition = withCleanFront({
  id: 'cisco-cucm',
  aliases: ['cisco-callmanager', 'cisco-cdr'],
  vendor: 'Cisco',
  title: 'Cisco Unified Communications Manager CDR files',
  models: ['CallManager 4', 'CUCM 5-15', 'Business Edition 6000/7000'],
  transports: ['file'],
  confidence: 'proved',
  unsure: {
    en: 'Direction is concluded from the device names: name the trunks where theirs are free. In which releases the value of an authorization code is written is not certain; else its name stands for it.',
    vi: 'Chiều cuộc gọi được suy ra từ tên thiết bị: hãy khai báo các trung kế nếu tên của chúng do người quản trị tự đặt. Chưa chắc từ phiên bản nào giá trị mã xác thực được ghi ra; nếu không có, tên của mã được dùng thay.',
  },
  framing: { kind: 'line', maxBytes: 16384 },
  options: [codeSourceOption, ...deviceOptions],
  defaults: { dateOrder: 'YMD', timeIs: 'start', encoding: 'utf-8' },
  codeFields: ['authorization', 'account'],
  create(options) {
    const reader: Reader = {
      devices: devicesOf(options),
      decode: decoderOf(options),
      header: '',
      page: ASSUMED_PAGE,
      row: CUCM_COLUMNS.map(() => ''),
    };
    return { parse: (text, context) => parseRow(text, reader, context) };
  },
  assembly: cucmAssembly,
});
