/**
 * The audit trail. Every entry's SHA-256 covers the entry before it, so that a changed, removed or inserted row is found; the
 * newest hash is also kept outside this file (`AuditAnchor`), so that a trail that was cut off or written anew is found too.
 */
import { createHash } from 'node:crypto';
import type { Viewer } from '../model/access.ts';
import { type AuditActor, type AuditChange, changesBetween } from '../model/audit.ts';
import { foldText } from '../model/fold.ts';
import { cachedStatement } from './cached-statement.ts';
import { add, type Conditions, where } from './conditions.ts';
import type { Database } from './database.ts';

export interface AuditHead {
  readonly id: number;
  readonly hash: string;
}

/** Where the newest hash is kept besides. */
export interface AuditAnchor {
  write(head: AuditHead): void;
  /** Undefined: there is none. Null: it cannot be read. */
  read(): AuditHead | undefined | null;
}

export interface AuditFact {
  readonly atMs: number;
  /** Who did it; the program by itself. */
  readonly viewer: Pick<Viewer, 'userId' | 'name'> | 'program' | 'stranger';
  /** A name that was typed, where the viewer has none. */
  readonly typedName?: string | undefined;
  readonly action: string;
  readonly what: string;
  readonly whatId?: string | undefined;
  /** What a reader knows it by. */
  readonly name?: string | undefined;
  /** Both as they were and are, with any fields; only the different ones are kept. */
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string | undefined;
}

/** What a request's handler knows better than whoever records it. */
export type AuditNote = Pick<AuditFact, 'what' | 'whatId' | 'name' | 'before' | 'after' | 'reason'> & {
  readonly action?: string;
};

export interface AuditEntry {
  readonly id: number;
  readonly atMs: number;
  readonly actor: AuditActor;
  readonly userId: number | null;
  readonly who: string;
  readonly action: string;
  readonly what: string;
  readonly whatId: string;
  readonly name: string;
  readonly reason: string;
  readonly changes: readonly AuditChange[];
  readonly hash: string;
}

export interface AuditFilter {
  readonly who?: string | undefined;
  readonly actor?: AuditActor | undefined;
  readonly what?: string | undefined;
  readonly action?: string | undefined;
  readonly fromMs?: number | undefined;
  /** Exclusive. */
  readonly toMs?: number | undefined;
  /** Part of a name, a reason or a changed value, with or without marks. */
  readonly text?: string | undefined;
  /** Ids below. */
  readonly before?: number | undefined;
}

/** Recorded in the trail itself when it is found, so that going on does not cover it up. */
export const TRAIL_BROKEN = 'trail-broken';

export type AuditFault =
  | 'changed'
  | 'missing'
  | 'cut-off'
  | 'rewritten'
  | 'broken-before'
  | 'anchor-missing'
  | 'anchor-unreadable';

export interface AuditCheck {
  readonly entries: number;
  readonly head: AuditHead;
  /** Undefined: the trail is whole. */
  readonly fault: { readonly kind: AuditFault; readonly id: number } | undefined;
}

interface Row extends Omit<AuditEntry, 'changes'> {
  readonly changes: string;
}

const COLUMNS = `id, at_ms AS atMs, actor, user_id AS userId, who, action, what, what_id AS whatId, name, reason, changes, hash`;
const START: AuditHead = { id: 0, hash: '' };
const CHECKED_AT_ONCE = 5000;
const READ_AT_ONCE = 1000;

function hashOf(before: string, row: Omit<Row, 'hash'>): string {
  const { id, atMs, actor, userId, who, action, what, whatId, name, reason, changes } = row;
  const canonical = JSON.stringify([before, id, atMs, actor, userId, who, action, what, whatId, name, reason, changes]);
  return createHash('sha256').update(canonical).digest('hex');
}

const entryOf = ({ changes, ...row }: Row): AuditEntry => ({
  ...row,
  changes: JSON.parse(changes) as readonly AuditChange[],
});

