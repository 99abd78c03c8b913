/** Numbers in full for who says why. */
import { AppError } from '../../model/errors.ts';
import { isListed } from '../../privacy/listed.ts';
import { isInScope } from '../../store/call-scope.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';

export function unmaskingRoutes(
  parts: ApiParts,
): Pick<Handlers, 'unmaskCall' | 'unmaskList' | 'getUnmasking' | 'endUnmasking'> {
  const { deps, calls, unmaskings } = parts;
  return {
    unmaskCall: ({ params: { id }, body: { reason }, viewer, note }) => {
      const call = calls.get(id);
      const isSeen = call !== undefined && isInScope(deps.db, viewer.scope)(call) && isListed(call, viewer);
      if (call === undefined || !isSeen) throw new AppError('not-found', { what: 'call', id });
      note({ what: 'calls', whatId: String(id), reason, after: { calls: 1 } });
      const { dialled, number, caller, callerName } = call;
      return { dialled, number, caller, callerName };
    },
    unmaskList: ({ body: { reason }, session, note }) => {
      if (session === undefined) throw new AppError('not-signed-in');
      const { untilMs } = unmaskings.open(session.id, reason, deps.nowMs());
      note({ what: 'calls', reason, after: { untilAtMs: untilMs } });
      return { untilMs };
    },
    getUnmasking: ({ session }) => ({ untilMs: unmaskings.of(session?.id, deps.nowMs())?.untilMs ?? null }),
    endUnmasking: ({ session }) => {
      if (session !== undefined) unmaskings.end(session.id);
      return { untilMs: null };
    },
  };
}
