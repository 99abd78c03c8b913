/** People, their departments over time, and the rows attribution is made of. */
import type { Scope } from '../model/access.ts';
import { AppError } from '../model/errors.ts';
import { foldText } from '../model/fold.ts';
import { ALWAYS_FROM, ALWAYS_TO, type DatedMembership, type DirectoryRows, type RebookScope } from '../model/people.ts';
import type { LocalDay } from '../model/time.ts';
import { type AssignmentRow, listAssignments, listAssignmentsOf, scopeOf } from './assignments.ts';
import { cachedStatement } from './cached-statement.ts';
import { addPeopleScope, WHOLE_SITE } from './call-scope.ts';
import { add, type Conditions, type Value, where } from './conditions.ts';
import type { Database } from './database.ts';

export interface PersonFields {
  readonly name: string;
  readonly employeeNumber: string | null;
  readonly email: string | null;
  readonly title: string | null;
  readonly notes: string | null;
  readonly activeFrom: LocalDay | null;
  readonly activeTo: LocalDay | null;
}

export interface PersonInput extends PersonFields {
  readonly departmentId: number | null;
  /** First day of the department; null: always (a new person or a correction of the past). */
  readonly departmentFrom: LocalDay | null;
}

export interface PersonRow extends PersonFields {
  readonly id: number;
  /** Department on the day asked for. */
  readonly departmentId: number | null;
  readonly departmentName: string | null;
  /** Past and coming ones too. Codes in full: masking is the reader's edge's business. */
  readonly assignments: readonly AssignmentRow[];
}

export interface PeopleFilter {
  /** Part of the name, employee number or e-mail, with or without marks; or a whole code or extension. */
  readonly text?: string | undefined;
  /** A department and all below it. */
  readonly departmentId?: number | undefined;
  /** Whom the reader may see; absent: everybody. */
  readonly scope?: Scope | undefined;
}

type PersonColumns = Omit<PersonRow, 'assignments'> & { readonly searchName: string };

const SELECT = `SELECT p.id, p.name, p.search_name AS searchName, p.employee_number AS employeeNumber, p.email, p.title,
    p.notes, p.active_from AS activeFrom, p.active_to AS activeTo, m.department_id AS departmentId,
    d.name AS departmentName
  FROM people p
  LEFT JOIN department_memberships m ON m.person_id = p.id AND m.valid_from <= $today AND $today < m.valid_to
  LEFT JOIN departments d ON d.id = m.department_id`;

/** Everybody the filter finds, in order of id. `today` decides which department is shown. */
export function listPeople(db: Database, today: LocalDay, filter: PeopleFilter = {}): readonly PersonRow[] {
  const conditions: Conditions = { sql: [], values: [] };
  if (filter.departmentId !== undefined) {
    add(
      conditions,
      `m.department_id IN (
      WITH RECURSIVE down (id) AS (
        SELECT ? UNION SELECT d.id FROM departments d JOIN down ON d.parent_id = down.id
      ) SELECT id FROM down)`,
      filter.departmentId,
    );
  }
  addPeopleScope(conditions, filter.scope ?? WHOLE_SITE, 'p', today);
  const people = cachedStatement<[...Value[], { today: LocalDay }], PersonColumns>(
    db,
    `${SELECT} ${where(conditions)} ORDER BY p.id`,
  ).all(...conditions.values, { today });
  const assignments = Map.groupBy(listAssignments(db), (row) => row.personId);
  const text = filter.text?.trim() ?? '';
  const folded = foldText(text);
  return people
    .map((person) => personOf(person, assignments.get(person.id) ?? []))
    .filter((person, i) => {
      if (text === '') return true;
      const has = (part: string | null | undefined): boolean => foldText(part ?? '').includes(folded);
      return (
        people[i]?.searchName.includes(folded) === true ||
        has(person.employeeNumber) ||
        has(person.email) ||
        person.assignments.some((row) => row.value === text)
      );
    });
}

export function isPersonInScope(db: Database, id: number, today: LocalDay, scope: Scope): boolean {
  const conditions: Conditions = { sql: ['p.id = ?'], values: [id] };
  addPeopleScope(conditions, scope, 'p', today);
  return cachedStatement(db, `SELECT 1 FROM people p ${where(conditions)}`).get(...conditions.values) !== undefined;
}

/** Throws `not-found` for somebody outside the scope as for somebody who does not exist. */
export function checkPersonInScope(db: Database, id: number, today: LocalDay, scope: Scope): void {
  if (!isPersonInScope(db, id, today, scope)) throw new AppError('not-found', { what: 'person', id });
}

/** Throws `not-found`. */
export function getPerson(db: Database, id: number, today: LocalDay): PersonRow {
  const values = { today, id };
  const row = cachedStatement<[typeof values], PersonColumns>(db, `${SELECT} WHERE p.id = $id`).get(values);
  if (row === undefined) throw new AppError('not-found', { what: 'person', id });
  return personOf(row, listAssignmentsOf(db, id));
}

/** Returns the new id. Throws `conflict` (employee number taken), `not-found` (department), `invalid-input` (dates). */
export function personName(db: Database, id: number): string | undefined {
  return db.prepare('SELECT name FROM people WHERE id = ?').pluck().get(id) as string | undefined;
}

