/**
 * The month's books: who closed a month and what its reports were printed from, calls that came late, and corrections of
 * closed months.
 *
 * A closed month prints with the names of its closing (`frozen_names`) and with the first file written of each kind
 * (`closed_files`; the files lie in the data folder). `closing_log` is never changed: it also says which months were closed
 * when a record was read. A correction of a closed month is a restatement in an open month; it is taken back by another one.
 */
export const monthClose = {
  version: 40,
  sql: `
ALTER TABLE closed_months ADD COLUMN closing_id INTEGER;

CREATE TABLE closing_log (
  id INTEGER PRIMARY KEY,
  month TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('closed', 'reopened')),
  at_ms INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  -- SHA-256 over the month's calls, its corrections and the frozen names; of closings only.
  fingerprint TEXT,
  company TEXT NOT NULL DEFAULT '',
  time_zone TEXT NOT NULL DEFAULT '',
  quarantined_frames INTEGER NOT NULL DEFAULT 0,
  calls INTEGER NOT NULL DEFAULT 0,
  -- How far each source was read: JSON of source and offset. What lies behind came later.
  positions TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX closing_log_month ON closing_log (month, id);
INSERT INTO closing_log (month, act, at_ms, made_by) SELECT month, 'closed', closed_at_ms, '' FROM closed_months;
UPDATE closed_months SET closing_id = (SELECT id FROM closing_log l WHERE l.month = closed_months.month);

CREATE TABLE frozen_names (
  closing_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'department', 'source', 'tariff-version')),
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  parent_id INTEGER,
  employee_number TEXT,
  PRIMARY KEY (closing_id, kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE closed_files (
  closing_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  language TEXT NOT NULL,
  is_masked INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  byte_length INTEGER NOT NULL,
  PRIMARY KEY (closing_id, type, language, is_masked)
) STRICT, WITHOUT ROWID;

-- Lines that were there before their month was closed and became calls afterwards, with the day they are summed at. What
-- arrived after the closing is known by its arrival.
CREATE TABLE late_calls (
  call_id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL
) STRICT;

CREATE TABLE restatements (
  id INTEGER PRIMARY KEY,
  -- The open month that it counts in.
  month TEXT NOT NULL,
  call_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('price', 'owner', 'removed', 'added', 'private', 'business')),
  before_person_id INTEGER,
  before_department_id INTEGER,
  before_charge_micro INTEGER,
  before_currency TEXT,
  before_is_private INTEGER NOT NULL,
  after_person_id INTEGER,
  after_department_id INTEGER,
  after_charge_micro INTEGER,
  after_currency TEXT,
  after_is_private INTEGER NOT NULL,
  band TEXT NOT NULL,
  reason TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at_ms INTEGER NOT NULL,
  takes_back_id INTEGER REFERENCES restatements (id)
) STRICT;
CREATE INDEX restatements_month ON restatements (month, id);
CREATE INDEX restatements_call ON restatements (call_id, id);
CREATE UNIQUE INDEX restatements_taken_back ON restatements (takes_back_id) WHERE takes_back_id IS NOT NULL;

-- What each restatement adds to a person and department of its month; a move is two rows that add up to nothing.
CREATE TABLE restatement_sums (
  restatement_id INTEGER NOT NULL REFERENCES restatements (id),
  place INTEGER NOT NULL,
  month TEXT NOT NULL,
  person_id INTEGER NOT NULL,
  department_id INTEGER NOT NULL,
  band TEXT NOT NULL,
  currency TEXT NOT NULL,
  charge_micro INTEGER NOT NULL,
  private_micro INTEGER NOT NULL,
  PRIMARY KEY (restatement_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX restatement_sums_month ON restatement_sums (month);
`,
} as const;
