/**
 * A stored tariff in the interchange form that other programs read. What only explains a price (Vietnamese names,
 * category, source) is left out; what makes one has no place there and is refused.
 */
import { STORED_RATE_EXTRA_KEYS, STORED_TARIFF_EXTRA_KEYS } from './parse-extensions.ts';
import { type ParsedTariff, parseTariff } from './parse-tariff.ts';
import type { StoredTariff, Tariff, TariffProblem } from './tariff.ts';

const WORDS_ONLY: ReadonlySet<string> = new Set(['nameVi', 'category', 'source']);

/** True for a stored key that changes no price of this tariff. */
function isNeutral(tariff: StoredTariff, key: string, value: unknown): boolean {
  if (WORDS_ONLY.has(key) || value === undefined || value === false) return true;
  if (Array.isArray(value)) {
    const isOfUse = key !== 'areaGroups' || tariff.rates.some((rate) => rate.localOnly ?? rate.originGroup);
    return value.length === 0 || !isOfUse;
  }
  switch (key) {
    case 'durationRounding':
      return value === 'up';
    case 'taxPoint':
      return value === 'call' || Number(tariff.taxPercent ?? 0) === 0;
    case 'pricesIncludeTax':
      return Number(tariff.taxPercent ?? 0) === 0;
    case 'origin':
      return !tariff.rates.some((rate) => rate.localOnly ?? rate.originGroup);
    case 'volumeMethod':
    case 'volumeGroup':
      return !tariff.rates.some(({ volumePrices }) => (volumePrices?.length ?? 0) > 0);
    default:
      return Number(value) === 0;
  }
}

function without(value: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

export function toInterchange(stored: StoredTariff): ParsedTariff<Tariff> {
  const problems: TariffProblem[] = [];
  const refuse = (path: string, key: string): void => {
    problems.push({ path, code: 'not-interchange', values: { key } });
  };
  for (const key of STORED_TARIFF_EXTRA_KEYS) if (!isNeutral(stored, key, stored[key])) refuse(key, key);
  stored.rates.forEach((rate, i) => {
    for (const key of STORED_RATE_EXTRA_KEYS) {
      if (!isNeutral(stored, key, rate[key])) refuse(`rates[${i}].${key}`, key);
    }
  });
  if (problems.length > 0) return { problems };
  const rates = stored.rates.map((rate) => without(rate, STORED_RATE_EXTRA_KEYS));
  return parseTariff({ ...without(stored, STORED_TARIFF_EXTRA_KEYS), rates });
}
