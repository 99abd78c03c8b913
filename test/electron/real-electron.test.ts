import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

const electronFolder = path.resolve(import.meta.dirname, '../../node_modules/electron');
const pathFile = path.join(electronFolder, 'path.txt');
const binary = existsSync(pathFile) ? path.join(electronFolder, 'dist', readFileSync(pathFile, 'utf8')) : undefined;

// Electron's program cannot be downloaded everywhere (closed networks); where it is present this test runs for real.
test.skipIf(binary === undefined)(
  `the real Electron starts the service and stays up${binary === undefined ? ' (no Electron binary on this machine)' : ''}`,
  async () => {
    const data = mkdtempSync(path.join(os.tmpdir(), 'tollbook-electron-'));
    const main = path.resolve(import.meta.dirname, '../../dist/electron/main.mjs');
    const child = spawn(binary ?? '', ['--no-sandbox', `--user-data-dir=${data}`, main], {
      env: { ...process.env, TOLLBOOK_DATA: data },
      stdio: 'ignore',
    });
    try {
      await expect.poll(() => existsSync(path.join(data, 'running.json')), { timeout: 15_000 }).toBe(true);
      expect(child.exitCode).toBeNull();
    } finally {
      child.kill();
      rmSync(data, { recursive: true, force: true });
    }
  },
);
