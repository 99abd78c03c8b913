/**
 * Matrix ETERNITY. Outgoing, incoming and internal calls come as three pages, often over three links; what stands where is
 * chosen by the installer. The usual columns are those of one public collector (1-based start):
 *
 *     outgoing   caller 8, account 13, trunk 17, called 22, date 41, time 50, seconds 59, cost 72, type 78
 *     incoming   caller 7, called 24, trunk 32, date 37, time 48, seconds 65, type 70
 *     internal   caller 12, called 29, date 41, time 53, seconds 63, and the word IN somewhere
 *
 * The page tells the direction, and where its clock stands tells the page. Records may stand behind a syslog header.
 */
import { isCivilDate } from '../../core/model/time.ts';
import { type ColumnsLayout, defineFormat, type Field, type Layout, type ReadState } from '../engine.ts';
import { withCleanFront } from '../line-front.ts';
import { cost, IMPOSSIBLE, readTime, text, wholeSeconds, writeTime } from '../readers.ts';
import type { FormatDefinition, FrameParser, OptionDefinition } from '../types.ts';
import { columnsOfList, type MatrixColumns } from './columns.ts';

type Page = 'outgoing' | 'incoming' | 'internal';
const PAGES: readonly Page[] = ['outgoing', 'incoming', 'internal'];

const OPTION_OF: Readonly<Record<Page, string>> = {
  outgoing: 'outgoingColumns',
  incoming: 'incomingColumns',
  internal: 'internalColumns',
};
const USUAL: Readonly<Record<Page, string>> = {
  outgoing:
    'caller 8 4, account 13 3, trunk 17 4, called 22 16, day 41 2, month 44 2, time 50 8, duration 59 5, cost 72 5, type 78 2',
  incoming: 'caller 7 16, called 24 4, trunk 32 4, day 37 2, month 40 2, time 48 8, duration 65 5, type 70 2',
  internal: 'caller 12 5, called 29 5, day 41 2, month 44 2, time 53 8, duration 63 5',
};

const columnsOption = (page: Page, en: string, vi: string): OptionDefinition => ({
  name: OPTION_OF[page],
  kind: 'text',
  default: USUAL[page],
  help: {
    en: `Columns of the ${en} page as "name first-column width", separated by commas; count them in a line of the log. Names: caller, account, trunk, called, day, month, year, time, duration, cost, type. "off": this page is not sent.`,
    vi: `Các cột của trang cuộc gọi ${vi} theo dạng "tên cột-đầu độ-rộng", cách nhau bằng dấu phẩy; hãy đếm trên một dòng của nhật ký. Tên: caller, account, trunk, called, day, month, year, time, duration, cost, type. "off": không gửi trang này.`,
  },
});

const YEAR_BEHIND = /^[-/. ](\d{4}|\d\d)(?= |$)/;

/** The year behind the month, where the same sign parts it as parts day and month. */
function yearBehind(state: ReadState, month: readonly [number, number], time: readonly [number, number]): string {
  const { line } = state;
  const from = month[0] - 1 + month[1];
  if (line[from] !== line[month[0] - 2]) return '';
  const found = YEAR_BEHIND.exec(line.slice(from, Math.max(from, time[0] - 1)));
  return found?.[1] ?? '';
}

function dateOf(printedYear: string, month: string, day: string): string {
  const [m, d] = [month.padStart(2, '0'), day.padStart(2, '0')];
  if (printedYear === '') return isCivilDate(2000, Number(m), Number(d)) ? `XXXX-${m}-${d}` : IMPOSSIBLE;
  const year = Number(printedYear) + (printedYear.length === 4 ? 0 : Number(printedYear) < 80 ? 2000 : 1900);
  return isCivilDate(year, Number(m), Number(d)) ? `${year}-${m}-${d}` : IMPOSSIBLE;
}

