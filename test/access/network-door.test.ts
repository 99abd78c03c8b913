/** The door to the network on real sockets: beside the port of this computer, with and without TLS. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CLOSED, type NetworkSettings } from '../../core/access/network.ts';
import type { RequestInfo } from '../../core/api/security.ts';
import { startHttp } from '../../service/http.ts';
import { HttpNetworkDoor } from '../../service/network-door.ts';

let folder: string;
let port: number;
let door: HttpNetworkDoor;
const seen: RequestInfo[] = [];
const file = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tollbook-door-'));
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync('openssl', [...made, ...name, '-keyout', file('key.pem'), '-out', file('cert.pem')], {
    stdio: 'ignore',
  });
  writeFileSync(file('broken.pem'), 'not a certificate');
  const free = await startHttp({ fetch: async () => new Response(), port: 0 });
  port = free.port;
  await free.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  door = new HttpNetworkDoor();
  door.attach(async (request, info) => {
    seen.push(info);
    return new Response(new URL(request.url).protocol);
  });
});
afterEach(() => door.close());

const settings = (part: Partial<NetworkSettings> = {}): NetworkSettings => ({
  ...CLOSED,
  ...{ isOpen: true, address: '127.0.0.1', port },
  ...part,
});
const textOverTls = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const options = { ca: readFileSync(file('cert.pem')), agent: false as const };
    const request = get(`https://localhost:${port}/`, options, (response) => {
      response.setEncoding('utf8').on('data', resolve);
    });
    request.once('error', reject);
  });

describe('the door to the network', () => {
  it('listens while it is open, and says by which address', async () => {
    await door.apply(settings({ hostNames: ['tollbook.lan'] }));
    const origin = `http://127.0.0.1:${port}`;
    expect(door.state()).toEqual({ isOpen: true, origins: [`http://tollbook.lan:${port}`, origin], problem: null });
    expect(await (await fetch(origin)).text()).toBe('http:');
    expect(seen.at(-1)).toMatchObject({ remoteAddress: '127.0.0.1', localPort: port });
    await door.apply(settings({ isOpen: false }));
    expect(door.state().isOpen).toBe(false);
    await expect(fetch(origin)).rejects.toThrow();
  });

  it('speaks TLS where certificate and key are given', async () => {
    await door.apply(settings({ certificateFile: file('cert.pem'), keyFile: file('key.pem') }));
    expect(door.state().origins).toEqual([`https://127.0.0.1:${port}`]);
    expect(await textOverTls()).toBe('https:');
  });

  it('says what keeps it shut', async () => {
    const other = await startHttp({ fetch: async () => new Response(), port: 0 });
    const failures: readonly (readonly [Partial<NetworkSettings>, string])[] = [
      [{ port: other.port }, 'port-taken'],
      [{ address: '203.0.113.7' }, 'address-not-here'],
      [{ certificateFile: file('none.pem'), keyFile: file('key.pem') }, 'certificate-refused'],
      [{ certificateFile: file('broken.pem'), keyFile: file('key.pem') }, 'certificate-refused'],
    ];
    for (const [part, code] of failures) {
      await door.apply(settings(part));
      expect(door.state()).toMatchObject({ isOpen: false, problem: { code } });
    }
    await other.close();
  });
});
