/** When backups are made, and what became of each. The backups themselves are files; this is only what is told of them. */
export const backups = {
  version: 150,
  sql: `
CREATE TABLE backup_settings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  value TEXT NOT NULL,
  -- From when a backup can have been missed.
  since_ms INTEGER NOT NULL
) STRICT;
INSERT INTO backup_settings VALUES (1, '{}', unixepoch() * 1000);

CREATE TABLE backup_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER NOT NULL,
  -- Absolute path; where none was made, the folder it was to be in.
  path TEXT NOT NULL,
  result TEXT NOT NULL CHECK (result IN ('made', 'failed', 'cancelled')),
  is_scheduled INTEGER NOT NULL CHECK (is_scheduled IN (0, 1)),
  byte_length INTEGER,
  calls INTEGER,
  -- JSON of the problem: code and values.
  problem TEXT
) STRICT;
`,
} as const;
