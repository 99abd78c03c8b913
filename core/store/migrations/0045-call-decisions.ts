/**
 * What people decided about single calls: whose a call is, and whether it was private. Kept apart from the calls, which
 * are made anew from the journal, and never changed: the newest decision that is not undone holds. `spans` are the bytes of
 * the call's records at that time, as a JSON list of [offset, length].
 */
export const callDecisions = {
  version: 45,
  sql: `
CREATE TABLE call_decisions (
  id INTEGER PRIMARY KEY,
  call_id INTEGER NOT NULL,
  spans TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('owner', 'purpose')),
  person_id INTEGER REFERENCES people (id),
  purpose TEXT CHECK (purpose IN ('private', 'business')),
  reason TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at_ms INTEGER NOT NULL,
  undone_id INTEGER REFERENCES call_decisions (id)
) STRICT;
CREATE INDEX call_decisions_call ON call_decisions (call_id, id);
CREATE UNIQUE INDEX call_decisions_undone ON call_decisions (undone_id) WHERE undone_id IS NOT NULL;
CREATE INDEX calls_purpose ON calls (purpose, start_local_s) WHERE purpose IS NOT NULL;
`,
} as const;
