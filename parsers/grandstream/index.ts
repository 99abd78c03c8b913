/**
 * Grandstream UCM.
 *
 * `grandstream-ucm`: the lines of the CDR interface, of a downloaded file and of the real-time output.
 *
 *     62,,5300,5301,from-internal,"pn01" <5300>,SIP/5300-00000000,SIP/5301-00000001,Dial,SIP/5301,60,,
 *     2013-12-03 11:46:40,2013-12-03 11:46:43,2013-12-03 11:46:49,9,6,ANSWERED,DOCUMENTATION,1386092800.0,EXT,5300,5301,s
 *     account id, accountcode, src, dst, context, clid, channel, dstchannel, lastapp, lastdata, start, answer, end,
 *     duration, billsec, disposition, amaflags, uniqueid, userfield, channel_ext, dstchannel_ext, service [, eleven more]
 *
 * `grandstream-ucm-json`: `{"cdr_root":[ ... ]}`, each element one call: flat, or a main record with its parts beside it.
 */
import { asteriskUtcOffsetMinutes } from '../asterisk/utc-offset.ts';
import { isListFrame, isObject, type JsonObject, objectIn, textOf } from '../json-value.ts';
import { decodeText, decodeUtf8, hasHighBytes } from '../text.ts';
import type { FormatDefinition, FormatOptions, FrameParser, ParseOutcome } from '../types.ts';
import { grandstreamAssembly } from './assembly.ts';
import { recordOf } from './record.ts';
import { createColumns, cutRow, headingIn, rememberHeading } from './rows.ts';
import { switchvoxXml } from './switchvox.ts';

const asIs = (text: string): string => text;

function textDecoder(options: FormatOptions): (frame: string) => (text: string) => string {
  const encoding = options['encoding'];
  const decode = (text: string): string => decodeUtf8(text) ?? decodeText(text, encoding);
  return (frame) => (hasHighBytes(frame) ? decode : asIs);
}

function createLineParser(options: FormatOptions): FrameParser {
  const decoderOf = textDecoder(options);
  const columnsOf = createColumns();
  return {
    parse(text, context): ParseOutcome {
      const line = text.startsWith('\xef\xbb\xbf') ? text.slice(3) : text;
      if (/^[\s,]*$/.test(line)) return { kind: 'noise', rule: 'blank' };
      const heading = headingIn(line);
      if (heading !== undefined) {
        rememberHeading(heading, context);
        return { kind: 'noise', rule: 'heading' };
      }
      const row = cutRow(line, columnsOf(context));
      if (typeof row === 'string') return { kind: 'malformed', reason: row };
      return recordOf(row.names, row.values, decoderOf(line));
    },
  };
}

function flatOutcome(object: JsonObject): ParseOutcome {
  const entries = Object.entries(object).filter(([, value]) => !isObject(value));
  return recordOf(
    entries.map(([name]) => name.toLowerCase()),
    entries.map(([, value]) => textOf(value)),
    asIs,
  );
}

/** Legs of a call, without those that only say again what another says. */
function partsOf(object: JsonObject): readonly JsonObject[] {
  return Object.entries(object)
    .filter(([name]) => /^sub_cdr/i.test(name))
    .map(([, value]) => value)
    .filter((value) => isObject(value))
    .filter((part) => textOf(part['lastapp']) !== 'ForkCDR');
}

