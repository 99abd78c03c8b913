/**
 * Asterisk Manager Interface (TCP 5038): `Cdr` events of `cdr_manager`, one block of `Key: value` lines a record.
 *
 *     Event: Cdr
 *     Privilege: cdr,all
 *     AccountCode: 0042
 *     Source: 8306
 *     ...
 *     (empty line)
 *
 * Keys may come in any case and order, values may hold `:`. What `[mappings]` of cdr_manager.conf adds (Linkedid,
 * Sequence, Did ...) is kept. The banner has no empty line behind it, so it stands on top of the first block.
 */
import type { FormatDefinition, ParseOutcome } from '../types.ts';
import { asteriskAssembly } from './assembly.ts';
import { type CdrLayout, cdrLayout, cdrOutcome } from './cdr-record.ts';
import { ASTERISK_OPTIONS, ASTERISK_UNSURE, textDecoder } from './options.ts';
import { asteriskUtcOffsetMinutes } from './utc-offset.ts';

/** Event keys that are named differently from the CDR fields they carry. */
const CDR_NAMES: Readonly<Record<string, string>> = {
  source: 'src',
  destination: 'dst',
  destinationcontext: 'dcontext',
  callerid: 'clid',
  destinationchannel: 'dstchannel',
  lastapplication: 'lastapp',
  starttime: 'start',
  answertime: 'answer',
  endtime: 'end',
  billableseconds: 'billsec',
};

/** Keys of the event that are no fields of the record. */
const NOT_CDR = new Set(['event', 'privilege']);

const BANNER = /^Asterisk Call Manager\/[\w.]+$/;
const KEY_LINE = /^([A-Za-z][\w().-]*):[ \t]?(.*)$/;

function readBlock(lines: readonly string[]): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>();
  let last: string | undefined;
  for (const line of lines) {
    const m = KEY_LINE.exec(line);
    if (m === null) {
      // A user field may hold a line end; what follows belongs to the value before.
      if (last === undefined) return undefined;
      fields.set(last, `${fields.get(last) ?? ''}\n${line}`);
      continue;
    }
    const key = (m[1] ?? '').toLowerCase();
    if (key === 'event' && fields.has('event')) return undefined;
    last = key;
    fields.set(key, (m[2] ?? '').replace(/[ \t]+$/, ''));
  }
  return fields;
}

let lastKeys = '';
let lastLayout: CdrLayout = cdrLayout([]);

/** Events of one PBX have the same keys in the same order. */
function layoutFor(keys: readonly string[]): CdrLayout {
  const joined = keys.join();
  if (joined !== lastKeys) {
    lastLayout = cdrLayout(keys.map((key) => (NOT_CDR.has(key) ? '-' : (CDR_NAMES[key] ?? key))));
    lastKeys = joined;
  }
  return lastLayout;
}

function parseBlock(text: string, decode: (text: string) => string): ParseOutcome {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line !== '');
  const bannered = BANNER.test(lines[0] ?? '');
  const fields = readBlock(bannered ? lines.slice(1) : lines);
  if (fields === undefined) return { kind: 'malformed', reason: 'not-a-block' };
  if (fields.size === 0) return { kind: 'noise', rule: bannered ? 'banner' : 'blank' };
  const event = fields.get('event');
  if (event === undefined) {
    if (fields.has('response')) return { kind: 'noise', rule: 'response' };
    if (fields.has('action')) return { kind: 'noise', rule: 'action' };
    return { kind: 'malformed', reason: 'no-event' };
  }
  if (event.toLowerCase() !== 'cdr') return { kind: 'noise', rule: 'other-event' };
  return cdrOutcome(layoutFor([...fields.keys()]), [...fields.values()], decode);
}

export const asteriskAmi: FormatDefinition = {
  id: 'asterisk-ami',
  aliases: ['ami-cdr'],
  vendor: 'Asterisk',
  title: 'Asterisk Manager Interface (Cdr events)',
  models: ['Asterisk 1.4-22', 'FreePBX', 'Issabel', 'Elastix'],
  transports: ['ami', 'file'],
  confidence: 'proved',
  unsure: ASTERISK_UNSURE,
  framing: { kind: 'block', maxBytes: 65536 },
  options: ASTERISK_OPTIONS,
  defaults: { dateOrder: 'YMD', clock: '24h', timeIs: 'start', encoding: 'utf-8' },
  codeFields: ['account', 'dialled'],
  create(options) {
    const decode = textDecoder(options);
    return { parse: (text) => parseBlock(text, decode(text)) };
  },
  utcOffsetMinutes: asteriskUtcOffsetMinutes,
  assembly: asteriskAssembly,
};
