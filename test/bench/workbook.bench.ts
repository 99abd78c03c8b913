/** The month's workbook of a hundred thousand and of a million calls: how long, and how much memory it takes. */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { exportMonth } from '../../core/reports/export-month.ts';
import { openDatabase } from '../../core/store/database.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { seedMonth } from '../reports/seed-month.ts';
import { type BenchResult, measured, resultText } from './bench-result.ts';

const LONG = { calls: 100_000, seconds: 15 };
const LONGEST = { calls: 1_000_000 };
const GROWTH_MB = 300;
const SAMPLE_MS = 20;

async function written(
  databasePath: string,
  file: string,
): Promise<{ readonly seconds: number; readonly growthMb: number }> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, SAMPLE_MS);
  const startedMs = performance.now();
  await exportMonth(
    {
      databasePath,
      month: '2026-03',
      type: 'xlsx',
      language: 'vi',
      isMasked: true,
      madeBy: '',
      seesNumbers: true,
      nowMs: Date.UTC(2026, 3, 1),
    },
    createWriteStream(file),
  );
  clearInterval(sampling);
  return { seconds: (performance.now() - startedMs) / 1000, growthMb: (peak - before) / 2 ** 20 };
}

export async function benchWorkbook(): Promise<BenchResult[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tollbook-bench-'));
  const results: BenchResult[] = [];
  try {
    for (const { calls, seconds: atMost } of [LONG, { ...LONGEST, seconds: undefined }]) {
      const databasePath = path.join(folder, `${calls}.db`);
      const db = openDatabase({ path: databasePath, migrations: databaseMigrations, now: Date.now });
      seedMonth(db, { people: 500, calls, chargeStepMicro: 1_000_000n });
      db.close();
      const { seconds, growthMb } = await written(databasePath, path.join(folder, `${calls}.xlsx`));
      const name = `the workbook of ${calls.toLocaleString('en')} calls is written in`;
      results.push(
        atMost === undefined ? measured(name, seconds, 's') : measured(name, seconds, 's', { atMost }),
        measured(`its memory above that before`, growthMb, 'MB', { atMost: GROWTH_MB }),
      );
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) for (const result of await benchWorkbook()) process.stdout.write(`${resultText(result)}\n`);
