/**
 * Fifty sources at once on one service: every kind of line and many formats, 100 records a second each. Whether every
 * record sent is stored as a call, once; how far reading is behind; and whether memory grows. Sender and service share the
 * machine.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import BetterSqlite3 from 'better-sqlite3';
import { type Client, createClient } from '../../core/api/client.ts';
import { callIdOf } from '../../core/model/call.ts';
import { createOffice, type Office } from '../../core/simulator/office.ts';
import { openingOf, type SimulatedOutput, simulateRecords } from '../../core/simulator/simulate.ts';
import { type BenchResult, measured, resultText } from './bench-result.ts';
import { PLAN } from './many-sources-plan.ts';
import { openLine, type PbxLine } from './pbx-lines.ts';

const SERVICE = resolve(import.meta.dirname, '../../dist/service/main.mjs');
/** Of each source. */
const RECORDS_PER_SECOND = 100;
const TICK_MS = 20;
const WINDOW_MS = 10_000;
const LAG_S = { atMost: 2 };
/** Highest memory of the last third of the run against that of the second. */
const GROWTH = { atMost: 1.1 };
/** A lag that is longer is not waited for. */
const LONGEST_LAG_MS = 30_000;
/** After the last record was sent, calls are waited for as long as any come. */
const SETTLED_MS = 10_000;
/** The office is larger than its traffic, so that calls of one telephone do not overlap. */
const PEOPLE = 60;
const TRUNKS = 99;
const MEAN_SECONDS_BETWEEN_CALLS = 3;
/** Shows how many records a call has. */
const TRIAL_CALLS = 500;

export interface ManySourcesOptions {
  readonly seconds?: number;
  /** Of each source a second. */
  readonly recordsPerSecond?: number;
  /** Another program than the built one, e.g. the sources' own. */
  readonly service?: string;
  /** Told every window, for whoever watches. */
  readonly onWindow?: (text: string) => void;
}

interface Pbx {
  readonly sourceId: number;
  readonly formatId: string;
  readonly line: PbxLine;
  readonly records: Iterator<SimulatedOutput>;
  sent: number;
  calls: number;
  talkSeconds: number;
}

interface Running {
  readonly pid: number;
  readonly client: Client;
  stop(): Promise<void>;
}

