/**
 * From 3CX lines to calls. A queue or ring-group call is one line. Legs of a transfer are tied by the first part of the call
 * id where that is the same; nothing weaker ties them, for two calls shown as one would hide one.
 */

import type { CallRecord } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { cleanNumber, type DirectionFound } from '../assembly.ts';
import type { Assembly } from '../types.ts';
import { type WholeCallRules, wholeCall } from '../whole-call.ts';
import { isPseudoParty } from './parties.ts';

function direction(record: CallRecord): DirectionFound {
  if (record.direction !== undefined) return { direction: record.direction, isGuessed: false };
  const { 'from-no': from, 'to-no': to } = record.extra ?? {};
  // The line of a pickup, of a hang-up function or of click-to-call stands beside the call's own line.
  if (isPseudoParty(from) || isPseudoParty(to)) return { direction: 'none', isGuessed: false };
  return { direction: record.trunk === undefined ? 'internal' : 'outgoing', isGuessed: true };
}

const rules: WholeCallRules = {
  codeFields: ['account'],
  direction,
  // After a forwarding the digits dialled are an extension; who was reached over the line stands in to-no.
  outsideNumber(record, found) {
    if (found === 'incoming') return cleanNumber(record.callerNumber).number;
    if (found !== 'outgoing' && found !== 'tandem') return undefined;
    return cleanNumber(record.extra?.['to-no']).number ?? cleanNumber(record.dialedNumber).number;
  },
  ringSeconds(record) {
    const [start, until] = [comparableSeconds(record.start), comparableSeconds(record.answer ?? record.end)];
    return start === undefined || until === undefined || until < start ? undefined : until - start;
  },
  principal: (records) =>
    records.find((record) => record.direction === 'outgoing' && record.answered === true) ??
    records.find((record) => record.direction !== undefined && record.answered === true) ??
    records.find((record) => record.direction !== undefined),
};

export const threeCxAssembly: Assembly = {
  windowSeconds: 12 * 3600,
  keys: (record) => (record.linkedId === undefined ? [] : [`call:${record.linkedId}`]),
  combine: (records) => wholeCall(records, rules),
};
