/**
 * The zone a PBX's clock is in: wall clock to instant and back. Offsets come from the platform's zone data; a year's
 * changes are looked up once, so a call costs a comparison or two.
 */
import type { LocalSeconds } from '../model/time.ts';
import { createZoneClock, type ZoneClock } from '../model/zone-clock.ts';

/** Seconds since 1970 UTC. */
export type InstantSeconds = number;

export interface PlacedLocal {
  readonly instant: InstantSeconds;
  readonly doubt: 'time-repeated-by-dst' | 'time-skipped-by-dst' | undefined;
}

interface Change {
  readonly from: InstantSeconds;
  readonly offsetS: number;
}

const DAY_S = 86_400;
/** Offsets lie between -12 h and +14 h, so no instant is further than this from its wall clock. */
const REACH_S = DAY_S;
const YEAR_S = 366 * DAY_S;

export class SiteZone {
  readonly timeZone: string;
  readonly #clock: ZoneClock;
  /** Offsets in force within a span of `YEAR_S`, by the number of the span; the first entry holds from its start. */
  readonly #changes = new Map<number, readonly Change[]>();

  /** Throws RangeError for a zone the platform does not know. */
  constructor(timeZone: string) {
    this.timeZone = timeZone;
    this.#clock = createZoneClock(timeZone);
  }

  offsetSecondsAt(instant: InstantSeconds): number {
    const changes = this.#changesOf(Math.floor(instant / YEAR_S));
    for (let i = changes.length - 1; i > 0; i -= 1) {
      const change = changes[i];
      if (change !== undefined && change.from <= instant) return change.offsetS;
    }
    return changes[0]?.offsetS ?? 0;
  }

  localOfInstant(instant: InstantSeconds): LocalSeconds {
    return instant + this.offsetSecondsAt(instant);
  }

  /**
   * A repeated hour is taken as its first pass, or as the one nearer to `near` where the record's arrival tells; a skipped
   * one as if the clock had not been changed yet.
   */
  placeLocal(local: LocalSeconds, near?: InstantSeconds): PlacedLocal {
    const before = this.offsetSecondsAt(local - REACH_S);
    const after = this.offsetSecondsAt(local + REACH_S);
    if (before === after) return { instant: local - before, doubt: undefined };
    const isBefore = this.offsetSecondsAt(local - before) === before;
    const isAfter = this.offsetSecondsAt(local - after) === after;
    if (isBefore && isAfter) {
      const [first, second] = [local - before, local - after];
      const isSecond = near !== undefined && Math.abs(near - second) < Math.abs(near - first);
      return { instant: isSecond ? second : first, doubt: 'time-repeated-by-dst' };
    }
    if (isBefore) return { instant: local - before, doubt: undefined };
    if (isAfter) return { instant: local - after, doubt: undefined };
    return { instant: local - before, doubt: 'time-skipped-by-dst' };
  }

  #changesOf(span: number): readonly Change[] {
    const known = this.#changes.get(span);
    if (known !== undefined) return known;
    const start = span * YEAR_S;
    const changes: Change[] = [{ from: start, offsetS: this.#lookUp(start) }];
    let last = changes[0] as Change;
    for (let at = start + DAY_S; at <= start + YEAR_S; at += DAY_S) {
      const offsetS = this.#lookUp(at);
      if (offsetS === last.offsetS) continue;
      last = { from: this.#changeBetween(at - DAY_S, at), offsetS };
      changes.push(last);
    }
    this.#changes.set(span, changes);
    return changes;
  }

  /** First instant in `(low, high]` whose offset is that of `high`. */
  #changeBetween(low: InstantSeconds, high: InstantSeconds): InstantSeconds {
    const offsetS = this.#lookUp(high);
    let [before, from] = [low, high];
    while (from - before > 1) {
      const middle = Math.floor((before + from) / 2);
      if (this.#lookUp(middle) === offsetS) from = middle;
      else before = middle;
    }
    return from;
  }

  #lookUp(instant: InstantSeconds): number {
    return Math.round(this.#clock(instant) - instant);
  }
}
