/**
 * What people decided about single calls, and which of it holds. A decision is never changed: undoing one is another
 * entry. Decisions are found by the bytes of their call, so they hold however often the calls are made anew.
 */
import { type CallId, type CallPurpose, sourceIdOf, sourceOffsetOf } from '../model/call.ts';
import { AppError } from '../model/errors.ts';
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

/** Offset and length of one record of a call in its source. */
export type ByteSpan = readonly [offset: number, length: number];

export type DecidedChange =
  /** Null: nobody's. */
  | { readonly kind: 'owner'; readonly personId: number | null }
  | { readonly kind: 'purpose'; readonly purpose: CallPurpose };

export interface DecisionAct {
  readonly reason: string;
  readonly by: string;
  readonly atMs: number;
}

export interface CallDecision extends DecisionAct {
  readonly id: number;
  readonly callId: CallId;
  readonly kind: DecidedChange['kind'];
  readonly personId: number | null;
  readonly personName: string | null;
  readonly purpose: CallPurpose | null;
  /** The decision that this entry undoes. */
  readonly undoesId: number | null;
  readonly isUndone: boolean;
}

/** What holds for a call. */
export interface HeldDecision {
  readonly owner?: { readonly personId: number | null };
  readonly purpose?: CallPurpose;
}

interface DecisionColumns extends Omit<CallDecision, 'isUndone'> {
  readonly isUndone: number;
}

const COLUMNS = `d.id, d.call_id AS callId, d.kind, d.person_id AS personId, p.name AS personName, d.purpose, d.reason,
  d.made_by AS "by", d.made_at_ms AS atMs, d.undone_id AS undoesId,
  EXISTS (SELECT 1 FROM call_decisions u WHERE u.undone_id = d.id) AS isUndone`;
const FROM = 'FROM call_decisions d LEFT JOIN people p ON p.id = d.person_id';
/** The newest of its kind for its call that is neither an undoing nor undone. */
const HOLDS = `d.id = (SELECT MAX(n.id) FROM call_decisions n WHERE n.call_id = d.call_id AND n.kind = d.kind
  AND n.undone_id IS NULL AND NOT EXISTS (SELECT 1 FROM call_decisions u WHERE u.undone_id = n.id))`;

export class CallDecisionStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** History of a call, oldest first; also of a call that had its bytes before they were read otherwise. */
  ofCall(callId: CallId): readonly CallDecision[] {
    const rows = cachedStatement<[number], DecisionColumns>(
      this.#db,
      `SELECT ${COLUMNS} ${FROM} WHERE d.call_id = ? ORDER BY d.id`,
    ).all(callId);
    return rows.map((row) => ({ ...row, isUndone: row.isUndone === 1 }));
  }

  /** Part of a transaction. */
  add(callId: CallId, spans: readonly ByteSpan[], change: DecidedChange, act: DecisionAct): void {
    cachedStatement(
      this.#db,
      `INSERT INTO call_decisions (call_id, spans, kind, person_id, purpose, reason, made_by, made_at_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      callId,
      JSON.stringify(spans),
      change.kind,
      change.kind === 'owner' ? change.personId : null,
      change.kind === 'purpose' ? change.purpose : null,
      act.reason,
      act.by,
      act.atMs,
    );
  }

  /** Gives the call. Throws AppError `not-found`, and `decision-settled` for a decision that does not hold any more. */
  undo(id: number, act: DecisionAct): CallId {
    const row = this.#db
      .prepare(`SELECT d.call_id AS callId, d.kind, d.spans, ${HOLDS} AS holds FROM call_decisions d WHERE d.id = ?`)
      .get(id) as { callId: number; kind: string; spans: string; holds: number | null } | undefined;
    if (row === undefined) throw new AppError('not-found', { what: 'decision', id });
    if (row.holds !== 1) throw new AppError('decision-settled', { id });
    this.#db
      .prepare(
        `INSERT INTO call_decisions (call_id, spans, kind, reason, made_by, made_at_ms, undone_id)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(row.callId, row.spans, row.kind, act.reason, act.by, act.atMs, id);
    return row.callId;
  }

  /** Throws AppError `not-found`. */
  callOf(id: number): CallId {
    const callId = this.#db.prepare('SELECT call_id FROM call_decisions WHERE id = ?').pluck().get(id);
    if (callId === undefined) throw new AppError('not-found', { what: 'decision', id });
    return Number(callId);
  }

  /** All that hold now. */
  held(): HeldDecisions {
    const rows = this.#db
      .prepare(
        `SELECT d.call_id AS callId, d.spans, d.kind, d.person_id AS personId, d.purpose FROM call_decisions d
         WHERE ${HOLDS} ORDER BY d.id`,
      )
      .all() as HeldRow[];
    return new HeldDecisions(rows);
  }
}

