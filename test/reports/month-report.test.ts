import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { english, vietnamese } from '../../core/i18n/areas.ts';
import { exportMonthFile } from '../../core/reports/export-file.ts';
import { exportMonth, type MonthExportOptions } from '../../core/reports/export-month.ts';
import { monthReport } from '../../core/reports/month.ts';
import { monthFileName } from '../../core/reports/month-file-name.ts';
import { writeXlsx } from '../../core/reports/writers/xlsx.ts';
import { columnLetters } from '../../core/reports/writers/xlsx-layout.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { MonthStore } from '../../core/store/month.ts';
import { openSnapshot } from '../../core/store/report-queries.ts';
import { numberIn, recalculated, textIn } from './recalculated.ts';
import { seedMonth } from './seed-month.ts';

const MONTH = '2026-03';

/** The column of a sheet whose heading is exactly this. */
function columnOf(sheet: ExcelJS.Worksheet, heading: string): number {
  let found = 0;
  sheet.getRow(1).eachCell((cell, column) => {
    if (cell.value === heading && found === 0) found = column;
  });
  if (found === 0) throw new Error(`no column ${heading} in ${sheet.name}`);
  return found;
}

function sheetOf(workbook: ExcelJS.Workbook, name: string): ExcelJS.Worksheet {
  const sheet = workbook.getWorksheet(name);
  if (sheet === undefined) throw new Error(`no sheet ${name}`);
  return sheet;
}

