/** What a re-rate found in closed months, as new prices for corrections. */
import type { CallId } from '../model/call.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import type { Database } from './database.ts';

export interface NewPrice {
  readonly callId: CallId;
  readonly chargeMicro: AmountMicro | null;
  readonly currency: string | null;
}

const CHUNK_CALLS = 1000;

/** In order of call, a chunk in memory at a time: other statements may run in between. */
export function* closedPrices(db: Database, rerateId: number): Generator<NewPrice> {
  const chunk = db.prepare(
    `SELECT call_id AS callId, CAST(charge_after AS TEXT) AS chargeText, currency_after AS currency FROM rerate_changes
     WHERE rerate_id = ? AND is_closed = 1 AND call_id > ? ORDER BY call_id LIMIT ${CHUNK_CALLS}`,
  );
  let after = -1;
  for (;;) {
    const rows = chunk.all(rerateId, after) as { callId: CallId; chargeText: string | null; currency: string | null }[];
    for (const { callId, chargeText, currency } of rows) {
      yield { callId, currency, chargeMicro: chargeText === null ? null : amountMicro(BigInt(chargeText)) };
    }
    if (rows.length < CHUNK_CALLS) return;
    after = rows.at(-1)?.callId ?? after;
  }
}
