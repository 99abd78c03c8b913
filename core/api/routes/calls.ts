/** Calls: pages, totals, and one call down to its bytes. */
import { explainCall } from '../../ingest/explain-call.ts';
import { storedJudge } from '../../ingest/load-judge.ts';
import { isGranted } from '../../model/access.ts';
import { AppError } from '../../model/errors.ts';
import { DOT } from '../../model/masking.ts';
import { isListed } from '../../privacy/listed.ts';
import { isInScope } from '../../store/call-scope.ts';
import { answerMaskOf } from '../answer-mask.ts';
import { callDetailOf } from '../call-detail.ts';
import { isVerdictInDoubt, rulingOf } from '../call-ruling.ts';
import { callOf, totalsOf } from '../call-view.ts';
import { CallDetail } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';

const maskDetail = answerMaskOf(CallDetail);

export function callRoutes(parts: ApiParts): Pick<Handlers, 'listCalls' | 'countCalls' | 'getCall'> {
  const { callQueries, deps } = parts;
  return {
    listCalls: ({ query, language, viewer }) => {
      const mask = parts.mask();
      const isToDecide = query.purpose === 'private' && isGranted(viewer.role, 'decide-calls');
      const page = callQueries.page(query, viewer.scope, isToDecide ? 'all' : 'listed');
      return { calls: page.calls.map((call) => callOf(call, mask, language, isToDecide)), next: page.next };
    },
    countCalls: ({ query, viewer }) => {
      const isToDecide = query.purpose === 'private' && isGranted(viewer.role, 'decide-calls');
      const unlistedCalls = isToDecide ? 0 : callQueries.unlisted(query, viewer.scope);
      return { ...totalsOf(callQueries.totals(query, viewer.scope)), ...(unlistedCalls > 0 && { unlistedCalls }) };
    },
    getCall: ({ params, language, viewer }) => {
      const explained = explainCall(deps.db, deps.journal, params.id, language);
      if (explained === undefined || !isInScope(deps.db, viewer.scope)(explained.call))
        throw new AppError('not-found', { what: 'call', id: params.id });
      const isHidden = !isListed(explained.call, viewer);
      if (isHidden && !isGranted(viewer.role, 'decide-calls')) {
        throw new AppError('not-found', { what: 'call', id: params.id });
      }
      const format = parts.formats.byId(explained.source.formatId);
      const detail = {
        ...callDetailOf(explained, format, parts.mask(), language),
        ruling: rulingOf(deps.db, storedJudge(deps.db), explained.call),
        isVerdictInDoubt: isVerdictInDoubt(explained.call.verdict, format),
      };
      const isAnonymised = [explained.call.dialled, explained.call.number, explained.call.caller].some(
        (text) => text?.includes(DOT) === true,
      );
      return isHidden || isAnonymised ? CallDetail.parse(maskDetail?.(detail, language)) : detail;
    },
  };
}
