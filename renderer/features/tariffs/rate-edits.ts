/**
 * Changes to a draft as values that can be done and undone: each says what was and what is. Rates keep a number of their
 * own (`id`) while they are edited, because their place changes when others come and go.
 */
import type { TariffTerms } from '../../../core/api/contract.ts';
import type { StoredRate } from '../../../core/rating/tariff.ts';

export interface RateRow {
  readonly id: number;
  readonly rate: StoredRate;
}

export interface DraftContent {
  readonly terms: TariffTerms;
  readonly rows: readonly RateRow[];
}

/** A rate that changes (both), comes (no `before`) or goes (no `after`). */
export interface RowEdit {
  readonly id: number;
  readonly before?: StoredRate;
  readonly after?: StoredRate;
  /** Where it comes or goes: its place after the edit, or before it. */
  readonly at?: number;
}

export interface Edit {
  readonly rows?: readonly RowEdit[];
  readonly terms?: { readonly before: TariffTerms; readonly after: TariffTerms };
}

export function contentOf(terms: TariffTerms, rates: readonly StoredRate[]): DraftContent {
  return { terms, rows: rates.map((rate, id) => ({ id, rate })) };
}

export function ratesOf({ rows }: DraftContent): readonly StoredRate[] {
  return rows.map(({ rate }) => rate);
}

export function applyEdit(content: DraftContent, { rows, terms }: Edit): DraftContent {
  return {
    terms: terms?.after ?? content.terms,
    rows: rows === undefined ? content.rows : applyRows(content.rows, rows),
  };
}

function applyRows(rows: readonly RateRow[], edits: readonly RowEdit[]): readonly RateRow[] {
  const changed = new Map(edits.filter(({ before, after }) => before && after).map(({ id, after }) => [id, after]));
  const gone = new Set(edits.filter(({ after }) => after === undefined).map(({ id }) => id));
  const kept = rows.flatMap((row) => {
    if (gone.has(row.id)) return [];
    const rate = changed.get(row.id);
    return rate === undefined ? [row] : [{ id: row.id, rate }];
  });
  const come = edits.filter(({ before }) => before === undefined).toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  for (const { id, after, at } of come) if (after !== undefined) kept.splice(at ?? kept.length, 0, { id, rate: after });
  return kept;
}

/** The way back. */
export function inverseOf({ rows, terms }: Edit): Edit {
  return {
    ...(rows && {
      rows: rows.map(({ id, before, after, at }) => ({
        id,
        ...(after && { before: after }),
        ...(before && { after: before }),
        ...(at !== undefined && { at }),
      })),
    }),
    ...(terms && { terms: { before: terms.after, after: terms.before } }),
  };
}

export interface History {
  readonly content: DraftContent;
  readonly done: readonly Edit[];
  readonly undone: readonly Edit[];
  /** How many edits were done when it was last saved; undefined when those are no longer all there. */
  readonly savedAt: number | undefined;
  readonly nextId: number;
}

const MOST_STEPS = 500;

export function startHistory(content: DraftContent): History {
  return { content, done: [], undone: [], savedAt: 0, nextId: content.rows.length };
}

export function isSaved({ done, savedAt }: History): boolean {
  return done.length === savedAt;
}

export type HistoryStep =
  | { readonly kind: 'edit'; readonly edit: Edit }
  /** At the places given, each counted with those before it already there. */
  | { readonly kind: 'add'; readonly rates: readonly { readonly at: number; readonly rate: StoredRate }[] }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  /** What was done when saving began: others may have come since. */
  | { readonly kind: 'saved'; readonly done: readonly Edit[] }
  | { readonly kind: 'replace'; readonly content: DraftContent };

export function step(history: History, action: HistoryStep): History {
  switch (action.kind) {
    case 'edit':
      return doEdit(history, action.edit);
    case 'add': {
      const rows = action.rates.map(({ at, rate }, i) => ({ id: history.nextId + i, after: rate, at }));
      return { ...doEdit(history, { rows }), nextId: history.nextId + rows.length };
    }
    case 'undo': {
      const edit = history.done.at(-1);
      if (edit === undefined) return history;
      return {
        ...history,
        content: applyEdit(history.content, inverseOf(edit)),
        done: history.done.slice(0, -1),
        undone: [...history.undone, edit],
      };
    }
    case 'redo': {
      const edit = history.undone.at(-1);
      if (edit === undefined) return history;
      return {
        ...history,
        content: applyEdit(history.content, edit),
        done: [...history.done, edit],
        undone: history.undone.slice(0, -1),
      };
    }
    case 'saved':
      return { ...history, savedAt: savedPlace(history, action.done) };
    case 'replace':
      return startHistory(action.content);
  }
}

/** Where in what was done the saved state lies; undefined where another edit has taken its place. */
function savedPlace({ done, undone }: History, saved: readonly Edit[]): number | undefined {
  const last = saved.at(-1);
  const isThere = last === undefined || done[saved.length - 1] === last || undone.includes(last);
  return isThere ? saved.length : undefined;
}

function doEdit(history: History, edit: Edit): History {
  const { content, done, savedAt } = history;
  const isFull = done.length >= MOST_STEPS;
  const keepsSaved = savedAt !== undefined && savedAt <= done.length && (!isFull || savedAt > 0);
  return {
    ...history,
    content: applyEdit(content, edit),
    done: [...(isFull ? done.slice(1) : done), edit],
    undone: [],
    savedAt: keepsSaved ? savedAt - (isFull ? 1 : 0) : undefined,
  };
}

/** A rate with some fields changed; `undefined` takes a field out. */
export type RatePatch = { readonly [Key in keyof StoredRate]?: StoredRate[Key] | undefined };

export function patchRate(rate: StoredRate, patch: RatePatch): StoredRate {
  const patched: Partial<Record<keyof StoredRate, unknown>> = { ...rate, ...patch };
  for (const [key, value] of Object.entries(patch)) if (value === undefined) delete patched[key as keyof StoredRate];
  return patched as StoredRate;
}

/** An edit of single rates, leaving out those that stay as they are; undefined where none changes. */
export function editRates(rows: readonly RateRow[], change: (rate: StoredRate) => StoredRate): Edit | undefined {
  const edits = rows.flatMap(({ id, rate }) => {
    const after = change(rate);
    return JSON.stringify(after) === JSON.stringify(rate) ? [] : [{ id, before: rate, after }];
  });
  return edits.length === 0 ? undefined : { rows: edits };
}

/** An edit that takes rows out. */
export function removeRows(content: DraftContent, ids: ReadonlySet<number>): Edit {
  return {
    rows: content.rows.flatMap(({ id, rate }, at) => (ids.has(id) ? [{ id, before: rate, at }] : [])),
  };
}
