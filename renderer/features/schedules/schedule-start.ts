/** What a report hands over when it is to be sent regularly: its filter, and its period where schedules know the same. */
import { BANDS, CALL_DIRECTIONS } from '../../../core/model/call.ts';
import { REPORT_IDS } from '../../../core/model/report-request.ts';
import type { Period } from '../../../core/model/schedule.ts';
import type { DatePreset } from '../../site-day.ts';
import type { KeptFilter, ScheduleDraft } from './schedule-draft.ts';

export interface ScheduleStart {
  readonly draft: Partial<ScheduleDraft>;
  readonly filter: KeptFilter;
}

const PERIOD_OF: Readonly<Partial<Record<DatePreset, Period>>> = {
  yesterday: 'yesterday',
  last7: 'last-7-days',
  lastWeek: 'last-week',
  thisMonth: 'this-month',
  lastMonth: 'last-month',
};

/** Undefined where the address names no report. */
export function startOf(search: URLSearchParams): ScheduleStart | undefined {
  const reportId = REPORT_IDS.find((id) => id === search.get('report'));
  if (reportId === undefined) return undefined;
  const texts = (field: string): string[] => (search.get(field) ?? '').split(',').filter((value) => value !== '');
  const numbers = (field: string): number[] => texts(field).map(Number).filter(Number.isSafeInteger);
  const period = Object.entries(PERIOD_OF).find(([preset]) => preset === search.get('period'))?.[1];
  return {
    draft: {
      reportId,
      ...(period !== undefined && { period }),
      departmentIds: numbers('departmentIds'),
      personIds: numbers('personIds'),
    },
    filter: {
      codes: texts('codes'),
      extensions: texts('extensions'),
      trunks: texts('trunks'),
      bands: BANDS.filter((band) => texts('bands').includes(band)),
      sourceIds: numbers('sourceIds'),
      directions: CALL_DIRECTIONS.filter((direction) => texts('directions').includes(direction)),
    },
  };
}
