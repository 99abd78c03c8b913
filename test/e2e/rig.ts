/** The real program in processes of its own, as built in dist, on a folder and ports of the test. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '../../core/api/client.ts';
import type { Call, CallFilter, Source } from '../../core/api/contract.ts';

export const rootFolder = path.resolve(import.meta.dirname, '../..');
/** As people run it; `npm test` builds it first. */
const mainFile = path.join(rootFolder, 'dist', 'service', 'main.mjs');

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Put before the program, e.g. a shell that sets a limit. */
  readonly shell?: string;
}

export function start(args: readonly string[], options: StartOptions = {}): Child {
  const env = { ...process.env, TOLLBOOK_LANGUAGE: 'en', NODE_NO_WARNINGS: '1', ...options.env };
  const stdio: ['pipe', 'pipe', 'pipe'] = ['pipe', 'pipe', 'pipe'];
  return options.shell === undefined
    ? spawn(process.execPath, [mainFile, ...args], { env, stdio })
    : spawn('/bin/sh', ['-c', `${options.shell}; exec "$@"`, 'sh', process.execPath, mainFile, ...args], {
        env,
        stdio,
      });
}

async function textOf(stream: Readable): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

export async function ended(child: Child): Promise<Ended> {
  const exit = once(child, 'close') as Promise<[number | null]>;
  const [out, err, [code]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), exit]);
  return { code, out, err };
}

/** One command from start to end. */
export async function run(
  args: readonly string[],
  options: StartOptions & { readonly input?: string | Buffer } = {},
): Promise<Ended> {
  const child = start(args, options);
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  return ended(child);
}

/** Waits for what `look` finds; fails with `what` when nothing comes. */
export async function until<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  limitMs = 15_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await sleep(25);
  }
}

export class TempFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'tollbook-e2e-'));
  file(...names: string[]): string {
    return path.join(this.path, ...names);
  }
  remove(): void {
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
  }
}

export class Service {
  readonly origin: string;
  readonly client: Client;
  /** Milliseconds from the start of the process to the line that says it runs. */
  readonly startMs: number;
  readonly #child: Child;
  readonly #end: Promise<Ended>;

  private constructor(child: Child, end: Promise<Ended>, origin: string, client: Client, startMs: number) {
    this.#child = child;
    this.#end = end;
    this.origin = origin;
    this.client = client;
    this.startMs = startMs;
  }

  /** Fails with what the program said when it does not come to run. */
  static async start(
    folder: string,
    options: StartOptions & { readonly language?: 'vi' | 'en' } = {},
  ): Promise<Service> {
    const startedAt = performance.now();
    const child = start(['serve', '--port', '0', '--data', folder, '--json'], options);
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    const end = ended(child);
    const early = end.then(({ code, err }) => {
      throw new Error(`the service ended with ${String(code)}: ${err}`);
    });
    early.catch(() => undefined);
    const { origin, link } = await Promise.race([
      until('the service', () =>
        said.includes('\n') ? (JSON.parse(said) as { origin: string; link: string }) : undefined,
      ),
      early,
    ]);
    const startMs = performance.now() - startedAt;
    const cookie = await enter(origin, link);
    const client = createClient({ baseUrl: origin, language: options.language ?? 'en', headers: { cookie } });
    return new Service(child, end, origin, client, startMs);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  stop(): Promise<Ended> {
    this.#child.kill('SIGTERM');
    return this.#end;
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#end;
  }
}

async function enter(origin: string, link: string): Promise<string> {
  const response = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: link.slice(link.indexOf('#') + 1) }),
  });
  if (!response.ok) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

/** Every call with its code in full, newest first. */
export async function allCalls(client: Client, filter: CallFilter = {}): Promise<Call[]> {
  await client.call('putSettings', { body: { showCodes: true } });
  const calls: Call[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await client.call('listCalls', {
      query: { ...filter, limit: 500, ...(after !== undefined && { after }) },
    });
    calls.push(...page.calls);
    after = page.next;
  }
  return calls;
}

export async function sourceOf(client: Client, id: number): Promise<Source> {
  const found = (await client.call('listSources')).find((source) => source.id === id);
  if (found === undefined) throw new Error(`no source ${id}`);
  return found;
}

/** Frames of a source read so far, of every kind. */
export async function framesRead(client: Client, id: number): Promise<number> {
  const { call, part, noise, malformed } = (await sourceOf(client, id)).status.counts;
  return call + part + noise + malformed;
}

export async function importPeople(client: Client, file: string): Promise<number> {
  const preview = await client.call('previewPeopleImport', {
    query: { fileName: 'people.csv' },
    body: readFileSync(file),
  });
  const { added } = await client.call('confirmPeopleImport', { params: { importId: preview.importId } });
  return added;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** One line a call, so that two sets of calls can be held against each other whatever their order. */
export function factsOfCalls(calls: readonly Call[]): string[] {
  return calls
    .map((call) =>
      [
        call.direction,
        call.isAnswered,
        call.talkSeconds,
        call.extension ?? '',
        call.code ?? '',
        call.personName ?? '',
        (call.direction === 'incoming' ? call.caller : call.direction === 'internal' ? '' : call.dialled) ?? '',
        call.charge === null ? '' : call.charge.amount,
      ].join(' | '),
    )
    .sort();
}

export function factsOfTruth(file: string): string[] {
  const [, ...rows] = readFileSync(file, 'utf8').replace('\uFEFF', '').trimEnd().split('\r\n');
  return rows
    .map((row) => {
      const [, direction, answered, talk, extension, code, person, number, charge] = row.split(',');
      return [direction, answered, talk, extension, code, person, number, charge].join(' | ');
    })
    .sort();
}
