/**
 * Matrix ETERNITY with the usual columns: pages of outgoing, incoming and internal calls on one link. Durations are plain
 * seconds; the account column has three places.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import { type Cell, placed } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

const CODE_DIGITS = 3;
const LONGEST_SERIAL = 10_000;

/** `dd-mm-yyyy`. */
function longDate(localSeconds: number): string {
  const [year, month, day] = localText(localSeconds).slice(0, 10).split('-');
  return `${day}-${month}-${year}`;
}

function cellsOf(call: SimulatedCall): readonly Cell[] {
  const start = call.startLocalSeconds;
  const date = longDate(start);
  const clock = localText(start).slice(11, 19);
  const seconds = String(call.talkSeconds).padStart(5);
  switch (call.direction) {
    case 'outgoing':
      return [
        [8, call.extension],
        [13, call.codeDialled],
        [17, call.trunk],
        [22, call.outsideNumber],
        [41, `${date.slice(0, 6)}${date.slice(8)}`],
        [50, clock],
        [59, seconds],
        [78, 'R'],
      ];
    case 'incoming':
      return [
        [7, call.outsideNumber],
        [24, call.extension],
        [32, call.trunk],
        [37, date],
        [48, clock],
        [65, seconds],
        [70, call.isAnswered ? 'N' : 'U'],
      ];
    case 'internal':
      return [
        [7, 'IN'],
        [12, call.extension],
        [29, call.insideNumber],
        [41, date],
        [53, clock],
        [63, seconds],
      ];
  }
}

function encode(call: SimulatedCall): EncodedCall {
  const serial = String(call.serial % LONGEST_SERIAL).padStart(5, '0');
  const text = placed(80, [[1, serial], ...cellsOf(call)]);
  return { records: [{ text: `${text}\r\n`, atLocalSeconds: endOf(call) }], truth: fullTruth(call) };
}

export const matrixEncoder: CallEncoder = {
  formatIds: ['matrix-eternity'],
  codeDigits: () => CODE_DIGITS,
  encode,
};
