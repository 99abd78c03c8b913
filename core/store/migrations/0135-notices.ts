/**
 * What the bell tells of. `occasion` keeps one thing from being told twice; `details` is JSON of what its words need. Reading
 * is each viewer's own; the owner of the computer, who has no user, is 0.
 */
export const notices = {
  version: 135,
  sql: `
CREATE TABLE notices (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  occasion TEXT NOT NULL UNIQUE,
  at_ms INTEGER NOT NULL,
  details TEXT NOT NULL
) STRICT;

CREATE TABLE notice_reads (
  user_id INTEGER NOT NULL,
  notice_id INTEGER NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, notice_id)
) STRICT, WITHOUT ROWID;
`,
} as const;
