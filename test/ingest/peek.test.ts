import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { derivedContent, openSite, type Site } from './site-fixture.ts';

describe('a record of several lines that waits for the next one', () => {
  const SOURCE = {
    formatId: 'nortel-meridian',
    config: { kind: 'tcp-listener', port: 1, bindAddress: '127.0.0.1', allowedHosts: [], maxConnections: 1 },
  } as const;
  const FIRST = 'N 001 00 6503    T060030 10/05 08:59:00 00:01:10 A 90912345678\r\n';
  const REST = ' &       0001    0000\r\n';
  const NEXT = 'N 002 00 6504    T060031 10/05 09:00:00 00:00:30 A 90903111222\r\n';
  let site: Site;
  let stream: number;
  const receive = (text: string): void => {
    site.append(stream, text);
    site.ingest.readAll(site.sourceId);
  };
  beforeEach(() => {
    site = openSite(SOURCE);
    stream = site.journal.openStream(site.sourceId, 'tcp');
  });
  afterEach(() => site.close());

  it('is a call as soon as it is looked at, and the same call when the rest comes', () => {
    receive(FIRST);
    expect(site.calls()).toEqual([]);
    expect(site.ingest.isInsideFrame(site.sourceId)).toBe(true);
    expect(site.ingest.peek(site.sourceId)).toMatchObject({ total: 1 });
    const [peeked] = site.calls();
    expect(peeked).toMatchObject({ extension: '6503', talkSeconds: 70 });
    expect(site.ingest.peek(site.sourceId)).toMatchObject({ total: 0 });
    receive(REST + NEXT);
    site.ingest.peek(site.sourceId);
    expect(site.calls().map((call) => call.id)).toEqual([peeked?.id, expect.any(Number)]);
  });

  it('leaves everything as if nobody had looked', () => {
    const other = openSite(SOURCE);
    try {
      const otherStream = other.journal.openStream(other.sourceId, 'tcp');
      for (const text of [FIRST, REST, NEXT, REST, FIRST.replace('001', '003')]) {
        receive(text);
        site.ingest.peek(site.sourceId);
        other.append(otherStream, text);
        other.ingest.readAll(other.sourceId);
      }
      for (const each of [site, other]) {
        each.journal.closeStream(each === site ? stream : otherStream, 'end');
        each.ingest.readAll(each.sourceId);
      }
      expect(derivedContent(site.db)).toEqual(derivedContent(other.db));
    } finally {
      other.close();
    }
  });

  it('is not looked at inside a line', () => {
    receive(FIRST.slice(0, 40));
    expect(site.ingest.peek(site.sourceId)).toMatchObject({ total: 0 });
    expect(site.calls()).toEqual([]);
  });
});
