/**
 * Cisco CUCM: a row a leg, the columns of CDR files up to the number sent to the gateway. Codes stand alternately as forced
 * authorization code and as client matter code; one that the system does not know leaves a row without a far end. A blind
 * transfer splits the first row, and the outside party goes on as the caller of the second.
 */
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import type { SimulatedCall } from '../traffic.ts';

/** The simulated office keeps the time of Vietnam; CDR files count seconds of UTC. */
const UTC_OFFSET_SECONDS = 7 * 3600;
const LEGS_PER_CALL = 4;
const FIRST_LEG = 40_000_000;
const GATEWAY = 'S0/SU0/DS1-0@GATEWAY1';
const [NORMAL, NO_ANSWER, SPLIT] = [16, 19, 393216];

const COLUMNS = `cdrRecordType globalCallID_callManagerId globalCallID_callId origLegCallIdentifier dateTimeOrigination
  origNodeId origSpan origIpAddr callingPartyNumber callingPartyUnicodeLoginUserID origCause_location origCause_value
  origPrecedenceLevel origMediaTransportAddress_IP origMediaTransportAddress_Port origMediaCap_payloadCapability
  origMediaCap_maxFramesPerPacket origMediaCap_g723BitRate origVideoCap_Codec origVideoCap_Bandwidth
  origVideoCap_Resolution origVideoTransportAddress_IP origVideoTransportAddress_Port origRSVPAudioStat
  origRSVPVideoStat destLegIdentifier destNodeId destSpan destIpAddr originalCalledPartyNumber finalCalledPartyNumber
  finalCalledPartyUnicodeLoginUserID destCause_location destCause_value destPrecedenceLevel
  destMediaTransportAddress_IP destMediaTransportAddress_Port destMediaCap_payloadCapability
  destMediaCap_maxFramesPerPacket destMediaCap_g723BitRate destVideoCap_Codec destVideoCap_Bandwidth
  destVideoCap_Resolution destVideoTransportAddress_IP destVideoTransportAddress_Port destRSVPAudioStat
  destRSVPVideoStat dateTimeConnect dateTimeDisconnect lastRedirectDn pkid originalCalledPartyNumberPartition
  callingPartyNumberPartition finalCalledPartyNumberPartition lastRedirectDnPartition duration origDeviceName
  destDeviceName origCallTerminationOnBehalfOf destCallTerminationOnBehalfOf origCalledPartyRedirectOnBehalfOf
  lastRedirectRedirectOnBehalfOf origCalledPartyRedirectReason lastRedirectRedirectReason destConversationId
  globalCallId_ClusterID joinOnBehalfOf comment authCodeDescription authorizationLevel clientMatterCode
  origDTMFMethod destDTMFMethod callSecuredStatus origConversationId origMediaCap_Bandwidth destMediaCap_Bandwidth
  authorizationCodeValue outpulsedCallingPartyNumber outpulsedCalledPartyNumber`.split(/\s+/);

const TEXTS = /Number|UserID|RSVP|Dn$|pkid|Partition|DeviceName|ClusterID|comment|CodeDescription|MatterCode|CodeValue/;
const isText = (column: string): boolean => TEXTS.test(column);

type Row = Readonly<Record<string, string | number>>;

function rowText(row: Row): string {
  const cells = COLUMNS.map((column) => (isText(column) ? `"${row[column] ?? ''}"` : String(row[column] ?? 0)));
  return `${cells.join(',')}\r\n`;
}

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, '0');

interface Side {
  readonly leg: number;
  readonly device: string;
  readonly number: string;
  /** Telephones have their numbers in a partition; what comes in through a gateway has none. */
  readonly partition: string;
}

interface Segment {
  readonly from: Side;
  readonly to: Side;
  readonly dialled: string;
  readonly index: number;
  readonly startLocalSeconds: number;
  readonly ringSeconds: number;
  readonly talkSeconds: number;
  readonly cause: number;
}

