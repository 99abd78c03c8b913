/**
 * Toshiba Strata DK. No date in the record, only in a line of its own every 50 records and at midnight; the time is the
 * release of the call. A semicolon stands before the seconds.
 *
 *     01 15   08:14 00:00;22 00;06      0901234567                 12345            DK8, DK16
 *     001 1015 08:14 00:00;22 00;06     0901234567                 12345           * 0243123456    DK40
 *     03* 12  08:19 00:00;16                                                        the star: disconnected
 *
 * Station: an extension, or the words MODM, DISA, MSS and, for a call given up, ABAN. Ringing is printed for calls from
 * outside, so it tells their way; digits without ringing were dialled.
 */

import { assembleSingle } from '../assembly.ts';
import { type ColumnsLayout, defineFormat, type Field } from '../engine.ts';
import { pageDayAt, rememberPageDate } from '../page-date.ts';
import { clockSeconds, IMPOSSIBLE, readDate, readTime } from '../readers.ts';
import type { Assembly, FormatDefinition, StreamContext } from '../types.ts';

const CODE_FIELDS = ['account'] as const;

const released: Field = (cellOf) => {
  const at = cellOf('time');
  return (row, draft, state) => {
    const time = readTime(row[at] ?? '');
    if (time === undefined) return 'bad-time';
    const { timeIs } = state.options;
    draft.startOrEnd = timeIs;
    if (time === IMPOSSIBLE) {
      state.doubts.push('date-impossible');
      return undefined;
    }
    const day = pageDayAt(state.context, time);
    draft[timeIs] = day === undefined ? `T${time}` : `${day}T${time}`;
    return undefined;
  };
};

const line: Field = (cellOf) => {
  const [at, markAt] = [cellOf('line'), cellOf('mark')];
  return (row, draft) => {
    if (!/^\d{1,3}$/.test(row[at] ?? '')) return 'bad-line';
    draft.trunk = row[at] ?? '';
    return row[markAt] === '' || row[markAt] === '*' ? undefined : 'outside-fields';
  };
};

const WORDS = /^(?:MODM|DISA|MSS|ABAN)$/;

const station: Field = (cellOf) => {
  const at = cellOf('station');
  return (row, draft) => {
    const value = row[at] ?? '';
    if (/^\d{1,4}$/.test(value)) draft.extension = value;
    else if (WORDS.test(value)) {
      draft.extra = { station: value };
      if (value === 'ABAN') {
        draft.answered = false;
        draft.direction = 'incoming';
      }
    } else return 'bad-station';
    return undefined;
  };
};

/** `HH:MM;SS` and `MM;SS`. */
function secondsIn(value: string, parts: 2 | 3): number | undefined {
  return value.at(-3) === ';' ? clockSeconds(value.replace(';', ':'), parts) : undefined;
}

const times: Field = (cellOf) => {
  const [durationAt, ringAt] = [cellOf('duration'), cellOf('ring')];
  return (row, draft) => {
    const seconds = secondsIn(row[durationAt] ?? '', 3);
    if (seconds === undefined) return 'bad-duration';
    draft.durationSeconds = seconds;
    const printedRing = row[ringAt] ?? '';
    if (printedRing === '') return undefined;
    const ring = secondsIn(printedRing, 2);
    if (ring === undefined) return 'bad-ring';
    draft.ringSeconds = ring;
    draft.direction = 'incoming';
    return undefined;
  };
};

