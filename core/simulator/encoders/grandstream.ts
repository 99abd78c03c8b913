/**
 * Grandstream UCM, newer firmware: 33 columns, nothing quoted. A call to a ring group leaves a row for each telephone that
 * rang, with the same session. A wrong PIN gives no line and no row.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import type { SimulatedCall } from '../traffic.ts';

const UTC_OFFSET_SECONDS = 7 * 3600;
const ROWS_PER_CALL = 4;
const COLUMNS =
  'AcctId,accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,' +
  'disposition,amaflags,uniqueid,userfield,channel_ext,dstchannel_ext,service,caller_name,recordfiles,dstanswer,' +
  'chanext,dstchanext,session,action_owner,action_type,src_trunk_name,dst_trunk_name,sn';
const USER_FIELDS = { outgoing: 'Outbound', incoming: 'Inbound', internal: 'Internal' } as const;

const printed = (localSeconds: number): string => localText(localSeconds).slice(0, 19).replace('T', ' ');

interface Row {
  readonly index: number;
  readonly rung: string;
  readonly isAnswered: boolean;
  readonly endsAt: number;
}

function rowText(call: SimulatedCall, row: Row): string {
  const isIncoming = call.direction === 'incoming';
  const isInternal = call.direction === 'internal';
  const trunk = isInternal ? '' : `line${call.trunk}`;
  const id = ROWS_PER_CALL * call.serial + row.index;
  const channel = (peer: string, half: number): string =>
    `PJSIP/${peer}-${(2 * id + half).toString(16).padStart(8, '0')}`;
  const src = isIncoming ? call.outsideNumber : call.extension;
  const dst = isIncoming
    ? row.index > 0 || row.rung !== call.extension
      ? '6400'
      : row.rung
    : isInternal
      ? call.insideNumber
      : call.outsideNumber;
  const answer = row.isAnswered ? printed(call.startLocalSeconds + call.ringSeconds) : '';
  const talk = row.isAnswered ? call.talkSeconds : 0;
  const called = isIncoming ? row.rung : isInternal ? call.insideNumber : '';
  return `${[
    id,
    call.codeDialled,
    src,
    dst,
    isIncoming ? 'ext-did-0000000000000' : 'from-internal',
    `"${isIncoming ? '' : 'pn, 01'}" <${src}>`,
    channel(isIncoming ? `trunk_${Number(call.trunk)}` : call.extension, 0),
    channel(isIncoming || isInternal ? called : `trunk_${Number(call.trunk)}`, 1),
    'Dial',
    `PJSIP/${called === '' ? dst : called},60,Tt`,
    printed(call.startLocalSeconds),
    answer,
    printed(row.endsAt),
    row.endsAt - call.startLocalSeconds,
    talk,
    row.isAnswered ? 'ANSWERED' : 'NO ANSWER',
    'DOCUMENTATION',
    `${call.startLocalSeconds - UTC_OFFSET_SECONDS}.${ROWS_PER_CALL * call.serial}`,
    USER_FIELDS[call.direction],
    isIncoming ? '' : call.extension,
    called,
    's',
    isIncoming ? '' : 'pn 01',
    '',
    answer,
    isIncoming ? '' : call.extension,
    called,
    `${call.startLocalSeconds}-${call.serial}`,
    call.extension,
    'DIAL',
    isIncoming ? trunk : '',
    isIncoming ? '' : trunk,
    '',
  ].join(',')}\n`;
}

function encode(call: SimulatedCall): EncodedCall {
  const truth = fullTruth(call);
  if (call.codeDialled !== '' && call.person === '') return { records: [], truth };
  const end = endOf(call);
  const own: Row = { index: 0, rung: call.extension, isAnswered: call.isAnswered, endsAt: end };
  const isGroup = call.direction === 'incoming' && call.isAnswered && call.serial % 4 === 0;
  const rungUntil = call.startLocalSeconds + call.ringSeconds;
  const others = isGroup
    ? [1, 2].map((index) => ({
        index,
        rung: String(Number(call.extension) + index),
        isAnswered: false,
        endsAt: rungUntil,
      }))
    : [];
  return { records: [...others, own].map((row) => ({ text: rowText(call, row), atLocalSeconds: row.endsAt })), truth };
}

export const grandstreamEncoder: CallEncoder = {
  formatIds: ['grandstream-ucm'],
  heading: () => `${COLUMNS}\n`,
  encode,
};
