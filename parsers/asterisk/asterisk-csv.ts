/**
 * Asterisk `cdr_csv`: `/var/log/asterisk/cdr-csv/Master.csv`, one record a line, 16 to 21 columns.
 *
 *     0 accountcode  1 src  2 dst  3 dcontext  4 clid  5 channel  6 dstchannel  7 lastapp  8 lastdata
 *     9 start  10 answer  11 end  12 duration  13 billsec  14 disposition  15 amaflags
 *     16 uniqueid (loguniqueid)  17 userfield (loguserfield)  18 peeraccount  19 linkedid  20 sequence (newcdrcolumns)
 *
 * A column that is switched off is left out, so what stands behind 15 is told by count and shape. `accountlogs` writes
 * each record to `<accountcode>.csv` too: only Master.csv is to be read, or every call counts twice.
 */
import type { FormatDefinition, ParseOutcome } from '../types.ts';
import { asteriskAssembly } from './assembly.ts';
import { type CdrLayout, cdrLayout, cdrOutcome } from './cdr-record.ts';
import { isBlank, splitCsvRecord } from './csv-line.ts';
import { ASTERISK_OPTIONS, ASTERISK_UNSURE, textDecoder } from './options.ts';
import { asteriskUtcOffsetMinutes, isUniqueId } from './utc-offset.ts';

const FIXED = [
  'accountcode',
  'src',
  'dst',
  'dcontext',
  'clid',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'start',
  'answer',
  'end',
  'duration',
  'billsec',
  'disposition',
  'amaflags',
] as const;

const NEW_COLUMNS = ['peeraccount', 'linkedid', 'sequence'] as const;

const layoutOf = (...optional: readonly string[]): CdrLayout => cdrLayout([...FIXED, ...optional]);
const [WITH_NONE, WITH_ID, WITH_USER, WITH_BOTH] = [
  layoutOf(),
  layoutOf('uniqueid'),
  layoutOf('userfield'),
  layoutOf('uniqueid', 'userfield'),
];
const WITH_NEW = layoutOf(...NEW_COLUMNS);
const [WITH_ID_NEW, WITH_USER_NEW] = [layoutOf('uniqueid', ...NEW_COLUMNS), layoutOf('userfield', ...NEW_COLUMNS)];
const WITH_ALL = layoutOf('uniqueid', 'userfield', ...NEW_COLUMNS);

/** What the columns behind the sixteenth are. */
function layoutFor(fields: readonly string[]): CdrLayout | undefined {
  const first = fields[16] ?? '';
  switch (fields.length) {
    case 16:
      // The flag is never empty: a line cut behind the disposition.
      return fields[15] === '' ? undefined : WITH_NONE;
    case 17:
      return isUniqueId(first) ? WITH_ID : WITH_USER;
    case 18:
      return WITH_BOTH;
    case 19:
      return WITH_NEW;
    case 20:
      return isUniqueId(first) && isUniqueId(fields[18] ?? '') ? WITH_ID_NEW : WITH_USER_NEW;
    case 21:
      return WITH_ALL;
    default:
      return undefined;
  }
}

function parseRecord(text: string, decode: (text: string) => string): ParseOutcome {
  if (isBlank(text)) return { kind: 'noise', rule: 'blank' };
  const fields = splitCsvRecord(text);
  if (fields === undefined) return { kind: 'malformed', reason: 'broken-quotes' };
  const layout = layoutFor(fields);
  if (layout === undefined) return { kind: 'malformed', reason: 'column-count', detail: String(fields.length) };
  const outcome = cdrOutcome(layout, fields, decode);
  return outcome.kind === 'malformed' ? otherLine(fields, outcome) : outcome;
}

/** The words of channel event logging (CEL), whose file stands beside this one. */
const EVENT =
  /^(?:CHAN|ANSWER|HANGUP|APP|PARK|BRIDGE|CONF|BLINDTRANSFER|ATTENDEDTRANSFER|PICKUP|FORWARD|LINKEDID|LOCAL|USER)[A-Z_]*$/;
const EVENT_FIELDS = 20;

/** A line of the event log is no call but no noise either: it says that the wrong file is being read. */
function otherLine(fields: readonly string[], outcome: ParseOutcome): ParseOutcome {
  if (FIXED.every((name, i) => fields[i]?.trim().toLowerCase() === name)) return { kind: 'noise', rule: 'heading' };
  const isEvent = fields.length === EVENT_FIELDS && EVENT.test(fields[0] ?? '') && /^\d+\.\d+$/.test(fields[1] ?? '');
  return isEvent ? { kind: 'malformed', reason: 'channel-event' } : outcome;
}

export const asteriskCsv: FormatDefinition = {
  id: 'asterisk-csv',
  aliases: ['cdr_csv-16', 'cdr_csv-17', 'cdr_csv-18'],
  vendor: 'Asterisk',
  title: 'Asterisk Master.csv (cdr_csv)',
  models: ['Asterisk 1.4-22', 'FreePBX', 'Issabel', 'Elastix', 'MiPBX'],
  transports: ['file', 'tcp-client', 'tcp-listener'],
  confidence: 'proved',
  unsure: ASTERISK_UNSURE,
  framing: { kind: 'csv', maxBytes: 2048 },
  options: ASTERISK_OPTIONS,
  defaults: { dateOrder: 'YMD', clock: '24h', timeIs: 'start', encoding: 'utf-8' },
  codeFields: ['account', 'dialled'],
  create(options) {
    const decode = textDecoder(options);
    return { parse: (text) => parseRecord(text, decode(text)) };
  },
  utcOffsetMinutes: asteriskUtcOffsetMinutes,
  assembly: asteriskAssembly,
};
