import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startCapture } from '../../core/collector/capture-client.ts';
import type { CaptureControl, CaptureEvent } from '../../core/collector/control.ts';
import { createLog } from '../../core/log.ts';
import { openDatabase } from '../../core/store/database.ts';
import { Journal } from '../../core/store/journal.ts';
import { workerUrl } from '../../core/worker.ts';
import { QUIET, until } from './rig.ts';

describe('the capture thread', () => {
  let folder: string;
  let journalPath: string;
  let capture: CaptureControl | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollbook-thread-'));
    journalPath = join(folder, 'journal.db');
  });
  afterEach(async () => {
    await capture?.stop();
    capture = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  const freePort = (): Promise<number> =>
    new Promise((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
      });
    });
  const listener = (port: number) =>
    ({ kind: 'tcp-listener', port, bindAddress: '127.0.0.1', allowedHosts: [], maxConnections: 4 }) as const;
  const send = (port: number, text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(text));
      socket.once('close', () => resolve());
      socket.once('error', reject);
    });

  it('captures, tells what it committed, and lets go of everything when stopped', async () => {
    capture = await startCapture({ journalPath });
    const events: CaptureEvent[] = [];
    capture.onEvent((event) => events.push(event));
    const port = await freePort();
    await capture.configure([{ id: 7, isEnabled: true, config: listener(port) }], QUIET);
    await until(() => capture?.statuses()[0]?.state === 'open');
    await send(port, 'a record\r\n');
    await until(() => events.some((event) => event.type === 'stream-closed'));
    expect(events).toContainEqual({ type: 'appended', sourceId: 7, nextOffset: 10 });
    const reader = Journal.open({ path: journalPath, now: Date.now });
    expect(Buffer.from(reader.readFrameBytes(7, 0, 10)).toString()).toBe('a record\r\n');
    reader.close();
    await capture.stop();
    await expect(send(port, 'x')).rejects.toThrow(/ECONNREFUSED/);
  });

  it('imports, and passes refusals on with their values', async () => {
    capture = await startCapture({ journalPath });
    const path = join(folder, 'calls.txt');
    writeFileSync(path, 'line\r\n');
    const request = { sourceId: 1, path, fileName: 'calls.txt', again: false, deleteAfter: false };
    const id = await capture.importFile(request);
    await until(() => capture?.imports().find((progress) => progress.importId === id)?.state === 'done');
    await expect(capture.importFile(request)).rejects.toMatchObject({
      code: 'file-already-imported',
      values: { fileName: 'calls.txt' },
    });
    await expect(capture.cancelImport('import-99')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is started again with the same sources after it died, and says so', async () => {
    const port = await freePort();
    const crashing = join(folder, 'crashing.mjs');
    writeFileSync(
      crashing,
      `import ${JSON.stringify(workerUrl('capture').href)};
       import { existsSync } from 'node:fs';
       const timer = setInterval(() => { if (existsSync(${JSON.stringify(join(folder, 'crash'))})) throw new Error('pulled out'); }, 10);
       timer.unref();`,
    );
    const logFile = join(folder, 'tollbook.log');
    const log = createLog({ file: logFile });
    capture = await startCapture({ journalPath, workerUrl: pathToFileURL(crashing), restartMs: 100, log });
    const events: CaptureEvent[] = [];
    capture.onEvent((event) => events.push(event));
    await capture.configure([{ id: 1, isEnabled: true, config: listener(port) }], QUIET);
    await until(() => capture?.statuses()[0]?.state === 'open');
    await send(port, 'before ');
    await until(() => events.some((event) => event.type === 'appended'));
    writeFileSync(join(folder, 'crash'), '');
    await until(() => capture?.statuses()[0]?.problem?.code === 'capture-restarted');
    expect(capture.statuses()[0]?.problem?.values).toEqual({ detail: 'pulled out' });
    rmSync(join(folder, 'crash'));
    await until(() => capture?.statuses()[0]?.state === 'open');
    await send(port, 'after');
    await until(() => events.some((event) => event.type === 'appended' && event.nextOffset === 12));
    const logged = readFileSync(logFile, 'utf8');
    expect(logged).toContain('"state":"open"');
    expect(logged).toContain('pulled out');
  });

  it('writes down once that a source cannot be opened, however often that is tried', async () => {
    const logFile = join(folder, 'tollbook.log');
    capture = await startCapture({ journalPath, log: createLog({ file: logFile }) });
    let tries = 0;
    capture.onEvent((event) => {
      if (event.type === 'status' && event.status.state === 'failed') tries += 1;
    });
    const config = { ...listener(await freePort()), allowedHosts: ['nobody'] };
    await capture.configure([{ id: 1, isEnabled: true, config }], QUIET);
    await until(() => tries >= 3, 15_000);
    expect(readFileSync(logFile, 'utf8').match(/"sourceId":1/g)).toHaveLength(1);
  }, 20_000);

  it('does not start on a journal from the future, and says so', async () => {
    const migrations = [{ version: 990, sql: 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;' }];
    openDatabase({ path: journalPath, migrations, now: Date.now }).close();
    await expect(startCapture({ journalPath })).rejects.toMatchObject({ code: 'database-from-future' });
  });

  it('finds its file beside the sources and from any bundled place', () => {
    expect(workerUrl('capture').pathname).toMatch(/\/core\/collector\/capture-worker\.ts$/);
    for (const from of ['service/main.mjs', 'electron/main.mjs', 'shared/x-1a.mjs', 'workers/capture.mjs']) {
      expect(workerUrl('ingest', `file:///opt/dist/${from}`).href).toBe('file:///opt/dist/workers/ingest.mjs');
    }
  });
});
