/**
 * 3CX: one line a call in the usual order of 27 fields. The clock is UTC, and so is the moment inside the call id. A bill
 * code is dialled behind the number and never checked.
 */
import { localText } from '../../model/time.ts';
import { type CallEncoder, type EncodedCall, endOf, fullTruth } from '../encoder.ts';
import { longDuration } from '../printed.ts';
import type { SimulatedCall } from '../traffic.ts';

/** The simulated office keeps the time of Vietnam. */
const UTC_OFFSET_SECONDS = 7 * 3600;
const FIRST_HISTORY_ID = 23_000;
const FIRST_TRUNK = 10_000;

const printed = (localSeconds: number): string =>
  localText(localSeconds - UTC_OFFSET_SECONDS)
    .slice(0, 19)
    .replaceAll('-', '/')
    .replace('T', ' ');

interface Party {
  /** As printed in from-no and to-no. */
  readonly mark: string;
  readonly dn: string;
  readonly type: 'Extension' | 'Line';
}

const telephone = (extension: string): Party => ({ mark: `Ext.${extension}`, dn: extension, type: 'Extension' });

function lineText(call: SimulatedCall): string {
  const end = endOf(call);
  const outside: Party = { mark: call.outsideNumber, dn: String(FIRST_TRUNK + Number(call.trunk)), type: 'Line' };
  const own = telephone(call.extension);
  const [from, to] =
    call.direction === 'incoming'
      ? [outside, own]
      : [own, call.direction === 'internal' ? telephone(call.insideNumber) : outside];
  const number = to.mark.replace('Ext.', '');
  const milliseconds = (call.startLocalSeconds - UTC_OFFSET_SECONDS) * 1000 + (call.serial % 1000);
  const final = call.transfer === undefined ? undefined : telephone(call.transfer.extension);
  const chain = [from, to, ...(final === undefined ? [] : [final])].map((party) => `${party.mark};`).join('');
  return `${[
    `Call ${FIRST_HISTORY_ID + call.serial}`,
    `${milliseconds.toString(16).toUpperCase().padStart(16, '0')}_${call.serial}`,
    call.isAnswered ? longDuration(call.talkSeconds) : '',
    printed(call.startLocalSeconds),
    call.isAnswered ? printed(call.startLocalSeconds + call.ringSeconds) : '',
    printed(end),
    call.isAnswered ? (call.serial % 2 === 0 ? 'TerminatedBySrc' : 'TerminatedByDst') : 'Failed_Cancelled',
    from.mark,
    to.mark,
    from.dn,
    to.dn,
    call.codeDialled === '' ? number : `${number}**${call.codeDialled}`,
    final === undefined ? '' : 'ReplacedSrc',
    final?.mark ?? '',
    final?.dn ?? '',
    call.codeDialled,
    '',
    '',
    '',
    call.isAnswered ? `Chain: ${chain}` : '',
    from.type,
    to.type,
    final?.type ?? '',
    // A name with a comma shifts what follows.
    call.serial % 7 === 0 && from === own ? 'Nguyen, An' : from.dn,
    to.dn,
    final?.dn ?? '',
    '',
  ].join(',')}\r\n`;
}

function encode(call: SimulatedCall): EncodedCall {
  return { records: [{ text: lineText(call), atLocalSeconds: endOf(call) }], truth: fullTruth(call) };
}

export const threeCxEncoder: CallEncoder = { formatIds: ['3cx-cdr'], encode };
