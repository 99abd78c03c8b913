/** The call by call tables of the month: all of its records, and those that somebody has to look at. */
import { isChargeable, sourceIdOf } from '../model/call.ts';
import { maskCode } from '../model/masking.ts';
import type { CallView } from '../store/calls.ts';
import { dayNumberOf, SECONDS_PER_DAY } from '../store/daily-sums.ts';
import { destinationIn } from '../store/destinations.ts';
import { monthOfDay, NO_DEPARTMENT_KEY, NOBODY_KEY } from '../store/month.ts';
import { daysOfMonth } from '../store/month-days.ts';
import type { MonthLine } from '../store/month-lines.ts';
import { chargeHeading, type MonthFacts } from './month-facts.ts';
import { DETAIL, EXCEPTIONS } from './month-keys.ts';
import type { Cell, Column, Mark, TableSheet } from './report.ts';

/** Stands in the hidden key column for "booked to a person without a department"; 0 is nobody's. */
const NO_DEPARTMENT_NUMBER = -1;

/** What the hidden columns hold for a row of the month page. */
export function detailKey(key: string): number {
  if (key === NOBODY_KEY) return 0;
  return key === NO_DEPARTMENT_KEY ? NO_DEPARTMENT_NUMBER : Number(key);
}

/** Columns of the detail by which formulas find the calls of a line. */
export const DETAIL_LINE_KEYS = { extension: 'extensionKey', trunk: 'trunkKey' } as const;

/** What these columns hold; 0 is a line that the record does not name. */
export function lineKeys(lines: readonly MonthLine[]): ReadonlyMap<string | null, number> {
  return new Map(lines.map(({ name }, i) => [name, name === null ? 0 : i + 1]));
}

/** Every record of the month, those without a charge too; formulas look at it. */
export function detailSheet(facts: MonthFacts): TableSheet {
  const sheet = callSheet(facts, DETAIL, facts.callCount, () => facts.months.calls(facts.options.month));
  return { ...sheet, hasSeals: true };
}

export function exceptionSheet(facts: MonthFacts): TableSheet {
  const sheet = callSheet(facts, EXCEPTIONS, facts.exceptionCount, () => facts.queries.exceptions());
  // What is wrong comes first.
  const order = ['start', 'reason', 'rating', 'code', 'person'];
  const { word } = facts;
  const bad = (['unknown-code', 'code-not-valid'] as const).map((reason): Mark => {
    return { column: 'reason', equals: word(`report.reason.${reason}`), tone: 'bad' };
  });
  return {
    ...reordered(sheet, order),
    marks: [
      ...bad,
      { column: 'reason', equals: word('report.reason.no-code'), tone: 'warning' },
      { column: 'rating', equals: word('report.rating.unrated'), tone: 'bad' },
      { column: 'person', equals: word('report.row.nobody'), tone: 'warning' },
    ],
  };
}

function callSheet(
  facts: MonthFacts,
  id: typeof DETAIL | typeof EXCEPTIONS,
  rowCount: number,
  calls: () => Iterable<CallView>,
): TableSheet {
  const row = rowMaker(facts);
  return {
    kind: 'table',
    id,
    title: facts.t(`report.sheet.${id}`),
    columns: columnsOf(facts),
    rowCount,
    marks: [{ column: 'rating', equals: facts.word('report.rating.unrated'), tone: 'bad' }],
    *rows() {
      for (const call of calls()) yield row(call);
    },
  };
}

function columnsOf({ t, currencies, lateCount, purposeCount }: MonthFacts): readonly Column[] {
  const [currency] = currencies;
  const isOneCurrency = currencies.length === 1 && currency !== undefined;
  const charge = isOneCurrency ? chargeHeading({ t }, currency) : t('report.column.chargePlain');
  return [
    { key: 'start', heading: t('report.column.start'), type: 'dateTime', width: 19 },
    { key: 'person', heading: t('report.column.person'), type: 'text', width: 26 },
    { key: 'department', heading: t('report.column.department'), type: 'text', width: 28 },
    { key: 'code', heading: t('report.column.code'), type: 'text', width: 12 },
    { key: 'extension', heading: t('report.column.extension'), type: 'text', width: 10 },
    { key: 'direction', heading: t('report.column.direction'), type: 'text', width: 20 },
    { key: 'outsideNumber', heading: t('report.column.outsideNumber'), type: 'text', width: 18 },
    { key: 'destination', heading: t('report.column.destination'), type: 'text', width: 24 },
    { key: 'band', heading: t('report.column.band'), type: 'text', width: 16 },
    { key: 'talk', heading: t('report.column.talk'), type: 'duration', width: 12 },
    { key: 'charge', heading: charge, type: 'money', width: 16, hasBars: true, currencyColumn: 'currency' },
    {
      key: 'currency',
      heading: t('report.column.currency'),
      type: 'text',
      width: 10,
      ...(isOneCurrency ? { isHidden: true } : {}),
    },
    { key: 'reason', heading: t('report.column.reason'), type: 'text', width: 22 },
    { key: 'rating', heading: t('report.column.rating'), type: 'text', width: 14 },
    ...(purposeCount === 0
      ? []
      : [{ key: 'purpose', heading: t('report.column.purpose'), type: 'text', width: 12 } as const]),
    ...(lateCount === 0 ? [] : [{ key: 'late', heading: t('report.column.late'), type: 'text', width: 26 } as const]),
    { key: 'isAnswered', heading: t('report.column.isAnswered'), type: 'text', width: 10, isNotPrinted: true },
    { key: 'trunk', heading: t('report.column.trunk'), type: 'text', width: 12, isNotPrinted: true },
    { key: 'number', heading: t('report.column.number'), type: 'text', width: 18, isNotPrinted: true },
    { key: 'callerName', heading: t('report.column.callerName'), type: 'text', width: 20, isNotPrinted: true },
    { key: 'source', heading: t('report.column.source'), type: 'text', width: 18, isNotPrinted: true },
    { key: 'personKey', heading: 'personKey', type: 'integer', width: 8, isHidden: true },
    { key: 'departmentKey', heading: 'departmentKey', type: 'integer', width: 8, isHidden: true },
    { key: 'isOutside', heading: 'isOutside', type: 'integer', width: 8, isHidden: true },
    { key: DETAIL_LINE_KEYS.extension, heading: 'extensionKey', type: 'integer', width: 8, isHidden: true },
    { key: DETAIL_LINE_KEYS.trunk, heading: 'trunkKey', type: 'integer', width: 8, isHidden: true },
  ];
}

