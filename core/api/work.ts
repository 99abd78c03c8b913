/** One piece of long work, as its own part of the program knows it. */
import type { RunningWork } from './contract.ts';

export interface Work {
  readonly kind: RunningWork['kind'];
  readonly id: string;
  readonly name: string;
  readonly part: number;
  readonly mayCancel: boolean;
}

export function partOf(done: number, total: number): number {
  return total === 0 ? 0 : Math.min(1, done / total);
}
