import { describe, expect, it } from 'vitest';
import english from '../../core/i18n/en/detect.json' with { type: 'json' };
import vietnamese from '../../core/i18n/vi/detect.json' with { type: 'json' };
import { detect } from '../../parsers/detect.ts';
import type { SerialSettings } from '../../parsers/detection/serial-line.ts';
import { testOverlaps } from '../../parsers/detection/times.ts';
import { formats } from '../../parsers/registry.ts';
import { allSamples } from './sample-folder.ts';
import { readBits, sentBits } from './uart.ts';

const samples = allSamples();
const rawOf = (name: string): string => samples.find((sample) => sample.name === name)?.raw ?? '';
const kinds = (reasons: readonly { readonly kind: string }[] | undefined) =>
  reasons?.map((reason) => reason.kind) ?? [];

describe('detection', () => {
  it('is sure of a page with enough lines, and says why', () => {
    const { isSure, candidates, linesSeen } = detect(rawOf('pattern-b-transfers-and-tie-lines'), formats);
    expect(isSure).toBe(true);
    expect(linesSeen).toBe(11);
    expect(candidates[0]).toMatchObject({ formatId: 'panasonic-b', options: { dateOrder: 'DMY', clock: '24h' } });
    expect(kinds(candidates[0]?.reasons)).toEqual(['lines-fit', 'date-order-proved', 'clock-24h']);
    expect(candidates[0]?.reasons[1]?.values).toEqual({ order: 'DMY', example: '2006-11-27' });
    expect(kinds(candidates[0]?.openQuestions)).toEqual(['no-code-seen']);
  });

  it('proposes UTC where the time stamps inside the records prove it', () => {
    const line = (second: number, hour: string): string =>
      `"","110","90912345678","phones","""Hoa"" <110>","PJSIP/110-0000000${second}","PJSIP/line1-0000001${second}","Dial","PJSIP/0912345678@line1","2026-11-16 ${hour}:00:0${second}","2026-11-16 ${hour}:00:0${second}","2026-11-16 ${hour}:01:00",50,50,"ANSWERED","DOCUMENTATION","${1794794400 + second}.${second}",""\n`;
    const page = (hour: string) =>
      detect([1, 2, 3, 4].map((second) => line(second, hour)).join(''), formats).candidates[0];
    expect(page('02')).toMatchObject({ formatId: 'asterisk-csv', options: { timeZone: 'UTC' } });
    expect(kinds(page('02')?.reasons)).toContain('clock-is-utc');
    expect(page('09')?.options).not.toHaveProperty('timeZone');
  });

  it('says nothing that the locale files have no words for', () => {
    const said = new Set(
      samples
        .flatMap((sample) => detect(sample.raw, formats).candidates)
        .flatMap((candidate) => [...kinds(candidate.reasons), ...kinds(candidate.openQuestions)]),
    );
    expect(said.size).toBeGreaterThan(5);
    for (const kind of said) {
      expect(english).toHaveProperty(kind);
      expect(vietnamese).toHaveProperty(kind);
    }
  });

  it('names the right format first for every sample of three calls and more, and is never sure of a wrong one', () => {
    let tried = 0;
    for (const sample of samples) {
      const { isSure, candidates } = detect(sample.raw, formats);
      if (isSure) expect(candidates[0]?.formatId, sample.name).toBe(sample.format);
      const calls = sample.outcomes.filter((one) => one.outcome === 'call').length;
      if (calls < 3 || Object.keys(sample.options).some((name) => name !== 'dateOrder' && name !== 'clock')) continue;
      tried++;
      expect(candidates[0]?.formatId, sample.name).toBe(sample.format);
    }
    expect(tried).toBeGreaterThan(7);
  });

  it('proves month first by a day above 12 and the clock by AM and PM', () => {
    const { candidates } = detect(rawOf('kx-td-p231c-with-ring'), formats);
    expect(candidates[0]).toMatchObject({ formatId: 'panasonic-a', options: { dateOrder: 'MDY', clock: '12h' } });
    expect(kinds(candidates[0]?.reasons)).toContain('date-order-proved');
  });

  it('leaves the date order open when no day is above 12', () => {
    const { candidates } = detect(rawOf('pattern-a-secret-dialling-and-groups'), formats);
    expect(kinds(candidates[0]?.openQuestions)).toContain('date-order-open');
  });

  it('suggests the order in which neighbouring days are neighbours, without calling it proved', () => {
    const line = (date: string) => `${date} 09:30     138 01 0903000111                     00:00'29               `;
    const { candidates } = detect(
      `${['11/02/26', '11/03/26', '11/04/26', '11/05/26'].map(line).join('\r\n')}\r\n`,
      formats,
    );
    expect(candidates[0]?.options['dateOrder']).toBe('MDY');
    expect(kinds(candidates[0]?.openQuestions)).toContain('date-order-open');
  });

  it('is not sure of fewer than three calls', () => {
    const two = rawOf('pattern-b-transfers-and-tie-lines').split('\r\n').slice(0, 2).join('\r\n');
    const { isSure, candidates } = detect(`${two}\r\n`, formats);
    expect(isSure).toBe(false);
    expect(candidates[0]?.formatId).toBe('panasonic-b');
    expect(kinds(candidates[0]?.openQuestions)).toContain('too-few-lines');
  });

  it('finds the page behind garbage and a record cut in front', () => {
    const raw = rawOf('pattern-b-transfers-and-tie-lines');
    const { isSure, candidates } = detect(`\x80\xfe?1!\r\n\x01\x02zz\r\nGET / HTTP/1.1\r\n${raw.slice(30)}`, formats);
    expect(candidates[0]?.formatId).toBe('panasonic-b');
    expect(isSure).toBe(true);
  });

  it('is not sure when only intercom calls were seen', () => {
    const line = '04/01/07 09:28     108    EXT102';
    const { isSure, candidates } = detect(`${Array<string>(6).fill(line).join('\r\n')}\r\n`, formats);
    expect(isSure).toBe(false);
    expect(kinds(candidates[0]?.openQuestions)).toEqual(expect.arrayContaining(['only-internal', 'tie']));
  });

  it('names nothing for nothing and for bytes of no format', () => {
    expect(detect('', formats)).toEqual({ linesSeen: 0, isSure: false, candidates: [], lineFault: null });
    expect(detect('hello\r\nworld\r\n', formats)).toEqual({
      linesSeen: 2,
      isSure: false,
      candidates: [],
      lineFault: null,
    });
  });

  it('prefers the page whose heading was seen', () => {
    const line = "04/01/07 09:27     138 01 7105993                        00:00'22               ";
    const heading = '  Date     Time    Ext CO          Dial Number           Duration  Acc code  CD ';
    const lines = Array<string>(5).fill(line).join('\r\n');
    expect(detect(`${lines}\r\n`, formats).isSure).toBe(false);
    const { isSure, candidates } = detect(`${heading}\r\n${lines}\r\n`, formats);
    expect(candidates[0]?.formatId).toBe('panasonic-td80');
    expect(isSure).toBe(true);
  });

  it('says what a wrongly set serial port did, and names the page behind it without being sure', () => {
    const sent: SerialSettings = { baudRate: 9600, dataBits: 7, parity: 'even', stopBits: 1 };
    const port: SerialSettings = { ...sent, dataBits: 8, parity: 'none' };
    const got = readBits(sentBits(rawOf('pattern-b-transfers-and-tie-lines'), sent), sent, port);
    const { isSure, candidates, lineFault } = detect(got, formats);
    expect(lineFault).toEqual({ kind: 'line-parity-even', values: {} });
    expect([isSure, candidates[0]?.formatId]).toEqual([false, 'panasonic-b']);
    expect(english).toHaveProperty('line-parity-even');
    expect(detect(rawOf('pattern-b-transfers-and-tie-lines'), formats).lineFault).toBeNull();
  });

  it('tells start from end by the calls of one trunk, which cannot overlap', () => {
    const ends = Array.from({ length: 25 }, (_, i) => ({
      trunk: '01',
      end: `2026-11-23T${String(8 + Math.floor(i / 6)).padStart(2, '0')}:${String((i % 6) * 10).padStart(2, '0')}:00`,
      durationSeconds: i % 2 === 0 ? 60 : 590,
    }));
    expect(testOverlaps(ends)).toEqual({ pairs: 24, ifStart: 0, ifEnd: 0 });
    const back = [
      { trunk: '01', end: '2026-11-23T08:00:00', durationSeconds: 60 },
      { trunk: '01', end: '2026-11-23T08:05:00', durationSeconds: 120 },
      { trunk: '01', end: '2026-11-23T08:20:00', durationSeconds: 880 },
    ];
    expect(testOverlaps(back)).toEqual({ pairs: 2, ifStart: 0, ifEnd: 0 });
    expect(testOverlaps([...back, { trunk: '01', end: '2026-11-23T08:30:00', durationSeconds: 590 }])).toEqual({
      pairs: 3,
      ifStart: 1,
      ifEnd: 0,
    });
  });
});
