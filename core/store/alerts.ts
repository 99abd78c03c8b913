/** Alerts: one row a case, what people did with it, and which calls show it. */
import { type AlertKind, type AlertValues, type Finding, isGraver, type Severity } from '../model/alert.ts';
import { type CallId, callIdOf } from '../model/call.ts';
import { AppError } from '../model/errors.ts';
import type { LocalSeconds } from '../model/time.ts';
import { cachedStatement } from './cached-statement.ts';
import { add, type Conditions, where } from './conditions.ts';
import type { Database } from './database.ts';

export const ALERT_STATES = ['open', 'acknowledged', 'snoozed', 'resolved'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

export interface AlertRow {
  readonly id: number;
  readonly caseKey: string;
  readonly kind: AlertKind;
  readonly severity: Severity;
  readonly state: AlertState;
  /** Found in calls that were old when they came: nobody was told. */
  readonly isHistory: boolean;
  readonly count: number;
  readonly values: AlertValues;
  /** The newest `MOST_EVIDENCE` of its calls, oldest first. */
  readonly callIds: readonly CallId[];
  readonly firstLocalS: LocalSeconds;
  readonly lastLocalS: LocalSeconds;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  readonly snoozedUntilMs: number | null;
  readonly assignedTo: string | null;
}

export interface AlertFilter {
  readonly states?: readonly AlertState[] | undefined;
  readonly kind?: AlertKind | undefined;
  readonly severity?: Severity | undefined;
  readonly isHistory?: boolean | undefined;
  readonly assignedTo?: string | undefined;
  /** With `open`: also snoozed ones whose time is over by then. */
  readonly atMs?: number | undefined;
}

export const ALERT_ACTIONS = ['acknowledge', 'snooze', 'resolve', 'reopen', 'assign', 'note'] as const;
export type AlertAction = (typeof ALERT_ACTIONS)[number];

export interface AlertNote {
  readonly id: number;
  readonly atMs: number;
  readonly by: string;
  readonly action: AlertAction;
  /** For an assignment, to whom. */
  readonly note: string;
}

/** What meeting a case means: `new` and `again` (it went on after it was put away) and `graver` are told, `more` counts up. */
export type Meeting = 'new' | 'again' | 'graver' | 'more' | 'same';

const MOST_EVIDENCE = 50;

interface AlertColumns {
  readonly id: number;
  readonly case_key: string;
  readonly kind: AlertKind;
  readonly severity: Severity;
  readonly state: AlertState;
  readonly is_history: number;
  readonly call_count: number;
  readonly details: string;
  readonly call_ids: string;
  readonly first_local_s: number;
  readonly last_local_s: number;
  readonly created_at_ms: number;
  readonly changed_at_ms: number;
  readonly snoozed_until_ms: number | null;
  readonly assigned_to: string | null;
}

function rowOf(c: AlertColumns): AlertRow {
  return {
    id: c.id,
    caseKey: c.case_key,
    kind: c.kind,
    severity: c.severity,
    state: c.state,
    isHistory: c.is_history !== 0,
    count: c.call_count,
    values: JSON.parse(c.details) as AlertValues,
    callIds: JSON.parse(c.call_ids) as CallId[],
    firstLocalS: c.first_local_s,
    lastLocalS: c.last_local_s,
    createdAtMs: c.created_at_ms,
    changedAtMs: c.changed_at_ms,
    snoozedUntilMs: c.snoozed_until_ms,
    assignedTo: c.assigned_to,
  };
}

/** How a case that is met again goes on; `state` as it is now. */
function meetingOf(before: AlertRow, finding: Finding, nowMs: number): Meeting {
  const known = new Set(before.callIds);
  const isMore = finding.count > before.count || finding.callIds.some((id) => !known.has(id));
  if (!isMore && JSON.stringify(finding.values) === JSON.stringify(before.values)) return 'same';
  if (isGraver(finding.severity, before.severity)) return 'graver';
  const isAwake = before.state === 'snoozed' && nowMs >= (before.snoozedUntilMs ?? 0);
  if (isMore && (before.state === 'resolved' || isAwake)) return 'again';
  return 'more';
}

export class AlertStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Stores what was found of a case, in the transaction of the calls that made it. */
  meet(finding: Finding, isHistory: boolean, nowMs: number): { readonly id: number; readonly meeting: Meeting } {
    const before = this.#byKey(finding.caseKey);
    if (before === undefined) return { id: this.#insert(finding, isHistory, nowMs), meeting: 'new' };
    const meeting = meetingOf(before, finding, nowMs);
    if (meeting === 'same') return { id: before.id, meeting };
    const isOpenAgain = meeting === 'again' || meeting === 'graver';
    cachedStatement(
      this.#db,
      `UPDATE alerts SET severity = ?, state = ?, call_count = ?, details = ?, call_ids = ?, first_local_s = ?,
         last_local_s = ?, changed_at_ms = ?, snoozed_until_ms = ? WHERE id = ?`,
    ).run(
      isGraver(finding.severity, before.severity) ? finding.severity : before.severity,
      isOpenAgain ? 'open' : before.state,
      Math.max(finding.count, before.count),
      JSON.stringify(finding.values),
      evidenceOf([...before.callIds, ...finding.callIds]),
      Math.min(finding.firstLocalS, before.firstLocalS),
      Math.max(finding.lastLocalS, before.lastLocalS),
      nowMs,
      isOpenAgain ? null : before.snoozedUntilMs,
      before.id,
    );
    return { id: before.id, meeting };
  }

  get(id: number): AlertRow | undefined {
    const row = this.#db.prepare('SELECT * FROM alerts WHERE id = ?').get(id) as AlertColumns | undefined;
    return row === undefined ? undefined : rowOf(row);
  }

  /** Newest first. `before`: ids below. */
  list(filter: AlertFilter, limit: number, before?: number): readonly AlertRow[] {
    const conditions = conditionsOf(filter);
    if (before !== undefined) add(conditions, 'id < ?', before);
    return (
      this.#db
        .prepare(`SELECT * FROM alerts ${where(conditions)} ORDER BY id DESC LIMIT ?`)
        .all(...conditions.values, limit) as AlertColumns[]
    ).map(rowOf);
  }

  count(filter: AlertFilter): number {
    const conditions = conditionsOf(filter);
    const sql = `SELECT COUNT(*) FROM alerts ${where(conditions)}`;
    return this.#db
      .prepare(sql)
      .pluck()
      .get(...conditions.values) as number;
  }

  notes(id: number): readonly AlertNote[] {
    return this.#db
      .prepare(
        'SELECT id, at_ms AS atMs, by_name AS "by", action, note FROM alert_notes WHERE alert_id = ? ORDER BY id',
      )
      .all(id) as AlertNote[];
  }

  /** Takes out the alerts that only calls of this source show, with the source. */
  removeOfSource(sourceId: number): void {
    this.#db
      .prepare(
        `DELETE FROM alerts WHERE call_ids <> '[]'
         AND NOT EXISTS (SELECT 1 FROM json_each(call_ids) WHERE value < ? OR value >= ?)`,
      )
      .run(callIdOf(sourceId, 0), callIdOf(sourceId + 1, 0));
  }

  /** What a person does with an alert, with its place in the history. Throws `not-found`. */
  act(
    id: number,
    action: AlertAction,
    { by, note, untilMs, assignedTo }: { by: string; note: string; untilMs?: number; assignedTo?: string | null },
    nowMs: number,
  ): void {
    const alert = this.get(id);
    if (alert === undefined) throw new AppError('not-found', { what: 'alert', id });
    const state = { acknowledge: 'acknowledged', snooze: 'snoozed', resolve: 'resolved', reopen: 'open' } as const;
    this.#db.transaction(() => {
      if (action === 'assign') {
        this.#db.prepare('UPDATE alerts SET assigned_to = ? WHERE id = ?').run(assignedTo ?? null, id);
      } else if (action !== 'note') {
        const until = action === 'snooze' ? (untilMs ?? nowMs) : null;
        this.#db
          .prepare('UPDATE alerts SET state = ?, snoozed_until_ms = ? WHERE id = ?')
          .run(state[action], until, id);
      }
      const words = action === 'assign' ? (assignedTo ?? '') : note;
      this.#db
        .prepare('INSERT INTO alert_notes (alert_id, at_ms, by_name, action, note) VALUES (?, ?, ?, ?, ?)')
        .run(id, nowMs, by, action, words);
    })();
  }

  #byKey(caseKey: string): AlertRow | undefined {
    const row = cachedStatement<[string], AlertColumns>(this.#db, 'SELECT * FROM alerts WHERE case_key = ?').get(
      caseKey,
    );
    return row === undefined ? undefined : rowOf(row);
  }

  #insert(finding: Finding, isHistory: boolean, nowMs: number): number {
    const { lastInsertRowid } = cachedStatement(
      this.#db,
      `INSERT INTO alerts (case_key, kind, severity, state, is_history, call_count, details, call_ids, first_local_s,
         last_local_s, created_at_ms, changed_at_ms) VALUES (?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      finding.caseKey,
      finding.kind,
      finding.severity,
      Number(isHistory),
      finding.count,
      JSON.stringify(finding.values),
      evidenceOf(finding.callIds),
      finding.firstLocalS,
      finding.lastLocalS,
      nowMs,
      nowMs,
    );
    return Number(lastInsertRowid);
  }
}

function evidenceOf(ids: readonly CallId[]): string {
  return JSON.stringify([...new Set(ids)].slice(-MOST_EVIDENCE));
}

function conditionsOf({ states, kind, severity, isHistory, assignedTo, atMs }: AlertFilter): Conditions {
  const conditions: Conditions = { sql: [], values: [] };
  if (states !== undefined) {
    const awakeAtMs = states.includes('open') ? (atMs ?? 0) : 0;
    const awake = "(state = 'snoozed' AND snoozed_until_ms <= ?)";
    add(conditions, `(state IN (SELECT value FROM json_each(?)) OR ${awake})`, JSON.stringify(states), awakeAtMs);
  }
  if (kind !== undefined) add(conditions, 'kind = ?', kind);
  if (severity !== undefined) add(conditions, 'severity = ?', severity);
  if (isHistory !== undefined) add(conditions, 'is_history = ?', Number(isHistory));
  if (assignedTo !== undefined) add(conditions, 'assigned_to = ?', assignedTo);
  return conditions;
}
