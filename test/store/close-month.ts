import { ClosingStore } from '../../core/store/closings.ts';
import type { Database } from '../../core/store/database.ts';

/** Marks a month as closed with what was read so far, without its names or a fingerprint. */
export function markClosed(db: Database, month: string, atMs: number): void {
  const facts = { fingerprint: null, calls: 0, company: '', timeZone: 'Asia/Ho_Chi_Minh', quarantinedFrames: 0 };
  new ClosingStore(db).close({ month, atMs, by: 'Lan', reason: '', ...facts });
}
