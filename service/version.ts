/** The version of package.json and where the built parts lie, from the TypeScript tree and from the bundle alike. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** This file is in service/ while developing, and bundled into dist/service or dist/shared. */
const here = path.dirname(fileURLToPath(import.meta.url));
export const isBundled = !import.meta.url.endsWith('.ts');
export const rootFolder = path.resolve(here, isBundled ? '../..' : '..');

export const pagesFolder = path.join(rootFolder, 'dist', 'renderer');

export const version: string = (
  JSON.parse(readFileSync(path.join(rootFolder, 'package.json'), 'utf8')) as { readonly version: string }
).version;
