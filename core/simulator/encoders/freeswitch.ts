/**
 * FreeSWITCH as it comes: the template `example`, with both legs of some calls, of which the called side's may be written
 * first. The dialplan sets the account code when it is right; a wrong one ends the call before it is recorded.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import type { SimulatedCall } from '../traffic.ts';

const printed = (localSeconds: number): string => localText(localSeconds).slice(0, 19).replace('T', ' ');

const uuidOf = (call: SimulatedCall, leg: 'a' | 'b'): string => {
  const serial = call.serial.toString(16).padStart(8, '0');
  return `${serial}-e752-11e3-8${leg}fb-${call.startLocalSeconds.toString(16).padStart(12, '0')}`;
};

function lineText(call: SimulatedCall, leg: 'a' | 'b', other: string): string {
  const isIncoming = call.direction === 'incoming';
  const from = isIncoming ? call.outsideNumber : call.extension;
  const to = isIncoming ? call.extension : call.direction === 'internal' ? call.insideNumber : call.outsideNumber;
  const values = [
    isIncoming ? from : `An "${from}"`,
    from,
    to,
    isIncoming && leg === 'a' ? 'public' : 'default',
    printed(call.startLocalSeconds),
    call.isAnswered ? printed(call.startLocalSeconds + call.ringSeconds) : '',
    printed(endOf(call)),
    endOf(call) - call.startLocalSeconds,
    call.talkSeconds,
    call.isAnswered ? 'NORMAL_CLEARING' : call.serial % 2 === 0 ? 'NO_ANSWER' : 'USER_BUSY',
    uuidOf(call, leg),
    other,
    leg === 'a' ? call.codeDialled : '',
    call.isAnswered ? 'PCMA' : '',
    call.isAnswered ? 'PCMA' : '',
  ];
  return `${values.map((value) => `"${value}"`).join(',')}\n`;
}

function encode(call: SimulatedCall): EncodedCall {
  const truth = fullTruth(call);
  if (call.codeDialled !== '' && call.person === '') return { records: [], truth };
  const atLocalSeconds = endOf(call);
  const hasBoth = call.isAnswered && call.serial % 3 === 0;
  const a = { text: lineText(call, 'a', hasBoth ? uuidOf(call, 'b') : ''), atLocalSeconds };
  if (!hasBoth) return { records: [a], truth };
  const b = { text: lineText(call, 'b', ''), atLocalSeconds };
  return { records: call.serial % 2 === 0 ? [a, b] : [b, a], truth };
}

export const freeswitchEncoder: CallEncoder = { formatIds: ['freeswitch-csv'], encode };
