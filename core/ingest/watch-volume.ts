/** Judges the volume of one day that had calls, from the daily sums. */
import { findUnusualVolume, mayBeUnusual, type VolumeFinding, volumeDays } from '../alerts/volume.ts';
import type { Band } from '../model/call.ts';
import { dayOf } from '../model/office-calendar.ts';
import { BudgetStore } from '../store/budgets.ts';
import { DAYS_KEY, HISTORY_SCOPE, LIVE_SCOPE, type WatchParts } from './watch-parts.ts';

const WEEK = 7;
const MOST_EVIDENCE = 20;

type Table = Map<string, Map<number, number>>;

function tableOf(store: BudgetStore, fromDay: number, endDay: number): Table {
  const table: Table = new Map();
  for (const { day, personId, band, seconds } of store.volumes(fromDay, endDay)) {
    for (const key of [`person:${personId}`, `person:${personId}:${band}`, `band:${band}`]) {
      const days = table.get(key) ?? new Map<number, number>();
      days.set(day, (days.get(day) ?? 0) + seconds);
      table.set(key, days);
    }
  }
  return table;
}

function evidenceOf(store: BudgetStore, { key, fromDay }: VolumeFinding, day: number): readonly number[] {
  const [kind = '', of = '', band] = key.split(':');
  const whose = kind === 'person' ? { personId: Number(of), band: band as Band | undefined } : { band: of as Band };
  return store.longestCalls(fromDay, day + 1, whose, MOST_EVIDENCE);
}

/** Takes the next day of either kind, today's last. True while there are more. */
export function judgeVolume(parts: WatchParts): boolean {
  const { memory, rules, now } = parts;
  for (const scope of ['history', 'live'] as const) {
    const key = `${DAYS_KEY}:${scope}`;
    const days = (memory.get(key) ?? []) as number[];
    const [day] = days;
    if (day === undefined) continue;
    memory.set(key, days.slice(1), true);
    // Old days that a live source sent late are found with the rest of the past.
    const isHistory = scope === 'history' || day < dayOf(now) - WEEK;
    if (rules.volume.isOn) judgeDay(parts, day, isHistory);
    return true;
  }
  return false;
}

function judgeDay({ db, rules, calendar, memory, meet }: WatchParts, day: number, isHistory: boolean): void {
  const store = new BudgetStore(db);
  const rule = rules.volume;
  if (!mayBeUnusual(tableOf(store, day - WEEK + 1, day + 1), day, rule)) return;
  const firstDay = store.firstDay() ?? day;
  const table = tableOf(store, day - volumeDays(rule), day + 1);
  const scope = isHistory ? `${HISTORY_SCOPE}:` : LIVE_SCOPE;
  for (const found of findUnusualVolume({ table, day, firstDay, calendar, rule, state: memory, scope })) {
    meet({ ...found.finding, callIds: evidenceOf(store, found, day) }, isHistory);
  }
}
