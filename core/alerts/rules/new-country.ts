/** A country that this site never called before. One call is business; several within a day are looked at. */

import { isTalkedOut, type WatchedCall } from '../../model/alert.ts';
import { DAY_S, dayOf } from '../../model/office-calendar.ts';
import { type CallRule, dayTextOf, findingOf, isNight, logCall, type WatchContext } from '../case.ts';
import type { WatchState } from '../watch-state.ts';

const KIND = 'new-country';
const STATE = 'countries';

interface Countries {
  /** The first day with a call. */
  readonly firstDay: number;
  /** Start of the first call of each country, seconds on the site's clock. */
  readonly firstCalls: Readonly<Record<string, number>>;
  /** Countries that were new when learning was over, and are looked at for a day. */
  readonly fresh: readonly string[];
}

function read(state: WatchState, scope: string): Countries | undefined {
  const value = state.get(`${scope}${STATE}`);
  return value === undefined ? undefined : (value as unknown as Countries);
}

function write(state: WatchState, scope: string, { firstDay, firstCalls, fresh }: Countries): void {
  state.set(`${scope}${STATE}`, { firstDay, firstCalls: { ...firstCalls }, fresh: [...fresh] }, true);
}

/** What calls of the past say of the countries that are called here; nothing is told of them. */
export function learnCountry(call: WatchedCall, state: WatchState, scope: string): void {
  if (!isTalkedOut(call)) return;
  const known = read(state, scope);
  const day = dayOf(call.startLocalS);
  const firstDay = Math.min(known?.firstDay ?? day, day);
  const { country } = call;
  const first = country === null ? undefined : known?.firstCalls[country];
  const isNews = country !== null && (first === undefined || first > call.startLocalS);
  if (firstDay === known?.firstDay && !isNews) return;
  write(state, scope, {
    firstDay,
    firstCalls: isNews ? { ...known?.firstCalls, [country]: call.startLocalS } : (known?.firstCalls ?? {}),
    fresh: known?.fresh.filter((other) => other !== country) ?? [],
  });
}

/** The countries as they are with this call. */
function withCall(call: WatchedCall, country: string, learningDays: number, context: WatchContext): Countries {
  const { state, scope } = context;
  const known = read(state, scope) ?? { firstDay: dayOf(call.startLocalS), firstCalls: {}, fresh: [] };
  if (known.firstCalls[country] !== undefined) return known;
  const isLearning = dayOf(call.startLocalS) - known.firstDay < learningDays;
  const next = {
    ...known,
    firstCalls: { ...known.firstCalls, [country]: call.startLocalS },
    fresh: isLearning ? known.fresh : [...known.fresh, country],
  };
  write(state, scope, next);
  return next;
}

export const newCountry: CallRule = (call, context) => {
  if (!isTalkedOut(call)) return [];
  const { state, scope } = context;
  const rule = context.rules[KIND];
  if (call.country === null) {
    if (read(state, scope) === undefined) learnCountry(call, state, scope);
    return [];
  }
  const { country } = call;
  const countries = withCall(call, country, rule.learningDays, context);
  const first = countries.firstCalls[country];
  if (first === undefined || !countries.fresh.includes(country)) return [];
  if (Math.abs(call.startLocalS - first) >= DAY_S) return [];
  const key = `${KIND}:${country}:${dayOf(first)}`;
  const log = logCall(call, key, context);
  const isAtNight = isNight(call.startLocalS, context);
  const isTold = state.get(`${scope}${key}:told`) === true;
  if (!isTold && log.count < rule.calls && log.seconds < rule.minutes * 60 && !isAtNight) return [];
  state.set(`${scope}${key}:told`, true);
  const values = {
    country,
    day: dayTextOf(dayOf(first)),
    extension: call.extension ?? '',
    number: call.number ?? '',
    since: dayTextOf(countries.firstDay),
    limitCalls: rule.calls,
    limitMinutes: rule.minutes,
  };
  return [findingOf(KIND, rule.severity, key, log, values, context)];
};
