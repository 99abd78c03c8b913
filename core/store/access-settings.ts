/** Settings of the directory and of the network's door, as JSON by key. The shapes and defaults are those of who asks. */
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

export type AccessSettingKey = 'directory' | 'network';

export function readAccessSetting(db: Database, key: AccessSettingKey): unknown {
  const sql = 'SELECT value FROM access_settings WHERE key = ?';
  const row = cachedStatement<[string], { value: string }>(db, sql).get(key);
  return row === undefined ? undefined : (JSON.parse(row.value) as unknown);
}

export function writeAccessSetting(db: Database, key: AccessSettingKey, value: unknown): void {
  cachedStatement(
    db,
    'INSERT INTO access_settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  ).run(key, JSON.stringify(value));
}
