/** Calls that somebody has to look at, and why. */
import { DAY_S, type OfficeCalendar } from '../model/office-calendar.ts';
import { add, type Conditions, where } from './conditions.ts';
import type { Database } from './database.ts';
import type { ReportSelection } from './report-selection.ts';

export const EXCEPTION_KINDS = [
  'no-code',
  'unknown-code',
  'code-not-valid',
  'unrated',
  'after-hours',
  'policy',
] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

const WORKDAY = (day: string): string =>
  `((${day} + 3) % 7 + 1 IN (SELECT value FROM json_each(?)) AND ${day} NOT IN (SELECT value FROM json_each(?)))`;

/** What makes each kind; on `calls c`, with values. */
function conditionOf(kind: ExceptionKind, calendar: OfficeCalendar): Conditions {
  switch (kind) {
    case 'no-code':
    case 'unknown-code':
    case 'code-not-valid':
      return { sql: ['c.reason = ?'], values: [kind] };
    case 'unrated':
      return { sql: ["c.rating = 'unrated'"], values: [] };
    case 'policy':
      return { sql: ["(c.verdict IS NOT NULL AND c.verdict <> 'obeys')"], values: [] };
    case 'after-hours':
      return afterHours(calendar);
  }
}

/** Outside the hours of the day, and of the day before where they go past midnight. */
function afterHours({ opensAtS, closesAtS, weekdays, holidays }: OfficeCalendar): Conditions {
  const days = [JSON.stringify([...weekdays]), JSON.stringify([...holidays])];
  const day = `(c.start_local_s / ${DAY_S})`;
  const second = `(c.start_local_s % ${DAY_S})`;
  if (closesAtS > opensAtS) {
    return {
      sql: [`NOT (${WORKDAY(day)} AND ${second} >= ? AND ${second} < ?)`],
      values: [...days, opensAtS, closesAtS],
    };
  }
  return {
    sql: [`NOT ((${WORKDAY(day)} AND ${second} >= ?) OR (${WORKDAY(`(${day} - 1)`)} AND ${second} < ?))`],
    values: [...days, opensAtS, ...days, closesAtS],
  };
}

/** The selection's calls that are of any of these kinds. */
export function exceptionConditions(
  selection: ReportSelection,
  kinds: readonly ExceptionKind[],
  calendar: OfficeCalendar,
): Conditions {
  const conditions = selection.ofCalls();
  const parts = kinds.map((kind) => conditionOf(kind, calendar));
  add(conditions, `(${parts.flatMap(({ sql }) => sql).join(' OR ')})`, ...parts.flatMap(({ values }) => values));
  return conditions;
}

export interface ExceptionSum {
  readonly currency: string;
  readonly calls: number;
  readonly talkSeconds: number;
  readonly chargeMicro: bigint;
}

export function exceptionSums(db: Database, conditions: Conditions, isPrivate?: true): readonly ExceptionSum[] {
  const only: Conditions =
    isPrivate === true ? { ...conditions, sql: ["c.purpose = 'private'", ...conditions.sql] } : conditions;
  const rows = db
    .prepare(
      `SELECT COALESCE(c.currency, '') AS currency, COUNT(*) AS calls, SUM(c.talk_s) AS talkSeconds,
         CAST(COALESCE(SUM(c.charge_micro), 0) AS TEXT) AS charge
       FROM calls c ${where(only)} GROUP BY 1 ORDER BY 1`,
    )
    .all(...only.values) as (Omit<ExceptionSum, 'chargeMicro'> & { charge: string })[];
  return rows.map(({ charge, ...row }) => ({ ...row, chargeMicro: BigInt(charge) }));
}
