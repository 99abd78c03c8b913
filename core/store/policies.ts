/** Code rules with their days, and the calls that they judge. */
import {
  type AttributionReason,
  type Band,
  type CallDirection,
  type CallId,
  type CallVerdict,
  callIdOf,
} from '../model/call.ts';
import type { CodePolicy } from '../model/code-policy.ts';
import { AppError } from '../model/errors.ts';
import { type LocalDay, type LocalSeconds, localSecondsOfDay } from '../model/time.ts';
import { cachedStatement } from './cached-statement.ts';
import { OUTBOUND } from './conditions.ts';
import { bookedDayOf, SECONDS_PER_DAY } from './daily-sums.ts';
import type { Database } from './database.ts';
import { monthOfDay } from './month.ts';

export interface PolicyRow {
  readonly id: number;
  readonly validFrom: LocalDay;
  readonly policy: CodePolicy;
  readonly note: string;
  readonly createdAtMs: number;
  readonly createdBy: string;
  readonly removedAtMs: number | null;
  readonly removedBy: string | null;
}

export interface PolicyInput {
  readonly validFrom: LocalDay;
  readonly policy: CodePolicy;
  readonly note: string;
  readonly by: string;
}

interface PolicyColumns extends Omit<PolicyRow, 'policy'> {
  readonly definition: string;
}

const COLUMNS = `id, valid_from AS validFrom, definition, note, created_at_ms AS createdAtMs, created_by AS createdBy,
  removed_at_ms AS removedAtMs, removed_by AS removedBy`;

function rowOf({ definition, ...columns }: PolicyColumns): PolicyRow {
  // Checked when it was stored.
  return { ...columns, policy: JSON.parse(definition) as CodePolicy };
}

/** In the order in which they begin, of equal days the newest last; also removed ones. */
export function listPolicies(db: Database): readonly PolicyRow[] {
  return cachedStatement<[], PolicyColumns>(db, `SELECT ${COLUMNS} FROM code_policies ORDER BY valid_from, id`)
    .all()
    .map(rowOf);
}

/** Those that judge calls. */
export function policiesInUse(db: Database): readonly PolicyRow[] {
  return listPolicies(db).filter(({ removedAtMs }) => removedAtMs === null);
}

export function addPolicy(db: Database, { validFrom, policy, note, by }: PolicyInput, nowMs: number): number {
  const { lastInsertRowid } = cachedStatement(
    db,
    'INSERT INTO code_policies (valid_from, definition, note, created_at_ms, created_by) VALUES (?, ?, ?, ?, ?)',
  ).run(validFrom, JSON.stringify(policy), note, nowMs, by);
  return Number(lastInsertRowid);
}

/** Throws `not-found` for one that is not in use. */
export function removePolicy(db: Database, id: number, by: string, nowMs: number): void {
  const { changes } = cachedStatement(
    db,
    'UPDATE code_policies SET removed_at_ms = ?, removed_by = ? WHERE id = ? AND removed_at_ms IS NULL',
  ).run(nowMs, by, id);
  if (changes === 0) throw new AppError('not-found', { what: 'policy', id });
}

/** The department above each that has one. */
export function departmentParents(db: Database): ReadonlyMap<number, number> {
  const rows = cachedStatement<[], { readonly id: number; readonly parentId: number }>(
    db,
    'SELECT id, parent_id AS parentId FROM departments WHERE parent_id IS NOT NULL',
  ).all();
  return new Map(rows.map(({ id, parentId }) => [id, parentId]));
}

/** An outside call as judging sees it, and what it is judged now. */
export interface JudgedRow {
  readonly id: CallId;
  readonly startLocalS: LocalSeconds;
  readonly direction: CallDirection;
  readonly extension: string | null;
  readonly code: string | null;
  readonly band: Band;
  readonly reason: AttributionReason;
  readonly personId: number | null;
  readonly departmentId: number | null;
  readonly verdict: CallVerdict | null;
  /** Day it is summed at where it came after its own month was closed. */
  readonly lateDay: number | null;
}

const CHUNK_CALLS = 5000;

