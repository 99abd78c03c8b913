/** The calls of a report themselves: in order of time, the first of an order, and what only they know. Private ones stay out. */
import { type AmountMicro, amountMicro } from '../model/money.ts';
import { CALL_VIEW, type CallView, type CallViewColumns, callViewOf } from './calls.ts';
import { type Conditions, where } from './conditions.ts';
import type { Database } from './database.ts';
import type { ReportSelection } from './report-selection.ts';

const CHUNK_ROWS = 2000;
/** What the list says of private calls is that there are some. */
const LISTED = "c.purpose IS NOT 'private'";
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

/** One reading of the calls that meet these conditions and may be listed. */
export function countListed(db: Database, conditions: Conditions): ListedCount {
  const finer = DECIMAL_UNITS.map((unit, i) => `MAX(c.charge_micro % ${unit} != 0) AS finer${i}`);
  const row = db
    .prepare(`SELECT COUNT(*) AS calls, ${finer.join(', ')} FROM calls c ${where(listed(conditions))}`)
    .get(...conditions.values) as Record<string, number | null>;
  return {
    calls: Number(row['calls']),
    chargeDecimals: DECIMAL_UNITS.filter((_, i) => row[`finer${i}`] === 1).length,
  };
}

/** Oldest first, late ones at their start; a chunk in memory at a time. */
export function* listedCalls(db: Database, conditions: Conditions, skip = 0): Generator<CallView> {
  const both = listed(conditions);
  const first = db.prepare(`${CALL_VIEW} ${where(both)} ORDER BY c.start_local_s, c.id LIMIT ${CHUNK_ROWS} OFFSET ?`);
  const next = db.prepare(
    `${CALL_VIEW} ${where(both)} AND (c.start_local_s, c.id) > (?, ?)
     ORDER BY c.start_local_s, c.id LIMIT ${CHUNK_ROWS}`,
  );
  let rows = first.all(...both.values, skip) as CallViewColumns[];
  for (;;) {
    for (const row of rows) yield callViewOf(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < CHUNK_ROWS) return;
    rows = next.all(...both.values, last.start_local_s, last.id) as CallViewColumns[];
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
  const both = listed(conditions);
  const rows = db
    .prepare(`${CALL_VIEW} ${where(both)} ORDER BY ${ORDERS[by]}, c.start_local_s, c.id LIMIT ?`)
    .all(...both.values, limit) as CallViewColumns[];
  return rows.map(callViewOf);
}

export interface CurrencySum {
  readonly currency: string;
  readonly chargeMicro: AmountMicro;
}

function listed({ sql, values }: Conditions): Conditions {
  return { sql: [LISTED, ...sql], values };
}

/** What the listed calls of some conditions were charged, by currency. */
export function chargesOf(db: Database, conditions: Conditions): readonly CurrencySum[] {
  const both = listed(conditions);
  const rows = db
    .prepare(
      `SELECT c.currency AS currency, CAST(SUM(c.charge_micro) AS TEXT) AS charge FROM calls c ${where(both)}
       AND c.charge_micro IS NOT NULL GROUP BY 1 ORDER BY 1`,
    )
    .all(...both.values) as { currency: string; charge: string }[];
  return rows.map(({ currency, charge }) => ({ currency, chargeMicro: amountMicro(BigInt(charge)) }));
}
