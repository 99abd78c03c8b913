/** Books stored calls anew, with the prices that they have or with new ones, a chunk at a time, so that reading goes on in between. Closed months stay as they are. */
import type { CallId } from '../model/call.ts';
import { localSecondsOfDay } from '../model/time.ts';
import type { CallRow } from '../store/calls.ts';
import { bookedDayOf } from '../store/daily-sums.ts';
import { MonthStore, monthOfDay } from '../store/month.ts';
import { bookableOf } from './call-row.ts';
import type { RebookScope, Repricing } from './control.ts';
import type { Ingest } from './ingest.ts';

const CHUNK_CALLS = 2000;

/** Yields how many calls each chunk changed. Each chunk is a transaction with exact sums. */
export function* rebookCalls(ingest: Ingest, scope: RebookScope, pricing: Repricing): Generator<number> {
  const closed = new Set(new MonthStore(ingest.db).closedMonths());
  const isOpen = (row: CallRow): boolean => closed.size === 0 || !closed.has(monthOfDay(bookedDayOf(row)));
  const chunks = scope === 'all' ? everyCall(ingest) : callsOf(ingest, scope);
  for (const read of chunks) {
    yield ingest.change(() => {
      let changed = 0;
      for (const row of read()) {
        if (!isOpen(row)) continue;
        const call = bookableOf(row, () => ingest.calls.legs(row.id));
        const booking = ingest.booker().book(call, pricing === 'kept' ? row : undefined);
        if (ingest.calls.book(row, booking)) changed += 1;
      }
      return changed;
    });
  }
}

/** Each chunk is read inside the transaction that changes it: a later leg may have come in between. */
function* everyCall(ingest: Ingest): Generator<() => readonly CallRow[]> {
  let after = -1;
  let isAtEnd = false;
  while (!isAtEnd) {
    yield () => {
      const rows = ingest.calls.rowsAfter(after, CHUNK_CALLS);
      isAtEnd = rows.length < CHUNK_CALLS;
      after = rows.at(-1)?.id ?? after;
      return rows;
    };
  }
}

function* callsOf(ingest: Ingest, scope: Exclude<RebookScope, 'all'>): Generator<() => readonly CallRow[]> {
  const ids = idsOf(ingest, scope);
  for (let i = 0; i < ids.length; i += CHUNK_CALLS) {
    yield () => ingest.calls.rows(ids.slice(i, i + CHUNK_CALLS));
  }
}

function idsOf({ calls }: Ingest, scope: Exclude<RebookScope, 'all'>): readonly CallId[] {
  if ('ids' in scope) return scope.ids;
  if ('fromDay' in scope) return calls.idsFrom(localSecondsOfDay(scope.fromDay) ?? 0);
  return calls.idsOf(scope.codes, scope.extensions);
}
