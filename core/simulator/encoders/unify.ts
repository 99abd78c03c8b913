/**
 * Hicom, HiPath and OpenScape: a line a segment with the segment's end, in three of the printed forms. A call that comes
 * in is announced by a notice of its ringing. Outgoing calls do not tell whether they were answered; calls inside are not
 * printed.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import { longDuration, minutesAndSeconds, placed } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

interface Segment {
  readonly endLocalSeconds: number;
  readonly trunk: string;
  readonly station: string;
  /** Blank where there was none. */
  readonly ring: string;
  readonly duration: string;
  readonly number: string;
  readonly info: string;
  readonly account: string;
}

const dateOf = (seconds: number): string => {
  const text = localText(seconds);
  return `${text.slice(8, 10)}.${text.slice(5, 7)}.${text.slice(2, 4)}`;
};
const timeOf = (seconds: number): string => localText(seconds).slice(11);

const printers: Readonly<Record<string, (segment: Segment) => string>> = {
  'unify-hicom100': (s) =>
    `${placed(101, [
      [1, dateOf(s.endLocalSeconds)],
      [10, timeOf(s.endLocalSeconds)],
      [19, s.trunk.padStart(2)],
      [22, s.station.padStart(5)],
      [28, s.ring],
      [34, s.duration],
      [43, s.number],
      [76, s.info.padStart(2)],
      [79, s.account],
    ])}\r\n`,
  'unify-hipath3000': (s) =>
    `${placed(112, [
      [1, dateOf(s.endLocalSeconds)],
      [9, timeOf(s.endLocalSeconds)],
      [17, s.trunk.padStart(3)],
      [20, s.station.padStart(6)],
      [26, s.ring],
      [31, s.duration],
      [39, s.number],
      [75, s.info.padStart(2)],
      [77, s.account],
      [88, '200'.padStart(11)],
    ])}\r\n`,
  'unify-openscape-business': (s) =>
    `${[dateOf(s.endLocalSeconds), timeOf(s.endLocalSeconds), s.trunk, s.station, s.ring, s.duration, s.number, '', s.info, s.account, '', '', '', '', ''].join('|')}\r\n`,
};

const PASSED_ON = { incoming: '5', outgoing: '6' } as const;
const STRAIGHT = { incoming: '1', outgoing: '2' } as const;

function encode(call: SimulatedCall, print: (segment: Segment) => string): EncodedCall {
  const truth = fullTruth(call);
  const { direction, transfer } = call;
  if (direction === 'internal') return { records: [], truth };
  const isIncoming = direction === 'incoming';
  const end = endOf(call);
  const whole: Segment = {
    endLocalSeconds: end,
    trunk: String(Number(call.trunk)),
    station: call.extension,
    ring: isIncoming ? minutesAndSeconds(call.ringSeconds) : '',
    duration: call.isAnswered ? longDuration(call.talkSeconds) : '',
    number: call.outsideNumber,
    info: STRAIGHT[direction],
    account: call.codeDialled,
  };
  const notice: Segment = {
    ...whole,
    endLocalSeconds: call.startLocalSeconds,
    ring: '',
    duration: '',
    info: '0',
    account: '',
  };
  const segments: Segment[] = isIncoming ? [notice] : [];
  if (transfer === undefined) segments.push(whole);
  else {
    const movedAt = end - transfer.talkSeconds;
    segments.push(
      { ...whole, endLocalSeconds: movedAt, duration: longDuration(call.talkSeconds - transfer.talkSeconds) },
      {
        ...whole,
        station: transfer.extension,
        ring: '',
        duration: longDuration(transfer.talkSeconds),
        info: PASSED_ON[direction],
        account: '',
      },
    );
  }
  return {
    records: segments.map((segment) => ({ text: print(segment), atLocalSeconds: segment.endLocalSeconds })),
    truth: { ...truth, isAnswered: isIncoming || call.isAnswered ? call.isAnswered : undefined },
  };
}

export const unifyEncoder: CallEncoder = {
  formatIds: Object.keys(printers),
  encode(call, formatId) {
    const print = printers[formatId];
    if (print === undefined) throw new Error(`no list for ${formatId}`);
    return encode(call, print);
  },
};
