/**
 * Named CDR fields -> the record, whatever they were printed in (CSV columns, a custom mapping, an AMI event).
 *
 * Direction and extension are not in a CDR: they are concluded in `assembly.ts` from the channels, which are carried in `extra`.
 */
import type { CallRecord, Doubt } from '../../core/model/call-record.ts';
import { isCivilDate } from '../../core/model/time.ts';
import type { ParseOutcome } from '../types.ts';

/** Field names are those of the CDR engine (`${CDR(name)}`), lower case. */
export type CdrFields = Readonly<Record<string, string>>;

const PRINTED = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.\d+)?$/;
const SECONDS = /^\d{1,9}$/;

/** Every disposition the CDR engine knows; another word means that the columns are not what they are taken for. */
const DISPOSITIONS = new Set(['ANSWERED', 'NO ANSWER', 'BUSY', 'FAILED', 'CONGESTION', 'UNKNOWN']);

/** Fields that have a place of their own in the record. All others go to `extra`. */
const PLACED = new Set([
  'start',
  'answer',
  'end',
  'src',
  'dst',
  'billsec',
  'disposition',
  'accountcode',
  'uniqueid',
  'linkedid',
]);

type Printed =
  | { readonly kind: 'none' }
  | { readonly kind: 'time'; readonly text: string }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'broken' };

function printedTime(value: string | undefined): Printed {
  if (value === undefined || value === '') return { kind: 'none' };
  const m = PRINTED.exec(value);
  if (m === null) return { kind: 'broken' };
  const possible =
    isCivilDate(Number(m[1]), Number(m[2]), Number(m[3])) &&
    Number(m[4]) < 24 &&
    Number(m[5]) < 60 &&
    Number(m[6]) < 61;
  return possible ? { kind: 'time', text: `${m[1]}-${m[2]}-${m[3]}T${m[4]}:${m[5]}:${m[6]}` } : { kind: 'impossible' };
}

/** The name in a caller id `"name" <number>`; undefined when there is none. */
export function callerNameOf(clid: string): string | undefined {
  const open = clid.lastIndexOf('<');
  if (open <= 0) return undefined;
  const name = clid.slice(0, open).trim().replace(/^"|"$/g, '').trim();
  return name === '' ? undefined : name;
}

const filled = (value: string | undefined): value is string => value !== undefined && value !== '';

/** `decode` turns one-character-per-byte text into the site's character set. */
export function cdrOutcome(fields: CdrFields, decode: (text: string) => string): ParseOutcome {
  const start = printedTime(fields['start']);
  const answer = printedTime(fields['answer']);
  const end = printedTime(fields['end']);
  if (start.kind === 'none' || [start, answer, end].some((time) => time.kind === 'broken')) {
    return { kind: 'malformed', reason: 'bad-time' };
  }
  const duration = fields['duration'] ?? '';
  const billsec = fields['billsec'] ?? '';
  if (!SECONDS.test(billsec) || !SECONDS.test(duration)) return { kind: 'malformed', reason: 'bad-number' };
  const disposition = fields['disposition'] ?? '';
  if (!DISPOSITIONS.has(disposition)) return { kind: 'malformed', reason: 'bad-disposition' };

  const callerName = callerNameOf(decode(fields['clid'] ?? ''));
  const extra: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (!PLACED.has(name) && value !== '') extra[name] = decode(value);
  }
  const record: CallRecord = {
    ...(start.kind === 'time' ? { start: start.text } : {}),
    ...(answer.kind === 'time' ? { answer: answer.text } : {}),
    ...(end.kind === 'time' ? { end: end.text } : {}),
    startOrEnd: 'start',
    durationSeconds: Number(billsec),
    ...(filled(fields['src']) ? { callerNumber: decode(fields['src']) } : {}),
    ...(filled(fields['dst']) ? { dialedNumber: decode(fields['dst']) } : {}),
    ...(callerName === undefined ? {} : { callerName }),
    ...(filled(fields['accountcode']) ? { accountCode: decode(fields['accountcode']) } : {}),
    conditionCode: disposition,
    answered: disposition === 'ANSWERED',
    ...(filled(fields['uniqueid']) ? { callId: fields['uniqueid'] } : {}),
    ...(filled(fields['linkedid']) ? { linkedId: fields['linkedid'] } : {}),
    extra,
  };
  const doubts: Doubt[] = [start, answer, end].some((time) => time.kind === 'impossible') ? ['date-impossible'] : [];
  return doubts.length === 0 ? { kind: 'call', record } : { kind: 'call', record, doubts };
}
