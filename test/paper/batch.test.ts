import { createWriteStream, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPromise } from 'yauzl';
import type { Scope } from '../../core/model/access.ts';
import { type BatchOptions, writeBatch } from '../../core/reports/batch.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { Journal } from '../../core/store/journal.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { MonthStore } from '../../core/store/month.ts';
import { addPerson, listPeople } from '../../core/store/people.ts';
import { seedMonth } from '../reports/seed-month.ts';
import { pageTexts } from './pdf.ts';

const DAY = '2026-03-31';
const EVERYTHING: Scope = { kind: 'all' };

async function unzip(file: string, folder: string): Promise<void> {
  mkdirSync(folder);
  const zip = await openPromise(file, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path.join(folder, entry.fileName)));
  }
}

describe('statements of many people', () => {
  let folder: string;
  let db: Database;
  let archives = 0;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'tollbook-batch-'));
    db = openDatabase({ path: path.join(folder, 'tollbook.db'), migrations: databaseMigrations, now: () => 0 });
    Journal.open({ path: path.join(folder, 'journal.db'), now: () => 0 }).close();
    seedMonth(db, { people: 6, calls: 220, chargeStepMicro: 1_000_000n });
  });
  afterAll(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The list in the archive, and the files beside it. */
  const archive = async (more: Partial<BatchOptions> = {}, scope: Scope = EVERYTHING) => {
    archives += 1;
    const unpacked = path.join(folder, `archive-${archives}`);
    const steps: number[] = [];
    await writeBatch(
      {
        databasePath: db.name,
        journalPath: path.join(folder, 'journal.db'),
        ...{ from: '2026-03-01', to: DAY, departmentIds: [], personIds: [], language: 'vi' },
        reader: { madeBy: 'Lan', scope, seesNumbers: false, seesCodes: false },
        nowMs: Date.UTC(2026, 3, 1),
        ...more,
      },
      `${unpacked}.zip`,
      (done) => steps.push(done),
    );
    await unzip(`${unpacked}.zip`, unpacked);
    const list = parse<Record<string, string>>(readFileSync(path.join(unpacked, 'index.csv')), {
      bom: true,
      columns: true,
    });
    const files = readdirSync(unpacked).filter((name) => name !== 'index.csv');
    return { list, files: files.sort(), steps, text: (name: string) => pageTexts(path.join(unpacked, name)).join('') };
  };
  const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

  it('hold each person once, as the list says, and their sums are the sums of the month', async () => {
    const { list, files, steps, text } = await archive();
    expect(files).toHaveLength(6);
    expect(list.map((row) => row['Tệp']).sort()).toEqual(files);
    expect(steps).toEqual([0, 1, 2, 3, 4, 5, 6]);
    for (const row of list) {
      const statement = text(row['Tệp'] ?? '');
      expect(statement).toContain(row['Họ tên']);
      expect(statement).toContain(`Tổng ${row['Số cuộc']} cuộc gọi`);
    }
    const people = new MonthStore(db).sums('2026-03', 'person').rows.filter((row) => row.key !== '0');
    expect(sumOf(list.map((row) => Number(row['Số cuộc'])))).toBe(sumOf(people.map((row) => row.calls)));
    const charges = people.map((row) => Number(row.charges[0]?.amountMicro ?? 0n) / 1e6);
    expect(sumOf(list.map((row) => Number(row['Cước (VND)'])))).toBe(sumOf(charges));
  });

  it('hide the last digits of numbers from readers who may not see them', async () => {
    const [first] = listPeople(db, DAY);
    const { files, text } = await archive({ personIds: [first?.id ?? 0] });
    expect(text(files[0] ?? '')).not.toMatch(/0[89]00000000/);
  });

  it('are those of the people named and of the departments, and two of one name have two files', async () => {
    const people = listPeople(db, DAY);
    const [named] = people;
    if (named === undefined) throw new Error('somebody');
    const blank = {
      employeeNumber: null,
      email: null,
      title: null,
      notes: null,
      activeFrom: null,
      activeTo: null,
      departmentFrom: null,
    };
    const silent = [1, 2].map(() => addPerson(db, { name: '../Trần/Silent', ...blank, departmentId: null }));
    const ofNames = await archive({ personIds: [named.id, ...silent, named.id] });
    expect(ofNames.list.map((row) => row['Họ tên']).sort()).toEqual(
      ['../Trần/Silent', '../Trần/Silent', named.name].sort(),
    );
    expect(ofNames.files).toContain('Trần Silent - 2026-03.pdf');
    expect(ofNames.files).toContain('Trần Silent - 2026-03 (2).pdf');
    const departmentId = people.find((person) => person.departmentId !== null)?.departmentId ?? 0;
    const members = people.filter((person) => person.departmentId === departmentId).map(({ name }) => name);
    const ofDepartment = await archive({ departmentIds: [departmentId] });
    expect(ofDepartment.list.map((row) => row['Họ tên'])).toEqual(expect.arrayContaining(members));
    expect(ofDepartment.files.length).toBeLessThan(6);
  });

  it('are never of anybody outside the scope of who asks', async () => {
    const [own, other] = listPeople(db, DAY);
    if (own === undefined || other === undefined) throw new Error('two people');
    const scope: Scope = { kind: 'person', personId: own.id };
    const { list } = await archive({ personIds: [own.id, other.id] }, scope);
    expect(list.map((row) => row['Họ tên'])).toEqual([own.name]);
    expect((await archive({}, { kind: 'departments', departmentIds: [] })).list).toEqual([]);
  });
});
