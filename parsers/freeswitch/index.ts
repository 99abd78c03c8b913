/**
 * FreeSWITCH `mod_cdr_csv`: Master.csv, one line a leg, written from a text template.
 *
 *     "9007","9007","0034688886392","public","2014-05-29 16:59:50","","2014-05-29 16:59:50","0","0","NORMAL_CLEARING",
 *     "a5c9f6c0-e752-11e3-8bfb-65b6c3cdac7d","","","",""
 *
 * Every value stands in quotes and a quote inside is not doubled, so fields are parted at `","`. Which template wrote a
 * line is told by the places of its times and its uuid: one file may hold several, for an account code that is named like
 * a template chooses it. An empty answer time is a call nobody took, whatever the hang-up cause says.
 */
import type { CallRecord } from '../../core/model/call-record.ts';
import { printedTime } from '../asterisk/cdr-record.ts';
import { isBlank } from '../asterisk/csv-line.ts';
import { decodeText, decodeUtf8, hasHighBytes } from '../text.ts';
import type { FormatDefinition, FormatOptions, FrameParser, ParseOutcome } from '../types.ts';
import { EXTENSION_DIGITS, freeswitchAssembly, OUTSIDE_CONTEXTS } from './assembly.ts';
import { fitted, isUuid, TEMPLATES, type Template, templateFor, templateOf } from './templates.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const SQL = /^INSERT INTO \S+ VALUES ?\((.*)\);?$/i;
const BARE_NUMBERS = /",(\d{1,9}),(\d{1,9}),"/;
const CAUSE = /^[A-Z][A-Z0-9_]*$/;
/** Asterisk's words for the end of a call, which no hang-up cause is: its Master.csv looks much like this one. */
const OTHER_WORDS: ReadonlySet<string> = new Set(['ANSWERED', 'BUSY', 'FAILED', 'CONGESTION']);
const MARK = '","';

/** Kept beside the record; the others have places of their own in it. */
const KEPT: ReadonlySet<string> = new Set([
  'context',
  'bleg_uuid',
  'duration',
  'channel_name',
  'bridge_channel',
  'last_app',
  'last_arg',
  'userfield',
  'direction',
  'call_clientcode',
  'sip_gateway_name',
]);

/** Numbers without quotes have no `","` on either side; only some templates print them so. */
function cellsOf(line: string, hasBareNumbers: boolean): readonly string[] | undefined {
  let text = line.startsWith('"') ? line : (SQL.exec(line)?.[1] ?? line);
  text = text.trimEnd();
  if (text.endsWith(',')) text = text.slice(0, -1);
  if (text[0] !== '"' || text.length < 2 || !text.endsWith('"')) return undefined;
  if (hasBareNumbers) text = text.replace(BARE_NUMBERS, '","$1","$2","');
  const inside = text.slice(1, -1);
  return inside.includes('", "') ? inside.split(/", ?"/) : inside.split(MARK);
}

/** Beyond every cell: an index that reads nothing. (-1 would be looked up as a name, which is slow.) */
const NOWHERE = 9999;

const READ = [
  'caller_id_name',
  'caller_id_number',
  'ani',
  'caller_id',
  'destination_number',
  'start_stamp',
  'answer_stamp',
  'end_stamp',
  'duration',
  'billsec',
  'hangup_cause',
  'uuid',
  'accountcode',
] as const;

/** Where a template has what the record needs. Made once for a template. */
interface Places {
  readonly at: Readonly<Record<(typeof READ)[number], number>>;
  readonly kept: readonly { readonly name: string; readonly at: number }[];
}
const places = new WeakMap<Template, Places>();

function placesOf(template: Template): Places {
  const known = places.get(template);
  if (known !== undefined) return known;
  const { names } = template;
  const at = Object.fromEntries(READ.map((name) => [name, names.includes(name) ? names.lastIndexOf(name) : NOWHERE]));
  const made: Places = {
    at: at as Places['at'],
    kept: names.map((name, index) => ({ name, at: index })).filter(({ name }) => KEPT.has(name)),
  };
  places.set(template, made);
  return made;
}

const ZERO = 0x30;
const LONGEST_NUMBER = 9;

/** At most nine digits, or nothing. */
function isCount(text: string): boolean {
  if (text.length > LONGEST_NUMBER) return false;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return false;
  }
  return true;
}

