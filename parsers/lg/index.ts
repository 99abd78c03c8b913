/**
 * LG, LG-Nortel, Ericsson-LG and GoldStar: LDK, ipLDK, ARIA SOHO, GDK, GHX key systems, GPS-6A and iPECS, and the Vodavi
 * systems that LG built. One record a leg; the printed time is the start (calls of one line overlap when it is read as the
 * end: none in 265 pairs of four public logs when read as the start). LDK prints the day first, GDK and GHX the month.
 */
import { type ColumnsLayout, defineFormat, type Field, type FormatSpec, type Layout } from '../engine.ts';
import { cost, dateTime, duration, text } from '../readers.ts';
import { withTabs } from '../tabs.ts';
import type { Assembly, FormatDefinition, FormatOptions, FrameParser, StreamContext } from '../types.ts';
import { assemblyByLine, assemblyByNumber, CODE_FIELDS } from './assembly.ts';
import { dialled } from './dialled-field.ts';
import { callerLine, extra, line, rightAligned, serialNumber, station, wholeRecord } from './fields.ts';
import { headings, noiseOf } from './noise.ts';
import { incomingNumberOption, numberFieldOption } from './options.ts';
import { type ColumnName, type Columns, pages, withNumberField } from './pages.ts';
import { observedColumns, pageObserver } from './ruler.ts';
import { vodavi } from './vodavi.ts';

