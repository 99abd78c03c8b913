/** What-if: a period under other tariffs, on the page and as a file. */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createFormats } from '../../i18n/format.ts';
import { createTranslate, type Language } from '../../i18n/translate.ts';
import type { ComparedBy } from '../../ingest/rerate-compare.ts';
import { type ComparisonReportOptions, comparisonReport, comparisonSheet } from '../../reports/price-comparison.ts';
import { csvChunks } from '../../reports/writers/csv.ts';
import { writeXlsx } from '../../reports/writers/xlsx.ts';
import type { PriceComparison } from '../contract.ts';
import { CONTENT_TYPES } from '../file-response.ts';
import type { ApiParts } from '../parts.ts';
import type { PriceComparisons } from '../price-comparisons.ts';
import type { Handlers } from '../register.ts';

type ComparisonRoutes = 'startPriceComparison' | 'getPriceComparison' | 'dropPriceComparison' | 'exportPriceComparison';

function otherName({ kind, tariffName, versionNumber }: PriceComparison['others'][number], language: Language): string {
  const values = { name: tariffName ?? '', number: versionNumber ?? 0 };
  return createTranslate(language)(`report.compare.kind.${kind}`, values);
}

function reportOptions(
  parts: ApiParts,
  comparisons: PriceComparisons,
  id: string,
  by: ComparedBy,
  language: Language,
): ComparisonReportOptions {
  const t = createTranslate(language);
  const formats = createFormats(language);
  const view = comparisons.view(id, by, language);
  return {
    title: t('report.compare.title', { from: formats.day(view.from), to: formats.day(view.to) }),
    company: parts.settings.get().companyName,
    language,
    nowMs: parts.deps.nowMs(),
    groupName: t(`report.compare.by.${by}`),
    otherNames: view.others.map((other) => otherName(other, language)),
    lines: comparisons.rows(id, by, language),
    totals: { ...comparisons.totals(id), name: t('report.summary.total') },
  };
}

async function xlsxOf(options: ComparisonReportOptions): Promise<Uint8Array> {
  const output = new PassThrough();
  const [bytes] = await Promise.all([buffer(output), writeXlsx(comparisonReport(options), output)]);
  return bytes;
}

export function priceComparisonRoutes(
  parts: ApiParts,
  comparisons: PriceComparisons,
): Pick<Handlers, ComparisonRoutes> {
  return {
    startPriceComparison: ({ body, language }) => comparisons.view(comparisons.start(body), 'person', language),
    getPriceComparison: ({ params, query, language }) => comparisons.view(params.id, query.by, language),
    dropPriceComparison: ({ params }) => {
      comparisons.drop(params.id);
      return undefined;
    },
    exportPriceComparison: async ({ params, query, language: spoken }) => {
      const { type, by, language = spoken } = query;
      const options = reportOptions(parts, comparisons, params.id, by, language);
      const { from, to } = comparisons.view(params.id, by, language);
      return {
        fileName: `${createTranslate(language)('report.compare.fileName', { from, to })}.${type}`,
        contentType: CONTENT_TYPES[type],
        body: type === 'csv' ? Buffer.concat([...csvChunks(comparisonSheet(options))]) : await xlsxOf(options),
      };
    },
  };
}
