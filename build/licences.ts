/** The licences of the packages whose code ends up in the bundles, as one text that is shipped with them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const PACKAGE = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;

/** `modules`: the files that were bundled. A package without a licence file is named with what its package.json says. */
export function licencesOf(modules: Iterable<string>): string {
  const folders = new Set<string>();
  for (const file of modules) {
    const found = PACKAGE.exec(file.replace(/^\0/, '').replace(/\?.*$/, ''));
    if (found !== null && existsSync(path.join(found[0], 'package.json'))) folders.add(found[0]);
  }
  const texts = [...folders].sort().map((folder) => {
    const about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
    const text =
      file === undefined ? `Licence: ${String(about['license'])}` : readFileSync(path.join(folder, file), 'utf8');
    return `${String(about['name'])} ${String(about['version'])}\n\n${text.trim()}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}
