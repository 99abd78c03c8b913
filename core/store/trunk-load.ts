/** How long trunks were held in every clock hour of a report's days, by calls of any direction. */
import { where } from './conditions.ts';
import type { Database } from './database.ts';
import type { ReportSelection } from './report-selection.ts';

/** Seconds of holding by clock hour (hours since 1970 on the site's wall clock). */
export type HourLoad = ReadonlyMap<number, number>;

const HOUR_S = 3600;

/** By trunk. A call holds its trunk from the first ring to the end, and the part of it in an hour counts there. */
export function trunkLoads(db: Database, selection: ReportSelection): ReadonlyMap<string, HourLoad> {
  const { sql, values } = selection.ofTrunks();
  const rows = db
    .prepare(`SELECT c.trunk, c.start_local_s, c.talk_s + COALESCE(c.ring_s, 0) FROM calls c ${where({ sql, values })}`)
    .raw()
    .iterate(...values) as IterableIterator<[string, number, number]>;
  const loads = new Map<string, Map<number, number>>();
  for (const [trunk, start, held] of rows) {
    let hours = loads.get(trunk);
    if (hours === undefined) {
      hours = new Map();
      loads.set(trunk, hours);
    }
    addHolding(hours, start, held);
  }
  return loads;
}

function addHolding(hours: Map<number, number>, start: number, held: number): void {
  const end = start + held;
  for (let from = start; from < end; ) {
    const hour = Math.floor(from / HOUR_S);
    const to = Math.min(end, (hour + 1) * HOUR_S);
    hours.set(hour, (hours.get(hour) ?? 0) + (to - from));
    from = to;
  }
}

/** Group of each trunk that is in one. */
export function trunkGroups(db: Database): ReadonlyMap<string, string> {
  const rows = db.prepare('SELECT trunk, group_name FROM trunk_groups').raw().all() as [string, string][];
  return new Map(rows);
}
