import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amountMicro } from '../../core/model/money.ts';
import { exportMonth, type MonthExportOptions } from '../../core/reports/export-month.ts';
import { monthReport } from '../../core/reports/month.ts';
import { writeXlsx } from '../../core/reports/writers/xlsx.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { openSnapshot } from '../../core/store/report-queries.ts';
import { allRecalculated, numberIn, textIn } from './recalculated.ts';
import { seedMonth } from './seed-month.ts';

const GREEN = 'Tất cả các trang đều khớp';
const RED = 'Có số liệu lệch: xem dòng màu đỏ ở trang Kiểm tra';
const DETAIL = 'Chi tiết';

/** What is changed in the workbook before it is calculated anew, and the line of the checks that has to notice. */
interface Change {
  readonly name: string;
  readonly line: string;
  readonly change: (workbook: ExcelJS.Workbook) => void;
}

function sheetOf(workbook: ExcelJS.Workbook, name: string): ExcelJS.Worksheet {
  const sheet = workbook.getWorksheet(name);
  if (sheet === undefined) throw new Error(`no sheet ${name}`);
  return sheet;
}

function columnOf(sheet: ExcelJS.Worksheet, heading: string): number {
  const values = sheet.getRow(1).values as readonly unknown[];
  const column = values.indexOf(heading);
  if (column < 1) throw new Error(`no column ${heading}`);
  return column;
}

/** A cell of the first row of the detail that has something in the column. */
function detailCell(workbook: ExcelJS.Workbook, heading: string): ExcelJS.Cell {
  const sheet = sheetOf(workbook, DETAIL);
  const column = columnOf(sheet, heading);
  for (let row = 2; row <= sheet.rowCount; row += 1) {
    const cell = sheet.getRow(row).getCell(column);
    if (cell.value !== null) return cell;
  }
  throw new Error(`nothing in column ${heading}`);
}

const CHANGED_ROWS = 'Dòng ở Chi tiết đã bị sửa';
const CHANGES: readonly Change[] = [
  {
    name: 'a charge',
    line: DETAIL,
    change: (workbook) => {
      detailCell(workbook, 'Cước (VND)').value = 123_456_789;
    },
  },
  {
    name: 'a duration',
    line: DETAIL,
    change: (workbook) => {
      detailCell(workbook, 'Thời lượng').value = 0.5;
    },
  },
  ...['Họ tên', 'Nhóm cước', 'Số gọi', 'Máy lẻ', 'Phòng ban', 'personKey'].map(
    (heading): Change => ({
      name: `the column ${heading}`,
      line: CHANGED_ROWS,
      change: (workbook) => {
        detailCell(workbook, heading).value = heading === 'personKey' ? 99 : 'khác';
      },
    }),
  ),
  {
    name: 'a removed row',
    line: DETAIL,
    change: (workbook) => {
      const sheet = sheetOf(workbook, DETAIL);
      const row = detailCell(workbook, 'Cước (VND)').row;
      for (let column = 1; column <= sheet.columnCount; column += 1)
        sheet.getRow(Number(row)).getCell(column).value = null;
    },
  },
  {
    name: 'a number typed over a formula by person',
    line: 'Theo cá nhân',
    change: (workbook) => {
      sheetOf(workbook, 'Theo cá nhân').getCell('D2').value = 1000;
    },
  },
  {
    name: 'a number typed over a formula by trunk',
    line: 'Theo trung kế',
    change: (workbook) => {
      sheetOf(workbook, 'Theo trung kế').getCell('B2').value = 1000;
    },
  },
];

/** Verdicts of the sheet of checks by the labels of their lines. */
function verdicts(workbook: ExcelJS.Workbook): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  sheetOf(workbook, 'Kiểm tra').eachRow((row) => {
    const last = textIn(row.getCell(row.cellCount));
    if (last === 'khớp' || last === 'lệch') found.set(textIn(row.getCell(1)), last);
  });
  return found;
}

