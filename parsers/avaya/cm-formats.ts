/** The formats of Communication Manager: the standard pages, and the customized record by its item list. */
import { type ColumnsLayout, defineFormat, type Layout, resolveOptions } from '../engine.ts';
import { withCleanFront } from '../line-front.ts';
import { withTabs } from '../tabs.ts';
import type { FormatDefinition, FrameParser, OptionDefinition, ParseOutcome, Transport } from '../types.ts';
import { cmAssembly, cmTwoLineAssembly } from './cm-assembly.ts';
import { takeDate } from './cm-dates.ts';
import { type ItemLayout, type ItemProblem, layoutOfItems } from './cm-items.ts';
import { CM_PAGES, type CmPage, shapeOf } from './cm-pages.ts';
import { type CmColumns, type CmHabits, cmFields } from './cm-record.ts';
import { keepFirstLine, secondLine } from './cm-second-line.ts';
import { CM_CODE_SOURCE, codeFieldsOf } from './options.ts';

const MODELS = ['DEFINITY G3', 'DEFINITY ECS', 'MultiVantage', 'Communication Manager 1-10', 'IP Office (CDR)'];
const TRANSPORTS: readonly Transport[] = ['tcp-listener', 'tcp-client', 'serial', 'file'];
const FRAMING = { kind: 'line', maxBytes: 512 } as const;

const circuitIdsOption: OptionDefinition = {
  name: 'circuitIds',
  kind: 'choice',
  choices: ['inverted', 'modified'],
  default: 'inverted',
  help: {
    en: 'How trunk circuits are printed: circuit 123 as 231 (inverted), or as 123 when "Modified Circuit ID Display" is on in the switch.',
    vi: 'Cách in số mạch trung kế: mạch 123 in thành 231 (inverted), hoặc in đúng 123 khi tổng đài bật "Modified Circuit ID Display".',
  },
};

const longAccountCodesOption: OptionDefinition = {
  name: 'longAccountCodes',
  kind: 'boolean',
  default: 'false',
  help: {
    en: 'Account codes have more than five digits: they then also take the places of the authorization code and of the FRL, which are not printed.',
    vi: 'Mã tài khoản dài hơn năm chữ số: khi đó nó chiếm cả chỗ của mã ủy quyền và FRL, hai trường này không được in.',
  },
};

/** Said beside every page: the collector cannot speak the switch's own session protocol. */
const RELIABLE_PROTOCOL = {
  en: 'Over TCP the switch must have "Reliable Protocol" set to n (page 3 of "change ip-services"); otherwise nothing or only unreadable bytes arrive.',
  vi: 'Khi kết nối qua TCP, tổng đài phải đặt "Reliable Protocol" là n (trang 3 của lệnh "change ip-services"); nếu không, sẽ không nhận được gì hoặc chỉ có các byte không đọc được.',
} as const;

/** Of the dialled number, on every page but the direct one. */
const DIALLED_WIDTH = 15;

/** Records that are known and no calls. */
const NO_CALLS: readonly string[] = ['not-recorded', 'signalling'];

/** Date records are taken out in front of the page's own reading. */
function withDateRecords(format: FormatDefinition): FormatDefinition {
  const dated: FormatDefinition = {
    ...format,
    create(options) {
      const inner = format.create(options);
      const { dateOrder } = resolveOptions(format, options);
      const read = (line: string, context: Parameters<FrameParser['parse']>[1]): ParseOutcome => {
        const outcome = inner.parse(line, context);
        return outcome.kind === 'malformed' && NO_CALLS.includes(outcome.reason)
          ? { kind: 'noise', rule: outcome.reason }
          : outcome;
      };
      return {
        parse(text, context) {
          const found = takeDate(text, dateOrder, context);
          if (found === undefined) return read(text, context);
          if (found === 'date') return { kind: 'noise', rule: 'date' };
          return found === 'bad-date' ? { kind: 'malformed', reason: 'bad-date' } : read(found.rest, context);
        },
      };
    },
  };
  return withCleanFront(withTabs(dated));
}

function columnsLayout(columns: CmColumns, habits: CmHabits, match: RegExp | undefined): ColumnsLayout {
  return {
    kind: 'columns',
    ...(match === undefined ? {} : { match }),
    columns: columns as Readonly<Record<string, readonly [number, number]>>,
    fields: [cmFields(columns, habits)],
  };
}

/** A code of more than five digits runs over the authorization code, the INS and the FRL of the LSU page. */
function longAccountColumns(columns: CmColumns): CmColumns {
  const { 'auth-code': _auth, ins: _ins, frl: _frl, ...rest } = columns;
  return { ...rest, 'acct-code': [31, 15] };
}

