/**
 * Asterisk `cdr_custom`: `/var/log/asterisk/cdr-custom/*.csv`. The line is whatever cdr_custom.conf says; the mapping as
 * shipped has the caller id first and every value in quotes:
 *
 *     0 clid  1 src  2 dst  3 dcontext  4 channel  5 dstchannel  6 lastapp  7 lastdata  8 start  9 answer  10 end
 *     11 duration  12 billsec  13 disposition  14 amaflags  15 accountcode  16 uniqueid  17 userfield  [18 sequence]
 *
 * Old Asterisk leaves the quotes inside as they are: `""Hoa" <110>","110",...`. Another order is told by the option `columns`.
 */
import type { FormatDefinition, ParseOutcome } from '../types.ts';
import { asteriskAssembly } from './assembly.ts';
import { type CdrLayout, cdrLayout, cdrOutcome } from './cdr-record.ts';
import { isBlank, splitCsvRecord, splitUnescaped } from './csv-line.ts';
import { ASTERISK_OPTIONS, ASTERISK_UNSURE, textDecoder } from './options.ts';
import { asteriskUtcOffsetMinutes, isUniqueId } from './utc-offset.ts';

const SHIPPED = [
  'clid',
  'src',
  'dst',
  'dcontext',
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
  'accountcode',
  'uniqueid',
  'userfield',
] as const;

/** What sites add behind the shipped mapping, by shape. */
function appended(value: string): string {
  if (isUniqueId(value)) return 'linkedid';
  return /^\d+$/.test(value) ? 'sequence' : 'appended';
}

/** The columns of a line, made once for all lines like it. */
function createLayouts(chosen: readonly string[]): (fields: readonly string[]) => CdrLayout | undefined {
  if (chosen.length > 0) {
    const layout = cdrLayout(chosen);
    return (fields) => (fields.length === chosen.length ? layout : undefined);
  }
  const [first, second] = [SHIPPED.length, SHIPPED.length + 1];
  const made = new Map<string, CdrLayout>();
  return (fields) => {
    const { length } = fields;
    if (length < first || length > second + 1) return undefined;
    const behind = length > first ? appended(fields[first] ?? '') : '';
    const key = length > second ? `${behind},${appended(fields[second] ?? '')}` : behind;
    let layout = made.get(key);
    if (layout === undefined) {
      layout = cdrLayout([...SHIPPED, ...(key === '' ? [] : key.split(','))]);
      made.set(key, layout);
    }
    return layout;
  };
}

function parseRecord(
  text: string,
  layoutFor: (fields: readonly string[]) => CdrLayout | undefined,
  decode: (text: string) => string,
): ParseOutcome {
  if (isBlank(text)) return { kind: 'noise', rule: 'blank' };
  // Up to Asterisk 1.6 the mapping as shipped does not double the quotes of the caller id.
  const fields = splitCsvRecord(text) ?? splitUnescaped(text);
  if (fields === undefined) return { kind: 'malformed', reason: 'broken-quotes' };
  const layout = layoutFor(fields);
  if (layout === undefined) return { kind: 'malformed', reason: 'column-count', detail: String(fields.length) };
  return cdrOutcome(layout, fields, decode);
}

export const asteriskCustom: FormatDefinition = {
  id: 'asterisk-custom',
  vendor: 'Asterisk',
  title: 'Asterisk cdr_custom (mapping of cdr_custom.conf)',
  models: ['Asterisk 1.4-22', 'FreePBX', 'Issabel'],
  transports: ['file', 'tcp-client', 'tcp-listener'],
  confidence: 'documented',
  unsure: ASTERISK_UNSURE,
  framing: { kind: 'csv', maxBytes: 8192 },
  options: [
    {
      name: 'columns',
      kind: 'text',
      help: {
        en: 'Names of the columns in their order, separated by commas, as in cdr_custom.conf (clid,src,dst,...); "-" skips a column. Empty: the mapping Asterisk ships.',
        vi: 'Tên các cột theo đúng thứ tự, cách nhau bằng dấu phẩy, như trong cdr_custom.conf (clid,src,dst,...); "-" bỏ qua một cột. Để trống: thứ tự mặc định của Asterisk.',
      },
    },
    ...ASTERISK_OPTIONS,
  ],
  defaults: { dateOrder: 'YMD', clock: '24h', timeIs: 'start', encoding: 'utf-8' },
  codeFields: ['account', 'dialled'],
  create(options) {
    const decode = textDecoder(options);
    const chosen = (options['columns'] ?? '')
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter((name) => name !== '');
    const layoutFor = createLayouts(chosen);
    return { parse: (text) => parseRecord(text, layoutFor, decode(text)) };
  },
  utcOffsetMinutes: asteriskUtcOffsetMinutes,
  assembly: asteriskAssembly,
};
