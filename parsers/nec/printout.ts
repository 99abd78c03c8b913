/**
 * The printout of NEC SL, SV8100, SV9100, Aspire and IPK II: a line a leg under a page heading, which alone prints the year.
 *
 *     CLASS TIME  DATE  LINE DURATION STATION    DIALLED NO. / CALLER  ACCOUNT
 *     POT   10:52 12/09 002  00:00:10 2001       2142623801           08754            with the date (PRG 35-02-14 = 1)
 *     PIN   10:53 2038887777                     2142623801           NO ANSWER        without it; DID number for the line
 *     1,4   6,5   12,5  18,4 23,8     32,10      43,20                64,16
 *
 * The account column also holds `NO ANSWER` and the name of a caller: neither is ever a code. A line `NEXT` holds the name
 * of the caller of the record before it. `PTRS` and `ITRS` are further legs of a call.
 */

import { type ColumnsLayout, defineFormat, type FormatSpec, type PatternLayout, resolveOptions } from '../engine.ts';
import { duration, text } from '../readers.ts';
import type { FormatDefinition, OptionDefinition, StreamContext } from '../types.ts';
import { PRINTOUT_CODE_FIELDS, printoutAssembly } from './printout-assembly.ts';
import { account, callClass, lineOrDid, nextName, number, started, wholeRecord } from './printout-fields.ts';
import { noise, observeHeading } from './printout-noise.ts';

const lineFieldOption: OptionDefinition = {
  name: 'lineField',
  kind: 'choice',
  choices: ['auto', 'line', 'did'],
  default: 'auto',
  help: {
    en: 'What stands in columns 12 to 21 of records without a date: the outside line, or the number that the caller dialled (PRG 35-02-16 = 1). "auto" takes four digits and more of an incoming call for the number.',
    vi: 'Cột 12 đến 21 của bản ghi không có ngày là gì: trung kế, hay số mà người gọi đã bấm (PRG 35-02-16 = 1). "auto": từ bốn chữ số trở lên ở cuộc gọi đến thì hiểu là số được gọi.',
  },
};

const tail = { duration: [23, 8], station: [32, 10], number: [43, 20], account: [64, 60] } as const;
const head = { class: [1, 5], time: [6, 5] } as const;

const CONTROL_IN_FRONT = /^[\x00-\x1f]+/;

/** `POT  10:52`, and `IVOTP10:52`: the longest class takes the blank behind it. */
const CLASS_AND_TIME = '[A-Z]{3}[A-Z ]{2}\\d\\d:\\d\\d ';
const common = [
  callClass,
  duration('durationSeconds', 'duration', 3),
  // Two numbers in the field are those of a copy that lost its blanks.
  text('extension', 'station', /^(?!\d+ +\d)/),
  number,
  account,
] as const;

const dated: ColumnsLayout = {
  kind: 'columns',
  match: /^[A-Z]{3}[A-Z ]{2}\d\d:\d\d \d\d\/\d\d /,
  columns: { ...head, date: [12, 5], line: [18, 4], ...tail },
  fields: [started('time', 'date'), text('trunk', 'line'), ...common],
};
const undated: ColumnsLayout = {
  kind: 'columns',
  match: /^[A-Z]{3}[A-Z ]{2}\d\d:\d\d (?!\d\d\/\d\d )/,
  columns: { ...head, line: [12, 10], ...tail },
  fields: [started('time'), callClass, lineOrDid, ...common.slice(1)],
};

/** Copies that lost their blanks: only where every column is filled, or nobody answered, is it sure which is which. */
const withoutBlanks: PatternLayout = {
  kind: 'pattern',
  match:
    /^(?<class>[A-Z]{3,5}) +(?<time>\d\d:\d\d) +(?<date>\d\d\/\d\d) +(?<line>[\dA-Z]{1,4})(?: +(?<duration>\d\d:\d\d:\d\d) +(?<station>[\dA-Z]{1,10}) +(?<number>\+?[\d*#]{1,24})(?: +(?<account>\S.*?))?| +(?<lostNumber>\+?[\d*#]{1,24}) +NO ANSWER)\s*$/,
  columns: ['class', 'time', 'date', 'line', 'duration', 'station', 'number', 'account', 'lostNumber'],
  fields: [
    ...dated.fields,
    (cellOf) => {
      const at = cellOf('lostNumber');
      return (row, draft) => {
        const value = row[at] ?? '';
        if (value === '') return undefined;
        if (draft.direction !== 'incoming') return 'unknown-line';
        draft.callerNumber = value;
        draft.answered = false;
        return undefined;
      };
    },
    wholeRecord,
  ],
};

/** IPK II can print a running number in front (how wide it is, is not known), and captures have blanks there. */
const IN_FRONT = new RegExp(`^\\s*(?:\\d{1,8} +)?(?=${CLASS_AND_TIME})`);

const spec: FormatSpec = {
  id: 'nec-sl',
  aliases: ['nec-sv9100', 'nec-sv8100', 'nec-aspire', 'nec-printout'],
  vendor: 'NEC',
  title: 'NEC SL, SV8100, SV9100, Aspire, IPK II, printout',
  models: ['SL1000', 'SL1100', 'SL2100', 'SV8100', 'SV9100', 'Aspire', 'Electra Elite IPK II', 'Aspila EX', 'XEN IPK'],
  transports: ['tcp-client', 'serial', 'tcp-listener', 'file'],
  confidence: 'documented',
  unsure: {
    en: 'Columns are those of the manuals; one public program cuts at the same places. The British page with costs (PRG 35-01-08 = 1) and the older IPK are not known. Whether POTP and POTW records print the personal code is not known: the account column is read.',
    vi: 'Các cột lấy theo tài liệu; một chương trình công khai cũng cắt ở đúng các vị trí này. Chưa biết trang của Anh có cột cước (PRG 35-01-08 = 1) và trang của IPK đời cũ. Chưa rõ bản ghi POTP và POTW có in mã cá nhân không: chương trình đọc cột mã tài khoản.',
  },
  framing: { kind: 'line', maxBytes: 256 },
  options: [lineFieldOption],
  defaults: { dateOrder: 'MD', clock: '24h', timeIs: 'start' },
  codeFields: PRINTOUT_CODE_FIELDS,
  noise,
  layouts: [
    { ...dated, fields: [...dated.fields, wholeRecord] },
    { ...undated, fields: [...undated.fields, wholeRecord] },
    nextName,
    withoutBlanks,
  ],
  assembly: printoutAssembly,
};

function definePrintout(page: FormatSpec): FormatDefinition {
  const definition = defineFormat(page);
  return {
    ...definition,
    create(given) {
      const { dateOrder } = resolveOptions(definition, given);
      const isDayFirst = dateOrder.indexOf('D') < dateOrder.indexOf('M');
      const parser = definition.create(given);
      return {
        parse(frame: string, context: StreamContext) {
          const first = frame.charCodeAt(0);
          // Records begin with the letters of their class.
          if (first >= 65 && first <= 90) return parser.parse(frame, context);
          const line = frame.replace(CONTROL_IN_FRONT, '');
          observeHeading(line, context, isDayFirst);
          return parser.parse(line.replace(IN_FRONT, ''), context);
        },
      };
    },
  };
}

export const printout: FormatDefinition = definePrintout(spec);
