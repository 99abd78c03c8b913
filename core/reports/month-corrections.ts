/** Corrections of closed months that count in this one: a line for each person they take from or give to. */
import { localDayOf } from '../model/time.ts';
import { destinationIn } from '../store/destinations.ts';
import { NO_DEPARTMENT_KEY, NOBODY_KEY } from '../store/month.ts';
import type { CorrectionLine } from '../store/restatement-lines.ts';
import { detailKey } from './month-detail.ts';
import type { MonthFacts } from './month-facts.ts';
import { CORRECTIONS } from './month-keys.ts';
import type { Aggregate, Cell, Column, TableSheet } from './report.ts';

export function correctionSheet(facts: MonthFacts): TableSheet {
  const { t } = facts;
  const columns: readonly Column[] = [
    { key: 'madeAt', heading: t('report.column.madeAt'), type: 'dateTime', width: 19 },
    { key: 'kind', heading: t('report.column.kind'), type: 'text', width: 26 },
    { key: 'person', heading: t('report.column.person'), type: 'text', width: 26 },
    { key: 'department', heading: t('report.column.department'), type: 'text', width: 28 },
    { key: 'amount', heading: t('report.column.amount'), type: 'money', width: 14, currencyColumn: 'currency' },
    {
      key: 'privateAmount',
      heading: t('report.column.privateAmount'),
      type: 'money',
      width: 14,
      currencyColumn: 'currency',
    },
    { key: 'currency', heading: t('report.column.currency'), type: 'text', width: 10 },
    { key: 'start', heading: t('report.column.callStart'), type: 'dateTime', width: 19 },
    { key: 'outsideNumber', heading: t('report.column.outsideNumber'), type: 'text', width: 18 },
    { key: 'destination', heading: t('report.column.destination'), type: 'text', width: 24 },
    { key: 'why', heading: t('report.column.why'), type: 'text', width: 36 },
    { key: 'by', heading: t('report.column.by'), type: 'text', width: 20 },
    { key: 'personKey', heading: 'personKey', type: 'integer', width: 8, isHidden: true },
    { key: 'departmentKey', heading: 'departmentKey', type: 'integer', width: 8, isHidden: true },
  ];
  return {
    kind: 'table',
    id: CORRECTIONS,
    title: t('report.sheet.corrections'),
    columns,
    rowCount: facts.correctionCount,
    *rows() {
      for (const line of facts.corrections.lines(facts.options.month)) yield rowOf(facts, line);
    },
  };
}

function rowOf(facts: MonthFacts, line: CorrectionLine): readonly Cell[] {
  const { options } = facts;
  return [
    facts.localSeconds(line.atMs),
    kindText(facts, line),
    ownerOf(facts, line),
    departmentOf(facts, line),
    line.chargeMicro,
    line.privateMicro,
    line.currency,
    line.startLocalS,
    line.dialled ?? line.number,
    destinationIn(line, options.language),
    line.reason,
    line.by,
    line.personId,
    departmentKey(line),
  ];
}

function departmentKey({ personId, departmentId }: CorrectionLine): number {
  if (personId === 0) return detailKey(NOBODY_KEY);
  return detailKey(departmentId === 0 ? NO_DEPARTMENT_KEY : String(departmentId));
}

function kindText({ t }: MonthFacts, line: CorrectionLine): string {
  const what = t(`report.correction.${line.kind}`);
  return line.isTakeBack ? t('report.correction.takenBack', { what }) : what;
}

function ownerOf({ names, word }: MonthFacts, { personId }: CorrectionLine): string {
  return names.people.get(personId)?.name ?? word('report.row.nobody');
}

function departmentOf({ paths }: MonthFacts, { departmentId }: CorrectionLine): string | null {
  return paths.get(departmentId) ?? null;
}

/** The amounts of the corrections where these columns have these values, in one currency. */
export function correctionSum(
  column: 'amount' | 'privateAmount',
  currency: string,
  where: Aggregate['where'] = {},
): Aggregate {
  return { kind: 'aggregate', table: CORRECTIONS, column, where: { ...where, currency } };
}

/** The corrections as rows of a table of calls, for a file of one table: it adds up to the month with its corrections. */
export function* correctionRows(facts: MonthFacts, columns: readonly Column[]): Generator<readonly Cell[]> {
  for (const line of facts.corrections.lines(facts.options.month)) {
    const cells: Readonly<Record<string, Cell>> = {
      start: line.startLocalS,
      person: ownerOf(facts, line),
      department: departmentOf(facts, line),
      outsideNumber: line.dialled ?? line.number,
      number: line.number,
      destination: destinationIn(line, facts.options.language),
      band: facts.word(`common.band.${line.band}`),
      charge: line.chargeMicro,
      currency: line.currency,
      correction: `${kindText(facts, line)} (${localDayOf(facts.localSeconds(line.atMs))}, ${line.by}): ${line.reason}`,
    };
    yield columns.map((column) => cells[column.key] ?? null);
  }
}
