/** The month in the shape of the contract, with the rows that nobody named named. */

import { createTranslate, type Language } from '../i18n/translate.ts';
import type { Scope } from '../model/access.ts';
import { BANDS, type Band } from '../model/call.ts';
import { amountMicro } from '../model/money.ts';
import type { ChargeSum } from '../store/call-filter.ts';
import {
  type ExtraCharges,
  type MonthGrouping,
  NO_DEPARTMENT_KEY,
  NOBODY_KEY,
  type MonthRow as StoredRow,
} from '../store/month.ts';
import { moneyOf, totalsOf } from './call-view.ts';
import { quarantinedIn } from './closing-view.ts';
import type { MonthReport } from './contract.ts';
import { monthTax } from './month-tax.ts';
import type { ApiParts } from './parts.ts';
import { siteToday } from './site-today.ts';

type ExtraMoney = Pick<MonthReport, 'privateCharges' | 'corrections' | 'due'>;

function isBand(key: string): key is Band {
  return (BANDS as readonly string[]).includes(key);
}

function nameOf(row: StoredRow, by: MonthGrouping, language: Language): string {
  const t = createTranslate(language);
  if (by === 'band') return isBand(row.key) ? t(`common.band.${row.key}`) : row.key;
  if (row.key === NOBODY_KEY) return t('common.unattributed');
  return row.key === NO_DEPARTMENT_KEY ? t('common.noDepartment') : row.name;
}

function extraOf(extra: ExtraCharges, charges: readonly ChargeSum[]): ExtraMoney {
  return {
    privateCharges: addedUp(extra.privateCharges, extra.privateCorrections).map(moneyOf),
    corrections: extra.corrections.map(moneyOf),
    due: addedUp(charges, extra.corrections).map(moneyOf),
  };
}

/** By currency, in its order. */
function addedUp(...lists: readonly (readonly ChargeSum[])[]): readonly ChargeSum[] {
  const sums = new Map<string, bigint>();
  for (const { currency, amountMicro: amount } of lists.flat()) sums.set(currency, (sums.get(currency) ?? 0n) + amount);
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, sum]) => ({ currency, amountMicro: amountMicro(sum) }));
}

/** Without a month: the newest that has calls, else the present one. */
export function monthReportOf(
  parts: ApiParts,
  wanted: string | undefined,
  by: MonthGrouping,
  language: Language,
  scope: Scope,
): MonthReport {
  const months = [...parts.month.months(scope)];
  const isWhole = scope.kind === 'all';
  const month = wanted ?? months[0] ?? siteToday(parts).slice(0, 7);
  const sums = parts.month.sums(month, by, scope);
  return {
    month,
    by,
    rows: sums.rows.map((row) => ({
      key: row.key,
      name: nameOf(row, by, language),
      parentKey: row.parentKey,
      ...totalsOf(row),
      ...extraOf(row.extra, row.charges),
      unratedCalls: row.unratedCalls,
      byBand: Object.fromEntries(Object.entries(row.byBand).map(([band, sum]) => [band, totalsOf(sum)])),
    })),
    totals: totalsOf(sums.totals),
    unattributed: totalsOf(sums.unattributed),
    unratedCalls: sums.unratedCalls,
    ...extraOf(sums.extra, sums.totals.charges),
    // One sum for the whole invoice; nobody knows whose part of it is how much.
    taxOnTotal: isWhole ? monthTax(parts.deps.db, month).map(moneyOf) : [],
    late: totalsOf(sums.late),
    quarantinedFrames: isWhole ? quarantinedIn(parts, month) : 0,
    others: sums.others.map((other) => ({ ...other })),
    isClosed: parts.month.isClosed(month),
    months,
  };
}
