import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeMonth } from '../../core/ingest/close-month.ts';
import { BUILT_IN_LOOK, type WorkbookLook } from '../../core/model/workbook-look.ts';
import { closedMonthFile } from '../../core/reports/closed-month-file.ts';
import { exportMonth, type MonthExportOptions } from '../../core/reports/export-month.ts';
import { ClosingStore } from '../../core/store/closings.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { SettingsStore } from '../../core/store/settings.ts';
import { putWorkbookLook } from '../../core/store/workbook-templates.ts';
import { seedMonth } from './seed-month.ts';

const MONTH = '2026-03';
const RED: WorkbookLook = { ...BUILT_IN_LOOK, heading: { ...BUILT_IN_LOOK.heading, fill: '7A0019' } };

describe('the workbook of a closed month', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollbook-closed-'));
  let db: Database;
  beforeAll(() => {
    db = openDatabase({ path: join(folder, 'tollbook.db'), migrations: databaseMigrations, now: () => 0 });
    seedMonth(db, { people: 3, calls: 50, chargeStepMicro: 1_000_000n });
    putWorkbookLook(db, RED, { atMs: 0, by: 'Lan' });
    closeMonth(db, { month: MONTH, by: 'Lan', reason: '', atMs: Date.UTC(2026, 3, 2) });
  });
  afterAll(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const printed = async (): Promise<{ readonly file: string; readonly bytes: Buffer }> => {
    const options: MonthExportOptions = {
      databasePath: db.name,
      month: MONTH,
      type: 'xlsx',
      language: 'vi',
      isMasked: true,
      madeBy: 'Minh',
      seesNumbers: true,
      nowMs: Date.UTC(2026, 3, 20),
    };
    const files = {
      db,
      folder: join(folder, 'closed-months'),
      write: (asked: MonthExportOptions, file: string) => exportMonth(asked, createWriteStream(file)),
      whileHeld: (work: () => void) => Promise.resolve(work()),
    };
    const file = await closedMonthFile(files, new ClosingStore(db).closing(MONTH)?.id ?? 0, options);
    return { file, bytes: readFileSync(file) };
  };

  it('is the same bytes again when it was lost, whatever template, office hours and formats hold by then', async () => {
    const first = await printed();
    rmSync(first.file);
    putWorkbookLook(db, { ...RED, bandFill: 'EEEEEE' }, { atMs: 1, by: 'Minh' });
    putWorkbookLook(db, null, { atMs: 2, by: 'Minh' });
    new SettingsStore(db).change({ officeFrom: '10:00', companyName: 'Tên mới' });
    db.exec("UPDATE sources SET format_id = 'other', name = 'Khác'");
    const again = await printed();
    expect(again.bytes.equals(first.bytes)).toBe(true);
    expect(first.bytes.length).toBeGreaterThan(10_000);
  });
});
