/** Bundles the service, its worker threads and the desktop shell into dist/, and the pages into dist/renderer. */
import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { build as buildPages } from 'vite';
import { WORKER_SOURCES } from '../core/worker.ts';
import { EXTERNAL } from './external.ts';
import { licencesOf } from './licences.ts';

const root = path.dirname(import.meta.dirname);
const dist = path.join(root, 'dist');
/** Built beside the old one and swapped at the end: a failed build leaves what worked. */
const next = path.join(root, 'tmp', `dist-${process.pid}`);

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
  external: [/^node:/, ...EXTERNAL],
  platform: 'node',
  logLevel: 'warn',
});
const written = await bundle.write({
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
const pages = await buildPages({
  root: path.join(root, 'renderer'),
  configFile: path.join(root, 'vite.config.ts'),
  logLevel: 'warn',
  build: { outDir: path.join(next, 'renderer') },
});
const chunks = [written, pages].flat().flatMap((built) => ('output' in built ? built.output : []));
const bundled = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
// Its letters are files and no modules.
bundled.push(path.join(root, 'node_modules', '@fontsource-variable', 'inter', 'package.json'));
writeFileSync(path.join(next, 'licences.txt'), licencesOf(bundled));
rmSync(dist, { recursive: true, force: true });
renameSync(next, dist);
