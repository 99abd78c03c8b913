/** A backup of a million calls with their bytes: made, and proved by unpacking it. */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startBackupJob } from '../../core/backup/backup-job.ts';
import { dataFilesOf } from '../../core/data-files.ts';
import { openDatabase } from '../../core/store/database.ts';
import { Journal } from '../../core/store/journal.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { type BenchResult, measured, resultText } from './bench-result.ts';
import { fillMonth } from './close.bench.ts';

const CALLS = 1_000_000;
const CHUNK_CALLS = 800;
const MADE_AT_MS = Date.UTC(2026, 10, 23);

/** The million lines as a PBX would have sent them, 80 bytes each. */
function fillJournal(file: string): void {
  const journal = Journal.open({ path: file, now: () => MADE_AT_MS });
  try {
    const streamId = journal.openStream(1, 'file');
    for (let first = 0; first < CALLS; first += CHUNK_CALLS) {
      const lines = Array.from({ length: CHUNK_CALLS }, (_, i) => {
        const n = first + i;
        return `${String(n % 31).padStart(2, '0')}/10/26 08:${n % 60} ${200 + (n % 60)} 01 09${10_000_000 + ((n * 7919) % 90_000_000)} ${n % 900} ${1000 + (n % 500)}`;
      });
      const text = lines.map((line) => `${line.padEnd(78)}\r\n`).join('');
      journal.append(streamId, MADE_AT_MS, Buffer.from(text, 'latin1'));
    }
  } finally {
    journal.close();
  }
}

export async function benchBackup(): Promise<BenchResult[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tollbook-bench-'));
  try {
    const dataFolder = path.join(folder, 'data');
    const targetFolder = path.join(folder, 'backups');
    for (const made of [dataFolder, targetFolder]) mkdirSync(made);
    const { database, journal } = dataFilesOf(dataFolder);
    const db = openDatabase({ path: database, migrations: databaseMigrations, now: () => MADE_AT_MS });
    fillMonth(db);
    db.close();
    fillJournal(journal);
    const dataMb = (statSync(database).size + statSync(journal).size) / 1e6;

    const options = { dataFolder, targetFolder, nowMs: MADE_AT_MS, program: 'bench', withKey: false };
    const beganMs = performance.now();
    const { file, manifest } = await startBackupJob({ kind: 'make', options }, () => undefined).result;
    const madeMs = performance.now();
    await startBackupJob({ kind: 'check', file, beside: targetFolder }, () => undefined).result;
    const checkedMs = performance.now();
    if (manifest.calls !== CALLS) throw new Error(`the backup holds ${manifest.calls} calls`);
    return [
      measured('a backup of 1,000,000 calls is made in', (madeMs - beganMs) / 1000, 's'),
      measured('it is unpacked and proved in', (checkedMs - madeMs) / 1000, 's'),
      measured('the data', dataMb, 'MB'),
      measured('the backup', statSync(file).size / 1e6, 'MB'),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) for (const result of await benchBackup()) process.stdout.write(`${resultText(result)}\n`);
