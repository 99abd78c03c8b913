/** Decisions of people about calls. */

import type { CallId } from '../../model/call.ts';
import { AppError } from '../../model/errors.ts';
import { CallDecisionStore } from '../../store/call-decisions.ts';
import { isInScope } from '../../store/call-scope.ts';
import { bookedDayOf } from '../../store/daily-sums.ts';
import { monthOfDay } from '../../store/month-days.ts';
import { checkPersonInScope } from '../../store/people.ts';
import { historyOf } from '../closing-view.ts';
import { decideCalls } from '../decide-calls.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { siteToday } from '../site-today.ts';

export function callDecisionRoutes(parts: ApiParts): Pick<Handlers, 'decideCalls' | 'undoDecision' | 'getCallHistory'> {
  const { deps } = parts;
  const bookAnew = async (ids: readonly CallId[]): Promise<void> => {
    if (ids.length > 0) {
      await deps.ingest.reload();
      await deps.ingest.rebook({ ids });
    }
    parts.changed('calls');
  };
  return {
    decideCalls: async ({ body: { calls, change, reason, by }, viewer }) => {
      if (change.kind === 'owner' && change.personId !== null) {
        checkPersonInScope(deps.db, change.personId, siteToday(parts), viewer.scope);
      }
      const { ids, corrected, month } = decideCalls(parts, calls, change, { reason, by }, viewer.scope);
      await bookAnew(ids);
      return { decided: ids.length, corrected, month: corrected === 0 ? null : month };
    },
    undoDecision: async ({ params, body, viewer }) => {
      const store = new CallDecisionStore(deps.db);
      const callId = store.callOf(params.id);
      const [call] = parts.calls.rows([callId]);
      const isSeen = viewer.scope.kind === 'all' || (call !== undefined && isInScope(deps.db, viewer.scope)(call));
      if (!isSeen) throw new AppError('not-found', { what: 'decision', id: params.id });
      const month = call === undefined ? undefined : monthOfDay(bookedDayOf(call));
      if (month !== undefined && parts.month.isClosed(month)) throw new AppError('month-closed', { month });
      store.undo(params.id, { ...body, atMs: deps.nowMs() });
      await bookAnew([callId]);
      return { callId };
    },
    getCallHistory: ({ params, viewer }) => {
      const call = parts.calls.get(params.id);
      if (call === undefined || !isInScope(deps.db, viewer.scope)(call))
        throw new AppError('not-found', { what: 'call', id: params.id });
      return historyOf(parts, params.id, viewer.scope);
    },
  };
}