describe('the month as a file', () => {
  let folder: string;
  let db: Database;
  let options: MonthExportOptions;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollbook-report-'));
    const databasePath = join(folder, 'tollbook.db');
    db = openDatabase({ path: databasePath, migrations: databaseMigrations, now: () => 0 });
    seedMonth(db, { people: 12, calls: 1500, chargeStepMicro: 1_000_000n });
    options = {
      databasePath,
      month: MONTH,
      type: 'xlsx',
      language: 'vi',
      isMasked: true,
      nowMs: Date.UTC(2026, 3, 1),
      madeBy: 'Nguyễn Thị Lan',
      seesNumbers: true,
    };
  });
  afterAll(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const written = async (file: string, more: Partial<MonthExportOptions> = {}): Promise<ExcelJS.Workbook> => {
    await exportMonth({ ...options, ...more }, createWriteStream(join(folder, file)));
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(join(folder, file));
    return workbook;
  };
  const writtenInParts = async (file: string, rowsPerSheet: number): Promise<ExcelJS.Workbook> => {
    const snapshot = openSnapshot(options.databasePath);
    await writeXlsx(monthReport(snapshot.db, options), createWriteStream(join(folder, file)), { rowsPerSheet });
    snapshot.close();
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(join(folder, file));
    return workbook;
  };
  const stored = () => {
    const { totals } = new MonthStore(db).sums(MONTH, 'person');
    return { calls: totals.calls, talk: totals.talkSeconds, charge: Number(totals.charges[0]?.amountMicro) / 1e6 };
  };

  it('has real dates, durations and amounts, texts for numbers, frozen headings and filters', async () => {
    const workbook = await written('plain.xlsx');
    expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual([
      'Tổng hợp',
      'Theo phòng ban',
      'Theo cá nhân',
      'Chi tiết',
      'Theo máy lẻ',
      'Theo trung kế',
      'Ngoại lệ',
      'Kiểm tra',
      'Nguồn',
    ]);
    const detail = sheetOf(workbook, 'Chi tiết');
    expect(detail.rowCount).toBe(1501);
    expect(detail.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(detail.getTable('Chi_tiet')).toMatchObject({ table: { tableRef: 'A1:Y1501' } });
    expect(detail.pageSetup).toMatchObject({ paperSize: 9, orientation: 'landscape', fitToWidth: 1, fitToHeight: 0 });
    const calls = [...new MonthStore(db).calls(MONTH)];
    const [first] = calls;
    const charged = calls.findIndex((call) => call.chargeMicro !== null);
    const start = detail.getCell('A2');
    expect(start.value).toEqual(new Date(Number(first?.startLocalS) * 1000));
    const talk = detail.getRow(2).getCell(columnOf(detail, 'Thời lượng'));
    expect(talk.numFmt).toBe('[h]:mm:ss');
    const charge = detail.getRow(2 + charged).getCell(columnOf(detail, 'Cước (VND)'));
    expect([charge.numFmt, detail.getRow(2).getCell(columnOf(detail, 'Máy lẻ')).type]).toEqual([
      '#,##0',
      ExcelJS.ValueType.String,
    ]);
  });

  it('shows codes only as the reader may see them', async () => {
    const hidden = sheetOf(await written('hidden.xlsx'), 'Chi tiết');
    const shown = sheetOf(await written('shown.xlsx', { isMasked: false }), 'Chi tiết');
    const codes = (sheet: ExcelJS.Worksheet) => {
      const values = new Set<string>();
      sheet.getColumn(columnOf(sheet, 'Mã cá nhân')).eachCell((cell, row) => {
        if (row > 1 && cell.value !== null) values.add(String(cell.value));
      });
      return [...values];
    };
    expect(codes(hidden).every((code) => /^••\d\d$/.test(code))).toBe(true);
    expect(codes(shown)).toContain('1000');
  });

  it('ties: stored totals, detail, departments and people are equal, and so they are when LibreOffice recalculates', async () => {
    const before = await written('tie.xlsx', { language: 'en' });
    const after = await recalculated(folder, 'tie.xlsx');
    const { calls, talk, charge } = stored();
    let formulas = 0;
    for (const sheet of before.worksheets) {
      const other = sheetOf(after, sheet.name);
      sheet.eachRow((row) => {
        row.eachCell((cell) => {
          if (cell.type !== ExcelJS.ValueType.Formula) return;
          formulas += 1;
          const again = other.getCell(cell.address);
          if (typeof cell.result === 'string') return expect(textIn(again)).toBe(cell.result);
          const [cached, fresh] = [numberIn(cell), numberIn(again)];
          expect(fresh, `${sheet.name}!${cell.address} ${cell.formula}`).toBeCloseTo(cached, 7);
        });
      });
    }
    // 13 people and 7 departments of 15 numbers each, their totals, and the summary.
    expect(formulas).toBeGreaterThan(300);
    for (const name of ['By person', 'By department']) {
      const sheet = sheetOf(after, name);
      const total = sheet.getRow(sheet.rowCount);
      expect(numberIn(total.getCell(columnOf(sheet, 'Calls')))).toBe(calls);
      expect(numberIn(total.getCell(columnOf(sheet, 'Charge (VND)')))).toBe(charge);
      expect(Math.round(numberIn(total.getCell(columnOf(sheet, 'Duration'))) * 86_400)).toBe(talk);
    }
    const detail = sheetOf(after, 'Detail');
    let sum = 0;
    detail.getColumn(columnOf(detail, 'Charge (VND)')).eachCell((cell, row) => {
      if (row > 1) sum += Number(cell.value);
    });
    expect(sum).toBe(charge);
  }, 100_000);

  it('goes on in further sheets past the row limit, and formulas reach over all of them', async () => {
    const after = await writtenInParts('parts.xlsx', 401);
    const names = after.worksheets.map((sheet) => sheet.name);
    expect(names).toContain('Chi tiết 4');
    expect(names).not.toContain('Chi tiết 5');
    expect(sheetOf(after, 'Chi tiết 4').rowCount).toBe(301);
    // test/reports/month-check.test.ts has LibreOffice calculate over the parts.
    const people = sheetOf(after, 'Theo cá nhân');
    const { formula } = people.getRow(people.rowCount).getCell(columnOf(people, 'Cước (VND)'));
    expect(formula).toBe('SUM(Theo_ca_nhan[Cước (VND)])');
    expect(people.getCell('D2').formula.match(/COUNTIFS\(Chi_tiet(_\d)?\[personKey\]/g)).toHaveLength(4);
  });

  it('lists as exceptions what nobody owns or no rate fits, and only that', async () => {
    const exceptions = sheetOf(await written('exceptions.xlsx'), 'Ngoại lệ');
    const [reason, rating, start] = [
      columnOf(exceptions, 'Ghi theo'),
      columnOf(exceptions, 'Tính cước'),
      columnOf(exceptions, 'Thời điểm'),
    ];
    let rows = 0;
    exceptions.eachRow((row, number) => {
      if (number === 1) return;
      rows += 1;
      const isBad =
        ['Không có mã', 'Mã lạ', 'Mã không còn hiệu lực'].includes(String(row.getCell(reason).value)) ||
        row.getCell(rating).value === 'Chưa có cước';
      expect(isBad).toBe(true);
      expect(row.getCell(start).value).toBeInstanceOf(Date);
    });
    const expected = [...new MonthStore(db).calls(MONTH)].filter(
      (call) =>
        call.rating === 'unrated' ||
        call.reason === 'unknown-code' ||
        call.reason === 'code-not-valid' ||
        (call.reason === 'no-code' && (call.direction === 'outgoing' || call.direction === 'tandem')),
    ).length;
    expect(rows).toBe(expected);
  });

  it('writes every call as CSV with ISO times, exact amounts and nothing a spreadsheet would run', async () => {
    const file = join(folder, monthFileName(MONTH, 'csv', 'vi'));
    await exportMonth({ ...options, type: 'csv' }, createWriteStream(file));
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith('\ufeffThời điểm,Họ tên,')).toBe(true);
    const rows = parse(text, { columns: true, bom: true }) as Record<string, string>[];
    expect(rows).toHaveLength(1500);
    expect(rows[0]?.['Thời điểm']).toMatch(/^2026-03-01T\d\d:\d\d:\d\d$/);
    expect(rows.reduce((sum, row) => sum + Number(row['Cước']), 0)).toBe(stored().charge);
    const names = rows.map((row) => row['Tên bên gọi']).filter((name) => name !== '');
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names)).toEqual(new Set(["'=1+1"]));
    expect(Object.keys(rows[0] ?? {})).not.toContain('personKey');
  });

  it('shows one moment: calls that come while it is written change nothing', async () => {
    const snapshot = openSnapshot(options.databasePath);
    const report = monthReport(snapshot.db, options);
    db.exec('BEGIN; DELETE FROM calls; DELETE FROM daily_sums');
    db.exec('ROLLBACK');
    db.prepare("UPDATE calls SET extension = 'later'").run();
    const output = new PassThrough();
    const chunks: Buffer[] = [];
    output.on('data', (chunk: Buffer) => void chunks.push(chunk));
    await writeXlsx(report, output);
    snapshot.close();
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Buffer.concat(chunks).buffer as ArrayBuffer);
    const detail = sheetOf(workbook, 'Chi tiết');
    expect(detail.getRow(2).getCell(columnOf(detail, 'Máy lẻ')).value).not.toBe('later');
  });

  it('stops when the reader goes away, and lets go of the database', async () => {
    for (const type of ['xlsx', 'csv'] as const) {
      const output = new PassThrough();
      output.once('data', () => output.destroy());
      await expect(exportMonth({ ...options, type }, output)).rejects.toThrow();
    }
  });

  it('says how far it is, and can be stopped', async () => {
    const told: string[] = [];
    await exportMonthFile(options, join(folder, 'watched.xlsx'), {
      onProgress: (rows, of) => void told.push(`${rows} of ${of}`),
    });
    const [first = ''] = told;
    expect(first).toMatch(/^1000 of \d{4}$/);
    const stop = new AbortController();
    stop.abort();
    const stopped = exportMonthFile(options, join(folder, 'stopped.xlsx'), { signal: stop.signal });
    await expect(stopped).rejects.toThrow('export-cancelled');
  }, 30_000);

  it('reads no further than its reader takes, so that a long table fills no memory', async () => {
    let read = 0;
    const output = new PassThrough();
    const table = {
      kind: 'table',
      id: 'long',
      title: 'Long',
      columns: [{ key: 'a', heading: 'A', type: 'text', width: 10 }],
      rowCount: 1_000_000,
      *rows() {
        for (; read < 1_000_000; read += 1) yield [`${Math.sin(read)}`];
      },
    } as const;
    const report = { title: '', company: '', pageWord: '', moneyDecimals: 0, madeAtMs: 0, sheets: [table] };
    const writing = writeXlsx(report, output);
    // The zip takes a megabyte ahead of a reader that reads nothing; then everything has to stand still.
    let before = -1;
    while (before !== read && read < 1_000_000) {
      before = read;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(500_000);
    output.destroy();
    await expect(writing).rejects.toThrow();
  });

  it('makes a file of a month without calls, and of amounts with decimals', async () => {
    const empty = await written('empty.xlsx', { month: '2025-01' });
    expect(sheetOf(empty, 'Chi tiết').rowCount).toBe(1);
    const path = join(folder, 'decimals.db');
    const other = openDatabase({ path, migrations: databaseMigrations, now: () => 0 });
    seedMonth(other, { people: 3, calls: 200, chargeStepMicro: 10_000n });
    const workbook = await written('decimals.xlsx', { databasePath: path });
    const detail = sheetOf(workbook, 'Chi tiết');
    const formats = new Set<string>();
    detail.getColumn(columnOf(detail, 'Cước (VND)')).eachCell((cell, row) => {
      if (row > 1 && cell.value !== null) formats.add(cell.numFmt);
    });
    expect([...formats]).toEqual(['#,##0.00']);
    other.close();
  });

  it('keeps currencies apart', async () => {
    const path = join(folder, 'currencies.db');
    const other = openDatabase({ path, migrations: databaseMigrations, now: () => 0 });
    seedMonth(other, { people: 3, calls: 200, chargeStepMicro: 1_000_000n });
    for (const table of ['calls', 'daily_sums']) {
      other.exec(`UPDATE ${table} SET currency = 'USD' WHERE band = 'international' AND currency = 'VND'`);
    }
    const { charges } = new MonthStore(other).sums(MONTH, 'person').totals;
    other.close();
    const people = sheetOf(await written('currencies.xlsx', { databasePath: path }), 'Theo cá nhân');
    const total = people.getRow(people.rowCount);
    expect(charges.map(({ currency }) => currency)).toEqual(['USD', 'VND']);
    for (const { currency, amountMicro } of charges) {
      const cell = total.getCell(columnOf(people, `Cước (${currency})`));
      expect(numberIn(cell)).toBe(Number(amountMicro) / 1e6);
      expect(cell.numFmt).toBe(currency === 'VND' ? '#,##0' : '#,##0.00');
    }
  });

  it('says different things with different words: formulas look rows up by them', () => {
    let lists = 0;
    for (const texts of [english, vietnamese]) {
      for (const words of [texts.common.band, texts.common.direction, texts.report.reason, texts.report.rating]) {
        lists += 1;
        const folded = Object.values(words).map((word) => word.toLowerCase());
        expect(new Set(folded).size).toBe(folded.length);
      }
    }
    expect(lists).toBe(8);
  });

  it('names columns as spreadsheets do', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });
});