function actorOf({ viewer, typedName }: AuditFact): Pick<AuditEntry, 'actor' | 'userId' | 'who'> {
  if (typeof viewer === 'string') return { actor: viewer, userId: null, who: typedName ?? '' };
  const who = viewer.name === '' ? (typedName ?? '') : viewer.name;
  return { actor: viewer.userId === null ? 'owner' : 'user', userId: viewer.userId, who };
}

export class AuditTrail {
  readonly #db: Database;
  readonly #anchor: AuditAnchor | undefined;
  #anchoring: NodeJS.Immediate | undefined;

  constructor(db: Database, anchor?: AuditAnchor) {
    this.#db = db;
    this.#anchor = anchor;
  }

  add(fact: AuditFact): void {
    this.#db.transaction(() => {
      const fault = this.#faultSinceAnchor();
      if (fault !== undefined) {
        this.#insert({ atMs: fact.atMs, viewer: 'program', action: TRAIL_BROKEN, what: 'audit', after: fault });
      }
      this.#insert(fact);
    })();
    this.#anchorSoon();
  }

  /** The database is another one than the anchor speaks of, and rightly so: the trail says it and goes on from here. */
  addRestored(fact: AuditFact): void {
    this.#db.transaction(() => this.#insert(fact))();
    this.#anchorSoon();
  }

  #insert(fact: AuditFact): void {
    const { atMs, action, what, whatId = '', name = '', reason = '', before, after } = fact;
    const changes = JSON.stringify(changesBetween(before, after));
    const head = this.#head();
    const row = { id: head.id + 1, atMs, ...actorOf(fact), action, what, whatId, name, reason, changes };
    cachedStatement(
      this.#db,
      `INSERT INTO audit (id, at_ms, actor, user_id, who, action, what, what_id, name, reason, changes,
         search, hash)
       VALUES (@id, @atMs, @actor, @userId, @who, @action, @what, @whatId, @name, @reason, @changes, @search, @hash)`,
    ).run({ ...row, search: searchOf(row), hash: hashOf(head.hash, row) });
  }

  /** What the anchor says that these rows do not. */
  #faultSinceAnchor(): { fault: AuditFault; anchored: number; entries: number } | undefined {
    if (this.#anchor === undefined) return undefined;
    const [anchor, head] = [this.#anchor.read(), this.#head()];
    const found = (fault: AuditFault) => ({ fault, anchored: anchor?.id ?? 0, entries: head.id });
    if (anchor === null) return found('anchor-unreadable');
    // The first entries may wait for their anchor.
    if (anchor === undefined)
      return head.id === 0 || this.#anchoring !== undefined ? undefined : found('anchor-missing');
    const row = cachedStatement<[number], { hash: string }>(this.#db, 'SELECT hash FROM audit WHERE id = ?').get(
      anchor.id,
    );
    if (row === undefined) return found('cut-off');
    return row.hash === anchor.hash ? undefined : found('rewritten');
  }

  /** Newest first. */
  list(filter: AuditFilter, limit: number): { entries: readonly AuditEntry[]; hasMore: boolean } {
    const found: AuditEntry[] = [];
    for (const entry of this.read(filter)) {
      if (found.length === limit) return { entries: found, hasMore: true };
      found.push(entry);
    }
    return { entries: found, hasMore: false };
  }

  /** All that a filter finds, newest first. */
  *read(filter: AuditFilter): Generator<AuditEntry> {
    let { before } = filter;
    for (;;) {
      const conditions = conditionsOf({ ...filter, before });
      const rows = cachedStatement<unknown[], Row>(
        this.#db,
        `SELECT ${COLUMNS} FROM audit ${where(conditions)} ORDER BY id DESC LIMIT ${READ_AT_ONCE}`,
      ).all(...conditions.values);
      for (const row of rows) yield entryOf(row);
      const last = rows.at(-1);
      if (last === undefined || rows.length < READ_AT_ONCE) return;
      before = last.id;
    }
  }

  /** What can be chosen to filter by. */
  choices(): { readonly who: readonly string[]; readonly what: readonly string[] } {
    const distinct = (column: 'who' | 'what'): string[] =>
      cachedStatement<[], { value: string }>(
        this.#db,
        `WITH RECURSIVE hop (value) AS (
           SELECT MIN(${column}) FROM audit
           UNION ALL SELECT (SELECT MIN(${column}) FROM audit WHERE ${column} > hop.value) FROM hop WHERE hop.value IS NOT NULL
         ) SELECT value FROM hop WHERE value IS NOT NULL`,
      )
        .all()
        .map((row) => row.value);
    return { who: distinct('who'), what: distinct('what') };
  }

  /** Reads the whole trail, in pieces between which others may work. */
  async verify(): Promise<AuditCheck> {
    // Read first: entries that come while this reads are behind it.
    this.#anchorNow();
    const anchor = this.#anchor?.read();
    let head = START;
    let isAnchored = anchor === undefined || anchor === null;
    const faulty = (kind: AuditFault, id: number): AuditCheck => ({ entries: head.id, head, fault: { kind, id } });
    for (;;) {
      const rows = cachedStatement<[number, number], Row>(
        this.#db,
        `SELECT ${COLUMNS} FROM audit WHERE id > ? ORDER BY id LIMIT ?`,
      ).all(head.id, CHECKED_AT_ONCE);
      for (const row of rows) {
        if (row.id !== head.id + 1) return faulty('missing', head.id + 1);
        if (hashOf(head.hash, row) !== row.hash) return faulty('changed', row.id);
        head = { id: row.id, hash: row.hash };
        if (anchor?.id !== row.id) continue;
        if (anchor.hash !== row.hash) return faulty('rewritten', row.id);
        isAnchored = true;
      }
      if (rows.length < CHECKED_AT_ONCE) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const [told] = this.list({ action: TRAIL_BROKEN }, 1).entries;
    if (told !== undefined) return faulty('broken-before', told.id);
    if (!isAnchored) return faulty('cut-off', head.id + 1);
    if (this.#anchor !== undefined && head.id > 0) {
      if (anchor === undefined) return faulty('anchor-missing', head.id);
      if (anchor === null) return faulty('anchor-unreadable', head.id);
    }
    return { entries: head.id, head, fault: undefined };
  }

  /** Writes the anchor that is still to be written. */
  close(): void {
    this.#anchorNow();
  }

  #head(): AuditHead {
    const row = cachedStatement<[], AuditHead>(this.#db, 'SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1').get();
    return row ?? START;
  }

  /** Not before the transaction around is done: an anchor of an entry that was taken back would be a false alarm. */
  #anchorSoon(): void {
    if (this.#anchor === undefined) return;
    this.#anchoring ??= setImmediate(() => this.#anchorNow());
  }

  #anchorNow(): void {
    if (this.#anchoring === undefined) return;
    clearImmediate(this.#anchoring);
    this.#anchoring = undefined;
    if (this.#db.open) this.#anchor?.write(this.#head());
  }
}

function conditionsOf(filter: AuditFilter): Conditions {
  const conditions: Conditions = { sql: [], values: [] };
  if (filter.who !== undefined) add(conditions, 'who = ?', filter.who);
  if (filter.actor !== undefined) add(conditions, 'actor = ?', filter.actor);
  if (filter.what !== undefined) add(conditions, 'what = ?', filter.what);
  if (filter.action !== undefined) add(conditions, 'action = ?', filter.action);
  if (filter.fromMs !== undefined) add(conditions, 'at_ms >= ?', filter.fromMs);
  if (filter.toMs !== undefined) add(conditions, 'at_ms < ?', filter.toMs);
  const words = foldText(filter.text ?? '');
  if (words !== '') add(conditions, 'instr(search, ?) > 0', words);
  if (filter.before !== undefined) add(conditions, 'id < ?', filter.before);
  return conditions;
}

function searchOf({ who, name, reason, changes, whatId }: Omit<Row, 'hash'>): string {
  const values = (JSON.parse(changes) as readonly AuditChange[]).flatMap(({ before, after }) => [before, after]);
  return foldText([who, name, reason, whatId, ...values.filter((value) => typeof value === 'string')].join(' '));
}