interface HeldRow {
  readonly callId: CallId;
  readonly spans: string;
  readonly kind: DecidedChange['kind'];
  readonly personId: number | null;
  readonly purpose: CallPurpose | null;
}

/** Where a call's bytes lie; `legs` only for a call of several records. */
export interface CallBytes {
  readonly endOffset: number;
  readonly legs: () => readonly ByteSpan[];
}

interface PlacedSpan {
  readonly from: number;
  readonly to: number;
  readonly callId: CallId;
}

export class HeldDecisions {
  readonly #held = new Map<CallId, HeldDecision>();
  /** By source, in the order of their first bytes. */
  readonly #spans = new Map<number, PlacedSpan[]>();

  constructor(rows: readonly HeldRow[]) {
    for (const { callId, spans, kind, personId, purpose } of rows) {
      const change: HeldDecision = kind === 'owner' ? { owner: { personId } } : purpose === null ? {} : { purpose };
      const isNew = !this.#held.has(callId);
      this.#held.set(callId, { ...this.#held.get(callId), ...change });
      if (!isNew) continue;
      const sourceId = sourceIdOf(callId);
      const placed = this.#spans.get(sourceId) ?? [];
      for (const [offset, length] of JSON.parse(spans) as ByteSpan[]) {
        placed.push({ from: offset, to: offset + length, callId });
      }
      this.#spans.set(sourceId, placed);
    }
    for (const spans of this.#spans.values()) spans.sort((a, b) => a.from - b.from);
  }

  /** Of the call itself, or else of a call that had some of its bytes when the decision was made. */
  of(id: CallId, bytes?: CallBytes): HeldDecision | undefined {
    return this.#held.get(id) ?? this.#moved(id, bytes);
  }

  /** True where a decision was found by the bytes alone. */
  isMoved(id: CallId, bytes: CallBytes): boolean {
    return !this.#held.has(id) && this.#moved(id, bytes) !== undefined;
  }

  #moved(id: CallId, bytes: CallBytes | undefined): HeldDecision | undefined {
    const spans = bytes === undefined ? undefined : this.#spans.get(sourceIdOf(id));
    if (bytes === undefined || spans === undefined) return undefined;
    const offset = sourceOffsetOf(id);
    if (overlapping(spans, offset, bytes.endOffset) === undefined) return undefined;
    const legs = bytes.legs();
    // Records of other calls may lie between those of one.
    const own: readonly ByteSpan[] = legs.length > 1 ? legs : [[offset, bytes.endOffset - offset]];
    for (const [from, length] of own) {
      const found = overlapping(spans, from, from + length);
      if (found !== undefined) return this.#held.get(found.callId);
    }
    return undefined;
  }
}

/** Spans share no bytes and are in order. */
function overlapping(spans: readonly PlacedSpan[], from: number, to: number): PlacedSpan | undefined {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.from ?? to) < to) low = middle + 1;
    else high = middle;
  }
  const last = spans[low - 1];
  return last !== undefined && last.to > from ? last : undefined;
}
