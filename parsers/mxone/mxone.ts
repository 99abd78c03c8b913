/**
 * MX-ONE Service Node, `commaseparated` output to a file or over TCP. Eight comment lines open a file, the seventh names
 * the fields; without it their usual order holds. A field is followed by a `valid` column that says whether to trust it.
 *
 *     start UTC, stop UTC, start, stop, 0d00:01:15, calling, type, valid, …, dialled, connected, condition, …
 *
 * Both clocks are printed. UTC is stored, so the source's zone is UTC, unless the option `clockIs` says otherwise.
 */
import { comparableSeconds } from '../../core/model/time.ts';
import { type Draft, defineFormat, type Field, type SeparatedLayout } from '../engine.ts';
import { withCleanFront } from '../line-front.ts';
import { IMPOSSIBLE } from '../readers.ts';
import type { FormatDefinition, FrameParser, OptionDefinition } from '../types.ts';
import { CODE_FIELDS, referenceAssembly } from './assembly.ts';
import { CODE, readMoment } from './fields.ts';
import { observedOrder, observeHeading, USUAL_ORDER } from './mxone-heading.ts';

const clockOption: OptionDefinition = {
  name: 'clockIs',
  kind: 'choice',
  choices: ['utc', 'local'],
  default: 'utc',
  help: {
    en: 'Which of the two printed clocks is read. With "utc" set the time zone of the source to UTC.',
    vi: 'Đọc đồng hồ nào trong hai đồng hồ được in. Nếu chọn "utc", hãy đặt múi giờ của nguồn là UTC.',
  },
};

