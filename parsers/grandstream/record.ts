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

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Names the CDR engine gives to what the UCM calls otherwise; `-`: says nothing that another field does not. */
const ENGINE_NAMES: Readonly<Record<string, string>> = {
  session: 'linkedid',
  amaflags: '-',
  service: '-',
  dstanswer: '-',
  recordfiles: '-',
  action_owner: '-',
};

const layouts = new WeakMap<readonly string[], CdrLayout>();

/** Neighbouring rows have the same columns. */
let lastNames: readonly string[] = [];
let lastLayout: CdrLayout = cdrLayout([]);

function layoutFor(names: readonly string[]): CdrLayout {
  if (names === lastNames) return lastLayout;
  const layout = layouts.get(names) ?? cdrLayout(names.map((name) => ENGINE_NAMES[name] ?? name));
  layouts.set(names, layout);
  [lastNames, lastLayout] = [names, layout];
  return layout;
}

/** Writes what newer firmware says itself: direction, both ends, trunks. */
function complete(record: Mutable<CallRecord>): void {
  const { extra = {} } = record;
  const name = extra['caller_name'];
  if (record.callerName === undefined && name !== undefined) record.callerName = name;
  const direction = DIRECTIONS[(extra['userfield'] ?? '').toLowerCase()];
  if (direction === undefined) return;
  record.direction = direction;
  const caller = extra['channel_ext'] ?? extra['chanext'];
  const called = extra['dstchannel_ext'] ?? extra['dstchanext'];
  const extension =
    direction === 'incoming' ? called : direction === 'tandem' ? undefined : (caller ?? record.callerNumber);
  if (extension !== undefined) record.extension = extension;
  if (direction === 'internal') return;
  const [source, destination] = [extra['src_trunk_name'], extra['dst_trunk_name']];
  const trunk = direction === 'outgoing' ? destination : source;
  if (trunk !== undefined) record.trunk = trunk;
  if (direction === 'tandem' && destination !== undefined) record.trunkOut = destination;
}

const ACCOUNT_ID = /^\d*$/;

export function recordOf(
  names: readonly string[],
  values: readonly string[],
  decode: (text: string) => string,
): ParseOutcome {
  const id = names[0] === 'acctid' ? values[0] : values[names.indexOf('acctid')];
  if (id !== undefined && !ACCOUNT_ID.test(id)) return { kind: 'malformed', reason: 'bad-account-id' };
  const outcome = cdrOutcome(layoutFor(names), values, decode);
  if (outcome.kind === 'call') complete(outcome.record);
  return outcome;
}