async function startService(file: string, folder: string): Promise<Running> {
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=4', file, 'serve', '--json', '--port', '0', '--data', folder],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, MALLOC_ARENA_MAX: '2', NODE_NO_WARNINGS: '1' } },
  );
  const [said] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { origin, link } = JSON.parse(said) as { origin: string; link: string };
  const response = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: link.split('#')[1] }),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  return {
    pid: child.pid ?? 0,
    client: createClient({ baseUrl: origin, headers: { cookie } }),
    async stop() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function importPeople(client: Client, { people }: Office): Promise<void> {
  const rows = people.map((p) => [p.name, p.employeeNumber, p.department, p.code, p.extension].join(','));
  const body = Buffer.from(['name,employeeNumber,department,code,extension', ...rows].join('\r\n'));
  const { importId } = await client.call('previewPeopleImport', { query: { fileName: 'people.csv' }, body });
  await client.call('confirmPeopleImport', { params: { importId } });
}

/** As many calls as print about so many records; they end about now: a PBX without a year in its dates is read by the days around. */
function recordsOf(office: Office, formatId: string, seed: number, wanted: number): Iterator<SimulatedOutput> {
  const traffic = { seed, meanSecondsBetweenCalls: MEAN_SECONDS_BETWEEN_CALLS, isOfficeHoursOnly: false };
  const now = Math.floor(Date.now() / 1000);
  const trial = [...simulateRecords(office, formatId, { ...traffic, count: TRIAL_CALLS, fromLocalSeconds: now })];
  const count = Math.round((wanted / trial.length) * TRIAL_CALLS);
  return simulateRecords(office, formatId, {
    ...traffic,
    count,
    fromLocalSeconds: now - count * MEAN_SECONDS_BETWEEN_CALLS,
  });
}

async function openPbxs(client: Client, office: Office, folder: string, expected: number): Promise<Pbx[]> {
  const hasSocat = spawnSync('socat', ['-V'], { stdio: 'ignore' }).error === undefined;
  const pbxs: Pbx[] = [];
  for (const [planned, formatIds] of PLAN) {
    const kind = planned === 'serial' && !hasSocat ? 'tcp-listener' : planned;
    for (const formatId of formatIds) {
      const name = `${pbxs.length + 1} ${formatId} ${kind}`;
      const line = await openLine(kind, folder, `line-${pbxs.length + 1}`);
      const body = { name, config: line.config, formatId, formatOptions: {}, isEnabled: true };
      const { id } = await client.call('addSource', { body });
      const records = recordsOf(office, formatId, pbxs.length + 1, expected);
      pbxs.push({ sourceId: id, formatId, line, records, sent: 0, calls: 0, talkSeconds: 0 });
    }
  }
  await Promise.all(pbxs.map(({ line }) => line.connect()));
  for (;;) {
    const closed = (await client.call('listSources')).filter(({ status }) => status.state !== 'open');
    if (closed.length === 0) break;
    await sleep(50);
  }
  for (const { line, formatId } of pbxs) {
    const opening = openingOf(formatId);
    if (opening !== '') line.send(opening);
  }
  return pbxs;
}

/** False when all is sent. */
function sendNext(pbx: Pbx): boolean {
  const next = pbx.records.next();
  if (next.done === true) return false;
  const { record, truth } = next.value;
  pbx.line.send(record.text);
  pbx.sent += 1;
  if (truth !== undefined) {
    pbx.calls += 1;
    pbx.talkSeconds += truth.talkSeconds;
  }
  return true;
}

/** What the service has stored, read beside it. */
class Stored {
  readonly #db: BetterSqlite3.Database;
  constructor(folder: string) {
    this.#db = new BetterSqlite3(join(folder, 'tollbook.db'), { readonly: true });
  }

  /** Records read of each source. */
  records(): ReadonlyMap<number, number> {
    const rows = this.#db
      .prepare(
        `SELECT source_id AS id, SUM(frames) AS records FROM outcome_counts
         WHERE outcome IN ('call', 'part') GROUP BY source_id`,
      )
      .all() as { id: number; records: number }[];
    return new Map(rows.map(({ id, records }) => [id, records]));
  }

  unread(): number {
    const sql = "SELECT COALESCE(SUM(frames), 0) FROM outcome_counts WHERE outcome = 'malformed'";
    return Number(this.#db.prepare(sql).pluck().get());
  }

  calls(sourceId: number): { readonly calls: number; readonly talkSeconds: number } {
    const sql = 'SELECT COUNT(*) AS calls, COALESCE(SUM(talk_s), 0) AS talkSeconds FROM calls WHERE id >= ? AND id < ?';
    return this.#db.prepare(sql).get(callIdOf(sourceId, 0), callIdOf(sourceId + 1, 0)) as {
      calls: number;
      talkSeconds: number;
    };
  }

  close(): void {
    this.#db.close();
  }
}

/** Seconds until all that had been sent at this moment is stored; sending goes on meanwhile. */
async function lagSeconds(pbxs: readonly Pbx[], stored: Stored): Promise<number> {
  const startedAt = performance.now();
  const wanted = pbxs.map(({ sourceId, sent }) => [sourceId, sent] as const);
  for (;;) {
    const records = stored.records();
    const isThere = wanted.every(([sourceId, sent]) => (records.get(sourceId) ?? 0) >= sent);
    const waitedMs = performance.now() - startedAt;
    if (isThere || waitedMs > LONGEST_LAG_MS) return waitedMs / 1000;
    await sleep(20);
  }
}

/** Of all threads of the process; the kernel counts in hundredths of a second. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function residentMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) / 1024;
}

interface Run {
  readonly lags: readonly number[];
  readonly residentMb: readonly number[];
  readonly seconds: number;
  readonly serviceCpuSeconds: number;
  readonly senderCpuSeconds: number;
}

const highest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0);

async function send(
  pbxs: readonly Pbx[],
  stored: Stored,
  pid: number,
  { seconds = 60, recordsPerSecond = RECORDS_PER_SECOND, onWindow }: ManySourcesOptions,
): Promise<Run> {
  // Elsewhere than on Linux the kernel is not asked; the figures of the calls are told all the same.
  const isWatched = existsSync('/proc/self/stat');
  const memory: number[] = [];
  const lags: number[] = [];
  const startedAt = performance.now();
  const serviceCpu = isWatched ? cpuSeconds(pid) : 0;
  const senderCpu = process.cpuUsage();
  const sending = new Set(pbxs);
  const tick = (): void => {
    const now = performance.now() - startedAt;
    for (const [n, pbx] of pbxs.entries()) {
      // The sources are a little apart, so that they do not all speak in the same moment.
      const due = Math.floor(((now - (n * TICK_MS) / pbxs.length) / 1000) * recordsPerSecond);
      while (pbx.sent < due && sending.has(pbx)) if (!sendNext(pbx)) sending.delete(pbx);
    }
    if (sending.size > 0) return;
    clearInterval(ticking);
    sentAll.resolve();
  };
  const sentAll = Promise.withResolvers<void>();
  const ticking = setInterval(tick, TICK_MS);
  const watching = setInterval(() => {
    if (isWatched) memory.push(residentMb(pid));
  }, 1000);
  for (let window = 1; window * WINDOW_MS <= seconds * 1000; window += 1) {
    await sleep(Math.max(0, window * WINDOW_MS - (performance.now() - startedAt)));
    lags.push(await lagSeconds(pbxs, stored));
    onWindow?.(`${window * (WINDOW_MS / 1000)} s: lag ${lags.at(-1)?.toFixed(2)} s, ${memory.at(-1)?.toFixed(0)} MB`);
  }
  await sentAll.promise;
  clearInterval(watching);
  const used = process.cpuUsage(senderCpu);
  return {
    lags,
    residentMb: memory,
    seconds: (performance.now() - startedAt) / 1000,
    serviceCpuSeconds: isWatched ? cpuSeconds(pid) - serviceCpu : 0,
    senderCpuSeconds: (used.user + used.system) / 1e6,
  };
}

interface Agreement {
  readonly sent: number;
  readonly calls: number;
  readonly stored: number;
  /** Sources whose calls or talk time are not those that were sent. */
  readonly differing: readonly string[];
}

