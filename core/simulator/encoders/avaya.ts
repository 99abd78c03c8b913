/**
 * Avaya IP Office: a CSV line a segment, 34 fields. Codes stand alternately as authorization code and as account code. A
 * code that the system does not know is refused: the call reaches a tone, never a line.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import { longDuration } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

const FIRST_CALL_ID = 1_000_000;
const SERVER = '192.168.42.1';
const TONE: Party = { device: 'V8000', name: 'U1 0.0' };

interface Party {
  readonly device: string;
  readonly name: string;
}

const telephone = (extension: string): Party => ({ device: `E${extension}`, name: `Extn${extension}` });
const line = (trunk: string): Party => ({ device: `T${9000 + Number(trunk)}`, name: `Line ${Number(trunk)}.1` });

interface Segment {
  readonly connectedSeconds: number;
  readonly ringSeconds: number;
  readonly own: Party;
  readonly other: Party;
  readonly continues: boolean;
}

function segmentText(call: SimulatedCall, segment: Segment, isRefused: boolean): string {
  const isIncoming = call.direction === 'incoming';
  const isInternal = call.direction === 'internal';
  const called = isIncoming ? call.extension : isInternal ? call.insideNumber : call.outsideNumber;
  const isAccount = call.serial % 2 === 0 && !isRefused;
  const code = isIncoming || isInternal ? '' : call.codeDialled;
  const authorization = isAccount || code === '' ? ['', ''] : [isRefused ? '0' : '1', code];
  const fields = [
    localText(call.startLocalSeconds).slice(0, 19).replaceAll('-', '/').replace('T', ' '),
    longDuration(segment.connectedSeconds),
    segment.ringSeconds,
    isIncoming ? call.outsideNumber : call.extension,
    isIncoming ? 'I' : 'O',
    called,
    isIncoming ? `02436${call.extension}` : called,
    isAccount ? code : '',
    isInternal ? 1 : 0,
    FIRST_CALL_ID + call.serial,
    segment.continues ? 1 : 0,
    segment.own.device,
    segment.own.name,
    segment.other.device,
    segment.other.name,
    0,
    0,
    ...authorization,
    ...new Array<string>(11).fill(''),
    SERVER,
    2 * call.serial,
    isInternal ? SERVER : '0.0.0.0',
    isInternal ? 2 * call.serial + 1 : 0,
  ];
  return `${fields.join(',')}\r\n`;
}

function encode(call: SimulatedCall): EncodedCall {
  const truth = fullTruth(call);
  const end = endOf(call);
  const own = telephone(call.extension);
  const whole = { connectedSeconds: call.talkSeconds, ringSeconds: call.ringSeconds, own, continues: false };
  if (call.codeDialled !== '' && call.person === '') {
    const segment = { ...whole, connectedSeconds: 0, ringSeconds: 0, other: TONE };
    return {
      records: [{ text: segmentText(call, segment, true), atLocalSeconds: call.startLocalSeconds + call.ringSeconds }],
      truth: {
        ...truth,
        direction: 'none',
        isAnswered: false,
        talkSeconds: 0,
        code: '',
        outsideNumber: '',
        charge: undefined,
      },
    };
  }
  const other = call.direction === 'internal' ? telephone(call.insideNumber) : line(call.trunk);
  if (call.transfer === undefined) {
    return { records: [{ text: segmentText(call, { ...whole, other }, false), atLocalSeconds: end }], truth };
  }
  const { transfer } = call;
  const first = { ...whole, other, connectedSeconds: call.talkSeconds - transfer.talkSeconds, continues: true };
  const second = {
    ...whole,
    other,
    own: telephone(transfer.extension),
    connectedSeconds: transfer.talkSeconds,
    ringSeconds: 0,
  };
  return {
    records: [
      { text: segmentText(call, first, false), atLocalSeconds: end - transfer.talkSeconds },
      { text: segmentText(call, second, false), atLocalSeconds: end },
    ],
    truth,
  };
}

export const avayaEncoder: CallEncoder = { formatIds: ['avaya-ipoffice'], encode };
