/** Calls that came in by one outside line and left by another: a forwarded telephone, or somebody who calls through. */

import { isTalkedOut } from '../../model/alert.ts';
import { dayOf } from '../../model/office-calendar.ts';
import { type CallRule, dayTextOf, findingOf, isNight, logCall, nightOf } from '../case.ts';
import { CaseLog } from '../watch-state.ts';

const KIND = 'transfers';
/** The gravest first. */
const WAYS = ['abroad', 'night', 'day'] as const;

export const transfers: CallRule = (call, context) => {
  if (call.direction !== 'tandem' || !isTalkedOut(call)) return [];
  const { state, scope } = context;
  const rule = context.rules[KIND];
  const isAtNight = isNight(call.startLocalS, context);
  const isAbroad = call.band === 'international' || call.band === 'premium';
  const day = isAtNight ? nightOf(call.startLocalS) : dayOf(call.startLocalS);
  const key = `${KIND}:${day}`;
  const logIf = (isSo: boolean, logKey: string): CaseLog =>
    isSo ? logCall(call, logKey, context) : CaseLog.read(state.get(`${scope}${logKey}`));
  const logs = {
    abroad: logIf(isAbroad, `${key}:abroad`),
    night: logIf(isAtNight, `${key}:night`),
    day: logIf(true, key),
  };
  const limits = { abroad: rule.internationalCalls, night: rule.nightCalls, day: rule.dayCalls };
  const why = WAYS.find((way) => logs[way].count >= limits[way]);
  const told = state.get(`${scope}${key}:told`);
  const reason = WAYS.find((way) => way === told) ?? why;
  if (reason === undefined || !logs[reason].calls.some(({ id }) => id === call.id)) return [];
  state.set(`${scope}${key}:told`, reason);
  const values = {
    why: reason,
    day: dayTextOf(day),
    trunk: call.trunk ?? '',
    number: call.number ?? '',
    limitCalls: limits[reason],
  };
  return [findingOf(KIND, rule.severity, key, logs[reason], values, context)];
};
