/** One call that lasts for hours: a line that was never let go, or somebody's resold minutes. */
import { isTalkedOut } from '../../model/alert.ts';
import { type CallRule, findingOfCall, minutesOf } from '../case.ts';

export const longCall: CallRule = (call, context) => {
  if (!isTalkedOut(call)) return [];
  const rule = context.rules['long-call'];
  const hours =
    call.band === 'premium' ? rule.premiumHours : call.band === 'international' ? rule.internationalHours : rule.hours;
  if (call.talkSeconds < hours * 3600) return [];
  const values = {
    extension: call.extension ?? '',
    number: call.number ?? '',
    band: call.band,
    minutes: minutesOf(call.talkSeconds),
    limitHours: hours,
  };
  return [findingOfCall('long-call', rule.severity, call, values, context)];
};
