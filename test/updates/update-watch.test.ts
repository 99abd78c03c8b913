import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feedFileName, isNewerVersion, UpdateWatch, versionInFeed } from '../../core/updates/update-watch.ts';

describe('a newer version', () => {
  it('has a greater number, or is finished where this one is a preview', () => {
    expect(isNewerVersion('0.2.0', '0.1.9')).toBe(true);
    expect(isNewerVersion('0.10.0', '0.9.0')).toBe(true);
    expect(isNewerVersion('1.0.0', '1.0.0')).toBe(false);
    expect(isNewerVersion('1.0.0', '1.0.0-beta.1')).toBe(true);
    expect(isNewerVersion('1.0.0-beta.1', '1.0.0')).toBe(false);
    const version = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map((numbers) => numbers.join('.'));
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(isNewerVersion(a, b) && isNewerVersion(b, a)).toBe(false);
        expect(isNewerVersion(a, b) || isNewerVersion(b, a)).toBe(a !== b);
      }),
    );
  });

  it('stands in the feed of each system', () => {
    expect(versionInFeed('version: 0.2.1\nfiles:\n  - url: Tollbook-0.2.1.exe\n')).toBe('0.2.1');
    expect(versionInFeed("version: '1.0.0-beta.2'\n")).toBe('1.0.0-beta.2');
    expect(versionInFeed('<!doctype html>')).toBeUndefined();
    expect((['win32', 'darwin', 'linux'] as const).map(feedFileName)).toEqual([
      'latest.yml',
      'latest-mac.yml',
      'latest-linux.yml',
    ]);
  });
});

describe('looking at the feed', () => {
  let server: Server;
  let asked: string[];
  let answer: { status: number; text: string };
  beforeEach(async () => {
    asked = [];
    answer = { status: 200, text: 'version: 0.3.0\n' };
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.text);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => void server.close());

  const look = async (feed?: string) => {
    const told: string[] = [];
    let warnings = 0;
    const watch = new UpdateWatch({
      present: '0.1.0',
      platform: 'linux',
      feed: () => feed ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}/tollbook`,
      tell: (version) => void told.push(version),
      log: {
        warn: () => {
          warnings += 1;
        },
      },
    });
    await watch.look();
    watch.close();
    return { told, warnings };
  };

  it('tells of what is newer, and asks nobody without an address', async () => {
    expect(await look()).toEqual({ told: ['0.3.0'], warnings: 0 });
    expect(asked).toEqual(['/tollbook/latest-linux.yml']);
    expect(await look('')).toEqual({ told: [], warnings: 0 });
    expect(asked).toHaveLength(1);
  });

  it('only notes a feed that is gone, leads elsewhere or is too long', async () => {
    for (const bad of [
      { status: 404, text: '' },
      { status: 302, text: '' },
      { status: 200, text: `version: 9.9.9\n${'#'.repeat(100_000)}` },
    ]) {
      answer = bad;
      expect(await look()).toEqual({ told: [], warnings: 1 });
    }
    expect(asked.every((path) => path.startsWith('/tollbook/'))).toBe(true);
  });
});
