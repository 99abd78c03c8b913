import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CGRATES_TABLES, cgratesSheet } from '../../core/decks/cgrates-export.ts';
import { exportLayouts, presetSheet } from '../../core/decks/export-deck.ts';
import { readDeck } from '../../core/decks/read-deck.ts';
import { csvOfSheet, xlsxOfSheet } from '../../core/people/table-export.ts';
import { readTableFile } from '../../core/people/table-file.ts';
import { compileTariff } from '../../core/rating/compile.ts';
import { parseStoredTariff, parseTariff } from '../../core/rating/parse-tariff.ts';
import { type RatingCall, rateCall } from '../../core/rating/rate-call.ts';
import type { StoredRate, StoredTariff } from '../../core/rating/tariff.ts';
import { HOME } from './read.ts';

/** 2026-11-01 at midnight on the tariff's clock. */
const NOVEMBER = Date.UTC(2026, 10, 1) / 1000;

const price = fc
  .tuple(fc.nat(9_999_999), fc.constantFrom(0, 2, 3, 4))
  .map(([n, decimals]) => (decimals === 0 ? String(n) : (n / 10 ** decimals).toFixed(decimals)));
const text = fc.constantFrom('Hà Nội', '=1+1', '+84', '-5', '@cmd', "'quoted", 'a "b", c;d', 'line\nbreak');
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const seconds = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

const priceForm = fc.oneof(
  fc.record({
    ratePerMinute: price,
    initialSeconds: maybe(fc.integer({ min: 0, max: 60 })),
    incrementSeconds: maybe(seconds(60)),
    volumes: fc.boolean(),
  }),
  fc
    .uniqueArray(fc.nat(120), { minLength: 1, maxLength: 3 })
    .chain((starts) =>
      fc.tuple(
        ...starts.map((fromSecond) =>
          fc.record({
            fromSecond: fc.constant(fromSecond),
            price,
            perSeconds: seconds(90),
            incrementSeconds: seconds(60),
          }),
        ),
      ),
    )
    .map((steps) => ({ steps })),
  price.map((connectionCharge) => ({ connectionCharge: `${connectionCharge.replace(/^0+(\.0+)?$/, '1')}` })),
  fc.constant({ reject: true }),
);
const conditions = fc.record({
  period: maybe(fc.constantFrom('day', 'night')),
  trunk: maybe(fc.constantFrom('007', '=trunk')),
  accessCode: maybe(fc.constantFrom('171', '178')),
  direction: maybe(fc.constantFrom('outgoing', 'incoming', 'internal', 'tandem')),
  originGroup: maybe(fc.constant('Đà Nẵng')),
  localOnly: maybe(fc.boolean()),
  minimumDigits: maybe(fc.nat(9)),
  maximumDigits: maybe(fc.integer({ min: 9, max: 15 })),
});
const extras = fc.record({
  name: maybe(text),
  nameVi: maybe(text),
  category: maybe(fc.constantFrom('mobile', 'national')),
  source: maybe(text),
  block: maybe(fc.constantFrom('initial-then-increments', 'whole-duration')),
  connectionCharge: maybe(price),
  disconnectionCharge: maybe(price),
  minimumCharge: maybe(price),
  graceSeconds: maybe(fc.nat(5)),
  freeSeconds: maybe(fc.nat(30)),
  connectTimeSeconds: maybe(fc.nat(12)),
  effectiveFrom: maybe(fc.constantFrom('2026-01-01', '2026-11-01T12:30', '2026-11-02T00:00:05')),
  effectiveTo: maybe(fc.constantFrom('2026-11-20', '2027-01-01T08:00')),
});

function rateOf(prefix: string, form: object, when: object, more: object): StoredRate {
  const { volumes, ...rest } = { volumes: false, ...form };
  const volume = volumes
    ? { volumeGroup: 'all', volumePrices: [{ fromMonthSeconds: 300, ratePerMinute: '1.234' }] }
    : {};
  const all = { prefix, ...more, ...when, ...rest, ...volume };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as StoredRate;
}

const rates = fc
  .tuple(fc.constantFrom('', '84', '849', '8498', '1', '44'), priceForm, conditions, extras)
  .map(([prefix, form, when, more]) => rateOf(prefix, form, when, more));

