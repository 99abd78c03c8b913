/**
 * Avaya IP Office (500, 500 V2, Server Edition, Basic Edition) and B5800: SMDR over TCP, one CSV line a segment.
 *
 *     1 start  2 connected  3 ring s  4 caller  5 I/O  6 called  7 dialled  8 account  9 internal  10 call id
 *     11 continuation  12 party 1  13 its name  14 party 2  15 its name  16 hold s  17 park s  18 auth valid
 *     19 auth code  20 user charged  21 charge  22 currency  23 amount at change  24 units  25 units at change
 *     26 cost per unit  27 mark up  28 external targeting cause  29 targeter  30 targeted number
 *     31-34 server address and unique id of each side  35 record time  36 consent  37 number verification
 *
 * Releases print 17, 30, 31, 34, 35 or 37 fields: they are read by position, and none is missed. Nothing is quoted, so a
 * comma in a name shifts what follows; the line is put straight on the devices. A file that a collector wrote may have its
 * fields quoted. Start is the start of the whole call.
 */
import type { RecordDirection } from '../../core/model/call-record.ts';
import { isCivilDate } from '../../core/model/time.ts';
import { type Draft, splitCells } from '../engine.ts';
import { withCleanFront } from '../line-front.ts';
import { cleanDecimal } from '../readers.ts';
import { decodeText, decodeUtf8, hasHighBytes } from '../text.ts';
import type { FormatOptions, ParseOutcome } from '../types.ts';
import { avayaIpOfficeAssembly } from './assembly.ts';
import { DEVICE } from './devices.ts';
import { AVAYA_IP_OFFICE_OPTIONS } from './options.ts';

const START = /^(\d{4})\/(\d{1,2})\/(\d{1,2}) +(\d{1,2}):(\d\d)(?::(\d\d))?$/;
const CLOCK = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/;
const WHOLE = /^\d{1,9}$/;
/** Durations and days kept for the next lines. */
const MOST_REMEMBERED = 1024;
const MOST_DAYS = 64;
const HEADING = /^\W*(call ?start|start|date)[^,\d]*(,[^,]*[a-z][^,]*){5,}/i;

/** Some writers quote only the fields that hold a comma. */
const QUOTED_FIELD = /(?:^\s*|,)"(?:[^"]|"")*"(?:,|\s*$)/;

/** Field of the party 1 name, the first text that may hold a comma. */
const NAME_1 = 12;
/** Fields from the hold time on, by the names of the vendor's list. */
const TRAILING = [
  'HoldTime',
  'ParkTime',
  'AuthValid',
  'AuthCode',
  'UserCharged',
  'CallCharge',
  'Currency',
  'AmountAtLastUserChange',
  'CallUnits',
  'UnitsAtLastUserChange',
  'CostPerUnit',
  'MarkUp',
  'ExternalTargetingCause',
  'ExternalTargeterId',
  'ExternalTargetedNumber',
  'CallingPartyServerIp',
  'CallerUniqueCallId',
  'CalledPartyServerIp',
  'CalledUniqueCallId',
  'SmdrRecordTime',
  'CallerConsent',
  'CallingNumberVerification',
] as const;

/** Places in `TRAILING` of what the record states. */
const HOLD_TIME = TRAILING.indexOf('HoldTime');
const PARK_TIME = TRAILING.indexOf('ParkTime');
const AUTH_VALID = TRAILING.indexOf('AuthValid');
const AUTH_CODE = TRAILING.indexOf('AuthCode');
const CALL_CHARGE = TRAILING.indexOf('CallCharge');
const CURRENCY = TRAILING.indexOf('Currency');
const EXTERNAL_TARGETED_NUMBER = TRAILING.indexOf('ExternalTargetedNumber');

interface Parties {
  readonly name1: string;
  readonly device2: string;
  readonly name2: string;
  /** Index of the hold time. */
  readonly trailing: number;
}

