/** The API on real databases in a temporary folder, with stand-ins for the two worker threads. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Api, createApi } from '../../core/api/api.ts';
import { type Client, createClient } from '../../core/api/client.ts';
import { type RouteName, routes } from '../../core/api/contract.ts';
import type { ApiDeps } from '../../core/api/deps.ts';
import type { RouteDefinition } from '../../core/api/route.ts';
import { BackupKeeper } from '../../core/backup/backup-keeper.ts';
import type {
  CaptureControl,
  CaptureEvent,
  CaptureSource,
  CaptureStatus,
  ImportProgress,
} from '../../core/collector/control.ts';
import { closeMonth, fingerprintNow } from '../../core/ingest/close-month.ts';
import type { IngestControl, IngestEvent } from '../../core/ingest/control.ts';
import { Ingest } from '../../core/ingest/ingest.ts';
import { rebookCalls } from '../../core/ingest/rebook-calls.ts';
import { RerateWork } from '../../core/ingest/rerate-work.ts';
import { SourceRereader } from '../../core/ingest/reread-source.ts';
import { AppError } from '../../core/model/errors.ts';
import { openDatabase } from '../../core/store/database.ts';
import { Journal } from '../../core/store/journal.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { SourceStore } from '../../core/store/sources.ts';

export const ORIGIN = 'http://127.0.0.1:4680';
export const INFO = { remoteAddress: '127.0.0.1', localPort: 4680 };
/** 2026-03-20T10:00:00 in Ha Noi. */
export const NOW_MS = Date.UTC(2026, 2, 20, 3, 0, 0);

const line = (time: string, extension: string, trunk: string, number: string, duration: string, code = ''): string =>
  `20/03/26 ${time} ${extension.padStart(5)} ${trunk} ${number.padEnd(31)}${duration} ${code.padEnd(10)}`;

/**
 * Calls of 20 March 2026 in Panasonic pattern A: code 987654 to a mobile, extension 102 without a code, code 4321 in the
 * extension's column, a code two digits of which are swapped, and a line that is damaged.
 */
export const LINES = `${[
  line('08:15AM', '101', '01', '0912345678', "00:01'05", '987654'),
  line('08:20AM', '102', '01', '0987000111', "00:02'10"),
  line('08:30AM', '*4321', '02', '02438250000', "00:00'40"),
  line('08:31AM', '101', '02', '0903000222', "00:00'30", '987645'),
  '20/03/26 08:32AM   1#1 zz what is this 99:99 987654',
].join('\r\n')}\r\n`;

type Listener<E> = (event: E) => void;

class Listeners<E> {
  readonly #all = new Set<Listener<E>>();
  add(listener: Listener<E>): () => void {
    this.#all.add(listener);
    return () => this.#all.delete(listener);
  }
  tell(event: E): void {
    for (const listener of this.#all) listener(event);
  }
}

export class CaptureStub implements CaptureControl {
  readonly events = new Listeners<CaptureEvent>();
  configured: readonly CaptureSource[] = [];
  jobs: ImportProgress[] = [];
  imported: { path: string; bytes: number; again: boolean }[] = [];
  problem: CaptureStatus['problem'] = null;
  isPaused = false;

  configure(sources: readonly CaptureSource[]): Promise<void> {
    this.configured = sources;
    return Promise.resolve();
  }
  setPaused(isPaused: boolean): Promise<void> {
    this.isPaused = isPaused;
    return Promise.resolve();
  }
  importFile(request: Parameters<CaptureControl['importFile']>[0]): Promise<string> {
    const bytes = readFileSync(request.path).length;
    const known = this.jobs.find((job) => job.bytesTotal === bytes);
    if (known !== undefined && !request.again) {
      return Promise.reject(
        new AppError('file-already-imported', { fileName: request.fileName, earlier: known.fileName }),
      );
    }
    this.imported.push({ path: request.path, bytes, again: request.again });
    const importId = `import-${this.jobs.length + 1}`;
    this.jobs.push({
      importId,
      sourceId: request.sourceId,
      streamId: this.jobs.length + 1,
      fileName: request.fileName,
      state: 'running',
      bytesTotal: bytes,
      bytesDone: 0,
      problem: null,
    });
    return Promise.resolve(importId);
  }
  cancelImport(importId: string): Promise<void> {
    this.jobs = this.jobs.map((job) => (job.importId === importId ? { ...job, state: 'cancelled' } : job));
    return Promise.resolve();
  }
  statuses(): readonly CaptureStatus[] {
    return this.configured.map(({ id, isEnabled }) => ({
      sourceId: id,
      state: isEnabled ? 'open' : 'disabled',
      problem: this.problem,
      retryAtMs: null,
      connections: 1,
      lastByteAtMs: NOW_MS,
      bytesTotal: 10,
      bytesPerMinute: 1,
      isQuiet: false,
      quietSinceMs: null,
      hostKey: null,
    }));
  }
  imports(): readonly ImportProgress[] {
    return this.jobs;
  }
  onEvent(listener: Listener<CaptureEvent>): () => void {
    return this.events.add(listener);
  }
  stop(): Promise<void> {
    return Promise.resolve();
  }
}

/** Reads with the real ingest, in this thread. `asked` remembers what the API wanted done. */
export class IngestStub implements IngestControl {
  readonly events = new Listeners<IngestEvent>();
  readonly asked: string[] = [];
  readonly #ingest: Ingest;
  readonly #rereader: SourceRereader;
  readonly #rerates: RerateWork;

