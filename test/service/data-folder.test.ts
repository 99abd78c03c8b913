import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureDataFolder } from '../../service/data-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tollbook-data-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (file: string): number => statSync(file).mode & 0o777;

describe('the data folder', () => {
  it('is closed to others when it is made, and when it was made empty for this program', () => {
    ensureDataFolder(path.join(folder, 'a', 'b'));
    expect(modeOf(path.join(folder, 'a', 'b'))).toBe(0o700);
    const made = path.join(folder, 'made');
    mkdirSync(made);
    chmodSync(made, 0o755);
    ensureDataFolder(made);
    expect(modeOf(made)).toBe(0o700);
  });

  it('keeps its mode where others have put something', () => {
    chmodSync(folder, 0o755);
    writeFileSync(path.join(folder, 'of somebody else'), '');
    ensureDataFolder(folder);
    expect(modeOf(folder)).toBe(0o755);
  });
});
