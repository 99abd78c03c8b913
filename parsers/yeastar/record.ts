/**
 * Fields of a Yeastar record, by name: JSON keys of three APIs and headings of the exported table, spelled in many ways
 * (`callduraction` and `dsttrcunkname` are the vendor's own).
 */
import type { CallRecord, Doubt, RecordDirection } from '../../core/model/call-record.ts';
import { printedTime } from '../asterisk/cdr-record.ts';
import { clockSeconds, IMPOSSIBLE, readDate, readTime } from '../readers.ts';
import type { DateOrder, ParseOutcome } from '../types.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What a value is, by its name in lower case without anything but letters and digits. */
const MEANINGS = {
  callid: 'callId',
  uid: 'callId',
  uniqueid: 'callId',
  timestart: 'start',
  time: 'start',
  starttime: 'start',
  callfrom: 'from',
  callfromnumber: 'fromNumber',
  callfromname: 'fromName',
  callto: 'to',
  calltonumber: 'toNumber',
  callduraction: 'whole',
  callduration: 'whole',
  duration: 'whole',
  talkduraction: 'talk',
  talkduration: 'talk',
  ringduration: 'ring',
  ringduraction: 'ring',
  srctrunkname: 'sourceTrunk',
  srctrunk: 'sourceTrunk',
  sourcetrunk: 'sourceTrunk',
  sourcetrunkname: 'sourceTrunk',
  dsttrunkname: 'destinationTrunk',
  dsttrcunkname: 'destinationTrunk',
  desttrunkname: 'destinationTrunk',
  dsttrunk: 'destinationTrunk',
  destinationtrunk: 'destinationTrunk',
  destinationtrunkname: 'destinationTrunk',
  pincode: 'pin',
  status: 'status',
  disposition: 'status',
  type: 'type',
  calltype: 'type',
  communicationtype: 'type',
  reason: 'reason',
  didnumber: 'didnumber',
  did: 'didnumber',
  diddod: 'didnumber',
  didddi: 'didnumber',
  agentringtime: 'agentringtime',
  recording: 'recording',
  recordingfile: 'recording',
  sn: 'sn',
  id: 'id',
  outboundcallerid: 'outboundcallerid',
} as const satisfies Readonly<Record<string, string>>;
type Meaning = (typeof MEANINGS)[keyof typeof MEANINGS];

const byName: ReadonlyMap<string, Meaning> = new Map(Object.entries(MEANINGS));

export function meaningOf(name: string): Meaning | undefined {
  return byName.get(name.toLowerCase().replace(/[^a-z0-9]/g, ''));
}

export type Values = Partial<Record<Meaning, string>>;

const KEPT = [
  'didnumber',
  'agentringtime',
  'recording',
  'sn',
  'id',
  'reason',
  'outboundcallerid',
] as const satisfies readonly Meaning[];

const ANSWERED = /^ANSWER(?:E?D)?$/i;
/** Nobody took the call. Of voicemail and other words the record does not say whether somebody did. */
const UNANSWERED = /^(?:NO ?ANSWER(?:E?D)?|UNANSWERED|BUSY|FAILED|ABANDONED|MISSED|CANCELL?ED|CONGESTION)$/i;
const STATUS = /^[A-Za-z][A-Za-z _-]*$/;

const DIRECTIONS: Readonly<Record<string, RecordDirection>> = {
  internal: 'internal',
  inbound: 'incoming',
  outbound: 'outgoing',
};

/** `"Name" <1001>`, `Name<1001>` or the bare number. */
function readParty(value: string): { readonly number: string; readonly name: string } {
  if (!value.endsWith('>')) return { number: value, name: '' };
  const m = /^(.*?)\s*<([^<>]*)>$/.exec(value);
  return m === null
    ? { number: value, name: '' }
    : { number: (m[2] ?? '').trim(), name: (m[1] ?? '').replace(/^"|"$/g, '').trim() };
}

function readSeconds(value: string): number | undefined {
  return /^\d{1,7}$/.test(value) ? Number(value) : clockSeconds(value, value.split(':').length === 3 ? 3 : 2);
}

interface Moment {
  readonly text: string;
  readonly isOrderGuessed: boolean;
}

