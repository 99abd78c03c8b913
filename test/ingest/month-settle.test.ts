import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookableOf } from '../../core/ingest/call-row.ts';
import { explainCall } from '../../core/ingest/explain-call.ts';
import type { Ingest } from '../../core/ingest/ingest.ts';
import { IngestLoop } from '../../core/ingest/ingest-loop.ts';
import { callIdOf } from '../../core/model/call.ts';
import { compileTariff } from '../../core/rating/compile.ts';
import { rateMonths } from '../../core/rating/month.ts';
import type { StoredTariff } from '../../core/rating/tariff.ts';
import type { CallRow } from '../../core/store/calls.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { ALWAYS, TariffStore } from '../../core/store/tariffs.ts';
import { versionInputOf } from '../../core/tariff-file.ts';
import { plainCall } from '../store/call-fixture.ts';
import { markClosed } from '../store/close-month.ts';
import { openSite, panasonicLine, type Site } from './site-fixture.ts';

/** Local seconds of 28 October 2026: the calls lie around the turn of the month. */
const FIRST = Date.UTC(2026, 9, 28) / 1000;
const NUMBERS = ['0981234567', '0912345678'] as const;
const NORMALISED: Readonly<Record<string, string>> = { '0981234567': '84981234567', '0912345678': '84912345678' };

const tariffs: fc.Arbitrary<StoredTariff> = fc.record({
  currency: fc.constantFrom('VND', 'EUR'),
  timeZone: fc.constant('Asia/Ho_Chi_Minh'),
  bundles: fc.constantFrom<NonNullable<StoredTariff['bundles']>>(
    [{ name: 'minutes', prefixes: ['8498'], secondsPerMonth: 400, secondsPerCall: 90 }],
    [
      { name: 'minutes', secondsPerMonth: 200 },
      { name: 'more minutes', prefixes: ['8491'], secondsPerMonth: 300 },
      { name: 'money', moneyPerMonth: '1000.005' },
    ],
  ),
  volumeMethod: fc.constantFrom('present', 'month'),
  rates: fc.constantFrom<StoredTariff['rates']>(
    [{ prefix: '84', ratePerMinute: '718', initialSeconds: 6, incrementSeconds: 1 }],
    [
      {
        prefix: '84',
        ratePerMinute: '550',
        volumeGroup: 'all',
        volumePrices: [
          { fromMonthSeconds: 300, ratePerMinute: '500.5' },
          { fromMonthSeconds: 900, ratePerMinute: '300' },
        ],
      },
      { prefix: '8491', ratePerMinute: '780', incrementSeconds: 60, volumeGroup: 'all' },
    ],
  ),
});

type Event =
  | { readonly kind: 'put'; readonly key: number; readonly start: number; readonly talk: number; readonly to: 0 | 1 }
  | { readonly kind: 'remove' | 'settle' | 'step' | 'fail' | 'restart'; readonly key: number };

const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('put' as const),
        key: fc.nat(15),
        // Few starts, so that some calls begin together.
        start: fc.nat(40).map((n) => n * 15_000),
        talk: fc.integer({ min: 1, max: 400 }),
        to: fc.constantFrom(0 as const, 1 as const),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constantFrom('remove', 'settle', 'step', 'fail', 'restart'), key: fc.nat(15) }),
    },
  ),
  { minLength: 10, maxLength: 40, size: 'max' },
);

function publish(site: Site, tariff: StoredTariff): void {
  const store = new TariffStore(site.db);
  const { id } = store.add('monthly', 0);
  store.publish(store.addDraft(id, versionInputOf(tariff), 0).id, ALWAYS, 'test', 0);
  store.setDefault(id);
}

function rowOf(ingest: Ingest, sourceId: number, event: Event & { readonly kind: 'put' }): CallRow {
  const row: CallRow = {
    ...plainCall,
    id: callIdOf(sourceId, event.key * 100),
    startLocalS: FIRST + event.start,
    talkSeconds: event.talk,
    dialled: NUMBERS[event.to],
  };
  return { ...row, ...ingest.booker().book(bookableOf(row)) };
}

