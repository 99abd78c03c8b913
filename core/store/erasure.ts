/** One person's data: what there is of it, and the name taken out of it. */
import { foldText } from '../model/fold.ts';
import { ALWAYS_TO } from '../model/people.ts';
import type { LocalDay } from '../model/time.ts';
import type { Database } from './database.ts';

export interface PersonFigures {
  readonly calls: number;
  readonly codes: number;
  readonly statements: number;
  readonly users: number;
  /** Closed months whose printed reports name the person. */
  readonly closedMonths: readonly string[];
}

export type DataTable = 'people' | 'department_memberships' | 'assignments' | 'call_decisions' | 'statements' | 'users';

/** Which column of a table names the person. */
const OWNER: Readonly<Record<DataTable, string>> = {
  people: 'id',
  department_memberships: 'person_id',
  assignments: 'person_id',
  call_decisions: 'person_id',
  statements: 'person_id',
  users: 'person_id',
};
/** What is nobody's business, not even the person's own: with it somebody else could sign in. */
const SECRETS = new Set(['password_hash', 'totp_secret', 'totp_step', 'search_name', 'login_key']);

export type DataRow = Readonly<Record<string, string | number | null>>;

/** Every row of a table that is about the person, as it is stored. */
export function rowsOfPerson(db: Database, table: DataTable, personId: number): readonly DataRow[] {
  const rows = db.prepare(`SELECT * FROM ${table} WHERE ${OWNER[table]} = ?`).all(personId) as DataRow[];
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => !SECRETS.has(key))));
}

export function sessionsOfPerson(db: Database, personId: number): readonly DataRow[] {
  return db
    .prepare(
      `SELECT created_at_ms, seen_at_ms, address, browser FROM sessions
       WHERE user_id IN (SELECT id FROM users WHERE person_id = ?) ORDER BY created_at_ms`,
    )
    .all(personId) as DataRow[];
}

export function figuresOf(db: Database, personId: number): PersonFigures {
  const count = (sql: string): number => Number(db.prepare(sql).pluck().get(personId));
  return {
    calls: count('SELECT COUNT(*) FROM calls WHERE person_id = ?'),
    codes: count(`SELECT COUNT(*) FROM assignments WHERE person_id = ? AND kind = 'code'`),
    statements: count('SELECT COUNT(*) FROM statements WHERE person_id = ?'),
    users: count('SELECT COUNT(*) FROM users WHERE person_id = ?'),
    closedMonths: db.prepare('SELECT month FROM closed_months ORDER BY month').pluck().all() as string[],
  };
}

/** The name and all that describes the person; codes end today, and calls, sums and decisions keep whose they were. */
export function erasePerson(db: Database, personId: number, pseudonym: string, today: LocalDay): void {
  db.transaction(() => {
    db.prepare(
      `UPDATE people SET name = ?, search_name = ?, employee_number = NULL, email = NULL, title = NULL, notes = NULL,
         active_to = COALESCE(active_to, ?) WHERE id = ?`,
    ).run(pseudonym, foldText(pseudonym), today, personId);
    db.prepare(
      `UPDATE assignments SET valid_to = ? WHERE person_id = ? AND valid_to = '${ALWAYS_TO}' AND valid_from < ?`,
    ).run(today, personId, today);
    db.prepare('DELETE FROM statement_people WHERE person_id = ?').run(personId);
    db.prepare('DELETE FROM statement_links WHERE statement_id IN (SELECT id FROM statements WHERE person_id = ?)').run(
      personId,
    );
    db.prepare("UPDATE schedule_sendings SET name = ?, target = '' WHERE person_id = ?").run(pseudonym, personId);
    db.prepare('DELETE FROM sessions WHERE user_id IN (SELECT id FROM users WHERE person_id = ?)').run(personId);
    db.prepare('DELETE FROM users WHERE person_id = ?').run(personId);
  })();
}
