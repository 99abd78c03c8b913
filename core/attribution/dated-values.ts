/** Finds who has a value on a day: single values by a map, ranges of numbers of one length by binary search. */
import type { DatedAssignment } from '../model/people.ts';
import { localSecondsOfDay } from '../model/time.ts';

const SECONDS_PER_DAY = 86_400;

/** Days since 1970-01-01 of a stored date. */
export function dayNumber(day: string): number {
  const seconds = localSecondsOfDay(day);
  if (seconds === undefined) throw new Error(`not a stored date: ${day}`);
  return seconds / SECONDS_PER_DAY;
}

export interface Holder {
  readonly personId: number;
  readonly fromDay: number;
  /** Exclusive. */
  readonly toDay: number;
}

interface Range extends Holder {
  readonly first: string;
  readonly last: string;
}

interface RangesOfLength {
  /** In order of `first`. */
  readonly ranges: readonly Range[];
  /** Greatest `last` of this range and all before it: where looking further left is useless. */
  readonly greatestLast: readonly string[];
}

const NO_HOLDERS: readonly Holder[] = [];

export class DatedValues {
  readonly #single = new Map<string, Holder[]>();
  readonly #ranges = new Map<number, RangesOfLength>();
  /** Every character that stands in a known value. */
  readonly alphabet: readonly string[];

  constructor(assignments: readonly DatedAssignment[]) {
    const byLength = new Map<number, Range[]>();
    const characters = new Set<string>();
    for (const assignment of assignments) {
      const holder = {
        personId: assignment.personId,
        fromDay: dayNumber(assignment.validFrom),
        toDay: dayNumber(assignment.validTo),
      };
      for (const character of assignment.value) characters.add(character);
      if (assignment.lastValue === null) {
        const holders = this.#single.get(assignment.value);
        if (holders === undefined) this.#single.set(assignment.value, [holder]);
        else holders.push(holder);
        continue;
      }
      for (const digit of '0123456789') characters.add(digit);
      const ranges = byLength.get(assignment.value.length) ?? [];
      ranges.push({ ...holder, first: assignment.value, last: assignment.lastValue });
      byLength.set(assignment.value.length, ranges);
    }
    for (const [length, ranges] of byLength) {
      ranges.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
      let greatest = '';
      const greatestLast = ranges.map((range) => {
        if (range.last > greatest) greatest = range.last;
        return greatest;
      });
      this.#ranges.set(length, { ranges, greatestLast });
    }
    this.alphabet = [...characters].sort();
  }

  /** Who has the value on that day; undefined: nobody. */
  holderOn(value: string, day: number): Holder | undefined {
    const single = this.#single.get(value);
    if (single !== undefined) {
      for (const holder of single) if (holder.fromDay <= day && day < holder.toDay) return holder;
    }
    return this.#ranges.size === 0
      ? undefined
      : this.#inRanges(value, (range) => range.fromDay <= day && day < range.toDay);
  }

  /** Has anybody ever had, or will anybody have, this value? */
  isKnown(value: string): boolean {
    return this.#single.has(value) || (this.#ranges.size > 0 && this.#inRanges(value, () => true) !== undefined);
  }

  /** Everybody who ever had the value. */
  holders(value: string): readonly Holder[] {
    const found: Holder[] = [...(this.#single.get(value) ?? NO_HOLDERS)];
    this.#inRanges(value, (range) => {
      found.push(range);
      return false;
    });
    return found;
  }

  #inRanges(value: string, accept: (range: Range) => boolean): Range | undefined {
    const known = this.#ranges.get(value.length);
    if (known === undefined || !isDigits(value)) return undefined;
    let low = 0;
    let high = known.ranges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const range = known.ranges[middle];
      if (range !== undefined && range.first <= value) low = middle + 1;
      else high = middle;
    }
    for (let i = low - 1; i >= 0 && (known.greatestLast[i] ?? '') >= value; i -= 1) {
      const range = known.ranges[i];
      if (range !== undefined && range.last >= value && accept(range)) return range;
    }
    return undefined;
  }
}

function isDigits(value: string): boolean {
  for (let i = 0; i < value.length; i += 1) {
    const code = value.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return value !== '';
}
