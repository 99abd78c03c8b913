/**
 * The letterhead of printed pages. A version that a closed month was printed with stays, so that a lost file of that month
 * can be written again with the same bytes; others go when they are replaced. Logos are kept once by their content.
 */
export const letterhead = {
  version: 125,
  sql: `
CREATE TABLE logos (
  sha256 TEXT PRIMARY KEY,
  type TEXT NOT NULL CHECK (type IN ('png', 'jpeg')),
  width_pixels INTEGER NOT NULL,
  height_pixels INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

-- The newest one holds. lines and signatures are JSON lists; signatures may be null: the usual words.
CREATE TABLE letterheads (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  lines TEXT NOT NULL,
  footer TEXT NOT NULL,
  place TEXT NOT NULL,
  signatures_vi TEXT,
  signatures_en TEXT,
  logo_sha256 TEXT REFERENCES logos (sha256)
) STRICT;

-- Null: there was none yet, or the file has none (CSV).
ALTER TABLE closed_files ADD COLUMN letterhead_id INTEGER REFERENCES letterheads (id);
CREATE INDEX closed_files_letterhead ON closed_files (letterhead_id) WHERE letterhead_id IS NOT NULL;
`,
} as const;
