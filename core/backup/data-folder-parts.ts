/** What of a data folder belongs into a backup, and what stands beside it. */

export const DATABASE_FILES = ['tollbook.db', 'journal.db'] as const;

/** Folders that a restore puts back whole. */
export const BACKED_UP_FOLDERS = ['closed-months', 'numbering', 'sources'] as const;

export const KEY_FILE = 'secrets.key';

/** Speaks of the audit trail of one database: set aside with it, and written anew for the one that is restored. */
export const AUDIT_ANCHOR = 'audit.head';

/** SQLite's own files beside a database: they belong to that one and to no other. */
export const DATABASE_COMPANIONS = ['-wal', '-shm'] as const;
