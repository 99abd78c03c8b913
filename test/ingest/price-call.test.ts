import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bookableOf } from '../../core/ingest/call-row.ts';
import type { RebookScope, Repricing } from '../../core/ingest/control.ts';
import { type CallExplanation, explainCall } from '../../core/ingest/explain-call.ts';
import { rebookCalls } from '../../core/ingest/rebook-calls.ts';
import { type CallToTry, tryCall } from '../../core/ingest/try-call.ts';
import { callIdOf } from '../../core/model/call.ts';
import type { StoredTariff } from '../../core/rating/tariff.ts';
import type { CallRow, CallView } from '../../core/store/calls.ts';
import { SettingsStore } from '../../core/store/settings.ts';
import { ALWAYS, TariffStore } from '../../core/store/tariffs.ts';
import { versionInputOf } from '../../core/tariff-file.ts';
import { plainCall } from '../store/call-fixture.ts';
import { openSite, type Site } from './site-fixture.ts';

const NOON = Date.UTC(2026, 9, 5, 12) / 1000;
const plain = (ratePerMinute: string): StoredTariff => ({
  currency: 'VND',
  taxPercent: '10',
  pricesIncludeTax: true,
  rates: [{ prefix: '84', ratePerMinute, incrementSeconds: 60 }],
});

