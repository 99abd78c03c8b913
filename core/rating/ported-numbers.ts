/** Numbers that changed their operator and kept their digits: which digits tell their price. */
import { type LocalSeconds, localSecondsOfDay } from '../model/time.ts';
import type { PortedNumber } from './tariff.ts';

export interface PortedTable {
  /** The number as if it had begun with the present operator's digits; undefined where it is not ported at that time. */
  ratedAs(number: string, local: LocalSeconds): string | undefined;
}

interface Port {
  readonly fromLocal: LocalSeconds;
  readonly ratedAs: string;
}

/** Undefined for an empty list. A number that was ported twice is rated by the last port that has begun. */
export function portedTable(ported: readonly PortedNumber[]): PortedTable | undefined {
  if (ported.length === 0) return undefined;
  const ports = new Map<string, Port[]>();
  for (const { number, ratedAs, from } of ported) {
    const fromLocal = (from === undefined ? undefined : localSecondsOfDay(from)) ?? Number.NEGATIVE_INFINITY;
    const port = { fromLocal, ratedAs: ratedAs + number.slice(ratedAs.length) };
    ports.set(number, [...(ports.get(number) ?? []), port]);
  }
  for (const list of ports.values()) list.sort((a, b) => (a.fromLocal < b.fromLocal ? -1 : 1));
  return {
    ratedAs: (number, local) => ports.get(number)?.findLast(({ fromLocal }) => fromLocal <= local)?.ratedAs,
  };
}
