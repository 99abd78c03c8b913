import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amountMicro } from '../../core/model/money.ts';
import { PaperFonts } from '../../core/reports/paper/fonts.ts';
import { layReport } from '../../core/reports/paper/layout.ts';
import { paperLetterhead } from '../../core/reports/paper/letterhead.ts';
import type { PageSheet } from '../../core/reports/report.ts';
import { NO_LETTERHEAD } from '../../core/store/letterhead.ts';
import { facts, letters, pageTexts, reportOf, tableOf, written } from './pdf.ts';

/** Every letter of Vietnamese, small and capital. */
const BASES = 'aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ';
const VIETNAMESE = BASES + BASES.toUpperCase();

const NAME = { heading: 'Họ tên', type: 'text' } as const;
const CALLS = { heading: 'Số cuộc', type: 'integer' } as const;
const CHARGE = { heading: 'Cước (VND)', type: 'money' } as const;

describe('a report as PDF', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollbook-pdf-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps every Vietnamese letter, also where marks came apart', async () => {
    const report = reportOf([tableOf([NAME], [[VIETNAMESE], [VIETNAMESE.normalize('NFD')]])]);
    const text = letters(await written(folder, 'letters.pdf', report));
    expect(text.split(VIETNAMESE)).toHaveLength(3);
  });

  it('embeds its fonts', async () => {
    const file = await written(folder, 'fonts.pdf', reportOf([tableOf([NAME], [['Lan']])]));
    const bytes = readFileSync(file, 'latin1');
    expect(bytes).toContain('+Roboto-Regular');
    expect(bytes).toContain('+Roboto-Medium');
  });

  it('writes the same bytes for the same report', async () => {
    const report = reportOf([tableOf([NAME, CALLS], [['Lan', 3]])]);
    const logo = { type: 'png', bytes: readFileSync('build/icon.png'), widthPixels: 512, heightPixels: 512 } as const;
    const files = await Promise.all(
      ['a.pdf', 'b.pdf'].map((name) => written(folder, name, report, { letterhead: { logo } })),
    );
    expect(readFileSync(files[0] ?? '').equals(readFileSync(files[1] ?? ''))).toBe(true);
  });

  it('repeats the headings and numbers the pages of a long table, and its total ties', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => [`Người ${i + 1}`, i, amountMicro(BigInt(i) * 1_000_000_000n)]);
    const totals = ['Tổng cộng', 44_850, amountMicro(44_850n * 1_000_000_000n)];
    const pages = pageTexts(
      await written(folder, 'long.pdf', reportOf([tableOf([NAME, CALLS, CHARGE], rows, { totals })])),
    );
    expect(pages.length).toBeGreaterThan(4);
    for (const [i, page] of pages.entries()) {
      expect(page).toMatch(/Họ tên\s+Số cuộc\s+Cước \(VND\)/);
      expect(page).toContain(`Trang ${i + 1} / ${pages.length}`);
    }
    const charges = pages.flatMap((page) =>
      [...page.matchAll(/^\s*Người \d+\s+\d+\s+([\d.]+)$/gm)].map(([, text]) => text),
    );
    expect(charges).toHaveLength(300);
    const sum = charges.reduce((all, text) => all + Number(text?.replaceAll('.', '')), 0);
    expect(pages.at(-1)).toMatch(new RegExp(`Tổng cộng\\s+44\\.850\\s+${sum.toLocaleString('vi-VN')}`));
  });

  it('never leaves a total alone: two rows at least stand above it, at any length', () => {
    const fonts = new PaperFonts();
    const head = paperLetterhead(NO_LETTERHEAD, 'vi');
    for (let count = 40; count <= 110; count += 1) {
      const rows = Array.from({ length: count }, (_, i) => [`Dòng ${i}`, i]);
      const report = reportOf([tableOf([NAME, CALLS], rows, { totals: ['Tổng cộng', 1] })]);
      const last = [...layReport(report, head, fonts)].at(-1);
      const texts = (last?.marks ?? []).flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
      expect(texts, `${count} rows`).toContain('Tổng cộng');
      expect(texts.filter((text) => text.startsWith('Dòng ')).length, `${count} rows`).toBeGreaterThanOrEqual(2);
    }
  });

  it('writes numbers as the language does', async () => {
    const sheet = tableOf(
      [NAME, CHARGE, { heading: 'Lúc', type: 'dateTime' }, { heading: 'Dài', type: 'duration' }],
      [
        ['a', amountMicro(1_234_567_890_000n), Date.UTC(2026, 2, 5, 7, 8, 9) / 1000, 3_725],
        ['b', amountMicro(-1_500_000_000n), null, 0],
      ],
    );
    const report = reportOf([sheet], { moneyDecimals: 2 });
    const [vi] = pageTexts(await written(folder, 'vi.pdf', report));
    expect(vi).toMatch(/1\.234\.567,89\s+05\/03\/2026 07:08:09\s+1:02:05/);
    expect(vi).toMatch(/-1\.500,00\s+0:00:00/);
    const [en] = pageTexts(await written(folder, 'en.pdf', report, { language: 'en' }));
    expect(en).toMatch(/1,234,567\.89\s+05\/03\/2026 07:08:09\s+1:02:05/);
  });

  it('turns a wide table, and divides a wider one among pages with the first column on each', async () => {
    const wide = (count: number) =>
      tableOf(
        [NAME, ...Array.from({ length: count }, (_, i) => ({ heading: `Cột ${i + 1}`, type: 'integer' as const }))],
        [['Lan', ...Array.from({ length: count }, (_, i) => 1_000_000 + i)]],
      );
    const turned = await written(folder, 'wide.pdf', reportOf([wide(13)]));
    expect(facts(turned)).toMatch(/Page size:\s+595/);
    expect(facts(turned, '-f', '2', '-l', '2')).toMatch(/Page\s+2 size:\s+841/);
    const divided = pageTexts(await written(folder, 'wider.pdf', reportOf([wide(40)])));
    const numbers = divided.flatMap((page) => page.match(/1\.000\.\d{3}/g) ?? []);
    expect(numbers.sort()).toEqual(Array.from({ length: 40 }, (_, i) => `1.000.0${String(i).padStart(2, '0')}`));
    const parts = divided.filter((page) => page.includes('1.000.0'));
    expect(parts.length).toBeGreaterThan(1);
    for (const [i, page] of parts.entries()) {
      expect(page).toContain('Lan');
      expect(page).toContain(`phần cột ${i + 1} / ${parts.length}`);
    }
  });

  it('prints neither hidden columns nor those that are not worth paper', async () => {
    const sheet = tableOf([NAME, CALLS, CHARGE], [['Lan', 77, 88]]);
    const [name, calls, charge] = sheet.columns;
    if (name === undefined || calls === undefined || charge === undefined) throw new Error('three columns');
    const columns = [name, { ...calls, isHidden: true as const }, { ...charge, isNotPrinted: true as const }];
    const [page] = pageTexts(await written(folder, 'hidden.pdf', reportOf([{ ...sheet, columns }])));
    expect(page).toContain('Lan');
    expect(page).not.toMatch(/Số cuộc|77|Cước|88/);
  });

  it('says what it is and what may be missing, and gives everybody a line to sign on one page', async () => {
    const provenance = { facts: [{ label: 'Kỳ', value: '03/2026' }], gaps: ['Tổng đài: thiếu 2 giờ'] };
    const rows = Array.from({ length: 38 }, (_, i) => [`Người ${i}`]);
    const signatures = ['Người lập biểu', 'Giám đốc'];
    const letterhead = { lines: ['Số 1 phố A'], footer: 'Lưu hành nội bộ', place: 'Huế' };
    for (let count = 20; count <= 38; count += 3) {
      const report = reportOf([tableOf([NAME], rows.slice(0, count))], { provenance, signatures });
      const pages = pageTexts(await written(folder, 'signed.pdf', report, { letterhead }));
      expect(pages[0]).toMatch(
        /Công ty Ánh Dương\s+Số 1 phố A\s+Báo cáo thử\s+Kỳ\s+03\/2026\s+Những gì có thể còn thiếu\s+Tổng đài: thiếu 2 giờ/,
      );
      for (const page of pages) expect(page).toContain('Lưu hành nội bộ');
      const signed = pages.filter((page) => /Người lập biểu\s+Giám đốc/.test(page));
      expect(signed).toHaveLength(1);
      expect(signed[0]).toMatch(/Huế, ngày/);
      expect(signed[0]?.match(/Ký, ghi rõ họ tên/g)).toHaveLength(2);
    }
  });

  it('is signed below its summary where its tables are long', async () => {
    const summary: PageSheet = {
      kind: 'page',
      id: 'summary',
      title: 'Tổng hợp',
      widths: [30, 10],
      lines: [
        {
          style: 'pair',
          cells: [
            { type: 'text', cell: 'Công ty' },
            { type: 'text', cell: 'Ánh Dương' },
          ],
        },
      ],
    };
    const rows = Array.from({ length: 500 }, (_, i) => [`Người ${i}`]);
    const report = reportOf([summary, tableOf([NAME], rows)], { signatures: ['Giám đốc'] });
    const pages = pageTexts(await written(folder, 'first.pdf', report));
    expect(pages.findIndex((page) => page.includes('Giám đốc'))).toBe(0);
  });

  it('opens with its password alone and may be printed then', async () => {
    const report = reportOf([tableOf([NAME], [['Nguyễn Thị Lan']])]);
    const file = await written(folder, 'sealed.pdf', report, { password: 'mật khẩu 1' });
    expect(() => pageTexts(file)).toThrow(/Incorrect password/);
    expect(() => pageTexts(file, '-upw', 'khác')).toThrow(/Incorrect password/);
    expect(pageTexts(file, '-upw', 'mật khẩu 1')[0]).toContain('Nguyễn Thị Lan');
    expect(facts(file, '-upw', 'mật khẩu 1')).toMatch(/Encrypted:\s+yes \(print:yes.*AES-256/);
  });
});

