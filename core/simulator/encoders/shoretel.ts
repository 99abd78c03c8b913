/**
 * ShoreTel 7: fixed columns, one record a call, named after its last party. Calls inside are not written; nothing is known
 * of the first party of a transferred call.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import { longDuration, placed } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

const LINE_WIDTH = 122;
const TRUNK_GROUP = '3';

/** `mm/dd/yyyy hh:mm:ss`. */
function moment(localSeconds: number): string {
  const text = localText(localSeconds);
  return `${text.slice(5, 7)}/${text.slice(8, 10)}/${text.slice(0, 4)} ${text.slice(11, 19)}`;
}

function encode(call: SimulatedCall): EncodedCall {
  const extension = call.transfer?.extension ?? call.extension;
  const truth = { ...fullTruth(call), extension };
  if (call.direction === 'internal') return { records: [], truth };
  const isIncoming = call.direction === 'incoming';
  const line = placed(LINE_WIDTH, [
    [1, String(call.serial).padStart(10)],
    [12, moment(call.startLocalSeconds)],
    [32, extension],
    [49, longDuration(call.talkSeconds)],
    [58, isIncoming ? '0' : '1'],
    [60, isIncoming ? '' : call.outsideNumber],
    [77, isIncoming ? call.outsideNumber : ''],
    [94, call.trunk.padStart(4)],
    [99, TRUNK_GROUP.padStart(3)],
    [103, call.codeDialled],
  ]);
  return { records: [{ text: `${line}\r\n`, atLocalSeconds: endOf(call) }], truth };
}

export const shoretelEncoder: CallEncoder = { formatIds: ['shoretel-cdr'], encode };
