/**
 * Toshiba Strata CTX and CIX. Two positions of the same record, four columns apart behind the parties: software up to 1.02,
 * and 1.03 and later. The slash of the time stamp tells which (column 32 or 36).
 *
 *     N 001 00     DN1234  T000001 06/28 12:10:50 00:10:30.0 12134567890            1.02
 *     N 001 00     DN1234    T00100100 06/28 12:10:50 00:10:30.0 12134567890        1.03
 *      &0243123456        DISA 0243123456    1234567 DN2001  00 2001                second line of the record before
 *
 * A and C records hold a code for the call of the same station. There is no year.
 */
import { type ColumnsLayout, defineFormat, type PatternLayout } from '../engine.ts';
import type { FormatDefinition, OptionDefinition } from '../types.ts';
import { CODE_FIELDS, ctxAssembly } from './ctx-assembly.ts';
import { continuation, dialled, duration, parties, recordType, timeStamp } from './ctx-fields.ts';

const timeIsOption: OptionDefinition = {
  name: 'timeIs',
  kind: 'choice',
  choices: ['start', 'answer', 'end'],
  default: 'end',
  help: {
    en: 'Which moment the time of N, E and B records is. The manual says the end in one place and the answer in another: make a call of five minutes and look.',
    vi: 'Giờ của bản ghi N, E và B là thời điểm nào. Tài liệu có chỗ nói là lúc kết thúc, chỗ khác nói là lúc trả lời: hãy gọi thử một cuộc năm phút rồi xem.',
  },
};

const fields = [
  recordType,
  timeStamp,
  parties,
  duration,
  dialled,
  // The running number shows lost records and the node is the same for all: they only must be what they are.
  ((cellOf) => {
    const [numberAt, nodeAt] = [cellOf('record'), cellOf('node')];
    return (row) =>
      /^\d{3}$/.test(row[numberAt] ?? '') && /^\w{0,6}$/.test(row[nodeAt] ?? '') ? undefined : 'bad-call-id';
  }) satisfies ColumnsLayout['fields'][number],
];

const head = { type: [1, 1], record: [3, 3], node: [7, 6] } as const;

const release102: ColumnsLayout = {
  kind: 'columns',
  match: /^[A-Z] \d{3} .{23}\d\d\/\d\d \d\d:\d\d:\d\d(?: |$)/,
  columns: {
    ...head,
    origin: [14, 7],
    termination: [22, 7],
    stamp: [30, 14],
    duration: [45, 10],
    dial: [56, 32],
  },
  fields,
};
const release103: ColumnsLayout = {
  kind: 'columns',
  match: /^[A-Z] \d{3} .{27}\d\d\/\d\d \d\d:\d\d:\d\d(?: |$)/,
  columns: {
    ...head,
    origin: [14, 9],
    termination: [24, 9],
    stamp: [34, 14],
    duration: [49, 10],
    dial: [60, 32],
  },
  fields,
};
/** Copies that lost their blanks: every part of the record has a form of its own. */
const withoutBlanks: PatternLayout = {
  kind: 'pattern',
  match:
    /^(?<type>[A-Z]) (?<record>\d{3}) +(?:(?<node>\d{1,6}) +)?(?<origin>(?:DN|CF|[TA])[\dQ]{1,8})(?: +(?<termination>(?:DN|CF|[TA])[\dQ]{1,8}))? +(?<stamp>\d\d\/\d\d \d\d:\d\d:\d\d)(?: +(?<duration>\d\d:\d\d:\d\d\.\d))?(?: +(?<dial>[\d*#]+))?\s*$/,
  columns: ['type', 'record', 'node', 'origin', 'termination', 'stamp', 'duration', 'dial'],
  fields: [
    ...fields,
    (cellOf) => {
      const [typeAt, durationAt, dialAt] = [cellOf('type'), cellOf('duration'), cellOf('dial')];
      return (row) => {
        const isCode = row[typeAt] === 'A' || row[typeAt] === 'C';
        return row[durationAt] === '' && row[dialAt] !== '' && !isCode ? 'cut-short' : undefined;
      };
    },
  ],
};
const secondLine: ColumnsLayout = {
  kind: 'columns',
  match: /^ ?&/,
  columns: {
    mark: [2, 1],
    caller: [3, 17],
    disa: [21, 4],
    ani: [26, 13],
    dnis: [40, 7],
    aux1: [48, 7],
    aux2: [56, 9],
  },
  // An editor may have stripped the blank in front.
  shift: (line) => (line.charCodeAt(0) === 0x26 ? -1 : 0),
  fields: [continuation],
};

const page = defineFormat({
  id: 'toshiba-ctx',
  // The SMDR service of TeleVantage prints this page.
  aliases: ['toshiba-ctx-102', 'toshiba-ctx-103', 'toshiba-cix', 'vertical-televantage'],
  vendor: 'Toshiba',
  title: 'Toshiba Strata CTX and CIX',
  models: [
    'Strata CTX28',
    'Strata CTX100',
    'Strata CTX670',
    'Strata CIX40',
    'Strata CIX100',
    'Strata CIX200',
    'Strata CIX670',
    'Strata CIX1200',
    'IPedge',
    'Vertical TeleVantage 7.5',
  ],
  transports: ['serial', 'tcp-client', 'tcp-listener', 'file'],
  confidence: 'documented',
  unsure: {
    en: 'Columns are those of the manuals; no real capture was found. Whether the printed time is the end or the answer is a setting of this source. IPedge is expected to print the same.',
    vi: 'Các cột lấy theo tài liệu; chưa tìm được dữ liệu thật nào. Giờ in ra là lúc kết thúc hay lúc trả lời là một thiết lập của nguồn này. IPedge được cho là in giống vậy.',
  },
  framing: { kind: 'line', maxBytes: 256 },
  options: [timeIsOption],
  defaults: { dateOrder: 'MD', clock: '24h', timeIs: 'end' },
  codeFields: CODE_FIELDS,
  noise: {
    blank: /^\s*$/,
    'system-started': /^I \d{3} .*\d\d\/\d\d \d\d:\d\d:\d\d/,
    'clock-changed': /^T \d{3} .*\d\d\/\d\d \d\d:\d\d:\d\d/,
    'records-lost': /^\s*ERROR BUFFER OVERFLOW\b/,
  },
  layouts: [release102, release103, secondLine, withoutBlanks],
  assembly: ctxAssembly,
});

const CONTROL_IN_FRONT = /^[\x00-\x1f]+/;

export const ctx: FormatDefinition = {
  ...page,
  create(options) {
    const parser = page.create(options);
    return {
      parse: (text, context) =>
        parser.parse(text.charCodeAt(0) < 32 ? text.replace(CONTROL_IN_FRONT, '') : text, context),
    };
  },
};