/** Digits and no more, in the number of places that is wanted. */
function isDigits(value: string, least: number, most: number): boolean {
  if (value.length < least || value.length > most) return false;
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/** As `DEVICE` has it. */
function isDevice(value: string): boolean {
  const letter = value.charCodeAt(0);
  if ((letter !== 0x45 && letter !== 0x54 && letter !== 0x56) || value.length < 2) return false;
  for (let i = 1; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/**
 * Names with commas are found by what must follow them: a device after the first, hold and park times after the second.
 * `raw` has the fields with their blanks, which belong to such a name.
 */
function shiftedParties(fields: readonly string[], raw: readonly string[]): Parties | undefined {
  const isNumber = (index: number): boolean => /^\d*$/.test(fields[index] ?? '');
  let second = NAME_1 + 1;
  if (!DEVICE.test(fields[second] ?? '')) {
    const shifted = fields.findIndex((field, index) => index > second && DEVICE.test(field));
    if (shifted !== -1) second = shifted;
    else if (fields[second] !== '') return undefined;
  }
  let trailing = second + 2;
  while (trailing < fields.length && !(WHOLE.test(fields[trailing] ?? '') && isNumber(trailing + 1))) trailing++;
  if (trailing >= fields.length) {
    if (fields.slice(second + 2).some((field) => field !== '')) return undefined;
    trailing = second + 2;
  }
  return {
    name1: trimAscii(raw.slice(NAME_1, second).join(',')),
    device2: fields[second] ?? '',
    name2: trimAscii(raw.slice(second + 1, trailing).join(',')),
    trailing,
  };
}

/** Nearly every line has its fields at their places; undefined where one does not. */
function partiesOf(fields: readonly string[]): Parties | undefined {
  const device2 = fields[NAME_1 + 1] ?? '';
  const trailing = NAME_1 + 3;
  const isPlain =
    isDevice(device2) &&
    isDigits(fields[trailing] ?? '', 1, 9) &&
    isDigits(fields[trailing + 1] ?? '', 0, Number.POSITIVE_INFINITY);
  return isPlain ? { name1: fields[NAME_1] ?? '', device2, name2: fields[NAME_1 + 2] ?? '', trailing } : undefined;
}

/** A call is an outside call only over a line: voicemail and tones print "not internal" too. */
function directionOf(
  letter: string,
  isInternal: boolean,
  hasTrunk: boolean,
  targeted: string,
): RecordDirection | undefined {
  if (hasTrunk || targeted !== '') return letter === 'I' ? 'incoming' : 'outgoing';
  if (isInternal) return 'internal';
  return letter === 'I' ? 'incoming' : undefined;
}

/** `trim()` would also take the byte A0, the last one of a UTF-8 `à`. */
function trimmedSlice(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && (isBlank(text.charCodeAt(end - 1)) || text.charCodeAt(end - 1) === 13)) end--;
  return text.slice(start, end);
}
const trimAscii = (text: string): string => trimmedSlice(text, 0, text.length);
const COMMA = 0x2c;
const isBlank = (code: number): boolean => code === 32 || code === 9;

const two = (digits = ''): string => digits.padStart(2, '0');

const digitsAt = (text: string, at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

/** `hh:mm:ss` in seconds. */
function clockSecondsOf(value: string): number | undefined {
  const clock = CLOCK.exec(value);
  return clock === null ? undefined : Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
}

/** Start as the record has it; `''` when there is no such moment; undefined when it is none at all. */
function startOf(value: string): string | undefined {
  const at = START.exec(value);
  if (at === null) return undefined;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00'] = at;
  const isPossible =
    isCivilDate(Number(year), Number(month), Number(day)) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60;
  return isPossible ? `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}` : '';
}

/** Many segments have a round duration and neighbours share their minute: what was read last is remembered. */
function remembered<T>(read: (value: string) => T, most: number): (value: string) => T {
  const known = new Map<string, T>();
  return (value) => {
    const found = known.get(value);
    if (found !== undefined) return found;
    const result = read(value);
    if (known.size >= most) known.clear();
    known.set(value, result);
    return result;
  };
}

/** `2026/11/16 09:00:00`, the day read once for many lines. */
function startReader(): (value: string) => string | undefined {
  const dayOf = remembered((value) => startOf(`${value} 00:00:00`)?.slice(0, 11) ?? '', MOST_DAYS);
  return (value) => {
    if (value.length !== 19 || value[10] !== ' ' || value[13] !== ':' || value[16] !== ':') return startOf(value);
    if (!isDigits(value.slice(11, 13), 2, 2) || !isDigits(value.slice(14, 16), 2, 2)) return startOf(value);
    if (!isDigits(value.slice(17), 2, 2) || digitsAt(value, 11) > 23) return startOf(value);
    if (digitsAt(value, 14) > 59 || digitsAt(value, 17) > 59) return startOf(value);
    const day = dayOf(value.slice(0, 10));
    return day === '' ? startOf(value) : day + value.slice(11);
  };
}

type Decode = (text: string) => string;
const asIs: Decode = (text) => text;

/** Fields of a line without quotes, blanks at both ends cut. One pass: this is where reading a line spends its time. */
function fieldsOf(text: string): string[] {
  const fields: string[] = [];
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && text.charCodeAt(at) !== COMMA) continue;
    fields.push(at === start ? '' : trimmedSlice(text, start, at));
    start = at + 1;
  }
  return fields;
}

const malformed = (reason: string, detail?: string): ParseOutcome =>
  detail === undefined ? { kind: 'malformed', reason } : { kind: 'malformed', reason, detail };

interface Readers {
  readonly start: (value: string) => string | undefined;
  readonly clock: (value: string) => number | undefined;
}

function parseRecord(line: string, readers: Readers, decode: Decode): ParseOutcome {
  const text = line.includes('\0') ? line.replaceAll('\0', '') : line;
  const isQuoted = text.includes('"') && QUOTED_FIELD.test(text);
  const fields = isQuoted ? splitCells(text, ',', true).map(trimAscii) : fieldsOf(text);
  const start = readers.start(fields[0] ?? '');
  if (start === undefined) {
    if (text.trim() === '') return { kind: 'noise', rule: 'blank' };
    return HEADING.test(text) ? { kind: 'noise', rule: 'heading' } : malformed('no-start');
  }
  if (fields.length < 15) return malformed('field-count', String(fields.length));
  const talkSeconds = readers.clock(fields[1] ?? '');
  const ring = fields[2] ?? '';
  const letter = fields[4] ?? '';
  // One printed example of the vendor has the letter I where a 1 belongs.
  const printedInternal = fields[8] ?? '';
  const internal = printedInternal === 'I' ? '1' : printedInternal;
  const callId = fields[9] ?? '';
  const continuation = fields[10] ?? '';
  const device1 = fields[11] ?? '';
  if (talkSeconds === undefined || !isDigits(ring, 0, 9)) return malformed('bad-duration');
  if ((letter !== 'I' && letter !== 'O') || (internal !== '' && internal !== '0' && internal !== '1'))
    return malformed('bad-direction');
  if (!isDigits(callId, 1, 15) || (continuation !== '0' && continuation !== '1')) return malformed('bad-call-id');
  const parties = partiesOf(fields) ?? shiftedParties(fields, splitCells(text, ',', isQuoted));
  if (parties === undefined || !(device1 === '' || isDevice(device1))) return malformed('bad-party');
  return outcomeOf(fields, parties, {
    start,
    talkSeconds,
    continues: continuation === '1',
    isInternal: internal === '1',
    decode,
  });
}

interface Known {
  /** Empty when there is no such moment. */
  readonly start: string;
  readonly talkSeconds: number;
  readonly continues: boolean;
  readonly isInternal: boolean;
  readonly decode: Decode;
}

function outcomeOf(fields: readonly string[], parties: Parties, known: Known): ParseOutcome {
  const { start, talkSeconds, continues, isInternal, decode } = known;
  const { device2, trailing: from } = parties;
  const [, , , printedCaller = '', letter = '', called = '', dialled = '', account = ''] = fields;
  const ring = fields[2] ?? '';
  const device1 = fields[11] ?? '';
  const isTrunk1 = device1.charCodeAt(0) === 0x54;
  const isTrunk2 = device2.charCodeAt(0) === 0x54;
  const trunk = isTrunk1 ? device1 : isTrunk2 ? device2 : undefined;
  const extensionDevice = device1.charCodeAt(0) === 0x45 ? device1 : device2.charCodeAt(0) === 0x45 ? device2 : '';
  const targeted = fields[from + EXTERNAL_TARGETED_NUMBER] ?? '';
  const direction = directionOf(letter, isInternal, trunk !== undefined, targeted);
  const cut = printedCaller.indexOf('@');
  const caller = cut < 0 ? printedCaller : printedCaller.slice(0, cut);
  const isRefused = fields[from + AUTH_VALID] === '0';
  const printedCode = fields[from + AUTH_CODE] ?? '';
  const authCode = isRefused || printedCode === '' || /^n\/a$/i.test(printedCode) ? '' : printedCode;
  const hold = Number(fields[from + HOLD_TIME] ?? '');
  const park = Number(fields[from + PARK_TIME] ?? '');
  const charge = fields[from + CALL_CHARGE] ?? '';
  const currency = fields[from + CURRENCY] ?? '';
  const name1 = decode(parties.name1);
  const dialedNumber = decode(dialled === '' ? called : dialled);

  const extra: Record<string, string> = {};
  if (called !== '' && called !== dialled) extra['CalledNumber'] = decode(called);
  if (device1 !== '') extra['Party1Device'] = device1;
  if (name1 !== '') extra['Party1Name'] = name1;
  if (device2 !== '') extra['Party2Device'] = device2;
  if (parties.name2 !== '') extra['Party2Name'] = decode(parties.name2);
  for (let i = AUTH_VALID; i < TRAILING.length; i++) {
    const value = fields[from + i];
    if (value === undefined) break;
    if (value === '' || (i === AUTH_CODE && !isRefused)) continue;
    extra[TRAILING[i] ?? ''] = decode(value);
  }

  const record: Draft = { startOrEnd: 'start', durationSeconds: talkSeconds };
  if (start !== '') record.start = start;
  if (ring !== '') record.ringSeconds = Number(ring);
  if (hold > 0) record.holdSeconds = hold;
  if (park > 0) record.parkSeconds = park;
  if (direction !== undefined) record.direction = direction;
  if (extensionDevice !== '') record.extension = extensionDevice.slice(1);
  if (trunk !== undefined) record.trunk = trunk;
  if (isTrunk1 && isTrunk2) record.trunkOut = device2;
  if (dialedNumber !== '') record.dialedNumber = dialedNumber;
  if (caller !== '') {
    record.callerNumber = decode(caller);
    if (name1 !== '' && extensionDevice === device1 && extensionDevice.slice(1) === caller) record.callerName = name1;
  }
  if (account !== '') record.accountCode = decode(account);
  if (authCode !== '') record.authCode = decode(authCode);
  // A segment without talk that goes on (pickup, no answer at the first telephone) says nothing yet.
  if (talkSeconds > 0) record.answered = true;
  else if (!continues) record.answered = false;
  if (continues && talkSeconds > 0 && trunk !== undefined) record.transferred = true;
  if (charge !== '' && /^\d+([.,]\d+)?$/.test(charge)) record.cost = cleanDecimal(charge);
  if (currency !== '') record.currency = decode(currency);
  record.callId = fields[9] ?? '';
  record.continues = continues;
  record.extra = extra;
  return start === '' ? { kind: 'call', record, doubts: ['date-impossible'] } : { kind: 'call', record };
}

/** UTF-8 by the vendor; what is none is read byte for byte, unless the site names its character set. */
function textDecoder(options: FormatOptions): Decode {
  const encoding = options['encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') return (text) => decodeText(text, encoding);
  return (text) => decodeUtf8(text) ?? text;
}

export const avayaIpOffice = withCleanFront({
  id: 'avaya-ipoffice',
  vendor: 'Avaya',
  title: 'Avaya IP Office SMDR',
  models: ['IP Office 500', 'IP Office 500 V2', 'IP Office Server Edition', 'IP Office Basic Edition', 'B5800'],
  transports: ['tcp-listener', 'tcp-client', 'file'],
  confidence: 'documented',
  unsure: {
    en: 'No public record shows an account or authorization code; their places are those of the field list. The meaning of fields 35 to 37 is not documented.',
    vi: 'Chưa có bản ghi công khai nào có mã tài khoản hoặc mã ủy quyền; vị trí của chúng lấy theo danh sách trường. Ý nghĩa các trường 35 đến 37 chưa có tài liệu.',
  },
  framing: { kind: 'line', maxBytes: 2048 },
  options: AVAYA_IP_OFFICE_OPTIONS,
  defaults: { dateOrder: 'YMD', clock: '24h', timeIs: 'start', encoding: 'utf-8' },
  codeFields: ['authorization', 'account'],
  create(options) {
    const decode = textDecoder(options);
    const readers: Readers = { start: startReader(), clock: remembered(clockSecondsOf, MOST_REMEMBERED) };
    return { parse: (text) => parseRecord(text, readers, hasHighBytes(text) ? decode : asIs) };
  },
  assembly: avayaIpOfficeAssembly,
});
