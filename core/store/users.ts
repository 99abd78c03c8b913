/** Users: who may sign in, with which role, and what they see. */
import type { Role, UserState } from '../model/access.ts';
import { AppError } from '../model/errors.ts';
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

export type UserOrigin = 'here' | 'directory';

/** What an administrator says of a user. */
export interface UserFields {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly state: UserState;
  readonly personId: number | null;
  readonly departmentIds: readonly number[];
  readonly seesNumbers: boolean;
  readonly seesCodes: boolean;
}

export interface UserRow extends UserFields {
  readonly id: number;
  readonly origin: UserOrigin;
  readonly personName: string | null;
  readonly passwordHash: string | null;
  readonly mustChangePassword: boolean;
  /** Sealed. */
  readonly totpSecret: string | null;
  /** Null where the second factor is not in use. */
  readonly totpStep: number | null;
  readonly createdAtMs: number;
  readonly signedInAtMs: number | null;
}

type Columns = Omit<UserRow, 'departmentIds' | 'seesNumbers' | 'seesCodes' | 'mustChangePassword'> & {
  readonly departments: string;
  readonly seesNumbers: number;
  readonly seesCodes: number;
  readonly mustChangePassword: number;
};

const SELECT = `SELECT u.id, u.login, u.name, u.role, u.state, u.origin, u.person_id AS personId, p.name AS personName,
    u.sees_numbers AS seesNumbers, u.sees_codes AS seesCodes, u.password_hash AS passwordHash,
    u.must_change_password AS mustChangePassword, u.totp_secret AS totpSecret, u.totp_step AS totpStep,
    u.created_at_ms AS createdAtMs, u.signed_in_at_ms AS signedInAtMs,
    (SELECT json_group_array(department_id) FROM user_departments WHERE user_id = u.id) AS departments
  FROM users u LEFT JOIN people p ON p.id = u.person_id`;

/** One login however it is typed: no case, no blanks around it, one form of each letter. */
export function loginKey(login: string): string {
  return login.trim().normalize('NFKC').toLowerCase();
}

function userOf({ departments, seesNumbers, seesCodes, mustChangePassword, ...row }: Columns): UserRow {
  return {
    ...row,
    departmentIds: JSON.parse(departments) as number[],
    seesNumbers: seesNumbers === 1,
    seesCodes: seesCodes === 1,
    mustChangePassword: mustChangePassword === 1,
  };
}

const number = (isTrue: boolean): number => (isTrue ? 1 : 0);

export class UserStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  list(): readonly UserRow[] {
    return cachedStatement<[], Columns>(this.#db, `${SELECT} ORDER BY u.login_key`).all().map(userOf);
  }

