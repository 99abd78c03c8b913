/**
 * The first tables of tollbook.db. Two kinds: what people typed (departments, people, assignments, tariffs, settings,
 * sources, sessions), which survives a rebuild, and what is derived from the journal (calls, legs, quarantine, daily
 * sums, ingest state), which can be thrown away and made again.
 *
 * Times: `*_ms` are milliseconds since 1970 UTC; `*_local_s` are seconds on the site's wall clock (core/model/time.ts);
 * dates are `YYYY-MM-DD`. An absent end of a dated row means "until further notice"; ends are exclusive.
 * Money: `*_micro` are millionths of `currency`.
 */
export const initial = {
  version: 10,
  sql: `
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  config TEXT NOT NULL,
  format_id TEXT NOT NULL,
  format_options TEXT NOT NULL DEFAULT '{}',
  is_enabled INTEGER NOT NULL DEFAULT 1,
  is_demo INTEGER NOT NULL DEFAULT 0,
  created_at_ms INTEGER NOT NULL,
  deleted_at_ms INTEGER
) STRICT;

-- Formats that people described here. A change is a new version; the newest one is used.
CREATE TABLE format_definitions (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  definition TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

-- How a source was read before it was read anew with something else; the newest row is what an undo goes back to.
CREATE TABLE reading_changes (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL,
  format_id TEXT NOT NULL,
  format_options TEXT NOT NULL,
  changed_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE departments (
  id INTEGER PRIMARY KEY,
  parent_id INTEGER REFERENCES departments (id),
  name TEXT NOT NULL,
  code TEXT UNIQUE
) STRICT;

CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  search_name TEXT NOT NULL,
  employee_number TEXT UNIQUE,
  email TEXT,
  title TEXT,
  notes TEXT,
  active_from TEXT,
  active_to TEXT
) STRICT;

CREATE TABLE department_memberships (
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  department_id INTEGER NOT NULL REFERENCES departments (id),
  valid_from TEXT NOT NULL DEFAULT '0000-01-01',
  valid_to TEXT NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (person_id, valid_from)
) STRICT, WITHOUT ROWID;

-- One row assigns one code or extension, or a whole range of equal-length numbers (last_value set), to one person.
CREATE TABLE assignments (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('code', 'extension')),
  value TEXT NOT NULL,
  last_value TEXT,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  valid_from TEXT NOT NULL DEFAULT '0000-01-01',
  valid_to TEXT NOT NULL DEFAULT '9999-12-31'
) STRICT;
CREATE INDEX assignments_value ON assignments (kind, value);
CREATE INDEX assignments_range ON assignments (kind, value, last_value) WHERE last_value IS NOT NULL;
CREATE INDEX assignments_person ON assignments (person_id);

CREATE TABLE tariffs (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  currency TEXT NOT NULL,
  definition TEXT NOT NULL,
  is_active INTEGER NOT NULL DEFAULT 0,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('link', 'session')),
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE closed_months (
  month TEXT PRIMARY KEY,
  closed_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Places that are called, named in both languages; the reader chooses.
CREATE TABLE destinations (
  id INTEGER PRIMARY KEY,
  name_en TEXT NOT NULL,
  name_vi TEXT NOT NULL,
  UNIQUE (name_en, name_vi)
) STRICT;

-- id = source_id * 2^40 + offset of the call's first byte (core/model/call.ts). end_offset is the offset past its last byte.
-- cleaned is the outside number without the format's own marks, kept only where it differs from what was printed.
CREATE TABLE calls (
  id INTEGER PRIMARY KEY,
  start_local_s INTEGER NOT NULL,
  utc_offset_min INTEGER NOT NULL,
  end_offset INTEGER NOT NULL,
  direction TEXT NOT NULL,
  is_answered INTEGER,
  talk_s INTEGER NOT NULL,
  ring_s INTEGER,
  extension TEXT,
  trunk TEXT,
  code TEXT,
  code_field TEXT,
  dialled TEXT,
  caller TEXT,
  caller_name TEXT,
  cleaned TEXT,
  number TEXT,
  band TEXT NOT NULL,
  destination_id INTEGER,
  person_id INTEGER,
  department_id INTEGER,
  reason TEXT NOT NULL,
  rating TEXT NOT NULL,
  tariff_id INTEGER,
  charge_micro INTEGER,
  currency TEXT,
  billed_s INTEGER,
  pbx_cost TEXT,
  condition TEXT,
  doubts TEXT,
  leg_count INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX calls_start ON calls (start_local_s);
CREATE INDEX calls_person ON calls (person_id, start_local_s) WHERE person_id IS NOT NULL;
CREATE INDEX calls_code ON calls (code, start_local_s) WHERE code IS NOT NULL;
CREATE INDEX calls_extension ON calls (extension, start_local_s) WHERE extension IS NOT NULL;
CREATE INDEX calls_number ON calls (number, start_local_s) WHERE number IS NOT NULL;
CREATE INDEX calls_dialled ON calls (dialled, start_local_s) WHERE dialled IS NOT NULL;
CREATE INDEX calls_destination ON calls (destination_id, start_local_s) WHERE destination_id IS NOT NULL;
CREATE INDEX calls_caller_name ON calls (caller_name, start_local_s) WHERE caller_name IS NOT NULL;

-- The numbers of calls, last digit first, so that last digits find them without reading all calls. A dialled number is
-- here only where its end is not the end of the call's normalised number.
CREATE TABLE call_numbers (
  reversed TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Legs of calls of several records only; a call of one record is its own leg.
CREATE TABLE call_legs (
  call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  source_offset INTEGER NOT NULL,
  byte_length INTEGER NOT NULL,
  leg TEXT NOT NULL,
  PRIMARY KEY (call_id, source_offset)
) STRICT, WITHOUT ROWID;

-- Frames that no rule could read (or that a stream's end cut off), kept until a fixed parser reads them.
-- Binary noise that goes on and on is one row of many frames.
CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY,
  byte_length INTEGER NOT NULL,
  frame_count INTEGER NOT NULL,
  received_at_ms INTEGER NOT NULL,
  format_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX quarantine_received ON quarantine (received_at_ms);

-- Sums a month page is made of. person_id and department_id are 0 where nobody owns the call.
CREATE TABLE daily_sums (
  day INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL,
  department_id INTEGER NOT NULL,
  reason TEXT NOT NULL,
  direction TEXT NOT NULL,
  band TEXT NOT NULL,
  rating TEXT NOT NULL,
  currency TEXT NOT NULL,
  is_answered INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  talk_s INTEGER NOT NULL,
  charge_micro INTEGER NOT NULL,
  PRIMARY KEY (day, source_id, person_id, department_id, reason, direction, band, rating, currency, is_answered)
) STRICT, WITHOUT ROWID;

-- Where reading of each stream stands; moved in the same transaction as the calls it made.
CREATE TABLE ingest_streams (
  source_id INTEGER NOT NULL,
  stream_id INTEGER NOT NULL,
  next_offset INTEGER NOT NULL,
  context TEXT NOT NULL DEFAULT '{}',
  open_calls TEXT NOT NULL DEFAULT '[]',
  is_finished INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (source_id, stream_id)
) STRICT, WITHOUT ROWID;

-- Counts of every outcome since the source began: nothing is read without being counted.
CREATE TABLE outcome_counts (
  source_id INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  rule TEXT NOT NULL,
  frames INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL,
  PRIMARY KEY (source_id, outcome, rule)
) STRICT, WITHOUT ROWID;
`,
} as const;
