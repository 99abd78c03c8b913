/**
 * Codes and extensions with their owners and dates. One value has one owner at a time: a row that shares a value and a
 * day with another is refused, naming the other owner.
 */
import { AppError } from '../model/errors.ts';
import {
  ALWAYS_FROM,
  ALWAYS_TO,
  type AssignmentKind,
  type DatedAssignment,
  isNumberRange,
  isSharedTime,
  isSharedValue,
  type RebookScope,
} from '../model/people.ts';
import { type LocalDay, localSecondsOfDay } from '../model/time.ts';
import { cachedStatement } from './cached-statement.ts';
import { bookedDayOf } from './daily-sums.ts';
import type { Database } from './database.ts';
import { monthOfDay } from './month-days.ts';

export interface AssignmentRow extends DatedAssignment {
  readonly id: number;
}

export interface OwnedAssignment extends AssignmentRow {
  readonly personName: string;
}

const COLUMNS = `a.id, a.kind, a.value, a.last_value AS lastValue, a.person_id AS personId, a.valid_from AS validFrom,
  a.valid_to AS validTo`;

export function listAssignments(db: Database): readonly AssignmentRow[] {
  return cachedStatement<[], AssignmentRow>(
    db,
    `SELECT ${COLUMNS} FROM assignments a ORDER BY a.kind, a.value, a.valid_from`,
  ).all();
}

export function listAssignmentsOf(db: Database, personId: number): readonly AssignmentRow[] {
  return cachedStatement<[number], AssignmentRow>(
    db,
    `SELECT ${COLUMNS} FROM assignments a WHERE a.person_id = ? ORDER BY a.kind, a.value, a.valid_from`,
  ).all(personId);
}

/** Throws `not-found`. */
export function getAssignment(db: Database, id: number): AssignmentRow {
  const row = cachedStatement<[number], AssignmentRow>(db, `SELECT ${COLUMNS} FROM assignments a WHERE a.id = ?`).get(
    id,
  );
  if (row === undefined) throw new AppError('not-found', { what: 'assignment', id });
  return row;
}

/** Whoever has or had the value, by itself or inside a range; newest assignment first. */
export function findOwners(db: Database, kind: AssignmentKind, value: string): readonly OwnedAssignment[] {
  return sharing(db, { kind, value, lastValue: null }).sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
}

/** The first row of somebody that shares a value and a day with `wanted`. */
export function findOverlap(db: Database, wanted: DatedAssignment, ownId?: number): OwnedAssignment | undefined {
  return sharing(db, wanted).find((other) => other.id !== ownId && isSharedTime(other, wanted));
}

