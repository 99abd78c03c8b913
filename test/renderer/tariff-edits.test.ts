import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredRate } from '../../core/rating/tariff.ts';
import {
  contentOf,
  editRates,
  type History,
  type HistoryStep,
  isSaved,
  patchRate,
  ratesOf,
  removeRows,
  startHistory,
  step,
} from '../../renderer/features/tariffs/rate-edits.ts';

const rate = (prefix: string, ratePerMinute = '600'): StoredRate => ({ prefix, ratePerMinute });
const start = (...prefixes: readonly string[]): History =>
  startHistory(
    contentOf(
      { currency: 'VND' },
      prefixes.map((prefix) => rate(prefix)),
    ),
  );
const prefixes = (history: History): readonly string[] => ratesOf(history.content).map(({ prefix }) => prefix);
const steps = (history: History, ...actions: readonly HistoryStep[]): History => actions.reduce(step, history);
const UNDO = { kind: 'undo' } as const;
const REDO = { kind: 'redo' } as const;

function raise(history: History, prefix: string, price: string): History {
  const rows = history.content.rows.filter((row) => row.rate.prefix === prefix);
  const edit = editRates(rows, (before) => patchRate(before, { ratePerMinute: price }));
  return edit === undefined ? history : step(history, { kind: 'edit', edit });
}

const save = (history: History): History => step(history, { kind: 'saved', done: history.done });

describe('the changes of a draft', () => {
  it('can be undone and done again, one by one', () => {
    const raised = raise(start('84', '849'), '849', '700');
    expect(ratesOf(raised.content)[1]).toEqual(rate('849', '700'));
    expect(ratesOf(step(raised, UNDO).content)[1]).toEqual(rate('849'));
    expect(ratesOf(steps(raised, UNDO, REDO).content)[1]).toEqual(rate('849', '700'));
    expect(steps(raised, UNDO, UNDO).done).toEqual([]);
  });

  it('put rows where they belong, and back where they were', () => {
    const first = start('1', '2', '3', '4');
    const without = step(first, { kind: 'edit', edit: removeRows(first.content, new Set([1, 3])) });
    expect(prefixes(without)).toEqual(['1', '3']);
    expect(prefixes(step(without, UNDO))).toEqual(['1', '2', '3', '4']);
    const added = step(without, { kind: 'add', rates: [{ at: 1, rate: rate('5') }] });
    expect(prefixes(added)).toEqual(['1', '5', '3']);
    expect(prefixes(steps(added, UNDO, UNDO))).toEqual(['1', '2', '3', '4']);
    expect(prefixes(steps(added, UNDO, UNDO, REDO, REDO))).toEqual(['1', '5', '3']);
  });

  it('forget what was undone once something else is changed', () => {
    const other = raise(step(raise(start('84'), '84', '700'), UNDO), '84', '800');
    expect(step(other, REDO)).toBe(other);
  });

  it('know whether they are saved, also after undoing', () => {
    const saved = save(raise(start('84'), '84', '700'));
    expect(isSaved(saved)).toBe(true);
    expect(isSaved(step(saved, UNDO))).toBe(false);
    expect(isSaved(steps(saved, UNDO, REDO))).toBe(true);
    expect(isSaved(raise(step(saved, UNDO), '84', '900'))).toBe(false);
  });

  it('never take another edit for the one that was saved', () => {
    const saved = step(save(raise(start('84'), '84', '700')), UNDO);
    expect(isSaved(raise(saved, '84', '900'))).toBe(false);
  });

  it('that are made while others are being saved are not taken for saved', () => {
    const first = raise(start('84'), '84', '700');
    const since = step(raise(first, '84', '800'), { kind: 'saved', done: first.done });
    expect(isSaved(since)).toBe(false);
    expect(isSaved(step(since, UNDO))).toBe(true);
    const other = step(raise(step(first, UNDO), '84', '900'), { kind: 'saved', done: first.done });
    expect(isSaved(other)).toBe(false);
    expect(isSaved(step(other, UNDO))).toBe(false);
  });

  it('come back to the start by undoing all, whatever was done', () => {
    const action = fc.oneof(
      fc.record({ kind: fc.constant('raise' as const), which: fc.nat(20), price: fc.nat(999) }),
      fc.record({ kind: fc.constant('add' as const), which: fc.nat(20) }),
      fc.record({ kind: fc.constant('remove' as const), which: fc.nat(20) }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        const first = start('1', '2', '3', '4', '5');
        let history = first;
        for (const one of actions) {
          const { rows } = history.content;
          const row = rows[one.which % Math.max(1, rows.length)];
          if (one.kind === 'add') {
            history = step(history, { kind: 'add', rates: [{ at: one.which % (rows.length + 1), rate: rate('9') }] });
          } else if (row !== undefined) {
            const edit =
              one.kind === 'remove'
                ? removeRows(history.content, new Set([row.id]))
                : editRates([row], (before) => patchRate(before, { ratePerMinute: String(one.price) }));
            if (edit !== undefined) history = step(history, { kind: 'edit', edit });
          }
        }
        const last = history.content;
        const count = history.done.length;
        for (let i = 0; i < count; i += 1) history = step(history, UNDO);
        expect(history.content).toEqual(first.content);
        for (let i = 0; i < count; i += 1) history = step(history, REDO);
        expect(history.content).toEqual(last);
      }),
    );
  });
});
