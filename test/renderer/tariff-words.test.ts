import { describe, expect, it } from 'vitest';
import type { TariffChoices, TariffVersion } from '../../core/api/contract.ts';
import { choicesOf, draftOf, isWhole, twice } from '../../renderer/features/tariffs/choice-draft.ts';
import { compareContent, versionBefore } from '../../renderer/features/tariffs/draft-difference.ts';
import { contentOf } from '../../renderer/features/tariffs/rate-edits.ts';
import { presentAndNext } from '../../renderer/features/tariffs/tariff-words.ts';
import { weekOfPeriods } from '../../renderer/features/tariffs/week-of-periods.ts';
import { firstOfNextMonth } from '../../renderer/site-day.ts';

function version(number: number, effectiveFrom: string | null, isPresent = false): TariffVersion {
  return {
    id: number * 10,
    tariffId: 1,
    tariffName: 'SIP',
    number,
    state: 'published',
    effectiveFrom,
    isPresent,
    currency: 'VND',
    rateCount: 1,
    note: '',
    createdAtMs: 0,
    changedAtMs: 0,
    publishedAtMs: 0,
    publishedBy: 'Lan',
  };
}

describe('the versions of a tariff', () => {
  const versions = [version(3, '2027-01-01'), version(2, '2026-06-01', true), version(1, null)];

  it('have one in force and one that follows', () => {
    const { present, next } = presentAndNext({ versions });
    expect([present?.number, next?.number]).toEqual([2, 3]);
    expect(presentAndNext({ versions: [version(1, '2027-01-01')] }).present).toBeUndefined();
  });

  it('follow each other by the day from which they hold', () => {
    expect(versionBefore(versions, version(3, '2027-01-01'))?.number).toBe(2);
    expect(versionBefore(versions, version(1, null))).toBeUndefined();
    expect(versionBefore(versions, { ...version(4, null), state: 'draft' })?.number).toBe(3);
  });

  it('are offered from the first of next month', () => {
    expect(firstOfNextMonth('2026-11-23')).toBe('2026-12-01');
    expect(firstOfNextMonth('2026-12-31')).toBe('2027-01-01');
  });

  it('differ in prices and rules, not in how a price is written', () => {
    const before = contentOf({ currency: 'VND' }, [
      { prefix: '8490', ratePerMinute: '980.10' },
      { prefix: '8491', ratePerMinute: '900' },
    ]);
    const after = contentOf({ currency: 'VND', taxPercent: '10' }, [
      { prefix: '8490', ratePerMinute: '980.1' },
      { prefix: '8492', ratePerMinute: '900' },
    ]);
    const { rates, terms } = compareContent(before, after);
    expect(rates.counts).toMatchObject({ same: 1, added: 1, removed: 1, changed: 0 });
    expect(terms).toEqual([{ key: 'taxPercent', before: undefined, after: '10' }]);
  });
});

describe('the choice of tariffs', () => {
  const stored: TariffChoices = {
    choices: [
      { kind: 'default', value: '', tariffId: 1 },
      { kind: 'trunk', value: '7', tariffId: 2 },
      { kind: 'access-code', value: '171', tariffId: 3 },
    ],
    trunkGroups: [{ name: 'GSM', trunks: ['8', '9'] }],
  };

  it('is shown in the order in which it is looked up, and goes back unchanged', () => {
    const draft = draftOf(stored);
    expect(draft.lines.map(({ kind }) => kind)).toEqual(['access-code', 'trunk']);
    const back = choicesOf(draft);
    expect(back.trunkGroups).toEqual(stored.trunkGroups);
    expect(new Set(back.choices)).toEqual(new Set(stored.choices));
  });

  it('is not saved while a line is unfinished or there twice', () => {
    const draft = draftOf(stored);
    const [first] = draft.lines;
    if (first === undefined) throw new Error('no line');
    expect(isWhole(draft)).toBe(true);
    expect(isWhole({ ...draft, lines: [{ ...first, value: ' ' }] })).toBe(false);
    expect(isWhole({ ...draft, lines: [{ ...first, tariffId: null }] })).toBe(false);
    expect(twice({ ...draft, lines: [first, first] })).toBe('171');
    expect(twice({ ...draft, groups: [...draft.groups, { name: 'Other', trunks: '9' }] })).toBe('9');
    expect(twice(draft)).toBeUndefined();
  });
});

describe('the week of periods', () => {
  it('shows the first period that fits, over midnight and by weekday', () => {
    const week = weekOfPeriods([
      { name: 'Sunday', days: [7] },
      { name: 'night', from: '23:00', to: '07:00' },
    ]);
    expect(week[0]?.[23]).toBe(1);
    expect(week[0]?.[6]).toBe(1);
    expect(week[0]?.[7]).toBeUndefined();
    expect(week[6]?.every((at) => at === 0)).toBe(true);
  });
});