describe('layout', () => {
  const fonts = new PaperFonts();
  const head = paperLetterhead(NO_LETTERHEAD, 'vi');
  /** Letters that stand nowhere else on the paper. */
  const LETTERS = 'ẬỆỮỸWXZấỗ';
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom(...LETTERS, ' '), maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 100, maxLength: 4000 }),
  );

  it('loses and doubles no letter of any cell and leaves no mark outside the margins, whatever the table', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 22 }).chain((width) =>
          fc.record({
            headings: fc.array(fc.string({ unit: fc.constantFrom('ô', 'i', ' ', '0'), maxLength: 30 }), {
              minLength: width,
              maxLength: width,
            }),
            rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }),
          }),
        ),
        ({ headings, rows }) => {
          // The first column may stand on several pages.
          const named = rows.map((row, i) => [`Hàng ${i}`, ...row]);
          const columns = ['', ...headings].map((heading) => ({ heading, type: 'text' as const }));
          const pages = [...layReport(reportOf([tableOf(columns, named)]), head, fonts)];
          let printed = '';
          for (const page of pages) {
            for (const mark of page.marks) {
              if (mark.kind !== 'text') continue;
              const width = fonts.width(mark.text, mark.size, mark.isBold);
              const before = { left: 0, center: width / 2, right: width }[mark.align];
              expect(mark.x - before).toBeGreaterThan(41.9);
              expect(mark.x - before + width).toBeLessThan(page.width - 41.9);
              expect(mark.y).toBeLessThan(page.height - 30);
              printed += mark.text;
            }
          }
          const onlyCells = (text: string): string =>
            [...text]
              .filter((letter) => LETTERS.includes(letter))
              .sort()
              .join('');
          expect(onlyCells(printed)).toBe(onlyCells(rows.flat().join('')));
        },
      ),
      { numRuns: 60 },
    );
  });
});
