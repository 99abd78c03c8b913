/**
 * The mail server that everything is sent through (until now a part of the settings of alerts); schedules with their runs
 * and everybody a run is sent to; monthly statements of people with their links, answers and disputes. A run keeps what it
 * was asked to do, so changing a schedule changes no run. A sending is `claimed` before it is handed to the mail server:
 * one that is found claimed at a start may have been sent, and is never sent again without being asked for.
 */
export const schedules = {
  version: 130,
  sql: `
-- 'mail' and 'statements', as JSON; secrets in it are sealed.
CREATE TABLE delivery_settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO delivery_settings (key, value)
  SELECT 'mail', json_object(
    'host', json_extract(value, '$.email.host'),
    'port', json_extract(value, '$.email.port'),
    'security', json_extract(value, '$.email.security'),
    'login', CASE json_extract(value, '$.email.user') WHEN '' THEN 'none' ELSE 'password' END,
    'user', json_extract(value, '$.email.user'),
    'password', json_extract(value, '$.email.password'),
    'from', json_extract(value, '$.email.from'),
    'certificate', json_extract(value, '$.email.certificate'))
  FROM alert_settings WHERE key = 'delivery' AND json_extract(value, '$.email.host') <> '';
UPDATE alert_settings SET value = json_remove(value, '$.email.host', '$.email.port', '$.email.security',
  '$.email.user', '$.email.password', '$.email.from', '$.email.certificate') WHERE key = 'delivery';

-- Days up to after_day are dealt with. A removed schedule stays for the log of its runs.
CREATE TABLE schedules (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  task TEXT NOT NULL,
  rhythm TEXT NOT NULL,
  is_paused INTEGER NOT NULL,
  after_day TEXT NOT NULL,
  maker_user_id INTEGER,
  maker_name TEXT NOT NULL,
  maker_rights TEXT NOT NULL,
  problem TEXT NOT NULL DEFAULT '',
  changed_at_ms INTEGER NOT NULL,
  is_removed INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Without a schedule: asked for by hand, and reminders. due_day is the day of the site's clock it is meant for.
CREATE TABLE schedule_runs (
  id INTEGER PRIMARY KEY,
  schedule_id INTEGER REFERENCES schedules (id),
  name TEXT NOT NULL,
  task TEXT NOT NULL,
  due_day TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('due', 'missed', 'by-hand')),
  maker_user_id INTEGER,
  maker_name TEXT NOT NULL,
  maker_rights TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'done', 'failed', 'left-out', 'stopped')),
  tries INTEGER NOT NULL DEFAULT 0,
  next_try_at_ms INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  done_at_ms INTEGER,
  result TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX schedule_runs_once ON schedule_runs (schedule_id, due_day) WHERE reason <> 'by-hand';
CREATE INDEX schedule_runs_open ON schedule_runs (next_try_at_ms) WHERE state IN ('waiting', 'sending');

CREATE TABLE schedule_sendings (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES schedule_runs (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('mail', 'folder')),
  target TEXT NOT NULL,
  name TEXT NOT NULL,
  person_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
  language TEXT NOT NULL CHECK (language IN ('vi', 'en')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'sent', 'failed', 'uncertain', 'left-out')),
  tries INTEGER NOT NULL DEFAULT 0,
  next_try_at_ms INTEGER NOT NULL,
  done_at_ms INTEGER,
  result TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX schedule_sendings_run ON schedule_sendings (run_id);

-- How somebody gets statements. An empty password: none yet. language is null until somebody chose one.
CREATE TABLE statement_people (
  person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
  password TEXT NOT NULL DEFAULT '',
  language TEXT CHECK (language IN ('vi', 'en'))
) STRICT;

-- What somebody was asked to confirm; the newest of a person and month counts. answer and way are null until they answered.
CREATE TABLE statements (
  id INTEGER PRIMARY KEY,
  month TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  shows_numbers INTEGER NOT NULL,
  made_at_ms INTEGER NOT NULL,
  sent_at_ms INTEGER,
  reminded_at_ms INTEGER,
  reminders INTEGER NOT NULL DEFAULT 0,
  answer TEXT CHECK (answer IN ('confirmed', 'disputed')),
  way TEXT CHECK (way IN ('link', 'paper')),
  answered_at_ms INTEGER,
  noted_by TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX statements_month ON statements (month, person_id, id);
CREATE INDEX statements_person ON statements (person_id);

CREATE TABLE statement_links (
  token_hash TEXT PRIMARY KEY,
  statement_id INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  expires_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_links_statement ON statement_links (statement_id);

-- outcome is null until somebody decided.
CREATE TABLE statement_disputes (
  id INTEGER PRIMARY KEY,
  statement_id INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
  call_id INTEGER NOT NULL,
  words TEXT NOT NULL,
  outcome TEXT CHECK (outcome IN ('changed', 'kept')),
  reason TEXT NOT NULL DEFAULT '',
  decided_by TEXT NOT NULL DEFAULT '',
  decided_at_ms INTEGER
) STRICT;
CREATE INDEX statement_disputes_statement ON statement_disputes (statement_id);
CREATE INDEX statement_disputes_open ON statement_disputes (id) WHERE outcome IS NULL;
`,
} as const;
