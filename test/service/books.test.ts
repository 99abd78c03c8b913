/** The commands that work on a data folder, without a running service and beside one. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { run, Service, TempFolder } from '../e2e/rig.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const COMMANDS = [
  ['serve'],
  ['link'],
  ['parse'],
  ['detect'],
  ['formats'],
  ['import'],
  ['report'],
  ['people', 'import'],
  ['people', 'export'],
  ['simulate'],
  ['journal', 'verify'],
  ['journal', 'export'],
  ['rate'],
  ['doctor'],
] as const;

let folder: TempFolder;
let data: readonly string[];
beforeAll(async () => {
  folder = new TempFolder();
  data = ['--data', folder.file('data')];
  const office = ['--people-file', folder.file('people.csv'), '--from', '2026-03-02', '--seed', '4', '--count', '120'];
  await run(['simulate', '--format', 'panasonic-a', '--file', folder.file('records.txt'), ...office]);
});
afterAll(() => folder.remove());

describe('help', () => {
  it('is there for every command, in both languages', async () => {
    for (const command of COMMANDS) {
      const [english, vietnamese] = await Promise.all([
        run([...command, '--help']),
        run([...command, '--help'], { env: { TOLLBOOK_LANGUAGE: 'vi' } }),
      ]);
      expect({ command, code: english.code, out: english.out }).toMatchObject({
        code: 0,
        out: expect.stringContaining('--json'),
      });
      expect(vietnamese.out).toContain('Tùy chọn:');
    }
  });

  it('ends with 2 for a command, an option or an argument that is not there', async () => {
    for (const args of [
      ['nonsense'],
      ['serve', '--prt', '1'],
      ['parse', '--format', 'panasonic-a'],
      ['serve', '--port', 'x'],
    ]) {
      const { code, err } = await run(args);
      expect({ args, code }).toEqual({ args, code: 2 });
      expect(err).not.toBe('');
    }
  });
});

describe('people, import, report and journal on a folder of their own', () => {
  it('people are written only when confirmed, and come back as they went', async () => {
    const preview = await run(['people', 'import', folder.file('people.csv'), ...data, '--json']);
    expect(JSON.parse(preview.out)).toMatchObject({ counts: { add: 24, error: 0 } });
    const written = await run(['people', 'import', folder.file('people.csv'), ...data, '--confirm', '--json']);
    expect(JSON.parse(written.out)).toMatchObject({ added: 24 });
    for (const type of ['csv', 'xlsx']) {
      const file = folder.file(`out.${type}`);
      expect(await run(['people', 'export', file, ...data])).toMatchObject({ code: 0, err: '' });
      const again = await run(['people', 'import', file, ...data, '--json']);
      expect(JSON.parse(again.out)).toMatchObject({ counts: { add: 0, update: 0, same: 24, error: 0 } });
    }
    expect(readFileSync(folder.file('out.csv'), 'utf8')).not.toContain('••');
  });

  it('a file is imported once', async () => {
    const args = ['import', folder.file('records.txt'), '--format', 'panasonic-a', ...data];
    const first = await run([...args, '--json']);
    expect(JSON.parse(first.out)).toMatchObject([{ counts: { malformed: 0 } }]);
    const second = await run(args);
    expect(second).toMatchObject({ code: 1, err: expect.stringContaining('imported before') });
  });

  it('the month comes as a table, as JSON, as a workbook and as CSV', async () => {
    const month = ['report', '--month', '2026-03', ...data];
    const table = await run([...month, '--by', 'person']);
    expect(table).toMatchObject({ code: 0, out: expect.stringContaining('2026-03') });
    const json = JSON.parse((await run([...month, '--json'])).out) as {
      totals: { calls: number };
      rows: { calls: number }[];
    };
    expect(json.totals.calls).toBeGreaterThan(0);
    expect(json.rows.reduce((sum, { calls }) => sum + calls, 0)).toBe(json.totals.calls);
    expect(await run([...month, '--out', folder.file('m.xlsx')])).toMatchObject({ code: 0 });
    expect(readFileSync(folder.file('m.xlsx')).subarray(0, 2).toString()).toBe('PK');
    expect(await run([...month, '--out', folder.file('m.csv')])).toMatchObject({ code: 0 });
    expect(readFileSync(folder.file('m.csv'), 'utf8').startsWith('\uFEFF')).toBe(true);
    expect(await run([...month, '--out', folder.file('m.doc')])).toMatchObject({
      code: 2,
      err: expect.stringContaining('xlsx, pdf, csv'),
    });
    const nowhere = await run([...month, '--out', folder.file('none', 'm.csv')]);
    expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('cannot be opened or written') });
  });

  it('the journal gives back the exact bytes, and names the first link that was changed', async () => {
    expect(await run(['journal', 'export', ...data, '--out', folder.file('bytes')])).toMatchObject({ code: 0 });
    expect(readFileSync(folder.file('bytes')).equals(readFileSync(folder.file('records.txt')))).toBe(true);
    expect(await run(['journal', 'verify', ...data])).toMatchObject({ code: 0, out: expect.stringContaining('whole') });
    const db = new Database(folder.file('data', 'journal.db'));
    const [trigger] = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'chunks'")
      .pluck()
      .all();
    if (trigger !== undefined) db.exec(`DROP TRIGGER "${String(trigger)}"`);
    db.prepare("UPDATE chunks SET bytes = CAST('x' || substr(bytes, 2) AS BLOB)").run();
    db.close();
    const { code, out } = await run(['journal', 'verify', ...data, '--json']);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ isWhole: false, breaks: [{ sourceId: 1, offset: 0, kind: 'changed' }] });
  });

  it('doctor looks at everything and says what is wrong', async () => {
    const { code, out } = await run(['doctor', ...data, '--json']);
    const checks = (JSON.parse(out) as { check: string }[]).map(({ check }) => check);
    expect(checks).toEqual(expect.arrayContaining(['folder', 'disk', 'journal', 'database', 'clock', 'serial']));
    expect([0, 3]).toContain(code);
    writeFileSync(folder.file('broken'), '');
    const broken = await run(['doctor', '--data', folder.file('broken')]);
    expect(broken).toMatchObject({ code: 1, out: expect.stringContaining('cannot be written') });
  });
});

describe('beside a running service', () => {
  it('link makes a way in, and commands go through the service', async () => {
    const own = ['--data', folder.file('served')];
    expect(await run(['link', ...own])).toMatchObject({ code: 1, err: expect.stringContaining('npm run serve') });
    const service = await Service.start(folder.file('served'));
    try {
      const made = JSON.parse((await run(['link', ...own, '--json'])).out) as { link: string };
      expect(made.link.startsWith(`${service.origin}/enter#`)).toBe(true);
      const imported = await run(['people', 'import', folder.file('people.csv'), '--confirm', ...own]);
      expect(imported.code).toBe(0);
      expect(await service.client.call('listPeople')).toHaveLength(24);
    } finally {
      await service.stop();
    }
    expect(existsSync(folder.file('served', 'running.json'))).toBe(false);
  });
});

describe('tollbook simulate', () => {
  it('makes the same bytes and the same truth from the same seed', async () => {
    const make = async (name: string, seed: string): Promise<string> => {
      const args = ['--format', 'panasonic-a', '--count', '50', '--from', '2026-03-02', '--seed', seed];
      expect(await run(['simulate', ...args, '--file', folder.file(name)])).toMatchObject({ code: 0 });
      return readFileSync(folder.file(name), 'latin1') + readFileSync(folder.file(`${name}.truth.csv`), 'utf8');
    };
    const first = await make('one', '9');
    expect(await make('two', '9')).toBe(first);
    expect(await make('three', '10')).not.toBe(first);
  });

  it('says what to do when nobody listens, no device is there or no target is named', async () => {
    const common = ['simulate', '--format', 'panasonic-a', '--truth', folder.file('truth.csv')];
    const cases = [
      { args: ['--tcp-connect', '127.0.0.1:1'], code: 1, says: 'refuses connections' },
      { args: ['--tcp-connect', '127.0.0.1'], code: 2, says: '--tcp-connect' },
      { args: ['--pty', folder.file('no-device')], code: 1, says: 'not on this computer' },
      { args: [], code: 2, says: '--tcp-listen' },
    ];
    for (const { args, code, says } of cases) {
      expect(await run([...common, ...args])).toMatchObject({ code, err: expect.stringContaining(says) });
    }
  });
});
