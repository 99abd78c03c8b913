/**
 * Samsung DCS and OfficeServ, the long page: a record a leg, printed when it ends, with its start and no year. An incoming
 * call has a record of its ringing; one that nobody took is abandoned. A call passed on is OT and then T. Calls between
 * extensions are not printed.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import { longDuration, placed } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

const WIDTH = 126;
const EXTENSION_WIDTH = 4;

interface Leg {
  readonly extension: string;
  readonly trunk: string;
  readonly startLocalSeconds: number;
  readonly seconds: number;
  readonly flag: string;
  readonly dialled?: string;
  readonly account?: string;
  readonly caller?: string;
}

type Printed = EncodedCall['records'][number];

function print(leg: Leg): Printed {
  const start = localText(leg.startLocalSeconds);
  const text = placed(WIDTH, [
    [3, '1'],
    [5, leg.extension],
    [15, `7${leg.trunk}`],
    [20, `${start.slice(5, 7)}/${start.slice(8, 10)}`],
    [26, start.slice(11, 19)],
    [35, longDuration(leg.seconds)],
    [44, leg.flag],
    [47, leg.dialled ?? ''],
    [66, leg.account ?? ''],
    [89, '0.00'],
    [95, leg.caller ?? ''],
  ]);
  return { text: `${text}\r\n`, atLocalSeconds: leg.startLocalSeconds + leg.seconds };
}

function encode(call: SimulatedCall): EncodedCall {
  const extension = call.extension.slice(0, EXTENSION_WIDTH);
  const truth = { ...fullTruth(call), extension };
  if (call.direction === 'internal') return { records: [], truth };
  const { trunk } = call;
  const answeredAt = call.startLocalSeconds + call.ringSeconds;
  if (call.direction === 'incoming') {
    const caller = call.outsideNumber;
    const rings = { extension, trunk, startLocalSeconds: call.startLocalSeconds, seconds: call.ringSeconds, caller };
    if (!call.isAnswered) return { records: [print({ ...rings, flag: 'A' })], truth };
    const talk = { extension, trunk, startLocalSeconds: answeredAt, seconds: call.talkSeconds, caller };
    return { records: [print({ ...rings, flag: 'IA' }), print({ ...talk, flag: 'I' })], truth };
  }
  const first = {
    extension,
    trunk,
    startLocalSeconds: answeredAt,
    seconds: call.talkSeconds - (call.transfer?.talkSeconds ?? 0),
    dialled: call.outsideNumber,
    account: call.codeDialled,
  };
  const { transfer } = call;
  if (transfer === undefined) return { records: [print({ ...first, flag: 'O' })], truth };
  const second = {
    extension: transfer.extension.slice(0, EXTENSION_WIDTH),
    trunk,
    startLocalSeconds: endOf(call) - transfer.talkSeconds,
    seconds: transfer.talkSeconds,
    dialled: call.outsideNumber,
  };
  return { records: [print({ ...first, flag: 'OT' }), print({ ...second, flag: 'T' })], truth };
}

const RULE = '='.repeat(WIDTH);
const HEADING =
  '  T EXT  AUTH TRK  MM/DD STT.TIME DURATION FG DIALED DIGIT       ACCOUNT CODE   CARR    COST  CLIP NUMBER  CLIP NAME';

export const samsungEncoder: CallEncoder = {
  formatIds: ['samsung-officeserv'],
  heading: () => `${RULE}\r\n${HEADING}\r\n${RULE}\r\n`,
  encode: (call) => encode(call),
};
