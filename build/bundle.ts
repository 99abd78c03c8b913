/** Bundles the service, its worker threads and the desktop shell into dist/, and the pages into dist/renderer. */
import { cpSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { build as buildPages } from 'vite';
import { WORKER_SOURCES } from '../core/worker.ts';

const root = path.dirname(import.meta.dirname);
const dist = path.join(root, 'dist');
/** Built beside the old one and swapped at the end: a failed build leaves what worked. */
const next = path.join(root, 'tmp', `dist-${process.pid}`);

/** Native modules, what they need at run time, and large packages that are loaded only when asked for. */
const EXTERNAL = [
  /^node:/,
  'electron',
  'electron-updater',
  'better-sqlite3',
  'serialport',
  /^@serialport\//,
  'exceljs',
  'pdfkit',
  '@napi-rs/keyring',
  'ssh2',
  'pg',
  /^mysql2/,
];

const entries = {
  'service/main': 'service/main.ts',
  ...Object.fromEntries(
    Object.entries(WORKER_SOURCES).map(([name, file]) => [`workers/${name}`, path.join('core', file)]),
  ),
  'electron/main': 'electron/main.ts',
};

rmSync(next, { recursive: true, force: true });
const bundle = await rolldown({
  cwd: root,
  input: entries,
  external: EXTERNAL,
  platform: 'node',
  logLevel: 'warn',
});
await bundle.write({
  dir: next,
  format: 'esm',
  entryFileNames: '[name].mjs',
  chunkFileNames: 'shared/[name]-[hash].mjs',
  sourcemap: true,
});
await bundle.close();
/** Data the service reads at run time, and the shell's icon. */
cpSync(path.join(root, 'core', 'rating', 'tariffs'), path.join(next, 'tariffs'), { recursive: true });
cpSync(path.join(root, 'core', 'reports', 'paper', 'fonts'), path.join(next, 'fonts'), { recursive: true });
cpSync(path.join(root, 'build', 'icon.png'), path.join(next, 'electron', 'icon.png'));
await buildPages({
  root: path.join(root, 'renderer'),
  configFile: path.join(root, 'vite.config.ts'),
  logLevel: 'warn',
  build: { outDir: path.join(next, 'renderer') },
});
rmSync(dist, { recursive: true, force: true });
renameSync(next, dist);
