/**
 * Aastra 400 (Mitel 400) and Ascotel IntelliGate: printed protocol, and the lines PC1 and PC4 for a computer. Columns are
 * those of the manual, which counts from 0. The duration is printed `00H01M15`.
 *
 *     protocol  user 3-7  kind 9-11  ddmmyy 13-18  hh:mm 20-24  duration 26-33  trunk 35  charge 41-50  number 52  serial 73
 *     PC1       user 2  yymmdd 11-16  hh:mm 18-22  duration 24-31  trunk 33  pulses 39  number 45  serial 66
 *     PC4       user 2  cost centre 8  kind 18  yymmdd 21-26  hh:mm 28-32  duration 34-41  trunk 43  DDI 49  pulses 61
 *               number sent 67  number dialled 108  ringing 129  sequence 133  serial 137
 */
import { type ColumnsLayout, defineFormat, type Field } from '../engine.ts';
import { withCleanColumns } from '../line-front.ts';
import { clockSeconds, cost, readDate, readTime, text, writeTime } from '../readers.ts';
import type { DateOrder, FormatDefinition } from '../types.ts';
import { CODE_FIELDS } from './assembly.ts';
import { extras } from './fields.ts';

const CLOCK = ' \\d\\d:\\d\\d \\d\\dH\\d\\dM\\d\\d ';
const NUMBER = /^[\d*#+?]{1,40}$/;
const USER = /^[\dA-Za-z*#]{1,9}$/;

const moment: Field = (cellOf) => {
  const [dateAt, timeAt] = [cellOf('date'), cellOf('time')];
  return (row, draft, state) => {
    const m = /^(\d\d)(\d\d)(\d\d)$/.exec(row[dateAt] ?? '');
    if (m === null) return 'bad-date';
    const date = readDate(`${m[1]}-${m[2]}-${m[3]}`, state.options.dateOrder);
    const time = readTime(row[timeAt] ?? '');
    if (date === undefined || time === undefined) return 'bad-time';
    return writeTime(draft, state, date, time, state.options.timeIs);
  };
};

const duration: Field = (cellOf) => {
  const at = cellOf('duration');
  return (row, draft) => {
    const seconds = clockSeconds((row[at] ?? '').replace('H', ':').replace('M', ':'), 3);
    if (seconds === undefined) return 'bad-duration';
    draft.durationSeconds = seconds;
    return undefined;
  };
};

/** Three or four digits; how it counts is not told, so it stays as printed. */
const ringing = extras(['ring', /^[\d:]{1,5}$/, 'ringTime']);

/** The running number ends every line. */
const serial: Field = (cellOf) => {
  const at = cellOf('serial');
  return (row, draft) => {
    const value = row[at] ?? '';
    if (!/^\d{1,4}$/.test(value)) return value === '' ? 'cut-short' : 'bad-serial';
    draft.extra = { ...draft.extra, serial: value };
    return undefined;
  };
};

const TRUNK = /^[\d./-]{1,7}$/;

interface Page {
  readonly id: string;
  readonly title: string;
  readonly dateOrder: DateOrder;
  readonly columns: ColumnsLayout['columns'];
  /** Characters before the date. */
  readonly before: number;
  readonly fields: readonly Field[];
}

function page({ id, title, dateOrder, columns, before, fields }: Page): FormatDefinition {
  return withCleanColumns(
    defineFormat({
      id,
      vendor: 'Mitel',
      title,
      models: ['Aastra 400', 'MiVoice Office 400', 'Ascotel IntelliGate A150', 'Ascotel IntelliGate A300'],
      transports: ['tcp-client', 'serial', 'file'],
      confidence: 'unconfirmed',
      unsure: {
        en: 'The columns come from a manual; no real line was found. Whether the time is the start, what the kind of call means and so its direction, and the lines PC2, PC3 and PC5 are not documented. Check the first calls.',
        vi: 'Các cột lấy theo tài liệu; chưa tìm được dòng thật nào. Chưa có tài liệu cho biết giờ in ra có phải giờ bắt đầu không, loại cuộc gọi nghĩa là gì (nên chưa biết chiều gọi), và các dòng PC2, PC3, PC5. Hãy kiểm tra những cuộc gọi đầu tiên.',
      },
      framing: { kind: 'line', maxBytes: 512 },
      options: [],
      defaults: { dateOrder, clock: '24h', timeIs: 'start' },
      codeFields: CODE_FIELDS,
      noise: { blank: /^\s*$/, ruler: /^\s*[-=_*]{3}[-=_*\s]*$/ },
      layouts: [
        {
          kind: 'columns',
          match: new RegExp(`^.{${before}}\\d{6}${CLOCK}`),
          columns,
          fields: [
            moment,
            serial,
            text('extension', 'user', USER),
            duration,
            text('trunk', 'trunk', TRUNK),
            text('dialedNumber', 'number', NUMBER),
            ...fields,
          ],
        },
      ],
    }),
  );
}

const kind = text('conditionCode', 'kind', /^\S{1,3}$/);
const pulses = extras(['pulses', /^\d{1,6}$/]);

export const aastra400: readonly FormatDefinition[] = [
  page({
    id: 'mitel-400',
    title: 'Mitel (Aastra) 400 and Ascotel IntelliGate, protocol',
    dateOrder: 'DMY',
    before: 12,
    columns: {
      user: [3, 5],
      kind: [9, 3],
      date: [13, 6],
      time: [20, 5],
      duration: [26, 8],
      trunk: [35, 7],
      charge: [42, 9],
      number: [52, 20],
      serial: [73, 4],
    },
    fields: [kind, cost('charge')],
  }),
  page({
    id: 'mitel-400-pc1',
    title: 'Mitel (Aastra) 400 and Ascotel IntelliGate, PC1 lines',
    dateOrder: 'YMD',
    before: 10,
    columns: {
      user: [2, 8],
      date: [11, 6],
      time: [18, 5],
      duration: [24, 8],
      trunk: [33, 7],
      pulses: [40, 5],
      number: [45, 20],
      serial: [66, 4],
    },
    fields: [pulses],
  }),
  page({
    id: 'mitel-400-pc4',
    title: 'Mitel (Aastra) 400 and Ascotel IntelliGate, PC4 lines',
    dateOrder: 'YMD',
    before: 20,
    columns: {
      user: [2, 5],
      costCentre: [8, 9],
      kind: [18, 3],
      date: [21, 6],
      time: [28, 5],
      duration: [34, 8],
      trunk: [43, 6],
      ddi: [49, 12],
      pulses: [61, 6],
      sent: [67, 40],
      number: [108, 20],
      ring: [129, 4],
      sequence: [133, 4],
      serial: [137, 4],
    },
    fields: [
      kind,
      pulses,
      extras(['costCentre', USER]),
      extras(['ddi', NUMBER]),
      extras(['sent', NUMBER, 'numberSent']),
      ringing,
      extras(['sequence', /^\d{1,4}$/]),
    ],
  }),
];
