/**
 * Yeastar S series, K2, Cloud PBX and P series.
 *
 * `yeastar-json` is what the PBX posts at the end of a call, and what its search answers: one object a record.
 *
 *     {"event":"NewCdr","callid":"1571897930.5","timestart":"2019-10-23 22:18:50","callfrom":"1023","callto":"2023",
 *      "callduraction":"19","talkduraction":"14",...,"pincode":"","status":"ANSWERED","type":"Internal",...}
 *     {"type":30012,"sn":"...","msg":"{\"call_id\":...}"}       P series: the record is text inside the message
 *
 * `yeastar-csv` is the table exported from the web page; its heading line says which column is which. `type` names the
 * direction. `pincode` is the personal code.
 */

import { asteriskUtcOffsetMinutes } from '../asterisk/utc-offset.ts';
import { splitCells } from '../engine.ts';
import { isListFrame, isObject, type JsonObject, objectIn, textOf } from '../json-value.ts';
import { decodeText, decodeUtf8 } from '../text.ts';
import type { DateOrder, FormatDefinition, FormatOptions, FrameParser, ParseOutcome, StreamContext } from '../types.ts';
import { yeastarAssembly } from './assembly.ts';
import { meaningOf, recordOf, type Values } from './record.ts';

/** Number of the P series' event for a call record. */
const NEW_CDR_EVENT = '30012';

function decoded(text: string, options: FormatOptions): string {
  const encoding = options['encoding'];
  const bare = text.startsWith('\xef\xbb\xbf') ? text.slice(3) : text;
  return decodeUtf8(bare) ?? decodeText(bare, encoding);
}

function orderOf(options: FormatOptions): DateOrder {
  const given = options['dateOrder'];
  return given === 'DMY' || given === 'MDY' || given === 'YDM' ? given : 'YMD';
}

function valuesOf(object: JsonObject, values: Values): Values {
  for (const [key, value] of Object.entries(object)) {
    const meaning = meaningOf(key);
    const text = textOf(value);
    if (meaning !== undefined && text !== '' && (values[meaning] ?? '') === '') values[meaning] = text;
  }
  return values;
}

/** The message of a P series event: text that holds JSON again, in the vendor's own example without escaping it. */
const UNESCAPED = /"msg"\s*:\s*"(\{.*\})"\s*\}\s*$/s;

function messageIn(text: string, outer: JsonObject | undefined): JsonObject | undefined {
  if (outer === undefined) return objectIn(UNESCAPED.exec(text)?.[1] ?? '');
  const message = outer['msg'];
  return typeof message === 'string' ? objectIn(message) : isObject(message) ? message : undefined;
}

function parseJson(text: string, order: DateOrder): ParseOutcome {
  if (text.trim() === '') return { kind: 'noise', rule: 'blank' };
  const outer = objectIn(text);
  const message = messageIn(text, outer);
  if (outer === undefined && message === undefined) {
    return isListFrame(text) ? { kind: 'noise', rule: 'list' } : { kind: 'malformed', reason: 'not-json' };
  }
  const isEvent = message !== undefined || outer?.['msg'] !== undefined;
  if (isEvent) {
    const number = outer === undefined ? /"type"\s*:\s*"?(\d+)/.exec(text)?.[1] : textOf(outer['type']);
    if (number !== NEW_CDR_EVENT) return { kind: 'noise', rule: 'other-event' };
    if (message === undefined) return { kind: 'malformed', reason: 'bad-message' };
    const values = valuesOf(message, {});
    const sn = outer === undefined ? (/"sn"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? '') : textOf(outer['sn']);
    return recordOf(sn === '' ? values : { ...values, sn }, order);
  }
  const event = textOf(outer?.['event']) || textOf(outer?.['action']);
  if (event !== '' && event.toLowerCase() !== 'newcdr') return { kind: 'noise', rule: 'other-event' };
  const values = valuesOf(outer ?? {}, {});
  if (values.start === undefined && values.from === undefined && values.to === undefined && event === '') {
    // An answer of the API without records.
    const isAnswer = outer?.['errcode'] !== undefined || outer?.['status'] !== undefined;
    return isAnswer ? { kind: 'noise', rule: 'answer' } : { kind: 'malformed', reason: 'no-record' };
  }
  return recordOf(values, order);
}

const COLUMNS_KEY = 'columns';
const SMALLEST_HEADING = 5;

