/**
 * Budgets; alerts with their history and what was sent of them; and what watching remembers. A case is one row of `alerts`
 * (case_key) however often it is met. Calls to look at are written by the batch that stored them and removed in the
 * transaction that looked at them, so none is missed and none is looked at twice.
 */
export const budgetsAndAlerts = {
  version: 80,
  sql: `
-- Neither person nor department: the whole site. units: millionths of the currency, or seconds of talk.
CREATE TABLE budgets (
  id INTEGER PRIMARY KEY,
  person_id INTEGER REFERENCES people (id) ON DELETE CASCADE,
  department_id INTEGER REFERENCES departments (id) ON DELETE CASCADE,
  includes_sub INTEGER NOT NULL DEFAULT 1,
  bands TEXT NOT NULL DEFAULT '[]',
  kind TEXT NOT NULL CHECK (kind IN ('money', 'minutes')),
  currency TEXT NOT NULL DEFAULT '',
  units INTEGER NOT NULL,
  from_month TEXT NOT NULL,
  to_month TEXT,
  thresholds TEXT NOT NULL,
  warns_of_forecast INTEGER NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  changed_at_ms INTEGER NOT NULL,
  changed_by TEXT NOT NULL
) STRICT;

-- 'rules' and 'delivery', as JSON; a password in it is sealed.
CREATE TABLE alert_settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE alerts (
  id INTEGER PRIMARY KEY,
  case_key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  severity TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'snoozed', 'resolved')),
  is_history INTEGER NOT NULL,
  call_count INTEGER NOT NULL,
  details TEXT NOT NULL,
  call_ids TEXT NOT NULL,
  first_local_s INTEGER NOT NULL,
  last_local_s INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL,
  snoozed_until_ms INTEGER,
  assigned_to TEXT
) STRICT;
CREATE INDEX alerts_state ON alerts (state, is_history);

CREATE TABLE alert_notes (
  id INTEGER PRIMARY KEY,
  alert_id INTEGER NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
  at_ms INTEGER NOT NULL,
  by_name TEXT NOT NULL,
  action TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX alert_notes_alert ON alert_notes (alert_id);

-- What waits keeps waiting over a restart.
CREATE TABLE alert_deliveries (
  id INTEGER PRIMARY KEY,
  alert_id INTEGER NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
  channel TEXT NOT NULL CHECK (channel IN ('desktop', 'email', 'webhook')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
  tries INTEGER NOT NULL DEFAULT 0,
  next_try_at_ms INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  done_at_ms INTEGER,
  result TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX alert_deliveries_waiting ON alert_deliveries (next_try_at_ms) WHERE state = 'waiting';
CREATE INDEX alert_deliveries_alert ON alert_deliveries (alert_id);

-- What rules remember between calls, as JSON.
CREATE TABLE alert_memory (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  touched_at_ms INTEGER NOT NULL,
  is_kept INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Offsets of the calls of one batch (JSON), and how many of them were looked at.
CREATE TABLE calls_to_watch (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL,
  offsets TEXT NOT NULL,
  done INTEGER NOT NULL DEFAULT 0
) STRICT;
`,
} as const;
