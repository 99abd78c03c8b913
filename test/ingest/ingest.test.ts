import { afterEach, describe, expect, it } from 'vitest';
import { callIdOf } from '../../core/model/call.ts';
import { formatAmount } from '../../core/model/money.ts';
import { addAssignment } from '../../core/store/assignments.ts';
import type { CallView } from '../../core/store/calls.ts';
import { SourceStore } from '../../core/store/sources.ts';
import { markClosed } from '../store/close-month.ts';
import { BINH, derivedContent, HA, openSite, panasonicLine, type Site, type SiteOptions } from './site-fixture.ts';

describe('ingest', () => {
  let site: Site;
  afterEach(() => site.close());

  const read = (text: string, options: SiteOptions = {}, receivedAt?: string): readonly CallView[] => {
    site = openSite(options);
    const stream = site.journal.openStream(site.sourceId, 'file');
    site.append(stream, text, receivedAt);
    site.journal.closeStream(stream, 'ended');
    site.ingest.readAll(site.sourceId);
    return site.calls();
  };
  const only = (calls: readonly CallView[]): CallView => {
    expect(calls).toHaveLength(1);
    return calls[0] as CallView;
  };

  it('makes an attributed and priced call of a line', () => {
    const text = panasonicLine({ number: '0912345678', duration: "00:02'05", account: '4401', extension: '102' });
    const call = only(read(text));
    expect(call).toMatchObject({
      id: callIdOf(site.sourceId, 0),
      // The page prints the end: 09:00 less 2:05.
      startLocalS: Date.UTC(2026, 9, 5, 8, 57, 55) / 1000,
      utcOffsetMin: 420,
      direction: 'outgoing',
      talkSeconds: 125,
      extension: '102',
      trunk: '01',
      code: '4401',
      codeField: 'account',
      dialled: '0912345678',
      number: '84912345678',
      band: 'mobile',
      personId: HA,
      personName: 'Nguyễn Thị Hà',
      reason: 'code',
      rating: 'rated',
      currency: 'VND',
      tariffVersionId: 1,
      doubts: [],
    });
    expect(call.billedSeconds).toBeGreaterThanOrEqual(125);
    expect(Number(formatAmount(call.chargeMicro ?? (0n as never)))).toBeGreaterThan(0);
  });

  it('marks a call whose record proves another zone than its source has, and shifts nothing', () => {
    // The id holds 2018-09-07T04:05:01Z: printed as 11:05 at UTC+7, as 04:05 in UTC.
    const line = (hour: string): string =>
      [
        '"4401","101","0912345678","out","""101"" <101>","PJSIP/101-00000001","PJSIP/line1-00000002","Dial"',
        `"PJSIP/0912345678@line1","2018-09-07 ${hour}:05:01","2018-09-07 ${hour}:05:05","2018-09-07 ${hour}:08:24"`,
        '203,199,"ANSWERED","DOCUMENTATION","1536293101.12458",""\n',
      ].join(',');
    const asterisk = { formatId: 'asterisk-csv', formatOptions: {} };
    expect(only(read(line('11'), asterisk)).doubts).toEqual([]);
    site.close();
    const contradicted = only(read(line('04'), asterisk));
    expect(contradicted.doubts).toEqual(['zone-contradicted']);
    expect(contradicted.startLocalS).toBe(Date.UTC(2018, 8, 7, 4, 5, 1) / 1000);
    site.close();
    const asUtc = { formatId: 'asterisk-csv', formatOptions: { timeZone: 'UTC' } };
    expect(only(read(line('04'), asUtc)).doubts).toEqual([]);
  });

  it('reads real lines with their headings', () => {
    const text = [
      '\f  Date     Time    Ext CO        Dial Number        Ring Duration  Acc code  CD \r\n',
      `${'-'.repeat(80)}\r\n`,
      "04/01/07 09:27    1605 05 <I>                       0'06 00:00'00               \r\n",
      "04/01/07 09:27     136 03 <I>                       0'00 00:15'54               \r\n",
      "04/01/07 09:27     138 01 7105993                        00:00'22               \r\n",
      '04/01/07 09:28     108    EXT102                                                \r\n',
      'not a record at all\r\n',
      "01/02/07 20:42     103 14 .................86620000      00:12'13               ",
    ].join('');
    const calls = read(text);
    expect(calls.map((c) => [c.direction, c.extension, c.talkSeconds, c.rating])).toEqual([
      ['incoming', '1605', 0, 'not-chargeable'],
      ['incoming', '136', 954, 'not-chargeable'],
      // The tariff begins in 2012.
      ['outgoing', '138', 22, 'unrated'],
      ['internal', '108', 0, 'not-chargeable'],
      ['outgoing', '103', 733, 'unrated'],
    ]);
    expect(calls.at(-1)).toMatchObject({ number: null, chargeMicro: null });
    expect(calls.at(-1)?.doubts).toContain('number-hidden');
    expect(site.ingest.counts(site.sourceId)).toEqual({ call: 5, part: 0, noise: 2, malformed: 1 });
    expect(site.ingest.quarantine.list({ limit: 10 }).map((row) => row.text)).toEqual(['not a record at all']);
    const bytes = site.db.prepare('SELECT SUM(bytes) FROM outcome_counts').pluck().get();
    expect(bytes).toBe(text.length);
  });

  it.each([
    ['a code nobody ever had', { account: '9999' }, { personId: null, reason: 'unknown-code' }],
    ['a code that had ended', { account: '4402' }, { personId: null, reason: 'code-not-valid' }],
    ['a code on its last day', { account: '4402', at: '30/06/26 10:00' }, { personId: BINH, reason: 'code' }],
    ['a verification code', { extension: '*4401' }, { personId: HA, reason: 'code', extension: null }],
    ['no code', { extension: '102' }, { personId: BINH, reason: 'extension' }],
    ['no code and a free extension', { extension: '199' }, { personId: null, reason: 'no-code' }],
  ])('books a call with %s', (_name, line, expected) => {
    expect(only(read(panasonicLine({ number: '0912345678', duration: "00:01'00", ...line })))).toMatchObject(expected);
  });

  it('leaves calls unrated, not free, without a tariff', () => {
    const call = only(read(panasonicLine({ number: '0912345678', duration: "00:01'00" }), { hasTariff: false }));
    expect(call).toMatchObject({ rating: 'unrated', chargeMicro: null, currency: null, tariffVersionId: null });
  });

  it('prices only outside calls that were talked on', () => {
    const calls = read(
      panasonicLine({ number: '<I>0912345678', ring: "0'05", duration: "00:01'00" }) +
        panasonicLine({ number: 'EXT102', trunk: '' }) +
        panasonicLine({ number: '0912345678', duration: "00:00'00", trunk: '03' }),
    );
    expect(calls.map((call) => [call.direction, call.rating])).toEqual([
      ['incoming', 'not-chargeable'],
      ['internal', 'not-chargeable'],
      ['outgoing', 'not-chargeable'],
    ]);
  });

  it('keeps impossible dates as calls at their arrival, in doubt', () => {
    const line = panasonicLine({ at: '31/02/26 09:00', number: '0912345678', duration: "00:01'00" });
    const calls = read(line, {}, '2026-10-05T02:00:00Z');
    const kept = site.ingest.quarantine.list({ limit: 5 });
    // The parser may refuse the line or pass the date on; either way nothing is lost and nothing is made up.
    expect(calls.length + kept.length).toBe(1);
    for (const call of calls) expect(call.doubts).toContain('date-impossible');
  });

  it('judges the last line without an end when its stream closes', () => {
    site = openSite();
    const stream = site.journal.openStream(site.sourceId, 'tcp');
    site.append(stream, panasonicLine({ number: '0912345678', duration: "00:01'00" }).trimEnd());
    site.ingest.readAll(site.sourceId);
    expect(site.calls()).toHaveLength(0);
    site.journal.closeStream(stream, 'ended');
    site.restarted().readAll(site.sourceId);
    expect(site.calls()).toHaveLength(1);
    site.restarted().readAll(site.sourceId);
    expect(site.calls()).toHaveLength(1);
  });

  it('keeps lines of two connections apart when their bytes alternate', () => {
    site = openSite();
    const [a, b] = [site.journal.openStream(site.sourceId, 'a'), site.journal.openStream(site.sourceId, 'b')];
    const lines = [
      panasonicLine({ number: '0912345678', duration: "00:01'00", trunk: '01' }),
      panasonicLine({ number: '0987654321', duration: "00:02'00", trunk: '02' }),
    ] as const;
    for (let i = 0; i < 90; i += 30) {
      site.append(a, lines[0].slice(i, i + 30));
      site.append(b, lines[1].slice(i, i + 30));
      site.restarted().readAll(site.sourceId);
    }
    expect(site.calls().map((call) => [call.dialled, call.talkSeconds])).toEqual([
      ['0912345678', 60],
      ['0987654321', 120],
    ]);
    const second = site.calls()[1] as CallView;
    const raw = site.journal.readFrameBytes(site.sourceId, 30, second.endOffset - 30);
    expect(Buffer.from(raw).toString('latin1')).toContain('0987654321');
  });

  it('marks a record inside which bytes may be missing', () => {
    site = openSite();
    const stream = site.journal.openStream(site.sourceId, 'tcp');
    const line = panasonicLine({ number: '0912345678', duration: "00:01'00" });
    site.append(stream, line + line.slice(0, 40));
    site.journal.markGap(stream, 'killed');
    site.append(stream, line.slice(40) + line);
    site.ingest.readAll(site.sourceId);
    expect(site.calls().map((call) => call.doubts.includes('gap-inside'))).toEqual([false, true, false]);
  });

  it('changes nothing when everything is read a second time', () => {
    const lines = [
      panasonicLine({ number: '0912345678', duration: "00:01'00", account: '4401' }),
      panasonicLine({ number: '<I>02438261234', ring: "0'06", duration: "00:00'00", extension: '601', trunk: '05' }),
      panasonicLine({ number: '<I>02438261234', ring: "0'00", duration: "00:05'00", extension: '101', trunk: '05' }),
      'rubbish\r\n',
    ].join('');
    read(lines);
    const tables = ['calls', 'call_legs', 'daily_sums', 'quarantine'];
    const before = derivedContent(site.db);
    site.db.exec('DELETE FROM ingest_streams; DELETE FROM outcome_counts;');
    site.restarted().readAll(site.sourceId);
    const after = derivedContent(site.db);
    for (const table of tables) expect(after[table]).toEqual(before[table]);
    expect(after['outcome_counts']).toEqual(before['outcome_counts']);
  });

  it('keeps sums exact when later legs change a call', () => {
    const legs = [
      panasonicLine({
        at: '30/09/26 23:59',
        number: '<I>02438261234',
        ring: "0'06",
        duration: "00:01'00",
        trunk: '05',
      }),
      panasonicLine({
        at: '01/10/26 00:03',
        number: '<I>02438261234',
        ring: "0'00",
        duration: "00:04'00",
        extension: '102',
        trunk: '05',
        condition: 'TR',
      }),
    ];
    site = openSite();
    const stream = site.journal.openStream(site.sourceId, 'tcp');
    for (const leg of legs) {
      site.append(stream, leg);
      site.restarted().readAll(site.sourceId);
    }
    const call = only(site.calls());
    expect(call.legCount).toBe(2);
    expect(call.talkSeconds).toBe(300);
    expect(site.ingest.calls.legs(call.id).map((leg) => leg.leg.extension)).toEqual(['101', '102']);
    expect(site.db.prepare('SELECT SUM(calls), SUM(talk_s), COUNT(*) FROM daily_sums').raw().get()).toEqual([
      1, 300, 1,
    ]);
  });

  it('leaves a call of a closed month as it was when another record of it comes late', () => {
    const leg = (at: string, extension: string, condition: string): string =>
      panasonicLine({
        at,
        number: '<I>02438261234',
        ring: "0'00",
        duration: "00:01'00",
        extension,
        trunk: '05',
        condition,
      });
    site = openSite();
    const stream = site.journal.openStream(site.sourceId, 'tcp');
    const readAt = (line: string, at: string): void => {
      site.append(stream, line, at);
      site.restarted().readAll(site.sourceId);
    };
    readAt(leg('30/09/26 23:50', '101', ''), '2026-09-30T16:51:00Z');
    readAt(leg('30/09/26 23:51', '102', 'TR'), '2026-09-30T16:52:00Z');
    const [before] = site.calls();
    expect(before?.legCount).toBe(2);
    markClosed(site.db, '2026-09', Date.parse('2026-10-01T02:00:00Z'));
    readAt(leg('30/09/26 23:52', '103', 'TR'), '2026-10-02T02:00:00Z');
    const [closed, late, ...more] = site.calls();
    expect(closed).toEqual(before);
    expect(late).toMatchObject({ extension: '103', legCount: 1, talkSeconds: 60 });
    expect(late?.doubts).toContain('leg-missing');
    expect(more).toEqual([]);

    const stored = derivedContent(site.db);
    new SourceStore(site.db).removeDerived(site.sourceId);
    site.restarted().readAll(site.sourceId);
    for (const table of ['calls', 'call_legs', 'daily_sums'])
      expect(derivedContent(site.db)[table]).toEqual(stored[table]);
  });

  it('joins the records of a call whose month was closed before any of them came', () => {
    const leg = (extension: string, condition: string): string =>
      panasonicLine({
        number: '<I>02438261234',
        ring: "0'00",
        duration: "00:01'00",
        extension,
        trunk: '05',
        condition,
      });
    site = openSite();
    markClosed(site.db, '2026-10', Date.parse('2026-10-01T02:00:00Z'));
    const stream = site.journal.openStream(site.sourceId, 'tcp');
    site.append(stream, leg('101', '') + leg('102', 'TR'));
    site.restarted().readAll(site.sourceId);
    expect(only(site.calls()).legCount).toBe(2);
  });

  it('names destinations in both languages, as the tariff or else the numbering plan does', () => {
    const line = (number: string): string => panasonicLine({ number, duration: "00:01'00", account: '4401' });
    const places = read(line('00813212345678') + line('0912345678') + line('0912345679'));
    const names = places.map((call) => [call.destinationEn, call.destinationVi]);
    expect(names[0]).toEqual(['Japan', 'Nhật Bản']);
    expect(names[1]).toEqual(names[2]);
    expect(places[1]?.destinationId).toBe(places[2]?.destinationId);
    expect(site.db.prepare('SELECT COUNT(*) FROM destinations').pluck().get()).toBe(2);
  });

  it('keeps binary noise as few rows, loses none of it and reads on after it', () => {
    const noise = Buffer.alloc(300_000);
    let seed = 1;
    for (let i = 0; i < noise.length; i += 1) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      noise[i] = seed >> 16;
    }
    const text = `${noise.toString('latin1')}\r\n${panasonicLine({ number: '0912345678', duration: "00:01'00" })}`;
    expect(read(text)).toHaveLength(1);
    const rows = site.ingest.quarantine.list({ limit: 500 });
    const frames = rows.reduce((sum, row) => sum + row.frameCount, 0);
    expect(rows.length).toBeLessThan(frames / 10);
    expect(Math.max(...rows.map((row) => row.text.length))).toBeLessThanOrEqual(4096);
    expect(site.ingest.counts(site.sourceId).malformed).toBe(frames);
    expect(site.db.prepare('SELECT SUM(bytes) FROM outcome_counts').pluck().get()).toBe(text.length);
  });

  it('survives a line of 10 MB without an end', () => {
    const calls = read(`${'x'.repeat(10_000_000)}\r\n${panasonicLine({ number: '0912345678', duration: "00:01'00" })}`);
    expect(calls).toHaveLength(1);
    const rows = site.ingest.quarantine.list({ limit: 500 });
    expect(rows.length).toBeLessThan(20);
    expect(rows.reduce((sum, row) => sum + row.byteLength, 0)).toBe(10_000_000);
  });

  it('sees a person added later after a reload', () => {
    site = openSite();
    const stream = site.journal.openStream(site.sourceId, 'tcp');
    const line = panasonicLine({ number: '0912345678', duration: "00:01'00", account: '5500' });
    site.append(stream, line);
    site.ingest.readAll(site.sourceId);
    const validity = { lastValue: null, validFrom: '0000-01-01', validTo: '9999-12-31' };
    addAssignment(site.db, { kind: 'code', value: '5500', personId: HA, ...validity });
    site.append(stream, line);
    site.ingest.reload();
    site.ingest.readAll(site.sourceId);
    expect(site.calls().map((call) => call.reason)).toEqual(['unknown-code', 'code']);
  });

  it('refuses a source whose format it does not know and stores nothing of it', () => {
    site = openSite({ formatId: 'no-such-pbx' });
    const stream = site.journal.openStream(site.sourceId, 'tcp');
    site.append(stream, 'x\r\n');
    expect(() => site.ingest.readAll(site.sourceId)).toThrow('format-unknown');
    expect(site.ingest.position(site.sourceId)).toBe(0);
  });
});