/** The PBX shows dates in the order and clock it is set to; only a date with the year in front needs no setting. */
function readMoment(value: string, order: DateOrder): Moment | undefined {
  const usual = order === 'YDM' ? undefined : printedTime(value);
  if (usual?.kind === 'time') return { text: usual.text, isOrderGuessed: false };
  const m = /^(\S+)[ T]+(\S.*)$/.exec(value);
  if (m === null) return undefined;
  const date = m[1] ?? '';
  const isYearFirst = /^\d{4}\D/.test(date);
  const isOrderGuessed = !isYearFirst && order.startsWith('Y');
  const usedOrder = isYearFirst ? (order === 'YDM' ? 'YDM' : 'YMD') : isOrderGuessed ? 'MDY' : order;
  const [day, time] = [readDate(date, usedOrder), readTime((m[2] ?? '').replace(/\.\d+$/, ''))];
  if (day === undefined || time === undefined) return undefined;
  return { text: day === IMPOSSIBLE || time === IMPOSSIBLE ? IMPOSSIBLE : `${day}T${time}`, isOrderGuessed };
}

export function recordOf(values: Values, order: DateOrder): ParseOutcome {
  const start = readMoment(values.start ?? '', order);
  if (start === undefined) return { kind: 'malformed', reason: values.start === undefined ? 'no-time' : 'bad-time' };
  const from = readParty(values.fromNumber ?? values.from ?? '');
  const to = readParty(values.toNumber ?? values.to ?? '');
  if (from.number === '' && to.number === '') return { kind: 'malformed', reason: 'no-party' };
  const seconds = { whole: 0, talk: 0, ring: 0 };
  for (const key of ['whole', 'talk', 'ring'] as const) {
    const value = values[key] ?? '';
    const read = value === '' ? 0 : readSeconds(value);
    if (read === undefined) return { kind: 'malformed', reason: 'bad-duration' };
    seconds[key] = read;
  }
  const status = values.status ?? '';
  if (status !== '' && !STATUS.test(status)) return { kind: 'malformed', reason: 'bad-status' };

  const record: Mutable<CallRecord> = { startOrEnd: 'start' };
  const doubts: Doubt[] = [];
  if (start.text === IMPOSSIBLE) doubts.push('date-impossible');
  else {
    record.start = start.text;
    if (start.isOrderGuessed) doubts.push('date-order-unproved');
  }
  if ((values.talk ?? '') !== '') record.durationSeconds = seconds.talk;
  if ((values.ring ?? '') !== '') record.ringSeconds = seconds.ring;
  const direction = DIRECTIONS[(values.type ?? '').toLowerCase()];
  if (direction !== undefined) record.direction = direction;
  const extension = direction === 'incoming' ? to.number : direction === undefined ? '' : from.number;
  if (extension !== '') record.extension = extension;
  if (from.number !== '') record.callerNumber = from.number;
  const name = from.name === '' ? (values.fromName ?? '') : from.name;
  if (name !== '') record.callerName = name;
  if (to.number !== '') record.dialedNumber = to.number;
  const { sourceTrunk = '', destinationTrunk = '' } = values;
  const ordered = direction === 'incoming' ? [sourceTrunk, destinationTrunk] : [destinationTrunk, sourceTrunk];
  const trunk = direction === 'internal' ? undefined : ordered.find((one) => one !== '');
  if (trunk !== undefined) record.trunk = trunk;
  if ((values.pin ?? '') !== '') record.authCode = values.pin ?? '';
  if (status !== '') record.conditionCode = status;
  if (ANSWERED.test(status)) record.answered = true;
  else if (UNANSWERED.test(status)) record.answered = false;
  if ((values.callId ?? '') !== '') record.callId = values.callId ?? '';
  const extra: Record<string, string> = {};
  if ((values.whole ?? '') !== '') extra['callduration'] = String(seconds.whole);
  for (const key of KEPT) {
    const value = values[key] ?? '';
    if (value !== '') extra[key] = value;
  }
  if (Object.keys(extra).length > 0) record.extra = extra;
  return doubts.length === 0 ? { kind: 'call', record } : { kind: 'call', record, doubts };
}
