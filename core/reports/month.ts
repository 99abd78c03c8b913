/** The month as a report: every sheet of it, the proof that they agree, and what they are made from. */
import type { Database } from '../store/database.ts';
import { checkSheet, verdictLine } from './month-check.ts';
import { correctionRows, correctionSheet } from './month-corrections.ts';
import { detailSheet, exceptionSheet } from './month-detail.ts';
import { type MonthReportOptions, readMonthFacts } from './month-facts.ts';
import { departmentSheet, personSheet } from './month-groups.ts';
import { extensionSheet, trunkSheet } from './month-lines.ts';
import { readMonthSources, sourcesSheet } from './month-sources.ts';
import { summarySheet } from './month-summary.ts';
import type { Column, Report, TableSheet } from './report.ts';

/** Reads totals now and calls while it is written: `db` has to stay one still picture (`openSnapshot`) until then. */
export function monthReport(db: Database, options: MonthReportOptions): Report {
  const facts = readMonthFacts(db, options);
  const check = checkSheet(facts);
  return {
    title: facts.t('report.title', { month: facts.formats.month(options.month) }),
    company: facts.company,
    pageWord: facts.t('report.page'),
    moneyDecimals: facts.moneyDecimals,
    currencyDecimals: facts.currencyDecimals,
    madeAtMs: facts.madeAtMs,
    madeBy: facts.madeBy,
    sheets: [
      summarySheet(facts, verdictLine(facts, check)),
      departmentSheet(facts),
      personSheet(facts),
      detailSheet(facts),
      extensionSheet(facts),
      trunkSheet(facts),
      exceptionSheet(facts),
      ...(facts.correctionCount === 0 ? [] : [correctionSheet(facts)]),
      check,
      sourcesSheet(facts, options.sources ?? readMonthSources(db, options)),
    ],
  };
}

/** Every call of the month and every correction as one table, for a file without formulas. */
export function monthCalls(db: Database, options: MonthReportOptions): TableSheet {
  const facts = readMonthFacts(db, options);
  const sheet = detailSheet(facts);
  const columns = sheet.columns.map((column) => {
    if (column.key === 'talk') return { ...column, heading: facts.t('report.column.talkSeconds') };
    // A file that other programs read says the currency of every charge in a column of its own.
    if (column.key === 'charge') return { ...column, heading: facts.t('report.column.chargePlain') };
    if (column.key !== 'currency') return column;
    const { isHidden: _, ...shown } = column;
    return shown;
  });
  if (facts.correctionCount === 0) return { ...sheet, columns };
  const all: readonly Column[] = [
    ...columns,
    { key: 'correction', heading: facts.t('report.column.kind'), type: 'text', width: 40 },
  ];
  return {
    ...sheet,
    columns: all,
    rowCount: sheet.rowCount + facts.correctionCount,
    *rows() {
      for (const row of sheet.rows()) yield [...row, null];
      yield* correctionRows(facts, all);
    },
  };
}
