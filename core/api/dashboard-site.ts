/** What the dashboard says of the site as a whole: its outside lines now, and how whole its records are. */
import { monthInstants } from '../ingest/close-month.ts';
import { calendarOf } from '../ingest/office-calendar-of.ts';
import { type LocalDay, type LocalSeconds, localText } from '../model/time.ts';
import { completenessOf } from '../store/completeness.ts';
import type { DashboardQueries } from '../store/dashboard.ts';
import { HolidayStore } from '../store/holidays.ts';
import { daysOfMonth } from '../store/month-days.ts';
import { sourcesWithGaps } from './closing-view.ts';
import type { Dashboard } from './contract.ts';
import type { ApiDeps } from './deps.ts';
import type { ApiParts } from './parts.ts';
import { trunkLoads } from './trunk-load.ts';

/** What the dashboard is made from. */
export type DashboardParts = Pick<ApiParts, 'settings' | 'callQueries' | 'month' | 'sources'> & {
  readonly deps: Pick<ApiDeps, 'db' | 'journal' | 'nowMs'>;
};

const HOUR_S = 3600;
const TRUNK_HOURS = 8;
const SHOWN_TRUNKS = 12;
const LATELY_S = 900;
const SHOWN_SILENCES = 5;

export function trunkView(queries: DashboardQueries, now: LocalSeconds, today: LocalDay): Dashboard['trunks'] {
  const from = (Math.floor(now / HOUR_S) - TRUNK_HOURS + 1) * HOUR_S;
  const question = { from, hours: TRUNK_HOURS, now, lately: LATELY_S };
  const loads = trunkLoads(queries.lineUses(from, now), question);
  return {
    fromLocal: localText(from),
    hours: TRUNK_HOURS,
    lately: LATELY_S,
    rows: loads.slice(0, SHOWN_TRUNKS).map((load) => ({
      ...load,
      peaks: [...load.peaks],
      filter: { from: localText(from).slice(0, 10), to: today, trunk: load.trunk },
    })),
  };
}

export function completenessView(parts: DashboardParts, month: string, now: LocalSeconds): Dashboard['completeness'] {
  const { first, end } = daysOfMonth(month);
  const found = completenessOf(parts.deps.db, {
    firstDay: first,
    endDay: end,
    now,
    calendar: calendarOf(parts.settings.get(), new HolidayStore(parts.deps.db).days()),
    ...monthInstants(month, parts.settings.get().timeZone),
  });
  return {
    ...found,
    silences: found.silences
      .slice(-SHOWN_SILENCES)
      .reverse()
      .map(({ from, to }) => {
        const day = localText(from).slice(0, 10);
        return { fromLocal: localText(from), toLocal: localText(to), filter: { from: day, to: day } };
      }),
    silenceCount: found.silences.length,
    sourcesWithGaps: sourcesWithGaps(parts, month),
  };
}
