/**
 * Rows of one UCM call share their session (newer firmware), else the uniqueid. Rows of `ForkCDR` and of `Local/` channels
 * say again what another row says. In a queue the row that a telephone answered tells whose call it was and how long.
 */

import type { CallRecord } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';
import { cleanNumber, type DirectionFound } from '../assembly.ts';
import type { Assembly } from '../types.ts';
import { type WholeCallRules, wholeCall } from '../whole-call.ts';

const LONGEST_EXTENSION = 6;

const extraOf = (record: CallRecord, name: string): string => record.extra?.[name] ?? '';

const isRepeat = (record: CallRecord): boolean =>
  extraOf(record, 'lastapp') === 'ForkCDR' || extraOf(record, 'channel').startsWith('Local/');

const isShort = (number: string | undefined): boolean =>
  number !== undefined && /^\d+$/.test(number) && number.length <= LONGEST_EXTENSION;

/** Old firmware does not print the direction: what contexts, trunks and both ends say, as a guess. */
function direction(record: CallRecord): DirectionFound {
  if (record.direction !== undefined) return { direction: record.direction, isGuessed: false };
  const [source, destination] = [extraOf(record, 'src_trunk_name'), extraOf(record, 'dst_trunk_name')];
  if (source !== '' || destination !== '') {
    return { direction: source === '' ? 'outgoing' : destination === '' ? 'incoming' : 'tandem', isGuessed: true };
  }
  const context = extraOf(record, 'dcontext');
  if (/^(?:ext-did|from-trunk|from-pstn|from-did)/.test(context)) return { direction: 'incoming', isGuessed: true };
  const bothInside = extraOf(record, 'channel_ext') !== '' && extraOf(record, 'dstchannel_ext') !== '';
  if (bothInside || context === 'ext-local') return { direction: 'internal', isGuessed: true };
  // A wrong code or a feature reaches no second channel.
  if (extraOf(record, 'dstchannel') === '') return { direction: 'none', isGuessed: true };
  return { direction: isShort(record.dialedNumber) ? 'internal' : 'outgoing', isGuessed: true };
}

const isTaken = (record: CallRecord): boolean =>
  record.answered === true && (extraOf(record, 'dstchannel') !== '' || record.extension !== undefined);

const rules: WholeCallRules = {
  codeFields: ['account'],
  direction,
  outsideNumber(record, found) {
    if (found === 'incoming') return cleanNumber(record.callerNumber).number;
    // `s` stands for digits that an analogue line did not tell.
    return found === 'outgoing' || found === 'tandem' ? cleanNumber(record.dialedNumber).number : undefined;
  },
  ringSeconds(record) {
    const [start, until] = [comparableSeconds(record.start), comparableSeconds(record.answer ?? record.end)];
    return start === undefined || until === undefined || until < start ? undefined : until - start;
  },
  principal(records) {
    const own = records.filter((record) => !isRepeat(record));
    return own.find(isTaken) ?? own[0];
  },
  talking(records) {
    const own = records.filter((record) => !isRepeat(record));
    const kept = own.length > 0 ? own : records;
    const taken = kept.filter(isTaken);
    return taken.length > 0 ? taken : kept;
  },
};

function withExtension(record: CallRecord): CallRecord {
  if (record.extension !== undefined) return record;
  const { direction: found } = direction(record);
  const extension =
    found === 'incoming'
      ? extraOf(record, 'dstchannel_ext') || (isShort(record.dialedNumber) ? record.dialedNumber : '')
      : found === 'tandem'
        ? ''
        : extraOf(record, 'channel_ext') || (isShort(record.callerNumber) ? record.callerNumber : '');
  return extension === undefined || extension === '' ? record : { ...record, extension };
}

export const grandstreamAssembly: Assembly = {
  windowSeconds: 12 * 3600,
  keys: (record) => [
    ...(record.linkedId === undefined ? [] : [`session:${record.linkedId}`]),
    ...(record.callId === undefined ? [] : [`id:${record.callId}`]),
  ],
  combine(items) {
    const call = wholeCall(items, rules);
    return { ...call, record: withExtension(call.record) };
  },
};
