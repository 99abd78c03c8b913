/**
 * Private calls are counted, never listed: who made them sees them, everybody else sees how many they were and what they
 * cost. What is not listed has no row, no detail, no number and no time, on the screen, in files and on paper.
 */
import type { Scope } from '../model/access.ts';
import type { CallPurpose } from '../model/call.ts';

interface OwnedCall {
  readonly purpose: CallPurpose | null;
  readonly personId: number | null;
}

export interface CallReader {
  readonly scope: Scope;
}

export function isListed(call: OwnedCall, { scope }: CallReader): boolean {
  if (call.purpose !== 'private') return true;
  return scope.kind === 'person' && scope.personId === call.personId;
}
