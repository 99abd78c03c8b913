/**
 * Alcatel 4200 and OmniPCX Office (OXO): the printed statement, one line a call and charged user. The time is the start, in
 * whole minutes; lines come in the order of their ends. Equal lines are repeated attempts, never doubles.
 *
 *            A725  --> P00 05/12/06 14:17 00:00:00    0 ST I      80676293153...............        5421............
 *     initial|user|way|line|date   |start|duration|pulses|service|facilities|number, filled with dots|...|code
 *
 * 4200 prints fixed columns of 132. On OXO the administrator chooses the columns, users are up to 9 wide and lines 4: there
 * the line is read by the shapes of its fields, from the arrow to the number and then what follows. Where shapes leave a
 * choice the option `tailColumns` decides.
 */
import { type ColumnsLayout, defineFormat, type Field, type PatternLayout, type ResolvedOptions } from '../engine.ts';
import { withCleanColumns } from '../line-front.ts';
import { dateTime, duration, text } from '../readers.ts';
import type { OptionDefinition } from '../types.ts';
import { CODE_FIELDS, statementAssembly } from './assembly.ts';
import { arrow, chargeFacts, LINE, type Tail, users, writeTail } from './fields.ts';
import { statementNoise } from './noise.ts';

const TAILS = ['mode', 'ringing', 'cost', 'code', 'name'] as const;

const tailColumnsOption: OptionDefinition = {
  name: 'tailColumns',
  kind: 'choice',
  choices: ['auto', 'code', 'name', 'cost', 'code-name', 'cost-code', 'cost-code-name', 'ringing-cost-code-name'],
  default: 'auto',
  help: {
    en: 'What OXO prints behind the number, as chosen in its metering options. "auto": told by their shapes (mm:ss is the ringing, a number with decimals the cost, digits filled with dots the account code).',
    vi: 'OXO in gì sau số điện thoại, theo lựa chọn trong phần tính cước của tổng đài. "auto": nhận theo hình dạng (mm:ss là thời gian chuông, số thập phân là cước, chữ số kèm dấu chấm là mã tài khoản).',
  },
};

const columnTail: Field = (cellOf) => {
  const [modeAt, ringingAt, costAt, codeAt, nameAt] = TAILS.map(cellOf);
  const nodeAt = cellOf('node');
  return (row, draft, state) =>
    writeTail(
      draft,
      {
        mode: row[modeAt ?? 0] ?? '',
        ringing: row[ringingAt ?? 0] ?? '',
        cost: row[costAt ?? 0] ?? '',
        code: row[codeAt ?? 0] ?? '',
        name: row[nameAt ?? 0] ?? '',
        node: row[nodeAt] ?? '',
      },
      state,
    );
};

/** A call that nobody took may be charged to no user; the duration is always printed. */
const wholeRecord: Field = () => (_row, draft) => (draft.durationSeconds === undefined ? 'cut-short' : undefined);

const START = '[ \\d]\\d[/.-]\\d\\d[/.-]\\d\\d [ \\d]\\d:\\d\\d';

const columns: ColumnsLayout = {
  kind: 'columns',
  match: new RegExp(`^.{13}(?:-->|<--|I->|<-I|CS[+-]) .{3} ${START} [ \\d]\\d:\\d\\d:\\d\\d`),
  columns: {
    initial: [2, 5],
    user: [8, 5],
    type: [14, 3],
    line: [18, 3],
    date: [22, 8],
    time: [31, 5],
    duration: [37, 8],
    pulses: [45, 6],
    service: [51, 2],
    facilities: [54, 6],
    number: [61, 26],
    mode: [88, 1],
    ringing: [90, 5],
    cost: [96, 10],
    code: [107, 16],
    name: [124, 16],
    node: [140, 40],
  },
  fields: [
    dateTime('date', 'time'),
    users('user', 'initial'),
    text('trunk', 'line', LINE),
    duration('durationSeconds', 'duration', 3),
    arrow('type', 'number'),
    chargeFacts('pulses', 'service', 'facilities'),
    columnTail,
    wholeRecord,
  ],
};