const ACCOUNT = /^[\dA-Za-z*#]{1,12}$/;

const DATE = '[\\d* ][\\d*][/.-][\\d* ][\\d*][/.-][\\d*]{2}';
const CLOCK = '[\\d* ][\\d*]:[\\d*]{2}';
/** Date and clock as nearly all lines print them: a digit for each 0. */
const DATE_SHAPE = '00/00/00';
const CLOCK_SHAPE = '00:00';

/** Where date and clock stand on a page, counted from 0, and their pattern; a clock that was never set prints stars. */
function stampOf(columns: Columns): { readonly at: number; readonly dateFirst: boolean; readonly pattern: string } {
  const [date = 1, clock = 1] = [columns.date?.[0], columns.clock?.[0]];
  const dateFirst = date < clock;
  return { at: Math.min(date, clock) - 1, dateFirst, pattern: dateFirst ? `${DATE} ${CLOCK} ` : `${CLOCK} ${DATE} ` };
}

/** The date and the clock stand where this page has them. */
function dated(columns: Columns): (line: string) => boolean {
  const { at, dateFirst, pattern: stamp } = stampOf(columns);
  const pattern = new RegExp(`^.{${at}}${stamp}`);
  const shape = `${dateFirst ? `${DATE_SHAPE} ${CLOCK_SHAPE}` : `${CLOCK_SHAPE} ${DATE_SHAPE}`} `;
  return (line) => {
    for (let i = 0; i < shape.length; i++) {
      const wanted = shape.charCodeAt(i);
      const code = line.charCodeAt(at + i);
      const isFine = wanted === 0x30 ? code >= 0x30 && code <= 0x39 : code === wanted;
      if (!isFine) return pattern.test(line);
    }
    return true;
  };
}

/** Lines of key systems whose columns stand elsewhere, or whose blanks a capture program collapsed. */
const keySystemFallback: Layout = {
  kind: 'pattern',
  match:
    /^\s*(?<sta>[A-Z\d]{2,4})\s+(?<co>\d{1,3})\s+(?<time>\d{1,2}:\d\d:\d\d)\s+(?<clock>\d\d:\d\d)\s+(?<date>[\d* ]\d?\/[\d* ]\d\/\d\d)\s+(?<dialed>[OItTRGH](?:\s*\d*\s*RI?NG\s*[\d*]+:\d\d|\s*[\d*#P]+)?)(?:\s+(?<account>[\d*#]{1,12}))?\s*$/,
  columns: ['sta', 'co', 'time', 'clock', 'date', 'dialed', 'account'],
  fields: [
    dateTime('date', 'clock'),
    station('sta'),
    line('co'),
    duration('durationSeconds', 'time'),
    dialled('dialed', 'sta'),
    text('accountCode', 'account', ACCOUNT),
    wholeRecord,
  ],
};

/** `isGuessed`: nobody said that the page is printed in these columns, so they must fit without a doubt. */
function layoutOf(columns: Columns, isGuessed = false): ColumnsLayout {
  const fieldOf = (name: ColumnName, field: Field): readonly Field[] => (columns[name] === undefined ? [] : [field]);
  return {
    kind: 'columns',
    accepts: dated(columns),
    columns: columns as ColumnsLayout['columns'],
    fields: [
      dateTime('date', 'clock'),
      ...fieldOf('no', serialNumber('no')),
      station('sta'),
      line('co'),
      duration('durationSeconds', 'time'),
      dialled('dialed', 'sta'),
      ...fieldOf(
        'act',
        extra('act', /^[*\dA-Z]{1,3}$/, '**', (value) => !/^\*+$/.test(value)),
      ),
      ...fieldOf(
        'cnt',
        extra('cnt', /^\d+$/, '0', (value) => !/^0+$/.test(value)),
      ),
      ...fieldOf('cost', cost('cost')),
      ...(isGuessed && columns.act !== undefined && columns.cost !== undefined
        ? [rightAligned('cost', columns.cost)]
        : []),
      ...fieldOf('account', text('accountCode', 'account', ACCOUNT)),
      ...fieldOf('cli', callerLine('cli')),
      ...fieldOf('cause', extra('cause', /^[\dA-F]{1,2}$/i)),
      wholeRecord,
    ],
  };
}

interface Page {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly title: string;
  readonly models: readonly string[];
  readonly columns: Columns;
  readonly heading: RegExp;
  readonly dateOrder: 'DMY' | 'MDY';
  readonly assembly: Assembly;
  readonly confidence: FormatDefinition['confidence'];
  readonly unsure?: NonNullable<FormatDefinition['unsure']>;
  readonly isLan?: boolean;
  /** The serial number can be switched off. */
  readonly isNumberOptional?: boolean;
  /** Other columns that this page is known or expected to be printed in. */
  readonly alsoColumns?: readonly Columns[];
  /** How a line that stands in no columns is read. */
  readonly fallback?: Layout;
  readonly confusableWith?: readonly string[];
}

const MOST_BLANKS_IN_FRONT = 4;

/**
 * Moves a line whose blanks in front are more or fewer than the page has: some captures add blanks, and editors strip those
 * that belong to no field. Undefined where it stands right, or could as well have lost characters.
 */
function blankMover(columns: Columns): (line: string) => string | undefined {
  const { at, pattern } = stampOf(columns);
  const stamp = new RegExp(pattern);
  const margin = Math.min(...Object.values(columns).map(([start]) => start)) - 1;
  return (line) => {
    const moved = (stamp.exec(line)?.index ?? at) - at;
    if (moved > 0 && moved <= MOST_BLANKS_IN_FRONT && line.slice(0, moved).trim() === '') return line.slice(moved);
    const hasLostMargin = moved < 0 && moved === -margin && line.charCodeAt(0) > 32;
    return hasLostMargin ? ' '.repeat(margin) + line : undefined;
  };
}

const CONTROL_IN_FRONT = /^[\x00-\x08\x0e-\x1f]+/;

function pageFormat(page: Page): FormatDefinition {
  const spec: Omit<FormatSpec, 'layouts'> = {
    id: page.id,
    ...(page.aliases === undefined ? {} : { aliases: page.aliases }),
    vendor: 'LG',
    title: page.title,
    models: page.models,
    transports:
      page.isLan === true ? ['tcp-client', 'serial', 'tcp-listener', 'file'] : ['serial', 'tcp-client', 'file'],
    confidence: page.confidence,
    framing: { kind: 'line', maxBytes: 256 },
    options: page.isNumberOptional === true ? [incomingNumberOption, numberFieldOption] : [incomingNumberOption],
    defaults: { dateOrder: page.dateOrder, clock: '24h', timeIs: 'start' },
    codeFields: CODE_FIELDS,
    noise: noiseOf(page.heading),
    // What stands in a page's other columns is as a rule of another family.
    isTypical: (record) =>
      (record.callId !== undefined) === (page.columns.no !== undefined) &&
      (record.trunk?.length ?? 0) <= (page.columns.co?.[1] ?? 0),
    assembly: page.assembly,
    ...(page.unsure === undefined ? {} : { unsure: page.unsure }),
    ...(page.confusableWith === undefined ? {} : { confusableWith: page.confusableWith }),
  };
  const fallback = page.fallback === undefined ? [] : [page.fallback];
  const parserFor = (columns: readonly Columns[], options: FormatOptions): FrameParser =>
    defineFormat({ ...spec, layouts: [...columns.map((one, index) => layoutOf(one, index > 0)), ...fallback] }).create(
      options,
    );
  const { noise: _noise, ...definition } = spec;
  return {
    ...definition,
    create(options) {
      const wish = page.isNumberOptional === true ? options['numberField'] : undefined;
      const printed = [page.columns, ...(page.alsoColumns ?? [])];
      const isKnown = wish === 'on' || wish === 'off';
      const isUsual = page.columns.no !== undefined;
      const candidates = isKnown
        ? printed.map((columns) => withNumberField(columns, wish === 'on'))
        : page.isNumberOptional === true
          ? [isUsual, !isUsual].flatMap((isPrinted) => printed.map((columns) => withNumberField(columns, isPrinted)))
          : printed;
      const usualParser = parserFor(candidates, options);
      const observe = pageObserver(page.columns);
      const moveBlanks = blankMover(page.columns);
      let ruler: string | undefined;
      let parser = usualParser;
      return {
        parse(frame: string, context: StreamContext) {
          const text = frame.charCodeAt(0) < 32 ? frame.replace(CONTROL_IN_FRONT, '') : frame;
          observe(text, context);
          const columns = observedColumns(context);
          if (columns !== ruler) {
            ruler = columns;
            parser =
              columns === undefined ? usualParser : parserFor([JSON.parse(columns) as Columns, ...candidates], options);
          }
          const outcome = parser.parse(text, context);
          const moved = outcome.kind === 'malformed' ? moveBlanks(text) : undefined;
          if (moved === undefined) return outcome;
          const again = parser.parse(moved, context);
          return again.kind === 'malformed' ? outcome : again;
        },
      };
    },
  };
}

const ipecsUnsure = {
  en: 'The columns are those of a public parser; no real line was found. Check the first lines received, and the date order.',
  vi: 'Các cột lấy theo một bộ đọc công khai; chưa tìm được dòng thật nào. Hãy kiểm tra những dòng đầu nhận được và thứ tự ngày tháng.',
};

const allPages: readonly FormatDefinition[] = [
  pageFormat({
    id: 'lg-ldk',
    aliases: ['lg-ldk300'],
    title: 'LG LDK, ipLDK, ARIA SOHO',
    models: ['LDK-100', 'LDK-300', 'ipLDK-20', 'ipLDK-60', 'ARIA SOHO', 'ARIA 24', 'ARIA 130', 'ARIA 300'],
    columns: pages.ldk,
    heading: headings.ldk,
    dateOrder: 'DMY',
    assembly: assemblyByNumber,
    confidence: 'proved',
    unsure: {
      en: 'ARIA 24/130/300 are expected to print this page; no line of theirs was found. What a number behind R is (caller or called) is not known.',
      vi: 'ARIA 24/130/300 được cho là cũng in trang này; chưa tìm được dòng thật nào. Chưa rõ số đứng sau R là số người gọi hay số được gọi.',
    },
    isLan: true,
    isNumberOptional: true,
    confusableWith: ['ipecs-ucp4', 'ipecs-lik'],
  }),
  pageFormat({
    id: 'lg-gdk',
    aliases: ['lg-gdk162'],
    title: 'LG GDK',
    models: ['GDK-162', 'GDK-34i', 'GDK-100', 'GDK-186'],
    columns: pages.gdk,
    heading: headings.gdk,
    dateOrder: 'MDY',
    assembly: assemblyByNumber,
    confidence: 'proved',
    unsure: {
      en: 'GDK-34i, GDK-100 and GDK-186 are of the same generation as the proved GDK-162; no line of theirs was found.',
      vi: 'GDK-34i, GDK-100 và GDK-186 cùng thế hệ với GDK-162 đã được kiểm chứng; chưa tìm được dòng thật nào của chúng.',
    },
    isNumberOptional: true,
  }),
  pageFormat({
    id: 'lg-ghx',
    title: 'LG GHX and GMX key systems',
    models: ['GHX-46', 'GHX-36', 'GHX-616', 'GMX-1232'],
    columns: pages.ghx,
    heading: headings.ghx,
    dateOrder: 'MDY',
    assembly: assemblyByLine,
    fallback: keySystemFallback,
    confusableWith: ['vodavi'],
    confidence: 'proved',
    unsure: {
      en: 'Where the account code begins (column 52) is not proved.',
      vi: 'Chưa chứng minh được vị trí bắt đầu của mã tài khoản (cột 52).',
    },
  }),
  pageFormat({
    id: 'lg-gps6a',
    aliases: ['goldstar-gps6a'],
    title: 'LG GoldStar GPS-6A',
    models: ['GoldStar GPS-6A'],
    columns: pages.gps6a,
    heading: headings.gps6a,
    dateOrder: 'MDY',
    assembly: assemblyByLine,
    confidence: 'proved',
    unsure: {
      en: 'The only public log is of 02/02/05, which does not show whether the day or the month comes first. No account code column is known.',
      vi: 'Nhật ký công khai duy nhất là của ngày 02/02/05, nên không cho biết ngày hay tháng đứng trước. Chưa biết cột mã tài khoản.',
    },
  }),
  pageFormat({
    id: 'ipecs-ucp4',
    title: 'LG iPECS UCP and eMG, 4-digit stations',
    models: ['iPECS UCP100', 'iPECS UCP600', 'iPECS UCP2400', 'iPECS eMG80', 'iPECS eMG800'],
    columns: pages.ipecs4,
    alsoColumns: [pages.ldk],
    heading: headings.ipecs,
    dateOrder: 'DMY',
    assembly: assemblyByNumber,
    confidence: 'unconfirmed',
    unsure: ipecsUnsure,
    isLan: true,
    isNumberOptional: true,
    confusableWith: ['ipecs-lik', 'lg-ldk'],
  }),
  pageFormat({
    id: 'ipecs-ucp8',
    title: 'LG iPECS UCP and eMG, 8-digit stations',
    models: ['iPECS UCP100', 'iPECS UCP600', 'iPECS UCP2400', 'iPECS eMG80', 'iPECS eMG800'],
    columns: pages.ipecs8,
    heading: headings.ipecs,
    dateOrder: 'DMY',
    assembly: assemblyByNumber,
    confidence: 'unconfirmed',
    unsure: ipecsUnsure,
    isLan: true,
    isNumberOptional: true,
  }),
  pageFormat({
    id: 'ipecs-lik',
    title: 'LG iPECS-LIK',
    models: ['iPECS-LIK 300', 'iPECS-LIK', 'iPECS-MG'],
    columns: pages.ipecs4,
    alsoColumns: [pages.ldk],
    heading: headings.ipecs,
    dateOrder: 'DMY',
    assembly: assemblyByNumber,
    confidence: 'unconfirmed',
    unsure: {
      en: 'The columns up to the dialled number are those of a public program for the LIK 300; those behind it are taken from UCP, or from LDK where a line does not fit. Other LIK and MG models were not seen.',
      vi: 'Các cột đến số gọi lấy theo một chương trình công khai cho LIK 300; các cột phía sau lấy theo UCP, hoặc theo LDK nếu dòng không khớp. Chưa thấy các máy LIK và MG khác.',
    },
    isLan: true,
    isNumberOptional: true,
    confusableWith: ['ipecs-ucp4', 'lg-ldk'],
  }),
  vodavi,
];

export const formats: readonly FormatDefinition[] = allPages.map(withTabs);
