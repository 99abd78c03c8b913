/** The month by extension and by trunk. */
import { amountMicro } from '../model/money.ts';
import type { MonthLine } from '../store/month-lines.ts';
import { DETAIL_LINE_KEYS, lineKeys } from './month-detail.ts';
import { chargeIn, type MonthFacts } from './month-facts.ts';
import { type GroupRow, groupSheet, NOTHING_EXTRA } from './month-groups.ts';
import { EXTENSION, TRUNK } from './month-keys.ts';
import type { TableSheet } from './report.ts';

export function extensionSheet(facts: MonthFacts): TableSheet {
  return lineSheet(facts, EXTENSION, facts.extensions);
}

export function trunkSheet(facts: MonthFacts): TableSheet {
  return lineSheet(facts, TRUNK, facts.trunks);
}

function lineSheet(facts: MonthFacts, id: typeof EXTENSION | typeof TRUNK, lines: readonly MonthLine[]): TableSheet {
  const { t } = facts;
  const keys = lineKeys(lines);
  const rows = lines.map((line): GroupRow & { readonly name: string | null } => ({
    ...line,
    byBand: {},
    extra: NOTHING_EXTRA,
  }));
  return groupSheet(facts, {
    id,
    rows,
    totals: lineTotals(facts, lines),
    where: ({ name }) => ({ [DETAIL_LINE_KEYS[id]]: keys.get(name) ?? 0 }),
    nameColumns: [{ key: 'name', heading: t(`report.column.${id}`), type: 'text', width: 26 }],
    nameCells: ({ name }) => [name ?? t(`report.row.no-${id}`)],
    hasDetails: false,
  });
}

/** Their own sums, so that the sheet of checks has something to compare. */
function lineTotals({ currencies }: MonthFacts, lines: readonly MonthLine[]): GroupRow {
  const sum = (pick: (line: MonthLine) => number): number => lines.reduce((all, line) => all + pick(line), 0);
  return {
    calls: sum((line) => line.calls),
    talkSeconds: sum((line) => line.talkSeconds),
    unratedCalls: sum((line) => line.unratedCalls),
    charges: currencies.map((currency) => ({
      currency,
      amountMicro: amountMicro(lines.reduce<bigint>((all, line) => all + chargeIn(line, currency), 0n)),
    })),
    byBand: {},
    extra: NOTHING_EXTRA,
  };
}
