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
import type { CallRecord, Doubt, RecordDirection } from '../../core/model/call-record.ts';
import { isCivilDate } from '../../core/model/time.ts';
import { splitCells } from '../engine.ts';
import { cleanDecimal } from '../readers.ts';
import { decodeText, decodeUtf8 } from '../text.ts';
import type { FormatDefinition, FormatOptions, ParseOutcome } from '../types.ts';
import { avayaIpOfficeAssembly } from './assembly.ts';
import { DEVICE, deviceKind } from './devices.ts';
import { AVAYA_IP_OFFICE_OPTIONS } from './options.ts';

const START = /^(\d{4})\/(\d{1,2})\/(\d{1,2}) +(\d{1,2}):(\d\d)(?::(\d\d))?$/;
const CLOCK = /^(\d{1,3}):([0-5]\d):([0-5]\d)$/;
const WHOLE = /^\d{1,9}$/;
const CALL_ID = /^\d{1,15}$/;
const HEADING = /^\W*(call ?start|start|date)[^,\d]*(,[^,]*[a-z][^,]*){5,}/i;

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

interface Parties {
  readonly name1: string;
  readonly device2: string;
  readonly name2: string;
  /** Index of the hold time. */
  readonly trailing: number;
}

/**
 * Names with commas are found by what must follow them: a device after the first, hold and park times after the second.
 * `raw` has the fields with their blanks, which belong to such a name.
 */
function partiesOf(fields: readonly string[], raw: readonly string[]): Parties | undefined {
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
const trimAscii = (text: string): string => text.replace(/^[ \t]+|[ \t\r]+$/g, '');

const two = (digits = ''): string => digits.padStart(2, '0');

const filled = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value === undefined || value === '' ? {} : ({ [key]: value } as Record<K, string>);

function parseRecord(line: string, decode: (text: string) => string): ParseOutcome {
  const text = line.replace(/\0/g, '');
  if (text.trim() === '') return { kind: 'noise', rule: 'blank' };
  const raw = splitCells(text, ',', text.trimStart().startsWith('"'));
  const fields = raw.map(trimAscii);
  const at = START.exec(fields[0] ?? '');
  if (at === null) {
    return HEADING.test(text) ? { kind: 'noise', rule: 'heading' } : { kind: 'malformed', reason: 'no-start' };
  }
  if (fields.length < 15) return { kind: 'malformed', reason: 'field-count', detail: String(fields.length) };
  const connected = CLOCK.exec(fields[1] ?? '');
  const ring = fields[2] ?? '';
  const letter = fields[4] ?? '';
  // One printed example of the vendor has the letter I where a 1 belongs.
  const internal = (fields[8] ?? '').replace('I', '1');
  const [callId = '', continuation = '', device1 = ''] = fields.slice(9, 12);
  if (connected === null || !(WHOLE.test(ring) || ring === '')) return { kind: 'malformed', reason: 'bad-duration' };
  if (!/^[IO]$/.test(letter) || !/^[01]?$/.test(internal)) return { kind: 'malformed', reason: 'bad-direction' };
  if (!CALL_ID.test(callId) || !/^[01]$/.test(continuation)) return { kind: 'malformed', reason: 'bad-call-id' };
  const parties = partiesOf(fields, raw);
  if (parties === undefined || !(device1 === '' || DEVICE.test(device1))) {
    return { kind: 'malformed', reason: 'bad-party' };
  }

  const trailing = (name: (typeof TRAILING)[number]): string => fields[parties.trailing + TRAILING.indexOf(name)] ?? '';
  const devices = [device1, parties.device2];
  const [trunk, trunkOut] = devices.filter((device) => deviceKind(device) === 'trunk');
  const extension = devices.find((device) => deviceKind(device) === 'extension')?.slice(1);
  const direction = directionOf(letter, internal === '1', trunk !== undefined, trailing('ExternalTargetedNumber'));
  const caller = (fields[3] ?? '').replace(/@.*$/, '');
  const talkSeconds = Number(connected[1]) * 3600 + Number(connected[2]) * 60 + Number(connected[3]);
  const continues = continuation === '1';
  const isRefused = trailing('AuthValid') === '0';
  const authCode = /^n\/a$/i.test(trailing('AuthCode')) || isRefused ? '' : trailing('AuthCode');
  const charge = trailing('CallCharge');
  const isPossible =
    isCivilDate(Number(at[1]), Number(at[2]), Number(at[3])) &&
    Number(at[4]) < 24 &&
    Number(at[5]) < 60 &&
    Number(at[6] ?? 0) < 60;

  const extra: Record<string, string> = {
    ...filled('CalledNumber', fields[5] === fields[6] ? '' : decode(fields[5] ?? '')),
    ...filled('Party1Device', device1),
    ...filled('Party1Name', decode(parties.name1)),
    ...filled('Party2Device', parties.device2),
    ...filled('Party2Name', decode(parties.name2)),
  };
  for (const name of TRAILING.slice(2)) {
    const value = trailing(name);
    if (value !== '' && (name !== 'AuthCode' || isRefused)) extra[name] = decode(value);
  }
  const record: CallRecord = {
    ...(isPossible ? { start: `${at[1]}-${two(at[2])}-${two(at[3])}T${two(at[4])}:${at[5]}:${at[6] ?? '00'}` } : {}),
    startOrEnd: 'start',
    durationSeconds: talkSeconds,
    ...(ring === '' ? {} : { ringSeconds: Number(ring) }),
    ...(Number(trailing('HoldTime')) > 0 ? { holdSeconds: Number(trailing('HoldTime')) } : {}),
    ...(Number(trailing('ParkTime')) > 0 ? { parkSeconds: Number(trailing('ParkTime')) } : {}),
    ...(direction === undefined ? {} : { direction }),
    ...filled('extension', extension),
    ...filled('trunk', trunk),
    ...filled('trunkOut', trunkOut),
    ...filled('dialedNumber', decode(fields[6] === '' ? (fields[5] ?? '') : (fields[6] ?? ''))),
    ...filled('callerNumber', decode(caller)),
    ...(caller !== '' && device1 === `E${caller}` ? filled('callerName', decode(parties.name1)) : {}),
    ...filled('accountCode', decode(fields[7] ?? '')),
    ...filled('authCode', decode(authCode)),
    // A segment without talk that goes on (pickup, no answer at the first telephone) says nothing yet.
    ...(talkSeconds > 0 ? { answered: true } : continues ? {} : { answered: false }),
    ...(continues && talkSeconds > 0 && trunk !== undefined ? { transferred: true } : {}),
    ...(/^\d+([.,]\d+)?$/.test(charge) ? { cost: cleanDecimal(charge) } : {}),
    ...filled('currency', decode(trailing('Currency'))),
    callId,
    continues,
    extra,
  };
  const doubts: Doubt[] = isPossible ? [] : ['date-impossible'];
  return doubts.length === 0 ? { kind: 'call', record } : { kind: 'call', record, doubts };
}

/** UTF-8 by the vendor; what is none is read byte for byte, unless the site names its character set. */
function textDecoder(options: FormatOptions): (text: string) => string {
  const encoding = options['encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') return (text) => decodeText(text, encoding);
  return (text) => decodeUtf8(text) ?? text;
}

export const avayaIpOffice: FormatDefinition = {
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
    return { parse: (text) => parseRecord(text, decode) };
  },
  assembly: avayaIpOfficeAssembly,
};
