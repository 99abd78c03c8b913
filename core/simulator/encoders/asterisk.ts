/**
 * Asterisk as its CDR engine writes: outgoing calls are let through by Authenticate(), which answers the call itself, so
 * that keying and ringing count as talk. A wrong code ends at the prompt. Busy and unanswered calls behind a code leave a
 * second, falsely answered record; a transferred line goes on in a record of its own.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import { chargeFor, type SimulatedCall } from '../traffic.ts';

/** The simulated office keeps the time of Vietnam; `uniqueid` counts from 1970 in UTC. */
const UTC_OFFSET_SECONDS = 7 * 3600;
const CHANNELS_PER_CALL = 8;

interface Cdr {
  readonly account: string;
  readonly src: string;
  readonly dst: string;
  readonly context: string;
  readonly channel: string;
  readonly to: string;
  readonly app: string;
  readonly data: string;
  readonly start: number;
  readonly answer: number | undefined;
  readonly end: number;
  readonly disposition: 'ANSWERED' | 'NO ANSWER' | 'BUSY' | 'CONGESTION';
  readonly uniqueId: string;
  readonly linkedId: string;
  readonly sequence: number;
}

interface Channel {
  readonly name: string;
  readonly uniqueId: string;
}

function channelOf(call: SimulatedCall, peer: string, index: number, bornLocalSeconds: number): Channel {
  const id = CHANNELS_PER_CALL * call.serial + index;
  return {
    name: `PJSIP/${peer}-${id.toString(16).padStart(8, '0')}`,
    uniqueId: `${bornLocalSeconds - UTC_OFFSET_SECONDS}.${id}`,
  };
}

/** Telephone to line or telephone; `answer` undefined: nobody took it. */
function dialRecord(
  call: SimulatedCall,
  from: Channel,
  to: Channel,
  times: { readonly start: number; readonly answer: number | undefined; readonly end: number },
): Cdr {
  const isInternal = call.direction === 'internal';
  const dst = isInternal ? call.insideNumber : call.outsideNumber;
  return {
    account: call.codeDialled,
    src: call.extension,
    dst,
    context: 'from-internal',
    channel: from.name,
    to: to.name,
    app: 'Dial',
    data: isInternal ? `PJSIP/${dst},30,T` : `PJSIP/${dst}@line${call.trunk},60,T`,
    ...times,
    disposition: times.answer === undefined ? 'NO ANSWER' : 'ANSWERED',
    uniqueId: from.uniqueId,
    linkedId: from.uniqueId,
    sequence: CHANNELS_PER_CALL * call.serial,
  };
}

interface Told {
  readonly cdrs: readonly Cdr[];
  /** Seconds that the records count as talk. */
  readonly talkSeconds: number;
}

/** Keying the code at the prompt. */
const keyingSeconds = (call: SimulatedCall): number => 2 + (call.serial % 5);

const atThePrompt = (record: Cdr, start: number, end: number): Cdr => ({
  ...record,
  to: '',
  app: 'Hangup',
  data: '',
  start,
  answer: start,
  end,
  disposition: 'ANSWERED',
});

function refused(call: SimulatedCall): Told {
  const start = call.startLocalSeconds;
  const phone = channelOf(call, call.extension, 0, start);
  const end = start + 2 + (call.serial % 4);
  const record = dialRecord(call, phone, phone, { start, answer: start, end });
  return { cdrs: [{ ...atThePrompt(record, start, end), account: '' }], talkSeconds: 0 };
}