/** Outside calls of open months from a day on, oldest first, a chunk at a time. */
export function* openOutsideCalls(db: Database, from: LocalDay): Generator<readonly JudgedRow[]> {
  const closed = new Set(cachedStatement<[], string>(db, 'SELECT month FROM closed_months').pluck().all());
  const next = cachedStatement<[number, number], JudgedRow>(
    db,
    `SELECT id, start_local_s AS startLocalS, direction, extension, code, band, reason, person_id AS personId,
       department_id AS departmentId, verdict, late_day AS lateDay
     FROM calls WHERE (start_local_s, id) > (?, ?) AND direction IN ${OUTBOUND}
     ORDER BY start_local_s, id LIMIT ${CHUNK_CALLS}`,
  );
  let last: Pick<JudgedRow, 'startLocalS' | 'id'> = { startLocalS: (localSecondsOfDay(from) ?? 0) - 1, id: 0 };
  for (;;) {
    const rows = next.all(last.startLocalS, last.id);
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end;
    yield closed.size === 0 ? rows : rows.filter((row) => !closed.has(monthOfDay(bookedDayOf(row))));
  }
}

type Breach = Exclude<CallVerdict, 'obeys'>;

/** Broken rules of one extension and one verdict. */
export interface BreachRow {
  readonly sourceId: number;
  readonly extension: string | null;
  readonly verdict: Breach;
  readonly calls: number;
  /** Of them those that nobody answered. */
  readonly attempts: number;
  readonly firstLocalS: LocalSeconds;
  readonly lastLocalS: LocalSeconds;
}

/** Inclusive; absent: since ever, until ever. */
export interface DaySpan {
  readonly from?: LocalDay | undefined;
  readonly to?: LocalDay | undefined;
}

/** First second and the one behind the last. */
function secondsOf({ from, to }: DaySpan): [first: LocalSeconds, end: LocalSeconds] {
  const first = from === undefined ? undefined : localSecondsOfDay(from);
  const last = to === undefined ? undefined : localSecondsOfDay(to);
  return [first ?? Number.MIN_SAFE_INTEGER, last === undefined ? Number.MAX_SAFE_INTEGER : last + SECONDS_PER_DAY];
}

/** Most calls first. */
export function breachesByExtension(db: Database, days: DaySpan): readonly BreachRow[] {
  return cachedStatement<[number, number], BreachRow>(
    db,
    `SELECT id / ${2 ** 40} AS sourceId, extension, verdict, COUNT(*) AS calls,
       COUNT(*) FILTER (WHERE is_answered = 0 OR (is_answered IS NULL AND talk_s = 0)) AS attempts,
       MIN(start_local_s) AS firstLocalS, MAX(start_local_s) AS lastLocalS
     FROM calls WHERE verdict IS NOT NULL AND verdict <> 'obeys' AND start_local_s >= ? AND start_local_s < ?
     GROUP BY 1, extension, verdict ORDER BY calls DESC, 1, extension, verdict`,
  ).all(...secondsOf(days));
}

/** The newest calls of a row. */
export function newestBreaches(db: Database, row: BreachRow, limit: number): readonly CallId[] {
  const { sourceId, extension, verdict, firstLocalS, lastLocalS } = row;
  return cachedStatement<(string | number | null)[], CallId>(
    db,
    `SELECT id FROM calls
     WHERE verdict IS NOT NULL AND verdict <> 'obeys' AND verdict = ? AND extension IS ? AND id >= ? AND id < ?
       AND start_local_s BETWEEN ? AND ? ORDER BY start_local_s DESC, id DESC LIMIT ?`,
  )
    .pluck()
    .all(
      verdict,
      extension,
      callIdOf(sourceId, 0),
      callIdOf(sourceId + 1, 0),
      firstLocalS,
      lastLocalS,
      limit,
    ) as CallId[];
}

/** Outside calls of a source that were judged. */
export interface JudgedSource {
  readonly sourceId: number;
  readonly judged: number;
  readonly obeying: number;
  readonly withCode: number;
}

export function judgedBySource(db: Database, days: DaySpan): readonly JudgedSource[] {
  return cachedStatement<[number, number], JudgedSource>(
    db,
    `SELECT id / ${2 ** 40} AS sourceId, COUNT(*) AS judged, COUNT(*) FILTER (WHERE verdict = 'obeys') AS obeying,
       COUNT(code) AS withCode
     FROM calls WHERE verdict IS NOT NULL AND start_local_s >= ? AND start_local_s < ? GROUP BY 1 ORDER BY 1`,
  ).all(...secondsOf(days));
}
