/**
 * The table `cdr` that FreePBX, Issabel, Elastix and hosted Asterisk write to their database, row by row as CSV under a
 * heading line of the table's column names:
 *
 *     calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,...
 *     "2026-11-16 09:00:01","""Hoa"" <110>","110","90912345678","from-internal",...
 *
 * The heading says which column is which, in any order; columns that the CDR engine does not know are kept. The table has
 * neither the answer nor the end.
 */
import type { FormatDefinition, FrameParser, ParseOutcome, StreamContext } from '../types.ts';
import { asteriskAssembly } from './assembly.ts';
import { type CdrLayout, cdrLayout, cdrOutcome } from './cdr-record.ts';
import { isBlank, splitCsvRecord } from './csv-line.ts';
import { ASTERISK_OPTIONS, ASTERISK_UNSURE, textDecoder } from './options.ts';
import { asteriskUtcOffsetMinutes } from './utc-offset.ts';

/** What tables call otherwise than the CDR engine. */
const ENGINE_NAMES: Readonly<Record<string, string>> = { calldate: 'start', didnumber: 'did' };

/** Without these a line is no heading of this table. */
const NEEDED = ['calldate', 'src', 'dst', 'duration', 'billsec', 'disposition'] as const;

const CONTEXT_KEY = 'columns';

function headingIn(row: string, fields: readonly string[]): readonly string[] | undefined {
  // Every record has a clock.
  if (row.includes(':')) return undefined;
  const names = fields.map((field) => field.trim().toLowerCase());
  return NEEDED.every((name) => names.includes(name)) ? names : undefined;
}

const namesOf = (heading: string): readonly string[] => heading.split(',').map((name) => ENGINE_NAMES[name] ?? name);

function createParser(decoderOf: (frame: string) => (text: string) => string): FrameParser {
  let known = '';
  let count = 0;
  let layout: CdrLayout = cdrLayout([]);
  return {
    parse(text: string, context: StreamContext): ParseOutcome {
      const row = text.startsWith('\xef\xbb\xbf') ? text.slice(3) : text;
      if (isBlank(row)) return { kind: 'noise', rule: 'blank' };
      const fields = splitCsvRecord(row);
      if (fields === undefined) return { kind: 'malformed', reason: 'broken-quotes' };
      const heading = headingIn(row, fields);
      if (heading !== undefined) {
        context[CONTEXT_KEY] = heading.join(',');
        return { kind: 'noise', rule: 'heading' };
      }
      const remembered = context[CONTEXT_KEY];
      if (remembered === undefined) return { kind: 'malformed', reason: 'no-heading' };
      if (remembered !== known) {
        const names = namesOf(remembered);
        [known, count, layout] = [remembered, names.length, cdrLayout(names)];
      }
      if (fields.length !== count) return { kind: 'malformed', reason: 'column-count', detail: String(fields.length) };
      return cdrOutcome(layout, fields, decoderOf(row));
    },
  };
}

export const asteriskTable: FormatDefinition = {
  id: 'asterisk-table',
  vendor: 'Asterisk',
  title: 'Asterisk table cdr (FreePBX, Issabel: asteriskcdrdb)',
  models: ['FreePBX', 'Issabel', 'Elastix', 'MiPBX', 'Yeastar Cloud PBX', 'Asterisk 1.4-22'],
  transports: ['database', 'file'],
  confidence: 'documented',
  unsure: ASTERISK_UNSURE,
  framing: { kind: 'csv', maxBytes: 65536 },
  options: ASTERISK_OPTIONS,
  defaults: { dateOrder: 'YMD', clock: '24h', timeIs: 'start', encoding: 'utf-8' },
  codeFields: ['account', 'dialled'],
  create: (options) => createParser(textDecoder(options)),
  utcOffsetMinutes: asteriskUtcOffsetMinutes,
  assembly: asteriskAssembly,
};
