/**
 * Toshiba. CTX 1.03: a record of type A with the code while the number is dialled, N with the end and the talk, B for a
 * call given up, X when another station takes the call, a second line with the caller. DK40: the release without a date,
 * one record a call, none between stations.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import { longDuration, minutesAndSeconds, placed, shortClock } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

type Printed = EncodedCall['records'][number];

interface CtxRecord {
  readonly type: string;
  readonly origin: string;
  readonly termination: string;
  readonly atLocalSeconds: number;
  readonly seconds?: number;
  readonly dial?: string;
}

function ctxLine(serial: number, record: CtxRecord): string {
  const at = localText(record.atLocalSeconds);
  const text = placed(91, [
    [1, record.type],
    [3, String(serial % 128).padStart(3, '0')],
    [7, '00'],
    [14, record.origin],
    [24, record.termination],
    [34, `${at.slice(5, 7)}/${at.slice(8, 10)} ${at.slice(11, 19)}`],
    [49, record.seconds === undefined ? '' : `${longDuration(record.seconds)}.0`],
    [60, record.dial ?? ''],
  ]);
  return `${text.trimEnd()}\r\n`;
}

const RECORDS_PER_CALL = 4;

function encodeCtx(call: SimulatedCall): EncodedCall {
  const truth = fullTruth(call);
  const end = endOf(call);
  const station = `DN${call.extension}`;
  const outside = `T001${call.trunk.padStart(3, '0')}01`;
  const serial = call.serial * RECORDS_PER_CALL;
  const [origin, termination] =
    call.direction === 'outgoing'
      ? [station, outside]
      : call.direction === 'incoming'
        ? [outside, station]
        : [station, `DN${call.insideNumber}`];
  const records: Printed[] = [];
  const add = (record: CtxRecord, behind = ''): void => {
    const text = ctxLine(serial + records.length, record) + behind;
    records.push({ text, atLocalSeconds: record.atLocalSeconds });
  };
  if (call.codeDialled !== '') {
    add({ type: 'A', origin, termination, atLocalSeconds: call.startLocalSeconds, dial: call.codeDialled });
  }
  if (call.transfer !== undefined) {
    const taker = `DN${call.transfer.extension}`;
    add({ type: 'X', origin: taker, termination: outside, atLocalSeconds: end - call.transfer.talkSeconds });
  }
  const isLost = call.direction === 'incoming' && !call.isAnswered;
  const secondLine = call.direction === 'incoming' ? ` &${call.outsideNumber}\r\n` : '';
  const dial = call.direction === 'outgoing' ? call.outsideNumber : '';
  add(
    { type: isLost ? 'B' : 'N', origin, termination, atLocalSeconds: end, seconds: call.talkSeconds, dial },
    secondLine,
  );
  return { records, truth };
}

const withSemicolon = (clock: string): string => clock.replace(/:(\d\d)$/, ';$1');

function encodeDk40(call: SimulatedCall): EncodedCall {
  const extension = call.extension.slice(0, 4);
  const isLost = call.direction === 'incoming' && !call.isAnswered;
  const truth = { ...fullTruth(call), extension: isLost ? '' : extension };
  if (call.direction === 'internal') return { records: [], truth };
  const isIncoming = call.direction === 'incoming';
  const text = placed(96, [
    [1, call.trunk.padStart(3, '0')],
    [5, isLost ? 'ABAN' : extension],
    [10, shortClock(endOf(call))],
    [16, withSemicolon(longDuration(call.talkSeconds))],
    [25, isIncoming ? withSemicolon(minutesAndSeconds(call.ringSeconds)) : ''],
    [31, call.transfer?.extension.slice(0, 4) ?? ''],
    [36, isIncoming ? '' : call.outsideNumber],
    [63, call.codeDialled],
    [79, isIncoming && call.isAnswered ? '*' : ''],
    [81, isIncoming ? call.outsideNumber : ''],
  ]);
  return { records: [{ text: `${text.trimEnd()}\r\n`, atLocalSeconds: endOf(call) }], truth };
}

export const toshibaEncoder: CallEncoder = {
  formatIds: ['toshiba-ctx', 'toshiba-dk40'],
  encode: (call, formatId) => (formatId === 'toshiba-dk40' ? encodeDk40(call) : encodeCtx(call)),
};
