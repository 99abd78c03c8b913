import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../core/store/database.ts';
import { databaseMigrations, journalMigrations } from '../../core/store/migrations/index.ts';

const now = (): number => Date.UTC(2026, 0, 2, 3, 4, 5);
const first = { version: 10, sql: 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;' };
const second = { version: 20, sql: "ALTER TABLE a ADD COLUMN note TEXT NOT NULL DEFAULT 'x';" };
const failing = { version: 20, sql: 'ALTER TABLE a ADD COLUMN note TEXT; INSERT INTO nowhere VALUES (1);' };

describe('opening a database', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollbook-store-'));
    path = join(folder, 'data', 'file.db');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const failure = (work: () => unknown): unknown => {
    try {
      work();
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it('has FULL sync, WAL and foreign keys on the first open and on every later one', () => {
    for (let open = 0; open < 3; open += 1) {
      const db = openDatabase({ path, migrations: [first], now });
      expect(db.pragma('synchronous', { simple: true })).toBe(2);
      expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
      expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
      db.prepare('INSERT INTO a (name) VALUES (?)').run('n');
      db.close();
    }
  });

  it('makes all tables of both files strict', () => {
    for (const migrations of [databaseMigrations, journalMigrations]) {
      const db = openDatabase({ path: join(folder, `${migrations.length}-${Math.random()}.db`), migrations, now });
      const lax = db
        .prepare("SELECT name FROM pragma_table_list WHERE strict = 0 AND name NOT LIKE 'sqlite_%'")
        .pluck()
        .all();
      expect(lax).toEqual([]);
      db.close();
    }
  });

  it('upgrades a file with data after copying it, and the copy holds the old version', () => {
    const old = openDatabase({ path, migrations: [first], now });
    old.prepare('INSERT INTO a (name) VALUES (?)').run('kept');
    old.close();
    const db = openDatabase({ path, migrations: [first, second], now });
    expect(db.prepare('SELECT * FROM a').all()).toEqual([{ id: 1, name: 'kept', note: 'x' }]);
    expect(db.pragma('user_version', { simple: true })).toBe(20);
    db.close();
    const copies = readdirSync(join(folder, 'data', 'backups'));
    expect(copies).toEqual(['file-v10-20260102T030405Z.db']);
    const copy = openDatabase({ path: join(folder, 'data', 'backups', String(copies[0])), migrations: [first], now });
    expect(copy.prepare('SELECT * FROM a').all()).toEqual([{ id: 1, name: 'kept' }]);
    copy.close();
  });

  it('makes no copy of a new file', () => {
    openDatabase({ path, migrations: [first, second], now }).close();
    expect(readdirSync(join(folder, 'data'))).toEqual(['file.db']);
  });

  it('leaves file and version as they were when a migration fails', () => {
    openDatabase({ path, migrations: [first], now }).close();
    expect(failure(() => openDatabase({ path, migrations: [first, failing], now }))).toBeInstanceOf(Error);
    const db = openDatabase({ path, migrations: [first], now });
    expect(db.prepare('SELECT name FROM pragma_table_info(?)').pluck().all('a')).toEqual(['id', 'name']);
    expect(db.pragma('user_version', { simple: true })).toBe(10);
    db.close();
  });

  it('refuses a file of a newer program and does not touch it', () => {
    openDatabase({ path, migrations: [first, second], now }).close();
    expect(failure(() => openDatabase({ path, migrations: [first], now }))).toMatchObject({
      code: 'database-from-future',
      values: { path, found: 20, supported: 10 },
    });
    openDatabase({ path, migrations: [first, second], now }).close();
  });

  it('refuses migrations that are out of order or not in fives', () => {
    expect(() => openDatabase({ path, migrations: [second, first], now })).toThrow(/out of order/);
    expect(() => openDatabase({ path, migrations: [{ version: 11, sql: '' }], now })).toThrow(/out of order/);
  });

  it('calls a file of other content, or one cut short, damaged', () => {
    writeFileSync(join(folder, 'letter.db'), 'Dear Sir or Madam, '.repeat(1000));
    expect(failure(() => openDatabase({ path: join(folder, 'letter.db'), migrations: [first], now }))).toMatchObject({
      code: 'database-damaged',
    });
    const db = openDatabase({ path, migrations: [first], now });
    for (let n = 0; n < 500; n += 1) db.prepare('INSERT INTO a (name) VALUES (?)').run('long '.repeat(100));
    db.close();
    truncateSync(path, 40_960);
    expect(failure(() => openDatabase({ path, migrations: [first], now }))).toMatchObject({ code: 'database-damaged' });
  });

  it('says that a folder cannot be written', () => {
    writeFileSync(join(folder, 'plain'), '');
    expect(failure(() => openDatabase({ path: folder, migrations: [first], now }))).toMatchObject({
      code: 'disk-read-only',
    });
  });

  it('says that another program holds the file', () => {
    const holder = openDatabase({ path, migrations: [first], now });
    holder.pragma('locking_mode = EXCLUSIVE');
    holder.prepare('INSERT INTO a (name) VALUES (?)').run('n');
    expect(failure(() => openDatabase({ path, migrations: [first], now, busyTimeoutMs: 50 }))).toMatchObject({
      code: 'database-locked',
    });
    holder.close();
  });
});