/** Returns the new id. Throws `code-overlap`, `extension-overlap`, `not-found` (person) or `invalid-input` (range, dates). */
export function addAssignment(db: Database, row: DatedAssignment): number {
  check(db, row, undefined);
  const { lastInsertRowid } = cachedStatement(
    db,
    'INSERT INTO assignments (kind, value, last_value, person_id, valid_from, valid_to) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(row.kind, row.value, row.lastValue, row.personId, row.validFrom, row.validTo);
  return Number(lastInsertRowid);
}

/** Gives a row another owner or other dates. Throws as `addAssignment` does. */
export function changeAssignment(db: Database, id: number, row: DatedAssignment): void {
  check(db, row, id);
  cachedStatement(db, 'UPDATE assignments SET person_id = ?, valid_from = ?, valid_to = ? WHERE id = ?').run(
    row.personId,
    row.validFrom,
    row.validTo,
    id,
  );
}

/** Throws `not-found`. */
export function removeAssignment(db: Database, id: number): void {
  if (cachedStatement(db, 'DELETE FROM assignments WHERE id = ?').run(id).changes === 0) {
    throw new AppError('not-found', { what: 'assignment', id });
  }
}

/** The values of calls that rows cover: a range becomes the numbers in it that have calls. */
export function scopeOf(
  db: Database,
  rows: readonly Pick<DatedAssignment, 'kind' | 'value' | 'lastValue'>[],
): RebookScope {
  const scope = { code: new Set<string>(), extension: new Set<string>() };
  for (const row of rows) {
    if (row.lastValue === null) {
      scope[row.kind].add(row.value);
      continue;
    }
    const column = row.kind === 'code' ? 'code' : 'extension';
    const found = cachedStatement<[string, string, number], string>(
      db,
      `SELECT DISTINCT ${column} FROM calls WHERE ${column} BETWEEN ? AND ? AND LENGTH(${column}) = ?`,
    )
      .pluck()
      .all(row.value, row.lastValue, row.value.length);
    for (const value of found) scope[row.kind].add(value);
  }
  return { codes: [...scope.code], extensions: [...scope.extension] };
}

function sharing(db: Database, wanted: Pick<DatedAssignment, 'kind' | 'value' | 'lastValue'>): OwnedAssignment[] {
  const last = wanted.lastValue ?? wanted.value;
  return cachedStatement<[{ kind: AssignmentKind; first: string; last: string }], OwnedAssignment>(
    db,
    `SELECT ${COLUMNS}, p.name AS personName FROM assignments a JOIN people p ON p.id = a.person_id
       WHERE a.id IN (
         SELECT id FROM assignments WHERE kind = $kind AND value BETWEEN $first AND $last
         UNION
         SELECT id FROM assignments WHERE kind = $kind AND value <= $last AND last_value >= $first AND last_value IS NOT NULL
       ) ORDER BY a.valid_from`,
  )
    .all({ kind: wanted.kind, first: wanted.value, last })
    .filter((other) => isSharedValue(other, wanted));
}

function check(db: Database, row: DatedAssignment, ownId: number | undefined): void {
  if (cachedStatement(db, 'SELECT 1 FROM people WHERE id = ?').get(row.personId) === undefined) {
    throw new AppError('not-found', { what: 'person', id: row.personId });
  }
  if (row.lastValue !== null && !isNumberRange(row.value, row.lastValue)) {
    throw new AppError('invalid-input', { field: 'lastValue', value: `${row.value}-${row.lastValue}` });
  }
  if (row.validTo <= row.validFrom) {
    throw new AppError('invalid-input', { field: 'validTo', value: `${row.validFrom}..${row.validTo}` });
  }
  const other = findOverlap(db, row, ownId);
  if (other === undefined) return;
  throw new AppError(row.kind === 'code' ? 'code-overlap' : 'extension-overlap', {
    value: other.lastValue === null ? other.value : `${other.value}-${other.lastValue}`,
    wanted: row.lastValue === null ? row.value : `${row.value}-${row.lastValue}`,
    name: other.personName,
    personId: other.personId,
    validFrom: other.validFrom === ALWAYS_FROM ? OPEN_END : other.validFrom,
    validTo: other.validTo === ALWAYS_TO ? OPEN_END : other.validTo,
  });
}

/** Stands in messages where an assignment has no first or last day. */
const OPEN_END = '…';

/** What a call of an open month needs to be attributed again, and what it is booked as now. */
export interface BookedCall {
  readonly id: number;
  readonly direction: string;
  readonly code: string | null;
  readonly extension: string | null;
  readonly startLocalS: number;
  /** Day it is summed at where it came after its own month was closed. */
  readonly lateDay: number | null;
  readonly personId: number | null;
  readonly departmentId: number | null;
  readonly reason: string;
  readonly chargeText: string | null;
  readonly currency: string | null;
}

/**
 * Calls of open months with a code (or, of extensions, without one) that the row covers, from its first day to its last.
 * Calls of extensions that carry a code are left out: the code alone decides them; so are calls that people decided about.
 */
export function* iterateBookedCalls(
  db: Database,
  row: Pick<DatedAssignment, 'kind' | 'value' | 'lastValue' | 'validFrom' | 'validTo'>,
): Generator<BookedCall> {
  const column = row.kind === 'code' ? 'code' : 'extension';
  const closed = new Set(cachedStatement<[], string>(db, 'SELECT month FROM closed_months').pluck().all());
  const calls = db
    .prepare<[string, string, number, number, number], BookedCall>(
      `SELECT id, direction, code, extension, start_local_s AS startLocalS, late_day AS lateDay,
         person_id AS personId,
         department_id AS departmentId, reason, CAST(charge_micro AS TEXT) AS chargeText, currency
       FROM calls WHERE ${column} BETWEEN ? AND ? AND LENGTH(${column}) = ?
         AND reason <> 'reassigned' AND start_local_s >= ? AND start_local_s < ? ${row.kind === 'code' ? '' : 'AND code IS NULL'}`,
    )
    .iterate(row.value, row.lastValue ?? row.value, row.value.length, startOf(row.validFrom), startOf(row.validTo));
  for (const call of calls) {
    if (!closed.has(monthOfDay(bookedDayOf(call)))) yield call;
  }
}

function startOf(day: LocalDay): number {
  const seconds = localSecondsOfDay(day);
  if (seconds === undefined) throw new AppError('invalid-input', { field: 'day', value: day });
  return seconds;
}
