/** A report's pages as values, for a preview: the first ones, and how many there are. */
import { createTranslate, type Language } from '../../i18n/translate.ts';
import type { Letterhead } from '../../model/letterhead.ts';
import { amountMicro } from '../../model/money.ts';
import type { Page } from '../../model/paper-page.ts';
import { PaperFonts } from './fonts.ts';
import { layReport } from './layout.ts';
import { paperLetterhead, signaturesOf } from './letterhead.ts';
import type { PaperReport } from './month.ts';

export interface PaperPages {
  readonly pageCount: number;
  readonly pages: readonly Page[];
}

export function firstPages({ report, letterhead }: PaperReport, most: number): PaperPages {
  const pages: Page[] = [];
  let pageCount = 0;
  for (const page of layReport(report, letterhead, new PaperFonts())) {
    pageCount += 1;
    if (pages.length < most) pages.push(page);
  }
  return { pageCount, pages };
}

/** A small made-up report under a letterhead that is being typed. */
export function samplePaper(letterhead: Letterhead, company: string, language: Language): PaperReport {
  const t = createTranslate(language);
  const rows = [12, 30, 7].map((calls, i) => [
    t('paper.sample.person', { number: i + 1 }),
    calls,
    amountMicro(BigInt(calls) * 1_250_000_000n),
  ]);
  return {
    letterhead: paperLetterhead(letterhead, language),
    report: {
      title: t('paper.sample.title'),
      company: company === '' ? t('paper.sample.company') : company,
      pageWord: t('report.page'),
      moneyDecimals: 0,
      madeAtMs: 0,
      signatures: signaturesOf(letterhead, language),
      sheets: [
        {
          kind: 'table',
          id: 'sample',
          title: t('report.sheet.person'),
          columns: [
            { key: 'name', heading: t('report.column.person'), type: 'text', width: 30 },
            { key: 'calls', heading: t('report.column.calls'), type: 'integer', width: 10 },
            { key: 'charge', heading: t('report.column.charge', { currency: 'VND' }), type: 'money', width: 14 },
          ],
          rowCount: rows.length,
          rows: () => rows,
          totals: [t('report.summary.total'), 49, amountMicro(49n * 1_250_000_000n)],
        },
      ],
    },
  };
}
