/**
 * Ericsson BusinessPhone, CIL format 4: lines of 170 characters; date (year first) and time without seconds are those of
 * the call's end.
 *
 *     00 715 050706 1215 255  00013 0000 0    242347                   a                      0018 a        0.00 I 711  0    242347
 *     code|serial|date|time|caller|hmmss|pulses|access|number|status|account|phone|ring mmss|status|cost|trunk|sent|caller
 *
 * The status letter stands before everything: with A to H the call came in, and the caller's column holds the trunk. A
 * blank duration is a call nobody answered. Lines whose blanks were collapsed on their way are read by the order of their
 * fields where that leaves no doubt.
 */
import type { RecordDirection } from '../../core/model/call-record.ts';
import { type Draft, defineFormat, type Field, type Layout } from '../engine.ts';
import { withCleanColumns } from '../line-front.ts';
import { cleanDecimal, text } from '../readers.ts';
import { CODE_FIELDS, longCallAssembly } from './assembly.ts';
import { CODE, digitsDateTime, digitsDuration, extras } from './fields.ts';

/** 1, 3 DISA; 4, 6 diverted; 8 by computer. */
const OUTGOING = 'abcdefghijklmnopqrstuvwxyz13468';
const INCOMING = 'ABCDEFGH';
const INTERNAL = 'QRSTUVWX';
const DIRECTIONS: ReadonlyMap<string, RecordDirection> = new Map([
  ...[...OUTGOING].map((letter) => [letter, 'outgoing'] as const),
  ...[...INCOMING].map((letter) => [letter, 'incoming'] as const),
  ...[...INTERNAL].map((letter) => [letter, 'internal'] as const),
]);
const LONG_CALL_PARTS = 'cdghklCDGHSTWX';
const PARTY = /^[\d*#]{1,5}$/;
const NUMBER = /^[\d*#+?A-D][\d*#+?A-D .-]{0,23}$/;
/** Cells that are kept and decide nothing. */
const PRINTED = /^[ -~]+$/;

function parties(draft: Draft, caller: string, number: string, trunk: string, outsideCaller: string): void {
  if (draft.direction === 'incoming') {
    if (caller !== '') draft.trunk = caller;
    if (number !== '') draft.extension = number;
    if (outsideCaller !== '') draft.callerNumber = outsideCaller;
    return;
  }
  if (caller !== '') {
    draft.extension = caller;
    draft.callerNumber = caller;
  }
  if (number !== '') draft.dialedNumber = number;
  if (trunk !== '') draft.trunk = trunk;
}

/** Direction and everything that hangs on it. */
const call: Field = (cellOf) => {
  const names = ['status', 'statusOne', 'caller', 'number', 'trunk', 'outsideCaller'] as const;
  const [statusAt, statusOneAt, callerAt, numberAt, trunkAt, outsideAt] = names.map(cellOf);
  return (row, draft) => {
    const printed = row[statusAt ?? 0] ?? '';
    const status = printed === '' ? (row[statusOneAt ?? 0] ?? '') : printed;
    if (status === '' || row[statusOneAt ?? 0] === '') return 'cut-short';
    const direction = DIRECTIONS.get(status);
    if (direction === undefined) return 'bad-status';
    draft.direction = direction;
    draft.conditionCode = status;
    const caller = row[callerAt ?? 0] ?? '';
    const number = row[numberAt ?? 0] ?? '';
    const trunk = row[trunkAt ?? 0] ?? '';
    const outsideCaller = row[outsideAt ?? 0] ?? '';
    if (caller !== '' && !PARTY.test(caller)) return 'bad-caller';
    if (number !== '' && !NUMBER.test(number)) return 'bad-number';
    if (trunk !== '' && !PARTY.test(trunk)) return 'bad-trunk';
    if (outsideCaller !== '' && !NUMBER.test(outsideCaller)) return 'bad-caller';
    parties(draft, caller, number, trunk, outsideCaller);
    draft.answered = draft.durationSeconds !== undefined;
    if (LONG_CALL_PARTS.includes(status)) draft.extra = { ...draft.extra, longCall: 'part' };
    return undefined;
  };
};

/** 0.00 stands on every line that nothing was charged for. */
const cost: Field = (cellOf) => {
  const at = cellOf('cost');
  return (row, draft) => {
    const value = row[at] ?? '';
    if (value === '' || value === '0.00' || /^[0.,]+$/.test(value)) return undefined;
    if (!/^\d[\d.,]*$/.test(value)) return 'bad-cost';
    draft.cost = cleanDecimal(value);
    return undefined;
  };
};

const transfer: Field = (cellOf) => {
  const at = cellOf('transfer');
  return (row, draft) => {
    const value = row[at] ?? '';
    if (value === '') return undefined;
    if (Number(value) >= 11 && Number(value) <= 14) draft.transferred = true;
    draft.extra = { ...draft.extra, transfer: value };
    return undefined;
  };
};

const columns: Layout = {
  kind: 'columns',
  match: /^00 \d{3} \d{6} \d{4} /,
  columns: {
    code: [1, 2],
    serial: [4, 3],
    date: [8, 6],
    time: [15, 4],
    caller: [20, 4],
    duration: [25, 5],
    pulses: [31, 4],
    access: [36, 4],
    number: [41, 24],
    status: [66, 1],
    account: [68, 15],
    phone: [84, 4],
    ring: [89, 4],
    statusOne: [94, 1],
    cost: [96, 11],
    costState: [108, 1],
    trunk: [110, 4],
    accessSent: [115, 4],
    numberSent: [120, 24],
    outsideCaller: [145, 20],
    facility: [166, 1],
    transfer: [168, 2],
  },
  fields: [
    digitsDateTime('date', 'time'),
    digitsDuration('durationSeconds', 'duration'),
    digitsDuration('ringSeconds', 'ring'),
    call,
    text('accountCode', 'account', CODE),
    cost,
    extras(
      ['serial', /^\d{3}$/],
      ['pulses', PRINTED],
      ['access', PRINTED, 'accessCode'],
      // The telephone that was used with somebody's authorization code; the caller's column has the owner of the code.
      ['phone', PRINTED, 'phoneUsed'],
      ['costState', PRINTED],
      ['accessSent', PRINTED, 'accessCodeSent'],
      ['numberSent', PRINTED],
      ['facility', PRINTED],
    ),
    transfer,
  ],
};

/**
 * The same fields in a row, in a line that has lost its columns. What stands between the pulses and the ringing is an access code and a number; one alone is
 * the access code only where an outgoing call was sent out without a number.
 */
const collapsed: Layout = {
  kind: 'pattern',
  match:
    /^(?!.{88}[\d ]{4} . .{11} [EI])00\s+(?<serial>\d{3})\s+(?<date>\d{6})\s+(?<time>\d{4})\s+(?<caller>\d{1,4})(?:\s+(?<duration>\d{5}))?\s+(?<pulses>\d{4})(?:\s+(?<first>[\d*#]{1,24}))?(?:\s+(?<second>[\d*#]{1,24}))?(?:\s+(?<status>[A-Za-z13468]))?\s+(?<ring>\d{4})\s+(?<statusOne>[A-Za-z])\s+(?<cost>\d+\.\d\d)\s+(?<costState>[EI])(?<rest>(?:\s+[\d*#]{1,24}){0,4})\s*$/,
  columns: [
    'serial',
    'date',
    'time',
    'caller',
    'duration',
    'pulses',
    'first',
    'second',
    'status',
    'ring',
    'statusOne',
    'cost',
    'costState',
    'rest',
  ],
  fields: [
    digitsDateTime('date', 'time'),
    digitsDuration('durationSeconds', 'duration'),
    digitsDuration('ringSeconds', 'ring'),
    (cellOf) => {
      const names = ['status', 'statusOne', 'caller', 'first', 'second', 'rest'] as const;
      const at = names.map(cellOf);
      const cells = ['status', 'statusOne', 'caller', 'number', 'trunk', 'outsideCaller'];
      const read = call((column) => cells.indexOf(column));
      return (row, draft, state) => {
        const [printed = '', statusOne = '', caller = '', first = '', second = '', rest = ''] = at.map(
          (index) => row[index] ?? '',
        );
        const status = printed === '' ? statusOne : printed;
        const sent = rest.split(/\s+/).filter((one) => one !== '');
        const direction = DIRECTIONS.get(status);
        const isOutgoing = direction === 'outgoing';
        if (!isOutgoing && (second !== '' || sent.length > 1)) return 'unknown-order';
        const hasNumber = second !== '' || !isOutgoing || sent.length > 2;
        const number = second !== '' ? second : hasNumber ? first : '';
        const accessCode = second !== '' || !hasNumber ? first : '';
        if (/[^0]/.test(accessCode)) draft.extra = { ...draft.extra, accessCode };
        const trunk = isOutgoing ? (sent[0] ?? '') : '';
        const outsideCaller = direction === 'incoming' ? (sent[0] ?? '') : '';
        return read([printed, statusOne, caller, number, trunk, outsideCaller], draft, state);
      };
    },
    cost,
    extras(['serial', /^\d{3}$/], ['pulses', /^\d{1,4}$/], ['costState', /^[EI]$/]),
  ],
};

export const businessPhone = withCleanColumns(
  defineFormat({
    id: 'ericsson-businessphone',
    aliases: ['bp250-cil4'],
    vendor: 'Ericsson',
    title: 'Ericsson BusinessPhone, CIL 4',
    models: ['BusinessPhone 50', 'BusinessPhone 128i', 'BusinessPhone 250'],
    transports: ['serial', 'tcp-client', 'tcp-listener', 'file'],
    confidence: 'proved',
    unsure: {
      en: 'No public line has an account code or a call in parts; their places are those of the description.',
      vi: 'Chưa có dòng công khai nào có mã tài khoản hoặc cuộc gọi chia phần; vị trí của chúng lấy theo tài liệu mô tả.',
    },
    framing: { kind: 'line', maxBytes: 512 },
    options: [],
    defaults: { dateOrder: 'YMD', clock: '24h', timeIs: 'end' },
    codeFields: CODE_FIELDS,
    noise: { blank: /^\s*$/, 'hotel-message': /^(?:10|20|30|31|32|40|41) \d{3} / },
    /** A record begins with its code; blanks in front come from whoever copied it. */
    prepare: (line) => (line.charCodeAt(0) === 0x20 ? line.replace(/^ +(?=00 \d{3} )/, '') : line),
    layouts: [columns, collapsed],
    assembly: longCallAssembly,
  }),
);
