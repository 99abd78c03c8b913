/**
 * A tariff is a name with versions that never change once published; which tariff prices a call is chosen by access code,
 * trunk, trunk group, source, or the default. Calls learn what code rules, people and bundles say of them.
 *
 * calls.verdict: what the code policy of the day says; null where none was in force. calls.purpose: what people decided.
 * calls.late_day: the day a call is summed at when it came after its own month was closed. calls.month_use: JSON of what
 * it took out of bundles and added to volumes.
 */
export const tariffVersions = {
  version: 20,
  sql: `
ALTER TABLE tariffs RENAME TO tariffs_before;

CREATE TABLE tariffs (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;

-- effective_from is a day of the site; the newest published version that has begun holds, of equal days the higher number.
CREATE TABLE tariff_versions (
  id INTEGER PRIMARY KEY,
  tariff_id INTEGER NOT NULL REFERENCES tariffs (id),
  number INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
  effective_from TEXT NOT NULL DEFAULT '0000-01-01',
  currency TEXT NOT NULL,
  rate_count INTEGER NOT NULL,
  definition TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  created_at_ms INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL,
  published_at_ms INTEGER,
  published_by TEXT,
  UNIQUE (tariff_id, number)
) STRICT;

INSERT INTO tariffs (id, name, created_at_ms) SELECT id, name, created_at_ms FROM tariffs_before;
INSERT INTO tariff_versions (id, tariff_id, number, state, currency, rate_count, definition, created_at_ms, changed_at_ms,
    published_at_ms)
  SELECT id, id, 1, 'published', currency, json_array_length(definition, '$.rates'), definition, created_at_ms,
    created_at_ms, created_at_ms
  FROM tariffs_before;

CREATE TABLE tariff_choices (
  kind TEXT NOT NULL CHECK (kind IN ('access-code', 'trunk', 'trunk-group', 'source', 'default')),
  value TEXT NOT NULL DEFAULT '',
  tariff_id INTEGER NOT NULL REFERENCES tariffs (id),
  PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;
INSERT INTO tariff_choices (kind, tariff_id) SELECT 'default', id FROM tariffs_before WHERE is_active = 1;
DROP TABLE tariffs_before;

CREATE TABLE trunk_groups (
  trunk TEXT PRIMARY KEY,
  group_name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Months of tariffs whose prices depend on other calls: the calls from this instant on wait to be priced in order.
CREATE TABLE tariff_months_to_settle (
  tariff_id INTEGER NOT NULL,
  month TEXT NOT NULL,
  from_instant_s INTEGER NOT NULL,
  PRIMARY KEY (tariff_id, month)
) STRICT, WITHOUT ROWID;

ALTER TABLE calls RENAME COLUMN tariff_id TO tariff_version_id;
ALTER TABLE calls ADD COLUMN verdict TEXT;
ALTER TABLE calls ADD COLUMN purpose TEXT;
ALTER TABLE calls ADD COLUMN late_day INTEGER;
ALTER TABLE calls ADD COLUMN month_use TEXT;
CREATE INDEX calls_breach ON calls (verdict, start_local_s) WHERE verdict IS NOT NULL AND verdict <> 'obeys';
CREATE INDEX calls_late ON calls (late_day) WHERE late_day IS NOT NULL;
`,
} as const;
