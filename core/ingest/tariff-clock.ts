/** Which month a call belongs to for its tariff, and when that month's calls can lie. */
import type { LocalSeconds } from '../model/time.ts';
import { localDayOf, localSecondsOfDay, monthAfter } from '../model/time.ts';
import { afterUse, emptyMonth, type MonthState, readMonthUse } from '../rating/month-use.ts';
import type { CallSpan, TariffMonths } from '../store/tariff-months.ts';
import type { PricingTariffs, UsableVersion } from './tariff-set.ts';

interface CallMoment {
  readonly startLocalS: LocalSeconds;
  readonly utcOffsetMin: number;
}

/** No zone is further from UTC. */
const REACH_S = 14 * 3600;

/** Seconds since 1970 UTC. */
export function instantOf({ startLocalS, utcOffsetMin }: CallMoment): number {
  return startLocalS - utcOffsetMin * 60;
}

/** On the clock of the tariff, which is that of the PBX where it names none. */
export function startOnTariffClock({ zone }: Pick<UsableVersion, 'zone'>, call: CallMoment): LocalSeconds {
  return zone === undefined ? call.startLocalS : zone.localOfInstant(instantOf(call));
}

/** `YYYY-MM`. */
export function monthOnTariffClock(version: Pick<UsableVersion, 'zone'>, call: CallMoment): string {
  return localDayOf(startOnTariffClock(version, call)).slice(0, 7);
}

/** Holds every instant that is in the month on some clock. */
export function spanOfMonth(month: string): CallSpan {
  const first = localSecondsOfDay(`${month}-01`) ?? 0;
  return {
    fromInstantS: first - REACH_S,
    toInstantS: (localSecondsOfDay(`${monthAfter(month)}-01`) ?? first) + REACH_S,
  };
}

/** What the month's calls before an instant have used, by what is stored with them. */
export function storedMonthState(
  months: TariffMonths,
  tariffs: PricingTariffs,
  { tariffId, month, toInstantS }: { readonly tariffId: number; readonly month: string; readonly toInstantS?: number },
): MonthState {
  const span = spanOfMonth(month);
  let state = emptyMonth(month);
  for (const row of months.uses(tariffId, { ...span, ...(toInstantS !== undefined && { toInstantS }) })) {
    const version = tariffs.version(row.versionId);
    if (version !== undefined && monthOnTariffClock(version, row) === month) {
      state = afterUse(state, readMonthUse(row.monthUse));
    }
  }
  return state;
}
