/**
 * Yeastar: the message a Cloud PBX posts for each call, and that of the P series, whose record is text inside the message. A
 * PIN that nobody has gives no line, and no message either.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import type { SimulatedCall } from '../traffic.ts';

const UTC_OFFSET_SECONDS = 7 * 3600;
const TYPES = { outgoing: 'Outbound', incoming: 'Inbound', internal: 'Internal' } as const;

function message(call: SimulatedCall): string {
  const isIncoming = call.direction === 'incoming';
  const from = isIncoming ? call.outsideNumber : call.extension;
  const to = isIncoming ? call.extension : call.direction === 'internal' ? call.insideNumber : call.outsideNumber;
  const id = `${call.startLocalSeconds - UTC_OFFSET_SECONDS}.${call.serial}`;
  const start = localText(call.startLocalSeconds).slice(0, 19).replace('T', ' ');
  const trunk = call.direction === 'internal' ? '' : `line${call.trunk}`;
  const status = call.isAnswered ? 'ANSWERED' : call.serial % 3 === 0 ? 'BUSY' : 'NO ANSWER';
  const whole = endOf(call) - call.startLocalSeconds;
  if (call.serial % 2 === 0) {
    return JSON.stringify({
      event: 'NewCdr',
      callid: id,
      timestart: start,
      callfrom: from,
      callto: to,
      callduraction: String(whole),
      talkduraction: String(call.talkSeconds),
      srctrunkname: isIncoming ? trunk : '',
      dsttrcunkname: isIncoming ? '' : trunk,
      pincode: call.codeDialled,
      status,
      type: TYPES[call.direction],
      recording: '',
      didnumber: '',
      agentringtime: '0',
      sn: '369451090405',
    });
  }
  const blank = (text: string): string => (text === '' ? ' ' : text);
  const record = JSON.stringify({
    call_id: id,
    time_start: start,
    call_from: from,
    call_to: to,
    call_duration: whole,
    talk_duration: call.talkSeconds,
    src_trunk_name: blank(isIncoming ? trunk : ''),
    dst_trunk_name: blank(isIncoming ? '' : trunk),
    pin_code: blank(call.codeDialled),
    status,
    type: TYPES[call.direction],
    recording: ' ',
    did_number: ' ',
    agent_ring_time: 0,
  });
  return JSON.stringify({ type: 30012, sn: '3631A2124XXX', msg: record });
}

function encode(call: SimulatedCall): EncodedCall {
  const isRefused = call.codeDialled !== '' && call.person === '';
  const records = isRefused ? [] : [{ text: `${message(call)}\n`, atLocalSeconds: endOf(call) }];
  return { records, truth: fullTruth(call) };
}

export const yeastarEncoder: CallEncoder = { formatIds: ['yeastar-json'], encode };
