import { describe, expect, test } from 'vitest';
import { compareDeck, type DeckMode } from '../../core/decks/difference.ts';
import type { StoredRate } from '../../core/rating/tariff.ts';

const present: readonly StoredRate[] = [
  { prefix: '84', ratePerMinute: '718', name: 'VN' },
  { prefix: '44', ratePerMinute: '3600', connectionCharge: '0' },
  { prefix: '49', ratePerMinute: '3600', effectiveFrom: '2025-01-01' },
];
const compare = (deck: readonly StoredRate[], mode: DeckMode): ReturnType<typeof compareDeck> =>
  compareDeck(
    present,
    deck.map((rate, i) => ({ rowNumber: i + 2, rate })),
    mode,
  );

describe('what a price list does to a version', () => {
  const deck: readonly StoredRate[] = [
    { prefix: '84', ratePerMinute: '720', name: 'VN' },
    { prefix: '44', ratePerMinute: '3600.00' },
    { prefix: '33', ratePerMinute: '4000' },
  ];

  test('replacing: rows are added, changed with each field before and after, and removed', () => {
    const { changes, counts, rates } = compare(deck, 'replace');
    expect(counts).toEqual({ added: 1, changed: 1, closed: 0, removed: 1, same: 1 });
    expect(changes.map(({ kind, rowNumber, fields }) => [kind, rowNumber, fields])).toEqual([
      ['added', 4, []],
      ['removed', null, []],
      ['changed', 2, [{ key: 'ratePerMinute', before: '718', after: '720' }]],
    ]);
    expect(rates.map(({ prefix }) => prefix)).toEqual(['33', '44', '84']);
  });

  test('updating: what the list does not name stays', () => {
    const { counts, rates } = compare(deck, 'update');
    expect(counts).toEqual({ added: 1, changed: 1, closed: 0, removed: 0, same: 2 });
    expect(rates.map(({ prefix }) => prefix)).toEqual(['33', '44', '49', '84']);
  });

  test('updating: a price that begins later closes the present one on that day', () => {
    const { changes, rates } = compare(
      [{ prefix: '49', ratePerMinute: '4000', effectiveFrom: '2026-12-01' }],
      'update',
    );
    expect(changes.map(({ kind, fields }) => [kind, fields])).toEqual([
      ['added', []],
      ['closed', [{ key: 'effectiveTo', before: '', after: '2026-12-01' }]],
    ]);
    expect(rates.filter(({ prefix }) => prefix === '49')).toEqual([
      { prefix: '49', ratePerMinute: '4000', effectiveFrom: '2026-12-01' },
      { prefix: '49', ratePerMinute: '3600', effectiveFrom: '2025-01-01', effectiveTo: '2026-12-01' },
    ]);
  });

  test('replacing: a row that only ends is closed, not changed', () => {
    const { changes } = compare(
      [...present.slice(0, 2), { ...present[2], prefix: '49', effectiveTo: '2027-01-01' }],
      'replace',
    );
    expect(changes.map(({ kind }) => kind)).toEqual(['closed']);
  });

  test('one prefix under other conditions is another row', () => {
    const { counts } = compare([...present, { prefix: '84', ratePerMinute: '600', trunk: 'gsm' }], 'replace');
    expect(counts).toEqual({ added: 1, changed: 0, closed: 0, removed: 0, same: 3 });
  });
});
