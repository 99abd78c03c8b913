/** The filter of a report as it stands in the address: a period by name or by days, and lists separated by commas. */
import { FILTER_FIELDS, type FilterField, REPORT_FILTERS } from '../../../core/model/report-filters.ts';
import type { ReportId } from '../../../core/model/report-request.ts';
import { DATE_PRESETS, type DatePreset, type DayRange, presetRange } from '../../site-day.ts';

export interface ReportAddress {
  /** A relative period; absent: fixed days. */
  readonly period?: DatePreset;
  readonly days: DayRange;
  readonly lists: Readonly<Partial<Record<FilterField, readonly string[]>>>;
}

const FIRST_PERIOD: DatePreset = 'thisMonth';
const DAY = /^\d{4}-\d\d-\d\d$/;

export function readAddress(search: URLSearchParams, today: string): ReportAddress {
  const [from, to] = [search.get('from') ?? '', search.get('to') ?? ''];
  const asked = DATE_PRESETS.find((preset) => preset === search.get('period'));
  const hasDays = asked === undefined && DAY.test(from) && DAY.test(to) && from <= to;
  const lists = Object.fromEntries(
    FILTER_FIELDS.flatMap((field) => {
      const values = (search.get(field) ?? '').split(',').filter((value) => value !== '');
      return values.length === 0 ? [] : [[field, values]];
    }),
  );
  if (hasDays) return { days: { from, to }, lists };
  const period = asked ?? FIRST_PERIOD;
  return { period, days: presetRange(period, today), lists };
}

export function searchOf({ period, days, lists }: ReportAddress): URLSearchParams {
  const search = new URLSearchParams(period === undefined ? { ...days } : { period });
  for (const [field, values] of Object.entries(lists)) if (values.length > 0) search.set(field, values.join(','));
  return search;
}

/** What the service is asked: only what narrows this report. */
export function queryOf(
  reportId: ReportId,
  { days, lists }: ReportAddress,
): DayRange & Partial<Record<FilterField, string>> {
  const applied = REPORT_FILTERS[reportId].flatMap((field) => {
    const values = lists[field] ?? [];
    return values.length === 0 ? [] : [[field, values.join(',')]];
  });
  return { ...days, ...Object.fromEntries(applied) };
}