  constructor(ingest: Ingest) {
    this.#ingest = ingest;
    this.#rereader = new SourceRereader(ingest);
    this.#rerates = new RerateWork(ingest, () => NOW_MS);
  }
  wake(sourceId: number): void {
    this.#ingest.readAll(sourceId);
  }
  reload(): Promise<void> {
    this.asked.push('reload');
    this.#ingest.reload();
    return Promise.resolve();
  }
  readAgain(sourceId: number): Promise<{ read: number; left: number }> {
    this.asked.push(`readAgain ${sourceId}`);
    return Promise.resolve({ read: 0, left: 1 });
  }
  rerate(): void {
    this.asked.push('rerate');
    while (this.#rerates.step() !== undefined);
  }
  rebook(...[scope, pricing]: Parameters<IngestControl['rebook']>): Promise<{ calls: number }> {
    this.asked.push(`rebook ${JSON.stringify(scope)}${pricing === undefined ? '' : ` ${pricing}`}`);
    if (scope === 'all' || !('ids' in scope)) return Promise.resolve({ calls: 0 });
    const steps = [...rebookCalls(this.#ingest, scope, pricing ?? 'kept')];
    return Promise.resolve({ calls: steps.reduce((sum, step) => sum + step, 0) });
  }
  async reread(source: Parameters<IngestControl['reread']>[0]): ReturnType<IngestControl['reread']> {
    for (const _ of this.#rereader.read(source));
    return this.#rereader.difference(source.id);
  }
  async applyReread(sourceId: number, nowMs: number, isUndo: boolean): Promise<void> {
    this.#rereader.apply(sourceId, nowMs, isUndo);
  }
  async dropReread(sourceId: number): Promise<void> {
    this.#rereader.drop(sourceId);
  }
  async closeMonth(request: Parameters<IngestControl['closeMonth']>[0]): Promise<void> {
    closeMonth(this.#ingest.db, request);
  }
  async fingerprint(month: string): Promise<string> {
    return fingerprintNow(this.#ingest.db, month);
  }
  counts(sourceId: number): ReturnType<IngestControl['counts']> {
    return this.#ingest.counts(sourceId);
  }
  lastRecordAtMs(sourceId: number): number | null {
    return this.#ingest.lastRecordAtMs(sourceId);
  }
  recordsPerMinute(): number {
    return 0;
  }
  holdBack(): Promise<() => void> {
    return Promise.resolve(() => undefined);
  }
  idle(): Promise<void> {
    return Promise.resolve();
  }
  onEvent(listener: Listener<IngestEvent>): () => void {
    return this.events.add(listener);
  }
  stop(): Promise<void> {
    return Promise.resolve();
  }
}

export interface Rig {
  readonly api: Api;
  readonly deps: ApiDeps;
  readonly capture: CaptureStub;
  readonly ingest: IngestStub;
  readonly reader: Ingest;
  readonly logged: string[];
  clockMs: number;
  /** Bytes as a PBX sends them, read to the end. */
  feed(sourceId: number, text: string, atMs?: number): void;
  /** A request as a program on this computer makes it. */
  request(address: string, init?: RequestInit): Promise<Response>;
  signIn(): Promise<string>;
  /** Signed in; every answer is checked against the contract. */
  client(language?: 'vi' | 'en'): Promise<Client>;
  close(): void;
}

function checkedFetch(rig: Rig): (request: Request) => Promise<Response> {
  return async (request) => {
    const response = await rig.api.fetch(request, INFO);
    const name = routeNameOf(request);
    const definition: RouteDefinition | undefined = name === undefined ? undefined : routes[name];
    if (response.ok && definition?.response !== undefined) {
      definition.response.parse(await response.clone().json(), { reportInput: true });
    }
    return response;
  };
}

function routeNameOf(request: Request): RouteName | undefined {
  const { pathname } = new URL(request.url);
  return (Object.keys(routes) as RouteName[]).find((name) => {
    const pattern = routes[name].path.replace(/:\w+/g, '[^/]+');
    return routes[name].method === request.method && new RegExp(`^${pattern}$`).test(pathname);
  });
}

export function openRig(overrides: Partial<ApiDeps> = {}): Rig {
  const folder = mkdtempSync(path.join(tmpdir(), 'tollbook-api-'));
  const pagesFolder = path.join(folder, 'pages');
  mkdirSync(path.join(pagesFolder, 'assets'), { recursive: true });
  writeFileSync(path.join(pagesFolder, 'index.html'), '<!doctype html><title>Tollbook</title>');
  writeFileSync(path.join(pagesFolder, 'assets', 'app-1a2b.js'), 'export const one = 1;');
  writeFileSync(path.join(folder, 'secret.txt'), 'not for anybody');
  const db = openDatabase({ path: path.join(folder, 'tollbook.db'), migrations: databaseMigrations, now: () => 0 });
  const journal = Journal.open({ path: path.join(folder, 'journal.db'), now: () => NOW_MS });
  const capture = new CaptureStub();
  const reader = new Ingest({ db, journal });
  const ingest = new IngestStub(reader);
  const logged: string[] = [];
  const sources = new SourceStore(db);
  const deps: ApiDeps = {
    db,
    journal,
    capture,
    secretBox: {
      place: 'key-file',
      problem: null,
      seal: (text) => (text === '' || text.startsWith('sealed:') ? text : `sealed:${text}`),
      open: (text) => text.replace(/^sealed:/, ''),
    },
    ingest,
    demo: {
      start: () => Promise.resolve(addSource(sources, 'Demo', true)),
      stop: () => {
        for (const source of sources.list()) if (source.isDemo) sources.remove(source.id, NOW_MS);
        return Promise.resolve();
      },
    },
    backups: new BackupKeeper({
      ...{ db, dataFolder: folder, program: '0.1.0', nowMs: () => rig.clockMs },
      log: { error: (_, message) => logged.push(message) },
      onChange: () => undefined,
    }),
    pause: {
      isPaused: () => capture.isPaused,
      setPaused: (isPaused) => capture.setPaused(isPaused),
    },
    listSerialPorts: () => Promise.resolve([{ path: '/dev/ttyUSB0', description: 'USB serial' }]),
    nowMs: () => rig.clockMs,
    problems: () => [{ code: 'disk-full', values: { path: 'journal.db' } }],
    log: {
      error: (_, message) => logged.push(message),
      warn: (_, message) => logged.push(message),
    },
    version: '0.1.0',
    startedAtMs: NOW_MS,
    dataFolder: folder,
    spoolFolder: path.join(folder, 'spool'),
    pagesFolder,
    access: { allowedHosts: [], isOpenToNetwork: false },
    // As little work as a hash can be.
    hashCost: { logN: 4, r: 1, p: 1 },
    ...overrides,
  };
  const rig: Rig = {
    api: createApi(deps),
    deps,
    capture,
    ingest,
    reader,
    logged,
    clockMs: NOW_MS,
    feed(sourceId, text, atMs = NOW_MS) {
      const stream = journal.openStream(sourceId, 'test');
      journal.append(stream, atMs, Buffer.from(text, 'latin1'));
      journal.closeStream(stream, 'end');
      reader.reload();
      reader.readAll(sourceId);
    },
    request: (address, init = {}) => {
      const headers = new Headers(init.headers);
      if (!headers.has('host')) headers.set('host', '127.0.0.1:4680');
      return rig.api.fetch(new Request(`${ORIGIN}${address}`, { ...init, headers }), INFO);
    },
    async signIn() {
      const response = await rig.request('/api/session', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token: rig.api.issueLinkToken() }),
      });
      return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    },
    async client(language = 'en') {
      return createClient({
        baseUrl: ORIGIN,
        fetch: checkedFetch(rig),
        language,
        headers: { cookie: await rig.signIn() },
      });
    },
    close() {
      rig.api.close();
      db.close();
      journal.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return rig;
}

export function addSource(sources: SourceStore, name: string, isDemo = false): number {
  return sources.add(
    {
      name,
      config: { kind: 'tcp-listener', port: 2300, bindAddress: '127.0.0.1', allowedHosts: [], maxConnections: 8 },
      formatId: 'panasonic-a',
      formatOptions: { dateOrder: 'DMY' },
      isEnabled: true,
    },
    NOW_MS,
    isDemo,
  ).id;
}