  find(id: number): UserRow | undefined {
    const row = cachedStatement<[number], Columns>(this.#db, `${SELECT} WHERE u.id = ?`).get(id);
    return row === undefined ? undefined : userOf(row);
  }

  /** Throws `not-found`. */
  get(id: number): UserRow {
    const user = this.find(id);
    if (user === undefined) throw new AppError('not-found', { what: 'user', id });
    return user;
  }

  byLogin(login: string): UserRow | undefined {
    const row = cachedStatement<[string], Columns>(this.#db, `${SELECT} WHERE u.login_key = ?`).get(loginKey(login));
    return row === undefined ? undefined : userOf(row);
  }

  hasAny(): boolean {
    return cachedStatement(this.#db, 'SELECT 1 FROM users LIMIT 1').get() !== undefined;
  }

  /** Administrators who can sign in with a password kept here: the network's door needs one. */
  hasAdministrator(): boolean {
    return this.#administrators().length > 0;
  }

  /** Returns the new id. Throws `conflict` when the login is taken, `not-found` for a person or department. */
  add(fields: UserFields, origin: UserOrigin, nowMs: number): number {
    return this.#db
      .transaction(() => {
        this.#checkFields(fields, undefined);
        const { lastInsertRowid } = cachedStatement(
          this.#db,
          `INSERT INTO users (login, login_key, name, role, state, origin, person_id, sees_numbers, sees_codes,
             created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ).run(
          fields.login.trim(),
          loginKey(fields.login),
          fields.name,
          fields.role,
          fields.state,
          origin,
          fields.personId,
          number(fields.seesNumbers),
          number(fields.seesCodes),
          nowMs,
        );
        const id = Number(lastInsertRowid);
        this.#setDepartments(id, fields.departmentIds);
        return id;
      })
      .immediate();
  }

  /** Throws as `add` does, and `last-administrator` when nobody could administer any more. */
  change(id: number, fields: UserFields): void {
    this.#db
      .transaction(() => {
        const before = this.get(id);
        this.#checkFields(fields, id);
        cachedStatement(
          this.#db,
          `UPDATE users SET login = ?, login_key = ?, name = ?, role = ?, state = ?, person_id = ?, sees_numbers = ?,
             sees_codes = ? WHERE id = ?`,
        ).run(
          fields.login.trim(),
          loginKey(fields.login),
          fields.name,
          fields.role,
          fields.state,
          fields.personId,
          number(fields.seesNumbers),
          number(fields.seesCodes),
          id,
        );
        this.#setDepartments(id, fields.departmentIds);
        this.#checkAdministrators(before);
      })
      .immediate();
  }

  /** Throws `not-found` or `last-administrator`. */
  remove(id: number): void {
    this.#db
      .transaction(() => {
        const before = this.get(id);
        cachedStatement(this.#db, 'DELETE FROM users WHERE id = ?').run(id);
        this.#checkAdministrators(before);
      })
      .immediate();
  }

  setPassword(id: number, passwordHash: string, mustChange: boolean): void {
    cachedStatement(this.#db, 'UPDATE users SET password_hash = ?, must_change_password = ? WHERE id = ?').run(
      passwordHash,
      number(mustChange),
      id,
    );
  }

  /** A hash with newer parameters of the same password. */
  renewPasswordHash(id: number, before: string, passwordHash: string): void {
    const sql = 'UPDATE users SET password_hash = ? WHERE id = ? AND password_hash = ?';
    cachedStatement(this.#db, sql).run(passwordHash, id, before);
  }

  setSignedIn(id: number, atMs: number): void {
    cachedStatement(this.#db, 'UPDATE users SET signed_in_at_ms = ? WHERE id = ?').run(atMs, id);
  }

  /** `step` null: kept until a code proves that the app has it. A secret of null ends the second factor. */
  setTotp(id: number, sealedSecret: string | null, step: number | null): void {
    this.#db.transaction(() => {
      const sql = 'UPDATE users SET totp_secret = ?, totp_step = ? WHERE id = ?';
      cachedStatement(this.#db, sql).run(sealedSecret, step, id);
      if (sealedSecret === null) this.setRecoveryCodes(id, []);
    })();
  }

  /** True once for each time step, and never for one before: a code that was seen over a shoulder opens nothing. */
  takeTotpStep(id: number, step: number): boolean {
    const sql = 'UPDATE users SET totp_step = ? WHERE id = ? AND totp_step IS NOT NULL AND totp_step < ?';
    return cachedStatement(this.#db, sql).run(step, id, step).changes === 1;
  }

  setRecoveryCodes(id: number, hashes: readonly string[]): void {
    this.#db.transaction(() => {
      cachedStatement(this.#db, 'DELETE FROM recovery_codes WHERE user_id = ?').run(id);
      const insert = cachedStatement(this.#db, 'INSERT INTO recovery_codes (user_id, code_hash) VALUES (?, ?)');
      for (const hash of hashes) insert.run(id, hash);
    })();
  }

  countRecoveryCodes(id: number): number {
    const sql = 'SELECT COUNT(*) FROM recovery_codes WHERE user_id = ?';
    return Number(cachedStatement(this.#db, sql).pluck().get(id));
  }

  /** True once for each code. */
  takeRecoveryCode(id: number, hash: string): boolean {
    const sql = 'DELETE FROM recovery_codes WHERE user_id = ? AND code_hash = ?';
    return cachedStatement(this.#db, sql).run(id, hash).changes === 1;
  }

  #administrators(): readonly unknown[] {
    return cachedStatement(
      this.#db,
      `SELECT id FROM users WHERE role = 'administrator' AND state = 'active' AND password_hash IS NOT NULL`,
    ).all();
  }

  #checkAdministrators(before: UserRow): void {
    const wasOne = before.role === 'administrator' && before.state === 'active' && before.passwordHash !== null;
    if (wasOne && this.#administrators().length === 0) throw new AppError('last-administrator', { name: before.name });
  }

  #setDepartments(id: number, departmentIds: readonly number[]): void {
    cachedStatement(this.#db, 'DELETE FROM user_departments WHERE user_id = ?').run(id);
    const insert = cachedStatement(this.#db, 'INSERT INTO user_departments (user_id, department_id) VALUES (?, ?)');
    for (const departmentId of new Set(departmentIds)) insert.run(id, departmentId);
  }

  #checkFields(fields: UserFields, ownId: number | undefined): void {
    const other = this.byLogin(fields.login);
    if (other !== undefined && other.id !== ownId) {
      throw new AppError('conflict', { field: 'login', value: fields.login, name: other.name });
    }
    const exists = (table: 'people' | 'departments', id: number): boolean =>
      cachedStatement(this.#db, `SELECT 1 FROM ${table} WHERE id = ?`).get(id) !== undefined;
    if (fields.personId !== null && !exists('people', fields.personId)) {
      throw new AppError('not-found', { what: 'person', id: fields.personId });
    }
    const missing = fields.departmentIds.find((id) => !exists('departments', id));
    if (missing !== undefined) throw new AppError('not-found', { what: 'department', id: missing });
  }
}
