/** Charges of a month by the version that priced them, of versions whose tax is taken on the sum. */
import { type AmountMicro, amountMicro } from '../model/money.ts';
import { chargeable } from './conditions.ts';
import type { Database } from './database.ts';
import { inMonth, inMonthValues } from './month.ts';
import { daysOfMonth } from './month-days.ts';

export interface VersionCharges {
  readonly versionId: number;
  readonly currency: string;
  readonly amountMicro: AmountMicro;
}

/** Calls are looked at only where there is such a version. */
export function chargesByVersion(db: Database, month: string): readonly VersionCharges[] {
  const ids = db
    .prepare("SELECT id FROM tariff_versions WHERE json_extract(definition, '$.taxPoint') = 'total'")
    .pluck()
    .all() as number[];
  if (ids.length === 0) return [];
  const { first, end } = daysOfMonth(month);
  const rows = db
    .prepare(
      `SELECT c.tariff_version_id AS versionId, c.currency, CAST(SUM(c.charge_micro) AS TEXT) AS chargeText
       FROM calls c WHERE ${inMonth('c')} AND ${chargeable('c')} AND c.charge_micro IS NOT NULL
         AND c.tariff_version_id IN (SELECT value FROM json_each(?))
       GROUP BY 1, 2 ORDER BY 1, 2`,
    )
    .all(...inMonthValues(first, end), JSON.stringify(ids)) as {
    versionId: number;
    currency: string;
    chargeText: string;
  }[];
  return rows.map(({ chargeText, ...row }) => ({ ...row, amountMicro: amountMicro(BigInt(chargeText)) }));
}