async function agree(pbxs: readonly Pbx[], stored: Stored): Promise<Agreement> {
  const isSame = (pbx: Pbx): boolean => {
    const { calls, talkSeconds } = stored.calls(pbx.sourceId);
    return calls === pbx.calls && talkSeconds === pbx.talkSeconds;
  };
  const recordsRead = (): number => [...stored.records().values()].reduce((total, records) => total + records, 0);
  let differing = pbxs.filter((pbx) => !isSame(pbx));
  let read = recordsRead();
  let changedAt = performance.now();
  while (differing.length > 0 && performance.now() - changedAt < SETTLED_MS) {
    await sleep(500);
    const now = recordsRead();
    if (now !== read) changedAt = performance.now();
    read = now;
    differing = differing.filter((pbx) => !isSame(pbx));
  }
  const sum = (of: (pbx: Pbx) => number): number => pbxs.reduce((total, pbx) => total + of(pbx), 0);
  return {
    sent: sum(({ sent }) => sent),
    calls: sum(({ calls }) => calls),
    stored: sum(({ sourceId }) => stored.calls(sourceId).calls),
    differing: differing.map((pbx) => {
      const { calls, talkSeconds } = stored.calls(pbx.sourceId);
      return `${pbx.sourceId} ${pbx.formatId}: ${calls} of ${pbx.calls} calls, ${talkSeconds} of ${pbx.talkSeconds} s`;
    }),
  };
}

export async function benchManySources(options: ManySourcesOptions = {}): Promise<BenchResult[]> {
  const { seconds = 60, recordsPerSecond = RECORDS_PER_SECOND } = options;
  const folder = mkdtempSync(join(tmpdir(), 'tollbook-bench-many-'));
  const service = await startService(options.service ?? SERVICE, join(folder, 'data'));
  let pbxs: Pbx[] = [];
  try {
    const office = createOffice(1, { peopleCount: PEOPLE, trunkCount: TRUNKS, codeDigits: 4 });
    await importPeople(service.client, office);
    pbxs = await openPbxs(service.client, office, folder, seconds * recordsPerSecond);
    const stored = new Stored(join(folder, 'data'));
    const run = await send(pbxs, stored, service.pid, options);
    await Promise.all(pbxs.map(({ line }) => line.close()));
    const { sent, calls, stored: storedCalls, differing } = await agree(pbxs, stored);
    for (const text of differing) options.onWindow?.(`not the same: ${text}`);
    const unread = stored.unread();
    stored.close();
    const third = Math.floor(run.residentMb.length / 3);
    const second = highest(run.residentMb.slice(third, 2 * third));
    const last = highest(run.residentMb.slice(2 * third));
    const about = `${pbxs.length} sources, ${Math.round(run.seconds)} s`;
    return [
      measured(`${about}: records sent a second`, sent / run.seconds, 'calls/s', {
        atLeast: 0.95 * pbxs.length * recordsPerSecond,
      }),
      measured(`${about}: calls sent`, calls, 'calls'),
      measured(`${about}: calls stored`, storedCalls, 'calls', { atLeast: calls, atMost: calls }),
      measured(`${about}: sources whose calls differ`, differing.length, 'calls', { atMost: 0 }),
      measured(`${about}: records not understood`, unread, 'calls', { atMost: 0 }),
      measured(`${about}: longest lag at the end of a window`, highest(run.lags), 's', LAG_S),
      measured(`${about}: memory, highest`, highest(run.residentMb), 'MB'),
      ...(second === 0
        ? []
        : [measured(`${about}: memory, last third against second`, last / second, 'ratio', GROWTH)]),
      measured(`${about}: processor of the service, cores`, run.serviceCpuSeconds / run.seconds, 'ratio'),
      measured(`${about}: processor of the sender, cores`, run.senderCpuSeconds / run.seconds, 'ratio'),
    ];
  } finally {
    await service.stop();
    await Promise.all(pbxs.map(({ line }) => line.unplug?.()));
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { minutes: { type: 'string' }, rate: { type: 'string' }, service: { type: 'string' } },
  });
  const results = await benchManySources({
    ...(values.minutes === undefined ? {} : { seconds: Number(values.minutes) * 60 }),
    ...(values.rate === undefined ? {} : { recordsPerSecond: Number(values.rate) }),
    ...(values.service === undefined ? {} : { service: resolve(values.service) }),
    onWindow: (text) => process.stdout.write(`${text}\n`),
  });
  for (const result of results) process.stdout.write(`${resultText(result)}\n`);
}
