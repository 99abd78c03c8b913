/**
 * Panasonic KX-TA and DBS: key systems that print the start of the call and no intercom calls. The KX-TA prints a line
 * while an incoming call rings and another one when it is answered; the DBS prints a ring time in place of the caller, and
 * nothing about transfers.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth, type TrueCall } from '../encoder.ts';
import { longDuration, placed, shortClock, shortDate, two } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

type Printed = EncodedCall['records'][number];

const TA80_CODE_DIGITS = 4;
const DBS_CODE_DIGITS = 6;

/** A code that does not fit the account column is not keyed in such an office: the telephone's owner is booked. */
function withCodeOf(call: SimulatedCall, digits: number): TrueCall {
  const truth = fullTruth(call);
  return call.codeDialled.length > digits ? { ...truth, code: '', person: call.extensionOwner } : truth;
}

function twelveHourClock(localSeconds: number): string {
  const [hour = 0, minute = 0] = shortClock(localSeconds).split(':').map(Number);
  return `${hour % 12 === 0 ? 12 : hour % 12}:${two(minute)}${hour < 12 ? 'AM' : 'PM'}`;
}

function encodeTa80(call: SimulatedCall): EncodedCall {
  const extension = call.extension.slice(0, 3);
  const truth = { ...withCodeOf(call, TA80_CODE_DIGITS), extension };
  const start = call.startLocalSeconds;
  const line = (at: number, own: string, number: string, seconds: number | undefined, mark = ' '): string =>
    `${placed(80, [
      [1, shortDate(at, 'MDY')],
      [10, mark],
      [11, twelveHourClock(at).padStart(7)],
      [19, own],
      [24, call.trunk],
      [27, number],
      [65, seconds === undefined ? '' : longDuration(seconds).replace(/:(\d\d)$/, '\'$1"')],
      [75, truth.code.padEnd(TA80_CODE_DIGITS, '.')],
    ])}\r\n`;
  if (call.direction === 'internal') return { records: [], truth };
  if (call.direction === 'incoming') {
    const caller = `<    incoming    >${call.outsideNumber}`;
    const rings = { text: line(start, '', caller, undefined), atLocalSeconds: start };
    if (!call.isAnswered)
      return { records: [rings], truth: { ...truth, extension: '', person: '', isAnswered: undefined } };
    return {
      records: [rings, { text: line(start, extension, caller, call.talkSeconds), atLocalSeconds: endOf(call) }],
      truth,
    };
  }
  const number = call.outsideNumber;
  if (call.transfer === undefined) {
    return {
      records: [{ text: line(start, extension, number, call.talkSeconds), atLocalSeconds: endOf(call) }],
      truth,
    };
  }
  const { transfer } = call;
  const movedAt = endOf(call) - transfer.talkSeconds;
  const firstSeconds = call.talkSeconds - transfer.talkSeconds;
  return {
    records: [
      { text: line(movedAt - firstSeconds, extension, number, firstSeconds), atLocalSeconds: movedAt },
      {
        text: line(movedAt, transfer.extension.slice(0, 3), number, transfer.talkSeconds, '*'),
        atLocalSeconds: endOf(call),
      },
    ],
    truth,
  };
}

function encodeDbs(call: SimulatedCall): EncodedCall {
  const truth = { ...withCodeOf(call, DBS_CODE_DIGITS), extension: call.extension.slice(0, 3) };
  if (call.direction === 'internal') return { records: [], truth };
  const isOut = call.direction === 'outgoing';
  const [, month = '', day = ''] = localText(call.startLocalSeconds).slice(0, 10).split('-');
  const ring = `${two(Math.floor(call.ringSeconds / 60))}'${two(call.ringSeconds % 60)}`;
  const seconds = call.talkSeconds;
  const text = placed(80, [
    [3, truth.extension],
    [8, call.trunk],
    [12, day],
    [15, month],
    [18, shortClock(call.startLocalSeconds)],
    [25, `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}.${two(seconds % 60)}`],
    [33, isOut ? 'O' : 'I'],
    [35, isOut ? call.outsideNumber : ring],
    [72, truth.code === '' ? '000000' : truth.code],
  ]);
  const record: Printed = { text: `${text}\r\n`, atLocalSeconds: endOf(call) };
  return { records: [record], truth: isOut ? truth : { ...truth, outsideNumber: '' } };
}

export const panasonicKeySystemEncoder: CallEncoder = {
  formatIds: ['panasonic-ta80', 'panasonic-dbs'],
  codeDigits: (formatId) => (formatId === 'panasonic-ta80' ? TA80_CODE_DIGITS : undefined),
  encode: (call, formatId) => (formatId === 'panasonic-dbs' ? encodeDbs(call) : encodeTa80(call)),
};