/** A private call is counted: whose it is, how long and how dear; not with whom, and of its time the month alone. */
function withoutWhom(call: CallView): CallView {
  if (call.purpose !== 'private') return call;
  const { first } = daysOfMonth(monthOfDay(dayNumberOf(call.startLocalS)));
  return {
    ...call,
    startLocalS: first * SECONDS_PER_DAY,
    ...{ dialled: null, caller: null, number: null, callerName: null, code: null },
    ...{ destinationEn: null, destinationVi: null },
  };
}

function rowMaker(facts: MonthFacts): (call: CallView) => readonly Cell[] {
  const { t, word, paths, names, options } = facts;
  const { maskNumber } = facts;
  const outside = (number: string | null): string | null => (number === null ? null : maskNumber(number));
  const [extensions, trunks] = [lineKeys(facts.extensions), lineKeys(facts.trunks)];
  const [yes, no] = [word('common.yes'), word('common.no')];
  const lateText = (call: CallView): string => {
    const month = facts.formats.month(monthOfDay(dayNumberOf(call.startLocalS)));
    return t('report.column.lateOf', { month });
  };
  return (stored) => {
    const call = withoutWhom(stored);
    const departmentKey = call.personId === null ? 0 : (call.departmentId ?? NO_DEPARTMENT_NUMBER);
    const isOut = isChargeable(call);
    const needsOwner = call.reason !== 'none' && call.personId === null && isOut;
    return [
      call.startLocalS,
      (call.personId === null ? undefined : names.people.get(call.personId)?.name) ??
        (needsOwner ? word('report.row.nobody') : null),
      call.departmentId === null ? null : (paths.get(call.departmentId) ?? null),
      call.code === null ? null : options.isMasked ? maskCode(call.code) : call.code,
      call.extension,
      word(`common.direction.${call.direction}`),
      outside(call.direction === 'incoming' ? call.caller : call.dialled),
      destinationIn(call, options.language),
      word(`common.band.${call.band}`),
      call.talkSeconds,
      call.chargeMicro,
      call.currency,
      word(`report.reason.${call.reason}`),
      word(`report.rating.${call.rating}`),
      ...(facts.purposeCount === 0 ? [] : [call.purpose === null ? null : word(`report.purpose.${call.purpose}`)]),
      ...(facts.lateCount === 0 ? [] : [call.lateDay === null ? null : lateText(call)]),
      call.isAnswered === null ? null : call.isAnswered ? yes : no,
      call.trunk,
      outside(call.number),
      outside(call.callerName),
      names.sources.get(sourceIdOf(call.id)) ?? null,
      call.personId ?? 0,
      departmentKey,
      isOut ? 1 : 0,
      extensions.get(call.extension) ?? 0,
      trunks.get(call.trunk) ?? 0,
    ];
  };
}

/** The same table with these columns first. */
function reordered(sheet: TableSheet, first: readonly string[]): TableSheet {
  const order = [
    ...first.map((key) => sheet.columns.findIndex((column) => column.key === key)),
    ...sheet.columns.flatMap((column, i) => (first.includes(column.key) ? [] : [i])),
  ].filter((i) => sheet.columns[i]?.heading !== sheet.columns[i]?.key);
  const pick = <T>(items: readonly T[]): T[] => order.map((i) => items[i] as T);
  return {
    ...sheet,
    columns: pick(sheet.columns),
    *rows() {
      for (const row of sheet.rows()) yield pick(row);
    },
  };
}
