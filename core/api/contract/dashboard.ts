/** The month and the day at a glance. Every figure carries the filter of the calls behind it. */
import { z } from 'zod';
import { Budget } from './budgets.ts';
import { CallFilter, CallTotals } from './calls.ts';
import { Money } from './common.ts';

export const DashboardFigure = CallTotals.extend({ filter: CallFilter });
export type DashboardFigure = z.infer<typeof DashboardFigure>;

export const DashboardDay = DashboardFigure.extend({ day: z.string() });

/** A department, a person or a place. */
export const DashboardRow = DashboardFigure.extend({ key: z.string(), name: z.string() });
export type DashboardRow = z.infer<typeof DashboardRow>;

/** What the charges of the month will come to. */
export const ChargeForecast = z.object({
  state: z.enum(['too-early', 'over', 'fair', 'rough']),
  currency: z.string(),
  expected: Money.nullable(),
  /** Four of five months end between these. */
  low: Money.nullable(),
  high: Money.nullable(),
});
export type ChargeForecast = z.infer<typeof ChargeForecast>;

export const DashboardTrunk = z.object({
  trunk: z.string(),
  calls: z.number().int(),
  busyLately: z.number().int(),
  peaks: z.array(z.number().int()),
  usedPercent: z.number().int(),
  filter: CallFilter,
});

export const Completeness = z.object({
  openSeconds: z.number().int(),
  /** Of them in clock hours without a call. */
  silentSeconds: z.number().int(),
  /** The newest of these stretches, newest first. */
  silences: z.array(z.object({ fromLocal: z.string(), toLocal: z.string(), filter: CallFilter })),
  silenceCount: z.number().int(),
  quarantinedFrames: z.number().int(),
  /** Calls that later records may still join. */
  openCalls: z.number().int(),
  sourcesWithGaps: z.array(z.object({ sourceId: z.number().int(), name: z.string(), gaps: z.number().int() })),
});

export const Dashboard = z.object({
  madeAtMs: z.number().int(),
  /** Day and month on the site's clock. */
  today: z.string(),
  thisMonth: z.string(),
  /** The month that is shown. */
  month: z.string(),
  /** Months that have calls, newest first. */
  months: z.array(z.string()),
  isClosed: z.boolean(),
  /** False: of some departments or one person only. */
  isWholeSite: z.boolean(),
  /** Of today; null where another month is shown. */
  day: z
    .object({
      all: DashboardFigure,
      outbound: DashboardFigure,
      incoming: DashboardFigure,
      /** The same weekday a week ago, up to its end. */
      weekAgo: DashboardFigure,
    })
    .nullable(),
  outbound: DashboardFigure,
  incoming: DashboardFigure,
  unattributed: DashboardFigure,
  unrated: DashboardFigure,
  unknownCodes: DashboardFigure,
  lastMonth: DashboardFigure,
  /** The month before up to the same day; null where a month that is over is shown. */
  lastMonthToDay: DashboardFigure.nullable(),
  days: z.array(DashboardDay),
  lastMonthDays: z.array(DashboardDay),
  forecasts: z.array(ChargeForecast),
  budgets: z.array(Budget),
  hours: z.array(
    z.object({ weekday: z.number().int(), hour: z.number().int(), calls: z.number().int(), filter: CallFilter }),
  ),
  departments: z.array(DashboardRow),
  people: z.array(DashboardRow),
  destinations: z.array(DashboardRow),
  /** Outside lines are everybody's: null for those who see a part of the calls, and for a month that is over. */
  trunks: z
    .object({ fromLocal: z.string(), hours: z.number().int(), lately: z.number().int(), rows: z.array(DashboardTrunk) })
    .nullable(),
  completeness: Completeness.nullable(),
});
export type Dashboard = z.infer<typeof Dashboard>;
