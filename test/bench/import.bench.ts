/** The import of a million lines beside sqlite3's own `.import` of the same calls, and the pages on what it made. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dashboardOf } from '../../core/api/dashboard-view.ts';
import { OWNER } from '../../core/model/access.ts';
import { addAssignment } from '../../core/store/assignments.ts';
import type { CallQuery } from '../../core/store/call-filter.ts';
import { CallQueries } from '../../core/store/call-query.ts';
import { WHOLE_SITE } from '../../core/store/call-scope.ts';
import type { Database } from '../../core/store/database.ts';
import { addDepartment } from '../../core/store/departments.ts';
import { Journal } from '../../core/store/journal.ts';
import { MonthStore } from '../../core/store/month.ts';
import { addPerson } from '../../core/store/people.ts';
import { SettingsStore } from '../../core/store/settings.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { addDefaultTariff, openDatabaseAt } from '../ingest/site-fixture.ts';
import { type BenchResult, measured, resultText } from './bench-result.ts';
import { codeOf, extensionOf, OFFICE_PEOPLE, writeOfficeFile } from './office-file.ts';

const PAGE_MS = { atMost: 300 };

export interface ImportBenchOptions {
  readonly lines?: number;
  /** Where the files go; kept when given. */
  readonly folder?: string;
}

export async function benchImport(options: ImportBenchOptions = {}): Promise<BenchResult[]> {
  const lines = options.lines ?? 1_000_000;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'tollbook-bench-'));
  try {
    const file = join(folder, 'office.txt');
    writeOfficeFile(file, lines);
    const sourceId = fillOffice(folder);
    const script = join(import.meta.dirname, 'import-child.ts');
    // As build/setup.mjs starts the service.
    const said = execFileSync(process.execPath, ['--max-semi-space-size=4', script, folder, file, String(sourceId)], {
      encoding: 'utf8',
      env: { ...process.env, MALLOC_ARENA_MAX: '2' },
    });
    const { seconds, cpuSeconds, capturedS, peakMb } = JSON.parse(said) as ImportFigures;
    const db = openDatabaseAt(folder);
    const calls = Number(db.prepare('SELECT COUNT(*) FROM calls').pluck().get());
    const journal = Journal.open({ path: join(folder, 'journal.db'), now: Date.now });
    const pages = [...benchPages(db), benchDashboard(db, journal)];
    journal.close();
    db.close();
    const sqlite = timeSqliteImport(folder);
    return [
      measured('calls stored', calls, 'calls'),
      measured('import: file to priced calls', seconds, 's'),
      measured('import: file to journal', capturedS, 's'),
      measured('import: calls a second', calls / seconds, 'calls/s'),
      measured('sqlite3 .import of the same calls', sqlite.seconds, 's'),
      measured('import against sqlite3 (sqlite3 is 1)', sqlite.seconds / seconds, 'ratio', { atLeast: 0.4 }),
      // Two that run one after the other compare badly by the clock while others use the machine.
      measured('the same by processor time', sqlite.cpuSeconds / cpuSeconds, 'ratio'),
      measured('import: peak memory of the process', peakMb, 'MB', { atMost: 250 }),
      ...pages,
    ];
  } finally {
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

interface ImportFigures {
  readonly seconds: number;
  /** Of all threads. */
  readonly cpuSeconds: number;
  /** Until the journal had every byte. */
  readonly capturedS: number;
  readonly peakMb: number;
}

/** Sixty people in six departments, each with a code and an extension, and the default tariff. */
function fillOffice(folder: string): number {
  const db = openDatabaseAt(folder);
  const details = { employeeNumber: null, email: null, title: null, notes: null, activeFrom: null, activeTo: null };
  const always = { lastValue: null, validFrom: '0000-01-01', validTo: '9999-12-31' };
  const departments = Array.from({ length: 6 }, (_, i) =>
    addDepartment(db, { parentId: null, name: `Phòng ${i + 1}`, code: null }),
  );
  for (let i = 0; i < OFFICE_PEOPLE; i += 1) {
    const departmentId = departments[i % departments.length] ?? null;
    const personId = addPerson(db, { name: `Nguyễn Văn ${i}`, ...details, departmentId, departmentFrom: null });
    addAssignment(db, { kind: 'code', value: codeOf(i), personId, ...always });
    addAssignment(db, { kind: 'extension', value: extensionOf(i), personId, ...always });
  }
  addDefaultTariff(db);
  const source = new SourceStore(db).add(
    {
      name: 'PBX',
      config: { kind: 'file-import' },
      formatId: 'panasonic-a',
      formatOptions: { dateOrder: 'DMY' },
      isEnabled: true,
    },
    0,
  );
  db.close();
  return source.id;
}

/** The same rows as CSV into the same columns and indexes, by the sqlite3 program as it comes. */
function timeSqliteImport(folder: string): { readonly seconds: number; readonly cpuSeconds: number } {
  const csv = join(folder, 'calls.csv');
  execFileSync('sqlite3', [
    join(folder, 'tollbook.db'),
    '.mode csv',
    `.output ${csv}`,
    'SELECT * FROM calls ORDER BY id',
  ]);
  // CSV has no NULL: columns take empty texts, and the partial indexes leave those out as ours leave out NULL.
  const ask = "SELECT sql || ';' FROM sqlite_master WHERE tbl_name = 'calls' AND type <> 'trigger' AND sql IS NOT NULL";
  const schema = execFileSync('sqlite3', [join(folder, 'tollbook.db'), ask], { encoding: 'utf8' })
    .replace(/\) STRICT;/, ');')
    .replace(/WHERE (\w+) IS NOT NULL/g, "WHERE $1 <> ''");
  const target = join(folder, 'sqlite3.db');
  rmSync(target, { force: true });
  const schemaFile = join(folder, 'schema.sql');
  writeFileSync(schemaFile, schema);
  execFileSync('sqlite3', [target, `.read ${schemaFile}`]);
  const started = performance.now();
  const script = 'sqlite3 "$0" ".mode csv" ".import $1 calls" && times';
  const times = execFileSync('sh', ['-c', script, target, csv], { encoding: 'utf8' });
  const seconds = (performance.now() - started) / 1000;
  // The second line is of the children: user and system, each as 0m1.23s.
  const [, children = ''] = times.split('\n');
  const cpuSeconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, m) => sum + Number(m[1]) * 60 + Number(m[2]),
    0,
  );
  return { seconds, cpuSeconds };
}

