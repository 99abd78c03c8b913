/** What the installers are made of, as far as it can be known without making one. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXTERNAL } from '../../build/external.ts';
import { OPENED_FILE_ENDINGS } from '../../core/model/opened-file.ts';

type Config = Record<string, unknown> & {
  readonly asarUnpack: readonly string[];
  readonly extraResources: readonly { readonly from: string }[];
  readonly fileAssociations: readonly { readonly ext: string; readonly name: string; readonly mimeType: string }[];
};
interface Builder {
  getConfig(folder: string, file: string, options: null): Promise<Config>;
  validateConfiguration(config: unknown, log: { readonly isEnabled: boolean }): Promise<void>;
}

const root = path.resolve(import.meta.dirname, '../..');
const builder = createRequire(import.meta.url)('app-builder-lib/out/util/config/config.js') as Builder;
const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>;
};
/** Folders of the packages that an installer takes along. */
const shipped = Object.entries(lock.packages)
  .filter(([folder, { dev, devOptional }]) => folder !== '' && dev !== true && devOptional !== true)
  .map(([folder]) => folder);

let config: Config;
beforeAll(async () => {
  config = await builder.getConfig(root, 'build/electron-builder.yml', null);
});

describe('the installers', () => {
  it('are described as electron-builder wants it', async () => {
    await builder.validateConfiguration(config, { isEnabled: false });
    await expect(builder.validateConfiguration({ ...config, asarUnpak: [] }, { isEnabled: false })).rejects.toThrow();
  });

  it('take along every package that the bundles leave outside', () => {
    const names = shipped.map((folder) => folder.replace(/^.*node_modules\//, ''));
    const missing = EXTERNAL.filter(
      (wanted) =>
        wanted !== 'electron' &&
        !names.some((name) => (wanted instanceof RegExp ? wanted.test(name) : wanted === name)),
    );
    expect(missing).toEqual([]);
  });

  it('unpack every package with native code', () => {
    const native = shipped.filter((folder) => globSync('**/*.node', { cwd: path.join(root, folder) }).length > 0);
    expect(native).toContain('node_modules/better-sqlite3');
    const unpacked = config.asarUnpack.map((pattern) => pattern.replace(/\*\*$/, ''));
    expect(native.filter((folder) => !unpacked.some((start) => `${folder}/`.startsWith(start)))).toEqual([]);
  });

  it('bring the licences of data, fonts and bundled code', () => {
    const files = config.extraResources.map(({ from }) => from);
    const sources = files.filter((file) => !file.startsWith('dist/'));
    expect(sources.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
    expect(files).toContain('dist/licences.txt');
    expect(existsSync(path.join(root, 'core/reports/paper/fonts/LICENSE.txt'))).toBe(true);
  });

  it.each(['win', 'mac', 'linux'])('lay the command line beside the program on %s', (system) => {
    const { extraFiles } = config[system] as { readonly extraFiles: readonly { readonly from: string }[] };
    expect(extraFiles).toHaveLength(1);
    const script = readFileSync(path.join(root, extraFiles[0]?.from ?? ''), 'utf8');
    expect(script).toMatch(/ELECTRON_RUN_AS_NODE=1/);
    expect(script.replaceAll('\\', '/')).toContain('app.asar/dist/service/main.mjs');
  });

  it('let the own files be opened, each with a name in words', () => {
    const endings = config.fileAssociations.map(({ ext }) => `.${ext}`);
    expect(endings.toSorted()).toEqual(Object.values(OPENED_FILE_ENDINGS).toSorted());
    for (const { name, mimeType } of config.fileAssociations) {
      expect(name).toMatch(/^Tollbook \w+/);
      expect(mimeType).toMatch(/^application\/vnd\.tollbook\.\w+\+json$/);
    }
  });
});
