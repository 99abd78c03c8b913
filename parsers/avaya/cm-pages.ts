/**
 * The standard pages of DEFINITY, MultiVantage and Communication Manager, from the tables of their manuals (1-based start,
 * width). `HHMM` and `HMMt` stand for the clock of the end and the duration with tenths of minutes, `c` for the condition
 * code:
 *
 *     unformatted   HHMMHMMtc + access codes 10, dialled 18, calling 33, account 43, authorization 58
 *     TELESEER      as that after three blanks, in narrower fields
 *     printer       HHMM HMMt c + the fields with a blank between them
 *     LSU           HMMtc, no clock and no date
 *
 * After CR and LF the switch sends three NULs; the framer drops them.
 */
import { CONDITION, CONDITION_59 } from './cm-conditions.ts';
import type { CmColumns, CmHabits } from './cm-record.ts';

export interface CmPage {
  readonly id: string;
  readonly title: string;
  readonly columns: CmColumns;
  readonly habits: CmHabits;
  readonly isUnconfirmed?: boolean;
  readonly unsure?: { readonly en: string; readonly vi: string };
  /** Pages that a record with blank fields cannot tell from this one. */
  readonly confusableWith?: readonly string[];
}

const TIME_4 = '[0-2]\\d[0-5]\\d';
const TENTHS_4 = '(?:\\d[0-5]\\d|999)\\d';

/** What identifies a page: clock, duration and condition code at their places, blanks between them. */
export function shapeOf(columns: CmColumns, habits: CmHabits): RegExp {
  const condition = habits.has59Letters === true ? CONDITION_59 : CONDITION;
  let source = '^';
  let at = 1;
  for (const [item, pattern] of [
    ['time', TIME_4],
    ['duration', TENTHS_4],
    ['cond-code', condition],
  ] as const) {
    const span = columns[item];
    if (span === undefined) continue;
    source += `${' '.repeat(span[0] - at)}${pattern}`;
    at = span[0] + span[1];
  }
  return new RegExp(source);
}

const PRINTER_START = { time: [1, 4], duration: [6, 4], 'cond-code': [11, 1] } as const;

const WIDE_TABLE = {
  ...PRINTER_START,
  'code-dial': [13, 4],
  'code-used': [18, 4],
  'dialed-num': [23, 15],
  'calling-num': [39, 10],
  'acct-code': [50, 15],
  'auth-code': [66, 7],
} as const;

const MISSING_PAGE = {
  en: 'One page of the manual with the fields behind the account code could not be read; their places are taken from the neighbouring layouts. Compare the first records with the telephones they are from.',
  vi: 'Thiếu một trang tài liệu về các trường đứng sau mã tài khoản; vị trí của chúng được lấy theo các bố cục gần giống. Hãy đối chiếu những bản ghi đầu tiên với máy đã gọi.',
} as const;

