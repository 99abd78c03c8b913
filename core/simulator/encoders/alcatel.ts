/**
 * Alcatel-Lucent: the statement of 4200 and OXO (a line for each charged user, with the start in whole minutes and X on the
 * line of who transferred) and the ED5.2 ticket of OXE (tickets of a transferred call share their reference).
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import { longDuration, minutesAndSeconds, placed, shortClock, shortDate } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

interface Leg {
  readonly user: string;
  readonly startLocalSeconds: number;
  readonly seconds: number;
  readonly account: string;
  readonly isTransferring: boolean;
}

function statementLine(call: SimulatedCall, leg: Leg): string {
  return `${placed(139, [
    [8, `A${leg.user}`],
    [14, call.direction === 'incoming' ? '<--' : '-->'],
    [18, `L${call.trunk}`],
    [22, shortDate(leg.startLocalSeconds, 'DMY')],
    [31, shortClock(leg.startLocalSeconds)],
    [37, longDuration(leg.seconds)],
    [46, '0'.padStart(4)],
    [51, 'ST'],
    [54, leg.isTransferring ? 'X' : ''],
    [61, call.outsideNumber.padEnd(26, '.')],
    [90, call.direction === 'incoming' ? minutesAndSeconds(call.ringSeconds) : ''],
    [107, leg.account.padEnd(16, '.')],
  ])}\r\n`;
}

const stamp = (seconds: number): string => localText(seconds).replaceAll('-', '').replace('T', ' ');
const TICKET_LENGTH = 772;

function ticket(call: SimulatedCall, leg: Leg): string {
  const isIncoming = call.direction === 'incoming';
  const right = (value: number, width: number): string => String(value).padStart(width);
  const wait = isIncoming && leg.isTransferring === (call.transfer !== undefined) ? call.ringSeconds : 0;
  return `${placed(TICKET_LENGTH, [
    [1, 'ED5.2'],
    [6, isIncoming ? call.extension : call.outsideNumber],
    [36, leg.user],
    [137, isIncoming ? call.outsideNumber : leg.user],
    [167, isIncoming ? ' 4' : ' 0'],
    [169, '0'],
    [170, stamp(leg.startLocalSeconds + wait + leg.seconds)],
    [187, right(0, 5)],
    [192, right(0, 10)],
    [202, right(leg.seconds + wait, 10)],
    [212, right(Number(call.trunk), 5)],
    [217, right(55, 5)],
    [222, right(1, 5)],
    [227, '1'],
    [228, leg.account],
    [349, right(call.serial, 10)],
    [426, right(wait, 5)],
    [431, right(leg.seconds, 10)],
    [441, '0'],
    [442, stamp(leg.startLocalSeconds)],
  ])}\r\n`;
}

const printers: Readonly<Record<string, (call: SimulatedCall, leg: Leg) => string>> = {
  'alcatel-oxo': statementLine,
  'alcatel-oxe': ticket,
};

function encode(call: SimulatedCall, print: (call: SimulatedCall, leg: Leg) => string): EncodedCall {
  const truth = fullTruth(call);
  if (call.direction === 'internal') return { records: [], truth };
  const { transfer } = call;
  const end = endOf(call);
  const first: Leg = {
    user: call.extension,
    startLocalSeconds: call.startLocalSeconds,
    seconds: call.talkSeconds - (transfer?.talkSeconds ?? 0),
    account: call.codeDialled,
    isTransferring: transfer !== undefined,
  };
  if (transfer === undefined) return { records: [{ text: print(call, first), atLocalSeconds: end }], truth };
  const movedAt = end - transfer.talkSeconds;
  // The outgoing call rings before its time is counted.
  const begun = { ...first, startLocalSeconds: movedAt - first.seconds };
  const second: Leg = {
    user: transfer.extension,
    startLocalSeconds: movedAt,
    seconds: transfer.talkSeconds,
    account: '',
    isTransferring: false,
  };
  return {
    records: [
      { text: print(call, begun), atLocalSeconds: movedAt },
      { text: print(call, second), atLocalSeconds: end },
    ],
    truth,
  };
}

export const alcatelEncoder: CallEncoder = {
  formatIds: Object.keys(printers),
  encode(call, formatId) {
    const print = printers[formatId];
    if (print === undefined) throw new Error(`no print form for ${formatId}`);
    return encode(call, print);
  },
};
