/**
 * HiPath 5000 "GetAccount": fixed columns without blanks between them; date and time are those of the end. The duration
 * stands twice, in seconds and as a clock.
 *
 *     date 1-8  time 9-16  trunk 17-19  node 20-22  extension 23-28  seconds 29-33  hh:mm:ss 34-41  number 42-66
 *     units 67-77  type 78 (1 in, 2 out)  account 79-89  own number 90-100  trunk group 101-105  route 106-109
 */
import { defineFormat, type Field } from '../engine.ts';
import { withCleanColumns } from '../line-front.ts';
import { clockSeconds, dateTime, text } from '../readers.ts';
import { CODE_FIELDS, singleAssembly } from './assembly.ts';
import { ACCOUNT, charge, EXTENSION, extra, placeNumber, TRUNK } from './fields.ts';
import { noise } from './noise.ts';
import { chargeOption } from './options.ts';

/** Two columns that contradict each other are columns of another list. */
const bothDurations: Field = (cellOf) => {
  const [secondsAt, clockAt] = [cellOf('seconds'), cellOf('clock')];
  return (row, draft) => {
    const [seconds = '', clock = ''] = [row[secondsAt], row[clockAt]];
    if (seconds === '' && clock === '') return undefined;
    const counted = /^\d{1,5}$/.test(seconds) ? Number(seconds) : undefined;
    const shown = clock === '' ? undefined : clockSeconds(clock, 3);
    if ((seconds !== '' && counted === undefined) || (clock !== '' && shown === undefined)) return 'bad-duration';
    if (counted !== undefined && shown !== undefined && Math.abs(counted - shown) > 1) return 'bad-duration';
    const duration = shown ?? counted;
    if (duration !== undefined) draft.durationSeconds = duration;
    return undefined;
  };
};

const typeOfCall: Field = (cellOf) => {
  const [typeAt, numberAt] = [cellOf('type'), cellOf('number')];
  return (row, draft) => {
    const type = row[typeAt] ?? '';
    if (type !== '1' && type !== '2') return 'bad-type';
    draft.conditionCode = type;
    draft.direction = type === '1' ? 'incoming' : 'outgoing';
    placeNumber(draft, row[numberAt] ?? '');
    if (type === '1' && draft.durationSeconds !== 0) draft.answered = draft.durationSeconds !== undefined;
    return undefined;
  };
};

export const hipath5000 = withCleanColumns(
  defineFormat({
    id: 'unify-hipath5000',
    aliases: ['hipath5000-getaccount'],
    vendor: 'Unify',
    title: 'Unify (Siemens) HiPath 5000 GetAccount',
    models: ['HiPath 5000', 'HiPath 5000 RSM'],
    transports: ['file', 'tcp-listener', 'tcp-client'],
    confidence: 'documented',
    framing: { kind: 'line', maxBytes: 256 },
    options: [chargeOption],
    defaults: { dateOrder: 'DMY', clock: '24h', timeIs: 'end' },
    codeFields: CODE_FIELDS,
    noise,
    layouts: [
      {
        kind: 'columns',
        match: /^[ \d]\d[./-]\d\d[./-]\d\d[ \d]\d:\d\d:\d\d[ \dA-Z]{6}/,
        columns: {
          date: [1, 8],
          time: [9, 8],
          trunk: [17, 3],
          node: [20, 3],
          ext: [23, 6],
          seconds: [29, 5],
          clock: [34, 8],
          number: [42, 25],
          units: [67, 11],
          type: [78, 1],
          account: [79, 11],
          msn: [90, 11],
          trunkGroup: [101, 5],
          lcr: [106, 4],
        },
        fields: [
          dateTime('date', 'time'),
          text('trunk', 'trunk', TRUNK),
          extra('node', /^\d{1,3}$/),
          text('extension', 'ext', EXTENSION),
          bothDurations,
          typeOfCall,
          charge('units'),
          text('accountCode', 'account', ACCOUNT),
          extra('msn', /^[\d*#+]{1,11}$/),
          extra('trunkGroup', /^\S{1,5}$/),
          extra('lcr', /^\S{1,4}$/),
        ],
      },
    ],
    assembly: singleAssembly(CODE_FIELDS),
  }),
);