/** A line of column names, with those that a record cannot do without. */
function isHeading(cells: readonly string[]): boolean {
  const meanings = cells.map(meaningOf);
  return cells.length >= SMALLEST_HEADING && (['start', 'from', 'to'] as const).every((one) => meanings.includes(one));
}

function createRowParser(options: FormatOptions): FrameParser {
  const order = orderOf(options);
  let known = '';
  let meanings: readonly ReturnType<typeof meaningOf>[] = [];
  return {
    parse(text, context: StreamContext): ParseOutcome {
      const line = decoded(text, options);
      if (/^[\s,]*$/.test(line)) return { kind: 'noise', rule: 'blank' };
      const separator = line.includes('\t') ? '\t' : line.includes(',') ? ',' : ';';
      const cells = splitCells(line, separator, true);
      for (let i = 0; i < cells.length; i++) cells[i] = (cells[i] ?? '').trim();
      // Every record has a clock.
      if (!line.includes(':') && isHeading(cells)) {
        context[COLUMNS_KEY] = cells.join('\t');
        return { kind: 'noise', rule: 'heading' };
      }
      const remembered = context[COLUMNS_KEY];
      if (remembered === undefined) return { kind: 'malformed', reason: 'no-heading' };
      if (remembered !== known) [known, meanings] = [remembered, remembered.split('\t').map(meaningOf)];
      const { length } = meanings;
      if (cells.length < length || (cells.length > length && cells.slice(length).some((cell) => cell !== ''))) {
        return { kind: 'malformed', reason: 'column-count', detail: String(cells.length) };
      }
      const values: Values = {};
      for (let i = 0; i < length; i++) {
        const [meaning, value] = [meanings[i], cells[i] ?? ''];
        if (meaning !== undefined && value !== '' && (values[meaning] ?? '') === '') values[meaning] = value;
      }
      return recordOf(values, order);
    },
  };
}

const MODELS = ['Yeastar S20', 'Yeastar S50', 'Yeastar S100', 'Yeastar S300', 'Yeastar K2', 'Yeastar Cloud PBX'];
const P_MODELS = [
  'Yeastar P520',
  'Yeastar P550',
  'Yeastar P560',
  'Yeastar P570',
  'Yeastar P-Series Cloud',
  'Yeastar P-Series Software',
];

const COMMON = {
  vendor: 'Yeastar',
  options: [],
  defaults: { dateOrder: 'YMD', clock: '24h', timeIs: 'start', encoding: 'utf-8' },
  codeFields: ['authorization'],
  utcOffsetMinutes: asteriskUtcOffsetMinutes,
  assembly: yeastarAssembly,
} as const satisfies Partial<FormatDefinition>;

const yeastarJson: FormatDefinition = {
  ...COMMON,
  id: 'yeastar-json',
  aliases: ['api-v1-newcdr', 'api-v2-newcdr', 'p-series-30012'],
  title: 'Yeastar NewCdr messages (JSON)',
  models: [...MODELS, ...P_MODELS, 'OpenVox IPPBX'],
  transports: ['http-push', 'tcp-listener', 'file'],
  confidence: 'documented',
  unsure: {
    en: 'Which records of a queue or ring-group call reach the receiver is not documented. The PBX does not repeat a lost message: after an outage, import what its search gives.',
    vi: 'Chưa có tài liệu nói những bản ghi nào của cuộc gọi vào hàng đợi hoặc nhóm đổ chuông được gửi tới. Tổng đài không gửi lại tin đã mất: sau khi gián đoạn, hãy nhập kết quả tìm kiếm của tổng đài.',
  },
  framing: { kind: 'json', maxBytes: 65536 },
  create(options): FrameParser {
    const order = orderOf(options);
    return { parse: (text) => parseJson(decoded(text, options), order) };
  },
};

const yeastarCsv: FormatDefinition = {
  ...COMMON,
  id: 'yeastar-csv',
  title: 'Yeastar call log exported as CSV',
  models: [...MODELS, ...P_MODELS],
  transports: ['file'],
  confidence: 'unconfirmed',
  unsure: {
    en: 'No exported file was seen; the columns are taken from the heading line, and dates follow the display format of the PBX. Check the first records.',
    vi: 'Chưa thấy tệp xuất nào; các cột được đọc theo dòng tiêu đề, ngày theo kiểu hiển thị của tổng đài. Hãy kiểm tra các bản ghi đầu tiên.',
  },
  framing: { kind: 'csv', maxBytes: 8192 },
  create: createRowParser,
};

export const formats: readonly FormatDefinition[] = [yeastarJson, yeastarCsv];
