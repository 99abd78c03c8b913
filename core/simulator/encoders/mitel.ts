/**
 * Mitel. MiVoice Business: extended reporting level 2 with network OLI, 207 columns, a record a leg; legs share the call
 * identifier and count A, B. Mitel 5000: one packet a call, which names only its last extension; calls inside print nothing,
 * and what nobody took has no number.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import { type Cell, longDuration, placed, shortClock } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

const SYSTEM = '001';
const CALL_NUMBERS = 10_000;

interface Leg {
  readonly extension: string;
  readonly startLocalSeconds: number;
  readonly talkSeconds: number;
  readonly sequence: 'A' | 'B';
}

const four = (n: number): string => String(n).padStart(4, '0');

/** Mark of calls that took long, by the length of this leg. */
function longCallMark(seconds: number): string {
  if (seconds >= 1800) return '+';
  if (seconds >= 600) return '%';
  return seconds >= 300 ? '-' : ' ';
}

function level2Line(call: SimulatedCall, leg: Leg): string {
  const [date = '', time = ''] = localText(leg.startLocalSeconds).split('T');
  const line = `T${call.trunk}`;
  const isIncoming = call.direction === 'incoming';
  const isInternal = call.direction === 'internal';
  const ringSeconds = leg.sequence === 'A' ? call.ringSeconds : 0;
  const cells: readonly Cell[] = [
    [1, longCallMark(leg.talkSeconds)],
    [2, date.slice(5).replace('-', '/')],
    [8, time],
    [18, call.isAnswered ? `00${longDuration(leg.talkSeconds)}` : ''],
    [29, isIncoming ? line : leg.extension],
    [37, isIncoming ? (call.isAnswered ? four(ringSeconds) : '****') : ''],
    [42, isIncoming ? '' : isInternal ? call.insideNumber : call.outsideNumber],
    [68, isInternal ? 'I' : !isIncoming && call.isAnswered ? 'A' : ''],
    [70, isIncoming ? leg.extension : isInternal ? call.insideNumber : line],
    [95, call.codeDialled],
    [108, SYSTEM],
    [114, isIncoming ? call.outsideNumber : ''],
    [154, `A${SYSTEM}${four(call.serial % CALL_NUMBERS)}`],
    [163, leg.sequence],
  ];
  return `${placed(207, cells)}\r\n`;
}

function encodeLevel2(call: SimulatedCall): EncodedCall {
  const end = endOf(call);
  const { transfer, extension, startLocalSeconds } = call;
  const moved = transfer?.talkSeconds ?? 0;
  const first: Leg = { extension, startLocalSeconds, talkSeconds: call.talkSeconds - moved, sequence: 'A' };
  const records = [{ text: level2Line(call, first), atLocalSeconds: end - moved }];
  if (transfer !== undefined) {
    const second: Leg = { ...transfer, startLocalSeconds: end - moved, sequence: 'B' };
    records.push({ text: level2Line(call, second), atLocalSeconds: end });
  }
  return { records, truth: fullTruth(call) };
}

/** Toll classes by the first digits of the numbers that the simulated office dials. */
function callType(number: string): string {
  if (number.startsWith('00')) return 'O/I';
  if (number.startsWith('1800')) return 'FREE';
  return number.startsWith('024') ? 'LOC' : 'TLD';
}

function encode5000(call: SimulatedCall): EncodedCall {
  const truth = fullTruth(call);
  if (call.direction === 'internal') return { records: [], truth };
  const isIncoming = call.direction === 'incoming';
  const isLost = isIncoming && !call.isAnswered;
  const extension = call.transfer?.extension ?? call.extension;
  const content = placed(80, [
    [1, isIncoming ? 'IN' : callType(call.outsideNumber)],
    [5, isLost ? '*****' : extension],
    [11, `940${call.trunk.padStart(2, '0')}`],
    [17, isLost ? 'Ring...' : call.outsideNumber],
    [46, shortClock(call.startLocalSeconds)],
    [52, longDuration(isLost ? call.ringSeconds : call.talkSeconds)],
    [61, isIncoming ? '' : '$00.00'],
    [68, call.codeDialled],
    [80, call.serial % 3 === 0 ? '*' : ''],
  ]);
  const text = `R\0\0\0${content}\r\n`;
  const nobody = { extension: '', outsideNumber: '' };
  return {
    records: [{ text, atLocalSeconds: endOf(call) }],
    truth: { ...truth, extension, ...(isLost ? nobody : {}) },
  };
}

const writers: Readonly<Record<string, (call: SimulatedCall) => EncodedCall>> = {
  'mitel-smdr': encodeLevel2,
  'mitel-5000': encode5000,
};

export const mitelEncoder: CallEncoder = {
  formatIds: Object.keys(writers),
  encode(call, formatId) {
    const write = writers[formatId];
    if (write === undefined) throw new Error(`no Mitel page ${formatId}`);
    return write(call);
  },
};
