/** Tax that an invoice adds to the month's charges, of tariffs that take it on the total. */
import { TariffSet } from '../ingest/tariff-set.ts';
import { amountMicro } from '../model/money.ts';
import { taxOnTotal } from '../rating/tax.ts';
import type { ChargeSum } from '../store/call-filter.ts';
import type { Database } from '../store/database.ts';
import { chargesByVersion } from '../store/month-tax.ts';

/** Empty where every charge of the month holds its own tax. */
export function monthTax(db: Database, month: string): readonly ChargeSum[] {
  const tariffs = new TariffSet(db);
  const taxes = new Map<string, bigint>();
  for (const { versionId, currency, amountMicro: total } of chargesByVersion(db, month)) {
    const version = tariffs.version(versionId);
    if (version === undefined) continue;
    taxes.set(currency, (taxes.get(currency) ?? 0n) + taxOnTotal(version.compiled, total));
  }
  return [...taxes].sort().map(([currency, tax]) => ({ currency, amountMicro: amountMicro(tax) }));
}
