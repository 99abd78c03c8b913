/**
 * What a price list does to the present version of a tariff: rows added, changed, closed and removed. Nothing here changes
 * a version; the rates that come out are those of a new one.
 */
import type { StoredRate } from '../rating/tariff.ts';
import type { ReadRate } from './deck-layout.ts';
import { grouped } from './grouped.ts';
import { COMPARED_KEYS, type ComparedKey, comparedText, rateKey } from './rate-key.ts';

export const DECK_MODES = ['replace', 'update'] as const;
/** `replace`: the deck is all there is. `update`: what the deck does not name stays. */
export type DeckMode = (typeof DECK_MODES)[number];

export const CHANGE_KINDS = ['added', 'changed', 'closed', 'removed', 'same'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface FieldChange {
  readonly key: ComparedKey;
  readonly before: string;
  readonly after: string;
}

export interface DeckChange {
  readonly kind: ChangeKind;
  /** Row of the deck; null for a rate that the deck does not name. */
  readonly rowNumber: number | null;
  readonly before: StoredRate | null;
  readonly after: StoredRate | null;
  readonly fields: readonly FieldChange[];
}

export interface DeckDifference {
  /** By prefix; rates that stay as they are come without an entry, only in `counts.same`. */
  readonly changes: readonly DeckChange[];
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** Rates of the new version. */
  readonly rates: readonly StoredRate[];
}

export function fieldChanges(before: StoredRate, after: StoredRate): readonly FieldChange[] {
  return COMPARED_KEYS.flatMap((key) => {
    const [old, now] = [comparedText(before, key), comparedText(after, key)];
    return old === now ? [] : [{ key, before: old, after: now }];
  });
}

/** Ended, or ended earlier, and otherwise the same. */
function isClosing(fields: readonly FieldChange[]): boolean {
  const [only] = fields;
  if (only === undefined || fields.length > 1 || only.key !== 'effectiveTo') return false;
  return only.after !== '' && (only.before === '' || only.after < only.before);
}

function pairChange(before: StoredRate, after: StoredRate, rowNumber: number | null): DeckChange {
  const fields = fieldChanges(before, after);
  const kind = fields.length === 0 ? 'same' : isClosing(fields) ? 'closed' : 'changed';
  return { kind, rowNumber, before, after, fields };
}

const added = ({ rate, rowNumber }: ReadRate): DeckChange => ({
  kind: 'added',
  rowNumber,
  before: null,
  after: rate,
  fields: [],
});

const from = (rate: StoredRate): string => rate.effectiveFrom ?? '';

/** Rows of one key: those of one start belong together, and a single one on both sides does too where starts differ. */
function compareKey(before: readonly StoredRate[], after: readonly ReadRate[], mode: DeckMode): readonly DeckChange[] {
  const changes: DeckChange[] = [];
  const left = [...before];
  const news: ReadRate[] = [];
  for (const row of after) {
    const at = left.findIndex((rate) => from(rate) === from(row.rate));
    const [old] = at < 0 ? [] : left.splice(at, 1);
    if (old === undefined) news.push(row);
    else changes.push(pairChange(old, row.rate, row.rowNumber));
  }
  if (mode === 'update') return [...changes, ...news.map(added), ...left.map((rate) => keptOrClosed(rate, news))];
  const [old, ...others] = left;
  const [now] = news;
  if (old !== undefined && now !== undefined && others.length === 0 && news.length === 1) {
    return [...changes, pairChange(old, now.rate, now.rowNumber)];
  }
  const gone = left.map(
    (rate): DeckChange => ({ kind: 'removed', rowNumber: null, before: rate, after: null, fields: [] }),
  );
  return [...changes, ...news.map(added), ...gone];
}

/** A row that begins later ends the present one on that day. */
function keptOrClosed(rate: StoredRate, news: readonly ReadRate[]): DeckChange {
  const later = news
    .map((row) => from(row.rate))
    .filter((start) => start > from(rate))
    .sort();
  const [end] = later;
  const isOpenThen = end !== undefined && (rate.effectiveTo === undefined || rate.effectiveTo > end);
  return pairChange(rate, isOpenThen ? { ...rate, effectiveTo: end } : rate, null);
}

const prefixOf = ({ before, after }: DeckChange): string => after?.prefix ?? before?.prefix ?? '';

export function compareDeck(present: readonly StoredRate[], deck: readonly ReadRate[], mode: DeckMode): DeckDifference {
  const before = grouped(present, rateKey);
  const after = grouped(deck, ({ rate }) => rateKey(rate));
  const counts: Record<ChangeKind, number> = { added: 0, changed: 0, closed: 0, removed: 0, same: 0 };
  const changes: DeckChange[] = [];
  const rates: StoredRate[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    for (const change of compareKey(before.get(key) ?? [], after.get(key) ?? [], mode)) {
      counts[change.kind] += 1;
      if (change.kind !== 'same') changes.push(change);
      if (change.after !== null) rates.push(change.after);
    }
  }
  const byPrefix = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  changes.sort((a, b) => byPrefix(prefixOf(a), prefixOf(b)));
  rates.sort((a, b) => byPrefix(a.prefix, b.prefix));
  return { changes, counts, rates };
}