const rest: Field = (cellOf) => {
  const [movedAt, numberAt, accountAt] = [cellOf('moved'), cellOf('number'), cellOf('account')];
  return (row, draft) => {
    const [moved = '', number = '', account = ''] = [row[movedAt], row[numberAt], row[accountAt]];
    if (moved !== '') {
      if (!/^[\dA-Z]{1,4}$/.test(moved)) return 'bad-station';
      draft.transferred = true;
      draft.extra = { ...draft.extra, transferredTo: moved };
    }
    if (number !== '') {
      if (!/^[\d*#+A-DPp.,-]+$/.test(number)) return 'bad-number';
      draft.dialedNumber = number;
      draft.direction ??= 'outgoing';
    }
    if (account !== '') {
      if (!/^[\dA-Za-z*#]+$/.test(account)) return 'bad-account';
      draft.accountCode = account;
    }
    return undefined;
  };
};

/** DK40: who called, and a star when the call was answered. */
const caller: Field = (cellOf) => {
  const [answeredAt, callerAt] = [cellOf('answered'), cellOf('caller')];
  const subAddressesAt = [cellOf('subAddress'), cellOf('otherSubAddress')] as const;
  return (row, draft) => {
    const [mark = '', number = ''] = [row[answeredAt], row[callerAt]];
    if (mark !== '' && mark !== '*') return 'outside-fields';
    if (mark === '*') draft.answered = true;
    if (number !== '') {
      if (/^\+?[\d*#-]+$/.test(number)) draft.callerNumber = number;
      else draft.callerName = number;
      // Digits in front of a caller's number were dialled from outside.
      draft.direction = 'incoming';
    }
    return subAddressesAt.every((at) => /^[\dA-Za-z*#. -]*$/.test(row[at] ?? '')) ? undefined : 'bad-number';
  };
};

const DATE_LINE =
  /^\s*(?:DATE *:? *)?(?:(?:MON|TUE|WED|THU|FRI|SAT|SUN)[A-Z]*,? +)?(\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?)(?: +\d\d:\d\d(?::\d\d)?)?(?: +(?:MON|TUE|WED|THU|FRI|SAT|SUN)[A-Z]*)?\s*$/i;

const CONTROL_IN_FRONT = /^[\x00-\x1f]+/;

function observeDate(text: string, context: StreamContext, isDayFirst: boolean): void {
  const printed = DATE_LINE.exec(text)?.[1];
  if (printed === undefined) return;
  const isYearly = printed.split(/[/-]/).length === 3;
  const date = readDate(printed, isDayFirst ? (isYearly ? 'DMY' : 'DM') : isYearly ? 'MDY' : 'MD');
  if (date !== undefined && date !== IMPOSSIBLE) rememberPageDate(context, date);
}

const assembly: Assembly = {
  windowSeconds: 0,
  keys: () => [],
  combine([entry]) {
    if (entry === undefined) throw new RangeError('a call has at least one record');
    return assembleSingle(entry, CODE_FIELDS);
  },
};

interface Page {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly title: string;
  readonly models: readonly string[];
  readonly layout: ColumnsLayout;
  readonly unsure: NonNullable<FormatDefinition['unsure']>;
}

function pageFormat(page: Page): FormatDefinition {
  const definition = defineFormat({
    id: page.id,
    aliases: page.aliases,
    vendor: 'Toshiba',
    title: page.title,
    models: page.models,
    transports: ['serial', 'tcp-client', 'tcp-listener', 'file'],
    confidence: 'documented',
    unsure: page.unsure,
    framing: { kind: 'line', maxBytes: 256 },
    options: [],
    defaults: { dateOrder: 'MDY', clock: '24h', timeIs: 'end' },
    codeFields: CODE_FIELDS,
    noise: {
      blank: /^\s*$/,
      'date-line': DATE_LINE,
      'records-lost': /^\s*ERROR BUFFER OVERFLOW\b/,
      heading: /^\s*CO\b.*\bSTA/i,
      ruler: /^\s*[-=_*]{3}[-=_*\s]*$/,
    },
    layouts: [page.layout],
    assembly,
  });
  return {
    ...definition,
    create(given) {
      const parser = definition.create(given);
      const order = given['dateOrder'] ?? '';
      const isDayFirst = /D/.test(order) && order.indexOf('D') < order.indexOf('M');
      return {
        parse(frame: string, context: StreamContext) {
          const text = frame.charCodeAt(0) < 32 ? frame.replace(CONTROL_IN_FRONT, '') : frame;
          // Records have a semicolon; only short lines can be a date.
          if (text.length < 40 && !text.includes(';')) observeDate(text, context, isDayFirst);
          return parser.parse(text, context);
        },
      };
    },
  };
}

const dk16Columns = {
  line: [1, 2],
  mark: [3, 1],
  station: [4, 4],
  time: [9, 5],
  duration: [15, 8],
  ring: [24, 5],
  moved: [30, 4],
  number: [35, 26],
  account: [62, 15],
} as const;

export const dk16 = pageFormat({
  id: 'toshiba-dk16',
  aliases: ['toshiba-dk-16'],
  title: 'Toshiba Strata DK8 and DK16',
  models: ['Strata DK8', 'Strata DK16'],
  layout: {
    kind: 'columns',
    match: /^[ \d]\d[ *].{5}\d\d:\d\d \d\d:\d\d;\d\d/,
    columns: dk16Columns,
    fields: [released, line, station, times, rest],
  },
  unsure: {
    en: 'Columns are those of the manual; no real capture was found. The date comes from the date line, whose exact form is not known, else from the arrival.',
    vi: 'Các cột lấy theo tài liệu; chưa tìm được dữ liệu thật nào. Ngày lấy theo dòng ngày (chưa rõ dạng in chính xác), nếu không có thì theo lúc nhận.',
  },
});

export const dk40 = pageFormat({
  id: 'toshiba-dk40',
  aliases: ['toshiba-dk-40'],
  title: 'Toshiba Strata DK40',
  models: ['Strata DK40', 'Strata DK40i', 'Strata DK14', 'Strata DK280', 'Strata DK424'],
  layout: {
    kind: 'columns',
    match: /^[ \d]{2}\d[ *].{5}\d\d:\d\d \d\d:\d\d;\d\d/,
    columns: {
      line: [1, 3],
      mark: [4, 1],
      station: [5, 4],
      time: [10, 5],
      duration: [16, 8],
      ring: [25, 5],
      moved: [31, 4],
      number: [36, 26],
      account: [63, 15],
      answered: [79, 1],
      caller: [81, 16],
      subAddress: [98, 20],
      otherSubAddress: [119, 20],
    },
    fields: [released, line, station, times, rest, caller],
  },
  unsure: {
    en: 'Columns are those of the DK40 manual; DK14, DK40i, DK280 and DK424 are of the same generation and not proved. The date comes from the date line, else from the arrival.',
    vi: 'Các cột lấy theo tài liệu DK40; DK14, DK40i, DK280 và DK424 cùng thế hệ nhưng chưa được kiểm chứng. Ngày lấy theo dòng ngày, nếu không có thì theo lúc nhận.',
  },
});
