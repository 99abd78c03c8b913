import { createServer } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../core/api/client.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { type HttpService, startHttp } from '../../service/http.ts';
import { addSource, openRig, type Rig } from './rig.ts';

let rig: Rig;
let service: HttpService;
beforeEach(async () => {
  rig = openRig();
  service = await startHttp({ fetch: rig.api.fetch, port: 0 });
});
afterEach(async () => {
  rig.api.close();
  await service.close();
  rig.close();
});

async function cookieOf(): Promise<string> {
  const response = await fetch(`${service.origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: rig.api.issueLinkToken() }),
  });
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

/** Bytes on a plain socket, as no well-behaved client would send them. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(service.port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (data) => {
      answer += data.toString('latin1');
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('the API behind a port', () => {
  it('serves pages and routes', async () => {
    expect(await (await fetch(`${service.origin}/`)).text()).toContain('<title>Tollbook</title>');
    const client = createClient({ baseUrl: service.origin, headers: { cookie: await cookieOf() } });
    expect(await client.call('getSystem')).toMatchObject({ version: '0.1.0' });
  });

  it('knows its own port and refuses a Host that names another', async () => {
    const answer = await raw('GET /api/openapi.json HTTP/1.1\r\nHost: 127.0.0.1:1\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    const rebound = await raw(
      `GET /api/openapi.json HTTP/1.1\r\nHost: evil.example:${service.port}\r\nConnection: close\r\n\r\n`,
    );
    expect(rebound).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('serves nothing outside the folder of the pages, however the path is written', async () => {
    const host = `Host: 127.0.0.1:${service.port}\r\nConnection: close\r\n\r\n`;
    for (const path of ['/../secret.txt', '/assets/../../secret.txt', '/..%2fsecret.txt', '//../secret.txt']) {
      const answer = await raw(`GET ${path} HTTP/1.1\r\n${host}`);
      expect(answer, path).not.toContain('not for anybody');
      expect(answer, path).toMatch(/^HTTP\/1\.1 (404|400|403) /);
    }
  });

  it('carries live events as they happen', async () => {
    const response = await fetch(`${service.origin}/api/events`, { headers: { cookie: await cookieOf() } });
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    expect(decoder.decode((await reader?.read())?.value)).toContain('retry:');
    rig.ingest.events.tell({ type: 'calls', sourceId: 1, added: [], updated: [], total: 1000 });
    expect(decoder.decode((await reader?.read())?.value)).toContain('event: changed');
    await reader?.cancel();
  });

  it('takes an upload as a stream', async () => {
    const sourceId = addSource(new SourceStore(rig.deps.db), 'PBX');
    const client = createClient({ baseUrl: service.origin, headers: { cookie: await cookieOf() } });
    const size = 5 * 1024 * 1024;
    const body = new Blob([new Uint8Array(size)]);
    const job = await client.call('importFile', { query: { sourceId, fileName: 'big.log' }, body });
    expect(job.bytesTotal).toBe(size);
  });

  it('takes the next free port when one is taken, and says so when all are', async () => {
    const next = await startHttp({ fetch: rig.api.fetch, port: service.port, morePorts: 20 });
    expect(next.port).toBeGreaterThan(service.port);
    await next.close();
    await expect(startHttp({ fetch: rig.api.fetch, port: service.port })).rejects.toMatchObject({
      code: 'port-taken',
      values: { port: service.port },
    });
  });

  it('closes while pages are open, and gives the port back', async () => {
    const { port } = service;
    const response = await fetch(`${service.origin}/api/events`, { headers: { cookie: await cookieOf() } });
    const reader = response.body?.getReader();
    await reader?.read();
    const begun = performance.now();
    rig.api.close();
    await service.close();
    expect(performance.now() - begun).toBeLessThan(1500);
    const again = createServer();
    await new Promise<void>((resolve) => again.listen(port, '127.0.0.1', resolve));
    await new Promise((resolve) => again.close(resolve));
  });
});