function benchPages(db: Database): BenchResult[] {
  const queries = new CallQueries(db);
  const month = new MonthStore(db);
  const newest = month.months()[1] ?? '2026-01';
  const someone = queries.page({ limit: 1, direction: 'outgoing', at: 1000 }, WHOLE_SITE).calls[0];
  const number = someone?.number ?? '84912345678';
  const page = (name: string, query: Omit<CallQuery, 'limit'>, target = PAGE_MS): BenchResult[] => [
    measured(
      `calls, ${name}: page`,
      time(() => queries.page({ ...query, limit: 100 }, WHOLE_SITE)),
      'ms',
      target,
    ),
    measured(
      `calls, ${name}: totals`,
      time(() => queries.totals(query, WHOLE_SITE)),
      'ms',
      PAGE_MS,
    ),
  ];
  return [
    ...page('all', {}),
    measured(
      'calls: jump to row 700,000',
      time(() => queries.page({ at: 700_000, limit: 100 }, WHOLE_SITE)),
      'ms',
      { atMost: 100 },
    ),
    measured(
      'calls: jump to row 300,000 of outgoing',
      time(() => queries.page({ direction: 'outgoing', at: 300_000, limit: 100 }, WHOLE_SITE)),
      'ms',
      PAGE_MS,
    ),
    ...page('of a code', { code: codeOf(7) }),
    ...page('of a wrong code', { code: '7777' }),
    ...page('of a number', { number }),
    ...page('of last digits', { number: number.slice(-4) }),
    ...page('of four first digits', { number: '0912' }),
    ...page('of two digits', { number: '84' }),
    ...page('of a person', { personId: 7 }),
    ...page('of a department', { departmentId: 2 }),
    ...page('unrated', { rating: 'unrated' }),
    ...page('with an unknown code', { reason: 'unknown-code' }),
    ...page('of a trunk', { trunk: '07' }),
    ...page('with a name', { text: 'van 17' }),
    ...page('to a destination', { text: 'nhat ban' }),
    ...page('with a text that is nowhere', { text: 'khong co' }),
    measured(
      'month by person',
      time(() => month.sums(newest, 'person')),
      'ms',
      PAGE_MS,
    ),
    measured(
      'month by department',
      time(() => month.sums(newest, 'department')),
      'ms',
      PAGE_MS,
    ),
    measured(
      'month by band',
      time(() => month.sums(newest, 'band')),
      'ms',
      PAGE_MS,
    ),
    measured(
      'list of months',
      time(() => month.months()),
      'ms',
      PAGE_MS,
    ),
  ];
}

/** The last whole month of the file, as who sees everything opens it. */
function benchDashboard(db: Database, journal: Journal): BenchResult {
  const month = new MonthStore(db);
  const parts = {
    deps: { db, journal, nowMs: () => Date.UTC(2026, 8, 7, 3) },
    settings: new SettingsStore(db),
    callQueries: new CallQueries(db),
    sources: new SourceStore(db),
    month,
  };
  const question = { viewer: OWNER, month: month.months()[1], language: 'vi' } as const;
  return measured(
    'dashboard',
    time(() => dashboardOf(parts, question)),
    'ms',
    { atMost: 200 },
  );
}

/** Middle of three, after nothing: the first of them reads from the disk. */
function time(work: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[1] ?? 0;
}

if (import.meta.main) {
  const [lines, folder] = process.argv.slice(2);
  const results = await benchImport({
    ...(lines === undefined ? {} : { lines: Number(lines) }),
    ...(folder === undefined ? {} : { folder }),
  });
  for (const result of results) process.stdout.write(`${resultText(result)}\n`);
}
