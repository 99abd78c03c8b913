/**
 * Mitel 5000, Inter-Tel 5000, CS-5200/5400 and Axxess: 80 characters a record, in packets over TCP (packet.ts) or as plain
 * lines of a serial port.
 *
 *     1 type 3   5 extension 5   11 trunk 5   17 digits 28   46 start hh:mm   52 elapsed 8   61 cost 6   68 account 12   80 *
 *
 * There is no date. `*****` as the extension is a call that rang and that nobody took; `>` behind the digits says that they
 * were cut. The star at the end: the outside party hung up first. A dash stands inside numbers and ends nothing.
 */
import type { Doubt, RecordDirection } from '../../core/model/call-record.ts';
import { assembleSingle } from '../assembly.ts';
import { type Draft, resolveOptions } from '../engine.ts';
import { withCleanColumns } from '../line-front.ts';
import { cleanDecimal, clockSeconds } from '../readers.ts';
import type { Assembly, FormatDefinition, ParseOutcome } from '../types.ts';
import { incomingNumberOption, wideCostOption } from './options.ts';
import { LOGIN } from './packet.ts';

/** What a type says about the direction; conference, DISA and network calls go either way. */
const TYPES: ReadonlyMap<string, RecordDirection | undefined> = new Map<string, RecordDirection | undefined>([
  ['000', 'outgoing'],
  ['FRE', 'outgoing'],
  ['FREE', 'outgoing'],
  ['LOC', 'outgoing'],
  ['TLC', 'outgoing'],
  ['TLD', 'outgoing'],
  ['O/I', 'outgoing'],
  ['OP', 'outgoing'],
  ['INT', 'outgoing'],
  ['DSA', undefined],
  ['CNF', undefined],
  ['NET', undefined],
  ['DID', 'incoming'],
  ['IN', 'incoming'],
]);

