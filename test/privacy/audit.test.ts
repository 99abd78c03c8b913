import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changesBetween } from '../../core/model/audit.ts';
import { ANCHOR_FILE, anchorFile } from '../../core/privacy/audit-anchor.ts';
import { AuditTrail, TRAIL_BROKEN } from '../../core/store/audit.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { openSecretBox } from '../../core/store/secret-box.ts';

const LAN = { userId: 7, name: 'Nguyễn Thị Lan' };

let folder: string;
let db: Database;
let trail: AuditTrail;
let open: () => AuditTrail;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tollbook-audit-'));
  db = openDatabase({ path: path.join(folder, 'tollbook.db'), migrations: databaseMigrations, now: () => 0 });
  const box = await openSecretBox(folder, undefined);
  open = () =>
    new AuditTrail(
      db,
      anchorFile(folder, box, (error) => {
        throw error;
      }),
    );
  trail = open();
  for (let i = 1; i <= 6; i += 1) {
    trail.add({
      atMs: i * 1000,
      viewer: i % 2 === 0 ? LAN : 'program',
      action: 'changePerson',
      what: i === 3 ? 'settings' : 'people',
      whatId: String(i),
      name: `Person ${i}`,
      before: { title: null },
      after: { title: `Trưởng phòng ${i}` },
      reason: i === 5 ? 'moved to Đà Nẵng' : '',
    });
  }
  trail.close();
});

afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As somebody does it who has the file and knows SQL. */
function aroundTheTriggers(sql: string): void {
  const triggers = db
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'")
    .all();
  const kept = triggers as readonly { readonly name: string; readonly sql: string }[];
  for (const { name } of kept) db.exec(`DROP TRIGGER ${name}`);
  db.exec(sql);
  for (const { sql: made } of kept) db.exec(made);
}

