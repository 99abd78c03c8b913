/**
 * Karel MS128: two lines a call, the counter and the kind of call in the first. No code is printed, and no calls between
 * telephones. A transferred call is one record with the second telephone beside the first.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import { minutesAndSeconds, placed, shortDate } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

const HIGHEST_COUNTER = 9999;

function kindOf(call: SimulatedCall): string {
  if (call.direction === 'incoming') return 'IC';
  if (call.outsideNumber.startsWith('00')) return 'INTL';
  return call.outsideNumber.startsWith('0') ? 'LDIS' : '';
}

const clock = (localSeconds: number): string => localText(localSeconds).slice(11, 19);

function encode(call: SimulatedCall): EncodedCall {
  const truth = { ...fullTruth(call), code: '', person: call.extensionOwner };
  if (call.direction === 'internal') return { records: [], truth };
  const end = endOf(call);
  const answered = call.startLocalSeconds + call.ringSeconds;
  const counter = String(((call.serial - 1) % HIGHEST_COUNTER) + 1).padStart(4, '0');
  const first = placed(12, [
    [1, '#'],
    [2, counter],
    [7, kindOf(call)],
  ]);
  const second = placed(64 + call.outsideNumber.length, [
    [1, shortDate(answered, 'DMY')],
    [10, clock(answered)],
    [19, clock(end)],
    [28, minutesAndSeconds(call.talkSeconds)],
    [34, call.extension],
    [39, call.transfer?.extension ?? ''],
    [48, call.trunk],
    [64, call.outsideNumber],
  ]);
  return { records: [{ text: `${first}\r\n${second}\r\n`, atLocalSeconds: end }], truth };
}

export const karelEncoder: CallEncoder = { formatIds: ['karel-ms'], encode };
