/** Books and prices stored calls anew, a chunk at a time, so that reading goes on in between. Closed months stay as they are. */
import type { CallId } from '../model/call.ts';
import type { CallRow } from '../store/calls.ts';
import { bookedDayOf } from '../store/daily-sums.ts';
import { MonthStore, monthOfDay } from '../store/month.ts';
import { bookableOf } from './call-row.ts';
import type { IngestControl } from './control.ts';
import type { Ingest } from './ingest.ts';

export type RebookScope = Parameters<IngestControl['rebook']>[0];

const CHUNK_CALLS = 2000;

/** Yields how many calls each chunk changed. Each chunk is a transaction with exact sums. */
export function* rebookCalls(ingest: Ingest, scope: RebookScope): Generator<number> {
  const closed = new Set(new MonthStore(ingest.db).closedMonths());
  const isOpen = (row: CallRow): boolean => closed.size === 0 || !closed.has(monthOfDay(bookedDayOf(row)));
  const chunks = scope === 'all' ? everyCall(ingest) : callsOf(ingest, scope);
  for (const read of chunks) {
    yield ingest.change(() => {
      let changed = 0;
      for (const row of read()) {
        if (isOpen(row) && ingest.calls.book(row, ingest.booker().book(bookableOf(row)))) changed += 1;
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
  const ids: readonly CallId[] = 'ids' in scope ? scope.ids : ingest.calls.idsOf(scope.codes, scope.extensions);
  for (let i = 0; i < ids.length; i += CHUNK_CALLS) {
    yield () => ingest.calls.rows(ids.slice(i, i + CHUNK_CALLS));
  }
}