const tariffs: fc.Arbitrary<StoredTariff> = fc.record({
  currency: fc.constantFrom('VND', 'EUR', 'KWD'),
  decimals: fc.nat(6),
  rounding: fc.constantFrom('half-up', 'half-even', 'up', 'down'),
  timeZone: fc.constant('Asia/Ho_Chi_Minh'),
  straddle: fc.constantFrom('split', 'start'),
  markupPercent: fc.constantFrom('-12.5', '0', '7.25'),
  taxPercent: fc.constantFrom('0', '10'),
  pricesIncludeTax: fc.boolean(),
  durationRounding: fc.constantFrom('up', 'nearest'),
  periods: fc.constant([{ name: 'day', from: '06:00', to: '22:00' }]),
  defaultPeriod: fc.constant('night'),
  holidays: fc.constant(['2026-11-03']),
  holidayPeriod: fc.constant('night'),
  origin: fc.constant('84236'),
  areaGroups: fc.constant([{ name: 'Đà Nẵng', prefixes: ['84235', '84236'] }]),
  bundles: fc.constant([{ name: 'minutes', categories: ['mobile'], secondsPerMonth: 400 }]),
  rates: fc.array(rates, { minLength: 1, maxLength: 6 }),
});

const calls: fc.Arbitrary<RatingCall> = fc.record({
  startLocal: fc.nat(30 * 86_400).map((second) => NOVEMBER + second),
  durationSeconds: fc.nat(900),
  number: fc.constantFrom('84981234567', '84912345678', '842363812345', '14155550123', '447911123456'),
  trunk: fc.constantFrom(undefined, '007', '=trunk'),
  accessCode: fc.constantFrom(undefined, '171'),
  direction: fc.constantFrom('outgoing', 'incoming'),
});

/** Everything of a charge but the rate object itself, which may say the same in other words. */
function charged(tariff: StoredTariff, call: RatingCall): unknown {
  const { amountMicro, isRated, billedSeconds, rate } = rateCall(compileTariff(tariff), call);
  return { amountMicro, isRated, billedSeconds, prefix: rate?.prefix };
}

async function readBack(
  bytes: Uint8Array,
  currency: string,
  answers: Readonly<Record<string, string>> = {},
): Promise<{ tariff: StoredTariff; problems: readonly unknown[] }> {
  const rows = await readTableFile(bytes, { marksNumbers: true });
  const first = readDeck([{ fileName: 'deck', rows }], undefined, { home: HOME, currency });
  const reading = readDeck([{ fileName: 'deck', rows }], { ...first.layout, answers }, { home: HOME, currency });
  const tariff: StoredTariff = { currency, ...reading.frame, rates: reading.rates.map(({ rate }) => rate) };
  return { tariff, problems: reading.problems };
}

