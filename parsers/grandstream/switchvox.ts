/**
 * Sangoma Switchvox: the call log of its interface. The opening tag of a call holds everything; what happened inside the
 * call follows in tags of its own, which carry no call.
 *
 *     <call id="8467" origination="outgoing" start_time="2008-04-26 09:35:57" from="Account 1 &lt;101&gt;" ...
 *           from_number="101" ... to_number="123" total_duration="70" talk_duration="60">
 */
import type { CallRecord, RecordDirection } from '../../core/model/call-record.ts';
import { IMPOSSIBLE, readDate, readTime } from '../readers.ts';
import { decodeText, decodeUtf8 } from '../text.ts';
import type { FormatDefinition, ParseOutcome } from '../types.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const CALL_TAG = /^\s*<call\s+((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>(.*)$/s;
const ATTRIBUTE = /([A-Za-z_][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const OTHER_TAG = /^\s*<(?:\/?(?:calls?|events?|response|result|call_logs?)\b|\?xml|event\b)[^<>]*>\s*$/i;

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[a-z]+);/g, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const DIRECTIONS: Readonly<Record<string, RecordDirection>> = {
  incoming: 'incoming',
  outgoing: 'outgoing',
  internal: 'internal',
};

const SECONDS = /^\d{1,7}$/;

function readCall(attributes: ReadonlyMap<string, string>): ParseOutcome {
  const value = (name: string): string => (attributes.get(name) ?? '').trim();
  const at = /^(\S+)[ T](\S+)$/.exec(value('start_time'));
  const [date, time] = [readDate(at?.[1] ?? '', 'YMD'), readTime(at?.[2] ?? '')];
  if (date === undefined || time === undefined) return { kind: 'malformed', reason: 'bad-time' };
  const direction = DIRECTIONS[value('origination').toLowerCase()];
  if (direction === undefined) return { kind: 'malformed', reason: 'bad-direction' };
  const [talk, total] = [value('talk_duration'), value('total_duration')];
  if (!SECONDS.test(talk) || (total !== '' && !SECONDS.test(total)))
    return { kind: 'malformed', reason: 'bad-duration' };
  const isPossible = date !== IMPOSSIBLE && time !== IMPOSSIBLE;
  const record: Mutable<CallRecord> = { startOrEnd: 'start', durationSeconds: Number(talk), direction };
  if (isPossible) record.start = `${date}T${time}`;
  const [from, to] = [value('from_number'), value('to_number')];
  const extension = direction === 'incoming' ? to : from;
  if (extension !== '') record.extension = extension;
  if (from !== '') record.callerNumber = from;
  if (value('from_name') !== '') record.callerName = value('from_name');
  if (to !== '') record.dialedNumber = to;
  record.answered = Number(talk) > 0;
  if (value('id') !== '') record.callId = value('id');
  const extra: Record<string, string> = {};
  for (const name of ['from_account_id', 'to_account_id', 'to_name', 'total_duration']) {
    if (value(name) !== '') extra[name] = value(name);
  }
  record.extra = extra;
  return isPossible ? { kind: 'call', record } : { kind: 'call', record, doubts: ['date-impossible'] };
}

function parseLine(line: string): ParseOutcome {
  if (line.trim() === '') return { kind: 'noise', rule: 'blank' };
  const tag = CALL_TAG.exec(line);
  if (tag === null) {
    return OTHER_TAG.test(line) ? { kind: 'noise', rule: 'tag' } : { kind: 'malformed', reason: 'unknown-line' };
  }
  // Nobody may lose a call that stands on the line of another.
  if (/<call\s/.test(tag[2] ?? '')) return { kind: 'malformed', reason: 'several-calls' };
  const attributes = new Map<string, string>();
  for (const m of (tag[1] ?? '').matchAll(ATTRIBUTE)) attributes.set(m[1] ?? '', unescaped(m[2] ?? m[3] ?? ''));
  return readCall(attributes);
}

export const switchvoxXml: FormatDefinition = {
  id: 'switchvox-xml',
  vendor: 'Sangoma',
  title: 'Sangoma Switchvox call log (XML)',
  models: ['Switchvox'],
  transports: ['file'],
  confidence: 'documented',
  unsure: {
    en: 'Only one printed example was seen, without an account code; where a code would stand is not known.',
    vi: 'Mới chỉ thấy một ví dụ, không có mã tài khoản; chưa biết mã nằm ở đâu.',
  },
  framing: { kind: 'line', maxBytes: 16384 },
  options: [],
  defaults: { dateOrder: 'YMD', clock: '24h', timeIs: 'start', encoding: 'utf-8' },
  codeFields: [],
  create(options) {
    const encoding = options['encoding'];
    return { parse: (text) => parseLine(decodeUtf8(text) ?? decodeText(text, encoding)) };
  },
};