const CALLER_ID = /^"?(.*?)"?\s*<([^<>]*)>$/;

function readRecord(cells: readonly string[], template: Template, decode: (text: string) => string): ParseOutcome {
  const { at, kept } = placesOf(template);
  const start = printedTime(cells[at.start_stamp] ?? '');
  const answer = printedTime(cells[at.answer_stamp] ?? '');
  const end = printedTime(cells[at.end_stamp] ?? '');
  if (start.kind === 'broken' || answer.kind === 'broken' || end.kind === 'broken') {
    return { kind: 'malformed', reason: 'bad-time' };
  }
  if (start.kind === 'none' && answer.kind === 'none' && end.kind === 'none') {
    return { kind: 'malformed', reason: 'no-time' };
  }
  const [whole, talk] = [cells[at.duration] ?? '', cells[at.billsec] ?? ''];
  if (!isCount(talk) || !isCount(whole)) return { kind: 'malformed', reason: 'bad-number' };
  if (talk === '' && whole === '') return { kind: 'malformed', reason: 'no-duration' };
  const cause = cells[at.hangup_cause] ?? '';
  if (cause !== '' && (!CAUSE.test(cause) || OTHER_WORDS.has(cause))) return { kind: 'malformed', reason: 'bad-cause' };

  const record: Mutable<CallRecord> = {
    startOrEnd: start.kind !== 'none' ? 'start' : answer.kind !== 'none' ? 'answer' : 'end',
  };
  if (start.kind === 'time') record.start = start.text;
  if (answer.kind === 'time') record.answer = answer.text;
  if (end.kind === 'time') record.end = end.text;
  record.durationSeconds = Number(talk === '' ? whole : talk);
  const callerId = cells[at.caller_id] ?? '';
  const parts = callerId === '' ? null : CALLER_ID.exec(callerId);
  const number = cells[at.caller_id_number] || cells[at.ani] || (parts?.[2] ?? '');
  // Decoded first: the last byte of a UTF-8 `à` alone would count as a blank.
  const name = decode(cells[at.caller_id_name] || (parts?.[1] ?? '')).trim();
  const [dialled, account] = [cells[at.destination_number] ?? '', cells[at.accountcode] ?? ''];
  if (number !== '') record.callerNumber = decode(number);
  if (name !== '' && name !== number) record.callerName = name;
  if (dialled !== '') record.dialedNumber = decode(dialled);
  if (account !== '') record.accountCode = decode(account);
  if (cause !== '') record.conditionCode = cause;
  if (at.answer_stamp !== NOWHERE) record.answered = answer.kind !== 'none';
  const uuid = cells[at.uuid] ?? '';
  if (uuid !== '') record.callId = uuid;
  const extra: Record<string, string> = {};
  for (const field of kept) {
    const text = cells[field.at] ?? '';
    if (text !== '') extra[field.name] = decode(text);
  }
  record.extra = extra;
  const isImpossible = start.kind === 'impossible' || answer.kind === 'impossible' || end.kind === 'impossible';
  return isImpossible ? { kind: 'call', record, doubts: ['date-impossible'] } : { kind: 'call', record };
}

const STAMP_LENGTH = 19;
const [DASH, COLON] = [0x2d, 0x3a];

/** Enough to find the times by; what they say is looked at later. */
const isLikeStamp = (text: string): boolean =>
  text.length === STAMP_LENGTH && text.charCodeAt(4) === DASH && text.charCodeAt(13) === COLON;

/** The template that wrote these cells, found by where their times stand. */
function foundTemplate(cells: readonly string[]): Template | undefined {
  for (let i = 0; i + 2 < cells.length; i++) {
    const answer = cells[i + 1] ?? '';
    if (isLikeStamp(cells[i] ?? '') && (answer === '' || isLikeStamp(answer)) && isLikeStamp(cells[i + 2] ?? '')) {
      return templateFor(cells, i);
    }
  }
  return undefined;
}

const chosenNames: Readonly<Record<string, readonly string[]>> = TEMPLATES;

function chosenTemplate(options: FormatOptions): Template | undefined {
  const own = (options['fields'] ?? '')
    .split(',')
    .map((name) => name.trim().replace(/^"?\$\{|\}"?$/g, ''))
    .filter((name) => name !== '');
  if (own.length > 0) return templateOf(own);
  const names = chosenNames[options['template'] ?? ''];
  return names === undefined ? undefined : templateOf(names);
}

