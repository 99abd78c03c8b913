/**
 * Tariffs, their versions, and which tariff prices which call. A published version never changes; a draft prices nothing.
 * Definitions are JSON texts of a checked `StoredTariff`.
 */
import { AppError } from '../model/errors.ts';
import type { LocalDay } from '../model/time.ts';
import type { Database } from './database.ts';

export interface TariffRow {
  readonly id: number;
  readonly name: string;
  readonly createdAtMs: number;
}

export interface TariffVersionRow {
  readonly id: number;
  readonly tariffId: number;
  readonly tariffName: string;
  readonly number: number;
  readonly state: 'draft' | 'published';
  /** First day of the site on which it holds; `0000-01-01` is "always". */
  readonly effectiveFrom: LocalDay;
  readonly currency: string;
  readonly rateCount: number;
  readonly note: string;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  readonly publishedAtMs: number | null;
  readonly publishedBy: string | null;
}

export interface VersionInput {
  readonly effectiveFrom: LocalDay;
  readonly currency: string;
  readonly rateCount: number;
  readonly definition: string;
  readonly note: string;
}

export const TARIFF_CHOICE_KINDS = ['access-code', 'trunk', 'trunk-group', 'source', 'default'] as const;
export type TariffChoiceKind = (typeof TARIFF_CHOICE_KINDS)[number];

export interface TariffChoiceRow {
  readonly kind: TariffChoiceKind;
  /** Access code, trunk, group's name or source's number; empty for the default. */
  readonly value: string;
  readonly tariffId: number;
}

export interface TrunkGroupRow {
  readonly name: string;
  readonly trunks: readonly string[];
}

/** From the first day of all. */
export const ALWAYS: LocalDay = '0000-01-01';

const VERSION = `SELECT v.id, v.tariff_id AS tariffId, t.name AS tariffName, v.number, v.state,
    v.effective_from AS effectiveFrom, v.currency, v.rate_count AS rateCount, v.note, v.created_at_ms AS createdAtMs,
    v.changed_at_ms AS changedAtMs, v.published_at_ms AS publishedAtMs, v.published_by AS publishedBy
  FROM tariff_versions v JOIN tariffs t ON t.id = v.tariff_id`;
const TARIFF = 'SELECT id, name, created_at_ms AS createdAtMs FROM tariffs';

