/** Who gets statements of a month: people with calls, with their address, language and the password of their files. */
import type { Scope } from '../model/access.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import type { LocalDay } from '../model/time.ts';
import { addScope } from './call-scope.ts';
import { add, type Conditions, chargeable, where } from './conditions.ts';
import type { Database } from './database.ts';
import { daysOfMonth } from './month-days.ts';

export interface StatementPerson {
  readonly personId: number;
  readonly name: string;
  readonly employeeNumber: string | null;
  /** null: none. */
  readonly email: string | null;
  /** Of the day asked for. */
  readonly departmentId: number | null;
  readonly departmentName: string | null;
  readonly language: 'vi' | 'en' | null;
  /** Sealed; empty: none. */
  readonly password: string;
}

export interface PersonCalls {
  readonly calls: number;
  readonly charges: ReadonlyMap<string, AmountMicro>;
}

interface SumRow {
  readonly personId: number;
  readonly currency: string;
  readonly calls: number;
  readonly charge: string;
}

const SELECT = `SELECT p.id AS personId, p.name, p.employee_number AS employeeNumber, NULLIF(p.email, '') AS email,
    m.department_id AS departmentId, d.name AS departmentName, sp.language, COALESCE(sp.password, '') AS password
  FROM people p
  LEFT JOIN department_memberships m ON m.person_id = p.id AND m.valid_from <= $day AND $day < m.valid_to
  LEFT JOIN departments d ON d.id = m.department_id
  LEFT JOIN statement_people sp ON sp.person_id = p.id`;

export class StatementPeople {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** In order of name. `day` decides which department is named. */
  of(personIds: readonly number[], day: LocalDay): readonly StatementPerson[] {
    return this.#db
      .prepare(`${SELECT} WHERE p.id IN (SELECT value FROM json_each($ids)) ORDER BY p.search_name, p.id`)
      .all({ day, ids: JSON.stringify(personIds) }) as StatementPerson[];
  }

  get(personId: number, day: LocalDay): StatementPerson | undefined {
    return this.of([personId], day)[0];
  }

  /** Calls that the month charges to people within the scope, as its page adds them up. */
  callsOf(month: string, scope: Scope): ReadonlyMap<number, PersonCalls> {
    const { first, end } = daysOfMonth(month);
    const conditions: Conditions = { sql: [], values: [] };
    add(conditions, 's.day >= ? AND s.day < ?', first, end);
    add(conditions, `${chargeable('s')} AND s.person_id > 0`);
    addScope(conditions, scope, 's');
    const rows = this.#db
      .prepare(
        `SELECT s.person_id AS personId, s.currency, SUM(s.calls) AS calls,
           CAST(COALESCE(SUM(s.charge_micro), 0) AS TEXT) AS charge
         FROM daily_sums s ${where(conditions)} GROUP BY 1, 2 HAVING SUM(s.calls) > 0`,
      )
      .all(...conditions.values) as SumRow[];
    const people = new Map<number, { calls: number; charges: Map<string, AmountMicro> }>();
    for (const { personId, currency, calls, charge } of rows) {
      const person = people.get(personId) ?? { calls: 0, charges: new Map<string, AmountMicro>() };
      person.calls += calls;
      if (currency !== '') person.charges.set(currency, amountMicro(BigInt(charge)));
      people.set(personId, person);
    }
    return people;
  }

  setPassword(personId: number, sealed: string): void {
    this.#db
      .prepare(
        `INSERT INTO statement_people (person_id, password) VALUES (?, ?)
         ON CONFLICT DO UPDATE SET password = excluded.password`,
      )
      .run(personId, sealed);
  }

  setLanguage(personId: number, language: 'vi' | 'en' | null): void {
    this.#db
      .prepare(
        `INSERT INTO statement_people (person_id, language) VALUES (?, ?)
         ON CONFLICT DO UPDATE SET language = excluded.language`,
      )
      .run(personId, language);
  }
}
