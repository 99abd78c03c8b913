/**
 * NEC. NEAX: K records of 130 characters between STX and ETX, a record a leg; calls that nobody took are not reported. SL:
 * the printout with the date, without the year, in whole minutes; what nobody answered has no station and no duration.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import { longDuration, placed, shortClock } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

const STX = '\x02';
const ETX = '\x03';

interface Leg {
  readonly kind: 'KA' | 'KB' | 'KE';
  readonly station: string;
  readonly startLocalSeconds: number;
  readonly endLocalSeconds: number;
  readonly condition: string;
  readonly called?: string;
  readonly caller?: string;
  readonly code?: string;
}

/** `MMDDhhmmss`. */
const monthToSecond = (localSeconds: number): string => localText(localSeconds).slice(5).replace(/[-T:]/g, '');
const shortYear = (localSeconds: number): string => localText(localSeconds).slice(2, 4);

function kRecord(trunk: string, leg: Leg): EncodedCall['records'][number] {
  const isInternal = leg.kind === 'KB';
  const text = placed(
    130,
    [
      [1, `0!${leg.kind}`],
      [5, isInternal ? '' : '001'],
      [8, isInternal ? '' : trunk.padStart(3, '0')],
      [11, '0'],
      [12, '01'],
      [14, leg.station],
      [20, monthToSecond(leg.startLocalSeconds)],
      [30, monthToSecond(leg.endLocalSeconds)],
      [53, leg.condition],
      [56, '000000'],
      [62, leg.called ?? ''],
      [94, '0000'],
      [98, leg.caller ?? ''],
      [106, leg.caller === undefined ? (leg.code ?? '') : ''],
      [116, shortYear(leg.startLocalSeconds)],
      [118, shortYear(leg.endLocalSeconds)],
      [120, '0'],
    ].filter((cell): cell is [number, string] => cell[1] !== ''),
  );
  return { text: `${STX}${text}${ETX}`, atLocalSeconds: leg.endLocalSeconds };
}

function encodeNeax(call: SimulatedCall): EncodedCall {
  const extension = call.extension.slice(0, 6);
  const truth = { ...fullTruth(call), extension };
  if (!call.isAnswered) return { records: [], truth };
  const answeredAt = call.startLocalSeconds + call.ringSeconds;
  const leg: Leg = {
    kind: call.direction === 'outgoing' ? 'KA' : call.direction === 'incoming' ? 'KE' : 'KB',
    station: extension,
    startLocalSeconds: answeredAt,
    endLocalSeconds: endOf(call),
    condition: '000',
    ...(call.direction === 'incoming'
      ? { caller: call.outsideNumber }
      : { called: call.direction === 'internal' ? call.insideNumber : call.outsideNumber, code: call.codeDialled }),
  };
  const { transfer } = call;
  if (transfer === undefined) return { records: [kRecord(call.trunk, leg)], truth };
  const movedAt = endOf(call) - transfer.talkSeconds;
  const second = { ...leg, station: transfer.extension, startLocalSeconds: movedAt, condition: '100', code: '' };
  return {
    records: [kRecord(call.trunk, { ...leg, endLocalSeconds: movedAt }), kRecord(call.trunk, second)],
    truth,
  };
}

interface Line {
  readonly word: string;
  readonly startLocalSeconds: number;
  readonly trunk: string;
  readonly seconds: number | undefined;
  readonly station: string;
  readonly number: string;
  readonly account: string;
}

function printoutLine(line: Line): string {
  const isInternal = line.word === 'ICM';
  const date = localText(line.startLocalSeconds);
  const text = placed(79, [
    [1, line.word],
    [6, shortClock(line.startLocalSeconds)],
    [12, isInternal ? '' : `${date.slice(5, 7)}/${date.slice(8, 10)}`],
    [18, isInternal ? '' : line.trunk.padStart(3, '0')],
    [23, line.seconds === undefined ? '' : longDuration(line.seconds)],
    [32, line.station],
    [43, line.number],
    [64, line.account],
  ]);
  return `${text}\r\n\n`;
}

function encodeSl(call: SimulatedCall): EncodedCall {
  const extension = call.extension.slice(0, 10);
  const isLost = call.direction === 'incoming' && !call.isAnswered;
  const truth = { ...fullTruth(call), extension: isLost ? '' : extension };
  const answeredAt = call.startLocalSeconds + call.ringSeconds;
  const line: Line = {
    word: call.direction === 'outgoing' ? 'POT' : call.direction === 'incoming' ? 'PIN' : 'ICM',
    startLocalSeconds: answeredAt,
    trunk: call.trunk,
    seconds: call.isAnswered ? call.talkSeconds : undefined,
    station: truth.extension,
    number: call.direction === 'internal' ? call.insideNumber : call.outsideNumber,
    account: isLost ? 'NO ANSWER' : call.codeDialled,
  };
  const end = endOf(call);
  const { transfer } = call;
  if (transfer === undefined) return { records: [{ text: printoutLine(line), atLocalSeconds: end }], truth };
  const movedAt = end - transfer.talkSeconds;
  const second: Line = {
    ...line,
    word: 'PTRS',
    startLocalSeconds: movedAt,
    seconds: transfer.talkSeconds,
    station: transfer.extension.slice(0, 10),
    account: '',
  };
  return {
    records: [
      { text: printoutLine({ ...line, seconds: call.talkSeconds - transfer.talkSeconds }), atLocalSeconds: movedAt },
      { text: printoutLine(second), atLocalSeconds: end },
    ],
    truth,
  };
}

export const necEncoder: CallEncoder = {
  formatIds: ['nec-neax', 'nec-sl'],
  encode: (call, formatId) => (formatId === 'nec-sl' ? encodeSl(call) : encodeNeax(call)),
};
