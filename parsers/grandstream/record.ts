/** Named fields of a Grandstream UCM record -> the record. The PBX is built on Asterisk, and so are its fields. */
import type { CallRecord, RecordDirection } from '../../core/model/call-record.ts';
import { type CdrLayout, cdrLayout, cdrOutcome } from '../asterisk/cdr-record.ts';
import type { ParseOutcome } from '../types.ts';

const DIRECTIONS: Readonly<Record<string, RecordDirection>> = {
  inbound: 'incoming',
  outbound: 'outgoing',
  internal: 'internal',
  external: 'tandem',
};

/** Names the CDR engine gives to what the UCM calls otherwise. */
const ENGINE_NAMES: Readonly<Record<string, string>> = { session: 'linkedid' };

let last: { readonly key: string; readonly layout: CdrLayout } | undefined;

/** Lines of one file have the same columns. */
function layoutFor(names: readonly string[]): CdrLayout {
  const key = names.join();
  if (last?.key !== key) last = { key, layout: cdrLayout(names.map((name) => ENGINE_NAMES[name] ?? name)) };
  return last.layout;
}

const firstOf = (...values: readonly (string | undefined)[]): string | undefined =>
  values.find((value) => value !== undefined && value !== '');

/** What newer firmware says itself: direction, both ends, trunks. */
function completed(record: CallRecord): CallRecord {
  const { extra = {} } = record;
  const direction = DIRECTIONS[(extra['userfield'] ?? '').toLowerCase()];
  const name = record.callerName ?? firstOf(extra['caller_name']);
  const base = { ...record, ...(name === undefined ? {} : { callerName: name }) };
  if (direction === undefined) return base;
  const [caller, called] = [
    firstOf(extra['channel_ext'], extra['chanext']),
    firstOf(extra['dstchannel_ext'], extra['dstchanext']),
  ];
  const isIncoming = direction === 'incoming';
  const extension = isIncoming ? called : direction === 'tandem' ? undefined : (caller ?? record.callerNumber);
  const [source, destination] = [extra['src_trunk_name'], extra['dst_trunk_name']];
  const trunk = direction === 'internal' ? undefined : direction === 'outgoing' ? destination : source;
  return {
    ...base,
    direction,
    ...(extension === undefined ? {} : { extension }),
    ...(trunk === undefined ? {} : { trunk }),
    ...(direction === 'tandem' && destination !== undefined ? { trunkOut: destination } : {}),
  };
}

const ACCOUNT_ID = /^\d*$/;

export function recordOf(
  names: readonly string[],
  values: readonly string[],
  decode: (text: string) => string,
): ParseOutcome {
  const id = values[names.indexOf('acctid')];
  if (id !== undefined && !ACCOUNT_ID.test(id)) return { kind: 'malformed', reason: 'bad-account-id' };
  const outcome = cdrOutcome(layoutFor(names), values, decode);
  return outcome.kind === 'call' ? { ...outcome, record: completed(outcome.record) } : outcome;
}
