/** Re-rates and comparisons of prices in the shape of the contract. */
import { createTranslate, type Language } from '../i18n/translate.ts';
import { BANDS, type Band } from '../model/call.ts';
import { formatScaled } from '../model/money.ts';
import type {
  RerateCall as StoredCall,
  ChargeChange as StoredChange,
  RerateRow as StoredRow,
  PriceSide as StoredSide,
  RerateTotals as StoredTotals,
} from '../store/rerate-difference.ts';
import { type Rerate as StoredRerate, WORKING_STATES } from '../store/rerates.ts';
import { callOf, moneyOf } from './call-view.ts';
import type { ChargeChange, PriceSide, Rerate, RerateCall, RerateRow, RerateTotals } from './contract.ts';
import type { ApiParts } from './parts.ts';
import { problemOf } from './problem.ts';

/** After less before, of before, with one decimal rounded half up; null where before was nothing. */
export function percentOf(before: bigint, after: bigint): string | null {
  if (before === 0n) return null;
  const [num, den] = before < 0n ? [before - after, -before] : [after - before, before];
  const size = num < 0n ? -num : num;
  const tenths = (size * 2000n + den) / (2n * den);
  return formatScaled(num < 0n ? -tenths : tenths, 1);
}

function changeOf({ currency, before, after }: StoredChange): ChargeChange {
  const money = (amountMicro: bigint) => moneyOf({ amountMicro, currency });
  return {
    before: money(before),
    after: money(after),
    difference: money(after - before),
    percent: percentOf(before, after),
  };
}

export function rerateTotalsOf({ charges, ...counts }: StoredTotals): RerateTotals {
  return { ...counts, charges: charges.map(changeOf) };
}

const isBand = (key: string): key is Band => (BANDS as readonly string[]).includes(key);

/** The reader's words for what is no name: bands, and calls of nobody or nowhere. */
export function groupName(
  { key, name }: { readonly key: string; readonly name: string | null },
  by: 'person' | 'department' | 'band' | 'month' | 'destination',
  language: Language,
): string {
  const t = createTranslate(language);
  if (by === 'band') return isBand(key) ? t(`common.band.${key}`) : key;
  if (by === 'month') return key;
  if (key !== '0') return name ?? key;
  if (by === 'person') return t('common.unattributed');
  return by === 'department' ? t('common.noDepartment') : t('common.noDestination');
}

export function rerateRowOf(
  { key, name, isClosed, ...totals }: StoredRow,
  by: 'person' | 'department' | 'band' | 'month',
  language: Language,
): RerateRow {
  return { key, isClosed, name: groupName({ key, name }, by, language), ...rerateTotalsOf(totals) };
}

function sideOf({ rating, chargeMicro, currency, tariffName, versionNumber }: StoredSide): PriceSide {
  const charge = chargeMicro === null || currency === null ? null : moneyOf({ amountMicro: chargeMicro, currency });
  return { rating, charge, tariffName, versionNumber };
}

export function rerateCallOf(
  { call, kind, before, after }: StoredCall,
  parts: ApiParts,
  language: Language,
): RerateCall {
  return { call: callOf(call, parts.mask(), language), kind, before: sideOf(before), after: sideOf(after) };
}

/** From how fast it went since it began or was taken up again. */
function secondsLeft(rerate: StoredRerate, nowMs: number): number | null {
  const done = rerate.callsDone - rerate.phaseDoneBefore;
  if (!WORKING_STATES.includes(rerate.state) || done <= 0) return null;
  const left = Math.max(0, rerate.callsTotal - rerate.callsDone);
  return Math.ceil((((nowMs - rerate.phaseStartedAtMs) / 1000) * left) / done);
}

export interface RerateStanding {
  readonly rules: string;
  /** The last one in force; undefined: none. */
  readonly lastAppliedId: number | undefined;
  readonly hasCurrent: boolean;
  readonly nowMs: number;
}

export function rerateOf(rerate: StoredRerate, standing: RerateStanding, language: Language): Rerate {
  const { only } = rerate;
  return {
    id: rerate.id,
    state: rerate.state,
    from: rerate.fromDay,
    to: rerate.toDay,
    tariffIds: only.tariffIds === undefined ? null : [...only.tariffIds],
    personIds: only.personIds === undefined ? null : [...only.personIds],
    trunks: only.trunks === undefined ? null : [...only.trunks],
    isUnratedOnly: only.isUnratedOnly === true,
    callsDone: rerate.callsDone,
    callsTotal: Math.max(rerate.callsTotal, rerate.callsDone),
    secondsLeft: secondsLeft(rerate, standing.nowMs),
    callsLeft: rerate.callsLeft,
    problem: rerate.problem === null ? null : problemOf(rerate.problem, language),
    startedAtMs: rerate.startedAtMs,
    applied: rerate.applied,
    takenBack: rerate.takenBack,
    canTakeBack:
      rerate.id === standing.lastAppliedId &&
      (rerate.state === 'applying' || (rerate.state === 'applied' && !standing.hasCurrent)),
    isOutdated: rerate.state === 'ready' && rerate.rules !== standing.rules,
  };
}
