/** Layouts of price lists that people keep: which column is what, and the answers to what such files leave open. */
export const deckPresets = {
  version: 50,
  sql: `
CREATE TABLE deck_presets (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  -- JSON: the file's headings, by which it is known again, and the layout.
  headings TEXT NOT NULL,
  layout TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;
`,
} as const;
