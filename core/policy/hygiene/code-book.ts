/** Who had which code on which day, and who was still here: what every rule about codes asks. */
import { DatedValues, dayNumber } from '../../attribution/dated-values.ts';
import { buildDirectory, type Directory } from '../../attribution/directory.ts';
import type { DatedAssignment, DatedMembership } from '../../model/people.ts';
import type { LocalDay } from '../../model/time.ts';
import type { RelatedCode } from './finding.ts';

export interface BookPerson {
  readonly id: number;
  readonly name: string;
  readonly employeeNumber: string | null;
  readonly activeFrom: LocalDay | null;
  /** Last day of work. */
  readonly activeTo: LocalDay | null;
}

export interface CodeBookRows {
  readonly people: readonly BookPerson[];
  readonly memberships: readonly DatedMembership[];
  readonly assignments: readonly DatedAssignment[];
}

/**
 * What a code was on a day. `leaver`: its owner, or the last one, no longer worked here; while the code is still theirs,
 * calls are booked to them. `withdrawn`: nobody had it any
 * more, though its last owner was still here. `early`: its first day was still to come.
 */
export type CodeState =
  | { readonly kind: 'valid'; readonly personId: number }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'leaver'; readonly personId: number; readonly endedDay: number; readonly isStillTheirs: boolean }
  | { readonly kind: 'withdrawn'; readonly personId: number; readonly endedDay: number }
  | { readonly kind: 'early'; readonly personId: number; readonly firstDay: number };

const UNKNOWN: CodeState = { kind: 'unknown' };
const NEAR_LIMIT = 5;

export class CodeBook {
  readonly rows: CodeBookRows;
  readonly people: ReadonlyMap<number, BookPerson>;
  readonly #codes: DatedValues;
  readonly #extensions: DatedValues;
  readonly #directory: Directory;
  readonly #codesOf = new Map<number, DatedAssignment[]>();
  /** Day after the last one at work. */
  readonly #leftOn = new Map<number, number>();

  constructor(rows: CodeBookRows) {
    this.rows = rows;
    this.people = new Map(rows.people.map((person) => [person.id, person]));
    for (const { id, activeTo } of rows.people) if (activeTo !== null) this.#leftOn.set(id, dayNumber(activeTo) + 1);
    const codes = rows.assignments.filter((row) => row.kind === 'code');
    this.#codes = new DatedValues(codes);
    this.#extensions = new DatedValues(rows.assignments.filter((row) => row.kind === 'extension'));
    for (const row of codes) {
      const known = this.#codesOf.get(row.personId);
      if (known === undefined) this.#codesOf.set(row.personId, [row]);
      else known.push(row);
    }
    this.#directory = buildDirectory(rows);
  }

  stateOn(code: string, day: number): CodeState {
    const holder = this.#codes.holderOn(code, day);
    if (holder !== undefined) {
      const leftOn = this.#leftOn.get(holder.personId);
      if (leftOn === undefined || day < leftOn) return { kind: 'valid', personId: holder.personId };
      return { kind: 'leaver', personId: holder.personId, endedDay: leftOn, isStillTheirs: true };
    }
    if (!this.#codes.isKnown(code)) return UNKNOWN;
    const holders = this.#codes.holders(code);
    const before = holders.filter((one) => one.toDay <= day).sort((a, b) => b.toDay - a.toDay)[0];
    if (before !== undefined) {
      const { personId, toDay: endedDay } = before;
      return this.isHereOn(personId, day)
        ? { kind: 'withdrawn', personId, endedDay }
        : { kind: 'leaver', personId, endedDay, isStillTheirs: false };
    }
    const next = [...holders].sort((a, b) => a.fromDay - b.fromDay)[0];
    return next === undefined ? UNKNOWN : { kind: 'early', personId: next.personId, firstDay: next.fromDay };
  }

  isHereOn(personId: number, day: number): boolean {
    const leftOn = this.#leftOn.get(personId);
    return leftOn === undefined || day < leftOn;
  }

  hasCodeOn(personId: number, day: number): boolean {
    return (this.#codesOf.get(personId) ?? []).some(
      (row) => dayNumber(row.validFrom) <= day && day < dayNumber(row.validTo),
    );
  }

  /** Assignments of codes that hold on that day. */
  codesOn(day: number): readonly DatedAssignment[] {
    return [...this.#codesOf.values()]
      .flat()
      .filter((row) => dayNumber(row.validFrom) <= day && day < dayNumber(row.validTo));
  }

  ownerOn(code: string, day: number): number | null {
    return this.#codes.holderOn(code, day)?.personId ?? null;
  }

  isExtension(value: string): boolean {
    return this.#extensions.isKnown(value);
  }

  isExtensionOf(personId: number, value: string): boolean {
    return this.#extensions.holders(value).some((holder) => holder.personId === personId);
  }

  nearest(code: string, day: number): readonly RelatedCode[] {
    return this.#directory
      .nearestCodes(code, NEAR_LIMIT, day)
      .map(({ code: near, personId }) => ({ code: near, personId }));
  }
}