function segmentText(call: SimulatedCall, segment: Segment, codes: Row): string {
  const start = segment.startLocalSeconds - UTC_OFFSET_SECONDS;
  const connect = start + segment.ringSeconds;
  const id = LEGS_PER_CALL * call.serial + segment.index;
  return rowText({
    cdrRecordType: 1,
    globalCallID_callManagerId: 1,
    globalCallID_callId: id + 1,
    origLegCallIdentifier: segment.from.leg,
    dateTimeOrigination: start,
    callingPartyNumber: segment.from.number,
    origCause_value: segment.cause,
    destLegIdentifier: segment.to.leg,
    originalCalledPartyNumber: segment.dialled,
    finalCalledPartyNumber: segment.dialled,
    dateTimeConnect: call.isAnswered && segment.to.leg !== 0 ? connect : 0,
    dateTimeDisconnect: connect + segment.talkSeconds,
    lastRedirectDn: segment.dialled,
    pkid: `${hex(id, 8)}-0000-4000-8000-${hex(call.startLocalSeconds, 12)}`,
    callingPartyNumberPartition: segment.from.partition,
    finalCalledPartyNumberPartition: 'PT_ALL',
    duration: segment.talkSeconds,
    origDeviceName: segment.from.device,
    destDeviceName: segment.to.device,
    globalCallId_ClusterID: 'StandAloneCluster',
    ...codes,
  });
}

function codesOf(call: SimulatedCall, isRefused: boolean): Row {
  if (call.codeDialled === '') return {};
  if (isRefused) return { clientMatterCode: '9999999999999999' };
  if (call.serial % 2 === 0) return { clientMatterCode: call.codeDialled };
  const description = `Holder of ${call.codeDialled}`;
  return { authCodeDescription: description, authorizationLevel: 5, authorizationCodeValue: call.codeDialled };
}

const phone = (leg: number, number: string): Side => ({
  leg,
  number,
  device: `SEP${number.padStart(12, '0')}`,
  partition: 'PT_ALL',
});

function encode(call: SimulatedCall): EncodedCall {
  const truth = fullTruth(call);
  const firstLeg = FIRST_LEG + LEGS_PER_CALL * call.serial;
  const isIncoming = call.direction === 'incoming';
  const gateway = (leg: number): Side => ({ leg, device: GATEWAY, number: call.outsideNumber, partition: '' });
  const isRefused = call.codeDialled !== '' && call.person === '';
  const codes = codesOf(call, isRefused);
  const end = endOf(call);
  const { startLocalSeconds, ringSeconds, transfer } = call;
  if (isRefused) {
    const nobody: Side = { leg: 0, device: '', number: '', partition: '' };
    const from = phone(firstLeg, call.extension);
    const refused = { from, to: nobody, dialled: call.outsideNumber, index: 0, startLocalSeconds, ringSeconds: 5 };
    const text = segmentText(call, { ...refused, talkSeconds: 0, cause: NORMAL }, codes);
    return {
      records: [{ text, atLocalSeconds: startLocalSeconds + 5 }],
      truth: {
        ...truth,
        direction: 'none',
        isAnswered: false,
        talkSeconds: 0,
        extension: '',
        code: '',
        outsideNumber: '',
        charge: undefined,
      },
    };
  }
  const called = isIncoming ? call.extension : call.direction === 'internal' ? call.insideNumber : call.outsideNumber;
  const from = isIncoming ? gateway(firstLeg) : phone(firstLeg, call.extension);
  const to = call.direction === 'outgoing' ? gateway(firstLeg + 1) : phone(firstLeg + 1, called);
  const moved = transfer?.talkSeconds ?? 0;
  const cause = transfer !== undefined ? SPLIT : call.isAnswered ? NORMAL : NO_ANSWER;
  const talkSeconds = call.talkSeconds - moved;
  const whole = { from, to, dialled: called, index: 0, startLocalSeconds, ringSeconds, talkSeconds, cause };
  const records = [{ text: segmentText(call, whole, codes), atLocalSeconds: end - moved }];
  if (transfer !== undefined) {
    const rest: Segment = {
      from: { ...(isIncoming ? from : to), number: call.outsideNumber },
      to: phone(firstLeg + 2, transfer.extension),
      dialled: transfer.extension,
      index: 1,
      startLocalSeconds: end - moved,
      ringSeconds: 0,
      talkSeconds: moved,
      cause: NORMAL,
    };
    records.push({ text: segmentText(call, rest, { joinOnBehalfOf: 10 }), atLocalSeconds: end });
  }
  return { records, truth };
}

export const ciscoEncoder: CallEncoder = {
  formatIds: ['cisco-cucm'],
  heading: () =>
    `${COLUMNS.map((column) => `"${column}"`).join(',')}\r\n${COLUMNS.map((column) => (isText(column) ? 'VARCHAR(50)' : 'INTEGER')).join(',')}\r\n`,
  encode,
};
