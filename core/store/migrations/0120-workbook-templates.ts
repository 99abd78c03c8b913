/**
 * How workbooks look. A version that a closed month was printed with stays, so that a lost file of that month can be written
 * again with the same bytes; so does what its sheet of sources said.
 */
export const workbookTemplates = {
  version: 120,
  sql: `
-- The newest one holds. look is JSON; null: the look that is built in. Without a logo of its own the letterhead's is used.
CREATE TABLE workbook_templates (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  made_at_ms INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  look TEXT,
  logo_type TEXT CHECK (logo_type IN ('png', 'jpeg')),
  logo_width_pixels INTEGER,
  logo_height_pixels INTEGER,
  logo_bytes BLOB
) STRICT;

-- Null: the look that is built in, or the file has none (CSV, PDF).
ALTER TABLE closed_files ADD COLUMN template_id INTEGER REFERENCES workbook_templates (id);

-- What the first file of a closing said of its sources, as JSON.
CREATE TABLE closed_month_sources (
  closing_id INTEGER PRIMARY KEY REFERENCES closing_log (id),
  sources TEXT NOT NULL
) STRICT;
`,
} as const;
