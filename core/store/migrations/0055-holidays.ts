/**
 * The site's calendar of holidays: seeded year by year from a country's rules, corrected by people. A seeded day that
 * people removed stays, marked, so that seeding the year again does not bring it back.
 */
export const holidays = {
  version: 55,
  sql: `
CREATE TABLE holidays (
  day TEXT PRIMARY KEY,
  name_en TEXT NOT NULL,
  name_vi TEXT NOT NULL,
  basis TEXT NOT NULL CHECK (basis IN ('law', 'lunar', 'chosen', 'moved', 'own')),
  is_removed INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The years that were seeded, and from where. All of one country and region.
CREATE TABLE holiday_years (
  year INTEGER PRIMARY KEY,
  country TEXT NOT NULL,
  region TEXT NOT NULL
) STRICT;
`,
} as const;
