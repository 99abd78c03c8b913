/** One change for many people: another department, the first or last day, codes and extensions that end. */
import { AppError } from '../model/errors.ts';
import type { RebookScope } from '../model/people.ts';
import type { LocalDay } from '../model/time.ts';
import { changeAssignment, listAssignmentsOf, removeAssignment, scopeOf } from '../store/assignments.ts';
import type { Database } from '../store/database.ts';
import { changePerson, getPerson, setDepartment } from '../store/people.ts';

export interface BulkChange {
  readonly personIds: readonly number[];
  /** null: no department. */
  readonly department?: { readonly id: number | null; readonly from: LocalDay | null } | undefined;
  readonly activeFrom?: LocalDay | null | undefined;
  readonly activeTo?: LocalDay | null | undefined;
  /** From this day on the people have no codes. */
  readonly codesEndAt?: LocalDay | undefined;
  readonly extensionsEndAt?: LocalDay | undefined;
}

export interface BulkEffect {
  readonly people: number;
  readonly moved: number;
  readonly endedCodes: number;
  readonly endedExtensions: number;
  readonly scope: RebookScope;
}

/** Ends a row on a day; one that would begin only then is removed. */
function endAssignments(db: Database, personId: number, kind: 'code' | 'extension', day: LocalDay | undefined): number {
  if (day === undefined) return 0;
  const rows = listAssignmentsOf(db, personId).filter((row) => row.kind === kind && row.validTo > day);
  for (const row of rows) {
    if (row.validFrom >= day) removeAssignment(db, row.id);
    else changeAssignment(db, row.id, { ...row, validTo: day });
  }
  return rows.length;
}

class Preview extends Error {}

/**
 * All or nothing. `isPreview`: everything is tried and nothing is kept. Throws what `changePerson` throws.
 */
export function changePeople(
  db: Database,
  change: BulkChange,
  { today, isPreview }: { readonly today: LocalDay; readonly isPreview: boolean },
): BulkEffect {
  let effect: BulkEffect | undefined;
  const work = db.transaction(() => {
    effect = apply(db, change, today);
    if (isPreview) throw new Preview();
  });
  try {
    work.immediate();
  } catch (error) {
    if (!(error instanceof Preview)) throw error;
  }
  if (effect === undefined) throw new AppError('invalid-input', { field: 'personIds', value: '' });
  return effect;
}

function apply(db: Database, change: BulkChange, today: LocalDay): BulkEffect {
  const { department, activeFrom, activeTo } = change;
  const assignments = change.personIds.flatMap((id) => [...listAssignmentsOf(db, id)]);
  const scope = scopeOf(db, assignments);
  let [moved, endedCodes, endedExtensions] = [0, 0, 0];
  for (const id of change.personIds) {
    const person = getPerson(db, id, today);
    if (activeFrom !== undefined || activeTo !== undefined) {
      const days = {
        activeFrom: activeFrom === undefined ? person.activeFrom : activeFrom,
        activeTo: activeTo === undefined ? person.activeTo : activeTo,
      };
      changePerson(db, id, { ...person, ...days, departmentFrom: null }, today);
    }
    if (department !== undefined && (department.id !== person.departmentId || department.from !== null)) {
      setDepartment(db, id, department.id, department.from);
      moved += 1;
    }
    endedCodes += endAssignments(db, id, 'code', change.codesEndAt);
    endedExtensions += endAssignments(db, id, 'extension', change.extensionsEndAt);
  }
  const isBooked = moved + endedCodes + endedExtensions > 0;
  return {
    people: change.personIds.length,
    moved,
    endedCodes,
    endedExtensions,
    scope: isBooked ? scope : { codes: [], extensions: [] },
  };
}
