/** Calls: pages, totals, and one call down to its bytes. */
import { explainCall } from '../../ingest/explain-call.ts';
import { storedJudge } from '../../ingest/load-judge.ts';
import { AppError } from '../../model/errors.ts';
import { isInScope } from '../../store/call-scope.ts';
import { callDetailOf } from '../call-detail.ts';
import { isVerdictInDoubt, rulingOf } from '../call-ruling.ts';
import { callOf, totalsOf } from '../call-view.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';

export function callRoutes(parts: ApiParts): Pick<Handlers, 'listCalls' | 'countCalls' | 'getCall'> {
  const { callQueries, deps } = parts;
  return {
    listCalls: ({ query, language, viewer }) => {
      const mask = parts.mask();
      const page = callQueries.page(query, viewer.scope);
      return { calls: page.calls.map((call) => callOf(call, mask, language)), next: page.next };
    },
    countCalls: ({ query, viewer }) => totalsOf(callQueries.totals(query, viewer.scope)),
    getCall: ({ params, language, viewer }) => {
      const explained = explainCall(deps.db, deps.journal, params.id, language);
      if (explained === undefined || !isInScope(deps.db, viewer.scope)(explained.call))
        throw new AppError('not-found', { what: 'call', id: params.id });
      const format = parts.formats.byId(explained.source.formatId);
      return {
        ...callDetailOf(explained, format, parts.mask(), language),
        ruling: rulingOf(deps.db, storedJudge(deps.db), explained.call),
        isVerdictInDoubt: isVerdictInDoubt(explained.call.verdict, format),
      };
    },
  };
}
