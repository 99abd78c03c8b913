/** The calls of a filter as a table for the clipboard. */
import type { Call, CallFilter } from '../../../core/api/contract.ts';
import { call } from '../../api.ts';
import { type CallColumnKey, type CallTexts, callColumn } from '../../components/call-columns.tsx';
import type { CopiedTable } from '../../components/copied-table.ts';

const PAGE_CALLS = 500;
/** More is a file's work. */
const COPIED_LIMIT = 5000;

export async function copiedCalls(
  filter: CallFilter,
  columns: readonly CallColumnKey[],
  t: CallTexts,
): Promise<CopiedTable & { readonly isCut: boolean }> {
  const calls: Call[] = [];
  let after: string | undefined;
  do {
    const page = await call('listCalls', { query: { ...filter, limit: PAGE_CALLS, ...(after && { after }) } });
    calls.push(...page.calls);
    after = page.next ?? undefined;
  } while (after !== undefined && calls.length < COPIED_LIMIT);
  const shown = columns.map(callColumn);
  return {
    head: columns.map((key) => t(`column.${key}`)),
    rows: calls.map((row) => shown.map(({ copied }) => copied(row, t))),
    isCut: after !== undefined,
  };
}
