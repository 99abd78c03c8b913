/**
 * Lists of the Hicom 100E and 150E and of HiPath 3000: date and time are those of the call's end, one line a segment.
 *
 *     long, Hicom 100E    24.04.01 17:56:59  8    35 00:16 00:02:28                                   1
 *     long, HiPath 3000   20.12.02 10:34:57   1    100       00:00:12 43262                             2
 *     compressed          20.12.0210:34:57  1   100     00:00:1243262                              2
 *
 * The long lists differ by two columns and stay apart by the blanks between their fields. The compressed list has no
 * blanks between fields and no headings. The last column is the info element (see fields.ts).
 */
import { defineFormat, type Field, type FormatSpec } from '../engine.ts';
import { withCleanColumns } from '../line-front.ts';
import { dateTime, duration, text } from '../readers.ts';
import type { FormatDefinition } from '../types.ts';
import { CODE_FIELDS, unifyAssembly } from './assembly.ts';
import { ACCOUNT, charge, EXTENSION, extra, infoElement, TRUNK } from './fields.ts';
import { noise, withoutIndent } from './noise.ts';
import { chargeOption } from './options.ts';

const common = {
  vendor: 'Unify',
  transports: ['serial', 'tcp-listener', 'tcp-client', 'file'],
  framing: { kind: 'line', maxBytes: 256 },
  options: [chargeOption],
  defaults: { dateOrder: 'DMY', clock: '24h', timeIs: 'end' },
  codeFields: CODE_FIELDS,
  noise,
  prepare: withoutIndent,
  assembly: unifyAssembly,
} as const satisfies Partial<FormatSpec>;

const fields: readonly Field[] = [
  dateTime('date', 'time'),
  text('trunk', 'trunk', TRUNK),
  text('extension', 'ext', EXTENSION),
  duration('ringSeconds', 'ring', 2),
  duration('durationSeconds', 'duration', 3),
  charge('charge'),
  infoElement('info', 'number'),
];

const LONG = /^[ \d]\d[./-]\d\d[./-]\d\d [ \d]\d:\d\d:\d\d /;
const MSN = /^\S{1,11}$/;

export const hicom100 = withCleanColumns(
  defineFormat({
    ...common,
    id: 'unify-hicom100',
    aliases: ['long-hicom118'],
    title: 'Unify (Siemens) Hicom 100E, long list',
    models: ['Hicom 112', 'Hicom 118', 'Hicom 100E'],
    confidence: 'proved',
    unsure: {
      en: 'The project code behind the info element stands in the manual only; no printed one was found.',
      vi: 'Mã dự án đứng sau phần tử thông tin chỉ có trong tài liệu; chưa tìm được dòng in thật nào có mã này.',
    },
    layouts: [
      {
        kind: 'columns',
        match: LONG,
        columns: {
          date: [1, 8],
          time: [10, 8],
          trunk: [19, 2],
          ext: [22, 5],
          ring: [28, 5],
          duration: [34, 8],
          number: [43, 20],
          charge: [64, 11],
          info: [76, 2],
          account: [78, 12],
          msn: [91, 11],
        },
        fields: [...fields, text('accountCode', 'account', ACCOUNT), extra('msn', MSN)],
      },
    ],
  }),
);

export const hicom150 = withCleanColumns(
  defineFormat({
    ...common,
    id: 'unify-hicom150',
    aliases: ['long-hicom150'],
    title: 'Unify (Siemens) Hicom 150E and HiPath 3000, long list',
    models: [
      'Hicom 150E Office',
      'HiPath 3300',
      'HiPath 3350',
      'HiPath 3500',
      'HiPath 3550',
      'HiPath 3700',
      'HiPath 3800',
    ],
    confidence: 'proved',
    layouts: [
      {
        kind: 'columns',
        match: LONG,
        columns: {
          date: [1, 8],
          time: [10, 8],
          trunk: [19, 3],
          ext: [23, 6],
          ring: [30, 5],
          duration: [36, 8],
          number: [45, 20],
          charge: [66, 11],
          info: [78, 2],
        },
        fields,
      },
    ],
  }),
);

export const hipath3000 = withCleanColumns(
  defineFormat({
    ...common,
    id: 'unify-hipath3000',
    aliases: ['hipath3000-compressed'],
    title: 'Unify (Siemens) Hicom 150E and HiPath 3000, compressed list',
    models: [
      'Hicom 150E Office',
      'HiPath 3300',
      'HiPath 3350',
      'HiPath 3500',
      'HiPath 3550',
      'HiPath 3700',
      'HiPath 3800',
    ],
    confidence: 'documented',
    layouts: [
      {
        kind: 'columns',
        match: /^[ \d]\d[./-]\d\d[./-]\d\d[ \d]\d:\d\d:\d\d[ \dA-Z]{3}[ \dA-Z*#]{6}/,
        columns: {
          date: [1, 8],
          time: [9, 8],
          trunk: [17, 3],
          ext: [20, 6],
          ring: [26, 5],
          duration: [31, 8],
          number: [39, 25],
          charge: [64, 11],
          info: [75, 2],
          account: [77, 11],
          msn: [88, 11],
          seizure: [99, 5],
          lcr: [104, 2],
          carrier: [106, 7],
        },
        fields: [
          ...fields,
          text('accountCode', 'account', ACCOUNT),
          extra('msn', MSN),
          extra('seizure', /^\S{1,5}$/),
          extra('lcr', /^\S{1,2}$/),
          extra('carrier', /^.{1,7}$/),
        ],
      },
    ],
  }),
);

export const lists: readonly FormatDefinition[] = [hicom100, hicom150, hipath3000];
