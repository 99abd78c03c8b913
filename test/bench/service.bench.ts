/** The built service as a user meets it: how long until its first page, and how long from a PBX's last byte to the pages. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '../../core/api/client.ts';
import { type BenchResult, measured } from './bench-result.ts';

const SERVICE = resolve(import.meta.dirname, '../../dist/service/main.mjs');
const CALLS = 100;
const line = (n: number): string =>
  `23/11/26 09:${String(n % 60).padStart(2, '0')}     101 ${String(1 + (n % 40)).padStart(2, '0')} 09${String(10_000_000 + n)}                     00:00'${String(10 + (n % 50))} 12345         \r\n`;

interface Running {
  readonly origin: string;
  readonly cookie: string;
  readonly client: Client;
}

async function signIn(origin: string, link: string): Promise<Running> {
  const response = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: link.split('#')[1] }),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { origin, cookie, client: createClient({ baseUrl: origin, headers: { cookie } }) };
}

/** Milliseconds from writing a record's last byte to its event, one record at a time. */
async function liveDelays({ origin, cookie, client }: Running): Promise<number[]> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as net.AddressInfo;
  probe.close();
  await once(probe, 'close');
  const config = { kind: 'tcp-listener' as const, port, bindAddress: '127.0.0.1', allowedHosts: [], maxConnections: 8 };
  await client.call('addSource', {
    body: { name: 'bench', config, formatId: 'panasonic-a', formatOptions: { dateOrder: 'DMY' }, isEnabled: true },
  });
  const stopping = new AbortController();
  const events = await fetch(`${origin}/api/events`, { headers: { cookie }, signal: stopping.signal });
  const decoder = new TextDecoder();
  let heard: (() => void) | undefined;
  const reading = (async () => {
    for await (const chunk of events.body ?? []) {
      if (decoder.decode(chunk as Uint8Array, { stream: true }).includes('"type":"call"')) heard?.();
    }
  })().catch(() => undefined);
  const socket = net.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const delays: number[] = [];
  for (let n = 0; n < CALLS; n += 1) {
    const told = new Promise<void>((resolveTold) => {
      heard = resolveTold;
    });
    const startedAt = performance.now();
    socket.write(line(n));
    await told;
    delays.push(performance.now() - startedAt);
    await sleep(20);
  }
  socket.destroy();
  stopping.abort();
  await reading;
  return delays;
}

export async function benchService(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tollbook-bench-service-'));
  const startedAt = performance.now();
  const child = spawn(process.execPath, [SERVICE, 'serve', '--json', '--port', '0', '--data', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [said] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { origin, link } = JSON.parse(said) as { origin: string; link: string };
    await (await fetch(origin)).text();
    const firstPageS = (performance.now() - startedAt) / 1000;
    const delays = (await liveDelays(await signIn(origin, link))).sort((a, b) => a - b);
    const at = (share: number): number => delays[Math.min(delays.length - 1, Math.floor(share * delays.length))] ?? 0;
    return [
      measured('start of the service to its first page', firstPageS, 's', { atMost: 2 }),
      measured('live: last byte to event, median', at(0.5), 'ms'),
      measured('live: last byte to event, slowest of 100', at(1), 'ms', { atMost: 200 }),
    ];
  } finally {
    child.kill();
    await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}
