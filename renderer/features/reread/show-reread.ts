import type { Reread } from '../../../core/api/contract.ts';
import { keyOf, queryClient } from '../../query-client.ts';

/** What a write answered is what the page shows next. */
export function showReread(sourceId: number, reread: Reread): void {
  queryClient.setQueryData<Reread>(keyOf('getReread', { params: { id: sourceId } }), reread);
}
