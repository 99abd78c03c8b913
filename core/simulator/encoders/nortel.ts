/**
 * Nortel Meridian 1, new format: three lines a record, no year, the start of the call. A code is a C record of its own while
 * the call begins; a transferred call prints S and E. Norstar and BCM print a report of several lines when a call is over,
 * with the moment at which the outside line was taken or an incoming call was answered; they know no calls inside.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth, type TrueCall } from '../encoder.ts';
import { longDuration, minutesAndSeconds, placed, shortDate, two } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

type Printed = EncodedCall['records'][number];

const RECORD_NUMBERS = 128;
const MERIDIAN_WIDTH = 87;
/** Longest field of the digits. */
const CALLER_WIDTH = 16;

const route = (trunk: string): string => `060${trunk.padStart(3, '0')}`;

interface MeridianLeg {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly atLocalSeconds: number;
  readonly seconds: number | undefined;
  readonly digits: string;
  readonly caller: string;
  readonly ringSeconds: number;
}

function meridianRecord(leg: MeridianLeg, number: number, printedAt: number): Printed {
  const moment = localText(leg.atLocalSeconds);
  const first = placed(MERIDIAN_WIDTH, [
    [1, leg.type],
    [3, String(number % RECORD_NUMBERS).padStart(3, '0')],
    [7, '00'],
    [10, leg.from],
    [18, leg.to],
    [26, `${moment.slice(5, 7)}/${moment.slice(8, 10)} ${moment.slice(11, 19)}`],
    [41, leg.seconds === undefined ? '' : `${longDuration(leg.seconds)}.0`],
    [52, leg.digits === '' || leg.type === 'C' ? '' : 'A'],
    [53, leg.digits],
  ]);
  const caller = leg.caller === '' ? '' : leg.caller.padEnd(CALLER_WIDTH, 'X');
  const second = placed(MERIDIAN_WIDTH - 1, [
    [2, '&'],
    [3, caller],
  ]);
  const third = placed(MERIDIAN_WIDTH - 1, [
    [2, '&'],
    [3, leg.caller === '' ? '' : minutesAndSeconds(leg.ringSeconds)],
    [40, '000'],
    [47, '01'],
  ]);
  return { text: `${first}\r\n${second}\r\n${third}\r\n`, atLocalSeconds: printedAt };
}

function meridian(call: SimulatedCall): EncodedCall {
  const truth = fullTruth(call);
  const end = endOf(call);
  const number = 4 * call.serial;
  if (call.direction === 'internal') {
    const leg: MeridianLeg = {
      type: 'L',
      from: call.extension,
      to: call.insideNumber,
      atLocalSeconds: call.startLocalSeconds,
      seconds: call.talkSeconds,
      digits: '',
      caller: '',
      ringSeconds: 0,
    };
    return { records: [meridianRecord(leg, number, end)], truth };
  }
  const isIncoming = call.direction === 'incoming';
  const trunk = `${call.isAnswered ? 'A' : 'T'}${route(call.trunk)}`;
  const legOf = (type: string, extension: string, at: number, seconds: number | undefined): MeridianLeg => ({
    type,
    from: isIncoming ? trunk : extension,
    to: isIncoming ? extension : trunk,
    atLocalSeconds: at,
    seconds,
    digits: isIncoming ? '' : call.outsideNumber,
    caller: isIncoming ? call.outsideNumber : '',
    ringSeconds: call.ringSeconds,
  });
  const start = call.startLocalSeconds;
  const code: readonly Printed[] =
    call.codeDialled === ''
      ? []
      : [
          meridianRecord(
            { ...legOf('C', call.extension, start, undefined), digits: call.codeDialled },
            number,
            Math.max(start, end - 1),
          ),
        ];
  if (call.transfer === undefined) {
    const isAbandoned = isIncoming && !call.isAnswered;
    const leg = legOf(isAbandoned ? 'B' : 'N', call.extension, start, isAbandoned ? undefined : call.talkSeconds);
    return { records: [...code, meridianRecord(leg, number + 1, end)], truth };
  }
  const { transfer } = call;
  const firstSeconds = call.talkSeconds - transfer.talkSeconds;
  const first = legOf('S', call.extension, start, firstSeconds);
  const movedAt = end - transfer.talkSeconds;
  const second = legOf('E', transfer.extension, movedAt, transfer.talkSeconds);
  return {
    records: [
      ...code.map((record) => ({ ...record, atLocalSeconds: start })),
      meridianRecord(first, number + 1, movedAt),
      meridianRecord({ ...second, digits: '' }, number + 2, end),
    ],
    truth,
  };
}

function norstar(call: SimulatedCall): EncodedCall {
  const truth: TrueCall = fullTruth(call);
  if (call.direction === 'internal') return { records: [], truth };
  const isIncoming = call.direction === 'incoming';
  const isLost = isIncoming && !call.isAnswered;
  const at = isIncoming ? call.startLocalSeconds + (isLost ? 0 : call.ringSeconds) : call.startLocalSeconds;
  const ring = `${Math.floor(call.ringSeconds / 60)}:${two(call.ringSeconds % 60)}`;
  const header = `-------- ${shortDate(at, 'MDY')} ${localText(at).slice(11, 19)}   LINE = ${call.trunk.padStart(4, '0')}`;
  const lines = [
    isLost ? header : `${header}    STN = ${call.extension}`,
    ...(isIncoming
      ? [
          `CALLING NUMBER ${call.outsideNumber}`,
          'NAME UNKNOWN',
          '     UNKNOWN',
          'BC = SPEECH',
          `00:00:00 ${isLost ? 'NO ANSWER' : 'INCOMING CALL'}    RINGING ${ring}`,
        ]
      : ['00:00:00 OUTGOING CALL', `DIGITS DIALED ${call.outsideNumber}`]),
    ...(call.codeDialled === '' ? [] : [`00:00:0${call.serial % 10} ACCOUNT CODE ${call.codeDialled}`]),
    ...(call.transfer === undefined
      ? []
      : [`${longDuration(call.talkSeconds - call.transfer.talkSeconds)} TRANSFERRED TO ${call.transfer.extension}`]),
    ...(isLost ? [] : [`${longDuration(call.talkSeconds)} CALL RELEASED`]),
  ];
  return {
    records: [{ text: `${lines.join('\r\n')}\r\n\n`, atLocalSeconds: endOf(call) }],
    truth: isLost ? { ...truth, extension: '', person: '' } : truth,
  };
}

export const nortelEncoder: CallEncoder = {
  formatIds: ['nortel-meridian', 'nortel-norstar'],
  encode: (call, formatId) => (formatId === 'nortel-norstar' ? norstar(call) : meridian(call)),
};
