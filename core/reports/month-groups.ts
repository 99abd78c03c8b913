/** The month by owner or line: one row each, numbers as formulas over the detail. */
import type { AmountMicro } from '../model/money.ts';
import type { CallTotals } from '../store/call-filter.ts';
import { type MonthRow, type MonthSums, NO_DEPARTMENT_KEY, NOBODY_KEY } from '../store/month.ts';
import { correctionSum } from './month-corrections.ts';
import { detailKey } from './month-detail.ts';
import { amountIn, chargeHeading, chargeIn, type MonthFacts, plus } from './month-facts.ts';
import { DEPARTMENT, DETAIL, type EXTENSION, PERSON, type TRUNK } from './month-keys.ts';
import type { Aggregate, Cell, CellValue, Column, NumberFormula, TableSheet } from './report.ts';

/** What one row of a sheet of groups adds up to. */
export type GroupRow = CallTotals & Pick<MonthRow, 'unratedCalls' | 'byBand' | 'extra'>;

export const NOTHING_EXTRA: MonthRow['extra'] = { privateCharges: [], corrections: [], privateCorrections: [] };

export interface GroupSheet<R extends GroupRow> {
  readonly id: typeof DEPARTMENT | typeof PERSON | typeof EXTENSION | typeof TRUNK;
  /** In the order of the sheet. */
  readonly rows: readonly R[];
  readonly totals: GroupRow;
  /** What the detail's columns say of the calls of a row. */
  readonly where: (row: R) => Aggregate['where'];
  readonly nameColumns: readonly Column[];
  readonly nameCells: (row: R) => readonly CellValue[];
  /** With columns by kind of call, of private calls and of corrections. */
  readonly hasDetails: boolean;
}

export function departmentSheet(facts: MonthFacts): TableSheet {
  const { t, paths, byDepartment } = facts;
  const nameOf = (row: MonthRow): string => specialName(facts, row) ?? paths.get(Number(row.key)) ?? row.name;
  return groupSheet(facts, {
    id: DEPARTMENT,
    rows: ordered(facts, byDepartment, nameOf),
    totals: totalsOf(facts, byDepartment),
    where: (row) => ({ departmentKey: detailKey(row.key) }),
    nameColumns: [textColumn('name', t('report.column.department'), [...paths.values()], 30, 60)],
    nameCells: (row) => [nameOf(row)],
    hasDetails: true,
  });
}

export function personSheet(facts: MonthFacts): TableSheet {
  const { t, names, departmentsOfPeople, paths, byPerson } = facts;
  const departments = (row: MonthRow): string =>
    (departmentsOfPeople.get(Number(row.key)) ?? []).map((id) => paths.get(id) ?? '').join(', ');
  const nameOf = (row: MonthRow): string => specialName(facts, row) ?? row.name;
  return groupSheet(facts, {
    id: PERSON,
    rows: ordered(facts, byPerson, nameOf),
    totals: totalsOf(facts, byPerson),
    where: (row) => ({ personKey: detailKey(row.key) }),
    nameColumns: [
      textColumn(
        'name',
        t('report.column.person'),
        byPerson.rows.map((row) => row.name),
        26,
        40,
      ),
      { key: 'employeeNumber', heading: t('report.column.employeeNumber'), type: 'text', width: 13 },
      textColumn('department', t('report.column.department'), byPerson.rows.map(departments), 20, 44),
    ],
    nameCells: (row) => [nameOf(row), names.people.get(Number(row.key))?.employeeNumber ?? null, departments(row)],
    hasDetails: true,
  });
}

/** Owners first, in the order of their names; what belongs to nobody last. */
function ordered(facts: MonthFacts, sums: MonthSums, nameOf: (row: MonthRow) => string): readonly MonthRow[] {
  const isSpecial = (row: MonthRow): number => (row.key === NOBODY_KEY ? 2 : row.key === NO_DEPARTMENT_KEY ? 1 : 0);
  return [...sums.rows].sort(
    (a, b) => isSpecial(a) - isSpecial(b) || facts.formats.compare(nameOf(a), nameOf(b)) || (a.key < b.key ? -1 : 1),
  );
}

function totalsOf({ byBand }: MonthFacts, sums: MonthSums): GroupRow {
  return {
    ...sums.totals,
    extra: sums.extra,
    unratedCalls: sums.unratedCalls,
    byBand: Object.fromEntries(byBand.rows.map((row) => [row.key, row])),
  };
}

function textColumn(key: string, heading: string, texts: readonly string[], least: number, most: number): Column {
  const longest = texts.reduce((length, text) => Math.max(length, text.length), 0);
  return { key, heading, type: 'text', width: Math.min(Math.max(longest + 2, least), most) };
}

function specialName({ t }: MonthFacts, row: MonthRow): string | undefined {
  if (row.key === NOBODY_KEY) return t('report.row.nobody');
  return row.key === NO_DEPARTMENT_KEY ? t('report.row.noDepartment') : undefined;
}