function layoutsOf({
  id,
  columns,
  habits,
}: CmPage): (options: { readonly own: Readonly<Record<string, string>> }) => Layout[] {
  const match = shapeOf(columns, habits);
  return ({ own }) => {
    const isLong = id === 'avaya-cm-lsu' && own['longAccountCodes'] === 'true';
    const first = columnsLayout(isLong ? longAccountColumns(columns) : columns, habits, match);
    if (id !== 'avaya-cm-int-isdn') return [first];
    return [{ ...first, fields: [...first.fields, keepFirstLine] }, secondLine(columns)];
  };
}

function pageOptions({ id, habits }: CmPage): OptionDefinition[] {
  const options = habits.hasInvertedCircuits === true ? [CM_CODE_SOURCE, circuitIdsOption] : [CM_CODE_SOURCE];
  return id === 'avaya-cm-lsu' ? [...options, longAccountCodesOption] : options;
}

const standardFormats = CM_PAGES.map(
  (page): FormatDefinition =>
    withDateRecords(
      defineFormat({
        id: page.id,
        vendor: 'Avaya',
        title: page.title,
        models: MODELS,
        transports: TRANSPORTS,
        confidence: page.isUnconfirmed === true ? 'unconfirmed' : 'documented',
        unsure: {
          en: [page.unsure?.en, RELIABLE_PROTOCOL.en].filter((text) => text !== undefined).join(' '),
          vi: [page.unsure?.vi, RELIABLE_PROTOCOL.vi].filter((text) => text !== undefined).join(' '),
        },
        framing: FRAMING,
        options: pageOptions(page),
        defaults: { dateOrder: 'MD', clock: '24h', timeIs: 'end' },
        codeFields: codeFieldsOf({}),
        ...(page.confusableWith === undefined ? {} : { confusableWith: page.confusableWith }),
        noise: { blank: /^\s*$/ },
        layouts: layoutsOf(page),
        assembly: page.id === 'avaya-cm-int-isdn' ? cmTwoLineAssembly : cmAssembly,
        // Digits from end to end are hardly a call: numbers do not fill their field.
        isTypical: ({ dialedNumber }) => dialedNumber === undefined || dialedNumber.length < DIALLED_WIDTH,
      }),
    ),
);

/** Columns counted in the only public log: 3 characters behind the duration and 18 in front of the trunk code are blank there. */
const DEFINITY_ITEMS =
  'cond-code 1, space 1, date 6, space 1, time 4, space 1, duration 4, skip 3, code-used 4, dialed-num 17, calling-num 11, skip 18, in-trk-code 4, skip 1';

const itemsOption: OptionDefinition = {
  name: 'items',
  kind: 'text',
  default: DEFINITY_ITEMS,
  help: {
    en: 'The items of the record with their lengths, in order, separated by commas, as the switch shows them on pages 2 and 3 of "change system-parameters cdr": date 6, space 1, time 4, ... A length may be left out where it is the usual one; "skip" with a length passes over an item. The form itself can be pasted too. The list given here is that of a DEFINITY of 2002.',
    vi: 'Các mục của bản ghi kèm độ dài, theo thứ tự, cách nhau bằng dấu phẩy, như tổng đài hiển thị ở trang 2 và 3 của lệnh "change system-parameters cdr": date 6, space 1, time 4, ... Có thể bỏ độ dài nếu là độ dài thường dùng; "skip" kèm độ dài để bỏ qua một mục. Cũng có thể dán nguyên bảng trên màn hình. Danh sách có sẵn là của một tổng đài DEFINITY năm 2002.',
  },
};

const CUSTOM_UNSURE = {
  en: `The record is what the administrator listed on the switch; type the same list here. The list should end with return and line-feed: a record without a line end cannot be cut. Date order and the length of each item differ from site to site. ${RELIABLE_PROTOCOL.en}`,
  vi: `Bản ghi gồm những mục mà quản trị viên đã khai trên tổng đài; hãy nhập đúng danh sách đó. Danh sách nên kết thúc bằng return và line-feed: bản ghi không có ký tự xuống dòng thì không tách được. Thứ tự ngày tháng và độ dài mỗi mục khác nhau tùy nơi. ${RELIABLE_PROTOCOL.vi}`,
} as const;

const TOLD: CmHabits = { isTold: true };

/** Every line of a list that cannot be understood is malformed, and says which word it is. */
function refusing(problem: ItemProblem): FrameParser {
  return {
    parse: (text) =>
      text.trim() === ''
        ? { kind: 'noise', rule: 'blank' }
        : { kind: 'malformed', reason: problem.reason, detail: problem.detail },
  };
}

