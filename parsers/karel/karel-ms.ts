/**
 * Karel MS128 and its generation. Each call takes two lines (1-based columns of the manual):
 *
 *     #0042 LDIS C
 *     23/11/26 09:15:02 09:17:33 02:31 0101 0105 ABC 03 0012  125.00 0912345678
 *     1        10       19       28    34   39   44  48 51   56      64
 *
 * Line 1: record counter, call type (`LDIS` long distance, `INTL` international, `IC` incoming, blank: local) and `C` for
 * the common pool. Line 2: date, start, end, duration `mm:ss`, from extension (`OPE` operator, `Dtt` doorphone), to extension
 * (a transfer), info, line, pulses, cost, number. Both are put side by side and read as one; a first line alone is no call.
 */
import { civilFromDays, daysFromCivil } from '../../core/model/time.ts';
import { defineFormat, type Field } from '../engine.ts';
import { clockSeconds, cost, IMPOSSIBLE, readDate, readTime, text } from '../readers.ts';
import { expandTabs } from '../tabs.ts';
import type { FormatDefinition } from '../types.ts';

/** Columns of line 2 begin behind those of line 1. */
const FIRST_WIDTH = 12;

/** `mm:ss` has room for 99:59; a longer call is told by its start and end. */
const LONGEST_PRINTED_SECONDS = 99 * 60 + 59;
const DAY_SECONDS = 86400;

const OUTGOING: readonly string[] = ['LDIS', 'INTL'];

/** What line 1 says. Without it a record may have any direction. */
const firstLine: Field = (cellOf) => {
  const [markAt, counterAt] = [cellOf('mark'), cellOf('counter')];
  const [typeAt, poolAt, lineAt] = [cellOf('type'), cellOf('pool'), cellOf('line')];
  return (row, draft, state) => {
    if (row[markAt] === '') {
      state.doubts.push('leg-missing');
      return undefined;
    }
    const [counter = '', type = '', pool = ''] = [row[counterAt], row[typeAt], row[poolAt]];
    if (counter !== '') draft.callId = counter;
    if (type !== '') draft.conditionCode = type;
    if (pool !== '') draft.extra = { ...draft.extra, commonPool: pool };
    if (type === 'IC') draft.direction = 'incoming';
    else if (OUTGOING.includes(type) || row[lineAt] !== '') draft.direction = 'outgoing';
    return undefined;
  };
};

function dayAfter(date: string): string {
  const next = civilFromDays(
    daysFromCivil(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))) + 1,
  );
  return `${next.year}-${String(next.month).padStart(2, '0')}-${String(next.day).padStart(2, '0')}`;
}

const secondsOfDay = (time: string): number => clockSeconds(time, 3) ?? 0;

/** Date, start, end and duration. An end before its start is one of the next day. */
const times: Field = (cellOf) => {
  const [dateAt, startAt, endAt, durationAt] = [cellOf('date'), cellOf('start'), cellOf('end'), cellOf('duration')];
  // Neighbours mostly share their day.
  let lastPrinted = '';
  let date: string | undefined;
  return (row, draft, state) => {
    const printedDate = row[dateAt] ?? '';
    if (printedDate !== lastPrinted) {
      date = readDate(printedDate, state.options.dateOrder);
      lastPrinted = printedDate;
    }
    const start = readTime(row[startAt] ?? '');
    const end = readTime(row[endAt] ?? '');
    if (date === undefined) return 'bad-date';
    if (start === undefined || end === undefined) return 'bad-time';
    const printed = row[durationAt] ?? '';
    const duration = clockSeconds(printed, 2);
    // Stars or blanks may stand where the minutes do not fit.
    if (duration === undefined && /\d/.test(printed)) return 'bad-duration';
    draft.startOrEnd = 'both';
    if (start === IMPOSSIBLE || end === IMPOSSIBLE) {
      state.doubts.push('date-impossible');
      if (duration !== undefined) draft.durationSeconds = duration;
      return undefined;
    }
    const isOverMidnight = end < start;
    const between = secondsOfDay(end) - secondsOfDay(start) + (isOverMidnight ? DAY_SECONDS : 0);
    draft.durationSeconds = duration === undefined || between > LONGEST_PRINTED_SECONDS ? between : duration;
    if (date === IMPOSSIBLE) state.doubts.push('date-impossible');
    else {
      draft.start = `${date}T${start}`;
      draft.end = `${isOverMidnight ? dayAfter(date) : date}T${end}`;
    }
    return undefined;
  };
};

/** Telephones; `OPE` and doorphones are no extensions of anybody. */
const parties: Field = (cellOf) => {
  const [fromAt, toAt] = [cellOf('from'), cellOf('to')];
  return (row, draft) => {
    const [from = '', to = ''] = [row[fromAt], row[toAt]];
    if (!/^[A-Z\d]*$/.test(from) || !/^[A-Z\d]*$/.test(to)) return 'bad-extension';
    if (/^\d+$/.test(from)) draft.extension = from;
    else if (from !== '') draft.extra = { ...draft.extra, from };
    if (to === '') return undefined;
    draft.transferred = true;
    draft.extra = { ...draft.extra, to };
    return undefined;
  };
};