function outgoing(call: SimulatedCall): Told {
  const hasCode = call.codeDialled !== '';
  const start = call.startLocalSeconds;
  const dialledAt = start + (hasCode ? keyingSeconds(call) : 0);
  const ringsUntil = dialledAt + call.ringSeconds;
  const end = ringsUntil + call.talkSeconds;
  const phone = channelOf(call, call.extension, 0, start);
  const line = channelOf(call, `line${call.trunk}`, 1, dialledAt);
  const record = dialRecord(call, phone, line, { start, answer: hasCode ? start : ringsUntil, end });
  if (!call.isAnswered) {
    const isBusy = call.serial % 2 === 1;
    const disposition = isBusy ? 'BUSY' : 'NO ANSWER';
    if (!hasCode) return { cdrs: [{ ...record, answer: undefined, disposition }], talkSeconds: 0 };
    const falseAnswer = { ...atThePrompt(record, end, end), sequence: record.sequence + 1 };
    return { cdrs: [{ ...record, disposition }, falseAnswer], talkSeconds: 0 };
  }
  const talkSeconds = hasCode ? end - start : call.talkSeconds;
  const { transfer } = call;
  if (transfer !== undefined) {
    const movedAt = end - transfer.talkSeconds;
    const taker = channelOf(call, transfer.extension, 2, movedAt);
    const rest: Cdr = {
      ...record,
      src: call.outsideNumber,
      dst: transfer.extension,
      channel: line.name,
      to: taker.name,
      data: `PJSIP/${transfer.extension},30`,
      start: movedAt,
      answer: movedAt,
      uniqueId: line.uniqueId,
      sequence: record.sequence + 1,
    };
    return { cdrs: [{ ...record, end: movedAt }, rest], talkSeconds };
  }
  if (hasCode && call.serial % 29 === 0) {
    const spare = channelOf(call, 'line00', 3, start);
    const congested: Cdr = {
      ...record,
      to: spare.name,
      data: `PJSIP/${call.outsideNumber}@line00,60,T`,
      end: dialledAt,
      disposition: 'CONGESTION',
    };
    const second = { ...record, start: dialledAt, answer: dialledAt, sequence: record.sequence + 1 };
    return { cdrs: [congested, second], talkSeconds: end - dialledAt };
  }
  return { cdrs: [record], talkSeconds };
}

/** One telephone in four rings with two others, whose records say NO ANSWER. */
function incoming(call: SimulatedCall): Told {
  const start = call.startLocalSeconds;
  const ringsUntil = start + call.ringSeconds;
  const end = ringsUntil + call.talkSeconds;
  const line = channelOf(call, `line${call.trunk}`, 0, start);
  const isGroup = call.serial % 4 === 0;
  const rung = isGroup ? [0, 1, 2].map((i) => String(Number(call.extension) + i)) : [call.extension];
  const cdrs = rung.map((extension, i): Cdr => {
    const isTaker = call.isAnswered && i === 0;
    return {
      account: '',
      src: call.outsideNumber,
      dst: isGroup ? '600' : extension,
      context: 'from-trunk',
      channel: line.name,
      to: channelOf(call, extension, i + 1, start).name,
      app: 'Dial',
      data: `${rung.map((one) => `PJSIP/${one}`).join('&')},30,T`,
      start,
      answer: isTaker ? ringsUntil : undefined,
      end: isTaker ? end : ringsUntil,
      disposition: isTaker ? 'ANSWERED' : 'NO ANSWER',
      uniqueId: line.uniqueId,
      linkedId: line.uniqueId,
      sequence: CHANNELS_PER_CALL * call.serial + i,
    };
  });
  // The CDR engine writes the records of one call together, when the line hangs up.
  return { cdrs, talkSeconds: call.talkSeconds };
}

function internal(call: SimulatedCall): Told {
  const start = call.startLocalSeconds;
  const answer = start + call.ringSeconds;
  const from = channelOf(call, call.extension, 0, start);
  const to = channelOf(call, call.insideNumber, 1, start);
  return { cdrs: [dialRecord(call, from, to, { start, answer, end: endOf(call) })], talkSeconds: call.talkSeconds };
}

const printed = (localSeconds: number): string => localText(localSeconds).slice(0, 19).replace('T', ' ');

/** Start, answer and end are cut each by itself, so the end is often a second later than start and duration make. */
const printedEnd = (cdr: Cdr): string => printed(cdr.end + (cdr.sequence % 5 < 2 ? 1 : 0));

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const callerId = (cdr: Cdr): string => `"${cdr.src}" <${cdr.src}>`;
const answerText = (cdr: Cdr): string => (cdr.answer === undefined ? '' : printed(cdr.answer));
const duration = (cdr: Cdr): number => cdr.end - cdr.start;
const billedSeconds = (cdr: Cdr): number => (cdr.answer === undefined ? 0 : cdr.end - cdr.answer);

function csvLine(cdr: Cdr): string {
  const answer = answerText(cdr);
  const head = [cdr.account, cdr.src, cdr.dst, cdr.context, callerId(cdr), cdr.channel, cdr.to, cdr.app, cdr.data];
  return `${[
    ...head.map(quoted),
    quoted(printed(cdr.start)),
    answer === '' ? '' : quoted(answer),
    quoted(printedEnd(cdr)),
    duration(cdr),
    billedSeconds(cdr),
    quoted(cdr.disposition),
    '"DOCUMENTATION"',
    quoted(cdr.uniqueId),
    '""',
  ].join(',')}\n`;
}

