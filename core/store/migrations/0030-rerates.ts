/**
 * Re-rates: stored calls priced again with the versions that hold now. What would change is kept beside the calls until it
 * is applied, and for ever after that, so that it can be taken back.
 *
 * rerates.position_*: how far the present state's work has come; it moves in the transaction of its results.
 */
export const rerates = {
  version: 30,
  sql: `
-- from_day and to_day are the first and the last day. only_calls: JSON of what it is limited to. rules: what prices
-- depended on when it began. phase_*: since when the present state works, and what was done before that.
CREATE TABLE rerates (
  id INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('rating', 'ready', 'applying', 'applied', 'taking-back', 'taken-back',
    'cancelled', 'failed')),
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  only_calls TEXT NOT NULL,
  rules TEXT NOT NULL,
  position_local_s INTEGER,
  position_id INTEGER NOT NULL DEFAULT -1,
  month_states TEXT,
  calls_total INTEGER NOT NULL DEFAULT 0,
  calls_done INTEGER NOT NULL DEFAULT 0,
  calls_left INTEGER NOT NULL DEFAULT 0,
  phase_started_at_ms INTEGER NOT NULL,
  phase_done_before INTEGER NOT NULL DEFAULT 0,
  problem TEXT,
  started_at_ms INTEGER NOT NULL,
  applied_at_ms INTEGER,
  applied_by TEXT,
  applied_reason TEXT,
  taken_back_at_ms INTEGER,
  taken_back_by TEXT,
  taken_back_reason TEXT
) STRICT;

-- One row for each call that the versions of now give another price. day is the one that the call is summed at; end_offset,
-- leg_count and talk_s show whether the call is still the one that was rated. place_*: JSON of number, band, destination
-- and verdict where these differ, too. No foreign keys: a million rows would be checked one by one.
CREATE TABLE rerate_changes (
  rerate_id INTEGER NOT NULL,
  call_id INTEGER NOT NULL,
  is_closed INTEGER NOT NULL,
  day INTEGER NOT NULL,
  person_id INTEGER,
  department_id INTEGER,
  band TEXT NOT NULL,
  end_offset INTEGER NOT NULL,
  leg_count INTEGER NOT NULL,
  talk_s INTEGER NOT NULL,
  rating_before TEXT NOT NULL,
  version_before INTEGER,
  charge_before INTEGER,
  currency_before TEXT,
  billed_before INTEGER,
  month_use_before TEXT,
  place_before TEXT,
  rating_after TEXT NOT NULL,
  version_after INTEGER,
  charge_after INTEGER,
  currency_after TEXT,
  billed_after INTEGER,
  month_use_after TEXT,
  place_after TEXT,
  kind TEXT GENERATED ALWAYS AS (
    CASE
      WHEN rating_before <> rating_after AND rating_after = 'rated' THEN 'newly-rated'
      WHEN rating_before <> rating_after AND rating_before = 'rated' THEN 'no-longer-rated'
      WHEN charge_before IS NOT charge_after OR currency_before IS NOT currency_after THEN 'repriced'
      ELSE 'same-price'
    END
  ) VIRTUAL,
  PRIMARY KEY (rerate_id, call_id)
) STRICT, WITHOUT ROWID;

-- What a re-rate looked at, added up; person_id and department_id are 0 where there is none, currency is empty without a
-- price. calls counts all, the next four those whose row in rerate_changes has that kind.
CREATE TABLE rerate_sums (
  rerate_id INTEGER NOT NULL,
  is_closed INTEGER NOT NULL,
  month TEXT NOT NULL,
  person_id INTEGER NOT NULL,
  department_id INTEGER NOT NULL,
  band TEXT NOT NULL,
  currency TEXT NOT NULL,
  calls INTEGER NOT NULL,
  newly_rated INTEGER NOT NULL,
  no_longer_rated INTEGER NOT NULL,
  repriced INTEGER NOT NULL,
  same_price INTEGER NOT NULL,
  unrated_after INTEGER NOT NULL,
  charge_before INTEGER NOT NULL,
  charge_after INTEGER NOT NULL,
  PRIMARY KEY (rerate_id, is_closed, month, person_id, department_id, band, currency)
) STRICT, WITHOUT ROWID;
`,
} as const;
