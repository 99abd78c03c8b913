import { describe, expect, test } from 'vitest';
import type { DeckReading, DeckSetting, SettingState } from '../../core/decks/deck-layout.ts';
import { HOME, open, rates, read } from './read.ts';

const setting = (reading: DeckReading, name: DeckSetting): SettingState | undefined =>
  reading.settings.find((state) => state.setting === name);

const samplesOf = (reading: DeckReading, name: DeckSetting): readonly (readonly string[])[] =>
  (setting(reading, name)?.choices ?? []).map(({ value, samples }) => [
    value,
    ...samples.map(({ text, read: shown }) => `${text} → ${shown}`),
  ]);

describe('what the cells leave open is asked, never guessed', () => {
  test('1.000 alone may be one or one thousand: both readings are shown, and nothing is read', async () => {
    const reading = await read('prefix,rate_per_minute,increment_seconds\n84,1.000,1\n');
    expect(open(reading)).toEqual(['decimal-mark']);
    expect(samplesOf(reading, 'decimal-mark')).toEqual([
      ['point', '1.000 → 1.000'],
      ['comma', '1.000 → 1000'],
    ]);
    expect(reading.rates).toEqual([]);
  });

  test('one cell that can mean one thing only decides for all', async () => {
    const reading = await read('prefix;rate_per_minute;increment_seconds\n84;1.000;1\n85;718,5;1\n');
    expect(setting(reading, 'decimal-mark')).toMatchObject({ reason: 'cells', value: 'comma' });
    expect(rates(reading)).toMatchObject([{ ratePerMinute: '1000' }, { ratePerMinute: '718.5' }]);
  });

  test('cells that contradict each other are asked', async () => {
    const reading = await read('prefix;rate_per_minute;increment_seconds\n84;1,5;1\n85;1.5;1\n');
    expect(open(reading)).toEqual(['decimal-mark']);
  });

  test('8/7/2022 may be August or July; 8/16/2022 can only be August', async () => {
    const head = 'prefix,rate_per_minute,increment_seconds,effective_from\n84,5,1,8/7/2022\n';
    const asked = await read(head);
    expect(open(asked)).toEqual(['date-order']);
    expect(samplesOf(asked, 'date-order')).toEqual([
      ['DMY', '8/7/2022 → 2022-07-08'],
      ['MDY', '8/7/2022 → 2022-08-07'],
    ]);
    const decided = await read(`${head}85,5,1,8/16/2022\n`);
    expect(rates(decided)).toMatchObject([{ effectiveFrom: '2022-08-07' }, { effectiveFrom: '2022-08-16' }]);
  });

  test('an unknown list is asked for what its price is for, and for its blocks', async () => {
    const reading = await read('Đầu số;Nơi đến;Đơn giá\n84;Việt Nam;718\n');
    expect(reading.layout.columns).toEqual(['prefix', 'name', 'rate']);
    expect(open(reading)).toEqual(['price-unit', 'blocks']);
    const answered = await read('Đầu số;Nơi đến;Đơn giá\n84;Việt Nam;718\n', { 'price-unit': '60', blocks: '6/1' });
    expect(rates(answered)).toEqual([
      { prefix: '84', name: 'Việt Nam', ratePerMinute: '718', initialSeconds: 6, incrementSeconds: 1 },
    ]);
  });

  test('a heading says that the price is for a second', async () => {
    const reading = await read('Prefix,Destination,Price per second,Billing\n44,UK,0.5,6/1\n');
    expect(rates(reading)).toMatchObject([{ ratePerMinute: '30', initialSeconds: 6 }]);
  });

  test('prefixes with 0 beside prefixes without are asked', async () => {
    const text = 'prefix,rate_min,blocks\n098,5,1/1\n1900,5,1/1\n';
    expect(open(await read(text))).toEqual(['number-form']);
    expect(rates(await read(text, { 'number-form': 'dialled' }))).toMatchObject([
      { prefix: '8498' },
      { prefix: '841900' },
    ]);
  });

  test('of two columns of prices none is taken', async () => {
    const reading = await read('Prefix,Destination,Giá chưa VAT (phút),Giá có VAT (phút),Blocks\n84,VN,100,110,1/1\n');
    expect(reading.missing).toEqual(['rate']);
  });

  test('the currency is that of the list, of the tariff, or asked', async () => {
    const text = 'prefix,rate_per_minute,increment_seconds\n84,5,1\n';
    expect(open(await read(text, {}, { home: HOME }))).toEqual(['currency']);
    const differs = await read(
      'prefix,rate_per_minute,increment_seconds,currency\n84,5,1,USD\n85,5,1,EUR\n',
      {},
      { home: HOME },
    );
    expect(differs.problems).toMatchObject([{ rowNumber: 3, column: 'currency', code: 'currency-differs' }]);
  });
});

describe('words of a file are nothing but words', () => {
  test('a heading, a unit, a term with a name that the language knows', async () => {
    const text =
      'prefix,destination_en,rate_per_minute,increment_seconds,constructor\n84,toString,5,6 constructor,x\n#tariff,__proto__,{},,\n';
    const reading = await read(text);
    expect(reading.layout.columns).toEqual(['prefix', 'name', 'rate', 'incrementSeconds', null]);
    expect(reading.problems).toMatchObject([{ rowNumber: 2, code: 'seconds-unclear' }, { code: 'unknown-key' }]);
  });

  test('a list with common headings alone is no list of ours: its blocks are asked', async () => {
    const reading = await read('Prefix,Destination,Rate per minute\n84,VN,5\n');
    expect(reading.layout).toMatchObject({ preset: null, columns: ['prefix', 'name', 'rate'] });
    expect(open(reading)).toEqual(['blocks']);
  });
});

describe('nothing is lost in silence', () => {
  test('titles above the headings, section titles, and rows that cannot be read', async () => {
    const reading = await read(
      'Bảng giá 2026,,\nPrefix,Destination,Rate/min,Blocks\nEUROPE,,,\n44,UK,abc,1/1\n33,France,,1/1\n,Nowhere,5,1/1\n49,Germany,5,1/1\n',
    );
    expect(reading.layout.headingRow).toBe(2);
    expect(reading.skippedRows).toEqual([3]);
    expect(reading.problems.map(({ rowNumber, column, code }) => [rowNumber, column, code])).toEqual([
      [4, 'Rate/min', 'number-unclear'],
      [5, 'Rate/min', 'price-missing'],
      [6, 'Prefix', 'prefix-missing'],
    ]);
    expect(rates(reading)).toMatchObject([{ prefix: '49' }]);
  });

  test('columns that hold something and are not read are named', async () => {
    const reading = await read('Prefix,Rate/min,Blocks,Colour\n44,5,1/1,red\n');
    expect(reading.unreadColumns).toEqual(['Colour']);
  });

  test('a rate that a tariff refuses is a problem of its row', async () => {
    const reading = await read('prefix,rate_per_minute,increment_seconds,period\n44,5,1,night\n45,5,1,\n');
    expect(reading.problems).toMatchObject([{ rowNumber: 2, column: 'period', code: 'period-unknown' }]);
    expect(rates(reading)).toMatchObject([{ prefix: '45' }]);
  });

  test('a pulse that no minute is a multiple of is kept as it is printed', async () => {
    const reading = await read('Prefix,Price,Rate unit,Increment\n44,0.12,90,90\n');
    expect(rates(reading)).toEqual([
      { prefix: '44', steps: [{ fromSecond: 0, price: '0.12', perSeconds: 90, incrementSeconds: 90 }] },
    ]);
  });
});