export function groupSheet<R extends GroupRow>(facts: MonthFacts, group: GroupSheet<R>): TableSheet {
  const { t, word, currencies } = facts;
  const { id, rows, totals, where: whereOf, nameColumns, nameCells, hasDetails } = group;
  const bands = hasDetails ? facts.bands : [];
  const extras = hasDetails ? extrasOf(facts) : [];
  const numbers: Column[] = [
    { key: 'calls', heading: t('report.column.calls'), type: 'integer', width: 10 },
    { key: 'talk', heading: t('report.column.talk'), type: 'duration', width: 13 },
    ...currencies.map((currency): Column => {
      return { key: `charge ${currency}`, heading: chargeHeading(facts, currency), type: 'money', width: 15, currency };
    }),
    ...extras.flatMap(({ key, heading }) =>
      currencies.map((currency): Column => {
        const shown = { type: 'money', width: 15, isZeroQuiet: true, currency } as const;
        return { key: `${key} ${currency}`, heading: heading(currency), ...shown };
      }),
    ),
    { key: 'unrated', heading: t('report.column.unrated'), type: 'integer', width: 10, isZeroQuiet: true },
  ];
  for (const band of bands) {
    const kind = word(`common.band.${band}`);
    numbers.push({
      key: `calls ${band}`,
      heading: `${kind}\n${t('report.column.calls')}`,
      type: 'integer',
      width: 13,
      isZeroQuiet: true,
    });
    for (const currency of currencies) {
      numbers.push({
        key: `charge ${band} ${currency}`,
        heading: `${kind}\n${chargeHeading(facts, currency)}`,
        type: 'money',
        width: 14,
        isZeroQuiet: true,
        currency,
      });
    }
  }
  const results = (row: GroupRow): readonly CellValue[] => [
    row.calls,
    row.talkSeconds,
    ...currencies.map((currency) => chargeIn(row, currency)),
    ...extras.flatMap(({ result }) => currencies.map((currency) => result(row, currency))),
    row.unratedCalls,
    ...bands.flatMap((band) => [
      row.byBand[band]?.calls ?? 0,
      ...currencies.map((currency) => chargeIn(row.byBand[band], currency)),
    ]),
  ];
  const formulas = (row: R): readonly NumberFormula[] => {
    const owner = whereOf(row);
    const where = { ...owner, isOutside: 1 };
    const sum = (column: string | undefined, more: Aggregate['where'] = {}): Aggregate => {
      return { kind: 'aggregate', table: DETAIL, column, where: { ...where, ...more } };
    };
    const charges = (more: Aggregate['where']): Aggregate[] =>
      currencies.map((currency) => sum('charge', currencies.length === 1 ? more : { ...more, currency }));
    return [
      sum(undefined),
      sum('talk'),
      ...charges({}),
      ...extras.flatMap(({ formula }) =>
        currencies.map((currency) => formula(owner, currency, currencies.length === 1)),
      ),
      sum(undefined, { rating: word('report.rating.unrated') }),
      ...bands.flatMap((band) => {
        const ofBand = { band: word(`common.band.${band}`) };
        return [sum(undefined, ofBand), ...charges(ofBand)];
      }),
    ];
  };
  return {
    kind: 'table',
    id,
    title: t(`report.sheet.${id}`),
    columns: [...nameColumns, ...numbers],
    rowCount: rows.length,
    *rows() {
      for (const row of rows) {
        const values = results(row);
        const cells = formulas(row).map((formula, i): Cell => ({ formula, result: resultOf(values[i]) }));
        yield [...nameCells(row), ...cells];
      }
    },
    totals: [t('report.summary.total'), ...nameColumns.slice(1).map(() => null), ...results(totals)],
  };
}

/** Amounts beside the charges: what was private, what corrections of closed months add, and both with the charges. */
interface Extra {
  readonly key: string;
  readonly heading: (currency: string) => string;
  readonly result: (row: GroupRow, currency: string) => AmountMicro;
  readonly formula: (owner: Aggregate['where'], currency: string, isOnlyCurrency: boolean) => NumberFormula;
}

/** Only those that the month has. */
function extrasOf({ t, word, purposeCount, correctionCount }: MonthFacts): readonly Extra[] {
  const detail = (where: Aggregate['where'], currency: string, isOnly: boolean): Aggregate => ({
    kind: 'aggregate',
    table: DETAIL,
    column: 'charge',
    where: { ...where, isOutside: 1, ...(isOnly ? {} : { currency }) },
  });
  const privately: Extra = {
    key: 'private',
    heading: (currency) => t('report.column.private', { currency }),
    result: ({ extra }, currency) =>
      plus(amountIn(extra.privateCharges, currency), amountIn(extra.privateCorrections, currency)),
    formula: (owner, currency, isOnly) => ({
      kind: 'sum',
      of: [
        ...(purposeCount === 0
          ? []
          : [detail({ ...owner, purpose: word('report.purpose.private') }, currency, isOnly)]),
        ...(correctionCount === 0 ? [] : [correctionSum('privateAmount', currency, owner)]),
      ],
    }),
  };
  const corrections: Extra = {
    key: 'corrections',
    heading: (currency) => t('report.column.corrections', { currency }),
    result: ({ extra }, currency) => amountIn(extra.corrections, currency),
    formula: (owner, currency) => correctionSum('amount', currency, owner),
  };
  const due: Extra = {
    key: 'due',
    heading: (currency) => t('report.column.due', { currency }),
    result: (row, currency) => plus(chargeIn(row, currency), amountIn(row.extra.corrections, currency)),
    formula: (owner, currency, isOnly) => ({
      kind: 'sum',
      of: [detail(owner, currency, isOnly), correctionSum('amount', currency, owner)],
    }),
  };
  return [
    ...(correctionCount === 0 ? [] : [corrections, due]),
    ...(purposeCount === 0 && correctionCount === 0 ? [] : [privately]),
  ];
}

function resultOf(value: CellValue | undefined): Exclude<CellValue, string | null> {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  throw new Error('a number of the month has no value');
}
