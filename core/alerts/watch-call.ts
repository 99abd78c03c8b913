/** Runs every rule that is on over one call. Calls come in the order in which they were stored. */
import type { AlertKind, Finding, WatchedCall } from '../model/alert.ts';
import type { CallRule, WatchContext } from './case.ts';
import { costlyCall } from './rules/costly-call.ts';
import { longCall } from './rules/long-call.ts';
import { newCountry } from './rules/new-country.ts';
import { nightInternational } from './rules/night-international.ts';
import { premium } from './rules/premium.ts';
import { shortCalls } from './rules/short-calls.ts';
import { transfers } from './rules/transfers.ts';

const CALL_RULES = [
  ['night-international', nightInternational],
  ['premium', premium],
  ['long-call', longCall],
  ['short-calls', shortCalls],
  ['new-country', newCountry],
  ['transfers', transfers],
  ['costly-call', costlyCall],
] as const satisfies readonly (readonly [AlertKind, CallRule])[];

/** A call that is told again, because a later record belongs to it, counts once. */
export function watchCall(call: WatchedCall, context: WatchContext): readonly Finding[] {
  if (call.direction === 'internal' || call.direction === 'none') return [];
  return CALL_RULES.flatMap(([kind, rule]) => (context.rules[kind].isOn ? rule(call, context) : []));
}