/** What a cell of each kind looks like at the front of the rest. A code has a digit in it, or is nothing but dots. */
const SHAPES: Readonly<Record<(typeof TAILS)[number], RegExp>> = {
  mode: /^[MIR](?=\s|$)/,
  ringing: /^\d{1,2}:\d\d(?=\s|$)/,
  cost: /^(?:\d[\d.,]*|[.,]\d+)(?=\s|$)/,
  code: /^(?=[^\s]*[\d.])[\dA-Za-z*#.]{1,16}(?=\s|$)/,
  name: /^\p{L}(?:[\p{L}\d.'&-]| (?! ))*/u,
};

/** Plain digits may be a code, a node or a cost: without the site's word only these shapes are sure. */
const SURE_SHAPES: typeof SHAPES = {
  ...SHAPES,
  cost: /^(?:\d*[.,]\d+(?=\s|$)|\d{1,7}(?=\s+[\dA-Za-z*#.]*\.(?:\s|$)))/,
  code: /^(?:(?=[^\s]{2,16}(?:\s|$))(?:[\dA-Za-z*#]*\.+|\.+[\dA-Za-z*#]*)|[\dA-Za-z*#]{16})(?=\s|$)/,
};

/** Node and operator of OXO follow the name or the code. */
const NODE = /^\d{1,4}(?:\s+\S{1,9})?$/;

/** The cells behind the number, in their order; one that does not look like its kind is blank. */
function tailOf(rest: string, kinds: readonly string[], shapes: typeof SHAPES): Tail | undefined {
  const tail = { mode: '', ringing: '', cost: '', code: '', name: '', node: '' };
  let left = rest.trim();
  for (const key of TAILS) {
    const value = kinds.includes(key) ? (shapes[key].exec(left)?.[0] ?? '') : '';
    tail[key] = value.trimEnd();
    left = left.slice(value.length).trimStart();
  }
  if (left !== '' && (tail.code !== '' || tail.name !== '') && NODE.test(left)) {
    tail.node = left;
    left = '';
  }
  return left === '' ? tail : undefined;
}

const freeTail: Field = (cellOf) => {
  const at = cellOf('rest');
  return (row, draft, state) => {
    const rest = row[at] ?? '';
    const said = state.options.own['tailColumns'] ?? 'auto';
    const tail = said === 'auto' ? tailOf(rest, TAILS, SURE_SHAPES) : tailOf(rest, said.split('-'), SHAPES);
    return tail === undefined ? 'unknown-columns' : writeTail(draft, tail, state);
  };
};

const free: PatternLayout = {
  kind: 'pattern',
  match:
    /^\s*(?:(?<initial>[A-Za-z]?[\d*#]{1,9})\s+)?(?<user>[A-Za-z]?[\d*#]{1,9})\s+(?<type>-->|<--|I->|<-I|CS[+-])\s+(?<line>[A-Za-z]?\d{0,4})\s+(?<date>[ \d]?\d[/.-]\d\d[/.-]\d\d)\s+(?<time>\d{1,2}:\d\d)\s+(?<duration>\d\d?:\d\d:\d\d)(?:\s+(?<pulses>\d{1,5}))?(?:\s+(?<service>ST|T\+|\*\*))(?:\s+(?<facilities>[A-Z][A-Z ]{0,5}?))?(?:\s+(?<number>[\d*#+][\d*#+?]*\.*|\.{2,}))?(?<rest>\s.*)?$/,
  columns: [
    'initial',
    'user',
    'type',
    'line',
    'date',
    'time',
    'duration',
    'pulses',
    'service',
    'facilities',
    'number',
    'rest',
  ],
  fields: [
    dateTime('date', 'time'),
    users('user', 'initial'),
    text('trunk', 'line', LINE),
    duration('durationSeconds', 'duration', 3),
    arrow('type', 'number'),
    chargeFacts('pulses', 'service', 'facilities'),
    freeTail,
    wholeRecord,
  ],
};

const layouts = (options: ResolvedOptions) =>
  (options.own['tailColumns'] ?? 'auto') === 'auto' ? [columns, free] : [free];

export const statement = withCleanColumns(
  defineFormat({
    id: 'alcatel-oxo',
    aliases: ['oxo-4200-statement', 'alcatel-4200'],
    vendor: 'Alcatel-Lucent',
    title: 'Alcatel-Lucent OmniPCX Office (OXO) and Alcatel 4200, statement',
    models: [
      'Alcatel 4200 C',
      'Alcatel 4200 D',
      'Alcatel 4200 E',
      'OmniPCX Office',
      'OmniPCX Office RCE',
      'OXO Connect',
    ],
    transports: ['serial', 'tcp-client', 'tcp-listener', 'file'],
    confidence: 'proved',
    unsure: {
      en: 'The 4200 columns are proved. No line of an OmniPCX Office was found: its wider users, lines and chosen columns are read by their shapes. What I-> and <-I stand for is not documented.',
      vi: 'Các cột của 4200 đã được kiểm chứng. Chưa tìm được dòng nào của OmniPCX Office: máy lẻ, đường dây rộng hơn và các cột tùy chọn được nhận theo hình dạng. Ý nghĩa của I-> và <-I chưa có tài liệu.',
    },
    framing: { kind: 'line', maxBytes: 400 },
    options: [tailColumnsOption],
    defaults: { dateOrder: 'DMY', clock: '24h', timeIs: 'start' },
    codeFields: CODE_FIELDS,
    noise: statementNoise,
    layouts,
    assembly: statementAssembly,
  }),
);