describe('what is exported can be imported again', () => {
  test('in our own columns every call costs the same before and after, as CSV and as xlsx', async () => {
    await fc.assert(
      fc.asyncProperty(
        tariffs,
        fc.array(calls, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        async (tariff, asked, isXlsx) => {
          fc.pre('tariff' in parseStoredTariff(tariff));
          const sheet = presetSheet(tariff, 'tollbook', HOME)?.sheet;
          if (sheet === undefined) throw new Error('our own columns are a layout');
          const bytes = isXlsx
            ? await xlsxOfSheet('Tariff', sheet.headings, sheet.rows)
            : csvOfSheet([sheet.headings, ...sheet.rows]);
          const back = await readBack(bytes, tariff.currency);
          expect(back.problems).toEqual([]);
          for (const call of asked) expect(charged(back.tariff, call)).toEqual(charged(tariff, call));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('in the layout of another program every rate that fits costs the same, and every other one is named', async () => {
    const layouts = fc.constantFrom(
      ...exportLayouts().filter((layout) => layout !== 'tollbook' && !layout.startsWith('cgrates')),
    );
    const simple = tariffs.map(({ currency, rates: all }): StoredTariff => ({ currency, rates: all }));
    const plain = fc
      .tuple(
        fc.constantFrom('84', '8498', '44', '84113'),
        price,
        fc.constantFrom(1, 6, 60),
        fc.constantFrom(undefined, 6, 60),
      )
      .map(([prefix, ratePerMinute, incrementSeconds, initialSeconds]) =>
        rateOf(prefix, { ratePerMinute, incrementSeconds, initialSeconds }, {}, {}),
      );
    await fc.assert(
      fc.asyncProperty(
        simple,
        fc.array(plain, { maxLength: 3 }),
        layouts,
        fc.array(calls, { maxLength: 6 }),
        async (some, more, layout, asked) => {
          const tariff = { ...some, rates: [...some.rates, ...more] };
          fc.pre(
            'tariff' in
              parseStoredTariff({
                ...tariff,
                periods: [{ name: 'day' }, { name: 'night' }],
                areaGroups: [{ name: 'Đà Nẵng', prefixes: ['84236'] }],
              }),
          );
          const written = presetSheet(tariff, layout, HOME);
          if (written === undefined) throw new Error(`${layout} is a layout`);
          expect(written.sheet.rows.length + written.misfits.length).toBe(tariff.rates.length);
          for (const { reasons } of written.misfits) expect(reasons.length).toBeGreaterThan(0);
          const missing = new Set(written.misfits.map(({ index }) => index));
          const fitting = { ...tariff, rates: tariff.rates.filter((_, index) => !missing.has(index)) };
          const back = await readBack(csvOfSheet([written.sheet.headings, ...written.sheet.rows]), tariff.currency, {
            blocks: '1/1',
            'decimal-mark': 'point',
          });
          expect(back.problems).toEqual([]);
          for (const call of asked) expect(charged(back.tariff, call)).toEqual(charged(fitting, call));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('in the tables of CGRateS, joined again, every rate that fits costs the same', async () => {
    const own = fc
      .tuple(fc.constantFrom('84', '8498', '44', '1'), priceForm, maybe(price))
      .map(([prefix, form, connectionCharge]) => rateOf(prefix, form, {}, { connectionCharge }));
    const simple = fc.tuple(tariffs, fc.array(own, { minLength: 1, maxLength: 5 })).map(
      ([{ currency, decimals = 0, rounding = 'half-up' }, rates]): StoredTariff => ({
        currency,
        decimals,
        rounding: rounding === 'half-even' ? 'up' : rounding,
        rates,
      }),
    );
    await fc.assert(
      fc.asyncProperty(simple, fc.array(calls, { maxLength: 6 }), async (tariff, asked) => {
        fc.pre('tariff' in parseStoredTariff(tariff));
        const [written, ...others] = CGRATES_TABLES.map((table) => cgratesSheet(tariff, table));
        if (written === undefined) throw new Error('there are three tables');
        fc.pre(written.sheet.rows.length > 0);
        const missing = new Set(written.misfits.map(({ index }) => index));
        const fitting = { ...tariff, rates: tariff.rates.filter((_, index) => !missing.has(index)) };
        const tables = [written, ...others].map(({ sheet }, at) => ({
          fileName: `${at}`,
          rows: [sheet.headings, ...sheet.rows].map((cells, row) => ({ rowNumber: row + 1, cells })),
        }));
        const reading = readDeck(tables, undefined, { home: HOME, currency: tariff.currency });
        expect(reading.problems).toEqual([]);
        const back = { currency: tariff.currency, ...reading.frame, rates: reading.rates.map(({ rate }) => rate) };
        for (const call of asked) expect(charged(back, call)).toEqual(charged(fitting, call));
      }),
    );
  });

  test('as JSON, in the stored form and, where it holds all, in the interchange form', () => {
    const both = new Set([
      ...['currency', 'decimals', 'rounding', 'timeZone', 'straddle', 'periods', 'defaultPeriod', 'rates'],
      ...['prefix', 'name', 'period', 'ratePerMinute', 'initialSeconds', 'incrementSeconds', 'steps', 'block'],
      ...['connectionCharge', 'graceSeconds', 'minimumCharge', 'effectiveFrom', 'effectiveTo', 'trunk', 'accessCode'],
      'direction',
    ]);
    const onlyBoth = <T extends object>(value: T): T =>
      Object.fromEntries(Object.entries(value).filter(([key]) => both.has(key))) as T;
    const bare = tariffs.map(
      (tariff): StoredTariff => ({
        ...onlyBoth(tariff),
        rates: tariff.rates.filter(({ reject }) => reject !== true).map(onlyBoth),
      }),
    );
    fc.assert(
      fc.property(bare, calls, (tariff, call) => {
        fc.pre('tariff' in parseStoredTariff(tariff));
        const back = parseTariff(JSON.parse(JSON.stringify(tariff)) as unknown);
        if (!('tariff' in back)) throw new Error(JSON.stringify(back.problems));
        expect(charged(back.tariff, call)).toEqual(charged(tariff, call));
      }),
    );
  });

  test('no cell begins what a spreadsheet runs as a formula', () => {
    const tariff: StoredTariff = {
      currency: 'VND',
      rates: [{ prefix: '84', name: '=HYPERLINK("x")', trunk: '@a', ratePerMinute: '1', source: '+1' }],
    };
    const sheet = presetSheet(tariff, 'tollbook', HOME)?.sheet;
    const csv = new TextDecoder().decode(csvOfSheet([sheet?.headings ?? [], ...(sheet?.rows ?? [])]));
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
    expect(csv).not.toMatch(/(?:^|,)"[=+\-@]/m);
  });
});
