/**
 * Hicom 250, list of outgoing calls. The time is the end: over 603 public lines it never goes back, while time plus
 * duration does.
 *
 *     21/12/05  18:06:49  00:00:19   107    03  327087
 */
import { defineFormat, type Field } from '../engine.ts';
import { withCleanColumns } from '../line-front.ts';
import { dateTime, direction, duration, text } from '../readers.ts';
import { CODE_FIELDS, singleAssembly } from './assembly.ts';
import { EXTENSION } from './fields.ts';
import { noise, withoutIndent } from './noise.ts';

const wholeRecord: Field = () => (_row, draft) =>
  draft.durationSeconds === undefined || (draft.extension ?? draft.trunk) === undefined ? 'cut-short' : undefined;

export const hicom250 = withCleanColumns(
  defineFormat({
    id: 'unify-hicom250',
    aliases: ['hicom250-out'],
    vendor: 'Unify',
    title: 'Unify (Siemens) Hicom 250, outgoing calls',
    models: ['Hicom 250'],
    transports: ['serial', 'tcp-listener', 'tcp-client', 'file'],
    confidence: 'proved',
    unsure: {
      en: 'Only the list of outgoing calls is known, and no column of codes in it.',
      vi: 'Chỉ biết danh sách cuộc gọi đi, và trong đó không thấy cột mã nào.',
    },
    framing: { kind: 'line', maxBytes: 256 },
    options: [],
    defaults: { dateOrder: 'DMY', clock: '24h', timeIs: 'end' },
    codeFields: CODE_FIELDS,
    noise,
    prepare: withoutIndent,
    layouts: [
      {
        kind: 'columns',
        match: /^[ \d]\d\/[ \d]\d\/\d\d {2}[ \d]\d:\d\d:\d\d {2}[ \d]\d:\d\d:\d\d /,
        columns: {
          date: [1, 8],
          time: [11, 8],
          duration: [21, 8],
          ext: [30, 6],
          trunk: [37, 5],
          number: [43, 22],
        },
        fields: [
          dateTime('date', 'time'),
          duration('durationSeconds', 'duration', 3),
          direction('outgoing'),
          text('extension', 'ext', EXTENSION),
          text('trunk', 'trunk', /^[\dA-Za-z]{1,4}$/),
          text('dialedNumber', 'number'),
          wholeRecord,
        ],
      },
    ],
    assembly: singleAssembly(CODE_FIELDS),
  }),
);
