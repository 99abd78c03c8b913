/** Results that other engines and carriers print in their own documents, asked of the interchange form. */
import { describe, expect, test } from 'vitest';
import { compileTariff } from '../../core/rating/compile.ts';
import { parseTariff } from '../../core/rating/parse-tariff.ts';
import { rateJsonLine } from '../../core/rating/rate-json.ts';

interface Documented {
  readonly from: string;
  readonly tariff: Record<string, unknown>;
  readonly rate: Record<string, unknown>;
  /** Seconds, charge, billed seconds. */
  readonly calls: readonly (readonly [number, string, number])[];
}

const cents = { currency: 'EUR', decimals: 4 };

const DOCUMENTED: readonly Documented[] = [
  {
    from: 'sipnode, billing introduction: 60/30, setup 0.10, grace 3',
    tariff: cents,
    rate: {
      ratePerMinute: '0.15',
      connectionCharge: '0.10',
      initialSeconds: 60,
      incrementSeconds: 30,
      graceSeconds: 3,
    },
    calls: [
      [43, '0.2500', 60],
      // Its page adds its own 0.10 and 0.2250 up to 0.3750.
      [61, '0.3250', 90],
      [2, '0.0000', 0],
    ],
  },
  {
    from: 'MagnusBilling, price calculation: 30/6 on the whole duration',
    tariff: cents,
    rate: { ratePerMinute: '0.05', initialSeconds: 30, incrementSeconds: 6, block: 'whole-duration' },
    calls: [[45, '0.0400', 48]],
  },
  {
    from: 'connexo, LCR: 15 s at 0.015, then 15 s steps at 0.017',
    tariff: { currency: 'USD', decimals: 5 },
    rate: {
      steps: [
        { fromSecond: 0, price: '0.015', perSeconds: 60, incrementSeconds: 15 },
        { fromSecond: 15, price: '0.017', perSeconds: 60, incrementSeconds: 15 },
      ],
    },
    calls: [[45, '0.01225', 45]],
  },
  {
    from: 'Kolmisoft, what is increment: 10 s at 1 a minute',
    tariff: { currency: 'EUR', decimals: 3 },
    rate: { ratePerMinute: '1', incrementSeconds: 10, block: 'whole-duration' },
    calls: [[15, '0.333', 20]],
  },
  {
    from: 'Kolmisoft, what is increment: 60 s',
    tariff: { currency: 'EUR', decimals: 2 },
    rate: { ratePerMinute: '1', incrementSeconds: 60, block: 'whole-duration' },
    calls: [
      [15, '1.00', 60],
      [55, '1.00', 60],
      [65, '2.00', 120],
    ],
  },
  {
    from: 'Kolmisoft, minimal time 10',
    tariff: { currency: 'EUR', decimals: 6 },
    rate: { ratePerMinute: '6', initialSeconds: 10, incrementSeconds: 1, block: 'whole-duration' },
    calls: [
      [1, '1.000000', 10],
      [5, '1.000000', 10],
      [10, '1.000000', 10],
      [11, '1.100000', 11],
      [25, '2.500000', 25],
    ],
  },
  {
    from: 'Kolmisoft, minimal time 10 under an increment of 30',
    tariff: cents,
    rate: { ratePerMinute: '1', initialSeconds: 10, incrementSeconds: 30, block: 'whole-duration' },
    calls: [[5, '0.5000', 30]],
  },
  {
    from: 'ASTPP and A2Billing on "30/18", 40 s: the initial block, then increments',
    tariff: { currency: 'USD', decimals: 1 },
    rate: { ratePerMinute: '60', initialSeconds: 30, incrementSeconds: 18 },
    calls: [[40, '48.0', 48]],
  },
  {
    from: 'ASTPP and A2Billing on "30/18", 40 s: the whole duration',
    tariff: { currency: 'USD', decimals: 1 },
    rate: { ratePerMinute: '60', initialSeconds: 30, incrementSeconds: 18, block: 'whole-duration' },
    calls: [
      [40, '54.0', 54],
      [20, '30.0', 30],
    ],
  },
  {
    from: 'CGRateS tutorial, RT_20CNT at 85 s: 0.641667 where each increment is not rounded',
    tariff: { currency: 'USD', decimals: 6 },
    rate: {
      connectionCharge: '0.4',
      steps: [
        { fromSecond: 0, price: '0.2', perSeconds: 60, incrementSeconds: 60 },
        { fromSecond: 60, price: '0.1', perSeconds: 60, incrementSeconds: 1 },
      ],
    },
    calls: [[85, '0.641667', 85]],
  },
  {
    from: 'IT Wissen, billing increment 60/10',
    tariff: cents,
    rate: { ratePerMinute: '0.06', initialSeconds: 60, incrementSeconds: 10 },
    calls: [[83, '0.0900', 90]],
  },
  {
    from: 'IT Wissen, billing increment 60/60',
    tariff: cents,
    rate: { ratePerMinute: '0.06', initialSeconds: 60, incrementSeconds: 60 },
    calls: [[83, '0.1200', 120]],
  },
  {
    from: 'Go360Host, 0.0100 a minute: 60 s blocks',
    tariff: cents,
    rate: { ratePerMinute: '0.0100', incrementSeconds: 60 },
    calls: [
      [5, '0.0100', 60],
      [50, '0.0100', 60],
    ],
  },
  {
    from: 'Go360Host, 0.0100 a minute: 6 s blocks',
    tariff: cents,
    rate: { ratePerMinute: '0.0100', incrementSeconds: 6 },
    calls: [[5, '0.0010', 6]],
  },
  {
    from: 'VaaS, 30/6',
    tariff: cents,
    rate: { ratePerMinute: '0.6', initialSeconds: 30, incrementSeconds: 6 },
    calls: [
      [10, '0.3000', 30],
      [31, '0.3600', 36],
    ],
  },
  {
    from: 'Unitel Voice, 6 s with a least of 18',
    tariff: cents,
    rate: { ratePerMinute: '0.6', initialSeconds: 18, incrementSeconds: 6 },
    calls: [[10, '0.1800', 18]],
  },
  {
    from: 'the interchange form itself: 718 a minute in 6 + 1',
    tariff: { currency: 'VND', decimals: 0, rounding: 'half-up' },
    rate: { ratePerMinute: '718', initialSeconds: 6, incrementSeconds: 1 },
    calls: [[37, '443', 37]],
  },
  {
    from: 'VNPT 2010, off-net long distance: 89.09 and 14.85 a second',
    tariff: { currency: 'VND', decimals: 2 },
    rate: {
      steps: [
        { fromSecond: 0, price: '89.09', perSeconds: 6, incrementSeconds: 6 },
        { fromSecond: 6, price: '14.85', perSeconds: 1, incrementSeconds: 1 },
      ],
    },
    calls: [
      [1, '89.09', 6],
      [60, '890.99', 60],
    ],
  },
  {
    from: 'VNPT 2010, on-net: 80.00 and 13.33 a second is 799.82, sold as 800',
    tariff: { currency: 'VND', decimals: 2 },
    rate: {
      steps: [
        { fromSecond: 0, price: '80.00', perSeconds: 6, incrementSeconds: 6 },
        { fromSecond: 6, price: '13.33', perSeconds: 1, incrementSeconds: 1 },
      ],
    },
    calls: [[60, '799.82', 60]],
  },
  {
    from: 'Viettel 2019, Australia 13: 1,000 and 167 a second is 10,018',
    tariff: { currency: 'VND' },
    rate: {
      steps: [
        { fromSecond: 0, price: '1000', perSeconds: 6, incrementSeconds: 6 },
        { fromSecond: 6, price: '167', perSeconds: 1, incrementSeconds: 1 },
      ],
    },
    calls: [[60, '10018', 60]],
  },
  {
    from: 'MobiFone 2008, IDD: 500 and 60 a second is 3,740',
    tariff: { currency: 'VND' },
    rate: {
      steps: [
        { fromSecond: 0, price: '500', perSeconds: 6, incrementSeconds: 6 },
        { fromSecond: 6, price: '60', perSeconds: 1, incrementSeconds: 1 },
      ],
    },
    calls: [[60, '3740', 60]],
  },
  {
    from: 'MobiFone voice brandname: 550 per answered call, no duration',
    tariff: { currency: 'VND' },
    rate: { ratePerMinute: '0', connectionCharge: '550' },
    calls: [
      [1, '550', 1],
      [7200, '550', 7200],
    ],
  },
  {
    from: 'Viettel, "from the second second": a call of 1 s is free',
    tariff: { currency: 'VND' },
    rate: { ratePerMinute: '1090', initialSeconds: 6, incrementSeconds: 1, graceSeconds: 2 },
    calls: [
      [1, '0', 0],
      [2, '109', 6],
    ],
  },
  {
    from: 'Orange Belgium, chargeable call duration: 20.4 s is 21 s',
    tariff: cents,
    rate: { ratePerMinute: '0.6' },
    calls: [[20.4, '0.2100', 21]],
  },
];

describe.each(DOCUMENTED)('$from', ({ tariff, rate, calls }) => {
  const parsed = parseTariff({ ...tariff, rates: [{ prefix: '1', ...rate }] });
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const compiled = compileTariff(parsed.tariff);
  test.each(calls)('%s s costs %s for %i s billed', (durationSeconds, charge, billedSeconds) => {
    const printed = rateJsonLine(compiled, { start: '2026-11-20T09:00:00', durationSeconds, number: '12125550123' });
    expect(printed).toMatchObject({ charge, billedSeconds, rated: true });
  });
});
