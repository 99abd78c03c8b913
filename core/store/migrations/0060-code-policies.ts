/**
 * Code rules by the day they hold from: of equal days the newest row. Nothing is deleted: a removed row says who removed it.
 * `definition` is JSON (core/model/code-policy.ts) and holds codes.
 */
export const codePolicies = {
  version: 60,
  sql: `
CREATE TABLE code_policies (
  id INTEGER PRIMARY KEY,
  valid_from TEXT NOT NULL,
  definition TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  created_at_ms INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  removed_at_ms INTEGER,
  removed_by TEXT
) STRICT;
`,
} as const;