export function addPerson(db: Database, input: PersonInput): number {
  return db
    .transaction(() => {
      checkFields(db, input, undefined);
      const { lastInsertRowid } = cachedStatement(
        db,
        `INSERT INTO people (name, search_name, employee_number, email, title, notes, active_from, active_to)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(columnsOf(input));
      const id = Number(lastInsertRowid);
      if (input.departmentId !== null) setDepartment(db, id, input.departmentId, input.departmentFrom);
      return id;
    })
    .immediate();
}

/**
 * Writes a person. Returns what has to be booked anew because the department changed (empty when it did not). Throws as
 * `addPerson` does.
 */
export function changePerson(db: Database, id: number, input: PersonInput, today: LocalDay): RebookScope {
  return db
    .transaction(() => {
      const before = getPerson(db, id, today);
      checkFields(db, input, id);
      cachedStatement(
        db,
        `UPDATE people SET name = ?, search_name = ?, employee_number = ?, email = ?, title = ?, notes = ?,
           active_from = ?, active_to = ? WHERE id = ?`,
      ).run(...columnsOf(input), id);
      // A form sends the department along with a changed e-mail: the same one without a date is no wish to change the past.
      if (input.departmentId === before.departmentId && input.departmentFrom === null) {
        return { codes: [], extensions: [] };
      }
      setDepartment(db, id, input.departmentId, input.departmentFrom);
      return scopeOf(db, before.assignments);
    })
    .immediate();
}

/** Their own, and those that decisions or corrections of closed months name them for. */
const CALLS_OF_PERSON = `SELECT COUNT(*) FROM (
    SELECT id FROM calls WHERE person_id = ?
    UNION SELECT call_id FROM call_decisions WHERE person_id = ?
    UNION SELECT r.call_id FROM restatement_sums s JOIN restatements r ON r.id = s.restatement_id WHERE s.person_id = ?)`;

/** Throws `not-found`, or `person-in-use` while calls are booked to the person. Codes and extensions go along. */
export function removePerson(db: Database, id: number): void {
  db.transaction(() => {
    const person = cachedStatement<[number], { name: string }>(db, 'SELECT name FROM people WHERE id = ?').get(id);
    if (person === undefined) throw new AppError('not-found', { what: 'person', id });
    const calls = Number(cachedStatement(db, CALLS_OF_PERSON).pluck().get(id, id, id));
    if (calls > 0) throw new AppError('person-in-use', { name: person.name, calls });
    cachedStatement(db, 'DELETE FROM people WHERE id = ?').run(id);
  }).immediate();
}

/**
 * The person belongs to the department (null: to none) from that day on; what was before the day stays. `from` null
 * replaces the whole past. Throws `not-found` for the department.
 */
export function setDepartment(
  db: Database,
  personId: number,
  departmentId: number | null,
  from: LocalDay | null,
): void {
  const first = from ?? ALWAYS_FROM;
  if (
    departmentId !== null &&
    cachedStatement(db, 'SELECT 1 FROM departments WHERE id = ?').get(departmentId) === undefined
  ) {
    throw new AppError('not-found', { what: 'department', id: departmentId });
  }
  cachedStatement(db, 'DELETE FROM department_memberships WHERE person_id = ? AND valid_from >= ?').run(
    personId,
    first,
  );
  cachedStatement(db, 'UPDATE department_memberships SET valid_to = ? WHERE person_id = ? AND valid_to > ?').run(
    first,
    personId,
    first,
  );
  if (departmentId === null) return;
  cachedStatement(
    db,
    'INSERT INTO department_memberships (person_id, department_id, valid_from, valid_to) VALUES (?, ?, ?, ?)',
  ).run(personId, departmentId, first, ALWAYS_TO);
}

/** The rows that core/attribution's `buildDirectory` answers from. */
export function loadDirectory(db: Database): DirectoryRows {
  return {
    people: cachedStatement<[], { id: number; name: string }>(db, 'SELECT id, name FROM people ORDER BY id').all(),
    memberships: cachedStatement<[], DatedMembership>(
      db,
      `SELECT person_id AS personId, department_id AS departmentId, valid_from AS validFrom, valid_to AS validTo
         FROM department_memberships ORDER BY person_id, valid_from`,
    ).all(),
    assignments: listAssignments(db),
  };
}

function personOf({ searchName: _, ...columns }: PersonColumns, assignments: readonly AssignmentRow[]): PersonRow {
  return { ...columns, assignments };
}

function emptyToNull(text: string | null): string | null {
  return text === null || text === '' ? null : text;
}

function columnsOf(fields: PersonFields): (string | null)[] {
  return [
    fields.name,
    foldText(fields.name),
    emptyToNull(fields.employeeNumber),
    emptyToNull(fields.email),
    emptyToNull(fields.title),
    emptyToNull(fields.notes),
    fields.activeFrom,
    fields.activeTo,
  ];
}

function checkFields(db: Database, fields: PersonFields, ownId: number | undefined): void {
  if (fields.activeFrom !== null && fields.activeTo !== null && fields.activeTo <= fields.activeFrom) {
    throw new AppError('invalid-input', { field: 'activeTo', value: fields.activeTo });
  }
  const other = cachedStatement<[string | null, number], { name: string }>(
    db,
    'SELECT name FROM people WHERE employee_number = ? AND id != ?',
  ).get(emptyToNull(fields.employeeNumber), ownId ?? 0);
  if (other !== undefined) {
    throw new AppError('conflict', { field: 'employeeNumber', value: fields.employeeNumber ?? '', name: other.name });
  }
}
