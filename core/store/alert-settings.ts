/** What people set of alerts, as JSON by key. The shapes and defaults are those of whoever asks. */
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

export function readAlertSetting(db: Database, key: 'rules' | 'delivery'): unknown {
  const text = cachedStatement<[string], { value: string }>(db, 'SELECT value FROM alert_settings WHERE key = ?').get(
    key,
  );
  return text === undefined ? undefined : (JSON.parse(text.value) as unknown);
}

export function writeAlertSetting(db: Database, key: 'rules' | 'delivery', value: unknown): void {
  cachedStatement(
    db,
    'INSERT INTO alert_settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  ).run(key, JSON.stringify(value));
}
