/**
 * Ericsson and MX-ONE: BusinessPhone lines (whole minutes; a call of more than an hour comes in parts), MD110 lines, and
 * the comma separated records of MX-ONE, where a call over two servers is reported by both.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import { longDuration, minutesAndSeconds, placed } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

const PART_SECONDS = 3600;
const UTC_AHEAD_SECONDS = 7 * 3600;

const digits = (seconds: number): string => localText(seconds).replace(/\D/g, '');
const shortDate = (seconds: number): string => digits(seconds).slice(2, 8);
const hmmss = (seconds: number): string => longDuration(seconds).replaceAll(':', '').slice(1);

interface Part {
  readonly status: string;
  readonly seconds: number;
  readonly endLocalSeconds: number;
}

const STATUS = { outgoing: ['a', 'c', 'd'], incoming: ['A', 'C', 'D'], internal: ['Q', 'S', 'T'] } as const;

function partsOf(call: SimulatedCall): readonly Part[] {
  const [plain, first, last] = STATUS[call.direction];
  const end = endOf(call);
  if (call.talkSeconds <= PART_SECONDS) return [{ status: plain, seconds: call.talkSeconds, endLocalSeconds: end }];
  const rest = call.talkSeconds - PART_SECONDS;
  return [
    { status: first, seconds: PART_SECONDS, endLocalSeconds: end - rest },
    { status: last, seconds: rest, endLocalSeconds: end },
  ];
}

function businessPhoneLine(call: SimulatedCall, part: Part): string {
  const isIncoming = call.direction === 'incoming';
  const isOutgoing = call.direction === 'outgoing';
  const number = isIncoming ? call.extension : isOutgoing ? call.outsideNumber : call.insideNumber;
  const moment = digits(part.endLocalSeconds);
  return `${placed(170, [
    [1, '00'],
    [4, String(call.serial % 1000).padStart(3, '0')],
    [8, moment.slice(2, 8)],
    [15, moment.slice(8, 12)],
    [20, isIncoming ? call.trunk : call.extension],
    [25, call.isAnswered ? hmmss(part.seconds) : ''],
    [31, '0000'],
    [36, isOutgoing ? '0' : ''],
    [41, number],
    [66, part.status],
    [68, call.codeDialled],
    [89, minutesAndSeconds(call.ringSeconds).replace(':', '')],
    [94, STATUS[call.direction][0]],
    [96, '0.00'.padStart(11)],
    [108, 'I'],
    ...(isOutgoing
      ? ([
          [110, call.trunk],
          [115, '0'],
          [120, number],
        ] as const)
      : []),
    [145, isIncoming ? call.outsideNumber : ''],
  ])}\r\n`;
}

const CONDITIONS = { outgoing: '', incoming: 'I', internal: 'J' } as const;

function md110Line(call: SimulatedCall): string {
  const isIncoming = call.direction === 'incoming';
  const end = endOf(call);
  const dialled = isIncoming ? call.extension : call.direction === 'internal' ? call.insideNumber : call.outsideNumber;
  return `${placed(155, [
    [3, shortDate(end)],
    [10, digits(end).slice(8)],
    [17, hmmss(call.talkSeconds)],
    [23, '0'.padStart(4)],
    [28, `${call.isAnswered ? '' : 'C'}${CONDITIONS[call.direction]}`],
    [42, dialled],
    [63, isIncoming ? call.extension : ''],
    [79, call.direction === 'outgoing' ? call.trunk : ''],
    [90, isIncoming ? call.trunk : ''],
    [101, isIncoming ? call.outsideNumber : call.extension],
    [117, call.codeDialled],
    [143, String(call.ringSeconds).padStart(3, '0')],
    [151, String(call.serial % 100_000).padStart(5, '0')],
  ])}\r\n`;
}

const CODES = { outgoing: ['10', '28'], incoming: ['7', '23'], internal: ['8', '25'] } as const;
const FIELDS = 45;
/** One call in so many passes over two servers. */
const TWO_SERVERS = 7;

function mxoneLine(call: SimulatedCall, sequence: number): string {
  const isIncoming = call.direction === 'incoming';
  const [answered, abandoned] = CODES[call.direction];
  const [start, end] = [call.startLocalSeconds + call.ringSeconds, endOf(call)];
  const clock = (seconds: number, zone: string): string => `${localText(seconds).replace('T', ' ')} (${zone})`;
  const fields = new Array<string>(FIELDS).fill('');
  const set = (values: Readonly<Record<number, string>>): void => {
    for (const [index, value] of Object.entries(values)) fields[Number(index)] = value;
  };
  set({
    0: clock(start - UTC_AHEAD_SECONDS, 'UTC'),
    1: clock(end - UTC_AHEAD_SECONDS, 'UTC'),
    2: clock(start, 'ICT'),
    3: clock(end, 'ICT'),
    4: `0d${longDuration(call.talkSeconds)}`,
    5: isIncoming ? call.outsideNumber : call.extension,
    7: '1',
    10: isIncoming ? call.extension : call.direction === 'internal' ? call.insideNumber : call.outsideNumber,
    11: isIncoming && call.isAnswered ? call.extension : '',
    12: call.isAnswered ? answered : abandoned,
    15: call.codeDialled,
    16: call.codeDialled === '' ? '0' : '1',
    25: call.direction === 'outgoing' ? `1-1-${call.trunk}` : '',
    33: String(call.ringSeconds),
    35: '1',
    40: isIncoming ? `1-2-${call.trunk}` : '',
    41: isIncoming ? '1' : '0',
    42: String(sequence),
    43: '9999',
    44: String(call.serial),
  });
  return `${fields.join(',')}\n`;
}

const printers: Readonly<Record<string, (call: SimulatedCall) => EncodedCall['records']>> = {
  'ericsson-businessphone': (call) =>
    partsOf(call).map((part) => ({ text: businessPhoneLine(call, part), atLocalSeconds: part.endLocalSeconds })),
  'ericsson-md110': (call) => [{ text: md110Line(call), atLocalSeconds: endOf(call) }],
  'mitel-mxone': (call) =>
    (call.serial % TWO_SERVERS === 0 ? [0, 1] : [0]).map((server) => ({
      text: mxoneLine(call, 2 * call.serial + server),
      atLocalSeconds: endOf(call),
    })),
};

export const mxoneEncoder: CallEncoder = {
  formatIds: Object.keys(printers),
  encode(call, formatId) {
    const print = printers[formatId];
    if (print === undefined) throw new Error(`no record for ${formatId}`);
    return { records: print(call), truth: fullTruth(call) };
  },
};
