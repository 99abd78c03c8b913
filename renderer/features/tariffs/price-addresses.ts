/** Where stored calls are priced again, and where prices are compared, with the form there filled in. */
import { presetRange } from '../../site-day.ts';

export function rerateAddress(from: string | null, today: string): string {
  return from === null ? '/tariffs/rerate' : `/tariffs/rerate?from=${from}&to=${today}`;
}

/** Last month as it is priced, beside what it would have cost with a version. */
export function compareAddress(versionId: number, today: string): string {
  const { from, to } = presetRange('lastMonth', today);
  return `/tariffs/compare?from=${from}&to=${to}&version=${versionId}`;
}
