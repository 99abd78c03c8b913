/**
 * The newer page of Samsung OfficeServ 7200 and 7400, 152 columns (or 120 without the caller's name, group and ringing),
 * lines ended by CR LF NUL. Columns of one public parser; no line was found:
 *
 *       000123 201                12/25 17:06:12 00:01:22 IC 7009216                              0.00        ...
 *     call id 3, extension 10, code 17, month/day 27, time 33, duration 42, kind 51, dialled 54, account 73, cost 91,
 *     caller 102, name 119, group 138, ringing 144
 *
 * All records of a call have the same call id.
 */
import { defineFormat, type Field } from '../engine.ts';
import { cost, duration, text } from '../readers.ts';
import { assemblyByCallId, CODE_FIELDS } from './assembly.ts';
import { started } from './fields.ts';

/** Kinds are kept as printed; only those that begin with I and O tell by their name which way the call went. */
const kind: Field = (cellOf) => {
  const at = cellOf('kind');
  return (row, draft) => {
    const value = row[at] ?? '';
    if (value === '') return undefined;
    if (!/^[A-Z]{1,2}$/.test(value)) return 'bad-call-type';
    draft.conditionCode = value;
    if (value.startsWith('I')) draft.direction = 'incoming';
    else if (value.startsWith('O')) draft.direction = 'outgoing';
    if (/^[IOT]T$|^T$/.test(value)) draft.transferred = true;
    if (value === 'IA' && draft.durationSeconds !== undefined) {
      // As on the older page: the ringing before the answer.
      draft.ringSeconds = draft.durationSeconds;
      delete draft.durationSeconds;
    }
    return undefined;
  };
};

const group: Field = (cellOf) => {
  const at = cellOf('group');
  return (row, draft) => {
    const value = row[at] ?? '';
    if (value === '') return undefined;
    if (!/^[\dA-Z]{1,6}$/.test(value)) return 'bad-station';
    draft.extra = { ...draft.extra, group: value };
    return undefined;
  };
};

export const officeServNew = defineFormat({
  id: 'samsung-officeserv-call-id',
  vendor: 'Samsung',
  title: 'Samsung OfficeServ, newer page with call id',
  models: ['OfficeServ 7100', 'OfficeServ 7200', 'OfficeServ 7400'],
  transports: ['tcp-client', 'serial', 'tcp-listener', 'file'],
  confidence: 'unconfirmed',
  unsure: {
    en: 'The columns are those of one public program; no real line was found. Check the first records received, above all their direction.',
    vi: 'Các cột lấy theo một chương trình công khai; chưa tìm được dòng thật nào. Hãy kiểm tra những bản ghi đầu nhận được, nhất là chiều gọi.',
  },
  framing: { kind: 'line', maxBytes: 512 },
  options: [],
  defaults: { dateOrder: 'MD', clock: '24h', timeIs: 'start' },
  codeFields: CODE_FIELDS,
  noise: {
    blank: /^\s*$/,
    ruler: /^\s*[-=_*]{3}[-=_*\s]*$/,
    heading: /^\s*CALL ?ID\b.*\bEXT\b/i,
    title: /SMDR REPORT FOR\b/,
  },
  layouts: [
    {
      kind: 'columns',
      match: /^ {2}.{24}\d\d.\d\d \d\d:\d\d:\d\d \d\d:\d\d:\d\d /s,
      columns: {
        id: [3, 6],
        ext: [10, 6],
        auth: [17, 9],
        date: [27, 5],
        time: [33, 8],
        duration: [42, 8],
        kind: [51, 2],
        number: [54, 18],
        account: [73, 17],
        cost: [91, 10],
        caller: [102, 16],
        name: [119, 18],
        group: [138, 6],
        ring: [144, 9],
      },
      fields: [
        started,
        text('callId', 'id', /^\d{1,6}$/, 'bad-call-id'),
        text('extension', 'ext', /^[\dA-Z*#]{1,6}$/, 'bad-extension'),
        text('authCode', 'auth', /^[\dA-Z*#]{1,9}$/, 'bad-account'),
        duration('durationSeconds', 'duration', 3),
        kind,
        text('dialedNumber', 'number', /^[\d*#+A-Za-z.,=/-]+$/),
        text('accountCode', 'account', /^[\dA-Za-z*#]+$/),
        cost('cost'),
        text('callerNumber', 'caller', /^\+?[\d*#]+$/, 'bad-cli'),
        text('callerName', 'name'),
        group,
        duration('ringSeconds', 'ring', 3),
        () => (_row, draft) =>
          draft.callId === undefined || draft.conditionCode === undefined ? 'cut-short' : undefined,
      ],
    },
  ],
  assembly: assemblyByCallId,
});
