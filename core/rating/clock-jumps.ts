/** Changes of summer time inside a call, which move its later seconds to another time of day. */
import type { LocalSeconds } from '../model/time.ts';
import type { ZoneClock } from './local-time.ts';

export interface ClockJump {
  /** Second of the call from which the clock is `bySeconds` further. */
  readonly atSecond: number;
  readonly bySeconds: number;
}

/** The jumps within a call, in order. A start that the clock shows twice is taken as the first. */
export type JumpFinder = (startLocal: LocalSeconds, durationSeconds: number) => readonly ClockJump[];

const SECONDS_PER_DAY = 86_400;
const NO_JUMPS: readonly ClockJump[] = [];

interface Change {
  readonly utc: number;
  readonly before: number;
  readonly after: number;
}

/** A zone's offset is looked up once a day; only days on which it differs from the next are searched. */
export function jumpFinder(clock: ZoneClock): JumpFinder {
  const offsets = new Map<number, number>();
  const offsetAt = (utc: number): number => clock(utc) - utc;
  const offsetOfDay = (day: number): number => {
    const known = offsets.get(day);
    if (known !== undefined) return known;
    const offset = offsetAt(day * SECONDS_PER_DAY);
    offsets.set(day, offset);
    return offset;
  };
  const changeWithin = (day: number): Change => {
    const before = offsetOfDay(day);
    let [low, high] = [day * SECONDS_PER_DAY, (day + 1) * SECONDS_PER_DAY];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    return { utc: high, before, after: offsetOfDay(day + 1) };
  };
  // Calls come day by day: the days last found without a change are not asked again.
  let quietFirst = Number.POSITIVE_INFINITY;
  let quietLast = Number.NEGATIVE_INFINITY;
  return (startLocal, durationSeconds) => {
    // No zone is more than a day off UTC: these days hold the whole call.
    const firstDay = Math.floor(startLocal / SECONDS_PER_DAY) - 1;
    const lastDay = Math.floor((startLocal + durationSeconds) / SECONDS_PER_DAY) + 1;
    if (firstDay >= quietFirst && lastDay <= quietLast) return NO_JUMPS;
    let changes: Change[] | undefined;
    for (let day = firstDay; day <= lastDay; day += 1) {
      if (offsetOfDay(day) !== offsetOfDay(day + 1)) changes = [...(changes ?? []), changeWithin(day)];
    }
    if (changes === undefined) {
      [quietFirst, quietLast] = [firstDay, lastDay];
      return NO_JUMPS;
    }
    const offset =
      [offsetOfDay(firstDay), ...changes.map(({ after }) => after)].find(
        (candidate) => offsetAt(startLocal - candidate) === candidate,
      ) ?? offsetOfDay(firstDay);
    const startUtc = startLocal - offset;
    return changes
      .filter(({ utc }) => utc > startUtc && utc < startUtc + durationSeconds)
      .map(({ utc, before, after }) => ({ atSecond: utc - startUtc, bySeconds: after - before }));
  };
}
