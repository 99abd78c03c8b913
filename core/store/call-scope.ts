/** Whose calls and people somebody sees, as conditions of a query. Nothing outside the scope may leave a hint. */
import type { Scope } from '../model/access.ts';
import type { LocalDay } from '../model/time.ts';
import { cachedStatement } from './cached-statement.ts';
import { add, type Conditions } from './conditions.ts';
import type { Database } from './database.ts';

export type { Scope } from '../model/access.ts';

/** For calls of the whole site, where nobody's view narrows them: what the program itself works out. */
export const WHOLE_SITE: Scope = { kind: 'all' };

const BELOW = `WITH RECURSIVE below (id) AS (
    SELECT value FROM json_each(?) UNION SELECT d.id FROM departments d JOIN below b ON d.parent_id = b.id
  ) SELECT id FROM below`;

/** Departments with all below them, as values for `departmentsBelowSql`. */
const listed = (ids: readonly number[]): string => JSON.stringify(ids);

/**
 * Narrows rows with `person_id` and `department_id`: `calls`, `daily_sums`, `restatement_sums`. A call belongs to the
 * department that its person had on the day of the call.
 */
export function addScope(conditions: Conditions, scope: Scope, alias: string): void {
  if (scope.kind === 'person') add(conditions, `${alias}.person_id = ?`, scope.personId);
  if (scope.kind === 'departments') {
    add(conditions, `${alias}.department_id IN (${BELOW})`, listed(scope.departmentIds));
  }
}

/** Narrows `people`: oneself, or who is in the departments on that day. */
export function addPeopleScope(conditions: Conditions, scope: Scope, alias: string, today: LocalDay): void {
  if (scope.kind === 'person') add(conditions, `${alias}.id = ?`, scope.personId);
  if (scope.kind === 'departments') {
    add(
      conditions,
      `EXISTS (SELECT 1 FROM department_memberships m WHERE m.person_id = ${alias}.id AND m.valid_from <= ?
         AND ? < m.valid_to AND m.department_id IN (${BELOW}))`,
      today,
      today,
      listed(scope.departmentIds),
    );
  }
}

/** Departments of the scope with those below them; undefined: all of them. Nobody's own department is a scope. */
export function departmentsInScope(db: Database, scope: Scope): ReadonlySet<number> | undefined {
  if (scope.kind === 'all') return undefined;
  if (scope.kind === 'person') return new Set();
  const rows = cachedStatement<[string], { id: number }>(db, BELOW).all(listed(scope.departmentIds));
  return new Set(rows.map((row) => row.id));
}

interface Owned {
  readonly personId: number | null;
  readonly departmentId: number | null;
}

/** What `addScope` says of one row, for calls that are at hand already. */
export function isInScope(db: Database, scope: Scope): (call: Owned) => boolean {
  if (scope.kind === 'all') return () => true;
  if (scope.kind === 'person') return ({ personId }) => personId === scope.personId;
  const departments = departmentsInScope(db, scope);
  return ({ departmentId }) => departmentId !== null && departments?.has(departmentId) === true;
}