function settle(ingest: Ingest): void {
  while (ingest.hasMonthsToSettle) ingest.settleMonths();
}

const inOrder = (a: CallRow, b: CallRow): number => a.startLocalS - b.startLocalS || a.id - b.id;

function expectedOf(tariff: StoredTariff, rows: readonly CallRow[]): readonly (bigint | undefined)[] {
  const calls = rows.map(({ startLocalS, talkSeconds, dialled }) => ({
    startLocal: startLocalS,
    durationSeconds: talkSeconds,
    number: NORMALISED[dialled ?? ''] ?? '',
  }));
  return rateMonths(compileTariff(tariff), calls).charges.map(({ charge }) => charge.amountMicro);
}

describe('prices that depend on the other calls of the month', () => {
  it('come to those of the whole month rated at once, in whatever order its calls came, changed and went', () => {
    fc.assert(
      fc.property(tariffs, events, (tariff, happened) => {
        const site = openSite({ hasTariff: false });
        try {
          publish(site, tariff);
          let { ingest } = site;
          for (const event of happened) {
            const id = callIdOf(site.sourceId, event.key * 100);
            if (event.kind === 'put') {
              ingest.change(() => ingest.calls.put(rowOf(ingest, site.sourceId, event), undefined));
            } else if (event.kind === 'remove') ingest.change(() => ingest.calls.remove(id));
            else if (event.kind === 'settle') settle(ingest);
            else if (event.kind === 'step') ingest.settleMonths();
            else if (event.kind === 'restart') ingest = site.restarted();
            else {
              const broken = (): void =>
                ingest.change(() => {
                  ingest.calls.remove(id);
                  throw new Error('killed');
                });
              expect(broken).toThrow('killed');
            }
          }
          settle(ingest);
          const rows = [...site.calls()].sort(inOrder);
          expect(rows.map(({ chargeMicro }) => chargeMicro)).toEqual(expectedOf(tariff, rows));
          for (const { id, chargeMicro } of rows) {
            const explained = explainCall(site.db, site.journal, id);
            expect(explained?.price.charge?.amountMicro).toBe(chargeMicro);
          }
        } finally {
          site.close();
        }
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  const bundled: StoredTariff = {
    currency: 'VND',
    bundles: [{ name: 'minutes', secondsPerMonth: 100 }],
    rates: [{ prefix: '84', ratePerMinute: '600' }],
  };
  const put = (site: Site, key: number, start: number, talk: number, lateDay: number | null = null): void => {
    const row = rowOf(site.ingest, site.sourceId, { kind: 'put', key, start, talk, to: 0 });
    site.ingest.change(() => site.ingest.calls.put({ ...row, lateDay }, undefined));
  };

  it('say what a call took from the bundle, and give it to the call that began first', () => {
    const site = openSite({ hasTariff: false });
    publish(site, bundled);
    put(site, 1, 3600, 80);
    settle(site.ingest);
    put(site, 2, 60, 90);
    settle(site.ingest);
    const [late, early] = site.calls();
    expect([early?.chargeMicro, late?.chargeMicro]).toEqual([0n, 700_000_000n]);
    expect(JSON.parse(late?.monthUse ?? '')).toEqual({ seconds: { bundle: 'minutes', left: 10, used: 10 } });
    const kinds = explainCall(site.db, site.journal, late?.id ?? 0)?.priceSteps.map(({ kind }) => kind);
    expect(kinds).toEqual(
      expect.arrayContaining(['tariff-by-default', 'version-always', 'allowance', 'bundle-seconds']),
    );
    site.close();
  });

  it('get back what a source used whose calls are taken away', () => {
    const site = openSite({ hasTariff: false });
    publish(site, bundled);
    const rowAt = (sourceId: number, start: number): CallRow =>
      rowOf(site.ingest, sourceId, { kind: 'put', key: 1, start, talk: 80, to: 0 });
    site.ingest.change(() => {
      site.ingest.calls.put(rowAt(site.sourceId + 1, 60), undefined);
      site.ingest.calls.put(rowAt(site.sourceId, 3600), undefined);
    });
    settle(site.ingest);
    expect(site.calls()[0]?.chargeMicro).toBe(600_000_000n);
    new SourceStore(site.db).removeDerived(site.sourceId + 1);
    settle(site.ingest);
    expect(site.calls().map(({ chargeMicro }) => chargeMicro)).toEqual([0n]);
    site.close();
  });

  it('change for the whole month where a later call takes its volume to another price', () => {
    const site = openSite({ hasTariff: false });
    publish(site, {
      currency: 'VND',
      volumeMethod: 'month',
      rates: [
        {
          prefix: '84',
          ratePerMinute: '600',
          volumeGroup: 'all',
          volumePrices: [{ fromMonthSeconds: 100, ratePerMinute: '300' }],
        },
      ],
    });
    put(site, 1, 3600, 60);
    settle(site.ingest);
    expect(site.calls()[0]?.chargeMicro).toBe(600_000_000n);
    put(site, 2, 90_000, 60);
    settle(site.ingest);
    expect(site.calls().map(({ chargeMicro }) => chargeMicro)).toEqual([300_000_000n, 300_000_000n]);
    site.close();
  });

  it('never move in a closed month, whose calls have used what they used', () => {
    const site = openSite({ hasTariff: false });
    publish(site, bundled);
    put(site, 1, 3600, 80);
    settle(site.ingest);
    markClosed(site.db, '2026-10', 0);
    put(site, 2, 60, 90, Date.UTC(2026, 10, 2) / 86_400_000);
    settle(site.ingest);
    const [stored, late] = site.calls();
    expect(stored?.chargeMicro).toBe(0n);
    expect(late?.chargeMicro).toBe(0n);
    site.close();
  });

  it('are in order when the ingest thread is idle, however often it was killed on the way', () => {
    const minutes = fc.uniqueArray(fc.nat(600), { minLength: 3, maxLength: 20, size: 'max' });
    fc.assert(
      fc.property(minutes, fc.array(fc.nat(6), { maxLength: 4 }), (starts, kills) => {
        const site = openSite({ hasTariff: false });
        try {
          publish(site, { ...bundled, bundles: [{ name: 'minutes', secondsPerMonth: 400 }] });
          const stream = site.journal.openStream(site.sourceId, 'tcp');
          const at = (minute: number): string => `05/10/26 ${hhmm(minute)}`;
          for (const minute of starts) {
            site.append(stream, panasonicLine({ at: at(minute), number: '0981234567', duration: "00:01'30" }));
          }
          let loop = loopOf(site.ingest);
          for (const steps of kills) {
            for (let step = 0; step < steps && loop.hasWork; step += 1) loop.step();
            loop = loopOf(site.restarted());
          }
          while (loop.hasWork) loop.step();
          const rows = [...site.calls()].sort(inOrder);
          expect(rows).toHaveLength(starts.length);
          const free = rows.map(({ billedSeconds }) => 90 - (billedSeconds ?? 0));
          expect(free).toEqual(rows.map((_, i) => Math.max(0, Math.min(90, 400 - i * 90))));
        } finally {
          site.close();
        }
      }),
      { numRuns: 10 },
    );
  }, 60_000);
});

const hhmm = (minute: number): string =>
  `${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

function loopOf(ingest: Ingest): IngestLoop {
  const loop = new IngestLoop({
    ingest,
    clockMs: () => performance.now(),
    takeMessages: () => [],
    tell: () => undefined,
    answer: () => undefined,
    refuse: () => undefined,
  });
  loop.wakeAll();
  return loop;
}
