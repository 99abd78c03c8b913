/** What people set of mail and statements, as JSON by key. The shapes and defaults are those of whoever asks. */
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

type Key = 'mail' | 'statements';

export function readDeliverySetting(db: Database, key: Key): unknown {
  const row = cachedStatement<[string], { value: string }>(db, 'SELECT value FROM delivery_settings WHERE key = ?').get(
    key,
  );
  return row === undefined ? undefined : (JSON.parse(row.value) as unknown);
}

export function writeDeliverySetting(db: Database, key: Key, value: unknown): void {
  cachedStatement(
    db,
    'INSERT INTO delivery_settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  ).run(key, JSON.stringify(value));
}