function moment(columns: MatrixColumns): Field {
  return (cellOf) => {
    const [dayAt, monthAt, timeAt] = [cellOf('day'), cellOf('month'), cellOf('time')];
    const yearAt = columns.year === undefined ? -1 : cellOf('year');
    const { month: monthSpan = [1, 0], time: timeSpan = [1, 0] } = columns;
    // Neighbours mostly share their day.
    let lastPrinted = '';
    let date = '';
    return (row, draft, state) => {
      const day = row[dayAt] ?? '';
      const month = row[monthAt] ?? '';
      if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month)) return 'bad-date';
      const time = readTime(row[timeAt] ?? '');
      if (time === undefined) return 'bad-time';
      const year = yearAt < 0 ? yearBehind(state, monthSpan, timeSpan) : (row[yearAt] ?? '');
      if (!/^(?:\d\d|\d{4})?$/.test(year)) return 'bad-date';
      const printed = `${day}-${month}-${year}`;
      if (printed !== lastPrinted) {
        date = dateOf(year, month, day);
        lastPrinted = printed;
      }
      return writeTime(draft, state, date, time, state.options.timeIs);
    };
  };
}

const INSIDE = /^[A-Z]?\d{1,8}$/i;
const NUMBER = /^\+?[\d*#](?:[\d*#.,PpFf-]*[\d*#PpFf])?$/;
/** The installer chooses what fills up a field. */
const FILLING = /^[-_.=~]+|[-_.=~]+$/g;
/** `Unknown`, `PRIVATE`: the network did not say who calls. */
const HIDDEN = /^[A-Z][A-Z ./]*$/i;
const withoutFilling = (value: string, wanted: RegExp): string =>
  value === '' || wanted.test(value) ? value : value.replace(FILLING, '');

function parties(page: Page, columns: MatrixColumns): Field {
  return (cellOf) => {
    const callerAt = columns.caller === undefined ? -1 : cellOf('caller');
    const calledAt = columns.called === undefined ? -1 : cellOf('called');
    const [callerPattern, calledPattern] = page === 'incoming' ? [NUMBER, INSIDE] : [INSIDE, NUMBER];
    return (row, draft, state) => {
      let caller = callerAt < 0 ? '' : withoutFilling(row[callerAt] ?? '', callerPattern);
      const called = calledAt < 0 ? '' : withoutFilling(row[calledAt] ?? '', calledPattern);
      draft.direction = page;
      if (caller === '' && called === '' && draft.trunk === undefined) return 'cut-short';
      if (page === 'incoming' && HIDDEN.test(caller)) {
        draft.extra = { ...draft.extra, caller };
        state.doubts.push('number-hidden');
        caller = '';
      }
      const [inside, outside] = page === 'incoming' ? [called, caller] : [caller, called];
      if (inside !== '' && !INSIDE.test(inside)) return 'bad-extension';
      if (outside !== '' && !NUMBER.test(outside)) return 'bad-number';
      if (inside !== '') draft.extension = inside;
      if (caller !== '') draft.callerNumber = caller;
      if (called !== '' && page !== 'incoming') draft.dialedNumber = called;
      return undefined;
    };
  };
}

const [BLANK, COLON] = [32, 58];
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function layoutOf(page: Page, columns: MatrixColumns): ColumnsLayout {
  const { time = [1, 0], duration = [1, 0] } = columns;
  const colonAt = time[0] + 1;
  const isDigitsIn = (line: string, [from, width]: readonly [number, number]): boolean => {
    let at = from - 1;
    while (at < from + width - 2 && line.charCodeAt(at) === BLANK) at++;
    return isDigit(line.charCodeAt(at));
  };
  return {
    kind: 'columns',
    accepts: (line) =>
      line.charCodeAt(colonAt) === COLON &&
      isDigit(line.charCodeAt(colonAt - 1)) &&
      isDigit(line.charCodeAt(colonAt + 1)) &&
      isDigitsIn(line, duration) &&
      (page !== 'internal' || /\bIN/.test(line)),
    columns: columns as Readonly<Record<string, readonly [number, number]>>,
    isLeftoverAllowed: true,
    fields: [
      moment(columns),
      wholeSeconds('durationSeconds', 'duration'),
      ...(columns.trunk === undefined ? [] : [text('trunk', 'trunk', /^[\w/-]+$/)]),
      ...(columns.account === undefined ? [] : [text('accountCode', 'account', /^[\w*#]+$/)]),
      ...(columns.cost === undefined ? [] : [cost('cost')]),
      ...(columns.type === undefined ? [] : [text('conditionCode', 'type', /^[A-Z]{1,3}$/)]),
      parties(page, columns),
    ],
  };
}

interface Lists {
  readonly layouts: readonly ColumnsLayout[];
  /** The first word of a list that is not understood. */
  readonly problem: string | undefined;
}

function listsOf(options: Readonly<Record<string, string>>): Lists {
  const layouts: ColumnsLayout[] = [];
  for (const page of PAGES) {
    const given = options[OPTION_OF[page]] ?? USUAL[page];
    if (given.trim().toLowerCase() === 'off') continue;
    const columns = columnsOfList(given.trim() === '' ? USUAL[page] : given);
    if (columns === undefined) continue;
    if ('problem' in columns) return { layouts: [], problem: columns.problem };
    layouts.push(layoutOf(page, columns));
  }
  return { layouts, problem: undefined };
}

const SYSLOG = /^<\d{1,3}>(?:1 )?/;
const SYSLOG_TIME = /^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)?)/;
const SYSLOG_WORD = /^\S+ /;

/** The line with ever more of its syslog header taken off: how much of it a PBX sends is not documented. */
function withoutHeader(line: string): readonly string[] {
  if (!SYSLOG.test(line)) return [line];
  const bare = line.replace(SYSLOG, '');
  const timeless = bare.replace(SYSLOG_TIME, '');
  const behindBlank = timeless.replace(/^ /, '');
  const behindHost = behindBlank.replace(SYSLOG_WORD, '');
  return [bare, timeless, behindBlank, behindHost, behindHost.replace(SYSLOG_WORD, '')];
}

const spoken: FormatDefinition = defineFormat({
  id: 'matrix-eternity',
  vendor: 'Matrix',
  title: 'Matrix ETERNITY SMDR',
  models: ['ETERNITY GE', 'ETERNITY ME', 'ETERNITY PE', 'ETERNITY LE', 'ETERNITY NE', 'PRASAR UCS'],
  transports: ['serial', 'tcp-listener', 'tcp-client', 'udp-listener', 'file'],
  confidence: 'unconfirmed',
  unsure: {
    en: 'The columns were read from one collector program; no real record was found, and the installer can place the fields freely. Check the first records and type the columns of your pages if they differ. What the type letters mean is not documented.',
    vi: 'Các cột được đọc từ một chương trình thu thập; chưa có bản ghi thật nào, và người lắp đặt có thể sắp các trường tùy ý. Hãy kiểm tra những bản ghi đầu tiên và nhập lại các cột nếu khác. Ý nghĩa các chữ cái ở cột loại chưa có tài liệu.',
  },
  framing: { kind: 'line', maxBytes: 512 },
  options: [
    columnsOption('outgoing', 'outgoing', 'đi'),
    columnsOption('incoming', 'incoming', 'đến'),
    columnsOption('internal', 'internal', 'nội bộ'),
  ],
  defaults: { dateOrder: 'DMY', clock: '24h', timeIs: 'start' },
  codeFields: ['account'],
  noise: {
    blank: /^\s*$/,
    ruler: /^[-=_*+| ]{4,}$/,
    heading: /^(?=.*\bdate\b)(?=.*\btime\b)(?=.*\b(?:dur\w*|speech|trunk|called|number)\b)[^\d:]*$/i,
  },
  layouts: ({ own }): readonly Layout[] => listsOf(own).layouts,
});

export const matrixEternity: FormatDefinition = withCleanFront({
  ...spoken,
  create(options): FrameParser {
    const { problem } = listsOf(options);
    const parser = spoken.create(options);
    return {
      parse(line, context) {
        if (problem !== undefined && line.trim() !== '')
          return { kind: 'malformed', reason: 'unknown-column', detail: problem };
        const [first = line, ...others] = withoutHeader(line);
        const outcome = parser.parse(first, context);
        if (outcome.kind === 'call') return outcome;
        for (const other of others) {
          const found = parser.parse(other, context);
          if (found.kind === 'call') return found;
        }
        return outcome;
      },
    };
  },
});
