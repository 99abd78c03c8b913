/** Where the journal of a source begins: older bytes were removed after their time. The chain goes on from this hash. */
export const journalCuts = {
  version: 30,
  sql: `
CREATE TABLE cuts (
  source_id INTEGER PRIMARY KEY,
  next_offset INTEGER NOT NULL,
  chunk_count INTEGER NOT NULL,
  hash BLOB NOT NULL,
  cut_at_ms INTEGER NOT NULL
) STRICT;
`,
} as const;
