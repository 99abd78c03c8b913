import { describe, expect, it } from 'vitest';
import type { StoredRate } from '../../core/rating/tariff.ts';
import { changeRate } from '../../renderer/features/tariffs/bulk-change.ts';
import { DraftChecks } from '../../renderer/features/tariffs/draft-checks.ts';
import { isEditable, nameOf, setCell, typedCell } from '../../renderer/features/tariffs/rate-columns.ts';
import { contentOf } from '../../renderer/features/tariffs/rate-edits.ts';
import { filterRows } from '../../renderer/features/tariffs/rate-filter.ts';

const MOBILE: StoredRate = {
  prefix: '8490',
  name: 'MobiFone',
  nameVi: 'Di động MobiFone',
  category: 'mobile_off_net',
  ratePerMinute: '980.1',
  initialSeconds: 6,
  incrementSeconds: 1,
};
const STEPPED: StoredRate = {
  prefix: '8424',
  steps: [
    { fromSecond: 0, price: '80.00', perSeconds: 6, incrementSeconds: 6 },
    { fromSecond: 6, price: '13.33', perSeconds: 1, incrementSeconds: 1 },
  ],
};

describe('a cell of the price list', () => {
  it('takes what is typed in the writing of the language', () => {
    expect(typedCell(MOBILE, 'ratePerMinute', 'vi')).toBe('980,1');
    expect(setCell(MOBILE, 'ratePerMinute', '1.050,5', 'vi')).toEqual({ rate: { ...MOBILE, ratePerMinute: '1050.5' } });
    expect(setCell(MOBILE, 'ratePerMinute', '1050.5', 'vi')).toEqual({ error: 'decimal' });
    expect(setCell(MOBILE, 'ratePerMinute', '-5', 'en')).toEqual({ error: 'decimal' });
    expect(setCell(MOBILE, 'incrementSeconds', '6', 'vi')).toEqual({ rate: { ...MOBILE, incrementSeconds: 6 } });
    expect(setCell(MOBILE, 'incrementSeconds', '6s', 'vi')).toEqual({ error: 'whole' });
    expect(setCell(MOBILE, 'effectiveFrom', '1/12/2026', 'vi')).toEqual({
      rate: { ...MOBILE, effectiveFrom: '2026-12-01' },
    });
    expect(setCell(MOBILE, 'effectiveFrom', '2026', 'vi')).toEqual({ error: 'day' });
    expect(setCell(MOBILE, 'prefix', '+84', 'vi')).toEqual({ error: 'prefix' });
  });

  it('loses its field when it is emptied', () => {
    expect(setCell(MOBILE, 'category', ' ', 'vi')).toEqual({
      rate: {
        prefix: '8490',
        name: 'MobiFone',
        nameVi: 'Di động MobiFone',
        ratePerMinute: '980.1',
        initialSeconds: 6,
        incrementSeconds: 1,
      },
    });
  });

  it('names the destination in the reader’s language', () => {
    expect(nameOf(MOBILE, 'vi')).toBe('Di động MobiFone');
    expect(nameOf({ prefix: '1', name: 'USA' }, 'vi')).toBe('USA');
    expect(setCell(MOBILE, 'name', 'Mobi', 'vi')).toEqual({ rate: { ...MOBILE, nameVi: 'Mobi' } });
  });

  it('has no price of a minute where the rate is in steps', () => {
    expect(isEditable(STEPPED, 'ratePerMinute')).toBe(false);
    expect(isEditable(STEPPED, 'connectionCharge')).toBe(true);
  });
});

describe('a search in the price list', () => {
  const rows = contentOf({ currency: 'VND' }, [MOBILE, STEPPED, { prefix: '', ratePerMinute: '1' }]).rows;
  const found = (text: string): readonly string[] => filterRows(rows, text).map(({ rate }) => rate.prefix);

  it('finds prefixes, the prefixes of a number, names without marks, and kinds', () => {
    expect(found('849')).toEqual(['8490']);
    expect(found('84901234567')).toEqual(['8490']);
    expect(found('di dong')).toEqual(['8490']);
    expect(found('OFF_NET')).toEqual(['8490']);
    expect(found('')).toHaveLength(3);
    expect(found('nothing')).toEqual([]);
  });
});

describe('one change to many rates', () => {
  it('raises every price exactly, or rounded', () => {
    expect(changeRate(MOBILE, { percent: '5' }).ratePerMinute).toBe('1029.105');
    expect(changeRate(MOBILE, { percent: '5', decimals: 0 }).ratePerMinute).toBe('1029');
    expect(changeRate(STEPPED, { percent: '-10' }).steps?.map(({ price }) => price)).toEqual(['72', '11.997']);
  });

  it('sets blocks where the rate has them', () => {
    expect(changeRate(MOBILE, { incrementSeconds: 6 }).incrementSeconds).toBe(6);
    expect(changeRate(STEPPED, { incrementSeconds: 6 })).toEqual(STEPPED);
  });
});

describe('the checks of a draft', () => {
  it('name the row and the field, and forget them once they are mended', () => {
    const checks = new DraftChecks();
    const content = contentOf({ currency: 'VND' }, [MOBILE, { prefix: '84', period: 'night', ratePerMinute: '1' }]);
    const found = checks.check(content);
    expect(found.rows.get(1)).toMatchObject([{ path: 'period', code: 'period-unknown' }]);
    expect(found.count).toBe(1);
    const mended = { ...content, terms: { currency: 'VND', periods: [{ name: 'night', from: '23:00', to: '06:00' }] } };
    expect(checks.check(mended).count).toBe(0);
    expect(checks.check({ ...content, terms: { currency: 'dong' } }).terms).toMatchObject([{ path: 'currency' }]);
  });
});
