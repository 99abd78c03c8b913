/**
 * Samsung DCS, iDCS and OfficeServ. The older page (pages.ts) is one for all models: what stands behind the dialled digits
 * is told by the line itself (tail.ts). The printed time is the start (calls of one trunk never overlap when it is read so,
 * in five public logs). The number of an incoming call in the dialled column is the one the caller dialled; the caller
 * stands in the CLIP columns. The newer page of OfficeServ 7200 and 7400 has only one public parser as its witness.
 */
import { defineFormat, type FormatSpec, resolveOptions } from '../engine.ts';
import { withTabs } from '../tabs.ts';
import type { FormatDefinition, StreamContext } from '../types.ts';
import { assemblyByTrunk, CODE_FIELDS } from './assembly.ts';
import { code, flag, isDayFirst, lasted, started, wholeRecord } from './fields.ts';
import { officeServNew } from './officeserv-new.ts';
import { columns, inColumns, isInPlace, isRecord, noise, observeTitle } from './pages.ts';
import { tail } from './tail.ts';

const spec: FormatSpec = {
  id: 'samsung-officeserv',
  aliases: [
    'samsung-officeserv-7200',
    'samsung-officeserv-500',
    'samsung-idcs-500',
    'samsung-dcs',
    'samsung-dcs-compact-ii',
  ],
  vendor: 'Samsung',
  title: 'Samsung DCS, iDCS, OfficeServ',
  models: [
    'OfficeServ 100',
    'OfficeServ 500',
    'OfficeServ 7030',
    'OfficeServ 7100',
    'OfficeServ 7200',
    'OfficeServ 7400',
    'iDCS 100',
    'iDCS 500',
    'DCS',
    'DCS-408',
    'DCS Compact II',
    'DS-24D',
  ],
  transports: ['serial', 'tcp-client', 'tcp-listener', 'file'],
  confidence: 'proved',
  unsure: {
    en: 'A record with the flag IA is read as the ringing before the answer, because it always ends where the next one of its trunk begins. What parts the DISA flags DI, DO and DE is not known. Dialled digits beyond 18 are not printed.',
    vi: 'Bản ghi có cờ IA được hiểu là thời gian đổ chuông trước khi trả lời, vì luôn kết thúc đúng lúc bản ghi kế tiếp của trung kế đó bắt đầu. Chưa rõ các cờ DISA (DI, DO, DE) khác nhau thế nào. Số bấm dài hơn 18 chữ số không được in hết.',
  },
  framing: { kind: 'line', maxBytes: 512 },
  options: [],
  defaults: { dateOrder: 'MD', clock: '24h', timeIs: 'start' },
  codeFields: CODE_FIELDS,
  noise,
  layouts: [
    {
      kind: 'columns',
      accepts: isRecord,
      columns,
      fields: [
        started,
        code('extension', 'ext', /^[\dA-Z*#]{1,4}$/, 'bad-extension'),
        code('authCode', 'auth', /^[\dA-Z*#]{1,4}$/, 'bad-account'),
        code('trunk', 'trunk', /^[#*]?[\dA-Z]{1,4}$/, 'bad-line'),
        lasted,
        flag,
        code('dialedNumber', 'number', /^[\d*#+A-Za-z.,=/ -]+$/, 'bad-number'),
        tail('tail'),
        wholeRecord('tenant'),
      ],
    },
  ],
  assembly: assemblyByTrunk,
};

function definePage(page: FormatSpec): FormatDefinition {
  const definition = defineFormat(page);
  return {
    ...definition,
    create(given) {
      const isDayFirstHere = isDayFirst(resolveOptions(definition, given));
      const parser = definition.create(given);
      return {
        parse(frame: string, context: StreamContext) {
          if (isInPlace(frame)) return parser.parse(frame, context);
          observeTitle(frame, context, isDayFirstHere);
          const line = inColumns(frame);
          if (line === undefined) return { kind: 'malformed', reason: 'cut-short' };
          return parser.parse(line, context);
        },
      };
    },
  };
}

export const formats: readonly FormatDefinition[] = [definePage(spec), officeServNew].map(withTabs);
