import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { readAgain } from '../../core/ingest/read-again.ts';
import { rebookCalls } from '../../core/ingest/rebook-calls.ts';
import { SourceRereader } from '../../core/ingest/reread-source.ts';
import { callIdOf, sourceOffsetOf } from '../../core/model/call.ts';
import { type AmountMicro, amountMicro } from '../../core/model/money.ts';
import { type ByteSpan, CallDecisionStore, type DecidedChange } from '../../core/store/call-decisions.ts';
import { ClosingStore } from '../../core/store/closings.ts';
import { MonthStore, monthOfDay } from '../../core/store/month.ts';
import { partsOf, RestatementStore, type Standing } from '../../core/store/restatements.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { BINH, derivedContent, HA, openSite, panasonicLine, type Site } from '../ingest/site-fixture.ts';
import { markClosed } from '../store/close-month.ts';

let site: Site;
afterEach(() => site.close());

const WHY = { reason: 'He used her telephone', by: 'Lan', atMs: 5 };
const TO_BINH: DecidedChange = { kind: 'owner', personId: BINH };
const LINE = panasonicLine({ number: '0912345678', duration: "00:01'00", account: '4401' });
const DERIVED = ['calls', 'call_legs', 'daily_sums'] as const;

function receive(text: string, at?: string): void {
  const stream = site.journal.openStream(site.sourceId, 'tcp');
  site.append(stream, text, at);
  site.journal.closeStream(stream, 'ended');
  site.ingest.reload();
  site.ingest.readAll(site.sourceId);
}

function decide(change: DecidedChange, spans: readonly ByteSpan[], offset: number): void {
  new CallDecisionStore(site.db).add(callIdOf(site.sourceId, offset), spans, change, WHY);
  site.ingest.reload();
  for (const _ of rebookCalls(site.ingest, 'all', 'kept'));
}

/** As if everything derived were thrown away and made again from the journal. */
function readAnew(): void {
  new SourceStore(site.db).removeDerived(site.sourceId);
  site.restarted().readAll(site.sourceId);
}

const owners = () => site.calls().map((call) => [call.personId, call.reason, call.purpose]);

describe('a decision', () => {
  it('holds when the calls are booked anew, read anew, and read with other settings and back', () => {
    site = openSite();
    receive(LINE + LINE);
    decide(TO_BINH, [[0, LINE.length - 2]], 0);
    decide({ kind: 'purpose', purpose: 'private' }, [[0, LINE.length - 2]], 0);
    const decided = [
      [BINH, 'reassigned', 'private'],
      [HA, 'code', null],
    ];
    expect(owners()).toEqual(decided);
    const before = derivedContent(site.db);
    readAnew();
    for (const table of DERIVED) expect(derivedContent(site.db)[table], table).toEqual(before[table]);

    const ingest = site.restarted();
    const rereader = new SourceRereader(ingest);
    for (const dateOrder of ['MDY', 'DMY']) {
      const source = { id: site.sourceId, formatId: 'panasonic-a', formatOptions: { dateOrder } };
      for (const _ of rereader.read(source));
      rereader.apply(site.sourceId, 1000, false);
      expect(owners()).toEqual(decided);
    }
  });

  it('is found by its bytes where the call begins elsewhere now, and the call says so', () => {
    site = openSite();
    receive(LINE + LINE);
    const offset = sourceOffsetOf(site.calls()[1]?.id ?? 0);
    // Decided when another reading had the call begin some bytes later.
    decide(TO_BINH, [[offset + 5, 20]], offset + 5);
    expect(owners()).toEqual([
      [HA, 'code', null],
      [BINH, 'reassigned', null],
    ]);
    readAnew();
    expect(site.calls().map((call) => [call.personId, call.doubts.includes('decision-moved')])).toEqual([
      [HA, false],
      [BINH, true],
    ]);
  });

  it('of a call is not taken for one of a call whose bytes lie between its records', () => {
    site = openSite();
    const leg = (extension: string, condition: string): string =>
      panasonicLine({
        number: '<I>02438261234',
        ring: "0'00",
        duration: "00:01'00",
        extension,
        trunk: '05',
        condition,
      });
    receive(leg('101', '') + LINE + leg('102', 'TR'));
    const [joined, between] = site.calls();
    expect([joined?.legCount, between?.legCount]).toEqual([2, 1]);
    const offset = sourceOffsetOf(between?.id ?? 0);
    decide(TO_BINH, [[offset + 1, 20]], offset + 1);
    expect(site.calls().map((call) => call.reason)).toEqual(['extension', 'reassigned']);
  });
});