const isProblem = (found: ItemLayout | ItemProblem): found is ItemProblem => 'reason' in found;

function itemsLayout({ columns, skipped }: ItemLayout): Layout {
  const passed = Object.fromEntries(skipped.map((span, i) => [`skip-${i}`, span]));
  const layout = columnsLayout(columns, TOLD, customShape(columns));
  return { ...layout, columns: { ...layout.columns, ...passed } };
}

/** Digits must stand where the list has the date, the clock and the duration. */
function customShape(columns: CmColumns): RegExp {
  const marks: string[] = [];
  const put = (span: readonly [number, number] | undefined, pattern: (width: number) => string): void => {
    if (span !== undefined) marks.push(`(?=.{${span[0] - 1}}${pattern(span[1])})`);
  };
  // Numbers stand at the right end of their fields.
  const digits = (width: number): string => `(?:[ \\d]{${width - 1}}\\d| {${width}})`;
  put(columns.date, () => '[ \\d][ /\\d]*\\d');
  put(columns.time, () => '[ \\d]\\d:?[ \\d]\\d');
  put(columns.duration, digits);
  put(columns['sec-dur'], digits);
  put(columns['cond-code'], () => '[ A-Z\\d]');
  return new RegExp(`^${marks.join('')}`);
}

interface CustomFormat {
  readonly id: string;
  readonly title: string;
  readonly items: string | undefined;
  readonly dateOrder: 'MDY' | 'DMY';
  readonly isProved: boolean;
}

function customFormat({ id, title, items, dateOrder, isProved }: CustomFormat): FormatDefinition {
  const spec = {
    id,
    vendor: 'Avaya',
    title,
    models: MODELS,
    transports: TRANSPORTS,
    confidence: isProved ? 'proved' : 'documented',
    unsure: CUSTOM_UNSURE,
    framing: FRAMING,
    options: items === undefined ? [itemsOption, CM_CODE_SOURCE] : [CM_CODE_SOURCE],
    defaults: { dateOrder, clock: '24h', timeIs: 'end' },
    codeFields: codeFieldsOf({}),
    noise: { blank: /^\s*$/ },
    assembly: cmAssembly,
  } as const;
  const listOf = (options: Readonly<Record<string, string>>): string => {
    const given = items ?? options['items'] ?? '';
    return given.trim() === '' ? DEFINITY_ITEMS : given;
  };
  const format = withDateRecords(
    defineFormat({
      ...spec,
      layouts: ({ own }) => {
        const found = layoutOfItems(listOf(own));
        return isProblem(found) ? [] : [itemsLayout(found)];
      },
    }),
  );
  return {
    ...format,
    create(options) {
      const found = layoutOfItems(listOf(options));
      return isProblem(found) ? refusing(found) : format.create(options);
    },
  };
}

const customFormats: readonly FormatDefinition[] = [
  {
    id: 'avaya-cm-custom',
    title: 'Avaya Communication Manager customized',
    items: undefined,
    dateOrder: 'MDY',
    isProved: true,
  } as const,
  {
    id: 'avaya-cm-custom-97',
    title: 'Avaya Communication Manager customized, 97 characters',
    items:
      'date 6, space 1, time 4, space 1, sec-dur 5, space 1, calling-num 15, space 1, dialed-num 23, space 1, auth-code 13, space 1, in-trk-code 4, in-crt-id 3, space 1, code-dial 4, space 1, code-used 4, out-crt-id 3, space 1, cond-code 1, space 1, return, line-feed',
    dateOrder: 'MDY',
    isProved: false,
  } as const,
  {
    id: 'avaya-cm-custom-80',
    title: 'Avaya Communication Manager customized, 80 characters',
    items:
      'cond-code 1, space 1, date 6, space 1, time 4, space 1, sec-dur 5, space 1, code-dial 4, code-used 4, space 1, dialed-num 17, space 1, calling-num 10, space 1, acct-code 10, space 1, out-crt-id 2, space 1, in-crt-id 3, space 1, in-trk-code 4',
    dateOrder: 'DMY',
    isProved: false,
  } as const,
  {
    id: 'avaya-cm-custom-77',
    title: 'Avaya Communication Manager customized, 77 characters',
    items:
      'date 6, space 1, time 4, space 1, sec-dur 5, space 1, dialed-num 21, space 1, calling-num 15, space 1, code-used 4, space 1, code-dial 4, space 1, in-trk-code 4, space 1, frl 1, space 1, out-crt-id 4',
    dateOrder: 'DMY',
    isProved: false,
  } as const,
].map(customFormat);

export const cmFormats: readonly FormatDefinition[] = [...customFormats, ...standardFormats];
