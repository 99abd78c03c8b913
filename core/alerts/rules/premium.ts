/** Calls of one extension to premium numbers in a day. A few are ordinary: banks and taxis answer at such numbers. */

import { isTalkedOut } from '../../model/alert.ts';
import { dayOf } from '../../model/office-calendar.ts';
import { type CallRule, dayTextOf, findingOf, logCall } from '../case.ts';

export const premium: CallRule = (call, context) => {
  if (!isTalkedOut(call) || call.band !== 'premium') return [];
  const rule = context.rules.premium;
  const day = dayOf(call.startLocalS);
  const key = `premium:${day}:${call.extension ?? ''}`;
  const log = logCall(call, key, context);
  // One long call is told as such.
  const isLong = log.count > 1 && log.seconds >= rule.minutes * 60;
  if (log.count < rule.calls && !isLong) return [];
  const values = {
    day: dayTextOf(day),
    extension: call.extension ?? '',
    limitCalls: rule.calls,
    limitMinutes: rule.minutes,
  };
  return [findingOf('premium', rule.severity, key, log, values, context)];
};
