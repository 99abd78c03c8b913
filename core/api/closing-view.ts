/** Closed months, their corrections and decisions about calls, in the shape of the contract. */
import { monthInstants } from '../ingest/close-month.ts';
import type { Scope } from '../model/access.ts';
import type { CallId } from '../model/call.ts';
import { localText } from '../model/time.ts';
import { CallDecisionStore } from '../store/call-decisions.ts';
import { isInScope, WHOLE_SITE } from '../store/call-scope.ts';
import { ClosingStore } from '../store/closings.ts';
import { bookedDayOf } from '../store/daily-sums.ts';
import { IngestState } from '../store/ingest-state.ts';
import { monthOfDay } from '../store/month-days.ts';
import { isPersonInScope, personName } from '../store/people.ts';
import { RestatementStore, type Standing, type Restatement as StoredRestatement } from '../store/restatements.ts';
import { TariffMonths } from '../store/tariff-months.ts';
import { moneyOf } from './call-view.ts';
import type { CallHistory, MonthClosing, Restatement } from './contract.ts';
import type { ApiDeps } from './deps.ts';
import type { ApiParts } from './parts.ts';
import { siteToday } from './site-today.ts';

/** Frames that arrived in the month: what they are is not known, so neither is the day they belong to. */
export function quarantinedIn({ deps, settings, quarantine }: ApiParts, month: string): number {
  const closing = new ClosingStore(deps.db).closing(month);
  if (closing !== undefined) return closing.quarantinedFrames;
  const { fromMs, toMs } = monthInstants(month, settings.get().timeZone);
  return quarantine.countReceived(fromMs, toMs);
}

export function closingOf(parts: ApiParts, month: string): MonthClosing {
  const { deps } = parts;
  const closings = new ClosingStore(deps.db);
  const { toMs } = monthInstants(month, parts.settings.get().timeZone);
  const sums = parts.month.sums(month, 'band');
  return {
    month,
    isClosed: closings.isClosed(month),
    isOver: deps.nowMs() >= toMs,
    open: {
      unratedCalls: sums.unratedCalls,
      unattributedCalls: sums.unattributed.calls,
      quarantinedFrames: quarantinedIn(parts, month),
      sourcesWithGaps: sourcesWithGaps(parts, month),
      tariffsToSettle: [...new TariffMonths(deps.db).waiting(month)],
      unreadBytes: unreadBytes(parts),
    },
    correctionsElsewhere: new RestatementStore(deps.db).holding(month).length,
    log: closings.log(month).map(({ month: _, ...entry }) => entry),
  };
}

export function sourcesWithGaps(
  { deps, sources, settings }: Pick<ApiParts, 'sources' | 'settings'> & { readonly deps: Pick<ApiDeps, 'journal'> },
  month: string,
): MonthClosing['open']['sourcesWithGaps'] {
  const { fromMs, toMs } = monthInstants(month, settings.get().timeZone);
  return sources.list().flatMap(({ id: sourceId, name }) => {
    const gaps = deps.journal
      .streams(sourceId)
      .flatMap(({ id }) => deps.journal.gaps(id))
      .filter(({ atMs }) => atMs >= fromMs && atMs < toMs).length;
    return gaps === 0 ? [] : [{ sourceId, name, gaps }];
  });
}

function unreadBytes({ deps }: ApiParts): number {
  const state = new IngestState(deps.db);
  return deps.journal
    .heads()
    .reduce((sum, { sourceId, nextOffset }) => sum + Math.max(0, nextOffset - state.position(sourceId)), 0);
}

/** People as a reader of that scope may know them: others are nobody to them. */
function knownPeople(parts: ApiParts, scope: Scope): (id: number | null) => { id: number; name: string } | undefined {
  const { db } = parts.deps;
  const today = siteToday(parts);
  return (id) => {
    if (id === null || !isPersonInScope(db, id, today, scope)) return undefined;
    const name = personName(db, id);
    return name === undefined ? undefined : { id, name };
  };
}

/** Corrections of calls within the scope. */
export function restatementsOf(
  parts: ApiParts,
  rows: readonly StoredRestatement[],
  scope: Scope = WHOLE_SITE,
): Restatement[] {
  const known = knownPeople(parts, scope);
  const isSeen = isInScope(parts.deps.db, scope);
  const calls = new Map(
    parts.calls
      .rows(rows.map((row) => row.callId))
      .filter(isSeen)
      .map((call) => [call.id, call]),
  );
  const side = ({ personId, chargeMicro, currency, isPrivate }: Standing): Restatement['before'] => ({
    personId: known(personId)?.id ?? null,
    personName: known(personId)?.name ?? null,
    charge: chargeMicro === null || currency === null ? null : moneyOf({ amountMicro: chargeMicro, currency }),
    isPrivate,
  });
  return rows.flatMap((row): Restatement[] => {
    const call = calls.get(row.callId);
    if (call === undefined) return [];
    const { id, month, callId, kind, before, after, reason, by, atMs, takesBackId, takenBackById } = row;
    return [
      {
        id,
        month,
        callMonth: monthOfDay(bookedDayOf(call)),
        callId,
        callStartLocal: localText(call.startLocalS),
        number: call.dialled ?? call.number,
        kind,
        before: side(before),
        after: side(after),
        reason,
        by,
        atMs,
        takesBackId,
        canTakeBack: takesBackId === null && takenBackById === null,
      },
    ];
  });
}

export function historyOf(parts: ApiParts, callId: CallId, scope: Scope): CallHistory {
  const { db } = parts.deps;
  const known = knownPeople(parts, scope);
  const [call] = parts.calls.rows([callId]);
  return {
    isInClosedMonth: call !== undefined && parts.month.isClosed(monthOfDay(bookedDayOf(call))),
    decisions: new CallDecisionStore(db).ofCall(callId).map(({ callId: _, ...decision }) => ({
      ...decision,
      personId: known(decision.personId)?.id ?? null,
      personName: known(decision.personId)?.name ?? null,
    })),
    corrections: restatementsOf(parts, new RestatementStore(db).ofCall(callId), scope),
  };
}
