/** Reports that people named, with the filter they were asked with, for themselves, for roles or for everybody. */
export const savedReports = {
  version: 110,
  sql: `
-- search is the filter as it stands in the address. owner_id is a user; null: the owner of this computer.
-- shared_with is a JSON list of roles; empty: nobody else.
CREATE TABLE saved_reports (
  id INTEGER PRIMARY KEY,
  report_id TEXT NOT NULL,
  name TEXT NOT NULL,
  search TEXT NOT NULL,
  owner_id INTEGER,
  owner_name TEXT NOT NULL,
  shared_with TEXT NOT NULL DEFAULT '[]',
  changed_at_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX saved_reports_name ON saved_reports (COALESCE(owner_id, 0), name);
`,
} as const;
