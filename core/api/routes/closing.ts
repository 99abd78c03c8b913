/** Closing and reopening months, and corrections of closed ones. */

import { AppError } from '../../model/errors.ts';
import { ClosingStore } from '../../store/closings.ts';
import { closedPrices } from '../../store/rerate-corrections.ts';
import { RerateStore, rulesOf } from '../../store/rerates.ts';
import { RestatementStore } from '../../store/restatements.ts';
import { RetentionStore } from '../../store/retention.ts';
import { closingOf, restatementsOf } from '../closing-view.ts';
import { correctionAct, openMonth } from '../decide-calls.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';

type Routes =
  | 'getClosing'
  | 'closeMonth'
  | 'reopenMonth'
  | 'checkMonth'
  | 'listCorrections'
  | 'takeBackCorrection'
  | 'correctFromRerate';

export function closingRoutes(parts: ApiParts): Pick<Handlers, Routes> {
  const { deps } = parts;
  const closings = new ClosingStore(deps.db);
  const restatements = new RestatementStore(deps.db);
  const retention = new RetentionStore(deps.db);
  return {
    getClosing: ({ query }) => closingOf(parts, query.month),
    closeMonth: async ({ body: { month, by, note } }) => {
      await deps.ingest.closeMonth({ month, by, reason: note, atMs: deps.nowMs() });
      parts.changed('calls');
      return closingOf(parts, month);
    },
    reopenMonth: ({ body: { month, by, reason } }) => {
      const closing = closings.closing(month);
      if (closing === undefined) throw new AppError('month-not-closed', { month });
      if (retention.redacted(closing.id) !== undefined) throw new AppError('month-anonymised', { month });
      deps.db.transaction(() => {
        // Its own calls can be put right now; what was added elsewhere in their place would count twice.
        const act = { month: openMonth(parts), reason, by, atMs: deps.nowMs() };
        for (const id of restatements.holding(month)) restatements.takeBack(id, act);
        closings.reopen({ month, by, reason, atMs: deps.nowMs() });
      })();
      parts.changed('calls');
      return closingOf(parts, month);
    },
    checkMonth: async ({ query: { month } }) => {
      const closing = closings.closing(month);
      if (closing === undefined) throw new AppError('month-not-closed', { month });
      const fingerprint = await deps.ingest.fingerprint(month);
      // What was taken away after its time was checked right before; the month is what was left of it.
      const known = retention.redacted(closing.id)?.fingerprint ?? closing.fingerprint;
      return { fingerprint, isSame: fingerprint === known };
    },
    listCorrections: ({ query: { month, limit }, viewer: { scope } }) => {
      const count = restatements.count(month);
      if (scope.kind === 'all') return { count, rows: restatementsOf(parts, restatements.ofMonth(month, limit)) };
      const seen = restatementsOf(parts, restatements.ofMonth(month, count), scope);
      return { count: seen.length, rows: seen.slice(0, limit) };
    },
    correctFromRerate: ({ params, body }) => {
      const rerate = new RerateStore(deps.db).known(params.id);
      if (rerate.state !== 'ready' && rerate.state !== 'applied') throw new AppError('rerate-not-ready');
      // Applied prices are those of the rules of that moment; what is only shown must still be true.
      if (rerate.state === 'ready' && rerate.rules !== rulesOf(deps.db)) throw new AppError('rerate-outdated');
      const act = correctionAct(parts, body);
      const corrected = restatements.addPrices(closedPrices(deps.db, rerate.id), act);
      parts.changed('calls');
      return { corrected, month: act.month };
    },
    takeBackCorrection: ({ params, body }) => {
      const { month } = restatements.takeBack(params.id, correctionAct(parts, body));
      parts.changed('calls');
      return { month };
    },
  };
}
