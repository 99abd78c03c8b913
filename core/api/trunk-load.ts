/** How many outside lines were in use at once, by trunk and hour, from calls that are over or still open. */
import type { LocalSeconds } from '../model/time.ts';
import type { LineUse } from '../store/dashboard.ts';

export interface TrunkLoad {
  readonly trunk: string;
  readonly calls: number;
  /** Most at once in the last minutes. */
  readonly busyLately: number;
  /** Most at once in each hour, oldest first. */
  readonly peaks: readonly number[];
  /** Share of the time in which at least one line was in use, in per cent. */
  readonly usedPercent: number;
}

const HOUR_S = 3600;

/** `from` is a full hour; the last of `hours` hours is the one that `now` is in. */
export function trunkLoads(
  uses: readonly LineUse[],
  { from, hours, now, lately }: { from: LocalSeconds; hours: number; now: LocalSeconds; lately: number },
): readonly TrunkLoad[] {
  const loads = [...Map.groupBy(uses, (use) => use.trunk)].map(
    ([trunk, own]): TrunkLoad => ({
      trunk,
      calls: own.length,
      busyLately: mostAtOnce(own, now - lately, now),
      peaks: Array.from({ length: hours }, (_, i) => mostAtOnce(own, from + i * HOUR_S, from + (i + 1) * HOUR_S)),
      usedPercent: Math.round((100 * usedSeconds(own, from, now)) / Math.max(1, now - from)),
    }),
  );
  return loads.sort(
    (a, b) =>
      b.busyLately - a.busyLately ||
      b.usedPercent - a.usedPercent ||
      a.trunk.localeCompare(b.trunk, 'en', { numeric: true }),
  );
}

/** Of the uses that touch `[from, to)`. One that ends when the next begins leaves its line to it. */
export function mostAtOnce(uses: readonly LineUse[], from: LocalSeconds, to: LocalSeconds): number {
  const steps: (readonly [LocalSeconds, 1 | -1])[] = [];
  for (const use of uses) {
    if (use.from >= to || use.to <= from) continue;
    steps.push([Math.max(use.from, from), 1], [use.to, -1]);
  }
  steps.sort(([a, up], [b, other]) => a - b || up - other);
  let [busy, most] = [0, 0];
  for (const [, step] of steps) {
    busy += step;
    most = Math.max(most, busy);
  }
  return most;
}

function usedSeconds(uses: readonly LineUse[], from: LocalSeconds, to: LocalSeconds): number {
  let [sum, until] = [0, from];
  for (const use of [...uses].sort((a, b) => a.from - b.from)) {
    const end = Math.min(use.to, to);
    if (end <= until) continue;
    sum += end - Math.max(use.from, until);
    until = end;
  }
  return sum;
}
