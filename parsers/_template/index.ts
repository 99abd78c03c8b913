/**
 * Acme 500: a format to copy when adding a vendor (docs/adding-a-format.md). It is not registered: no such PBX exists.
 *
 *     MM/DD/YY HH:MM EEEE TT NNNNNNNNNNNNNNNNNNNN HH:MM:SS AAAAAA
 *     11/23/26 09:30  201 01 0903000111           00:01:05   4711
 *
 * E extension, right aligned; T trunk; N number, `<` in front of a caller's; A account code. The time is the start.
 */
import { defineFormat, type Field } from '../engine.ts';
import { dateTime, duration, text } from '../readers.ts';
import type { FormatDefinition } from '../types.ts';

/** A field of the format's own: one column that says two things. */
const numberAndDirection: Field = (cellOf) => {
  const at = cellOf('number');
  return (row, draft) => {
    const value = row[at] ?? '';
    const isIncoming = value.startsWith('<');
    const number = isIncoming ? value.slice(1) : value;
    if (!/^[\d*#]*$/.test(number)) return 'bad-number';
    draft.direction = isIncoming ? 'incoming' : 'outgoing';
    if (number !== '') draft[isIncoming ? 'callerNumber' : 'dialedNumber'] = number;
    return undefined;
  };
};

export const formats: readonly FormatDefinition[] = [
  defineFormat({
    id: 'acme-500',
    vendor: 'Acme',
    title: 'Acme 500',
    models: ['500', '500i'],
    transports: ['serial', 'tcp-client', 'tcp-listener', 'file'],
    confidence: 'documented',
    framing: { kind: 'line', maxBytes: 256 },
    options: [],
    defaults: { dateOrder: 'MDY', clock: '24h', timeIs: 'start' },
    codeFields: ['account'],
    noise: { blank: /^\s*$/, heading: /^Date +Time +Ext/, ruler: /^-{3,}$/ },
    layouts: [
      {
        kind: 'columns',
        match: /^\d\d\/\d\d\/\d\d \d\d:\d\d /,
        columns: {
          date: [1, 8],
          time: [10, 5],
          extension: [16, 4],
          trunk: [21, 2],
          number: [24, 20],
          duration: [45, 8],
          account: [54, 6],
        },
        fields: [
          dateTime('date', 'time'),
          text('extension', 'extension', /^\d+$/),
          text('trunk', 'trunk', /^\d+$/),
          numberAndDirection,
          duration('durationSeconds', 'duration', 3),
          text('accountCode', 'account', /^\d+$/),
        ],
      },
    ],
  }),
];
