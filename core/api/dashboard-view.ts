/** A month and today at a glance, within what the viewer may see. Each figure is what a filter of the call list finds. */
import { forecastOf } from '../budgets/forecast.ts';
import { createTranslate, type Language } from '../i18n/translate.ts';
import { isGranted, type Viewer } from '../model/access.ts';
import { amountMicro } from '../model/money.ts';
import { DAY_S, isoWeekday } from '../model/office-calendar.ts';
import { type LocalDay, localDayOf, monthAfter, shiftDay } from '../model/time.ts';
import type { BudgetRow } from '../store/budgets.ts';
import type { CallFilter, ChargeSum, CallTotals as StoredTotals } from '../store/call-filter.ts';
import { departmentsInScope } from '../store/call-scope.ts';
import { DashboardQueries, type GroupTotals } from '../store/dashboard.ts';
import { daysOfMonth } from '../store/month-days.ts';
import { departmentName, personName } from '../store/names.ts';
import { budgetsOf, monthRhythm } from './budget-view.ts';
import { moneyOf, totalsOf } from './call-view.ts';
import type { ChargeForecast, Dashboard, DashboardFigure, DashboardRow } from './contract.ts';
import { completenessView, type DashboardParts, trunkView } from './dashboard-site.ts';
import { siteSeconds } from './site-today.ts';

const SHOWN_ROWS = 8;
const SHOWN_BUDGETS = 3;
/** Key of calls that nobody owns, as `DashboardQueries.sums` gives them by department. */
const NOBODY = -1;
const MICRO = 1_000_000n;

type Figure = (filter: CallFilter) => DashboardFigure;

export function dashboardOf(
  parts: DashboardParts,
  { viewer, month: wanted, language }: { viewer: Viewer; month: string | undefined; language: Language },
): Dashboard {
  const { scope } = viewer;
  const now = siteSeconds(parts);
  const today = localDayOf(now);
  const thisMonth = today.slice(0, 7);
  const months = [...parts.month.months(scope)];
  const month = wanted ?? (months.includes(thisMonth) ? thisMonth : (months[0] ?? thisMonth));
  const isNow = month === thisMonth;
  const isWholeSite = scope.kind === 'all' && isGranted(viewer.role, 'read-site');
  const queries = new DashboardQueries(parts.deps.db);
  const figure: Figure = (filter) => figureOf(parts.callQueries.totals(filter, scope), filter);
  const range = daysOfMonth(month);
  const before = monthBefore(month);
  const out = { month, isOutbound: true } as const;
  const days = queries.sums('day', range, scope);
  const lastMonthDays = queries.sums('day', daysOfMonth(before), scope);
  const departments = queries.sums('department', range, scope);
  return {
    madeAtMs: parts.deps.nowMs(),
    ...{ today, thisMonth, month, months, isWholeSite },
    isClosed: parts.month.isClosed(month),
    day: isNow ? dayFigures(figure, today) : null,
    outbound: figureOf(added(days), out),
    incoming: figure({ month, direction: 'incoming' }),
    unattributed: figureOf(added(departments.filter(({ key }) => key === NOBODY)), { ...out, personId: 0 }),
    unrated: figure({ ...out, rating: 'unrated' }),
    unknownCodes: figure({ ...out, reason: 'unknown-code' }),
    lastMonth: figureOf(added(lastMonthDays), { month: before, isOutbound: true }),
    lastMonthToDay: isNow ? figure({ ...upTo(before, today), isOutbound: true }) : null,
    days: days.map(dayOf),
    lastMonthDays: lastMonthDays.map(dayOf),
    forecasts: forecasts(parts, month, days),
    budgets: budgetsOf(parts, month, budgetsFor(parts, viewer)).slice(0, SHOWN_BUDGETS),
    hours: weekHours(queries, month, scope),
    departments: topOf(departments, SHOWN_ROWS).map((group) => departmentRow(parts, out, group, language)),
    people: topOf(
      queries.sums('person', range, scope).filter(({ key }) => key > 0),
      SHOWN_ROWS,
    ).map((group) => rowOf(group, { ...out, personId: group.key }, personName(parts.deps.db, group.key))),
    destinations: destinationRows(queries, month, viewer, language),
    trunks: isNow && isWholeSite ? trunkView(queries, now, today) : null,
    completeness: isWholeSite ? completenessView(parts, month, now) : null,
  };
}

function figureOf(totals: StoredTotals, filter: CallFilter): DashboardFigure {
  return { ...totalsOf(totals), filter };
}

/** Groups of booked days add up to what the month's filter finds. */
function added(groups: readonly GroupTotals[]): StoredTotals {
  const charges = new Map<string, bigint>();
  for (const { currency, amountMicro: amount } of groups.flatMap((group) => group.charges)) {
    charges.set(currency, (charges.get(currency) ?? 0n) + amount);
  }
  return {
    calls: groups.reduce((sum, group) => sum + group.calls, 0),
    talkSeconds: groups.reduce((sum, group) => sum + group.talkSeconds, 0),
    charges: [...charges]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, sum]) => ({ currency, amountMicro: amountMicro(sum) })),
  };
}

function dayFigures(figure: Figure, today: LocalDay): Dashboard['day'] {
  const day = { from: today, to: today };
  const ago = shiftDay(today, -7) ?? today;
  return {
    all: figure(day),
    outbound: figure({ ...day, isOutbound: true }),
    incoming: figure({ ...day, direction: 'incoming' }),
    weekAgo: figure({ from: ago, to: ago }),
  };
}

