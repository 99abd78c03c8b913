/**
 * What people decide about calls: a decision for a call of an open month, which is booked anew; for a call of a closed
 * month a correction in the present open month.
 */
import { buildDirectory, type Directory } from '../attribution/directory.ts';
import type { Scope } from '../model/access.ts';
import { type CallId, sourceOffsetOf } from '../model/call.ts';
import { AppError } from '../model/errors.ts';
import { localSecondsOfDay } from '../model/time.ts';
import { type ByteSpan, CallDecisionStore, type DecidedChange } from '../store/call-decisions.ts';
import { isInScope } from '../store/call-scope.ts';
import type { CallRow } from '../store/calls.ts';
import { ClosingStore } from '../store/closings.ts';
import { bookedDayOf, dayNumberOf } from '../store/daily-sums.ts';
import { monthOfDay } from '../store/month-days.ts';
import { loadDirectory } from '../store/people.ts';
import { type Correction, type RestatementAct, type RestatementKind, RestatementStore } from '../store/restatements.ts';
import type { CallChange, CallSelection } from './contract.ts';
import type { ApiParts } from './parts.ts';
import { siteToday } from './site-today.ts';

/** So many calls are decided at once at most. */
export const DECIDED_LIMIT = 5000;
const PAGE_CALLS = 500;

export interface Decided {
  /** Calls that have to be booked anew. */
  readonly ids: readonly CallId[];
  readonly corrected: number;
  readonly month: string;
}

export interface DecisionWords {
  readonly reason: string;
  readonly by: string;
}

/** The month that corrections count in now. */
export function openMonth(parts: ApiParts): string {
  const today = dayNumberOf(localSecondsOfDay(siteToday(parts)) ?? 0);
  return monthOfDay(new ClosingStore(parts.deps.db).history().openDayNow(today));
}

export function correctionAct(parts: ApiParts, { reason, by }: DecisionWords): RestatementAct {
  return { month: openMonth(parts), reason, by, atMs: parts.deps.nowMs() };
}

/** Throws AppError `not-found`, `selection-changed`, `too-large` or `call-not-closed`; then nothing is decided. */
export function decideCalls(
  parts: ApiParts,
  selection: CallSelection,
  change: CallChange,
  words: DecisionWords,
  scope: Scope,
): Decided {
  const { db } = parts.deps;
  const rows = rowsOf(parts, selection, scope);
  const closed = new Set(parts.month.closedMonths());
  const isClosed = (row: CallRow): boolean => closed.has(monthOfDay(bookedDayOf(row)));
  const inClosed = rows.filter(isClosed);
  const inOpen = rows.filter((row) => !isClosed(row));
  const act = correctionAct(parts, words);
  return db.transaction(() => {
    const decided = decideOpen(parts, inOpen, change, words);
    const corrections = inClosed.length === 0 ? [] : correctionsOf(parts, inClosed, change);
    const corrected = new RestatementStore(db).add(corrections, act);
    return { ids: decided, corrected, month: act.month };
  })();
}

function rowsOf({ deps, calls, callQueries }: ApiParts, selection: CallSelection, scope: Scope): readonly CallRow[] {
  if ('ids' in selection) {
    const rows = calls.rows(selection.ids).filter(isInScope(deps.db, scope));
    const found = new Set(rows.map((row) => row.id));
    const missing = selection.ids.find((id) => !found.has(id));
    if (missing !== undefined) throw new AppError('not-found', { what: 'call', id: missing });
    return rows;
  }
  const { filter, count } = selection;
  const found = callQueries.totals(filter, scope).calls;
  if (found !== count) throw new AppError('selection-changed', { found, count });
  if (count > DECIDED_LIMIT) throw new AppError('selection-too-large', { count, limit: DECIDED_LIMIT });
  const rows: CallRow[] = [];
  let after: string | undefined;
  do {
    const page = callQueries.page({ ...filter, after, limit: PAGE_CALLS }, scope, 'all');
    rows.push(...page.calls);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return rows;
}

function decideOpen(
  parts: ApiParts,
  rows: readonly CallRow[],
  change: CallChange,
  { reason, by }: DecisionWords,
): readonly CallId[] {
  if (rows.length === 0) return [];
  if (change.kind === 'billing') throw new AppError('call-not-closed', {});
  const store = new CallDecisionStore(parts.deps.db);
  const changed = rows.filter((row) => !isAlready(row, change));
  for (const row of changed) store.add(row.id, spansOf(parts, row), change, { reason, by, atMs: parts.deps.nowMs() });
  return changed.map((row) => row.id);
}

function isAlready(row: CallRow, change: DecidedChange): boolean {
  if (change.kind === 'purpose') return row.purpose === change.purpose;
  return row.reason === 'reassigned' && row.personId === change.personId;
}

function spansOf({ calls }: ApiParts, row: CallRow): readonly ByteSpan[] {
  const legs = row.legCount > 1 ? calls.legs(row.id) : [];
  if (legs.length > 0) return legs.map((leg) => [leg.sourceOffset, leg.byteLength]);
  const offset = sourceOffsetOf(row.id);
  return [[offset, row.endOffset - offset]];
}

function correctionsOf(parts: ApiParts, rows: readonly CallRow[], change: CallChange): readonly Correction[] {
  const directory = buildDirectory(loadDirectory(parts.deps.db));
  const store = new RestatementStore(parts.deps.db);
  return rows.flatMap((row) => {
    const before = store.standing(row.id);
    return before === undefined ? [] : [correctionOf(row, before, change, directory)];
  });
}

function correctionOf(row: CallRow, before: Correction['after'], change: CallChange, directory: Directory): Correction {
  const correction = (kind: RestatementKind, after: Partial<Correction['after']>): Correction => {
    return { callId: row.id, kind, after: { ...before, ...after } };
  };
  switch (change.kind) {
    case 'owner': {
      const { personId } = change;
      const departmentId =
        personId === null ? null : (directory.departmentOn(personId, dayNumberOf(row.startLocalS)) ?? null);
      return correction('owner', { personId, departmentId });
    }
    case 'purpose':
      return correction(change.purpose, { isPrivate: change.purpose === 'private' });
    case 'billing':
      return change.isBilled
        ? correction('added', { chargeMicro: row.chargeMicro, currency: row.currency })
        : correction('removed', { chargeMicro: null, currency: null });
  }
}
