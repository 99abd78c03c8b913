import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../core/api/client.ts';
import type { Deck, DeckLayout, DeckPreview } from '../../core/api/contract.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { addSource, LINES, openRig, type Rig } from './rig.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const VIETNAM = readFileSync(new URL('../../core/rating/tariffs/vietnam-2018.csv', import.meta.url));
const HEAD = 'prefix,destination_en,rate_per_minute,currency,increment_seconds\n';

describe('price lists', () => {
  let rig: Rig;
  let client: Client;
  beforeEach(async () => {
    rig = openRig();
    client = await rig.client('en');
  });
  afterEach(() => rig.close());

  const upload = (text: string | Uint8Array, tariffId?: number): Promise<Deck> =>
    client.call('uploadDeck', {
      query: { fileName: 'deck.csv', ...(tariffId !== undefined && { tariffId }) },
      body: typeof text === 'string' ? bytes(text) : text,
    });
  const preview = (
    deck: Deck,
    more: { layout?: DeckLayout; tariffId?: number; mode?: 'replace' | 'update'; leaveOut?: boolean } = {},
  ): Promise<DeckPreview> =>
    client.call('previewDeck', {
      params: { deckId: deck.deckId },
      body: { layout: deck.layout, tariffId: null, mode: 'replace', ...more },
    });
  const stored = async (text: string): Promise<number> => {
    const deck = await upload(text);
    await preview(deck);
    const version = await client.call('confirmDeck', {
      params: { deckId: deck.deckId },
      body: { name: 'Carrier', publishBy: 'Lan' },
    });
    return version.tariffId;
  };

  it('the Vietnamese list is known, previewed, stored as a draft, and comes out again as it went in', async () => {
    const deck = await upload(VIETNAM);
    expect(deck).toMatchObject({
      knownAs: 'Tollbook',
      currency: 'VND',
      missing: [],
      counts: { rates: 276, problems: 0 },
    });
    expect(deck.settings.filter(({ reason }) => reason === 'open')).toEqual([]);
    const first = await preview(deck);
    expect(first).toMatchObject({ comparedWith: null, counts: { added: 276 }, isReady: true });
    expect(first.warnings.map(({ check, count }) => [check, count])).toEqual([['past-date', 276]]);
    const version = await client.call('confirmDeck', { params: { deckId: deck.deckId }, body: { name: 'Việt Nam' } });
    expect(version).toMatchObject({ number: 1, state: 'draft', rateCount: 276, note: 'deck.csv' });

    for (const type of ['csv', 'xlsx'] as const) {
      const file = await client.call('exportDeck', { params: { id: version.id }, query: { type } });
      const again = await upload(new Uint8Array(await file.arrayBuffer()), version.tariffId);
      const same = await preview(again, { tariffId: version.tariffId });
      expect(same).toMatchObject({ counts: { added: 0, changed: 0, closed: 0, removed: 0, same: 276 }, terms: [] });
    }
  });

  it('an open question holds back everything until it is answered', async () => {
    const deck = await upload(`${HEAD}84,VN,1.000,VND,1\n`);
    expect(deck.settings.find(({ setting }) => setting === 'decimal-mark')).toMatchObject({
      reason: 'open',
      choices: [
        { value: 'point', samples: [{ text: '1.000', read: '1.000' }] },
        { value: 'comma', samples: [{ text: '1.000', read: '1000' }] },
      ],
    });
    await expect(preview(deck)).rejects.toMatchObject({ problem: { code: 'import-has-errors' } });
    const layout: DeckLayout = { ...deck.layout, answers: { 'decimal-mark': 'comma' } };
    const read = await client.call('readDeck', { params: { deckId: deck.deckId }, body: { layout, tariffId: null } });
    expect(read.sample[0]?.rates).toMatchObject([{ prefix: '84', ratePerMinute: '1000' }]);
  });

  it('against the present version: each field before and after, page by page, and a new version with a higher number', async () => {
    const tariffId = await stored(`${HEAD}84,VN,718,VND,1\n44,UK,3600,VND,1\n49,Germany,3600,VND,1\n`);
    const deck = await upload(`${HEAD}84,VN,720,VND,1\n33,France,4000,VND,1\n49,Germany,3600,VND,1\n`, tariffId);
    expect(await preview(deck, { tariffId, mode: 'update' })).toMatchObject({
      comparedWith: { number: 1, state: 'published' },
      counts: { added: 1, changed: 1, closed: 0, removed: 0, same: 2 },
      rateCount: 4,
    });
    expect(await preview(deck, { tariffId })).toMatchObject({ counts: { added: 1, changed: 1, removed: 1, same: 1 } });
    const { deckId } = deck;
    const changed = await client.call('listDeckChanges', { params: { deckId }, query: { kind: 'changed' } });
    expect(changed).toMatchObject({
      found: 1,
      changes: [{ prefix: '84', rowNumber: 2, fields: [{ key: 'ratePerMinute', before: '718', after: '720' }] }],
    });
    const page = await client.call('listDeckChanges', { params: { deckId }, query: { offset: 1, limit: 1 } });
    expect(page).toMatchObject({ found: 3, changes: [{ prefix: '44', kind: 'removed' }] });
    const named = await client.call('listDeckChanges', { params: { deckId }, query: { text: 'fran' } });
    expect(named.changes.map(({ prefix }) => prefix)).toEqual(['33']);

    const version = await client.call('confirmDeck', { params: { deckId }, body: { effectiveFrom: '2026-04-01' } });
    expect(version).toMatchObject({ tariffId, number: 2, state: 'draft', effectiveFrom: '2026-04-01', rateCount: 3 });
    const [first] = (await client.call('listTariffs')).find(({ id }) => id === tariffId)?.versions.slice(-1) ?? [];
    expect(first).toMatchObject({ number: 1, rateCount: 3, isPresent: true });
  });

  it('rows that cannot be read stop the import until they are left out on purpose', async () => {
    const deck = await upload(`${HEAD}84,VN,718,VND,1\n44,UK,dear,VND,1\n`);
    expect(deck.problems).toEqual([{ rowNumber: 3, column: 'rate_per_minute', message: '“dear” is no amount.' }]);
    expect(await preview(deck)).toMatchObject({ isReady: false, problemCount: 1 });
    const confirm = { params: { deckId: deck.deckId }, body: { name: 'Carrier' } };
    await expect(client.call('confirmDeck', confirm)).rejects.toMatchObject({ problem: { code: 'import-has-errors' } });
    expect(await preview(deck, { leaveOut: true })).toMatchObject({ isReady: true, rateCount: 1 });
    expect(await client.call('confirmDeck', confirm)).toMatchObject({ rateCount: 1 });
    await expect(client.call('confirmDeck', confirm)).rejects.toMatchObject({ problem: { code: 'import-expired' } });
  });

  it('a preview is out of date when the tariff has another present version by then', async () => {
    const tariffId = await stored(`${HEAD}84,VN,718,VND,1\n`);
    const [mine, theirs] = [
      await upload(`${HEAD}84,VN,720,VND,1\n`, tariffId),
      await upload(`${HEAD}84,VN,730,VND,1\n`, tariffId),
    ];
    await preview(mine, { tariffId });
    await preview(theirs, { tariffId });
    await client.call('confirmDeck', { params: { deckId: theirs.deckId }, body: { publishBy: 'Lan' } });
    await expect(client.call('confirmDeck', { params: { deckId: mine.deckId }, body: {} })).rejects.toMatchObject({
      problem: { code: 'import-expired' },
    });
  });

  it('a kept layout is known again by its headings, and forgotten when it is removed', async () => {
    const text = 'Mạng;Mã;Tiền\nVN;84;718\n';
    const layout: DeckLayout = {
      preset: null,
      headingRow: 1,
      columns: ['name', 'prefix', 'rate'],
      answers: { 'price-unit': '60', blocks: '6/1', currency: 'VND' },
    };
    const kept = await client.call('saveDeckPreset', {
      body: { name: 'Nhà mạng', headings: ['Mạng', 'Mã', 'Tiền'], layout },
    });
    expect(kept.own.map(({ name }) => name)).toEqual(['Nhà mạng']);
    const again = await upload(text);
    expect(again).toMatchObject({ knownAs: 'Nhà mạng', counts: { rates: 1 } });
    expect(again.sample[0]?.rates).toMatchObject([{ prefix: '84', ratePerMinute: '718', initialSeconds: 6 }]);
    await client.call('removeDeckPreset', { params: { id: kept.own[0]?.id ?? 0 } });
    expect((await client.call('listDeckPresets')).own).toEqual([]);
    expect((await upload(text)).knownAs).toBeNull();
  });

  it('the tables of one list are added to each other', async () => {
    const deck = await upload('#Id,ConnectFee,Rate,RateUnit,RateIncrement,GroupIntervalStart\nR,0,0.6,60s,1s,0s\n');
    expect(deck.problems.map(({ message }) => message)).toContain(
      'The table Destinations.csv is missing. Add it to this price list.',
    );
    const more = async (text: string): Promise<Deck> =>
      client.call('uploadDeck', { query: { fileName: 'more.csv', deckId: deck.deckId }, body: bytes(text) });
    await more('#Id,Prefix\nDE,49\n');
    const whole = await more(
      '#Id,DestinationId,RatesTag,RoundingMethod,RoundingDecimals,MaxCost,MaxCostStrategy\nDR,DE,R,*up,4,0,\n',
    );
    const layout: DeckLayout = { ...whole.layout, answers: { currency: 'EUR' } };
    const read = await client.call('readDeck', { params: { deckId: deck.deckId }, body: { layout, tariffId: null } });
    expect(read).toMatchObject({ knownAs: 'CGRateS', counts: { rates: 1, problems: 0 } });
    expect(read.sample.map(({ rates }) => rates[0]?.prefix)).toEqual(['49']);
  });

  it('a country that was called of late and has no rate is named with its calls', async () => {
    rig.feed(addSource(new SourceStore(rig.deps.db), 'Main PBX'), LINES);
    const { warnings } = await preview(await upload(`${HEAD}44,UK,3600,VND,60\n`));
    expect(warnings).toMatchObject([
      {
        check: 'country-without-rate',
        count: 1,
        rows: [{ prefix: '84', text: '4 calls of the last 90 days went there.' }],
      },
    ]);
  });

  it('a version is looked through, and written in the layouts that can hold its rates', async () => {
    const tariffId = await stored(`${HEAD}84,VN,718,VND,1\n84,VN,719,VND,1\n44,UK,3600,VND,60\n`);
    const id = (await client.call('listTariffs')).find((tariff) => tariff.id === tariffId)?.versions[0]?.id ?? 0;
    const warnings = await client.call('checkTariffVersion', { params: { id } });
    expect(warnings).toMatchObject([{ check: 'duplicate-prefix', count: 1, rows: [{ prefix: '84' }] }]);
    const fit = await client.call('fitDeck', { params: { id }, query: { layout: 'freeside' } });
    expect(fit).toMatchObject({ fitting: 2, misfitCount: 1, misfits: [{ prefix: '44', keys: ['initialSeconds'] }] });
    const file = await client.call('exportDeck', { params: { id }, query: { type: 'csv', layout: 'astpp' } });
    expect(new TextDecoder().decode(await file.arrayBuffer())).toContain('"44","UK","0","0","3600","60","60"');
  });
});
