/**
 * OmniPCX Office, the ticket form: a block of `NAME : value` lines that begins with `N 19 ALCATEL` and ends at an empty
 * line. Its names are those of the statement's columns; no whole ticket was found, so each is known by the words in it.
 */
import type { CodeField } from '../../core/model/call.ts';
import { type Draft, decodeLine, type ResolvedOptions, resolveOptions } from '../engine.ts';
import { clockSeconds, IMPOSSIBLE, readDate, readTime } from '../readers.ts';
import type { FormatDefinition, ParseOutcome } from '../types.ts';
import { statementAssembly } from './assembly.ts';
import { userNumber, withoutDots, writeTail } from './fields.ts';

const TICKET = /^\s*N\W? ?\d+ +ALCATEL\b/;
const NAMED = /^\s*([A-Za-z][A-Za-z .'/-]*?)\s*:\s*(.*?)\s*$/;

const NAMES: readonly (readonly [name: string, words: RegExp])[] = [
  ['initial', /INITIAL/],
  ['name', /NAME/],
  ['code', /BUSINESS|ACCOUNT/],
  ['user', /USER|CHARGED|EXTENSION/],
  ['date', /DATE/],
  ['ringing', /\bRING/],
  ['duration', /DURATION/],
  ['time', /TIME|HOUR/],
  ['line', /LINE|TRUNK/],
  ['pulses', /PULSE|METERING|UNITS/],
  ['service', /SERVICE/],
  ['facilities', /FACILIT/],
  ['mode', /MODE/],
  ['number', /NUMBER|DIAL/],
  ['cost', /COST|AMOUNT/],
  ['type', /TYPE|CALL/],
];
const DIRECTIONS: readonly (readonly ['outgoing' | 'incoming', RegExp])[] = [
  ['outgoing', /^(?:-->|OUT)/],
  ['incoming', /^(?:<--|IN(?!T))/],
];

const malformed = (reason: string): ParseOutcome => ({ kind: 'malformed', reason });

function readTicket(lines: readonly string[], options: ResolvedOptions): ParseOutcome {
  const values = new Map<string, string>();
  for (const line of lines) {
    const m = NAMED.exec(line);
    const name = NAMES.find(([, words]) => words.test((m?.[1] ?? '').toUpperCase()))?.[0];
    if (m !== null && name !== undefined && !values.has(name)) values.set(name, m[2] ?? '');
  }
  const of = (name: string): string => values.get(name) ?? '';
  const date = readDate(of('date'), options.dateOrder);
  const time = readTime(of('time'));
  const duration = clockSeconds(of('duration'), 3);
  if (date === undefined || time === undefined) return malformed('bad-time');
  if (duration === undefined) return malformed('bad-duration');
  const user = userNumber(of('user'));
  if (!/^[\dA-Za-z*#]{1,9}$/.test(user)) return malformed('bad-user');
  const draft: Draft = { startOrEnd: options.timeIs, extension: user, durationSeconds: duration };
  const isPossible = date !== IMPOSSIBLE && time !== IMPOSSIBLE;
  if (isPossible) draft[options.timeIs] = `${date}T${time}`;
  const direction = DIRECTIONS.find(([, word]) => word.test(of('type').toUpperCase()))?.[0];
  if (direction !== undefined) draft.direction = direction;
  const number = withoutDots(of('number'));
  if (number !== '') {
    if (direction === 'incoming') draft.callerNumber = number;
    else draft.dialedNumber = number;
  }
  if (of('line') !== '') draft.trunk = of('line');
  if (/X/.test(of('facilities'))) draft.transferred = true;
  const failure = writeTail(draft, {
    mode: of('mode').slice(0, 1),
    ringing: of('ringing'),
    cost: of('cost'),
    code: of('code'),
    name: of('name'),
    node: '',
  });
  if (failure !== undefined) return malformed(failure);
  return isPossible ? { kind: 'call', record: draft } : { kind: 'call', record: draft, doubts: ['date-impossible'] };
}

const CODE_FIELDS: readonly CodeField[] = ['account'];

export const ticket: FormatDefinition = {
  id: 'alcatel-oxo-ticket',
  vendor: 'Alcatel-Lucent',
  title: 'Alcatel-Lucent OmniPCX Office (OXO) and Alcatel 4200, tickets',
  models: ['OmniPCX Office', 'Alcatel 4200'],
  transports: ['serial', 'tcp-client', 'tcp-listener', 'file'],
  confidence: 'unconfirmed',
  unsure: {
    en: 'No whole ticket was found: the names of its lines are taken from the statement. Print the statement (one line a call) if you can choose.',
    vi: 'Chưa tìm được phiếu đầy đủ nào: tên các dòng được lấy theo bản kê. Nếu được chọn, hãy cho tổng đài in bản kê (mỗi cuộc gọi một dòng).',
  },
  framing: { kind: 'block', maxBytes: 4096 },
  options: [],
  defaults: { dateOrder: 'DMY', clock: '24h', timeIs: 'start' },
  codeFields: CODE_FIELDS,
  create(given) {
    const options = resolveOptions(ticket, given);
    return {
      parse(text) {
        const lines = decodeLine(text, options).split(/[\r\n\f]+/);
        const starts = lines.filter((line) => TICKET.test(line)).length;
        if (starts === 1) return readTicket(lines, options);
        if (starts > 1) return malformed('two-tickets');
        return lines.every((line) => line.trim() === '') ? { kind: 'noise', rule: 'blank' } : malformed('no-ticket');
      },
    };
  },
  assembly: statementAssembly,
};
