/**
 * Panasonic DBS 90 and DBS 576. Columns counted in one public log of 37 lines; no manual page was found.
 *
 *       267  11  17 03 16:51  0:00.50 O 3663713                              000000
 *       262  18  17 03 16:41  0:10.30 I 00'02                                000000
 *
 * Day and month, no year; direction O or I; the number field of an incoming call holds the ring time.
 */
import { defineFormat, type Field } from '../engine.ts';
import { clockSeconds, duration, readDate, readTime, text, writeTime } from '../readers.ts';
import { CODE_FIELDS, panasonicAssembly } from './assembly.ts';
import { account, insideParty } from './fields.ts';
import { noise } from './noise.ts';
import { codeSourceOption } from './options.ts';

const dayMonthTime: Field = (cellOf) => {
  const [dayAt, monthAt, timeAt] = [cellOf('day'), cellOf('month'), cellOf('time')];
  return (row, draft, state) => {
    const order = state.options.dateOrder === 'MD' || state.options.dateOrder === 'MDY' ? 'MD' : 'DM';
    const date = readDate(`${row[dayAt]}/${row[monthAt]}`, order);
    const time = readTime(row[timeAt] ?? '');
    if (date === undefined) return 'bad-date';
    if (time === undefined) return 'bad-time';
    return writeTime(draft, state, date, time, state.options.timeIs);
  };
};

const DIALLED = /^[\d*#PFX.=\- ]*$/;
const RING_AND_CALLER = /^(\d\d'\d\d)(?: +([\d*#]+))?$/;

const numberOrRing: Field = (cellOf) => {
  const [directionAt, at] = [cellOf('direction'), cellOf('number')];
  return (row, draft) => {
    const value = row[at] ?? '';
    if (row[directionAt] === 'O') {
      draft.direction = 'outgoing';
      if (!DIALLED.test(value)) return 'bad-number';
      if (value !== '') draft.dialedNumber = value;
      return undefined;
    }
    if (row[directionAt] !== 'I') return 'bad-direction';
    draft.direction = 'incoming';
    if (value === '') return undefined;
    const [, clock = '', caller] = RING_AND_CALLER.exec(value) ?? [];
    const ring = clockSeconds(clock, 2);
    if (ring === undefined) return 'bad-number';
    draft.ringSeconds = ring;
    if (caller !== undefined) draft.callerNumber = caller;
    return undefined;
  };
};

const accountOrZeros: Field = (cellOf) => {
  const at = cellOf('account');
  const read = account('account')(cellOf);
  return (row, draft, state) => (/^0+$/.test(row[at] ?? '') ? undefined : read(row, draft, state));
};

export const dbs = defineFormat({
  id: 'panasonic-dbs',
  vendor: 'Panasonic',
  title: 'Panasonic DBS',
  models: ['DBS 90', 'DBS 576'],
  transports: ['serial', 'file', 'tcp-client', 'tcp-listener'],
  confidence: 'unconfirmed',
  unsure: {
    en: 'Columns were counted in one short log. The printed time is taken as the start; the year comes from the arrival time. Zeros in the account column are taken as no code.',
    vi: 'Các cột được đếm từ một nhật ký ngắn. Giờ in ra được hiểu là giờ bắt đầu; năm lấy theo lúc nhận. Dãy số 0 ở cột mã được hiểu là không có mã.',
  },
  framing: { kind: 'line', maxBytes: 256 },
  options: [codeSourceOption],
  defaults: { dateOrder: 'DM', clock: '24h', timeIs: 'start' },
  codeFields: CODE_FIELDS,
  noise,
  layouts: [
    {
      kind: 'columns',
      match: /^(?: {2}[ \d]{3}|\d{3}) {2}[ \d]{2} {2}[ \d]{2} [ \d]{2} [ \d]\d:\d\d /,
      columns: {
        ext: [3, 3],
        trunk: [8, 2],
        day: [12, 2],
        month: [15, 2],
        time: [18, 5],
        duration: [25, 7],
        direction: [33, 1],
        number: [35, 36],
        account: [72, 6],
      },
      // An editor may have stripped the blanks in front.
      shift: (line) => (line.charCodeAt(0) === 0x20 ? 0 : -2),
      fields: [
        dayMonthTime,
        insideParty('ext'),
        text('trunk', 'trunk', /^\d{1,2}$/),
        duration('durationSeconds', 'duration', 3),
        numberOrRing,
        accountOrZeros,
      ],
    },
  ],
  assembly: panasonicAssembly,
});