describe('a source that never was', () => {
  it('takes decisions and corrections of its calls along', () => {
    site = openSite();
    receive(LINE);
    decide(TO_BINH, [[0, LINE.length - 2]], 0);
    const [call] = site.calls();
    const restatements = new RestatementStore(site.db);
    const standing = restatements.standing(call?.id ?? 0);
    if (call === undefined || standing === undefined) throw new Error('the call is gone');
    const act = { month: '2026-11', reason: 'x', by: 'Lan', atMs: 1 };
    restatements.add([{ callId: call.id, kind: 'owner', after: { ...standing, personId: HA } }], act);
    restatements.takeBack(1, act);
    new CallDecisionStore(site.db).undo(1, WHY);
    const sources = new SourceStore(site.db);
    sources.removeDerived(site.sourceId);
    sources.removeDecided(site.sourceId);
    expect(restatements.count('2026-11')).toBe(0);
    expect(new MonthStore(site.db).sums('2026-11', 'person').rows).toEqual([]);
    expect(new CallDecisionStore(site.db).ofCall(call.id)).toEqual([]);
  });
});

describe('a call that was not in the books of its closed month', () => {
  const september = panasonicLine({
    at: '30/09/26 09:00',
    number: '0912345678',
    duration: "00:01'00",
    account: '4401',
  });

  it('is late when it comes out of quarantine, and stays so when all is read anew', () => {
    site = openSite({ formatId: 'avaya-ipoffice', formatOptions: {} });
    receive(september, '2026-09-30T03:00:00Z');
    expect(site.ingest.quarantine.count(site.sourceId)).toBe(1);
    markClosed(site.db, '2026-09', Date.parse('2026-10-01T02:00:00Z'));
    const sources = new SourceStore(site.db);
    const source = sources.get(site.sourceId);
    if (source === undefined) throw new Error('the source is gone');
    sources.change(site.sourceId, { ...source, formatId: 'panasonic-a', formatOptions: { dateOrder: 'DMY' } });
    site.ingest.reload();
    expect([...readAgain(site.ingest, site.sourceId)]).toEqual([{ read: 1, left: 0 }]);
    const months = () => site.calls().map((call) => monthOfDay(call.lateDay ?? 0));
    expect(months()).toEqual(['2026-10']);
    const month = new MonthStore(site.db);
    expect([month.sums('2026-09', 'person').totals.calls, month.sums('2026-10', 'person').totals.calls]).toEqual([
      0, 1,
    ]);
    const before = derivedContent(site.db);
    readAnew();
    for (const table of DERIVED) expect(derivedContent(site.db)[table], table).toEqual(before[table]);
  });

  it('goes to the first month that was open when it came', () => {
    site = openSite();
    receive(september, '2026-09-30T03:00:00Z');
    markClosed(site.db, '2026-09', Date.parse('2026-10-01T02:00:00Z'));
    markClosed(site.db, '2026-10', Date.parse('2026-11-01T02:00:00Z'));
    // The computer's clock was set back: by it the record came in October, which was closed when it was read.
    receive(september.replace('0912345678', '0912345679'), '2026-10-20T03:00:00Z');
    expect(site.calls().map((call) => (call.lateDay === null ? null : monthOfDay(call.lateDay)))).toEqual([
      null,
      '2026-11',
    ]);
    const before = derivedContent(site.db);
    const closings = new ClosingStore(site.db);
    closings.reopen({ month: '2026-09', atMs: 1, by: 'Lan', reason: 'x' });
    closings.reopen({ month: '2026-10', atMs: 2, by: 'Lan', reason: 'x' });
    readAnew();
    for (const table of DERIVED) expect(derivedContent(site.db)[table], table).toEqual(before[table]);
  });
});

describe('a correction', () => {
  it('takes from the one exactly what it gives to the other, whatever changes', () => {
    site = openSite();
    const standing: fc.Arbitrary<Standing> = fc.record({
      personId: fc.constantFrom(null, 1, 2),
      departmentId: fc.constantFrom(null, 1),
      chargeMicro: fc.option(fc.bigInt({ min: 0n, max: 10n ** 15n }).map(amountMicro)),
      currency: fc.constantFrom(null, 'VND', 'USD'),
      isPrivate: fc.boolean(),
    });
    const inCurrency = (side: Standing, currency: string): bigint =>
      side.currency === currency ? (side.chargeMicro ?? 0n) : 0n;
    fc.assert(
      fc.property(standing, standing, (before, after) => {
        const billed = (side: Standing): Standing => (side.currency === null ? { ...side, chargeMicro: null } : side);
        const [from, to] = [billed(before), billed(after)];
        const parts = partsOf(from, to);
        for (const currency of ['VND', 'USD']) {
          const own = parts.filter((part) => part.standing.currency === currency);
          const sum = (key: 'chargeMicro' | 'privateMicro'): bigint =>
            own.reduce((all, part) => all + (part[key] satisfies AmountMicro), 0n);
          expect(sum('chargeMicro')).toBe(inCurrency(to, currency) - inCurrency(from, currency));
          const privately = (side: Standing): bigint => (side.isPrivate ? inCurrency(side, currency) : 0n);
          expect(sum('privateMicro')).toBe(privately(to) - privately(from));
        }
      }),
    );
  });
});