const asIs = (text: string): string => text;

function createParser(options: FormatOptions): FrameParser {
  const chosen = chosenTemplate(options);
  const decodeHigh = (text: string): string => decodeUtf8(text) ?? decodeText(text, options['encoding']);
  const attempt = (line: string, hasBareNumbers: boolean, decode: (text: string) => string): ParseOutcome => {
    const cells = cellsOf(line, hasBareNumbers);
    if (cells === undefined) return { kind: 'malformed', reason: 'unknown-line' };
    const template = chosen ?? foundTemplate(cells);
    if (template === undefined) return { kind: 'malformed', reason: 'unknown-template' };
    const whole = fitted(cells, template);
    if (whole === undefined) return { kind: 'malformed', reason: 'field-count', detail: String(cells.length) };
    return readRecord(whole, template, decode);
  };
  return {
    parse(text): ParseOutcome {
      const line = text.startsWith('\xef\xbb\xbf') ? text.slice(3) : text;
      if (isBlank(line)) return { kind: 'noise', rule: 'blank' };
      const decode = hasHighBytes(line) ? decodeHigh : asIs;
      const outcome = attempt(line, false, decode);
      return outcome.kind === 'malformed' && BARE_NUMBERS.test(line) ? attempt(line, true, decode) : outcome;
    },
  };
}

const freeswitchCsv: FormatDefinition = {
  id: 'freeswitch-csv',
  aliases: ['csv-example-15', 'csv-sql-13'],
  vendor: 'FreeSWITCH',
  title: 'FreeSWITCH mod_cdr_csv (Master.csv)',
  models: ['FreeSWITCH 1.0-1.11', 'FusionPBX'],
  transports: ['file', 'tcp-listener'],
  confidence: 'proved',
  unsure: {
    en: 'The direction is not printed; it is concluded from the context and the length of the dialled number. Import Master.csv only: the files named after account codes hold the same lines.',
    vi: 'Chiều cuộc gọi không được in; chiều được suy ra từ context và độ dài số đã bấm. Chỉ nhập Master.csv: các tệp mang tên mã tài khoản chứa lại cùng những dòng đó.',
  },
  framing: { kind: 'line', maxBytes: 8192 },
  options: [
    {
      name: 'template',
      kind: 'choice',
      choices: ['auto', ...Object.keys(TEMPLATES)],
      default: 'auto',
      help: {
        en: 'The template in cdr_csv.conf.xml. "auto" tells it line by line from the places of the times and the uuid.',
        vi: 'Mẫu trong cdr_csv.conf.xml. "auto" tự nhận từng dòng theo vị trí các mốc giờ và uuid.',
      },
    },
    {
      name: 'fields',
      kind: 'text',
      help: {
        en: 'For a template of your own: the names of its variables in their order, separated by commas (caller_id_number,destination_number,start_stamp,...). Empty: the template above.',
        vi: 'Nếu bạn dùng mẫu riêng: tên các biến theo đúng thứ tự, cách nhau bằng dấu phẩy (caller_id_number,destination_number,start_stamp,...). Để trống: dùng mẫu ở trên.',
      },
    },
    {
      name: 'outsideContexts',
      kind: 'text',
      default: OUTSIDE_CONTEXTS,
      help: {
        en: 'Regular expression for contexts that only calls from outside enter.',
        vi: 'Biểu thức chính quy cho các context mà chỉ cuộc gọi từ bên ngoài đi vào.',
      },
    },
    {
      name: 'extensionDigits',
      kind: 'number',
      default: String(EXTENSION_DIGITS),
      help: {
        en: 'The most digits an extension number has; a longer number is an outside number.',
        vi: 'Số chữ số tối đa của số máy nhánh; số dài hơn là số bên ngoài.',
      },
    },
  ],
  defaults: { dateOrder: 'YMD', clock: '24h', timeIs: 'start', encoding: 'utf-8' },
  codeFields: ['account'],
  create: createParser,
  // Another id only comes from a dialplan that sets one.
  isTypical: (record) => record.callId === undefined || isUuid(record.callId),
  assembly: freeswitchAssembly,
};

export const formats: readonly FormatDefinition[] = [freeswitchCsv];
