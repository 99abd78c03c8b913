/** The calls of a report themselves: in order of time, the first of an order, and what only they know. */
import { CALL_VIEW, type CallView, type CallViewColumns, callViewOf } from './calls.ts';
import { type Conditions, where } from './conditions.ts';
import type { Database } from './database.ts';
import type { ReportSelection } from './report-selection.ts';

const CHUNK_ROWS = 2000;
/** Millionths in one unit, a tenth, a hundredth ... of a currency. */
const DECIMAL_UNITS = [1_000_000, 100_000, 10_000, 1_000, 100, 10] as const;

/** Versions of price lists that priced the report's calls. */
export function versionsInUse(db: Database, selection: ReportSelection): readonly number[] {
  const parts = selection.ofCallsApart();
  const used = parts.map(
    ({ sql }) => `EXISTS (SELECT 1 FROM calls c WHERE c.tariff_version_id = v.id AND ${sql.join(' AND ')})`,
  );
  return db
    .prepare(`SELECT id FROM tariff_versions v WHERE ${used.join(' OR ')} ORDER BY id`)
    .pluck()
    .all(...parts.flatMap(({ values }) => values)) as number[];
}

export interface ListedCount {
  readonly calls: number;
  /** Decimals (0 to 6) that their charges really have. */
  readonly chargeDecimals: number;
}

/** One reading of the calls that meet these conditions. */
export function countListed(db: Database, conditions: Conditions): ListedCount {
  const finer = DECIMAL_UNITS.map((unit, i) => `MAX(c.charge_micro % ${unit} != 0) AS finer${i}`);
  const row = db
    .prepare(`SELECT COUNT(*) AS calls, ${finer.join(', ')} FROM calls c ${where(conditions)}`)
    .get(...conditions.values) as Record<string, number | null>;
  return {
    calls: Number(row['calls']),
    chargeDecimals: DECIMAL_UNITS.filter((_, i) => row[`finer${i}`] === 1).length,
  };
}

/** Oldest first, late ones at their start; a chunk in memory at a time. */
export function* listedCalls(db: Database, conditions: Conditions, skip = 0): Generator<CallView> {
  const first = db.prepare(
    `${CALL_VIEW} ${where(conditions)} ORDER BY c.start_local_s, c.id LIMIT ${CHUNK_ROWS} OFFSET ?`,
  );
  const next = db.prepare(
    `${CALL_VIEW} ${where(conditions)} AND (c.start_local_s, c.id) > (?, ?)
     ORDER BY c.start_local_s, c.id LIMIT ${CHUNK_ROWS}`,
  );
  let rows = first.all(...conditions.values, skip) as CallViewColumns[];
  for (;;) {
    for (const row of rows) yield callViewOf(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < CHUNK_ROWS) return;
    rows = next.all(...conditions.values, last.start_local_s, last.id) as CallViewColumns[];
  }
}

const ORDERS = {
  charge: 'c.charge_micro DESC',
  talk: 'c.talk_s DESC',
} as const;

/** The first calls of an order. */
export function firstCalls(
  db: Database,
  conditions: Conditions,
  by: keyof typeof ORDERS,
  limit: number,
): readonly CallView[] {
  const rows = db
    .prepare(`${CALL_VIEW} ${where(conditions)} ORDER BY ${ORDERS[by]}, c.start_local_s, c.id LIMIT ?`)
    .all(...conditions.values, limit) as CallViewColumns[];
  return rows.map(callViewOf);
}
