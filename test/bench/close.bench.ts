/** Closing a month of a million calls: the hash over all of them, the frozen names, the log. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { closeMonth } from '../../core/ingest/close-month.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { type BenchResult, measured, resultText } from './bench-result.ts';

const CALLS = 1_000_000;
const PEOPLE = 500;
const TARGET = { atMost: 5 };
/** 2026-10-01 in days since 1970. */
const FIRST_DAY = 20_727;

/** Rows as ingest would leave them; written by SQLite itself, for the making is not measured. */
export function fillMonth(db: Database): void {
  db.exec(`
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${PEOPLE})
    INSERT INTO people (id, name, search_name, employee_number) SELECT i, 'Nguyễn Văn ' || i, 'nguyen van ' || i, 'NV' || i FROM n;
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${CALLS - 1})
    INSERT INTO calls (id, start_local_s, utc_offset_min, end_offset, direction, is_answered, talk_s, ring_s, extension,
      trunk, code, code_field, dialled, number, band, destination_id, person_id, department_id, reason, rating,
      tariff_version_id, charge_micro, currency, billed_s, leg_count)
    SELECT 1099511627776 + i * 80, ${FIRST_DAY}*86400 + i * 31 * 864 / 10000, 420, i * 80 + 80, 'outgoing', 1, i % 900, 4,
      CAST(200 + i % 60 AS TEXT), '01', CAST(1000 + i % ${PEOPLE} AS TEXT), 'account', '09' || (10000000 + i * 7919 % 90000000),
      '849' || (10000000 + i * 7919 % 90000000), 'mobile', NULL, 1 + i % ${PEOPLE}, NULL, 'code', 'rated', 1,
      (i % 20000) * 1000000, 'VND', i % 900, 1
    FROM n;
    INSERT INTO daily_sums SELECT start_local_s / 86400, 1, person_id, 0, reason, direction, band, rating, currency, 1,
      COUNT(*), SUM(talk_s), SUM(charge_micro) FROM calls GROUP BY 1, 3, 5, 6, 7, 8, 9;`);
}

export function benchClose(): Promise<BenchResult[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tollbook-bench-'));
  const db = openDatabase({ path: path.join(folder, 'tollbook.db'), migrations: databaseMigrations, now: Date.now });
  try {
    fillMonth(db);
    const startedMs = performance.now();
    closeMonth(db, { month: '2026-10', by: 'Lan', reason: '', atMs: Date.UTC(2026, 10, 23) });
    const seconds = (performance.now() - startedMs) / 1000;
    return Promise.resolve([measured('a month of 1,000,000 calls is closed in', seconds, 's', TARGET)]);
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) for (const result of await benchClose()) process.stdout.write(`${resultText(result)}\n`);
