/** Calling rights made ready for judging: which right a code has on a day, and what a right allows at an hour. */
import type { Band } from '../model/call.ts';
import {
  bandsOf,
  type CallingRight,
  type CodePolicy,
  hoursText,
  type RightAssignment,
  type RightHours,
  type RuleValues,
} from '../model/code-policy.ts';
import { DAY_S, type DayNumber, dayOf, isoWeekday, secondsOfClock } from '../model/office-calendar.ts';
import { type LocalDay, type LocalSeconds, localSecondsOfDay } from '../model/time.ts';

/** Whether the site has a holiday on that day. */
export type IsHoliday = (day: DayNumber) => boolean;

/** Whose code it is, as far as rights are given to it. */
export interface CodeOwner {
  readonly code: string;
  readonly personId: number | undefined;
  readonly departmentId: number | undefined;
}

export type Allowance = 'allowed' | 'at-other-hours' | 'never';

interface Hours {
  readonly bands: ReadonlySet<Band>;
  readonly weekdays: ReadonlySet<number>;
  readonly fromSecond: number;
  readonly toSecond: number;
  readonly holidays: RightHours['holidays'];
  readonly source: RightHours;
}

export class CompiledRight {
  readonly id: string;
  readonly name: string;
  readonly #hours: readonly Hours[];
  readonly #isHoliday: IsHoliday;

  constructor(right: CallingRight, isHoliday: IsHoliday) {
    this.id = right.id;
    this.name = right.name;
    this.#isHoliday = isHoliday;
    this.#hours = right.hours.map((hours) => ({
      bands: new Set(bandsOf(hours)),
      weekdays: new Set(hours.weekdays),
      fromSecond: secondsOfClock(hours.from),
      toSecond: secondsOfClock(hours.to),
      holidays: hours.holidays,
      source: hours,
    }));
  }

  allows(band: Band, startLocalS: LocalSeconds): Allowance {
    let reaches = false;
    for (const hours of this.#hours) {
      if (!hours.bands.has(band)) continue;
      if (this.#holds(hours, startLocalS)) return 'allowed';
      reaches = true;
    }
    return reaches ? 'at-other-hours' : 'never';
  }

  /** All hours in which the right reaches the band: `12345 08:00 17:30 never; 6 08:00 12:00 as-usual`. */
  hoursOf(band: Band): RuleValues {
    const reaching = this.#hours.filter(({ bands }) => bands.has(band));
    return { hours: reaching.map(({ source }) => hoursText(source)).join('; ') };
  }

  #holds(hours: Hours, startLocalS: LocalSeconds): boolean {
    const day = dayOf(startLocalS);
    const second = startLocalS - day * DAY_S;
    const { fromSecond, toSecond } = hours;
    if (fromSecond < toSecond) return second >= fromSecond && second < toSecond && this.#isOn(hours, day);
    // Over midnight, or a whole day that need not begin at midnight.
    return second >= fromSecond ? this.#isOn(hours, day) : second < toSecond && this.#isOn(hours, day - 1);
  }

  #isOn({ weekdays, holidays }: Hours, day: number): boolean {
    if (holidays === 'only') return this.#isHoliday(day);
    return weekdays.has(isoWeekday(day)) && (holidays === 'as-usual' || !this.#isHoliday(day));
  }
}

interface Dated {
  readonly right: CompiledRight;
  readonly fromDay: number;
  /** Exclusive. */
  readonly toDay: number;
}

interface DatedSpan extends Dated {
  readonly first: string;
  readonly last: string;
}

function on(rows: readonly Dated[] | undefined, day: number): CompiledRight | undefined {
  return rows?.find(({ fromDay, toDay }) => fromDay <= day && day < toDay)?.right;
}

function dayOfText(text: LocalDay | null, open: number): number {
  const seconds = text === null ? undefined : localSecondsOfDay(text);
  return seconds === undefined ? open : dayOf(seconds);
}

function push<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

/** Which right a code has: the code's own, its span's, its person's, the nearest department's, everyone's. */
export class RightTable {
  readonly #codes = new Map<string, Dated[]>();
  readonly #spans: DatedSpan[] = [];
  readonly #people = new Map<number, Dated[]>();
  readonly #departments = new Map<number, Dated[]>();
  readonly #everyone: Dated[] = [];
  readonly #parentOf: (departmentId: number) => number | undefined;

  constructor(policy: CodePolicy, isHoliday: IsHoliday, parentOf: (departmentId: number) => number | undefined) {
    this.#parentOf = parentOf;
    const rights = new Map(policy.rights.map((right) => [right.id, new CompiledRight(right, isHoliday)]));
    for (const assignment of policy.assignments) {
      const right = rights.get(assignment.rightId);
      if (right !== undefined) this.#add(assignment, right);
    }
  }

  rightOn(owner: CodeOwner, day: number): CompiledRight | undefined {
    return (
      on(this.#codes.get(owner.code), day) ??
      this.#ofSpan(owner.code, day) ??
      (owner.personId === undefined ? undefined : on(this.#people.get(owner.personId), day)) ??
      this.#ofDepartment(owner.departmentId, day) ??
      on(this.#everyone, day)
    );
  }

  #add({ holder, validFrom, validTo }: RightAssignment, right: CompiledRight): void {
    const dated: Dated = {
      right,
      fromDay: dayOfText(validFrom, Number.NEGATIVE_INFINITY),
      toDay: dayOfText(validTo, Number.POSITIVE_INFINITY),
    };
    switch (holder.kind) {
      case 'code':
        if (holder.last === null) push(this.#codes, holder.first, dated);
        else this.#spans.push({ ...dated, first: holder.first, last: holder.last });
        return;
      case 'person':
        push(this.#people, holder.personId, dated);
        return;
      case 'department':
        push(this.#departments, holder.departmentId, dated);
        return;
      case 'everyone':
        this.#everyone.push(dated);
    }
  }

  #ofSpan(code: string, day: number): CompiledRight | undefined {
    for (const span of this.#spans) {
      if (code.length !== span.first.length || code < span.first || code > span.last) continue;
      if (span.fromDay <= day && day < span.toDay) return span.right;
    }
    return undefined;
  }

  #ofDepartment(departmentId: number | undefined, day: number): CompiledRight | undefined {
    if (this.#departments.size === 0) return undefined;
    for (let id = departmentId; id !== undefined; id = this.#parentOf(id)) {
      const right = on(this.#departments.get(id), day);
      if (right !== undefined) return right;
    }
    return undefined;
  }
}
