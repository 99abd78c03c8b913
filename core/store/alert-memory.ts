/** What the rules of alerts remember between calls. Read when needed, written by `save` in the transaction of the alerts. */
import type { Database } from './database.ts';

/** JSON. */
export type MemoryValue = string | number | boolean | null | MemoryValue[] | { [key: string]: MemoryValue };

const DAY_MS = 86_400_000;
/** A case is over long before; calls of the past keep theirs while an import runs. */
const FORGOTTEN_AFTER_MS = 21 * DAY_MS;
const MOST_REMEMBERED = 20_000;

export class AlertMemory {
  readonly #db: Database;
  readonly #values = new Map<string, MemoryValue | undefined>();
  readonly #changed = new Map<string, boolean>();

  constructor(db: Database) {
    this.#db = db;
  }

  get(key: string): MemoryValue | undefined {
    if (this.#values.has(key)) return this.#values.get(key);
    const text = this.#db.prepare('SELECT value FROM alert_memory WHERE key = ?').pluck().get(key);
    const value = typeof text === 'string' ? (JSON.parse(text) as MemoryValue) : undefined;
    this.#values.set(key, value);
    return value;
  }

  set(key: string, value: MemoryValue, keepsForever = false): void {
    this.#values.set(key, value);
    this.#changed.set(key, keepsForever);
  }

  save(nowMs: number): void {
    const put = this.#db.prepare(
      `INSERT INTO alert_memory (key, value, touched_at_ms, is_kept) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET value = excluded.value, touched_at_ms = excluded.touched_at_ms`,
    );
    for (const [key, isKept] of this.#changed)
      put.run(key, JSON.stringify(this.#values.get(key)), nowMs, Number(isKept));
    this.#changed.clear();
    if (this.#values.size > MOST_REMEMBERED) this.#values.clear();
  }

  /** After a transaction that failed: the store is right. */
  discard(): void {
    this.#values.clear();
    this.#changed.clear();
  }

  forgetOld(nowMs: number): void {
    this.#db
      .prepare('DELETE FROM alert_memory WHERE is_kept = 0 AND touched_at_ms < ?')
      .run(nowMs - FORGOTTEN_AFTER_MS);
    for (const key of [...this.#values.keys()]) if (!this.#changed.has(key)) this.#values.delete(key);
  }
}
