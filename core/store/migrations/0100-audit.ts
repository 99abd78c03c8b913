/**
 * The audit trail: numbered without gaps, each row's hash over the one before it, and no row is ever changed or removed.
 * Whoever goes around the triggers breaks the chain (core/store/audit.ts).
 */
export const audit = {
  version: 100,
  sql: `
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL CHECK (actor IN ('owner', 'user', 'program', 'stranger')),
  user_id INTEGER,
  who TEXT NOT NULL,
  -- What was done: the name of a route, or a word of the program's own.
  action TEXT NOT NULL,
  -- What it was done to, and which one.
  what TEXT NOT NULL,
  what_id TEXT NOT NULL,
  name TEXT NOT NULL,
  reason TEXT NOT NULL,
  -- JSON list of field, before, after.
  changes TEXT NOT NULL,
  -- Its words without marks, to be searched; they follow from the others.
  search TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_at ON audit (at_ms, id);
CREATE INDEX audit_who ON audit (who, id);
CREATE INDEX audit_what ON audit (what, id);

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
WHEN NEW.id <> (SELECT COALESCE(MAX(id), 0) + 1 FROM audit)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
`,
} as const;
