/**
 * ShoreTel 3 to 14: the daily text file `CDR-MMDDYY.log` of the headquarters server, or the same lines on a serial port of
 * it. From the width tables of two manuals; no real record was found.
 *
 *     6.1          4 01/17/2006 14:25:10 201     00:01:25 1 0912345678                        12   3 1234
 *     7.5          4 01/17/2006 14:25:10 201              00:01:25 1 0912345678                        12   3 1234
 *              Call ID       start       extension        duration | dialled         caller     trunk group account
 *                                                                  direction
 *
 * Direction: 0 incoming, 1 outgoing, 2 tandem (the way in), 3 tandem (the way out). The wider extension moved the columns
 * between 6.1 and 7.5; the place of the duration tells them apart.
 */
import { type ColumnsLayout, defineFormat, type Field } from '../engine.ts';
import { withCleanFront } from '../line-front.ts';
import { dateTime, duration, text } from '../readers.ts';
import { withTabs } from '../tabs.ts';
import type { FormatDefinition } from '../types.ts';
import { CODE_FIELDS, shoretelAssembly } from './assembly.ts';

const DIALLED = /^[+\d*#(][\d*#+ (),.-]*$/;
const DIRECTIONS: Readonly<Record<string, 'incoming' | 'outgoing' | 'tandem'>> = {
  0: 'incoming',
  1: 'outgoing',
  2: 'tandem',
  3: 'tandem',
};

const direction: Field = (cellOf) => {
  const at = cellOf('direction');
  return (row, draft) => {
    const code = row[at] ?? '';
    const found = DIRECTIONS[code];
    if (found === undefined) return 'bad-direction';
    draft.direction = found;
    draft.conditionCode = code;
    return undefined;
  };
};

/** A number, or words such as `blocked` that stand for one. */
const caller: Field = (cellOf) => {
  const at = cellOf('caller');
  return (row, draft, state) => {
    const value = row[at] ?? '';
    if (value === '') return undefined;
    if (DIALLED.test(value)) draft.callerNumber = value;
    else if (/^[a-z][\w .,'&()/-]*$/i.test(value)) {
      draft.extra = { ...draft.extra, caller: value };
      state.doubts.push('number-hidden');
    } else return 'bad-cli';
    return undefined;
  };
};

const trunkGroup: Field = (cellOf) => {
  const at = cellOf('group');
  return (row, draft) => {
    const value = row[at] ?? '';
    if (value === '') return undefined;
    if (!/^\d{1,3}$/.test(value)) return 'bad-line';
    draft.extra = { ...draft.extra, trunkGroup: value };
    return undefined;
  };
};

const DATED = '^[ \\d]{10} \\d\\d/\\d\\d/\\d{4} \\d\\d:\\d\\d:\\d\\d';

/** Everything behind the extension moves with its width. */
function layoutOf(extensionWidth: number): ColumnsLayout {
  const after = 32 + extensionWidth + 1;
  return {
    kind: 'columns',
    match: new RegExp(`${DATED}.{${extensionWidth + 2}}\\d\\d:\\d\\d:\\d\\d [0-3](?: |$)`),
    columns: {
      id: [1, 10],
      date: [12, 10],
      time: [23, 8],
      extension: [32, extensionWidth],
      duration: [after, 8],
      direction: [after + 9, 1],
      dialed: [after + 11, 16],
      caller: [after + 28, 16],
      member: [after + 45, 4],
      group: [after + 50, 3],
      // One more than the manuals say: where the line ends is not sure.
      account: [after + 54, 21],
    },
    fields: [
      dateTime('date', 'time'),
      text('callId', 'id', /^\d+$/, 'bad-call-id'),
      text('extension', 'extension', /^[+\w*#.-]+$/),
      duration('durationSeconds', 'duration', 3),
      direction,
      text('dialedNumber', 'dialed', DIALLED, 'bad-number'),
      caller,
      text('trunk', 'member', /^\d{1,4}$/, 'bad-line'),
      trunkGroup,
      text('accountCode', 'account'),
    ],
  };
}

const shoretel = withCleanFront(
  withTabs(
    defineFormat({
      id: 'shoretel-cdr',
      aliases: ['shoretel-6', 'shoretel-7', 'shoretel-connect'],
      vendor: 'ShoreTel',
      title: 'ShoreTel, Mitel Connect (CDR text file, SMDR port)',
      models: ['ShoreTel 3 to 6.1', 'ShoreTel 7 to 14', 'Mitel Connect'],
      transports: ['file', 'serial', 'tcp-client', 'tcp-listener'],
      confidence: 'documented',
      unsure: {
        en: 'From the width tables of the 6.1 and 7.5 manuals; no real record was found. Whether Mitel Connect still writes this file is not known. Check the first records, above all the account code.',
        vi: 'Lấy theo bảng độ rộng cột trong tài liệu 6.1 và 7.5; chưa tìm được bản ghi thật nào. Chưa rõ Mitel Connect còn ghi tệp này hay không. Hãy kiểm tra những bản ghi đầu tiên, nhất là mã tài khoản.',
      },
      framing: { kind: 'line', maxBytes: 256 },
      options: [],
      defaults: { dateOrder: 'MDY', clock: '24h', timeIs: 'start' },
      codeFields: CODE_FIELDS,
      noise: { blank: /^\s*$/, heading: /^\s*Call ?ID\b[^\d]*$/i },
      layouts: [layoutOf(7), layoutOf(16)],
      assembly: shoretelAssembly,
    }),
  ),
);

export const formats: readonly FormatDefinition[] = [shoretel];
