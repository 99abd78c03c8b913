/** One hash over all that a month's reports are made of: its calls, the corrections that count in it, and the names. */
import { createHash } from 'node:crypto';
import { SECONDS_PER_DAY } from './daily-sums.ts';
import type { Database } from './database.ts';
import { daysOfMonth } from './month-days.ts';

export interface MonthFingerprint {
  /** SHA-256, hexadecimal. */
  readonly fingerprint: string;
  readonly calls: number;
}

/** Calls are put into text by the database, an hour at a time: handing over every row costs more than the hashing. */
const SECONDS_AT_ONCE = 3600;

const LINES = `SELECT COUNT(*) AS calls, CAST(group_concat(json_array(c.id, c.start_local_s, c.direction, c.is_answered,
    c.talk_s, c.extension, c.trunk, c.code, c.dialled, c.caller, c.caller_name, c.number, c.band, c.destination_id,
    c.person_id, c.department_id, c.reason, c.rating, c.tariff_version_id, c.charge_micro, c.currency, c.billed_s,
    c.verdict, c.purpose, c.late_day), char(10) ORDER BY c.start_local_s, c.id) AS BLOB) AS lines
  FROM calls c`;
const CORRECTIONS = `SELECT json_array(restatement_id, place, person_id, department_id, band, currency, charge_micro,
    private_micro)
  FROM restatement_sums WHERE month = ? ORDER BY restatement_id, place`;

interface Lines {
  readonly calls: number;
  readonly lines: Uint8Array | null;
}

export function monthFingerprint(db: Database, month: string, names: readonly object[]): MonthFingerprint {
  const { first, end } = daysOfMonth(month);
  const hash = createHash('sha256').update(month);
  let calls = 0;
  const add = (found: Lines): void => {
    calls += found.calls;
    if (found.lines !== null) hash.update('\n').update(found.lines);
  };
  const own = db.prepare(`${LINES} WHERE c.start_local_s >= ? AND c.start_local_s < ? AND c.late_day IS NULL`);
  const to = end * SECONDS_PER_DAY;
  for (let from = first * SECONDS_PER_DAY; from < to; from += SECONDS_AT_ONCE) {
    add(own.get(from, from + SECONDS_AT_ONCE) as Lines);
  }
  add(db.prepare(`${LINES} WHERE c.late_day >= ? AND c.late_day < ?`).get(first, end) as Lines);
  hash.update(`\n${db.prepare(CORRECTIONS).pluck().all(month).join('\n')}\n${JSON.stringify(names)}`);
  return { fingerprint: hash.digest('hex'), calls };
}
