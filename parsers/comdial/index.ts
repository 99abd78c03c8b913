/**
 * Comdial DXP and DXP Plus (later Vertical): call records of 80 columns, SMDR or, with account codes, SMDA. From one page
 * of a manual that is poorly legible; no real record was found. Durations are in minutes and tenths of a minute.
 *
 *     101   3     11/23/26 09:15  12.5    0.0   0912345678            $ 12.50       SMDR
 *     11/23 09:15   101   12345678 12.5    12.50  O    0.0   3    0912345678         SMDA
 *                         90                                                        the rest of a long account code
 */
import { defineFormat, type Field, type FormatSpec } from '../engine.ts';
import { withCleanFront } from '../line-front.ts';
import { cost, dateTime, text } from '../readers.ts';
import { expandTabs, withTabs } from '../tabs.ts';
import type { FormatDefinition, GroupFraming, LineRole } from '../types.ts';
import { DIALLED, durationOrNoAnswer, tenths } from './fields.ts';

const unsure = {
  en: 'From one poorly legible page of a manual; no real record was found. Check the first records received, column by column.',
  vi: 'Lấy theo một trang tài liệu khó đọc; chưa tìm được bản ghi thật nào. Hãy đối chiếu từng cột của những bản ghi đầu tiên nhận được.',
} as const;

const common = {
  vendor: 'Comdial',
  models: ['DXP', 'DXP Plus'],
  transports: ['serial', 'tcp-client', 'tcp-listener', 'file'],
  confidence: 'unconfirmed',
  unsure,
  options: [],
  codeFields: ['account'],
  noise: {
    blank: /^\s*$/,
    ruler: /^[-=*_\s]+$/,
    heading: /^(?=.*\b(?:STA|STN|STATION)\b)(?=.*\b(?:TIME|DATE|LINE|DUR)\b)\D*$/i,
  },
} as const satisfies Partial<FormatSpec>;

const STATION = /^\d{1,4}$/;
const LINE = /^\d{1,3}$/;

/** Only outgoing calls dial digits, and only incoming ones ring or stay unanswered. */
const directionByUse: Field = () => (_row, draft) => {
  if (draft.dialedNumber !== undefined) draft.direction = 'outgoing';
  else if (draft.answered === false || (draft.ringSeconds ?? 0) > 0) draft.direction = 'incoming';
  return undefined;
};

const smdr = withCleanFront(
  withTabs(
    defineFormat({
      ...common,
      id: 'comdial-smdr',
      aliases: ['vertical-dxp-smdr'],
      title: 'Comdial DXP, Vertical DXP Plus: SMDR',
      framing: { kind: 'line', maxBytes: 256 },
      defaults: { dateOrder: 'MDY', clock: '24h', timeIs: 'start' },
      layouts: [
        {
          kind: 'columns',
          match: /^[ \d]{4} [ \d]{3}.{4}[ \d]\d\/\d\d\/\d\d [ \d]\d:\d\d {2}(?:NOANS|[ \d.]{5})/,
          columns: {
            station: [1, 4],
            line: [6, 3],
            date: [13, 8],
            time: [22, 5],
            duration: [29, 5],
            ring: [36, 4],
            digits: [43, 16],
            cost: [65, 7],
          },
          fields: [
            dateTime('date', 'time'),
            text('extension', 'station', STATION),
            text('trunk', 'line', LINE),
            durationOrNoAnswer('duration'),
            tenths('ringSeconds', 'ring'),
            text('dialedNumber', 'digits', DIALLED, 'bad-number'),
            cost('cost'),
            directionByUse,
          ],
        },
      ],
    }),
  ),
);

/** The letter of the direction, and whose the digits are: with the mark `ID` they are the caller's. */
const directionAndDigits: Field = (cellOf) => {
  const [typeAt, markAt, digitsAt] = [cellOf('type'), cellOf('id'), cellOf('digits')];
  return (row, draft) => {
    const [type = '', mark = '', digits = ''] = [row[typeAt], row[markAt], row[digitsAt]];
    if (type !== '' && type !== 'I' && type !== 'O') return 'bad-direction';
    if (mark !== '' && mark !== 'ID') return 'bad-cli';
    if (digits !== '' && !DIALLED.test(digits)) return 'bad-number';
    if (type === 'I' || mark === 'ID') draft.direction = 'incoming';
    else if (type === 'O' || digits !== '') draft.direction = 'outgoing';
    if (digits === '') return undefined;
    if (mark === 'ID') draft.callerNumber = digits;
    else if (draft.direction === 'outgoing') draft.dialedNumber = digits;
    else draft.extra = { ...draft.extra, digits };
    return undefined;
  };
};

const FULL_ACCOUNT = /^(?:\xef\xbb\xbf)?[\x00-\x1f]*[ \d]\d\/\d\d [ \d]\d:\d\d.{9}\d{8}/;
const REST_OF_ACCOUNT = /^[\x00-\x08\x0e-\x1f]* {12,}(\d{1,8})\s*$/;

function roleOf(raw: string): LineRole {
  const line = expandTabs(raw);
  if (FULL_ACCOUNT.test(line)) return 'first';
  return REST_OF_ACCOUNT.test(line) ? 'more' : 'alone';
}

const smdaFraming: GroupFraming = { kind: 'group', maxBytes: 256, maxLines: 2, endsAtEmptyLine: false, roleOf };

const smdaLine = withCleanFront(
  withTabs(
    defineFormat({
      ...common,
      id: 'comdial-smda',
      aliases: ['vertical-dxp-smda'],
      title: 'Comdial DXP, Vertical DXP Plus: SMDA (account codes)',
      framing: smdaFraming,
      defaults: { dateOrder: 'MD', clock: '24h', timeIs: 'start' },
      layouts: [
        {
          kind: 'columns',
          match: /^[ \d]\d\/\d\d [ \d]\d:\d\d {3}[ \d]{4}.{2}.{8} (?:NOANS|[ \d.]{5})/,
          columns: {
            date: [1, 5],
            time: [7, 5],
            station: [15, 4],
            account: [21, 8],
            duration: [30, 5],
            cost: [37, 7],
            type: [45, 2],
            ring: [49, 4],
            line: [54, 3],
            id: [57, 3],
            digits: [61, 16],
          },
          fields: [
            dateTime('date', 'time'),
            text('extension', 'station', STATION),
            text('accountCode', 'account', /^[\d*#]+$/),
            durationOrNoAnswer('duration'),
            cost('cost'),
            tenths('ringSeconds', 'ring'),
            text('trunk', 'line', LINE),
            directionAndDigits,
          ],
        },
      ],
    }),
  ),
);

const LINE_ENDS = /[\r\n\f]+/;

/** The second line of a record goes on with its account code. */
const smda: FormatDefinition = {
  ...smdaLine,
  create(options) {
    const parser = smdaLine.create(options);
    return {
      parse(text, context) {
        const [first = '', second] = LINE_ENDS.test(text)
          ? text.split(LINE_ENDS).filter((line) => line !== '')
          : [text];
        const outcome = parser.parse(first, context);
        const rest = second === undefined ? undefined : REST_OF_ACCOUNT.exec(expandTabs(second))?.[1];
        if (rest === undefined || outcome.kind !== 'call') return outcome;
        return { ...outcome, record: { ...outcome.record, accountCode: `${outcome.record.accountCode ?? ''}${rest}` } };
      },
    };
  },
};

export const formats: readonly FormatDefinition[] = [smdr, smda];