describe('the sheet of checks, as LibreOffice calculates it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tollbook-check-'));
  const results = new Map<string, ExcelJS.Workbook>();
  const opened: Database[] = [];
  afterAll(() => {
    for (const db of opened) db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const options = (databasePath: string, more: Partial<MonthExportOptions> = {}): MonthExportOptions => ({
    databasePath,
    month: '2026-03',
    type: 'xlsx',
    language: 'vi',
    isMasked: true,
    nowMs: Date.UTC(2026, 3, 1),
    madeBy: '',
    seesNumbers: true,
    ...more,
  });
  const write = async (file: string, asked: MonthExportOptions): Promise<void> => {
    await exportMonth(asked, createWriteStream(join(folder, file)));
  };
  const seeded = (name: string, calls: number): { readonly path: string; readonly db: Database } => {
    const path = join(folder, `${name}.db`);
    const db = openDatabase({ path, migrations: databaseMigrations, now: () => 0 });
    seedMonth(db, { people: 5, calls, chargeStepMicro: 10_000n });
    opened.push(db);
    return { path, db };
  };

  beforeAll(async () => {
    const plain = seeded('plain', 150);
    await write('plain.xlsx', options(plain.path));
    await write('empty.xlsx', options(plain.path, { month: '2025-01' }));
    const rich = seeded('rich', 300);
    rich.db.exec(`
      UPDATE calls SET currency = 'USD' WHERE band = 'international' AND currency = 'VND';
      UPDATE daily_sums SET currency = 'USD' WHERE band = 'international' AND currency = 'VND';
      UPDATE calls SET purpose = 'private' WHERE id % 7 = 0 AND person_id IS NOT NULL;
      UPDATE calls SET late_day = start_local_s / 86400, start_local_s = start_local_s - 31 * 86400 WHERE id % 11 = 0;
      UPDATE calls SET extension = NULL WHERE id % 13 = 0;
      INSERT INTO restatements (id, month, call_id, kind, before_person_id, before_charge_micro, before_currency,
        before_is_private, after_person_id, after_charge_micro, after_currency, after_is_private, band, reason, made_by, made_at_ms)
      SELECT 1, '2026-03', MIN(id), 'price', 1, 5000000, 'VND', 0, 1, 4250000, 'VND', 1, 'mobile', '=2+2', 'Lan', 0 FROM calls;
      INSERT INTO restatement_sums VALUES (1, 0, '2026-03', 1, 1, 'mobile', 'VND', -750000, 4250000);`);
    const taxOnTotal = [{ currency: 'VND', amountMicro: amountMicro(123_450_000n) }];
    await write('rich.xlsx', options(rich.path, { taxOnTotal }));
    const snapshot = openSnapshot(rich.path);
    const report = monthReport(snapshot.db, options(rich.path, { taxOnTotal }));
    await writeXlsx(report, createWriteStream(join(folder, 'parts.xlsx')), { rowsPerSheet: 90 });
    snapshot.close();
    for (const [i, { change }] of CHANGES.entries()) {
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.readFile(join(folder, 'plain.xlsx'));
      change(workbook);
      await workbook.xlsx.writeFile(join(folder, `changed-${i}.xlsx`));
    }
    const wrong = new ExcelJS.Workbook();
    wrong.addWorksheet('wrong').getCell('A1').value = { formula: 'SUM(1,1)', result: 5 };
    await wrong.xlsx.writeFile(join(folder, 'wrong.xlsx'));
    const files = [
      'wrong.xlsx',
      'plain.xlsx',
      'empty.xlsx',
      'rich.xlsx',
      'parts.xlsx',
      ...CHANGES.map((_, i) => `changed-${i}.xlsx`),
    ];
    const workbooks = await allRecalculated(folder, files);
    for (const [i, workbook] of workbooks.entries()) results.set(files[i] ?? '', workbook);
  }, 100_000);

  const recalculated = (file: string): ExcelJS.Workbook => {
    const workbook = results.get(file);
    if (workbook === undefined) throw new Error(`${file} was not recalculated`);
    return workbook;
  };

  it('would notice a wrong result: LibreOffice really calculates', () => {
    expect(numberIn(sheetOf(recalculated('wrong.xlsx'), 'wrong').getCell('A1'))).toBe(2);
  });

  it.each([
    ['a month', 'plain.xlsx', 10],
    ['a month without calls', 'empty.xlsx', 8],
    ['two currencies, late and private calls, corrections and a tax on the total', 'rich.xlsx', 15],
    ['tables that go on in further sheets', 'parts.xlsx', 15],
  ])('is green for %s', (_, file, least) => {
    const workbook = recalculated(file);
    const lines = verdicts(workbook);
    expect([...lines].filter(([, verdict]) => verdict !== 'khớp')).toEqual([]);
    expect(lines.size).toBeGreaterThanOrEqual(least);
    expect(textIn(sheetOf(workbook, 'Kiểm tra').getCell('B2'))).toBe(GREEN);
    const summary = sheetOf(workbook, 'Tổng hợp');
    const texts: string[] = [];
    summary.getColumn(2).eachCell((cell) => void texts.push(textIn(cell)));
    expect(texts).toContain(GREEN);
  });

  it.each(CHANGES.map(({ name, line }, i) => [name, line, `changed-${i}.xlsx`]))(
    'is red where somebody changed %s',
    (_, line, file) => {
      const workbook = recalculated(file);
      expect(verdicts(workbook).get(line)).toBe('lệch');
      expect(textIn(sheetOf(workbook, 'Kiểm tra').getCell('B2'))).toBe(RED);
    },
  );
});
