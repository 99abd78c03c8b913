/** International calls while nobody should be there: one alert a night, whichever extensions they come from. */
import { isTalkedOut } from '../../model/alert.ts';
import { type CallRule, dayTextOf, findingOf, isNight, logCall, nightOf } from '../case.ts';

const KIND = 'night-international';

interface Busiest {
  readonly extension: string;
  readonly calls: number;
}

export const nightInternational: CallRule = (call, context) => {
  if (!isTalkedOut(call) || call.band !== 'international' || !isNight(call.startLocalS, context)) return [];
  const { state, scope } = context;
  const rule = context.rules[KIND];
  const night = nightOf(call.startLocalS);
  const key = `${KIND}:${night}`;
  const extension = call.extension ?? '';
  const ofSite = logCall(call, key, context);
  const ofExtension = logCall(call, `${key}:${extension}`, context);
  const known = state.get(`${scope}${key}:busiest`) as [string, number] | undefined;
  const before: Busiest = { extension: known?.[0] ?? extension, calls: known?.[1] ?? 0 };
  const busiest = ofExtension.count >= before.calls ? { extension, calls: ofExtension.count } : before;
  state.set(`${scope}${key}:busiest`, [busiest.extension, busiest.calls]);
  const isOver =
    ofExtension.count >= rule.calls || ofExtension.seconds >= rule.minutes * 60 || ofSite.count >= rule.siteCalls;
  const isTold = state.get(`${scope}${key}:told`) === true;
  if (!isOver && !isTold) return [];
  state.set(`${scope}${key}:told`, true);
  const values = {
    night: dayTextOf(night),
    extension: busiest.extension,
    extensionCalls: busiest.calls,
    limitCalls: rule.calls,
    limitMinutes: rule.minutes,
    limitSiteCalls: rule.siteCalls,
  };
  return [findingOf(KIND, rule.severity, key, ofSite, values, context)];
};