const CLOCK = /^ ?(\d?\d):(\d\d) ?$/;
const INSIDE = /^[\dA-Z*#]{1,5}$/;
const DIGITS = /^[\x20-\x7e]+$/;
const ACCOUNT = /^[\dA-Za-z*#]{1,16}$/;
const RING = /^Ring[A-Za-z]*[. ]*/i;

const NOISE: readonly (readonly [rule: string, pattern: RegExp])[] = [
  ['blank', /^\s*$/],
  ['login', new RegExp(`^${LOGIN}[\\x20-\\x7e]{0,15}$`)],
  ['heading', /^\s*(?:TYP\b|Station Message Detail)/i],
  ['ruler', /^\s*[-=*_]{3}[-=*_\s]*$/],
];

const cut = (line: string, start: number, width: number): string => line.slice(start - 1, start - 1 + width).trim();

/** `HH:MM:SS`, `S=XXXXXX`, and `HH:MM` for what needs more digits than that. */
function elapsedSeconds(printed: string): number | undefined {
  const m = /^S= *(\d{1,6})$/.exec(printed);
  if (m !== null) return Number(m[1]);
  const long = /^(\d{1,5}):([0-5]\d)$/.exec(printed);
  if (long !== null) return Number(long[1]) * 3600 + Number(long[2]) * 60;
  return clockSeconds(printed, 3);
}

/** `$12.34`, from $100 on five digits without a point, stars of dollars for what does not fit. */
function readCost(draft: Draft, printed: string, wideCost: string): string | undefined {
  if (printed === '' || /^\$+$/.test(printed)) return undefined;
  const m = /^\$ *(\d*\.\d\d|\d{1,5})$/.exec(printed);
  if (m === null) return 'bad-cost';
  const amount = m[1] ?? '';
  const isCents = !amount.includes('.') && wideCost === 'cents';
  draft.cost = cleanDecimal(isCents ? `${amount.slice(0, -2)}.${amount.slice(-2)}` : amount);
  draft.currency = '$';
  return undefined;
}

/** Up to 16 digits by the manual, 12 columns in its picture: a longer one runs on over the star's place. */
function accountOf(line: string): string {
  const wide = line.slice(67, 83).trim();
  return /^\d{13,16}$/.test(wide) && line[67] !== ' ' ? wide : cut(line, 68, 12);
}

function readDigits(draft: Draft, printed: string, incomingNumber: string, doubts: Doubt[]): void {
  const isRinging = RING.test(printed);
  let digits = printed.replace(RING, '');
  if (digits.endsWith('>')) {
    digits = digits.slice(0, -1).trim();
    doubts.push('number-hidden');
  }
  if (isRinging) draft.extra = { ...draft.extra, ringing: printed };
  if (digits === '') return;
  if (draft.direction !== 'incoming') {
    draft.dialedNumber = digits;
    return;
  }
  const [first = '', second, ...more] = digits.split(/ +/);
  if (!/^[+\d*#()-]+$/.test(first) || more.length > 0) draft.extra = { ...draft.extra, digits };
  else if (second !== undefined) {
    draft.callerNumber = first;
    draft.dialedNumber = second;
  } else if (incomingNumber === 'called') draft.dialedNumber = first;
  else draft.callerNumber = first;
}

interface Settings {
  readonly incomingNumber: string;
  readonly wideCost: string;
}

function parseLine(line: string, { incomingNumber, wideCost }: Settings): ParseOutcome {
  const type = line.slice(0, 4).trimEnd();
  const at = TYPES.has(type) ? CLOCK.exec(line.slice(45, 50)) : null;
  if (at === null) {
    for (const [rule, pattern] of NOISE) if (pattern.test(line)) return { kind: 'noise', rule };
    return { kind: 'malformed', reason: TYPES.has(type) ? 'bad-time' : 'unknown-line' };
  }
  const [extension, trunk] = [cut(line, 5, 5), cut(line, 11, 5)];
  const [digits, account, mark] = [cut(line, 17, 28), accountOf(line), cut(line, 80, 1)];
  if (extension !== '' && !INSIDE.test(extension)) return { kind: 'malformed', reason: 'bad-extension' };
  if (trunk !== '' && !INSIDE.test(trunk)) return { kind: 'malformed', reason: 'bad-line' };
  if (digits !== '' && !DIGITS.test(digits)) return { kind: 'malformed', reason: 'bad-number' };
  if (account !== '' && !ACCOUNT.test(account)) return { kind: 'malformed', reason: 'bad-account' };
  if (mark !== '' && mark !== '*' && account.length <= 12) return { kind: 'malformed', reason: 'outside-fields' };
  const elapsed = cut(line, 52, 8);
  const seconds = elapsedSeconds(elapsed);
  if (seconds === undefined) return { kind: 'malformed', reason: elapsed === '' ? 'cut-short' : 'bad-duration' };
  if (extension === '' && trunk === '') return { kind: 'malformed', reason: 'bad-extension' };

  const doubts: Doubt[] = [];
  const draft: Draft = { startOrEnd: 'start', durationSeconds: seconds, conditionCode: type };
  const [hour, minute] = [Number(at[1]), Number(at[2])];
  if (hour > 23 || minute > 59) doubts.push('date-impossible');
  else draft.start = `T${at[1]?.padStart(2, '0')}:${at[2]}:00`;
  const direction = TYPES.get(type);
  if (direction !== undefined) draft.direction = direction;
  if (/^\*+$/.test(extension)) draft.answered = false;
  else if (extension !== '') {
    draft.extension = extension;
    if (direction === 'outgoing') draft.callerNumber = extension;
  }
  if (trunk !== '') draft.trunk = trunk;
  if (digits !== '') readDigits(draft, digits, incomingNumber, doubts);
  const failure = readCost(draft, cut(line, 61, 6), wideCost);
  if (failure !== undefined) return { kind: 'malformed', reason: failure };
  if (account !== '') draft.accountCode = account;
  if (mark === '*') draft.extra = { ...draft.extra, endedBy: 'outside' };
  return doubts.length === 0 ? { kind: 'call', record: draft } : { kind: 'call', record: draft, doubts };
}

const withoutDashes = (number: string | undefined): string | undefined => number?.replace(/[-() ]/g, '');

/** Each record is a call; the dashes inside its numbers are taken out before the number is read. */
const assembly: Assembly = {
  windowSeconds: 0,
  keys: () => [],
  combine([entry]) {
    if (entry === undefined) throw new Error('a call has at least one record');
    const { callerNumber, dialedNumber, ...rest } = entry.record;
    const [caller, dialled] = [withoutDashes(callerNumber), withoutDashes(dialedNumber)];
    const plain = {
      ...rest,
      ...(caller === undefined ? {} : { callerNumber: caller }),
      ...(dialled === undefined ? {} : { dialedNumber: dialled }),
    };
    return { ...assembleSingle({ ...entry, record: plain }, ['account']), record: entry.record };
  },
};

export const mitel5000: FormatDefinition = withCleanColumns({
  id: 'mitel-5000',
  aliases: ['inter-tel-5000', 'inter-tel-axxess', 'mitel-axxess', 'mitel-cs5200'],
  vendor: 'Mitel',
  title: 'Mitel 5000, Inter-Tel 5000, CS-5200, Axxess',
  models: ['Mitel 5000', 'Inter-Tel 5000', 'CS-5200', 'CS-5400', 'Axxess'],
  transports: ['mitel-5000-link', 'serial', 'tcp-client', 'tcp-listener', 'file'],
  confidence: 'proved',
  unsure: {
    en: 'The account code has 12 places in the manual’s picture and up to 16 in its text. What the number of an incoming call is, and costs from 100 dollars, are not shown by any real record: check the options.',
    vi: 'Mã tài khoản có 12 vị trí trong hình của tài liệu nhưng tối đa 16 theo phần chữ. Chưa có bản ghi thật nào cho biết số in ở cuộc gọi đến là gì và cước từ 100 đô la in ra sao: hãy kiểm tra các tùy chọn.',
  },
  framing: { kind: 'mitel-5000', maxBytes: 256 },
  options: [incomingNumberOption, wideCostOption],
  defaults: { timeIs: 'start' },
  codeFields: ['account'],
  create(given) {
    const { own } = resolveOptions({ options: [incomingNumberOption, wideCostOption], defaults: {} }, given);
    const settings = { incomingNumber: own['incomingNumber'] ?? 'caller', wideCost: own['wideCost'] ?? 'dollars' };
    return { parse: (text) => parseLine(text, settings) };
  },
  assembly,
});
