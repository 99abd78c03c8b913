/** When the lines of a source say that its format is the wrong one. */
import type { SourceStatus } from '../../../core/api/contract.ts';

const FEW = 5;
const PART = 1 / 3;

/** Lines that could not be read of all lines, where they are too many for single faults; absent otherwise. */
export function unreadableLines(
  counts: SourceStatus['counts'],
): { readonly malformed: number; readonly total: number } | undefined {
  const { call, part, noise, malformed } = counts;
  const total = call + part + noise + malformed;
  return malformed >= FEW && malformed > total * PART ? { malformed, total } : undefined;
}
