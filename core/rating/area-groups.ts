/** Which area a number lies in on a day: sets of area codes between which calls are local. */
import { type LocalSeconds, localSecondsOfDay } from '../model/time.ts';
import type { AreaGroup } from './tariff.ts';

export interface AreaTable {
  /** Of the longest prefix that begins the number on that day; undefined where no group holds it. */
  groupOf(number: string, local: LocalSeconds): string | undefined;
}

interface Span {
  readonly name: string;
  readonly fromLocal: LocalSeconds;
  readonly toLocal: LocalSeconds;
}

function spanOf(group: AreaGroup): Span {
  const { name, validFrom, validTo } = group;
  return {
    name,
    fromLocal: (validFrom === undefined ? undefined : localSecondsOfDay(validFrom)) ?? Number.NEGATIVE_INFINITY,
    toLocal: (validTo === undefined ? undefined : localSecondsOfDay(validTo)) ?? Number.POSITIVE_INFINITY,
  };
}

/** Of two groups that hold one prefix on one day the one that began later, then the first by name. */
function laterFirst(a: Span, b: Span): number {
  if (a.fromLocal !== b.fromLocal) return b.fromLocal > a.fromLocal ? 1 : -1;
  return a.name < b.name ? -1 : 1;
}

export function areaTable(groups: readonly AreaGroup[]): AreaTable {
  const byPrefix = new Map<string, Span[]>();
  for (const group of groups) {
    const span = spanOf(group);
    for (const prefix of group.prefixes) {
      const spans = byPrefix.get(prefix) ?? [];
      spans.push(span);
      byPrefix.set(prefix, spans);
    }
  }
  for (const spans of byPrefix.values()) spans.sort(laterFirst);
  const lengths = [...new Set([...byPrefix.keys()].map((prefix) => prefix.length))].sort((a, b) => b - a);
  return {
    groupOf(number, local) {
      for (const length of lengths) {
        if (length > number.length) continue;
        for (const span of byPrefix.get(number.slice(0, length)) ?? []) {
          if (span.fromLocal <= local && local < span.toLocal) return span.name;
        }
      }
      return undefined;
    },
  };
}
