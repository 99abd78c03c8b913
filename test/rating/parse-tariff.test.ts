import { describe, expect, test } from 'vitest';
import english from '../../core/i18n/en/tariff.json' with { type: 'json' };
import vietnamese from '../../core/i18n/vi/tariff.json' with { type: 'json' };
import { parseStoredTariff, parseTariff } from '../../core/rating/parse-tariff.ts';
import { TARIFF_PROBLEM_CODES } from '../../core/rating/tariff.ts';

const rate = { prefix: '84', ratePerMinute: '718' };
const base = { currency: 'VND', rates: [rate] };

function problemsOf(json: unknown): string[] {
  const parsed = parseTariff(json);
  return 'problems' in parsed ? parsed.problems.map((problem) => `${problem.path} ${problem.code}`) : [];
}

describe('a tariff is checked', () => {
  test('a complete tariff passes', () => {
    expect(problemsOf({ ...base, taxPercent: 10, surchargePercent: '2.5', timeZone: 'Asia/Ho_Chi_Minh' })).toEqual([]);
  });

  test.each([
    [[], ' not-an-object'],
    [{ ...base, vat: 1 }, 'vat unknown-key'],
    [{ rates: [] }, 'currency missing'],
    [{ ...base, currency: 'dong' }, 'currency not-a-currency'],
    [{ currency: 'VND' }, 'rates missing'],
    [{ ...base, rates: {} }, 'rates not-a-list'],
    [{ ...base, decimals: 19 }, 'decimals not-whole-number'],
    [{ ...base, rounding: 'nearest' }, 'rounding not-a-choice'],
    [{ ...base, straddle: 'both' }, 'straddle not-a-choice'],
    [{ ...base, timeZone: 'Mars/Olympus' }, 'timeZone not-a-time-zone'],
    [{ ...base, taxPercent: '10%' }, 'taxPercent not-decimal'],
    [{ ...base, taxPercent: -1 }, 'taxPercent negative'],
    [{ ...base, holidays: ['2026-02-30'], holidayPeriod: 'x' }, 'holidays[0] not-a-date'],
    [{ ...base, holidays: ['2026-02-03'] }, 'holidayPeriod missing'],
    [{ ...base, periods: [{ name: 'a', days: [0] }] }, 'periods[0].days[0] not-whole-number'],
    [{ ...base, periods: [{ name: 'a', from: '9:00' }] }, 'periods[0].from not-a-time'],
    [{ ...base, periods: [{ name: 'a', to: '24:01' }] }, 'periods[0].to not-a-time'],
    [{ ...base, periods: [{ name: 'a', from: '09:00', to: '09:00' }] }, 'periods[0] period-empty'],
    [{ ...base, periods: [{ name: 'a', until: '09:00' }] }, 'periods[0].until unknown-key'],
    [{ ...base, rates: [{ ...rate, period: 'night' }] }, 'rates[0].period period-unknown'],
    [{ ...base, rates: [{ ...rate, category: 'local' }] }, 'rates[0].category unknown-key'],
    [{ ...base, rates: [{ ...rate, prefix: '+84' }] }, 'rates[0].prefix prefix-not-digits'],
    [{ ...base, rates: [{ ...rate, ratePerMinute: 718 }] }, 'rates[0].ratePerMinute price-not-text'],
    [{ ...base, rates: [{ ...rate, ratePerMinute: '7,5' }] }, 'rates[0].ratePerMinute not-decimal'],
    [{ ...base, rates: [{ ...rate, ratePerMinute: '-1' }] }, 'rates[0].ratePerMinute negative'],
    [{ ...base, rates: [{ prefix: '84' }] }, 'rates[0] price-form'],
    [
      { ...base, rates: [{ ...rate, steps: [{ fromSecond: 0, price: '1', perSeconds: 1, incrementSeconds: 1 }] }] },
      'rates[0] price-form',
    ],
    [
      { ...base, rates: [{ prefix: '84', steps: [{ fromSecond: 0, price: '1', perSeconds: 1 }] }] },
      'rates[0].steps[0].incrementSeconds missing',
    ],
    [{ ...base, rates: [{ ...rate, incrementSeconds: 0 }] }, 'rates[0].incrementSeconds not-whole-number'],
    [
      { ...base, rates: [{ ...rate, minimumCharge: '2', maximumCharge: '1.5' }] },
      'rates[0].minimumCharge minimum-above-maximum',
    ],
    [{ ...base, rates: [{ ...rate, effectiveFrom: '2026-13-01' }] }, 'rates[0].effectiveFrom not-a-date-time'],
    [
      { ...base, rates: [{ ...rate, effectiveFrom: '2026-02-01', effectiveTo: '2026-02-01' }] },
      'rates[0].effectiveTo ends-before-start',
    ],
  ])('%j is refused with %s', (json, problem) => {
    expect(problemsOf(json)).toContain(problem);
  });

  test('two steps at one second are refused', () => {
    const step = { fromSecond: 0, price: '1', perSeconds: 1, incrementSeconds: 1 };
    expect(problemsOf({ ...base, rates: [{ prefix: '84', steps: [step, step] }] })).toEqual([
      'rates[0].steps[1].fromSecond step-twice',
    ]);
  });

  test.each([
    [{ bundles: [{ name: 'a', secondsPerMonth: 60, moneyPerMonth: '5' }] }, {}, 'bundles[0] bundle-form'],
    [{ bundles: [{ name: 'a' }] }, {}, 'bundles[0] bundle-form'],
    [
      {
        bundles: [
          { name: 'a', secondsPerCall: 60 },
          { name: 'a', moneyPerMonth: '5' },
        ],
      },
      {},
      'bundles[1].name name-twice',
    ],
    [{ areaGroups: [{ name: 'a', prefixes: ['x'] }] }, {}, 'areaGroups[0].prefixes[0] prefix-not-digits'],
    [
      { areaGroups: [{ name: 'a', prefixes: [], validFrom: '2026-01-01', validTo: '2026-01-01' }] },
      {},
      'areaGroups[0].validTo ends-before-start',
    ],
    [{}, { originGroup: 'a' }, 'rates[0].originGroup group-unknown'],
    [{}, { volumePrices: [] }, 'rates[0].volumeGroup missing'],
    [
      {},
      { volumeGroup: 'a', volumePrices: [{ fromMonthSeconds: 0, ratePerMinute: '1' }] },
      'rates[0].volumePrices[0].fromMonthSeconds not-whole-number',
    ],
    [{}, { minimumDigits: 9, maximumDigits: 8 }, 'rates[0].maximumDigits not-whole-number'],
    [{}, { reject: 'yes' }, 'rates[0].reject not-a-choice'],
    [{ taxPoint: 'never' }, {}, 'taxPoint not-a-choice'],
    [{ markupPercent: '-101' }, {}, 'markupPercent negative'],
    [{ origin: '+84' }, {}, 'origin prefix-not-digits'],
  ])('a stored tariff with %j and a rate with %j is refused with %s', (tariff, more, problem) => {
    const parsed = parseStoredTariff({ ...base, ...tariff, rates: [{ ...rate, ...more }] });
    const problems = 'problems' in parsed ? parsed.problems.map(({ path, code }) => `${path} ${code}`) : [];
    expect(problems).toContain(problem);
  });

  test('volume prices stand beside a price per minute', () => {
    const steps = [{ fromSecond: 0, price: '1', perSeconds: 1, incrementSeconds: 1 }];
    const parsed = parseStoredTariff({ ...base, rates: [{ prefix: '84', steps, volumeGroup: 'a', volumePrices: [] }] });
    expect('problems' in parsed ? parsed.problems.map(({ code }) => code) : []).toEqual(['volume-form']);
  });

  test('the stored form keeps category, Vietnamese name and source', () => {
    const stored = { ...base, rates: [{ ...rate, category: 'local', nameVi: 'Nội hạt', source: 'contract' }] };
    expect(parseStoredTariff(stored)).toEqual({ tariff: stored });
  });

  test('a tariff with very many problems lists some and counts the rest', () => {
    const parsed = parseTariff({ currency: 'VND', rates: Array.from({ length: 1000 }, () => ({ ...rate, x: 1 })) });
    const problems = 'problems' in parsed ? parsed.problems : [];
    expect(problems).toHaveLength(201);
    expect(problems.at(-1)).toEqual({ path: '', code: 'too-many', values: { more: 800 } });
  });

  test('every problem has a text in both languages', () => {
    const codes = [...TARIFF_PROBLEM_CODES].sort();
    expect(Object.keys(english.problem).sort()).toEqual(codes);
    expect(Object.keys(vietnamese.problem).sort()).toEqual(codes);
  });
});
