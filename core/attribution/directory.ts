/**
 * Which person a call belongs to, and why. A snapshot of people, memberships and assignments that answers for any day;
 * it does not know calls, the store or the clock.
 *
 * Decision: a dialled code decides alone. A wrong or expired code leaves the call with nobody, even when the extension
 * has an owner: whoever borrowed the telephone dialled it, so the call is shown as an exception and never put on the
 * bill of the person at whose desk it was made.
 */
import type { AttributionReason, CallDirection, CodeField } from '../model/call.ts';
import type { DirectoryRows } from '../model/people.ts';
import { DatedValues, dayNumber, type Holder } from './dated-values.ts';
import { slipsOf } from './slips.ts';

export interface AttributionQuestion {
  readonly code: string | undefined;
  /** Where the code stood. A code is a code wherever the format prints it, so the answer does not depend on it. */
  readonly codeField?: CodeField | undefined;
  readonly extension: string | undefined;
  readonly direction: CallDirection;
  /** Days since 1970-01-01 on the site's wall clock, of the call's start. */
  readonly day: number;
}

export interface Attribution {
  readonly personId: number | undefined;
  /** The person's department on that day. */
  readonly departmentId: number | undefined;
  readonly reason: AttributionReason;
}

export interface NearCode {
  readonly code: string;
  readonly personId: number;
  readonly personName: string;
}

interface Membership {
  readonly departmentId: number;
  readonly fromDay: number;
  readonly toDay: number;
}

const NOBODY: Readonly<Record<'no-code' | 'unknown-code' | 'code-not-valid' | 'none', Attribution>> = {
  'no-code': { personId: undefined, departmentId: undefined, reason: 'no-code' },
  'unknown-code': { personId: undefined, departmentId: undefined, reason: 'unknown-code' },
  'code-not-valid': { personId: undefined, departmentId: undefined, reason: 'code-not-valid' },
  none: { personId: undefined, departmentId: undefined, reason: 'none' },
};

/** Build it again when rows change; it never changes itself. */
export function buildDirectory(rows: DirectoryRows): Directory {
  return new Directory(rows);
}

export class Directory {
  readonly #codes: DatedValues;
  readonly #extensions: DatedValues;
  readonly #names = new Map<number, string>();
  readonly #memberships = new Map<number, Membership[]>();

  constructor(rows: DirectoryRows) {
    this.#codes = new DatedValues(rows.assignments.filter((assignment) => assignment.kind === 'code'));
    this.#extensions = new DatedValues(rows.assignments.filter((assignment) => assignment.kind === 'extension'));
    for (const person of rows.people) this.#names.set(person.id, person.name);
    for (const row of rows.memberships) {
      const membership = {
        departmentId: row.departmentId,
        fromDay: dayNumber(row.validFrom),
        toDay: dayNumber(row.validTo),
      };
      const known = this.#memberships.get(row.personId);
      if (known === undefined) this.#memberships.set(row.personId, [membership]);
      else known.push(membership);
    }
  }

  attribute(call: AttributionQuestion): Attribution {
    if (call.direction === 'none') return NOBODY.none;
    if (call.code !== undefined && call.code !== '') {
      const holder = this.#codes.holderOn(call.code, call.day);
      if (holder !== undefined) return this.#belongsTo(holder, 'code', call.day);
      return this.#codes.isKnown(call.code) ? NOBODY['code-not-valid'] : NOBODY['unknown-code'];
    }
    if (call.extension !== undefined && call.extension !== '') {
      const holder = this.#extensions.holderOn(call.extension, call.day);
      if (holder !== undefined) return this.#belongsTo(holder, 'extension', call.day);
    } else if (call.direction === 'tandem') {
      return NOBODY.none;
    }
    return NOBODY['no-code'];
  }

  /**
   * Known codes one slip of the finger away: two digits swapped, one wrong, one missing or one too many, likeliest
   * first. The name is that of whoever has the code on `day`, else of its newest holder.
   */
  nearestCodes(code: string, limit: number, day?: number): readonly NearCode[] {
    const found: NearCode[] = [];
    for (const near of slipsOf(code, this.#codes.alphabet)) {
      if (found.length >= limit) break;
      const holder = day === undefined ? undefined : this.#codes.holderOn(near, day);
      const owner = holder ?? newest(this.#codes.holders(near));
      if (owner === undefined) continue;
      found.push({ code: near, personId: owner.personId, personName: this.#names.get(owner.personId) ?? '' });
    }
    return found;
  }

  /** A person's department on a day, days since 1970. */
  departmentOn(personId: number, day: number): number | undefined {
    const memberships = this.#memberships.get(personId);
    if (memberships === undefined) return undefined;
    for (const m of memberships) if (m.fromDay <= day && day < m.toDay) return m.departmentId;
    return undefined;
  }

  #belongsTo(holder: Holder, reason: 'code' | 'extension', day: number): Attribution {
    return { personId: holder.personId, departmentId: this.departmentOn(holder.personId, day), reason };
  }
}

function newest(holders: readonly Holder[]): Holder | undefined {
  let best: Holder | undefined;
  for (const holder of holders) if (best === undefined || holder.toDay > best.toDay) best = holder;
  return best;
}