export const CM_PAGES: readonly CmPage[] = [
  {
    id: 'avaya-cm-unformatted',
    title: 'Avaya Communication Manager unformatted',
    columns: {
      time: [1, 4],
      duration: [5, 4],
      'cond-code': [9, 1],
      'code-dial': [10, 4],
      'code-used': [14, 4],
      'dialed-num': [18, 15],
      'calling-num': [33, 10],
      'acct-code': [43, 15],
      'auth-code': [58, 7],
      'node-num': [81, 2],
      frl: [67, 1],
      'in-crt-id': [68, 3],
      'out-crt-id': [71, 3],
      'feat-flag': [74, 1],
      'attd-console': [75, 2],
      'in-trk-code': [77, 4],
      ins: [83, 3],
      'ixc-code': [86, 3],
      bcc: [89, 1],
      'ma-uui': [90, 1],
      'res-flag': [91, 1],
      tsc_ct: [92, 4],
      tsc_flag: [96, 1],
      // The enhanced form prints the time in queue here.
      'queue-time': [65, 2],
      reserved: [97, 4],
    },
    habits: {},
    confusableWith: ['avaya-cm-59', 'avaya-cm-lsu'],
  },
  {
    id: 'avaya-cm-teleseer',
    title: 'Avaya Communication Manager TELESEER',
    columns: {
      time: [4, 4],
      duration: [8, 4],
      'cond-code': [12, 1],
      'code-dial': [13, 3],
      'code-used': [16, 3],
      'dialed-num': [19, 15],
      'calling-num': [34, 5],
      'acct-code': [39, 15],
      frl: [54, 1],
      'ixc-code': [55, 1],
      'in-crt-id': [56, 3],
      'out-crt-id': [59, 3],
      'feat-flag': [62, 1],
      'auth-code': [63, 7],
    },
    habits: { isNarrow: true, hasInvertedCircuits: true },
    confusableWith: ['avaya-cm-teleseer-isdn'],
  },
  {
    id: 'avaya-cm-teleseer-isdn',
    title: 'Avaya Communication Manager ISDN TELESEER',
    columns: {
      time: [4, 4],
      duration: [8, 4],
      'cond-code': [12, 1],
      'ixc-code': [13, 3],
      'code-used': [16, 3],
      'dialed-num': [19, 15],
      'calling-num': [34, 5],
      'acct-code': [39, 15],
      'ins-units': [54, 1],
      frl: [55, 1],
      'in-crt-id': [56, 3],
      'out-crt-id': [59, 3],
      'feat-flag': [62, 1],
      'auth-code': [63, 7],
      ins: [70, 2],
    },
    habits: { isNarrow: true, hasInvertedCircuits: true },
    confusableWith: ['avaya-cm-teleseer'],
  },
  {
    id: 'avaya-cm-printer',
    title: 'Avaya Communication Manager printer',
    columns: {
      ...PRINTER_START,
      'code-dial': [13, 3],
      'code-used': [17, 3],
      'dialed-num': [21, 15],
      'calling-num': [37, 5],
      'acct-code': [43, 15],
      'auth-code': [59, 7],
      frl: [70, 1],
      'ixc-code': [72, 1],
      'in-crt-id': [74, 3],
      'out-crt-id': [78, 3],
      'feat-flag': [82, 1],
    },
    habits: { isNarrow: true, hasInvertedCircuits: true },
    unsure: MISSING_PAGE,
    confusableWith: ['avaya-cm-int-direct', 'avaya-cm-lsu-expand'],
  },
  {
    id: 'avaya-cm-printer-enhanced',
    title: 'Avaya Communication Manager enhanced printer',
    columns: {
      ...PRINTER_START,
      'ixc-code': [13, 4],
      'code-used': [18, 4],
      'dialed-num': [23, 15],
      'calling-num': [39, 5],
      'acct-code': [45, 15],
      'auth-code': [61, 7],
      ins: [69, 3],
      frl: [73, 1],
      'in-crt-id': [75, 3],
      'out-crt-id': [79, 3],
      'feat-flag': [83, 1],
    },
    habits: { isNarrow: true, hasInvertedCircuits: true },
    confusableWith: ['avaya-cm-expanded', 'avaya-cm-int-isdn', 'avaya-cm-int-direct'],
  },
  {
    id: 'avaya-cm-expanded',
    title: 'Avaya Communication Manager expanded',
    columns: {
      ...WIDE_TABLE,
      frl: [77, 1],
      'in-crt-id': [79, 3],
      'out-crt-id': [83, 3],
      'feat-flag': [87, 1],
      'attd-console': [89, 2],
      'in-trk-code': [92, 4],
      'node-num': [97, 2],
      ins: [100, 3],
      'ixc-code': [104, 3],
      bcc: [108, 1],
      'ma-uui': [110, 1],
      'res-flag': [112, 1],
      tsc_ct: [114, 4],
      tsc_flag: [119, 1],
    },
    habits: {},
    unsure: MISSING_PAGE,
    confusableWith: ['avaya-cm-int-isdn', 'avaya-cm-printer-enhanced'],
  },
  {
    id: 'avaya-cm-lsu',
    title: 'Avaya Communication Manager LSU',
    columns: {
      duration: [1, 4],
      'cond-code': [5, 1],
      'code-dial': [6, 3],
      'code-used': [9, 3],
      'dialed-num': [12, 15],
      'calling-num': [27, 4],
      'acct-code': [31, 5],
      'auth-code': [36, 7],
      ins: [43, 2],
      frl: [45, 1],
      'calling-digit-1': [46, 1],
      'in-crt-id': [47, 2],
      'feat-flag': [49, 1],
      'out-crt-id': [50, 2],
      'out-crt-hundreds': [52, 1],
      'in-crt-hundreds': [53, 1],
      'ixc-code': [54, 1],
    },
    habits: { isNarrow: true },
    confusableWith: ['avaya-cm-unformatted', 'avaya-cm-59'],
    unsure: {
      en: 'The records have neither clock nor date: calls stand at the time they arrived.',
      vi: 'Bản ghi không có giờ và ngày: cuộc gọi được ghi theo lúc nhận.',
    },
  },
  {
    id: 'avaya-cm-lsu-expand',
    title: 'Avaya Communication Manager LSU-Expand',
    columns: {
      ...PRINTER_START,
      'code-dial': [13, 3],
      'code-used': [16, 3],
      'dialed-num': [20, 15],
      'calling-num': [36, 4],
      'acct-code': [41, 5],
      'auth-code': [47, 7],
      frl: [58, 1],
      'calling-digit-1': [60, 1],
      'in-crt-id': [62, 2],
      'feat-flag': [65, 1],
      'out-crt-id': [67, 2],
      'out-crt-hundreds': [70, 1],
      'in-crt-hundreds': [72, 1],
      'ixc-code': [73, 1],
    },
    habits: { isNarrow: true },
    confusableWith: ['avaya-cm-int-direct', 'avaya-cm-printer'],
  },
  {
    id: 'avaya-cm-int-isdn',
    title: 'Avaya Communication Manager Int-ISDN',
    columns: {
      ...WIDE_TABLE,
      frl: [76, 1],
      'in-crt-id': [78, 3],
      'out-crt-id': [82, 3],
      'feat-flag': [86, 1],
      'attd-console': [88, 2],
      'in-trk-code': [91, 4],
      'node-num': [96, 2],
      ins: [99, 3],
      'ixc-code': [103, 4],
      bcc: [108, 1],
      'ma-uui': [110, 1],
      'res-flag': [112, 1],
      reserved: [114, 6],
      ppm: [120, 5],
    },
    habits: {},
    confusableWith: ['avaya-cm-expanded', 'avaya-cm-printer-enhanced'],
    unsure: {
      en: 'The manual puts a line feed in the middle of the record, which may be a misprint. Both ways are read: a second line belongs to the record before it.',
      vi: 'Tài liệu ghi có ký tự xuống dòng ở giữa bản ghi, có thể là in nhầm. Cả hai cách đều đọc được: dòng thứ hai thuộc về bản ghi ngay trước nó.',
    },
  },
  {
    id: 'avaya-cm-int-direct',
    title: 'Avaya Communication Manager Int-Direct',
    columns: {
      ...PRINTER_START,
      'code-dial': [13, 4],
      'code-used': [18, 4],
      'dialed-num': [27, 18],
      'calling-num': [46, 5],
      'acct-code': [52, 15],
      ppm: [68, 5],
      'in-crt-id': [74, 2],
      'out-crt-id': [77, 2],
    },
    habits: { isNarrow: true },
    isUnconfirmed: true,
    confusableWith: ['avaya-cm-printer', 'avaya-cm-printer-enhanced', 'avaya-cm-lsu-expand'],
    unsure: {
      en: 'Only columns 27 to 80 are documented; clock, duration, condition code and access codes are taken to stand as in the printer page. Check the first records.',
      vi: 'Chỉ có tài liệu cho các cột 27 đến 80; giờ, thời lượng, mã trạng thái và mã truy cập được coi là đứng như ở bố cục printer. Hãy kiểm tra những bản ghi đầu tiên.',
    },
  },
  {
    id: 'avaya-cm-59',
    title: 'Avaya Communication Manager 59-character',
    columns: {
      time: [1, 4],
      duration: [5, 4],
      'cond-code': [9, 1],
      'code-dial': [10, 3],
      'code-used': [13, 3],
      'dialed-num': [16, 15],
      'calling-num': [31, 5],
      'acct-code': [36, 15],
      frl: [51, 1],
      'ixc-code': [52, 1],
      'in-crt-id': [53, 3],
      'out-crt-id': [56, 3],
    },
    habits: { isNarrow: true, has59Letters: true, hasInvertedCircuits: true },
    isUnconfirmed: true,
    confusableWith: ['avaya-cm-unformatted', 'avaya-cm-lsu'],
    unsure: {
      en: 'No page with this table was found; the columns are common knowledge. Check the first records against the telephones they are from.',
      vi: 'Không tìm thấy trang tài liệu có bảng này; các cột lấy theo hiểu biết chung. Hãy đối chiếu những bản ghi đầu tiên với máy đã gọi.',
    },
  },
];