/** The outside number; whose it is depends on the direction. */
const number: Field = (cellOf) => {
  const at = cellOf('number');
  return (row, draft) => {
    const value = row[at] ?? '';
    if (value === '') return undefined;
    if (!/^\+?[\d*#PpFf.,-]+$/.test(value)) return 'bad-number';
    if (draft.direction === 'incoming') draft.callerNumber = value;
    else draft.dialedNumber = value;
    return undefined;
  };
};

const detail =
  (column: string, pattern: RegExp): Field =>
  (cellOf) => {
    const at = cellOf(column);
    return (row, draft) => {
      const value = row[at] ?? '';
      if (value === '') return undefined;
      if (!pattern.test(value)) return `bad-${column}`;
      draft.extra = { ...draft.extra, [column]: value };
      return undefined;
    };
  };

/** Control characters, and the mark of a UTF-8 file. */
const FRONT = /^(?:\xef\xbb\xbf)?[\x00-\x1f]+|^\xef\xbb\xbf/;
/** CR, LF, form feed. */
const isLineEnd = (code: number): boolean => code === 13 || code === 10 || code === 12;
/** The counter may stand at either end of its four places. */
const FIRST_LINE = /^#(?: {0,3}\d{1,4}|\d{1,4} {0,3})(?<=^.{5}) (?:LDIS|INTL|IC {2}| {4}) [ C] *$/;

/** Line 2 behind line 1 at its full width; undefined when line 1 is damaged or alone. */
function sideBySide(text: string): string | undefined {
  const isFirst = text.charCodeAt(0) === 0x23;
  let end = 0;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
  if (end === text.length) return isFirst ? undefined : ' '.repeat(FIRST_WIDTH) + text;
  const first = text.slice(0, end).padEnd(FIRST_WIDTH);
  if (!FIRST_LINE.test(first)) return undefined;
  let second = end;
  while (isLineEnd(text.charCodeAt(second))) second++;
  return first.slice(0, FIRST_WIDTH) + text.slice(second).replace(FRONT, '');
}

const behindFirst = (start: number, width: number): readonly [number, number] => [FIRST_WIDTH + start, width];

const spoken: FormatDefinition = defineFormat({
  id: 'karel-ms',
  vendor: 'Karel',
  title: 'Karel MS128',
  models: ['MS128', 'MS26', 'MS38', 'MS48', 'DS200'],
  transports: ['serial', 'tcp-client', 'tcp-listener', 'file'],
  confidence: 'unconfirmed',
  unsure: {
    en: 'The columns come from one page of the MS128 manual; no real record was found, and the smaller models may differ. No account code is named there. Check the first records.',
    vi: 'Các cột lấy từ một trang tài liệu của MS128; chưa có bản ghi thật nào, và các dòng máy nhỏ hơn có thể khác. Trang đó không nói đến mã tài khoản. Hãy kiểm tra những bản ghi đầu tiên.',
  },
  framing: { kind: 'lines', maxBytes: 256, count: 2, first: /^(?:\xef\xbb\xbf)?[\x00-\x1f]*#/ },
  options: [],
  defaults: { dateOrder: 'DMY', clock: '24h' },
  codeFields: [],
  noise: { blank: /^\s*$/ },
  layouts: [
    {
      kind: 'columns',
      match: /^.{12}[ \d]\d\/[ \d]\d\/\d\d [ \d]\d:\d\d:\d\d [ \d]\d:\d\d:\d\d [ *\d]/,
      columns: {
        mark: [1, 1],
        counter: [2, 4],
        type: [7, 4],
        pool: [12, 1],
        date: behindFirst(1, 8),
        start: behindFirst(10, 8),
        end: behindFirst(19, 8),
        duration: behindFirst(28, 5),
        from: behindFirst(34, 4),
        to: behindFirst(39, 4),
        info: behindFirst(44, 3),
        line: behindFirst(48, 2),
        pulses: behindFirst(51, 4),
        cost: behindFirst(56, 7),
        number: behindFirst(64, 40),
      },
      fields: [
        times,
        parties,
        text('trunk', 'line', /^\d{1,2}$/),
        detail('info', /^[\w*#.-]+$/),
        detail('pulses', /^\d+$/),
        cost('cost'),
        firstLine,
        number,
      ],
    },
  ],
});

export const karelMs: FormatDefinition = {
  ...spoken,
  create(options) {
    const parser = spoken.create(options);
    return {
      parse(frame, context) {
        const line = sideBySide(expandTabs(frame.replace(FRONT, '')));
        return line === undefined ? { kind: 'malformed', reason: 'half-record' } : parser.parse(line, context);
      },
    };
  },
};
