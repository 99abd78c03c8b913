/** Pricing stored calls again: worked out, looked at, applied or discarded, and taken back. */
import type { Language } from '../../i18n/translate.ts';
import { RerateDifference } from '../../store/rerate-difference.ts';
import { RerateStore, rulesOf, type Rerate as StoredRerate } from '../../store/rerates.ts';
import type { Rerate } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { rerateCallOf, rerateOf, rerateRowOf, rerateTotalsOf } from '../rerate-view.ts';

type RerateRoutes =
  | 'listRerates'
  | 'startRerate'
  | 'getRerate'
  | 'listRerateCalls'
  | 'applyRerate'
  | 'takeRerateBack'
  | 'cancelRerate';

export function rerateRoutes(parts: ApiParts): Pick<Handlers, RerateRoutes> {
  const { db, ingest, nowMs } = parts.deps;
  const rerates = new RerateStore(db);
  const difference = new RerateDifference(db);

  const view = (rerate: StoredRerate, language: Language): Rerate => {
    const standing = {
      rules: rulesOf(db),
      lastAppliedId: rerates.lastApplied()?.id,
      hasCurrent: rerates.current() !== undefined,
      nowMs: nowMs(),
    };
    return rerateOf(rerate, standing, language);
  };
  /** The ingest thread works on it from here on; where it was quick, the answer says so. */
  const started = (rerate: StoredRerate, language: Language): Rerate => {
    ingest.rerate();
    return view(rerates.known(rerate.id), language);
  };

  return {
    listRerates: ({ language }) => rerates.list().map((rerate) => view(rerate, language)),
    startRerate: async ({ body, language }) => {
      const { from, to, ...only } = body;
      // What was published or chosen just now is read before the first call is priced.
      await ingest.reload();
      return started(rerates.start({ fromDay: from, toDay: to, only }, nowMs()), language);
    },
    getRerate: ({ params, query, language }) => {
      const rerate = rerates.known(params.id);
      return {
        ...view(rerate, language),
        open: rerateTotalsOf(difference.totals(rerate.id, false)),
        closed: rerateTotalsOf(difference.totals(rerate.id, true)),
        by: query.by,
        rows: difference.rows(rerate.id, query.by).map((row) => rerateRowOf(row, query.by, language)),
      };
    },
    listRerateCalls: ({ params, query, language }) => {
      const { after = -1, limit, ...filter } = query;
      const found = difference.calls(rerates.known(params.id).id, filter, after, limit + 1);
      const calls = found.slice(0, limit);
      return {
        calls: calls.map((call) => rerateCallOf(call, parts, language)),
        next: found.length > limit ? (calls.at(-1)?.call.id ?? null) : null,
      };
    },
    applyRerate: ({ params, body, language }) =>
      started(rerates.apply(params.id, body.by, body.reason, nowMs()), language),
    takeRerateBack: ({ params, body, language }) =>
      started(rerates.takeBack(params.id, body.by, body.reason, nowMs()), language),
    cancelRerate: ({ params, language }) => started(rerates.cancel(params.id), language),
  };
}
