/** What a draft changes against the version before it. */
import type { TariffTerms, TariffVersion } from '../../../core/api/contract.ts';
import { compareDeck, type DeckDifference } from '../../../core/decks/difference.ts';
import { type DraftContent, ratesOf } from './rate-edits.ts';
import { publishedVersions } from './tariff-words.ts';

export interface TermChange {
  readonly key: keyof TariffTerms;
  readonly before: unknown;
  readonly after: unknown;
}

export interface DraftDifference {
  readonly rates: DeckDifference;
  readonly terms: readonly TermChange[];
}

export function compareContent(before: DraftContent, after: DraftContent): DraftDifference {
  const deck = ratesOf(after).map((rate, index) => ({ rate, rowNumber: index }));
  const keys = [...new Set([...Object.keys(before.terms), ...Object.keys(after.terms)])] as (keyof TariffTerms)[];
  return {
    rates: compareDeck(ratesOf(before), deck, 'replace'),
    terms: keys.flatMap((key) => {
      const [old, now] = [before.terms[key], after.terms[key]];
      return JSON.stringify(old) === JSON.stringify(now) ? [] : [{ key, before: old, after: now }];
    }),
  };
}

/** The published version that a version follows; undefined for the first. */
export function versionBefore(versions: readonly TariffVersion[], version: TariffVersion): TariffVersion | undefined {
  const published = publishedVersions({ versions: [...versions] }).filter(({ id }) => id !== version.id);
  if (version.state === 'draft') return published.at(-1);
  const from = version.effectiveFrom ?? '';
  return published.findLast(
    (other) =>
      (other.effectiveFrom ?? '') < from || ((other.effectiveFrom ?? '') === from && other.number < version.number),
  );
}
