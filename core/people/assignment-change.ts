/**
 * Changing who owns a code or an extension: first what the change would do to calls already booked, then the change
 * itself. Booking the calls anew is the ingest thread's work; the scope says which.
 */

import { dayNumber } from '../attribution/dated-values.ts';
import { buildDirectory } from '../attribution/directory.ts';
import type { CallDirection } from '../model/call.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import {
  ALWAYS_FROM,
  ALWAYS_TO,
  type AssignmentKind,
  type DatedAssignment,
  type RebookScope,
} from '../model/people.ts';
import type { LocalDay } from '../model/time.ts';
import { localDayOf } from '../model/time.ts';
import {
  addAssignment,
  changeAssignment,
  getAssignment,
  iterateBookedCalls,
  removeAssignment,
  scopeOf,
} from '../store/assignments.ts';
import type { Database } from '../store/database.ts';
import { loadDirectory } from '../store/people.ts';

/** The API's AssignmentChange. Absent dates: always, until further notice; `validTo` is exclusive. */
export type AssignmentChange =
  | {
      readonly action: 'add';
      readonly personId: number;
      readonly assignment: {
        readonly kind: AssignmentKind;
        readonly value: string;
        readonly lastValue: string | null;
        readonly validFrom: LocalDay | null;
        readonly validTo: LocalDay | null;
      };
    }
  | {
      readonly action: 'change';
      readonly assignmentId: number;
      readonly personId?: number | undefined;
      readonly validFrom: LocalDay | null;
      readonly validTo: LocalDay | null;
    }
  | { readonly action: 'remove'; readonly assignmentId: number };

/** Calls of open months whose person, department or reason would be another. */
export interface AssignmentEffect {
  readonly calls: number;
  readonly firstDay: LocalDay | null;
  readonly lastDay: LocalDay | null;
  readonly charges: readonly { readonly currency: string; readonly amountMicro: AmountMicro }[];
}

export interface AppliedChange {
  readonly assignmentId: number;
  readonly effect: AssignmentEffect;
  readonly scope: RebookScope;
}

/** Writes nothing. Throws what `applyAssignmentChange` would throw. */
export function previewAssignmentChange(db: Database, change: AssignmentChange): AssignmentEffect {
  const undo = new Error('preview');
  let effect: AssignmentEffect | undefined;
  try {
    db.transaction(() => {
      effect = write(db, change).effect;
      throw undo;
    }).immediate();
  } catch (error) {
    if (error !== undo) throw error;
  }
  if (effect === undefined) throw new Error('a preview ended without an effect');
  return effect;
}

/**
 * One transaction. Throws `code-overlap` or `extension-overlap` (with the other owner's name, value and dates),
 * `not-found` or `invalid-input`.
 */
export function applyAssignmentChange(db: Database, change: AssignmentChange): AppliedChange {
  return db.transaction(() => write(db, change)).immediate();
}

function write(db: Database, change: AssignmentChange): AppliedChange {
  const touched: DatedAssignment[] = [];
  let assignmentId: number;
  if (change.action === 'add') {
    const row = {
      ...change.assignment,
      personId: change.personId,
      validFrom: change.assignment.validFrom ?? ALWAYS_FROM,
      validTo: change.assignment.validTo ?? ALWAYS_TO,
    };
    assignmentId = addAssignment(db, row);
    touched.push(row);
  } else {
    assignmentId = change.assignmentId;
    const before = getAssignment(db, assignmentId);
    touched.push(before);
    if (change.action === 'remove') {
      removeAssignment(db, assignmentId);
    } else {
      const row = {
        ...before,
        personId: change.personId ?? before.personId,
        validFrom: change.validFrom ?? ALWAYS_FROM,
        validTo: change.validTo ?? ALWAYS_TO,
      };
      changeAssignment(db, assignmentId, row);
      touched.push(row);
    }
  }
  return { assignmentId, effect: effectOn(db, touched), scope: scopeOf(db, touched) };
}

function effectOn(db: Database, touched: readonly DatedAssignment[]): AssignmentEffect {
  const directory = buildDirectory(loadDirectory(db));
  const [first] = touched;
  if (first === undefined) return { calls: 0, firstDay: null, lastDay: null, charges: [] };
  // A code's first owner makes calls outside the dates "not valid" instead of "unknown", so all its calls are looked at.
  const covered =
    first.kind === 'code'
      ? { ...first, validFrom: ALWAYS_FROM, validTo: ALWAYS_TO }
      : {
          ...first,
          validFrom: touched.map((row) => row.validFrom).sort()[0] ?? first.validFrom,
          validTo:
            touched
              .map((row) => row.validTo)
              .sort()
              .at(-1) ?? first.validTo,
        };
  let calls = 0;
  let firstDay: LocalDay | null = null;
  let lastDay: LocalDay | null = null;
  const charges = new Map<string, bigint>();
  for (const call of iterateBookedCalls(db, covered)) {
    const day = localDayOf(call.startLocalS);
    const now = directory.attribute({
      code: call.code ?? undefined,
      extension: call.extension ?? undefined,
      direction: call.direction as CallDirection,
      day: dayNumber(day),
    });
    const isSame =
      (now.personId ?? null) === call.personId &&
      (now.departmentId ?? null) === call.departmentId &&
      now.reason === call.reason;
    if (isSame) continue;
    calls += 1;
    if (firstDay === null || day < firstDay) firstDay = day;
    if (lastDay === null || day > lastDay) lastDay = day;
    if (call.currency !== null && call.chargeText !== null) {
      charges.set(call.currency, (charges.get(call.currency) ?? 0n) + BigInt(call.chargeText));
    }
  }
  return {
    calls,
    firstDay,
    lastDay,
    charges: [...charges].map(([currency, amount]) => ({ currency, amountMicro: amountMicro(amount) })),
  };
}
