/** Everything by a few letters or digits: people, departments, extensions and numbers that were called. */
import type { Scope } from '../model/access.ts';
import { maskNumber } from '../model/masking.ts';
import { ALWAYS_TO, type AssignmentKind } from '../model/people.ts';
import { ranked } from '../model/search-rank.ts';
import type { LocalDay } from '../model/time.ts';
import { cachedStatement } from './cached-statement.ts';
import { addPeopleScope, addScope, departmentsInScope } from './call-scope.ts';
import { reversedText } from './calls.ts';
import { type Conditions, type Value, where } from './conditions.ts';
import type { Database } from './database.ts';

export interface FoundPerson {
  readonly id: number;
  readonly name: string;
  readonly employeeNumber: string | null;
  readonly email: string | null;
  readonly departmentName: string | null;
}

export interface FoundDepartment {
  readonly id: number;
  readonly name: string;
  readonly code: string | null;
}

export interface FoundValue {
  readonly kind: AssignmentKind;
  readonly value: string;
  readonly lastValue: string | null;
  readonly personId: number;
  readonly personName: string;
  /** False: the owner had it once. */
  readonly isPresent: boolean;
}

export interface FoundNumber {
  /** As the reader may see it. */
  readonly number: string;
  /** What to look for to get to its calls. */
  readonly digits: string;
  readonly calls: number;
}

const AFTER_ALL_DIGITS = '\u{10ffff}';
/** So many different numbers are looked at for the most called among them. */
const NUMBERS_TRIED = 120;
/** Where each of their calls has to be looked at. */
const NUMBERS_TRIED_IN_PART = 16;
/** Fewer last digits are those of too many numbers. */
const ENDING_FROM_DIGITS = 4;
/** Counting on would only tell how very often. */
const CALLS_COUNTED = 1000;

export function searchPeople(
  db: Database,
  query: string,
  { scope, today, limit }: { readonly scope: Scope; readonly today: LocalDay; readonly limit: number },
): readonly FoundPerson[] {
  const conditions: Conditions = { sql: [], values: [] };
  addPeopleScope(conditions, scope, 'p', today);
  const people = cachedStatement<Value[], FoundPerson>(
    db,
    `SELECT p.id, p.name, p.employee_number AS employeeNumber, p.email, d.name AS departmentName FROM people p
       LEFT JOIN department_memberships m ON m.person_id = p.id AND m.valid_from <= ? AND ? < m.valid_to
       LEFT JOIN departments d ON d.id = m.department_id
       ${where(conditions)} ORDER BY p.search_name, p.id`,
  ).all(today, today, ...conditions.values);
  return ranked(people, query, (person) => [person.name, person.employeeNumber, person.email]).slice(0, limit);
}

export function searchDepartments(
  db: Database,
  query: string,
  { scope, limit }: { readonly scope: Scope; readonly limit: number },
): readonly FoundDepartment[] {
  const inScope = departmentsInScope(db, scope);
  const departments = cachedStatement<[], FoundDepartment>(
    db,
    'SELECT id, name, code FROM departments ORDER BY name, id',
  )
    .all()
    .filter(({ id }) => inScope === undefined || inScope.has(id));
  return ranked(departments, query, ({ name, code }) => [name, code]).slice(0, limit);
}

/**
 * Codes or extensions with their owners. `isWhole`: only the whole value finds it, since a code that is found by its first
 * digits could be guessed digit by digit.
 */
export function searchValues(
  db: Database,
  query: string,
  {
    kind,
    isWhole,
    scope,
    today,
    limit,
  }: {
    readonly kind: AssignmentKind;
    readonly isWhole: boolean;
    readonly scope: Scope;
    readonly today: LocalDay;
    readonly limit: number;
  },
): readonly FoundValue[] {
  const conditions: Conditions = { sql: [], values: [] };
  addPeopleScope(conditions, scope, 'p', today);
  const inside = 'a.last_value >= ? AND a.value <= ? AND LENGTH(a.value) = LENGTH(?)';
  const rows = cachedStatement<Value[], Omit<FoundValue, 'isPresent'> & { validFrom: LocalDay; validTo: LocalDay }>(
    db,
    `SELECT a.kind, a.value, a.last_value AS lastValue, a.person_id AS personId, p.name AS personName,
         a.valid_from AS validFrom, a.valid_to AS validTo
       FROM assignments a JOIN people p ON p.id = a.person_id
       WHERE a.kind = ? AND ((a.value >= ? AND a.value < ?) OR (a.last_value IS NOT NULL AND ${inside}))
         ${conditions.sql.map((sql) => `AND ${sql}`).join(' ')}
       ORDER BY a.value <> ?, a.valid_to = '${ALWAYS_TO}' DESC, a.value, a.valid_from DESC LIMIT ?`,
  ).all(
    kind,
    query,
    isWhole ? `${query}\0` : query + AFTER_ALL_DIGITS,
    query,
    query,
    query,
    ...conditions.values,
    query,
    limit,
  );
  return rows.map(({ validFrom, validTo, ...row }) => ({ ...row, isPresent: validFrom <= today && today < validTo }));
}

