/** Writes CDR records as Asterisk does, so that tests can say what happened instead of eighteen columns. */

import type { AssembledCall } from '../../core/model/call.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { createAssembler } from '../../parsers/assembler.ts';
import { asteriskAmi } from '../../parsers/asterisk/asterisk-ami.ts';
import { asteriskCsv } from '../../parsers/asterisk/asterisk-csv.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import type { FormatDefinition, FormatOptions } from '../../parsers/types.ts';

export interface Cdr {
  readonly account?: string;
  readonly src: string;
  readonly dst: string;
  readonly context?: string;
  readonly channel: string;
  readonly to?: string;
  readonly app?: string;
  readonly data?: string;
  /** Seconds after 09:00:00 on the day. */
  readonly start: number;
  /** Absent: never answered. */
  readonly answer?: number;
  readonly end: number;
  readonly disposition?: 'ANSWERED' | 'NO ANSWER' | 'BUSY' | 'FAILED' | 'CONGESTION';
  /** Serial of the channel's uniqueid, and the second after 09:00:00 at which the channel was made. */
  readonly id: number;
  readonly born?: number;
  readonly linked?: number;
  readonly sequence?: number;
}

/** 2026-11-16 09:00:00 at UTC+7. */
const NINE_EPOCH = Date.UTC(2026, 10, 16, 2) / 1000;

const printed = (second: number): string =>
  new Date(Date.UTC(2026, 10, 16, 9) + second * 1000).toISOString().slice(0, 19).replace('T', ' ');

function valuesOf(cdr: Cdr) {
  const billsec = cdr.answer === undefined ? 0 : cdr.end - cdr.answer;
  return {
    account: cdr.account ?? '',
    clid: `"${cdr.src}" <${cdr.src}>`,
    context: cdr.context ?? 'phones',
    to: cdr.to ?? '',
    app: cdr.app ?? 'Dial',
    data: cdr.data ?? '',
    start: printed(cdr.start),
    answer: cdr.answer === undefined ? '' : printed(cdr.answer),
    end: printed(cdr.end),
    duration: cdr.end - cdr.start,
    billsec,
    disposition: cdr.disposition ?? (cdr.answer === undefined ? 'NO ANSWER' : 'ANSWERED'),
    uniqueid: `${NINE_EPOCH + (cdr.born ?? cdr.start)}.${cdr.id}`,
    linkedid: cdr.linked === undefined ? '' : `${NINE_EPOCH}.${cdr.linked}`,
  };
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

export function csvLine(cdr: Cdr): string {
  const v = valuesOf(cdr);
  const strings = [v.account, cdr.src, cdr.dst, v.context, v.clid, cdr.channel, v.to, v.app, v.data];
  const times = [quoted(v.start), v.answer === '' ? '' : quoted(v.answer), quoted(v.end)];
  const tail = [v.duration, v.billsec, quoted(v.disposition), '"DOCUMENTATION"', quoted(v.uniqueid), '""'];
  return `${[...strings.map(quoted), ...times, ...tail].join(',')}\n`;
}

export function amiEvent(cdr: Cdr): string {
  const v = valuesOf(cdr);
  const lines = [
    'Event: Cdr',
    'Privilege: cdr,all',
    `AccountCode: ${v.account}`,
    `Source: ${cdr.src}`,
    `Destination: ${cdr.dst}`,
    `DestinationContext: ${v.context}`,
    `CallerID: ${v.clid}`,
    `Channel: ${cdr.channel}`,
    `DestinationChannel: ${v.to}`,
    `LastApplication: ${v.app}`,
    `LastData: ${v.data}`,
    `StartTime: ${v.start}`,
    `AnswerTime: ${v.answer}`,
    `EndTime: ${v.end}`,
    `Duration: ${v.duration}`,
    `BillableSeconds: ${v.billsec}`,
    `Disposition: ${v.disposition}`,
    'AMAFlags: DOCUMENTATION',
    `UniqueID: ${v.uniqueid}`,
    'UserField: ',
    ...(v.linkedid === '' ? [] : [`Linkedid: ${v.linkedid}`]),
    ...(cdr.sequence === undefined ? [] : [`Sequence: ${cdr.sequence}`]),
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** The calls a stream makes, in the order of their first records. */
export function callsOf(format: FormatDefinition, text: string, options: FormatOptions = {}): AssembledCall[] {
  const assembler = createAssembler(format, options);
  const calls = new Map<number, AssembledCall>();
  for (const { outcome, offset, length } of parseText(format, options, text)) {
    if (outcome.kind === 'noise') continue;
    if (outcome.kind !== 'call') throw new Error(`record refused: ${JSON.stringify(outcome)}`);
    const entry = {
      record: outcome.record,
      part: false,
      doubts: outcome.doubts ?? [],
      sourceOffset: offset,
      byteLength: length,
    };
    const step = assembler.push(entry, comparableSeconds(outcome.record.start));
    calls.set(step.firstOffset, step.call);
  }
  return [...calls.values()];
}

export const callsOfCsv = (cdrs: readonly Cdr[], options: FormatOptions = {}): AssembledCall[] =>
  callsOf(asteriskCsv, cdrs.map(csvLine).join(''), options);

export const callsOfAmi = (cdrs: readonly Cdr[], options: FormatOptions = {}): AssembledCall[] =>
  callsOf(asteriskAmi, cdrs.map(amiEvent).join(''), options);
