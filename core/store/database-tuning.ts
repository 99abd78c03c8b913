/** How a connection that writes much is set up. */
import type { Database } from './database.ts';

const CACHE_KIB = 24 * 1024;
const CHECKPOINT_PAGES = 32_768;

/**
 * For the one connection that stores calls. What it writes can be made again from the journal, and moves with the reading
 * position, so a power failure may cost its last commits but never tear them: NORMAL is enough. The cache holds the
 * leaves of the indexes that new calls fall into.
 */
export function tuneForDerivedData(db: Database): void {
  db.pragma('synchronous = NORMAL');
  db.pragma(`cache_size = -${CACHE_KIB}`);
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
}
