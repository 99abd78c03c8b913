import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, ProblemError } from '../../core/api/client.ts';
import { MonthStore } from '../../core/store/month.ts';
import { openRig, type Rig } from '../api/rig.ts';
import { seedMonth } from '../reports/seed-month.ts';
import { pageTexts } from './pdf.ts';
import { pngOf } from './png.ts';

const MONTH = '2026-03';
const LETTERHEAD = {
  lines: ['Số 12 phố Tràng Thi'],
  footer: 'Lưu hành nội bộ',
  place: 'Hà Nội',
  signatures: { vi: ['Trưởng phòng Hành chính'], en: [] },
};

/** With transparent parts. */
const LOGO = pngOf({ width: 40, height: 20, colour: 6, interlace: 0 }, Buffer.alloc(20 * (1 + 4 * 40)));

let rig: Rig;
let client: Client;

beforeAll(async () => {
  rig = openRig();
  client = await rig.client();
  seedMonth(rig.deps.db, { people: 6, calls: 220, chargeStepMicro: 1_000_000n });
});

afterAll(() => rig.close());

async function finished(id: string) {
  for (;;) {
    const batch = await client.call('getPaperBatch', { params: { id } });
    if (batch.state !== 'running') return batch;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

describe('the letterhead in the API', () => {
  it('is empty at first and says the usual signers', async () => {
    const letterhead = await client.call('getLetterhead');
    expect(letterhead).toMatchObject({ lines: [], logo: null, signatures: { vi: null, en: null } });
    expect(letterhead.usualSignatures.vi).toEqual(['Người lập biểu', 'Kế toán trưởng', 'Giám đốc']);
  });

  it('stands on the month that is printed, with its logo, and the preview has the same pages', async () => {
    await client.call('putLetterhead', { body: LETTERHEAD });
    const saved = await client.call('putLogo', { body: LOGO });
    expect(saved.logo).toMatchObject({ type: 'png', widthPixels: 40 });
    const logo = await client.call('getLogo', { query: { version: saved.version } });
    expect(Buffer.from(await logo.arrayBuffer()).equals(LOGO)).toBe(true);
    const file = path.join(rig.deps.dataFolder, 'month.pdf');
    const answer = await client.call('exportMonth', { query: { month: MONTH, type: 'pdf', language: 'vi' } });
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
    const pages = pageTexts(file);
    expect(pages[0]).toContain('Số 12 phố Tràng Thi');
    expect(pages.filter((page) => page.includes('Trưởng phòng Hành chính'))).toHaveLength(1);
    expect(execFileSync('pdfimages', ['-list', file], { encoding: 'utf8' })).toMatch(/image\s+40\s+20/);
    const preview = await client.call('previewMonth', { query: { month: MONTH, language: 'vi', pages: 2 } });
    expect(preview.pageCount).toBe(pages.length);
    expect(preview.pages).toHaveLength(Math.min(2, pages.length));
    for (const mark of preview.pages[0]?.marks ?? []) {
      if (mark.kind === 'text') expect(pages[0]?.replace(/\s+/g, ' ')).toContain(mark.text.replace(/\s+/g, ' '));
    }
    const { totals } = new MonthStore(rig.deps.db).sums(MONTH, 'person');
    const charge = (Number(totals.charges[0]?.amountMicro) / 1e6).toLocaleString('vi-VN');
    expect(pages.join('')).toContain(charge);
  });

  it('refuses what is no picture and too many lines, with words at the field', async () => {
    const refused = (sending: Promise<unknown>) =>
      sending.then(
        () => [],
        (error: unknown) => (error instanceof ProblemError ? (error.problem.fields ?? []) : []),
      );
    expect(await refused(client.call('putLogo', { body: Buffer.from('<svg/>') }))).toMatchObject([
      { message: 'Choose a PNG or JPEG picture.' },
    ]);
    const body = { ...LETTERHEAD, lines: ['1', '2', '3', '4', '5'] };
    expect(await refused(client.call('putLetterhead', { body }))).toMatchObject([{ path: 'lines' }]);
    expect((await client.call('getLetterhead')).logo).not.toBeNull();
  });

  it('shows a letterhead that is being typed without saving it', async () => {
    const letterhead = { ...LETTERHEAD, place: 'Đà Nẵng' };
    const { pages } = await client.call('previewLetterhead', { body: { letterhead, language: 'vi' } });
    const texts = pages[0]?.marks.map((mark) => (mark.kind === 'text' ? mark.text : mark.kind));
    expect(texts?.some((text) => text.startsWith('Đà Nẵng, ngày'))).toBe(true);
    expect(texts).toContain('logo');
    expect((await client.call('getLetterhead')).place).toBe('Hà Nội');
  });
});

describe('the PDF of a closed month', () => {
  it('is the same for ever: as it was kept, and written again with the letterhead it had', async () => {
    rig.clockMs = Date.UTC(2026, 3, 2);
    await client.call('closeMonth', { body: { month: MONTH, by: 'Lan' } });
    const printed = async (): Promise<Buffer> => {
      const answer = await client.call('exportMonth', { query: { month: MONTH, type: 'pdf', language: 'vi' } });
      return Buffer.from(await answer.arrayBuffer());
    };
    const first = await printed();
    await client.call('putLetterhead', { body: { ...LETTERHEAD, lines: ['Địa chỉ mới'] } });
    await client.call('removeLogo');
    expect((await printed()).equals(first)).toBe(true);
    const folder = path.join(rig.deps.dataFolder, 'closed-months');
    for (const name of readdirSync(folder)) rmSync(path.join(folder, name));
    expect((await printed()).equals(first)).toBe(true);
    const again = path.join(rig.deps.dataFolder, 'again.pdf');
    writeFileSync(again, first);
    expect(pageTexts(again)[0]).toContain('Số 12 phố Tràng Thi');
  });
});

describe('statements of many people in the API', () => {
  it('are made beside other work and fetched when they are ready', async () => {
    const [first] = await client.call('listPeople', { query: {} });
    const body = { month: MONTH, personIds: [first?.id ?? 0], language: 'en' as const };
    const { id } = await client.call('startPaperBatch', { body });
    await expect(client.call('startPaperBatch', { body })).rejects.toMatchObject({ problem: { code: 'busy' } });
    expect(await finished(id)).toMatchObject({ state: 'ready', done: 1, total: 1 });
    const answer = await client.call('getPaperBatchFile', { params: { id } });
    expect(answer.headers.get('content-disposition')).toContain('statements-2026-03.zip');
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    await client.call('dropPaperBatch', { params: { id } });
    expect(readdirSync(rig.deps.spoolFolder).filter((name) => name.includes(id))).toEqual([]);
  });

  it('leave no file behind when they are stopped', async () => {
    const { id } = await client.call('startPaperBatch', { body: { month: MONTH } });
    await client.call('dropPaperBatch', { params: { id } });
    expect(readdirSync(rig.deps.spoolFolder).filter((name) => name.includes(id))).toEqual([]);
    await expect(client.call('getPaperBatch', { params: { id } })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  });
});
