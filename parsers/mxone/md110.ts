/**
 * MD110 and MX-ONE (`asb501`): lines of 155 characters; date (year first) and time are those of the call's end.
 *
 *     3-8 date  10-15 hhmmss  17-21 hmmss  23-26 pulses  28-29 condition  31-35, 36-40 access codes  42-61 dialled
 *     63-77 connected  79-88 trunk out  90-99 trunk in  101-115 calling  117-131 account  133-138 CIL code
 *     140-141 queue  143-145 ringing  147-149 queue  151-155 serial
 *
 * The condition is up to two letters; blank is an outgoing call. The layout can be programmed on MD110.
 */
import { defineFormat, type Field } from '../engine.ts';
import { withCleanColumns } from '../line-front.ts';
import { text } from '../readers.ts';
import { CODE_FIELDS, longCallAssembly } from './assembly.ts';
import { CODE, digitsDateTime, digitsDuration, extras } from './fields.ts';

const CONDITION = /^[A-KMNTX]{1,2}$/;
/** Busy, abandoned, vacant number. */
const UNANSWERED = /[BCK]/;
const NUMBER = /^[\d*#+A-D?]{1,20}$/;
const TRUNK = /^[\dA-Za-z-]{1,10}$/;

/** I came in (or passes through, then both trunks are printed), J is internal; nothing and M went out. */
const call: Field = (cellOf) => {
  const names = ['condition', 'trunkOut', 'trunkIn', 'calling', 'dialled', 'connected'] as const;
  const [conditionAt, outAt, inAt, callingAt, dialledAt, connectedAt] = names.map(cellOf);
  return (row, draft) => {
    const condition = row[conditionAt ?? 0] ?? '';
    const [out, incoming] = [row[outAt ?? 0] ?? '', row[inAt ?? 0] ?? ''];
    const calling = row[callingAt ?? 0] ?? '';
    const dialled = row[dialledAt ?? 0] ?? '';
    const connected = row[connectedAt ?? 0] ?? '';
    if (condition !== '' && !CONDITION.test(condition)) return 'bad-condition';
    for (const number of [calling, dialled, connected]) if (number !== '' && !NUMBER.test(number)) return 'bad-number';
    for (const trunk of [out, incoming]) if (trunk !== '' && !TRUNK.test(trunk)) return 'bad-trunk';
    if (calling === '' && dialled === '' && connected === '') return 'no-party';
    if (condition !== '') draft.conditionCode = condition;

    if (condition.includes('J')) draft.direction = 'internal';
    else if (out !== '' && incoming !== '') draft.direction = 'tandem';
    else if (condition.includes('I') || incoming !== '') draft.direction = 'incoming';
    else if (out !== '' || condition === '' || condition === 'M') draft.direction = 'outgoing';

    if (calling !== '') draft.callerNumber = calling;
    if (draft.direction === 'incoming') {
      const inside = connected === '' ? dialled : connected;
      if (inside !== '') draft.extension = inside;
      if (incoming !== '') draft.trunk = incoming;
      if (dialled !== '' && dialled !== inside) draft.dialedNumber = dialled;
    } else {
      if (draft.direction !== 'tandem' && calling !== '') draft.extension = calling;
      if (dialled !== '') draft.dialedNumber = dialled;
      if (draft.direction === 'tandem') {
        draft.trunk = incoming;
        draft.trunkOut = out;
      } else if (out !== '') draft.trunk = out;
    }
    if (UNANSWERED.test(condition)) draft.answered = false;
    if (condition.includes('T')) draft.transferred = true;
    if (condition.includes('D')) draft.extra = { ...draft.extra, longCall: 'part' };
    return undefined;
  };
};

/** The ringing counter, in whole seconds. */
const ringing: Field = (cellOf) => {
  const at = cellOf('ring');
  return (row, draft) => {
    const value = row[at] ?? '';
    if (value === '') return undefined;
    if (!/^\d{1,3}$/.test(value)) return 'bad-ring';
    draft.ringSeconds = Number(value);
    return undefined;
  };
};

/** First column of the calling party, the last thing that every kind of call has. */
const CALLING_BEGINS = 101;

const wholeRecord: Field = () => (_row, draft, state) => {
  if (state.line.length < CALLING_BEGINS) return 'cut-short';
  return draft.durationSeconds === undefined ? 'no-duration' : undefined;
};

export const md110 = withCleanColumns(
  defineFormat({
    id: 'ericsson-md110',
    aliases: ['md110-asb501'],
    vendor: 'Ericsson',
    title: 'Ericsson MD110 and MX-ONE, ASB 501 lines',
    models: ['MD110', 'MX-ONE TSE', 'MX-ONE Service Node'],
    transports: ['serial', 'tcp-listener', 'tcp-client', 'file'],
    confidence: 'unconfirmed',
    unsure: {
      en: 'The layout can be programmed on MD110, and no public line was found; the columns come from a public script. The ringing counter is taken as seconds. Check the first calls.',
      vi: 'Bố cục có thể được lập trình trên MD110 và chưa tìm được dòng công khai nào; các cột lấy theo một đoạn mã công khai. Bộ đếm chuông được hiểu là giây. Hãy kiểm tra những cuộc gọi đầu tiên.',
    },
    framing: { kind: 'line', maxBytes: 512 },
    options: [],
    defaults: { dateOrder: 'YMD', clock: '24h', timeIs: 'end' },
    codeFields: CODE_FIELDS,
    noise: { blank: /^\s*$/, heartbeat: /^\s*HEARTBEAT FROM DSM/, short: /^.{1,9}$/ },
    layouts: [
      {
        kind: 'columns',
        match: /^..\d{6} \d{6} [ \d]{5} [ \d]{4} [ A-Z]{2} /,
        columns: {
          lead: [1, 2],
          date: [3, 6],
          time: [10, 6],
          duration: [17, 5],
          pulses: [23, 4],
          condition: [28, 2],
          accessOne: [31, 5],
          accessTwo: [36, 5],
          dialled: [42, 20],
          connected: [63, 15],
          trunkOut: [79, 10],
          trunkIn: [90, 10],
          calling: [101, 15],
          account: [117, 15],
          cil: [133, 6],
          trunkQueue: [140, 2],
          ring: [143, 3],
          queue: [147, 3],
          serial: [151, 5],
        },
        fields: [
          digitsDateTime('date', 'time'),
          digitsDuration('durationSeconds', 'duration'),
          call,
          text('accountCode', 'account', CODE),
          ringing,
          extras(
            ['pulses', /^\d{1,4}$/],
            ['accessOne', /^[\d*#]{1,5}$/, 'accessCode1'],
            ['accessTwo', /^[\d*#]{1,5}$/, 'accessCode2'],
            ['cil', /^[\dA-Za-z*#]{1,6}$/, 'cilCode'],
            ['serial', /^\d{1,5}$/],
          ),
          wholeRecord,
        ],
      },
    ],
    assembly: longCallAssembly,
  }),
);
