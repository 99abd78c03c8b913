/** What a report says of itself as a sheet of its own, for files whose pages have no head. */
import { createTranslate, type Language } from '../i18n/translate.ts';
import { BLANK, pairLine, titleLine } from './builders/page-lines.ts';
import type { PageSheet, Report } from './report.ts';

/** None for a report that says nothing of itself. */
export function provenancePage({ provenance, title }: Report, language: Language): readonly PageSheet[] {
  if (provenance === undefined) return [];
  const t = createTranslate(language);
  const { facts, gaps } = provenance;
  return [
    {
      kind: 'page',
      id: 'provenance',
      title: t('reports.section.provenance'),
      widths: [30, 90],
      lines: [
        titleLine(title),
        ...facts.map(({ label, value }) => pairLine(label, value)),
        BLANK,
        ...(gaps.length === 0
          ? [pairLine(t('reports.section.gaps'), t('reports.gap.none'))]
          : gaps.map((gap, i) => pairLine(i === 0 ? t('reports.section.gaps') : '', gap))),
      ],
    },
  ];
}