function objectOutcome(object: JsonObject): ParseOutcome {
  const main = object['main_cdr'];
  const parts = partsOf(object);
  if (!isObject(main) && parts.length === 0) return flatOutcome(object);
  const whole = flatOutcome(isObject(main) ? main : (parts[0] ?? {}));
  if (whole.kind !== 'call') return whole;
  const legs = parts.map(flatOutcome).filter((leg) => leg.kind === 'call');
  const { record } = whole;
  // The queue or the menu has answered the main record; the leg that a telephone answered tells the talk.
  const answered = legs.filter((leg) => leg.record.answered === true);
  const taken =
    answered.find((leg) => leg.record.extra?.['dstchannel'] !== undefined) ??
    (record.answered === true ? undefined : answered[0]);
  if (taken === undefined) return whole;
  const direction = record.direction ?? taken.record.direction;
  const extension =
    direction === 'outgoing'
      ? (record.extension ?? taken.record.extension)
      : (taken.record.extension ?? record.extension);
  return {
    ...whole,
    record: {
      ...taken.record,
      ...(record.start === undefined ? {} : { start: record.start }),
      ...(record.callerNumber === undefined ? {} : { callerNumber: record.callerNumber }),
      ...(record.callerName === undefined ? {} : { callerName: record.callerName }),
      ...(record.dialedNumber === undefined ? {} : { dialedNumber: record.dialedNumber }),
      ...(record.trunk === undefined ? {} : { trunk: record.trunk }),
      ...(record.accountCode === undefined ? {} : { accountCode: record.accountCode }),
      ...(direction === undefined ? {} : { direction }),
      ...(extension === undefined ? {} : { extension }),
      ...(record.callId === undefined ? {} : { callId: record.callId }),
      ...(record.linkedId === undefined ? {} : { linkedId: record.linkedId }),
    },
  };
}

function createJsonParser(options: FormatOptions): FrameParser {
  const decoderOf = textDecoder(options);
  return {
    parse(text): ParseOutcome {
      if (text.trim() === '') return { kind: 'noise', rule: 'blank' };
      const object = objectIn(decoderOf(text)(text));
      if (object === undefined) {
        return isListFrame(text) ? { kind: 'noise', rule: 'list' } : { kind: 'malformed', reason: 'not-json' };
      }
      const root = object['cdr_root'];
      if (Array.isArray(root) && root.length === 0) return { kind: 'noise', rule: 'list' };
      return objectOutcome(object);
    },
  };
}

const COMMON = {
  vendor: 'Grandstream',
  models: ['UCM6102', 'UCM6104', 'UCM6108', 'UCM6116', 'UCM62xx', 'UCM63xx', 'UCM6510', 'CloudUCM'],
  options: [],
  defaults: { dateOrder: 'YMD', clock: '24h', timeIs: 'start', encoding: 'utf-8' },
  codeFields: ['account'],
  utcOffsetMinutes: asteriskUtcOffsetMinutes,
  assembly: grandstreamAssembly,
} as const satisfies Partial<FormatDefinition>;

const grandstreamUcm: FormatDefinition = {
  ...COMMON,
  id: 'grandstream-ucm',
  aliases: ['cdrapi-csv'],
  title: 'Grandstream UCM call records (CSV, real-time output)',
  transports: ['tcp-listener', 'file'],
  confidence: 'proved',
  unsure: {
    en: 'The columns of the real-time output are not documented; they are read as those of the CDR file. Old firmware does not print the direction: it is concluded from contexts and channels.',
    vi: 'Chưa có tài liệu về các cột của đầu ra thời gian thực; chúng được đọc như các cột của tệp CDR. Phần mềm cũ không in chiều cuộc gọi: chiều được suy ra từ context và kênh.',
  },
  framing: { kind: 'line', maxBytes: 8192 },
  create: createLineParser,
};

const grandstreamJson: FormatDefinition = {
  ...COMMON,
  id: 'grandstream-ucm-json',
  aliases: ['cdrapi-json'],
  title: 'Grandstream UCM call records (JSON)',
  transports: ['http-push', 'file'],
  confidence: 'documented',
  unsure: {
    en: 'Written from the list of keys; no answer of a real PBX was seen. Check the first records.',
    vi: 'Được viết theo danh sách khóa; chưa thấy câu trả lời của tổng đài thật. Hãy kiểm tra các bản ghi đầu tiên.',
  },
  framing: { kind: 'json', maxBytes: 262144 },
  create: createJsonParser,
};

export const formats: readonly FormatDefinition[] = [grandstreamUcm, grandstreamJson, switchvoxXml];