describe('the price of a call', () => {
  let site: Site;
  let tariffs: TariffStore;
  let calls = 0;
  beforeEach(() => {
    site = openSite({ hasTariff: false });
    tariffs = new TariffStore(site.db);
    calls = 0;
  });
  afterEach(() => site.close());

  const addTariff = (name: string, tariff: StoredTariff, from = ALWAYS): number => {
    const known = tariffs.list().find((row) => row.name === name);
    const { id } = known ?? tariffs.add(name, 0);
    tariffs.publish(tariffs.addDraft(id, versionInputOf(tariff), 0).id, from, 'Hà', 0);
    return id;
  };
  const put = (call: Partial<CallRow> = {}): CallView => {
    calls += 1;
    site.ingest.reload();
    const row: CallRow = { ...plainCall, id: callIdOf(site.sourceId, calls * 100), startLocalS: NOON, ...call };
    site.ingest.change(() =>
      site.ingest.calls.put({ ...row, ...site.ingest.booker().book(bookableOf(row)) }, undefined),
    );
    return stored(row.id);
  };
  const stored = (id: number): CallView => {
    const row = site.ingest.calls.get(id);
    if (row === undefined) throw new Error(`no call ${id}`);
    return row;
  };
  const explained = (call: CallView): CallExplanation => {
    const found = explainCall(site.db, site.journal, call.id, 'en');
    if (found === undefined) throw new Error('not explained');
    expect(found.price.charge?.amountMicro ?? null).toBe(call.chargeMicro);
    return found;
  };
  const kinds = (call: CallView): readonly string[] => explained(call).priceSteps.map(({ kind }) => kind);
  const rebook = (scope: RebookScope, pricing: Repricing): void => {
    site.ingest.reload();
    for (const _ of rebookCalls(site.ingest, scope, pricing));
  };

  it('comes from the tariff of access code, trunk, trunk group, source, or the default, in that order', () => {
    const id = (name: string, price: string): number => addTariff(name, plain(price));
    tariffs.setChoices([
      { kind: 'access-code', value: '171', tariffId: id('171', '100') },
      { kind: 'trunk', value: '07', tariffId: id('gsm 7', '200') },
      { kind: 'trunk-group', value: 'GSM', tariffId: id('gsm', '300') },
      { kind: 'default', value: '', tariffId: id('sip', '500') },
    ]);
    tariffs.setTrunkGroups([{ name: 'GSM', trunks: ['07', '08'] }]);
    const found = [
      put({ dialled: '1710912345678', trunk: '07' }),
      put({ trunk: '07' }),
      put({ trunk: '08' }),
      put({ trunk: '01' }),
    ];
    expect(found.map(({ chargeMicro }) => chargeMicro)).toEqual([
      100_000_000n,
      200_000_000n,
      300_000_000n,
      500_000_000n,
    ]);
    expect(found.map((call) => kinds(call)[0])).toEqual([
      'tariff-by-access-code',
      'tariff-by-trunk',
      'tariff-by-trunk-group',
      'tariff-by-default',
    ]);
    tariffs.setChoices([
      ...tariffs.choices(),
      { kind: 'source', value: String(site.sourceId), tariffId: id('pbx', '400') },
    ]);
    expect(put({ trunk: '01' }).chargeMicro).toBe(400_000_000n);
    expect(kinds(stored(callIdOf(site.sourceId, 400)))[0]).toBe('tariff-then');
  });

  it('is that of the version that held on its day; a new one changes no stored call', () => {
    tariffs.setDefault(addTariff('sip', plain('500')));
    const before = put();
    addTariff('sip', plain('600'), '2026-10-06');
    expect(put().chargeMicro).toBe(500_000_000n);
    expect(put({ startLocalS: NOON + 86_400 }).chargeMicro).toBe(600_000_000n);
    addTariff('sip', plain('700'), '2026-10-01');
    expect(stored(before.id).chargeMicro).toBe(500_000_000n);
    expect(put().chargeMicro).toBe(700_000_000n);
    rebook('all', 'kept');
    expect(stored(before.id).chargeMicro).toBe(500_000_000n);
    rebook('all', 'anew');
    expect(stored(before.id).chargeMicro).toBe(700_000_000n);
    expect(kinds(stored(before.id)).slice(0, 2)).toEqual(['tariff-by-default', 'version']);
  });

  it('is kept when the call is booked anew, unless its number is read differently', () => {
    tariffs.setDefault(addTariff('sip', plain('500')));
    const [mobile, local] = [put(), put({ dialled: '38250000' })];
    expect(local.number).toBe('842438250000');
    addTariff('sip', plain('900'), '2026-01-01');
    new SettingsStore(site.db).change({ areaCode: '28' });
    rebook('all', 'kept');
    expect(stored(mobile.id)).toMatchObject({ chargeMicro: 500_000_000n, number: '84912345678' });
    expect(stored(local.id)).toMatchObject({ chargeMicro: 900_000_000n, number: '842838250000' });
  });

  it('is that of another operator for a number that was ported', () => {
    tariffs.setDefault(
      addTariff('sip', {
        currency: 'VND',
        portedNumbers: [{ number: '84912345678', ratedAs: '8498', from: '2026-10-05' }],
        rates: [
          { prefix: '8491', ratePerMinute: '891' },
          { prefix: '8498', ratePerMinute: '718' },
        ],
      }),
    );
    const [before, after] = [put({ startLocalS: NOON - 86_400 }), put()];
    expect([before.chargeMicro, after.chargeMicro]).toEqual([891_000_000n, 718_000_000n]);
    expect(kinds(after)).toContain('ported');
    expect(kinds(before)).not.toContain('ported');
  });

  it('falls on an incoming call only where a rate is meant for the number that was called', () => {
    const freephone = addTariff('freephone', {
      currency: 'VND',
      rates: [
        { prefix: '841800', direction: 'incoming', ratePerMinute: '300' },
        { prefix: '84', ratePerMinute: '500' },
      ],
    });
    tariffs.setDefault(freephone);
    const incoming = { direction: 'incoming', caller: '0903000222' } as const;
    const paid = put({ ...incoming, dialled: '1800599920' });
    expect(paid).toMatchObject({ rating: 'rated', chargeMicro: 300_000_000n, number: '84903000222', band: 'incoming' });
    expect(kinds(paid)).toContain('direction');
    expect(put({ ...incoming, dialled: '0243825000' })).toMatchObject({ rating: 'not-chargeable', chargeMicro: null });
    expect(put({ ...incoming, dialled: '101' }).rating).toBe('not-chargeable');
    expect(put({ ...incoming, dialled: '1800599920', isAnswered: false }).rating).toBe('not-chargeable');
    const byTrunk = addTariff('trunk 3', {
      currency: 'VND',
      rates: [{ prefix: '', direction: 'incoming', ratePerMinute: '200' }],
    });
    tariffs.setChoices([...tariffs.choices(), { kind: 'trunk', value: '03', tariffId: byTrunk }]);
    expect(put({ ...incoming, dialled: null, trunk: '03' }).chargeMicro).toBe(200_000_000n);
  });

  it('goes by where the office is, for tariffs that ask for it', () => {
    tariffs.setDefault(
      addTariff('sip', {
        currency: 'VND',
        areaGroups: [{ name: 'Hà Nội', prefixes: ['8424'] }],
        rates: [
          { prefix: '84', ratePerMinute: '891' },
          { prefix: '84', ratePerMinute: '120', localOnly: true },
        ],
      }),
    );
    expect(put({ dialled: '02438250000' }).chargeMicro).toBe(120_000_000n);
    expect(put({ dialled: '02838250000' }).chargeMicro).toBe(891_000_000n);
  });

  it('is what the PBX printed where that is trusted, and beside it where both are compared', () => {
    tariffs.setDefault(addTariff('sip', plain('500')));
    const settings = new SettingsStore(site.db);
    settings.change({ pbxCostUse: 'trust' });
    const trusted = put({ pbxCost: '0.35 EUR' });
    expect(trusted).toMatchObject({ chargeMicro: 350_000n, currency: 'EUR', tariffVersionId: null, rating: 'rated' });
    expect(kinds(trusted)).toEqual(['number', 'pbx-cost', 'result']);
    expect(put({ pbxCost: '750' })).toMatchObject({ chargeMicro: 750_000_000n, currency: 'VND' });
    const unreadable = put({ pbxCost: '12 pulses' });
    expect(unreadable).toMatchObject({ chargeMicro: 500_000_000n, currency: 'VND' });
    expect(kinds(unreadable).at(-1)).toBe('pbx-unreadable');
    settings.change({ pbxCostUse: 'compare' });
    const compared = put({ pbxCost: '450' });
    expect(compared.chargeMicro).toBe(500_000_000n);
    expect(explained(compared).priceSteps.at(-1)).toEqual({
      kind: 'pbx-difference',
      values: { amount: '450', currency: 'VND', difference: '50' },
    });
    settings.change({ pbxCostUse: 'rate' });
    expect(kinds(put({ pbxCost: '450' })).at(-1)).toBe('result');
  });

  it('is 0 where nobody answered, and none where no rate fits', () => {
    const id = addTariff('sip', { currency: 'VND', rates: [{ prefix: '849', ratePerMinute: '500' }] });
    tariffs.setDefault(id);
    expect(put({ isAnswered: false }).rating).toBe('not-chargeable');
    const unrated = put({ dialled: '02438250000' });
    expect(unrated).toMatchObject({ rating: 'unrated', chargeMicro: null });
    expect(kinds(unrated).at(-1)).toBe('no-rate');
    addTariff('sip', plain('100'), '2026-01-01');
    expect(tariffs.storedCalls(id)).toBe(1);
  });

  it('has a net and a tax that add up to it', () => {
    tariffs.setDefault(addTariff('sip', plain('789.8')));
    const call = put();
    expect(call.chargeMicro).toBe(790_000_000n);
    expect(explained(call).tax).toEqual({ netMicro: 718_000_000n, taxMicro: 72_000_000n });
  });

  it('can be tried with a draft, in words', () => {
    tariffs.setDefault(addTariff('sip', plain('500')));
    const draft = tariffs.addDraft(1, versionInputOf(plain('800')), 0);
    const ask: CallToTry = {
      number: '90912345678',
      isNormalised: false,
      startLocalS: NOON,
      talkSeconds: 61,
      direction: 'outgoing',
      isAnswered: true,
    };
    const now = tryCall(site.db, ask, 'vi');
    expect(now).toMatchObject({ band: 'mobile', price: { charge: { amountMicro: 1_000_000_000n } } });
    expect(now.number?.number).toBe('84912345678');
    const withDraft = tryCall(site.db, { ...ask, versionId: draft.id }, 'vi');
    expect(withDraft.price.charge?.amountMicro).toBe(1_600_000_000n);
    expect(withDraft.price.steps.map(({ kind }) => kind)).toContain('version-draft');
    const normalised = tryCall(site.db, { ...ask, number: '841900545455', isNormalised: true }, 'en');
    expect(normalised).toMatchObject({ band: 'premium', number: { number: '841900545455' } });
    expect(site.calls()).toEqual([]);
  });
});