/** The mapping of the shipped cdr_custom.conf, with linkedid behind it. */
function customLine(cdr: Cdr): string {
  return `${[
    callerId(cdr),
    cdr.src,
    cdr.dst,
    cdr.context,
    cdr.channel,
    cdr.to,
    cdr.app,
    cdr.data,
    printed(cdr.start),
    answerText(cdr),
    printedEnd(cdr),
    String(duration(cdr)),
    String(billedSeconds(cdr)),
    cdr.disposition,
    'DOCUMENTATION',
    cdr.account,
    cdr.uniqueId,
    '',
    cdr.linkedId,
  ]
    .map(quoted)
    .join(',')}\n`;
}

const TABLE_COLUMNS =
  'calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,did,recordingfile,cnum,cnam,outbound_cnum,outbound_cnam,dst_cnam,linkedid,peeraccount,sequence';

/** A row of FreePBX's table `cdr`: neither answer nor end. */
function tableRow(cdr: Cdr): string {
  return `${[
    printed(cdr.start),
    callerId(cdr),
    cdr.src,
    cdr.dst,
    cdr.context,
    cdr.channel,
    cdr.to,
    cdr.app,
    cdr.data,
    String(duration(cdr)),
    String(billedSeconds(cdr)),
    cdr.disposition,
    '3',
    cdr.account,
    cdr.uniqueId,
    '',
    '',
    '',
    cdr.src,
    '',
    '',
    '',
    '',
    cdr.linkedId,
    '',
    String(cdr.sequence),
  ]
    .map(quoted)
    .join(',')}\n`;
}

function amiEvent(cdr: Cdr): string {
  const lines = [
    'Event: Cdr',
    'Privilege: cdr,all',
    `AccountCode: ${cdr.account}`,
    `Source: ${cdr.src}`,
    `Destination: ${cdr.dst}`,
    `DestinationContext: ${cdr.context}`,
    `CallerID: ${callerId(cdr)}`,
    `Channel: ${cdr.channel}`,
    `DestinationChannel: ${cdr.to}`,
    `LastApplication: ${cdr.app}`,
    `LastData: ${cdr.data}`,
    `StartTime: ${printed(cdr.start)}`,
    `AnswerTime: ${answerText(cdr)}`,
    `EndTime: ${printedEnd(cdr)}`,
    `Duration: ${duration(cdr)}`,
    `BillableSeconds: ${billedSeconds(cdr)}`,
    `Disposition: ${cdr.disposition}`,
    'AMAFlags: DOCUMENTATION',
    `UniqueID: ${cdr.uniqueId}`,
    'UserField: ',
    `Linkedid: ${cdr.linkedId}`,
    `Sequence: ${cdr.sequence}`,
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

const writers: Readonly<Record<string, (cdr: Cdr) => string>> = {
  'asterisk-csv': csvLine,
  'asterisk-custom': customLine,
  'asterisk-ami': amiEvent,
  'asterisk-table': tableRow,
};

function encode(call: SimulatedCall, formatId: string): EncodedCall {
  const write = writers[formatId];
  if (write === undefined) throw new Error(`no CDR writer for ${formatId}`);
  const truth = fullTruth(call);
  const isRefused = call.codeDialled !== '' && call.person === '';
  const told = isRefused
    ? refused(call)
    : call.direction === 'outgoing'
      ? outgoing(call)
      : call.direction === 'incoming'
        ? incoming(call)
        : internal(call);
  const end = Math.max(...told.cdrs.map((cdr) => cdr.end));
  const records = told.cdrs.map((cdr) => ({
    text: write(cdr),
    // A transferred line's first record is written when the telephone leaves, all others at the end.
    atLocalSeconds: call.transfer === undefined ? end : cdr.end,
  }));
  if (isRefused) {
    const nothing = { talkSeconds: 0, isAnswered: false, code: '', outsideNumber: '', charge: undefined };
    return { records, truth: { ...truth, ...nothing, direction: 'none' } };
  }
  const { talkSeconds } = told;
  const charge = truth.charge === undefined ? undefined : chargeFor(call.outsideNumber, talkSeconds);
  return { records, truth: { ...truth, talkSeconds, charge } };
}

export const asteriskEncoder: CallEncoder = {
  formatIds: Object.keys(writers),
  heading(formatId) {
    if (formatId === 'asterisk-table') return `${TABLE_COLUMNS}\n`;
    return formatId === 'asterisk-ami' ? 'Asterisk Call Manager/5.0.2\r\n' : '';
  },
  encode,
};
