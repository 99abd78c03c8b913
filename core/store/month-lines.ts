/** The month's outside calls by the telephone or the trunk they went through. */
import { amountMicro } from '../model/money.ts';
import type { ChargeSum } from './call-filter.ts';
import { chargeable } from './conditions.ts';
import type { Database } from './database.ts';
import { inMonth, inMonthValues } from './month.ts';
import { daysOfMonth } from './month-days.ts';

export type MonthLineKind = 'extension' | 'trunk';

export interface MonthLine {
  /** Null: the records do not say. */
  readonly name: string | null;
  readonly calls: number;
  readonly talkSeconds: number;
  readonly unratedCalls: number;
  readonly charges: readonly ChargeSum[];
}

interface LineColumns {
  readonly name: string | null;
  readonly currency: string | null;
  readonly calls: number;
  readonly talkSeconds: number;
  readonly unratedCalls: number;
  readonly chargeText: string;
}

const byNumber = new Intl.Collator('en', { numeric: true });

/** In the order of their numbers; calls that name none last. */
export function monthLines(db: Database, month: string, kind: MonthLineKind): readonly MonthLine[] {
  const { first, end } = daysOfMonth(month);
  const rows = db
    .prepare(
      `SELECT c.${kind} AS name, c.currency, COUNT(*) AS calls, SUM(c.talk_s) AS talkSeconds,
         SUM(c.rating = 'unrated') AS unratedCalls, CAST(COALESCE(SUM(c.charge_micro), 0) AS TEXT) AS chargeText
       FROM calls c WHERE ${chargeable('c')} AND ${inMonth('c')} GROUP BY 1, 2`,
    )
    .all(...inMonthValues(first, end)) as LineColumns[];
  const lines = [...Map.groupBy(rows, (row) => row.name)].map(([name, parts]): MonthLine => {
    const sum = (pick: (part: LineColumns) => number): number => parts.reduce((all, part) => all + pick(part), 0);
    return {
      name,
      calls: sum((part) => part.calls),
      talkSeconds: sum((part) => part.talkSeconds),
      unratedCalls: sum((part) => part.unratedCalls),
      charges: parts.flatMap(({ currency, chargeText }) =>
        currency === null ? [] : [{ currency, amountMicro: amountMicro(BigInt(chargeText)) }],
      ),
    };
  });
  return lines.sort((a, b) => {
    if (a.name === null || b.name === null) return Number(a.name === null) - Number(b.name === null);
    return byNumber.compare(a.name, b.name) || (a.name < b.name ? -1 : 1);
  });
}
