/** How long numbers and calls are kept, and which closed months have lost them. */
export const privacy = {
  version: 105,
  sql: `
CREATE TABLE retention (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- JSON
  rules TEXT NOT NULL,
  last_run_at_ms INTEGER
) STRICT;

-- fingerprint is that of the month after it; that of the closing was found right before.
CREATE TABLE month_redactions (
  closing_id INTEGER PRIMARY KEY,
  month TEXT NOT NULL,
  numbers_at_ms INTEGER,
  detail_at_ms INTEGER,
  fingerprint TEXT NOT NULL
) STRICT;

-- Their calls lose their numbers as soon as the month of the call is closed.
CREATE TABLE erased_people (
  person_id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX calls_private ON calls (start_local_s) WHERE purpose = 'private';
`,
} as const;