/** Different numbers that begin with the digits: one person's own, or hopping through their index instead of reading it. */
function numbersFrom(db: Database, digits: string, scope: Scope): readonly string[] {
  const end = digits + AFTER_ALL_DIGITS;
  if (scope.kind === 'person') {
    const own = cachedStatement<[number, string, string, number], { value: string }>(
      db,
      `SELECT number AS value FROM calls INDEXED BY calls_person WHERE person_id = ? AND number >= ? AND number < ?
         GROUP BY number ORDER BY COUNT(*) DESC LIMIT ?`,
    );
    return own.all(scope.personId, digits, end, NUMBERS_TRIED_IN_PART).map(({ value }) => value);
  }
  const rows = cachedStatement<[{ from: string; to: string; limit: number }], { value: string }>(
    db,
    `WITH RECURSIVE hop (value) AS (
       SELECT MIN(number) FROM calls WHERE number >= $from AND number < $to
       UNION ALL
       SELECT (SELECT MIN(number) FROM calls WHERE number > hop.value AND number < $to)
         FROM hop WHERE hop.value IS NOT NULL LIMIT $limit
     ) SELECT value FROM hop WHERE value IS NOT NULL`,
  ).all({ from: digits, to: end, limit: scope.kind === 'all' ? NUMBERS_TRIED : NUMBERS_TRIED_IN_PART });
  return rows.map(({ value }) => value);
}

function numbersEndingIn(db: Database, digits: string): readonly string[] {
  const from = reversedText(digits);
  return cachedStatement<[string, string, number], { reversed: string }>(
    db,
    'SELECT reversed FROM call_numbers WHERE reversed >= ? AND reversed < ? LIMIT ?',
  )
    .all(from, from + AFTER_ALL_DIGITS, NUMBERS_TRIED)
    .map((row) => reversedText(row.reversed));
}

function callsWith(db: Database, number: string, scope: Scope): number {
  const conditions: Conditions = { sql: [], values: [] };
  addScope(conditions, scope, 'c');
  const narrow = conditions.sql.map((sql) => `AND ${sql}`).join(' ');
  const one = (column: string, other: string): string =>
    `SELECT c.id FROM calls c WHERE c.${column} = ? ${other} ${narrow}`;
  const found = cachedStatement<Value[], { calls: number }>(
    db,
    `SELECT COUNT(*) AS calls FROM (${one('number', '')} UNION ALL ${one('dialled', 'AND c.number IS NOT c.dialled')} LIMIT ?)`,
  );
  return found.get(number, ...conditions.values, number, ...conditions.values, CALLS_COUNTED)?.calls ?? 0;
}

/**
 * Numbers that calls went to or came from, most called first. Who may not see the last digits finds by the digits in front
 * of them alone: digits that are hidden must not tell whether such a call exists.
 */
export function searchNumbers(
  db: Database,
  query: string,
  {
    scope,
    seesNumbers,
    countryCode,
    limit,
  }: { readonly scope: Scope; readonly seesNumbers: boolean; readonly countryCode: string; readonly limit: number },
): readonly FoundNumber[] {
  const digits = query.replace(/\D/g, '').replace(/^00(?=\d{2})/, '');
  const starts = digits.startsWith('0') ? [digits, countryCode + digits.slice(1)] : [digits];
  const found = new Set(starts.flatMap((start) => [...numbersFrom(db, start, scope)]));
  // Also as the PBX printed them: with the digit for a line in front.
  if (seesNumbers && digits.length >= ENDING_FROM_DIGITS)
    for (const number of numbersEndingIn(db, digits)) found.add(number);
  const shown = new Map<string, FoundNumber>();
  for (const number of found) {
    const text = seesNumbers ? number : maskNumber(number);
    const visible = text.replace(/•.*$/u, '');
    const isByVisible = seesNumbers || starts.some((start) => visible.startsWith(start));
    if (!isByVisible) continue;
    const calls = callsWith(db, number, scope);
    if (calls === 0) continue;
    const earlier = shown.get(text);
    shown.set(text, { number: text, digits: visible, calls: calls + (earlier?.calls ?? 0) });
  }
  return [...shown.values()].sort((a, b) => b.calls - a.calls).slice(0, limit);
}
