/** Runs the rules about codes over a period, a chunk of calls at a time: other requests are answered in between. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { LocalDay } from '../model/time.ts';
import { CodeBook } from '../policy/hygiene/code-book.ts';
import { CodeHygiene, type HygieneResult } from '../policy/hygiene/code-hygiene.ts';
import { DEFAULT_HYGIENE, type HygieneSettings } from '../policy/hygiene/settings.ts';
import type { Database } from '../store/database.ts';
import { codedCalls, firstCallDay, lastUseOf, storedHygieneSettings } from '../store/hygiene.ts';
import { listPeople, loadDirectory, type PersonRow } from '../store/people.ts';
import { HygieneSettings as SettingsShape } from './contract.ts';

export interface HygieneRun {
  readonly result: HygieneResult;
  readonly book: CodeBook;
  readonly people: ReadonlyMap<number, PersonRow>;
  readonly today: LocalDay;
  readonly madeAtMs: number;
}

export interface StoredHygiene extends HygieneSettings {
  readonly howToDialVi: string;
  readonly howToDialEn: string;
}

const DEFAULTS: StoredHygiene = { ...DEFAULT_HYGIENE, howToDialVi: '', howToDialEn: '' };
/** Two parts of one page ask for the same; calls of the last moments may be missing in the second answer. */
const FRESH_MS = 20_000;

/** Values that no longer fit are as if never set. */
export function readHygieneSettings(db: Database): StoredHygiene {
  const stored = SettingsShape.partial().safeParse(storedHygieneSettings(db) ?? {});
  const values = stored.success ? Object.entries(stored.data).filter(([, value]) => value !== undefined) : [];
  return { ...DEFAULTS, ...Object.fromEntries(values) };
}

export class HygieneRuns {
  readonly #db: Database;
  readonly #nowMs: () => number;
  #last: { readonly key: string; readonly startedAtMs: number; readonly run: Promise<HygieneRun> } | undefined;

  constructor(db: Database, nowMs: () => number) {
    this.#db = db;
    this.#nowMs = nowMs;
  }

  /** Days are inclusive. */
  run(from: LocalDay, to: LocalDay, today: LocalDay): Promise<HygieneRun> {
    // Whatever this connection wrote (people, codes, settings) makes the last answer old at once.
    const writes = String(this.#db.prepare('SELECT total_changes()').pluck().get());
    const key = [from, to, today, writes].join(' ');
    const startedAtMs = this.#nowMs();
    if (this.#last?.key === key && startedAtMs - this.#last.startedAtMs < FRESH_MS) return this.#last.run;
    const run = this.#read(from, to, today);
    this.#last = { key, startedAtMs, run };
    run.catch(() => {
      if (this.#last?.run === run) this.#last = undefined;
    });
    return run;
  }

  async #read(from: LocalDay, to: LocalDay, today: LocalDay): Promise<HygieneRun> {
    const db = this.#db;
    const people = listPeople(db, today);
    const { memberships, assignments } = loadDirectory(db);
    const book = new CodeBook({ people, memberships, assignments });
    const hygiene = new CodeHygiene(book, readHygieneSettings(db));
    for (const calls of codedCalls(db, from, to)) {
      for (const call of calls) hygiene.add(call);
      await breathe();
    }
    const result = hygiene.result({
      today,
      firstCallDay: firstCallDay(db),
      lastUseOf: (row) => lastUseOf(db, row),
    });
    return { result, book, people: new Map(people.map((one) => [one.id, one])), today, madeAtMs: this.#nowMs() };
  }
}