export class TariffStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Newest first; without those that were removed. */
  list(): readonly TariffRow[] {
    return this.#db.prepare(`${TARIFF} WHERE removed_at_ms IS NULL ORDER BY id DESC`).all() as TariffRow[];
  }

  get(id: number): TariffRow | undefined {
    return this.#db.prepare(`${TARIFF} WHERE id = ?`).get(id) as TariffRow | undefined;
  }

  add(name: string, nowMs: number): TariffRow {
    const { lastInsertRowid } = this.#db
      .prepare('INSERT INTO tariffs (name, created_at_ms) VALUES (?, ?)')
      .run(name, nowMs);
    return { id: Number(lastInsertRowid), name, createdAtMs: nowMs };
  }

  /** Throws AppError `not-found`. */
  rename(id: number, name: string): void {
    if (this.#db.prepare('UPDATE tariffs SET name = ? WHERE id = ?').run(name, id).changes === 0) throw noTariff(id);
  }

  /** Calls keep the prices it gave; it prices no more. Throws AppError `not-found`. */
  remove(id: number, nowMs: number): void {
    this.#db.transaction(() => {
      const { changes } = this.#db.prepare('UPDATE tariffs SET removed_at_ms = ? WHERE id = ?').run(nowMs, id);
      if (changes === 0) throw noTariff(id);
      this.#db.prepare('DELETE FROM tariff_choices WHERE tariff_id = ?').run(id);
    })();
  }

  /** All of a tariff, newest first. */
  versions(tariffId: number): readonly TariffVersionRow[] {
    return this.#db
      .prepare(`${VERSION} WHERE v.tariff_id = ? ORDER BY v.number DESC`)
      .all(tariffId) as TariffVersionRow[];
  }

  version(id: number): TariffVersionRow | undefined {
    return this.#db.prepare(`${VERSION} WHERE v.id = ?`).get(id) as TariffVersionRow | undefined;
  }

  /** Published versions of a tariff in the order in which they hold: of the versions that have begun, the last one does. */
  published(tariffId: number): readonly TariffVersionRow[] {
    return this.#db
      .prepare(`${VERSION} WHERE v.tariff_id = ? AND v.state = 'published' ORDER BY v.effective_from, v.number`)
      .all(tariffId) as TariffVersionRow[];
  }

  /** JSON text of a version's `StoredTariff`. */
  definition(versionId: number): string | undefined {
    return this.#db.prepare('SELECT definition FROM tariff_versions WHERE id = ?').pluck().get(versionId) as
      | string
      | undefined;
  }

  /** Throws AppError `not-found`. */
  addDraft(tariffId: number, input: VersionInput, nowMs: number): TariffVersionRow {
    if (this.get(tariffId) === undefined) throw noTariff(tariffId);
    const { lastInsertRowid } = this.#db
      .prepare(
        `INSERT INTO tariff_versions (tariff_id, number, state, effective_from, currency, rate_count, definition, note,
           created_at_ms, changed_at_ms)
         VALUES (@tariffId, (SELECT COALESCE(MAX(number), 0) + 1 FROM tariff_versions WHERE tariff_id = @tariffId),
           'draft', @effectiveFrom, @currency, @rateCount, @definition, @note, @nowMs, @nowMs)`,
      )
      .run({ ...input, tariffId, nowMs });
    return this.#known(Number(lastInsertRowid));
  }

  /** Throws AppError `not-found`, or `tariff-published` where it can be changed no more. */
  changeDraft(versionId: number, input: VersionInput, nowMs: number): TariffVersionRow {
    this.#draft(versionId);
    this.#db
      .prepare(
        `UPDATE tariff_versions SET effective_from = @effectiveFrom, currency = @currency, rate_count = @rateCount,
           definition = @definition, note = @note, changed_at_ms = @nowMs WHERE id = @versionId`,
      )
      .run({ ...input, versionId, nowMs });
    return this.#known(versionId);
  }

  /** Throws AppError `not-found` or `tariff-published`. */
  removeDraft(versionId: number): void {
    this.#draft(versionId);
    this.#db.prepare('DELETE FROM tariff_versions WHERE id = ?').run(versionId);
  }

  /** New calls from that day on are priced with it; stored calls stay as they are. Throws as `changeDraft`. */
  publish(versionId: number, effectiveFrom: LocalDay, by: string, nowMs: number): TariffVersionRow {
    this.#draft(versionId);
    this.#db
      .prepare(
        `UPDATE tariff_versions SET state = 'published', effective_from = ?, published_by = ?, published_at_ms = ?
         WHERE id = ?`,
      )
      .run(effectiveFrom, by, nowMs, versionId);
    return this.#known(versionId);
  }

  /** Calls of open months from that local second on (absent: all) that the tariff priced, or that no tariff could. */
  storedCalls(tariffId: number, fromLocalS = 0): number {
    const count = this.#db
      .prepare(
        `SELECT COUNT(*) FROM calls c WHERE c.start_local_s >= ?
           AND (c.rating = 'unrated' OR c.tariff_version_id IN (SELECT id FROM tariff_versions WHERE tariff_id = ?))
           AND strftime('%Y-%m', COALESCE(c.late_day * 86400, c.start_local_s), 'unixepoch')
             NOT IN (SELECT month FROM closed_months)`,
      )
      .pluck()
      .get(fromLocalS, tariffId);
    return Number(count);
  }

  choices(): readonly TariffChoiceRow[] {
    return this.#db
      .prepare('SELECT kind, value, tariff_id AS tariffId FROM tariff_choices ORDER BY kind, value')
      .all() as TariffChoiceRow[];
  }

  /** Replaces all choices. */
  setChoices(choices: readonly TariffChoiceRow[]): void {
    const put = this.#db.prepare('INSERT INTO tariff_choices (kind, value, tariff_id) VALUES (?, ?, ?)');
    this.#db.transaction(() => {
      this.#db.prepare('DELETE FROM tariff_choices').run();
      for (const { kind, value, tariffId } of choices) put.run(kind, value, tariffId);
    })();
  }

  setDefault(tariffId: number): void {
    this.setChoices([
      ...this.choices().filter(({ kind }) => kind !== 'default'),
      { kind: 'default', value: '', tariffId },
    ]);
  }

  trunkGroups(): readonly TrunkGroupRow[] {
    const rows = this.#db
      .prepare('SELECT group_name AS name, trunk FROM trunk_groups ORDER BY group_name, trunk')
      .all() as { name: string; trunk: string }[];
    return [...Map.groupBy(rows, (row) => row.name)].map(([name, group]) => ({
      name,
      trunks: group.map(({ trunk }) => trunk),
    }));
  }

  /** Replaces all groups. A trunk is in one group at most: the last that names it. */
  setTrunkGroups(groups: readonly TrunkGroupRow[]): void {
    const put = this.#db.prepare('INSERT OR REPLACE INTO trunk_groups (trunk, group_name) VALUES (?, ?)');
    this.#db.transaction(() => {
      this.#db.prepare('DELETE FROM trunk_groups').run();
      for (const { name, trunks } of groups) for (const trunk of trunks) put.run(trunk, name);
    })();
  }

  #known(versionId: number): TariffVersionRow {
    const version = this.version(versionId);
    if (version === undefined) throw new AppError('not-found', { what: 'tariff version', id: versionId });
    return version;
  }

  #draft(versionId: number): void {
    const { state, tariffName } = this.#known(versionId);
    if (state === 'published') throw new AppError('tariff-published', { name: tariffName });
  }
}

function noTariff(id: number): AppError {
  return new AppError('not-found', { what: 'tariff', id });
}
