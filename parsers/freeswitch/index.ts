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
import { isCivilDate } from '../../core/model/time.ts';
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

const ZERO = 48;
const digit = (text: string, at: number): number => text.charCodeAt(at) - ZERO;
const two = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);

const SHAPE = '0000-00-00 00:00:00';

function isStamp(text: string): boolean {
  if (text.length !== SHAPE.length) return false;
  for (let i = 0; i < SHAPE.length; i++) {
    const code = text.charCodeAt(i);
    const wanted = SHAPE.charCodeAt(i);
    if (wanted === ZERO ? code < ZERO || code > 57 : code !== wanted) return false;
  }
  return true;
}

function isPossible(stamp: string): boolean {
  const year = two(stamp, 0) * 100 + two(stamp, 2);
  return (
    isCivilDate(year, two(stamp, 5), two(stamp, 8)) && two(stamp, 11) < 24 && two(stamp, 14) < 60 && two(stamp, 17) < 60
  );
}

interface Named {
  readonly at: ReadonlyMap<string, number>;
  readonly kept: readonly string[];
}
const named = new WeakMap<Template, Named>();

function namedOf(template: Template): Named {
  const known = named.get(template);
  if (known !== undefined) return known;
  const made = {
    at: new Map(template.names.map((name, i) => [name, i])),
    kept: template.names.filter((name) => KEPT.has(name)),
  };
  named.set(template, made);
  return made;
}

const CALLER_ID = /^"?(.*?)"?\s*<([^<>]*)>$/;

function readRecord(cells: readonly string[], template: Template, decode: (text: string) => string): ParseOutcome {
  const { at, kept } = namedOf(template);
  const value = (name: string): string => cells[at.get(name) ?? -1] ?? '';
  const stamps = [value('start_stamp'), value('answer_stamp'), value('end_stamp')];
  if (stamps.some((stamp) => stamp !== '' && !isStamp(stamp))) return { kind: 'malformed', reason: 'bad-time' };
  const [start = '', answer = '', end = ''] = stamps;
  if (start === '' && answer === '' && end === '') return { kind: 'malformed', reason: 'no-time' };
  const [whole, talk, cause] = [value('duration'), value('billsec'), value('hangup_cause')];
  if (!/^\d{0,9}$/.test(talk) || !/^\d{0,9}$/.test(whole)) return { kind: 'malformed', reason: 'bad-number' };
  if (talk === '' && whole === '') return { kind: 'malformed', reason: 'no-duration' };
  if (cause !== '' && (!CAUSE.test(cause) || OTHER_WORDS.has(cause))) return { kind: 'malformed', reason: 'bad-cause' };

  const record: Mutable<CallRecord> = { startOrEnd: start !== '' ? 'start' : answer !== '' ? 'answer' : 'end' };
  let isImpossible = false;
  const put = (key: 'start' | 'answer' | 'end', stamp: string): void => {
    if (stamp === '') return;
    if (isPossible(stamp)) record[key] = `${stamp.slice(0, 10)}T${stamp.slice(11)}`;
    else isImpossible = true;
  };
  put('start', start);
  put('answer', answer);
  put('end', end);
  record.durationSeconds = Number(talk === '' ? whole : talk);
  const callerId = CALLER_ID.exec(value('caller_id'));
  const number = value('caller_id_number') || value('ani') || (callerId?.[2] ?? '');
  // Decoded first: the last byte of a UTF-8 `à` alone would count as a blank.
  const name = decode(value('caller_id_name') || (callerId?.[1] ?? '')).trim();
  const [dialled, account] = [value('destination_number'), value('accountcode')];
  if (number !== '') record.callerNumber = decode(number);
  if (name !== '' && name !== number) record.callerName = name;
  if (dialled !== '') record.dialedNumber = decode(dialled);
  if (account !== '') record.accountCode = decode(account);
  if (cause !== '') record.conditionCode = cause;
  if (at.has('answer_stamp')) record.answered = answer !== '';
  if (value('uuid') !== '') record.callId = value('uuid');
  const extra: Record<string, string> = {};
  for (const key of kept) {
    const text = value(key);
    if (text !== '') extra[key] = decode(text);
  }
  record.extra = extra;
  return isImpossible ? { kind: 'call', record, doubts: ['date-impossible'] } : { kind: 'call', record };
}

/** The template that wrote these cells, found by where their times stand. */
function foundTemplate(cells: readonly string[]): Template | undefined {
  for (let i = 0; i + 2 < cells.length; i++) {
    const answer = cells[i + 1] ?? '';
    if (isStamp(cells[i] ?? '') && (answer === '' || isStamp(answer)) && isStamp(cells[i + 2] ?? '')) {
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
      if (line.trim() === '') return { kind: 'noise', rule: 'blank' };
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
