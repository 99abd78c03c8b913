/**
 * Users with their departments and recovery codes, their sessions, what failed at signing in, and the settings of the
 * directory and of the network door. Nothing here lets anybody in who reads the file: passwords, recovery codes and
 * tokens are hashed, the secrets of second factors and of the directory are sealed.
 */
export const users = {
  version: 90,
  sql: `
-- login_key: the login without case and in one normal form. password_hash: null for users of the directory.
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  login TEXT NOT NULL,
  login_key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('administrator', 'accountant', 'manager', 'auditor', 'employee')),
  state TEXT NOT NULL CHECK (state IN ('active', 'locked', 'disabled')),
  origin TEXT NOT NULL CHECK (origin IN ('here', 'directory')),
  person_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
  sees_numbers INTEGER NOT NULL,
  sees_codes INTEGER NOT NULL,
  password_hash TEXT,
  must_change_password INTEGER NOT NULL DEFAULT 0,
  totp_secret TEXT,
  -- The last time step whose code was used: none is taken twice. Null while the second factor is being set up.
  totp_step INTEGER,
  created_at_ms INTEGER NOT NULL,
  signed_in_at_ms INTEGER
) STRICT;
CREATE INDEX users_person ON users (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE user_departments (
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  department_id INTEGER NOT NULL REFERENCES departments (id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, department_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_departments_department ON user_departments (department_id);

CREATE TABLE recovery_codes (
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  code_hash TEXT NOT NULL,
  PRIMARY KEY (user_id, code_hash)
) STRICT, WITHOUT ROWID;

-- key: 'login:...' (also of names that nobody has) or 'address:...'.
CREATE TABLE sign_in_failures (
  key TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- user_id null: the owner of this computer.
CREATE TABLE new_sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('link', 'session')),
  user_id INTEGER REFERENCES users (id) ON DELETE CASCADE,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  seen_at_ms INTEGER NOT NULL,
  address TEXT NOT NULL DEFAULT '',
  browser TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO new_sessions (token_hash, kind, created_at_ms, expires_at_ms, seen_at_ms)
  SELECT token_hash, kind, created_at_ms, expires_at_ms, created_at_ms FROM sessions;
DROP TABLE sessions;
ALTER TABLE new_sessions RENAME TO sessions;
CREATE INDEX sessions_user ON sessions (user_id) WHERE user_id IS NOT NULL;

-- 'directory' and 'network', as JSON; a password in it is sealed.
CREATE TABLE access_settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`,
} as const;