describe('the audit trail', () => {
  it('says who changed what from what to what', () => {
    const [newest] = trail.list({}, 1).entries;
    expect(newest).toMatchObject({
      id: 6,
      actor: 'user',
      userId: 7,
      who: 'Nguyễn Thị Lan',
      what: 'people',
      changes: [{ field: 'title', before: null, after: 'Trưởng phòng 6' }],
    });
  });

  it('finds by who, what, time and words with or without marks', () => {
    const ids = (filter: Parameters<AuditTrail['list']>[0]): number[] =>
      trail.list(filter, 10).entries.map((entry) => entry.id);
    expect(ids({ who: 'Nguyễn Thị Lan' })).toEqual([6, 4, 2]);
    expect(ids({ what: 'settings' })).toEqual([3]);
    expect(ids({ fromMs: 2000, toMs: 4000 })).toEqual([3, 2]);
    expect(ids({ text: 'da nang' })).toEqual([5]);
    expect(trail.list({ before: 4 }, 2)).toMatchObject({ entries: [{ id: 3 }, { id: 2 }], hasMore: true });
    expect(trail.choices()).toEqual({ who: ['', 'Nguyễn Thị Lan'], what: ['people', 'settings'] });
  });

  it('is whole as it was written', async () => {
    expect(await open().verify()).toMatchObject({ entries: 6, fault: undefined });
  });

  it.each(['UPDATE audit SET who = ? WHERE id = 2', 'DELETE FROM audit WHERE id > ?'])('refuses %s', (sql) => {
    expect(() => db.prepare(sql).run('0')).toThrow('append-only');
  });

  it('refuses a row out of order', () => {
    const copy =
      'INSERT INTO audit SELECT 99, at_ms, actor, user_id, who, action, what, what_id, name, reason, changes, search, hash';
    expect(() => db.exec(`${copy} FROM audit WHERE id = 1`)).toThrow('append-only');
  });

  it.each([
    ['a changed row', "UPDATE audit SET reason = 'never mind' WHERE id = 3", 'changed', 3],
    ['a changed time', 'UPDATE audit SET at_ms = at_ms + 1 WHERE id = 1', 'changed', 1],
    ['a removed row', 'DELETE FROM audit WHERE id = 4', 'missing', 4],
    [
      'an inserted row',
      `UPDATE audit SET id = -id WHERE id >= 4; UPDATE audit SET id = 1 - id WHERE id < 0;
       INSERT INTO audit SELECT 4, at_ms, actor, user_id, who, action, what, what_id, name, reason, changes, search, hash
       FROM audit WHERE id = 2`,
      'changed',
      4,
    ],
    ['a cut off end', 'DELETE FROM audit WHERE id > 4', 'cut-off', 5],
    ['an emptied trail', 'DELETE FROM audit', 'cut-off', 1],
  ])('finds %s', async (_, sql, kind, id) => {
    aroundTheTriggers(sql);
    expect((await open().verify()).fault).toEqual({ kind, id });
  });

  it('finds a trail that was written anew with a good chain', async () => {
    aroundTheTriggers('DELETE FROM audit');
    const forged = new AuditTrail(db);
    for (let i = 1; i <= 6; i += 1) forged.add({ atMs: i, viewer: LAN, action: 'nothing', what: 'people' });
    expect((await open().verify()).fault).toEqual({ kind: 'rewritten', id: 6 });
  });

  it('does not let what comes later cover a cut', async () => {
    aroundTheTriggers('DELETE FROM audit WHERE id > 4');
    const later = open();
    later.add({ atMs: 9000, viewer: LAN, action: 'changePerson', what: 'people' });
    later.close();
    expect(later.list({ action: TRAIL_BROKEN }, 1).entries[0]).toMatchObject({
      id: 5,
      changes: [
        { field: 'fault', after: 'cut-off' },
        { field: 'anchored', after: 6 },
        { field: 'entries', after: 4 },
      ],
    });
    expect((await later.verify()).fault).toEqual({ kind: 'broken-before', id: 5 });
  });

  it('goes on whole after a backup was put in place, and says so', async () => {
    aroundTheTriggers('DELETE FROM audit WHERE id > 4');
    rmSync(path.join(folder, ANCHOR_FILE));
    const restored = open();
    restored.addRestored({ atMs: 9000, viewer: 'program', action: 'restored', what: 'backups', name: 'replaced-1' });
    restored.add({ atMs: 9500, viewer: LAN, action: 'changePerson', what: 'people' });
    restored.close();
    expect((await open().verify()).fault).toBeUndefined();
    expect(open().list({ action: 'restored' }, 1).entries[0]).toMatchObject({ id: 5, name: 'replaced-1' });
  });

  it.each([
    ['removed', 'anchor-missing', () => rmSync(path.join(folder, ANCHOR_FILE))],
    ['forged', 'anchor-unreadable', () => writeFileSync(path.join(folder, ANCHOR_FILE), `6 ${'0'.repeat(64)}\n`)],
  ])('notices that its anchor was %s', async (_, kind, tamper) => {
    tamper();
    expect((await open().verify()).fault).toEqual({ kind, id: 6 });
  });
});

describe('what an entry keeps', () => {
  it('hides secrets and codes wherever they stand', () => {
    const after = {
      name: 'SFTP',
      config: {
        password: 'geheim',
        privateKey: '-----BEGIN',
        login: [{ expect: 'ogin:', send: 'SMDR', isSecret: true }],
      },
      assignment: { kind: 'code', value: '987654', lastValue: null },
      webhook: { url: 'https://hooks.example/T0/B0/xyz' },
      code: '4321',
      token: '',
    };
    const text = JSON.stringify(changesBetween(undefined, after));
    for (const secret of ['geheim', 'BEGIN', 'SMDR', '9876', '4321', 'xyz']) expect(text).not.toContain(secret);
    expect(text).toContain('••54');
    expect(text).toContain('https://hooks.example/••••');
  });

  it('names the fields that differ, and items of lists by their id', () => {
    const before = {
      name: 'An',
      roles: ['a', 'b'],
      rows: [
        { id: 4, days: 1 },
        { id: 9, days: 2 },
      ],
    };
    const after = { name: 'An', roles: ['a'], rows: [{ id: 9, days: 3 }] };
    expect(changesBetween(before, after)).toEqual([
      { field: 'roles', before: 'a, b', after: 'a' },
      { field: 'rows.4.id', before: 4 },
      { field: 'rows.4.days', before: 1 },
      { field: 'rows.9.days', before: 2, after: 3 },
    ]);
  });
});
