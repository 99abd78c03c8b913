/** Views of long tables that people named, and what an office did for the first time. */
export const comfort = {
  version: 140,
  sql: `
-- search is the filter as it stands in the address; columns are a JSON list, null: as the reader has them.
-- owner_id is a user; null: the owner of this computer.
CREATE TABLE saved_views (
  id INTEGER PRIMARY KEY,
  page TEXT NOT NULL,
  name TEXT NOT NULL,
  search TEXT NOT NULL,
  columns TEXT,
  owner_id INTEGER,
  owner_name TEXT NOT NULL,
  is_shared INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX saved_views_name ON saved_views (page, COALESCE(owner_id, 0), name);

CREATE TABLE first_steps (
  step TEXT PRIMARY KEY,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
} as const;
