import { existsSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SourceRereader } from '../../core/ingest/reread-source.ts';
import { AppError } from '../../core/model/errors.ts';
import { addAssignment } from '../../core/store/assignments.ts';
import { ReadingChangeStore } from '../../core/store/reading-changes.ts';
import type { RereadDifference } from '../../core/store/reread-difference.ts';
import { removeShadowSites, shadowPathOf } from '../../core/store/shadow-site.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { markClosed } from '../store/close-month.ts';
import { BINH, derivedContent, HA, openSite, panasonicLine, type Site } from './site-fixture.ts';

/** In this order the first date is the fifth of October or the tenth of May. */
const AMBIGUOUS = panasonicLine({ at: '05/10/26 09:00', number: '0912345678', duration: "00:01'00", account: '4401' });
const CLEAR = panasonicLine({ at: '25/09/26 09:00', number: '0912345678', duration: "00:02'00", account: '4402' });
/** A page of another maker in the same stream. */
const LG_LINE = '0001 101   003 00:01:12 07/10/26 10:02 O0912345678          **     3      500.00 10482       \r\n';

describe('reading a source with something else', () => {
  let site: Site;
  let stream: number;
  let rereader: SourceRereader;
  beforeEach(() => {
    site = openSite();
    stream = site.journal.openStream(site.sourceId, 'tcp');
    rereader = new SourceRereader(site.ingest);
  });
  afterEach(() => site.close());

  const receive = (text: string): void => {
    site.append(stream, text);
    site.ingest.readAll(site.sourceId);
  };
  const preview = (formatId: string, formatOptions: Readonly<Record<string, string>>): RereadDifference => {
    for (const _ of rereader.read({ id: site.sourceId, formatId, formatOptions }));
    return rereader.difference(site.sourceId);
  };
  const starts = (): readonly string[] =>
    site.calls().map((call) => new Date(call.startLocalS * 1000).toISOString().slice(0, 10));

  it('changes nothing before it is applied, and says which calls, people and money would change', () => {
    receive(AMBIGUOUS + CLEAR);
    const before = derivedContent(site.db);
    const { counts, people, examples } = preview('panasonic-a', { dateOrder: 'MDY' });
    expect(counts).toMatchObject({ gained: 0, lost: 0, changed: 2, same: 0, inClosedMonths: 0 });
    expect(examples.map(({ kind, before: was, after }) => [kind, was?.doubts, after?.doubts])).toEqual([
      ['changed', [], []],
      ['changed', [], ['date-impossible', 'date-from-arrival']],
    ]);
    expect(people).toEqual([]);
    expect(derivedContent(site.db)).toEqual(before);
  });

  it('counts the calls and the charge of everybody whose calls change', () => {
    receive(AMBIGUOUS + LG_LINE);
    const { counts, people } = preview('lg-ldk', { dateOrder: 'DMY' });
    expect(counts).toMatchObject({ gained: 1, lost: 1, changed: 0, unreadBefore: 1, unreadAfter: 1 });
    expect(people.map(({ personId, callsBefore, callsAfter }) => [personId, callsBefore, callsAfter])).toEqual(
      expect.arrayContaining([[HA, 1, 0]]),
    );
    const total = (side: 'chargeBefore' | 'chargeAfter'): bigint => people.reduce((sum, row) => sum + row[side], 0n);
    expect(total('chargeBefore')).toBeGreaterThan(0n);
    expect(total('chargeAfter')).toBeGreaterThan(0n);
  });

  it('makes exactly the site that would have been, had the source been read so from the beginning', () => {
    receive(AMBIGUOUS + LG_LINE + CLEAR);
    preview('lg-ldk', { dateOrder: 'DMY' });
    // Comes between looking and applying.
    site.append(stream, LG_LINE.replace('0001', '0002'));
    rereader.apply(site.sourceId, 1000, false);
    const fresh = openSite({ formatId: 'lg-ldk' });
    try {
      const other = fresh.journal.openStream(fresh.sourceId, 'tcp');
      fresh.append(other, AMBIGUOUS + LG_LINE + CLEAR);
      fresh.append(other, LG_LINE.replace('0001', '0002'));
      fresh.ingest.readAll(fresh.sourceId);
      const [applied, wanted] = [derivedContent(site.db), derivedContent(fresh.db)];
      for (const table of ['calls', 'call_legs', 'quarantine', 'daily_sums', 'outcome_counts', 'ingest_streams']) {
        expect(applied[table], table).toEqual(wanted[table]);
      }
    } finally {
      fresh.close();
    }
    expect(existsSync(shadowPathOf(site.db.name, site.sourceId))).toBe(false);
  });

  it('goes on reading new bytes as it was told', () => {
    receive(LG_LINE);
    preview('lg-ldk', { dateOrder: 'DMY' });
    rereader.apply(site.sourceId, 1000, false);
    receive(LG_LINE.replace('0001', '0002'));
    expect(site.calls()).toHaveLength(2);
    expect(new SourceStore(site.db).get(site.sourceId)).toMatchObject({ formatId: 'lg-ldk' });
  });

  it('can be taken back, and then everything is as it was', () => {
    receive(AMBIGUOUS + LG_LINE + CLEAR);
    const before = derivedContent(site.db);
    preview('lg-ldk', { dateOrder: 'DMY' });
    rereader.apply(site.sourceId, 1000, false);
    const changes = new ReadingChangeStore(site.db);
    const last = changes.last(site.sourceId);
    expect(last).toMatchObject({ formatId: 'panasonic-a', formatOptions: { dateOrder: 'DMY' } });
    preview(last?.formatId ?? '', last?.formatOptions ?? {});
    rereader.apply(site.sourceId, 2000, true);
    const after = derivedContent(site.db);
    for (const table of ['calls', 'quarantine', 'daily_sums', 'outcome_counts']) {
      expect(after[table], table).toEqual(before[table]);
    }
    expect(changes.last(site.sourceId)).toBeUndefined();
  });

  it('leaves the calls of a closed month as they were reported, and adds none to one', () => {
    receive(AMBIGUOUS + CLEAR);
    markClosed(site.db, '2026-10', 0);
    const { counts } = preview('panasonic-a', { dateOrder: 'MDY' });
    // The first is of a closed month; the second would be placed by its arrival, in October.
    expect(counts).toMatchObject({ gained: 0, lost: 0, changed: 0, inClosedMonths: 2 });
    rereader.apply(site.sourceId, 1000, false);
    expect(starts()).toEqual(['2026-10-05', '2026-09-25']);
  });

  it('books and prices as of the moment it is applied', () => {
    receive(LG_LINE);
    preview('lg-ldk', { dateOrder: 'DMY' });
    const validity = { lastValue: null, validFrom: '0000-01-01', validTo: '9999-12-31' };
    addAssignment(site.db, { kind: 'code', value: '10482', personId: BINH, ...validity });
    site.ingest.reload();
    rereader.apply(site.sourceId, 1000, false);
    expect(site.calls().map((call) => [call.personId, call.reason])).toEqual([[BINH, 'code']]);
  });

  it('leaves no file of a run that was cut off', () => {
    receive(LG_LINE);
    preview('lg-ldk', {});
    const path = shadowPathOf(site.db.name, site.sourceId);
    expect(existsSync(path)).toBe(true);
    removeShadowSites(site.db.name);
    expect(existsSync(path)).toBe(false);
    expect(site.db.name).toSatisfy(existsSync);
  });

  it('refuses to apply what was never read', () => {
    expect(() => rereader.apply(site.sourceId, 0, false)).toThrow(AppError);
  });
});
