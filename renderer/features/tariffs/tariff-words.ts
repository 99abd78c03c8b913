/** What several pages say of versions. */
import type { Tariff, TariffVersion } from '../../../core/api/contract.ts';

function byBeginning(a: TariffVersion, b: TariffVersion): number {
  const [from, other] = [a.effectiveFrom ?? '', b.effectiveFrom ?? ''];
  return from < other ? -1 : from > other ? 1 : a.number - b.number;
}

/** In the order in which they hold. */
export function publishedVersions({ versions }: Pick<Tariff, 'versions'>): readonly TariffVersion[] {
  return versions.filter(({ state }) => state === 'published').toSorted(byBeginning);
}

/** The version that is in force, and the one that follows it. */
export function presentAndNext(tariff: Pick<Tariff, 'versions'>): {
  readonly present: TariffVersion | undefined;
  readonly next: TariffVersion | undefined;
} {
  const published = publishedVersions(tariff);
  const at = published.findIndex(({ isPresent }) => isPresent);
  return { present: published[at], next: published[at + 1] };
}

/** Page of a version. */
export function addressOf({ tariffId, id }: Pick<TariffVersion, 'tariffId' | 'id'>): string {
  return `/tariffs/${tariffId}/versions/${id}`;
}
