/** The month in the shape of the contract, with the rows that nobody named named. */

import { createTranslate, type Language } from '../i18n/translate.ts';
import { SiteZone } from '../ingest/site-zone.ts';
import { BANDS, type Band } from '../model/call.ts';
import {
  daysOfMonth,
  type MonthGrouping,
  NO_DEPARTMENT_KEY,
  NOBODY_KEY,
  type MonthRow as StoredRow,
} from '../store/month.ts';
import { totalsOf } from './call-view.ts';
import type { MonthReport } from './contract.ts';
import type { ApiParts } from './parts.ts';
import { siteToday } from './site-today.ts';

const SECONDS_PER_DAY = 86_400;

function isBand(key: string): key is Band {
  return (BANDS as readonly string[]).includes(key);
}

function nameOf(row: StoredRow, by: MonthGrouping, language: Language): string {
  const t = createTranslate(language);
  if (by === 'band') return isBand(row.key) ? t(`common.band.${row.key}`) : row.key;
  if (row.key === NOBODY_KEY) return t('common.unattributed');
  return row.key === NO_DEPARTMENT_KEY ? t('common.noDepartment') : row.name;
}

/** Frames that arrived in the month: what they are is not known, so neither is the day they belong to. */
function quarantinedIn({ settings, quarantine }: ApiParts, month: string): number {
  const zone = new SiteZone(settings.get().timeZone);
  const { first, end } = daysOfMonth(month);
  const instantMs = (day: number): number => zone.placeLocal(day * SECONDS_PER_DAY).instant * 1000;
  return quarantine.countReceived(instantMs(first), instantMs(end));
}

/** Without a month: the newest that has calls, else the present one. */
export function monthReportOf(
  parts: ApiParts,
  wanted: string | undefined,
  by: MonthGrouping,
  language: Language,
): MonthReport {
  const months = [...parts.month.months()];
  const month = wanted ?? months[0] ?? siteToday(parts).slice(0, 7);
  const sums = parts.month.sums(month, by);
  return {
    month,
    by,
    rows: sums.rows.map((row) => ({
      key: row.key,
      name: nameOf(row, by, language),
      parentKey: row.parentKey,
      ...totalsOf(row),
      unratedCalls: row.unratedCalls,
      byBand: Object.fromEntries(Object.entries(row.byBand).map(([band, sum]) => [band, totalsOf(sum)])),
    })),
    totals: totalsOf(sums.totals),
    unattributed: totalsOf(sums.unattributed),
    unratedCalls: sums.unratedCalls,
    quarantinedFrames: quarantinedIn(parts, month),
    others: sums.others.map((other) => ({ ...other })),
    isClosed: parts.month.isClosed(month),
    months,
  };
}
