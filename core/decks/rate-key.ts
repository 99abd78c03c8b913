/** When two rates are the same row of a price list: one prefix under the same conditions. */
import { parseDecimal } from '../model/money.ts';
import type { StoredRate } from '../rating/tariff.ts';
import { withoutZeros } from './deck-numbers.ts';
import { writeSteps, writeVolumes } from './deck-words.ts';

const CONDITIONS = [
  'prefix',
  'period',
  'trunk',
  'accessCode',
  'direction',
  'originGroup',
  'localOnly',
  'minimumDigits',
  'maximumDigits',
] as const satisfies readonly (keyof StoredRate)[];

export function rateKey(rate: StoredRate): string {
  const { period, trunk, accessCode, direction, originGroup, localOnly, minimumDigits, maximumDigits } = rate;
  const isPlain =
    (period ?? trunk ?? accessCode ?? direction ?? originGroup ?? minimumDigits ?? maximumDigits) === undefined;
  if (isPlain && localOnly !== true) return rate.prefix;
  return CONDITIONS.map((key) => JSON.stringify(rate[key] ?? null)).join('|');
}

/** Keys of a rate that may differ between two versions of a row, in the order in which they are shown. */
export const COMPARED_KEYS = [
  'ratePerMinute',
  'steps',
  'initialSeconds',
  'incrementSeconds',
  'block',
  'connectionCharge',
  'disconnectionCharge',
  'minimumCharge',
  'maximumCharge',
  'graceSeconds',
  'freeSeconds',
  'connectTimeSeconds',
  'reject',
  'volumeGroup',
  'volumePrices',
  'effectiveFrom',
  'effectiveTo',
  'name',
  'nameVi',
  'category',
  'source',
] as const satisfies readonly (keyof StoredRate)[];
export type ComparedKey = (typeof COMPARED_KEYS)[number];

const ADDED: ReadonlySet<string> = new Set([
  'connectionCharge',
  'disconnectionCharge',
  'minimumCharge',
  'graceSeconds',
  'freeSeconds',
  'connectTimeSeconds',
]);

/** A value as text, so that what means the same is the same: `1.50` and `1.5`, a charge of nothing and none. */
export function comparedText(rate: StoredRate, key: ComparedKey): string {
  if (key === 'steps') return rate.steps === undefined ? '' : writeSteps(rate.steps);
  if (key === 'volumePrices') return rate.volumePrices === undefined ? '' : writeVolumes(rate.volumePrices);
  const value = rate[key];
  if (value === undefined || value === false || value === 'initial-then-increments') return '';
  if (key === 'initialSeconds' && value === (rate.incrementSeconds ?? 1)) return '';
  if (key === 'incrementSeconds' && value === 1) return '';
  const text = typeof value === 'string' && parseDecimal(value) !== undefined ? withoutZeros(value) : value;
  if (ADDED.has(key) && (text === 0 || text === '0')) return '';
  return String(text);
}