/** The month's days up to that of another one; a shorter month ends sooner. */
function upTo(month: string, day: LocalDay): Pick<CallFilter, 'from' | 'to'> {
  const same = `${month}-${day.slice(8)}`;
  const last = shiftDay(`${monthAfter(month)}-01`, -1) ?? same;
  return { from: `${month}-01`, to: same < last ? same : last };
}

function dayOf(group: GroupTotals): Dashboard['days'][number] {
  const day = localDayOf(group.key * DAY_S);
  return { ...figureOf(group, { from: day, to: day, isOutbound: true }), day };
}

/** The dearest first; what has no price, or another currency than most, by its calls. */
function topOf(groups: readonly GroupTotals[], limit: number): readonly GroupTotals[] {
  const currency = mainCurrency(groups);
  const chargeOf = (group: GroupTotals): bigint =>
    group.charges.find((charge) => charge.currency === currency)?.amountMicro ?? 0n;
  return [...groups]
    .sort((a, b) => compare(chargeOf(b), chargeOf(a)) || b.calls - a.calls || a.key - b.key)
    .slice(0, limit);
}

function mainCurrency(groups: readonly GroupTotals[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { currency } of groups.flatMap((group) => group.charges)) {
    counts.set(currency, (counts.get(currency) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function monthBefore(month: string): string {
  return shiftDay(`${month}-01`, -1)?.slice(0, 7) ?? month;
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

function rowOf(group: GroupTotals, filter: CallFilter, name: string | undefined): DashboardRow {
  return { ...figureOf(group, filter), key: String(group.key), name: name ?? `#${group.key}` };
}

function departmentRow(parts: DashboardParts, out: CallFilter, group: GroupTotals, language: Language): DashboardRow {
  const t = createTranslate(language);
  if (group.key === NOBODY) return rowOf(group, { ...out, personId: 0 }, t('common.unattributed'));
  if (group.key === 0) return rowOf(group, { ...out, departmentId: 0 }, t('common.noDepartment'));
  const filter = { ...out, departmentId: group.key, isDepartmentOnly: true };
  return rowOf(group, filter, departmentName(parts.deps.db, group.key));
}

function destinationRows(
  queries: DashboardQueries,
  month: string,
  { scope }: Viewer,
  language: Language,
): DashboardRow[] {
  const period = wholeMonth(month);
  return topOf(queries.destinations(daysOfMonth(month), scope), SHOWN_ROWS).map((group) =>
    rowOf(
      group,
      { ...period, isOutbound: true, destinationId: group.key },
      queries.destinationName(group.key)?.[language],
    ),
  );
}

/** As days of the start: an hour of the clock has no month that it is booked to. */
function wholeMonth(month: string): Pick<CallFilter, 'from' | 'to'> {
  const { first, end } = daysOfMonth(month);
  return { from: localDayOf(first * DAY_S), to: localDayOf((end - 1) * DAY_S) };
}

function weekHours(queries: DashboardQueries, month: string, scope: Viewer['scope']): Dashboard['hours'] {
  const period = wholeMonth(month);
  const cells = new Map<string, Dashboard['hours'][number]>();
  for (const { hour: at, calls } of queries.hours(daysOfMonth(month), scope)) {
    const [weekday, hour] = [isoWeekday(Math.floor(at / 24)), at % 24];
    const key = `${weekday} ${hour}`;
    const before = cells.get(key)?.calls ?? 0;
    cells.set(key, { weekday, hour, calls: before + calls, filter: { ...period, weekday, hour } });
  }
  return [...cells.values()].sort((a, b) => a.weekday - b.weekday || a.hour - b.hour);
}

/** One for each currency that the month's charges have. */
function forecasts(parts: DashboardParts, month: string, days: readonly GroupTotals[]): ChargeForecast[] {
  const currencies = new Set(days.flatMap((day) => day.charges.map(({ currency }) => currency)));
  if (currencies.size === 0) return [];
  const { first: firstDay, end: endDay } = daysOfMonth(month);
  const rhythm = monthRhythm(parts, month);
  const now = siteSeconds(parts);
  return [...currencies].sort().map((currency): ChargeForecast => {
    const charges = new Map(days.map((day) => [day.key, chargeIn(day.charges, currency)]));
    const forecast = forecastOf({ ...rhythm, firstDay, endDay, now, days: charges });
    const { state } = forecast;
    if (state === 'too-early' || state === 'over') return { state, currency, expected: null, low: null, high: null };
    const money = (units: bigint) => moneyOf({ amountMicro: amountMicro((units / MICRO) * MICRO), currency });
    return { state, currency, expected: money(forecast.units), low: money(forecast.low), high: money(forecast.high) };
  });
}

function chargeIn(charges: readonly ChargeSum[], wanted: string): bigint {
  return charges.find(({ currency }) => currency === wanted)?.amountMicro ?? 0n;
}

/** The office's own budgets for who sees all of it, those of the scope for others. */
function budgetsFor({ deps }: DashboardParts, { scope }: Viewer): (budget: BudgetRow) => boolean {
  if (scope.kind === 'person') return ({ personId }) => personId === scope.personId;
  if (scope.kind === 'all') return ({ personId, departmentId }) => personId === null && departmentId === null;
  const departments = departmentsInScope(deps.db, scope);
  return ({ departmentId }) => departmentId !== null && departments?.has(departmentId) === true;
}