const DURATION = /^(?:(\d+)d)?(\d{1,2}):([0-5]\d):([0-5]\d)$/;
/** A caller by SIP may be an address. */
const NUMBER = /^[\d*#+A-Za-z?][\w*#+?.@:;=-]{0,79}$/;
const MAX_ORDERS = 8;
/** Up to the incoming trunk; older releases end behind it. */
const LAST_NEEDED = 41;

type CellOf = (column: string) => number;

/** A cell by name; blank where the heading has no such field, or where its `valid` column says 0. */
function reader(cellOf: CellOf, order: readonly string[], name: string): (row: readonly string[]) => string {
  if (!order.includes(name)) return () => '';
  const at = cellOf(name);
  const validAt = order.includes(`${name}Valid`) ? cellOf(`${name}Valid`) : undefined;
  return (row) => {
    const value = row[at] ?? '';
    if (value === '' || (validAt !== undefined && row[validAt] === '0')) return '';
    return value.includes('&') ? value.replaceAll('&comma;', ',').replaceAll('&amp;', '&') : value;
  };
}

const moments =
  (order: readonly string[]): Field =>
  (cellOf) => {
    const [startUtc, stopUtc] = [reader(cellOf, order, 'startUtc'), reader(cellOf, order, 'stopUtc')];
    const [startLocal, stopLocal] = [reader(cellOf, order, 'start'), reader(cellOf, order, 'stop')];
    return (row, draft, state) => {
      const isUtc = state.options.own['clockIs'] !== 'local';
      const start = readMoment(isUtc ? startUtc(row) : startLocal(row));
      const stop = readMoment(isUtc ? stopUtc(row) : stopLocal(row));
      if (start === undefined || stop === undefined) return 'bad-time';
      draft.startOrEnd = 'both';
      if (start === IMPOSSIBLE || stop === IMPOSSIBLE) {
        state.doubts.push('date-impossible');
        return undefined;
      }
      draft.start = start;
      draft.end = stop;
      const other = isUtc ? startLocal(row) : startUtc(row);
      if (other !== '') draft.extra = isUtc ? { startLocal: other } : { startUtc: other };
      return undefined;
    };
  };

const duration: Field = (cellOf) => {
  const at = cellOf('duration');
  return (row, draft) => {
    const m = DURATION.exec(row[at] ?? '');
    if (m === null) return 'bad-duration';
    draft.durationSeconds = Number(m[1] ?? 0) * 86400 + Number(m[2]) * 3600 + Number(m[3]) * 60 + Number(m[4]);
    return undefined;
  };
};

/** What the condition codes say; 71, 103, 119 and 167 are known to come without a meaning. */
const CONDITIONS: Readonly<Record<string, Draft>> = {
  '7': { direction: 'incoming' },
  '8': { direction: 'internal' },
  '10': { direction: 'outgoing' },
  '23': { direction: 'incoming', answered: false },
  '25': { direction: 'internal', answered: false },
  '28': { direction: 'outgoing', answered: false },
  '29': { answered: false },
  '30': { answered: false },
};

const parties =
  (order: readonly string[]): Field =>
  (cellOf) => {
    const conditionOf = reader(cellOf, order, 'condition');
    const callingOf = reader(cellOf, order, 'calling');
    const dialledOf = reader(cellOf, order, 'dialled');
    const connectedOf = reader(cellOf, order, 'connected');
    const trunkOutOf = reader(cellOf, order, 'trunkOut');
    const trunkInOf = reader(cellOf, order, 'trunkIn');
    return (row, draft) => {
      const condition = conditionOf(row);
      const calling = callingOf(row);
      const dialled = dialledOf(row);
      const connected = connectedOf(row);
      const out = trunkOutOf(row);
      const incoming = trunkInOf(row);
      if (!/^\d{0,3}$/.test(condition)) return 'bad-condition';
      for (const number of [calling, dialled, connected]) {
        if (number !== '' && !NUMBER.test(number)) return 'bad-number';
      }
      if (calling === '' && dialled === '' && connected === '') return 'no-party';
      if (condition !== '') draft.conditionCode = condition;
      const told = CONDITIONS[condition];
      const byTrunk = out !== '' ? 'outgoing' : incoming !== '' ? 'incoming' : undefined;
      const isTandem = condition === '7' && out !== '' && incoming !== '';
      const direction = isTandem ? 'tandem' : (told?.direction ?? byTrunk);
      if (direction !== undefined) draft.direction = direction;
      if (told?.answered !== undefined) draft.answered = told.answered;
      if (calling !== '') draft.callerNumber = calling;
      const isIncoming = direction === 'incoming';
      const inside = isIncoming ? (connected === '' ? dialled : connected) : isTandem ? '' : calling;
      if (inside !== '') draft.extension = inside;
      if (dialled !== '' && !(isIncoming && dialled === inside)) draft.dialedNumber = dialled;
      const trunk = isTandem || isIncoming ? incoming : out;
      if (trunk !== '') draft.trunk = trunk;
      if (isTandem) draft.trunkOut = out;
      return undefined;
    };
  };

const others =
  (order: readonly string[]): Field =>
  (cellOf) => {
    const [account, reference, ring] = ['account', 'reference', 'ring'].map((name) => reader(cellOf, order, name));
    const ringValidAt = order.includes('queueValid') ? cellOf('queueValid') : undefined;
    const kept = ['charged', 'pulses', 'cil', 'sequence'].map((name) => ({ name, read: reader(cellOf, order, name) }));
    return (row, draft) => {
      const code = account?.(row) ?? '';
      if (code !== '') {
        if (!CODE.test(code)) return 'bad-account';
        draft.accountCode = code;
      }
      const callId = reference?.(row) ?? '';
      if (callId !== '') draft.callId = callId;
      const isRingValid = ringValidAt === undefined || row[ringValidAt] !== '0';
      const rang = isRingValid ? (ring?.(row) ?? '') : '';
      if (/^\d{1,4}$/.test(rang)) draft.ringSeconds = Number(rang);
      let extra: Record<string, string> | undefined;
      for (const { name, read } of kept) {
        const value = read(row);
        if (value === '' || value === '0' || /^0+$/.test(value)) continue;
        extra ??= { ...draft.extra };
        extra[name] = value;
      }
      if (extra !== undefined) draft.extra = extra;
      return undefined;
    };
  };

const layoutOf = (order: readonly string[]): SeparatedLayout => ({
  kind: 'separated',
  separator: ',',
  isQuoted: true,
  match: /^"?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d/,
  columns: order,
  // Fields of quality follow in varying number; what ends before the known ones was cut.
  minCells: Math.min(order.length, order.findLastIndex((name) => !name.startsWith('other')) + 1, LAST_NEEDED),
  isLeftoverAllowed: true,
  fields: [moments(order), duration, parties(order), others(order)],
});

const spec = {
  id: 'mitel-mxone',
  aliases: ['mxone-csv'],
  vendor: 'Mitel',
  title: 'Mitel (Ericsson, Aastra) MX-ONE, comma separated',
  models: ['MX-ONE Service Node 3', 'MX-ONE Service Node 4', 'MX-ONE Service Node 5', 'MX-ONE 6', 'MX-ONE 7'],
  transports: ['tcp-listener', 'file'],
  confidence: 'documented',
  unsure: {
    en: 'No public line was found; the order of the fields is that of a printed heading. The ringing counter is taken as seconds. Whether one call over two servers is reported twice under one reference is assumed.',
    vi: 'Chưa tìm được dòng công khai nào; thứ tự các trường lấy theo một dòng tiêu đề. Bộ đếm chuông được hiểu là giây. Việc một cuộc gọi qua hai máy chủ được báo hai lần với cùng số tham chiếu là giả định.',
  },
  framing: { kind: 'line', maxBytes: 4096 },
  options: [clockOption],
  defaults: { dateOrder: 'YMD', clock: '24h', timeIs: 'start' },
  codeFields: CODE_FIELDS,
  noise: { blank: /^\s*$/, heading: /^#.*,.*,/, comment: /^#/ },
  /** The two printed clocks prove how far the one that was read is ahead of UTC. */
  utcOffsetMinutes(record) {
    if (record.extra?.['startLocal'] !== undefined) return 0;
    const [local, utc] = [
      comparableSeconds(record.start),
      comparableSeconds(readMoment(record.extra?.['startUtc'] ?? '')),
    ];
    return local === undefined || utc === undefined ? undefined : Math.round((local - utc) / 60);
  },
  assembly: referenceAssembly,
} as const satisfies Omit<Parameters<typeof defineFormat>[0], 'layouts'>;

const usual = defineFormat({ ...spec, layouts: [layoutOf(USUAL_ORDER)] });

export const mxone: FormatDefinition = withCleanFront({
  ...usual,
  create(options) {
    const usualParser = usual.create(options);
    const parsers = new Map<string, FrameParser>();
    const parserFor = (order: string): FrameParser => {
      const known = parsers.get(order);
      if (known !== undefined) return known;
      const made = defineFormat({ ...spec, layouts: [layoutOf(order.split(','))] }).create(options);
      if (parsers.size >= MAX_ORDERS) parsers.clear();
      parsers.set(order, made);
      return made;
    };
    return {
      parse(text, context) {
        observeHeading(text, context);
        const order = observedOrder(context);
        return (order === undefined ? usualParser : parserFor(order)).parse(text, context);
      },
    };
  },
});
