import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOpenedFile } from '../../service/opened-file.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tollbook-opened-'));
  writeFileSync(path.join(folder, 'PBX cũ.TBFORMAT'), '{}');
  writeFileSync(path.join(folder, 'empty.tbtariff'), '');
  writeFileSync(path.join(folder, 'large.tbtariff'), Buffer.alloc(4 * 1024 * 1024 + 1));
  writeFileSync(path.join(folder, 'tollbook.db'), 'secret');
  mkdirSync(path.join(folder, 'folder.tbformat'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file that is opened with the program', () => {
  it('is read where its ending is one of its own, in letters of any case', async () => {
    const opened = await readOpenedFile(path.join(folder, 'PBX cũ.TBFORMAT'));
    expect(opened).toMatchObject({ kind: 'format', fileName: 'PBX cũ.TBFORMAT' });
    expect('bytes' in opened && Buffer.from(opened.bytes).toString()).toBe('{}');
  });

  it.each([
    ['gone.tbtariff', 'missing'],
    ['folder.tbformat', 'unreadable'],
    ['tollbook.db', 'unknown'],
    ['empty.tbtariff', 'empty'],
    ['large.tbtariff', 'tooLarge'],
  ])('%s is refused: %s', async (fileName, reason) => {
    expect(await readOpenedFile(path.join(folder, fileName))).toEqual({ fileName, reason });
  });
});
