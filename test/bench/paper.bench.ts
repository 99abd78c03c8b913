/** Long lists as PDF and the statements of a thousand people: how much work they are, and how much memory they take. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CALL_DIRECTIONS } from '../../core/model/call.ts';
import { NO_FILTER } from '../../core/model/report-filters.ts';
import { writeBatch } from '../../core/reports/batch.ts';
import { writeReport } from '../../core/reports/write-report.ts';
import { openDatabase } from '../../core/store/database.ts';
import { Journal } from '../../core/store/journal.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { seedMonth } from '../reports/seed-month.ts';
import { type BenchResult, measured, resultText } from './bench-result.ts';

const LIST = { calls: 10_000, seconds: 5 };
const LONG_LIST = { calls: 100_000, seconds: 30 };
const PEOPLE = { people: 1000, calls: 60_000, seconds: 120 };
const GROWTH_MB = 300;
const SAMPLE_MS = 20;

async function growthOf(work: () => Promise<void>): Promise<{ readonly seconds: number; readonly growthMb: number }> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, SAMPLE_MS);
  const started = process.cpuUsage();
  await work();
  clearInterval(sampling);
  const { user, system } = process.cpuUsage(started);
  return { seconds: (user + system) / 1_000_000, growthMb: (peak - before) / 2 ** 20 };
}

export async function benchPaper(): Promise<BenchResult[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tollbook-bench-'));
  const journalPath = path.join(folder, 'journal.db');
  const common = {
    language: 'vi',
    reader: { madeBy: '', scope: { kind: 'all' }, seesNumbers: true, seesCodes: false },
    nowMs: Date.UTC(2026, 3, 1),
    journalPath,
  } as const;
  const period = { from: '2026-03-01', to: '2026-03-31' } as const;
  const seeded = (people: number, calls: number): string => {
    const databasePath = path.join(folder, `${people}-${calls}.db`);
    const db = openDatabase({ path: databasePath, migrations: databaseMigrations, now: Date.now });
    seedMonth(db, { people, calls, chargeStepMicro: 1_000_000n });
    db.close();
    return databasePath;
  };
  try {
    Journal.open({ path: journalPath, now: Date.now }).close();
    const results: BenchResult[] = [];
    for (const { calls, seconds: atMost } of [LIST, LONG_LIST]) {
      const databasePath = seeded(500, calls);
      const filter = { ...NO_FILTER, ...period, directions: CALL_DIRECTIONS };
      const options = { ...common, databasePath, reportId: 'call-detail', filter, type: 'pdf' } as const;
      const { seconds, growthMb } = await growthOf(() => writeReport(options, path.join(folder, `${calls}.pdf`)));
      results.push(
        measured(`a list of ${calls.toLocaleString('en')} calls as PDF, processor time`, seconds, 's', { atMost }),
        measured('its memory above that before', growthMb, 'MB', { atMost: GROWTH_MB }),
      );
    }
    const { people, calls, seconds: atMost } = PEOPLE;
    const options = { ...common, ...period, databasePath: seeded(people, calls), departmentIds: [], personIds: [] };
    const { seconds, growthMb } = await growthOf(() =>
      writeBatch(options, path.join(folder, 'statements.zip'), () => undefined),
    );
    results.push(
      measured(`statements of ${people.toLocaleString('en')} people in one ZIP, processor time`, seconds, 's', {
        atMost,
      }),
      measured('their memory above that before', growthMb, 'MB', { atMost: GROWTH_MB }),
    );
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) for (const result of await benchPaper()) process.stdout.write(`${resultText(result)}\n`);
