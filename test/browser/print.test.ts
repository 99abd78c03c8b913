import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BrowserRig, openBrowserRig } from './rig.ts';

let rig: BrowserRig;

beforeAll(async () => {
  rig = await openBrowserRig();
});

afterAll(() => rig.close());

describe('the print preview', () => {
  test('prints the sheets that it shows and nothing else', async () => {
    const page = await rig.newPage();
    await rig.signIn(page);
    await page.goto(`${rig.http.origin}/print/month`);
    await page.locator('.tb-paper').first().waitFor();
    const file = path.join(rig.folder, 'printed.pdf');
    writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
    const shown = await page.locator('.tb-paper').count();
    expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toMatch(new RegExp(`Pages:\\s+${shown}\\n`));
    const sheets = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).split('\f').slice(0, shown);
    for (const [i, sheet] of sheets.entries()) {
      expect(sheet).toContain(`Page ${i + 1} / ${shown}`);
      expect(sheet).not.toContain('Save as PDF');
    }
    expect(rig.complaints).toEqual([]);
  });
});
