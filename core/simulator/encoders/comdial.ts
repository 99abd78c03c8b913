/**
 * Comdial DXP, SMDA: the start in whole minutes without a year, the duration in tenths of a minute, the account code in
 * eight columns and what is longer on a line of its own. Neither calls inside nor transfers are printed.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import { placed, shortClock } from '../printed.ts';
import { chargeFor, type SimulatedCall } from '../traffic.ts';

const SECONDS_PER_TENTH = 6;
const ACCOUNT_WIDTH = 8;
const LINE_WIDTH = 80;

const tenths = (seconds: number): number => Math.round(seconds / SECONDS_PER_TENTH);
const tenthsText = (count: number): string => `${Math.floor(count / 10)}.${count % 10}`;

function encode(call: SimulatedCall): EncodedCall {
  const isIncoming = call.direction === 'incoming';
  const isLost = isIncoming && !call.isAnswered;
  const talkTenths = call.isAnswered ? Math.max(1, tenths(call.talkSeconds)) : 0;
  const talkSeconds = talkTenths * SECONDS_PER_TENTH;
  const charge = call.charge === undefined ? undefined : chargeFor(call.outsideNumber, talkSeconds);
  const truth = { ...fullTruth(call), talkSeconds, charge };
  if (call.direction === 'internal') return { records: [], truth };
  const line = placed(LINE_WIDTH, [
    [1, localText(call.startLocalSeconds).slice(5, 10).replace('-', '/')],
    [7, shortClock(call.startLocalSeconds)],
    [15, call.extension],
    [21, call.codeDialled.slice(0, ACCOUNT_WIDTH)],
    [30, (isLost ? 'NOANS' : tenthsText(talkTenths)).padStart(5)],
    [45, isIncoming ? 'I' : 'O'],
    [49, tenthsText(isIncoming ? tenths(call.ringSeconds) : 0).padStart(4)],
    [54, call.trunk.padStart(3)],
    [57, isIncoming ? 'ID' : ''],
    [61, call.outsideNumber],
  ]);
  const rest = call.codeDialled.slice(ACCOUNT_WIDTH);
  const second = rest === '' ? '' : `${placed(LINE_WIDTH, [[21, rest]])}\r\n`;
  return { records: [{ text: `${line}\r\n${second}`, atLocalSeconds: endOf(call) }], truth };
}

export const comdialEncoder: CallEncoder = { formatIds: ['comdial-smda'], encode };
