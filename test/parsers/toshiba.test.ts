import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { daysFromCivil, partsOfPrinted } from '../../core/model/time.ts';
import { createAssembler } from '../../parsers/assembler.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById } from '../../parsers/registry.ts';
import type { FormatDefinition, FormatOptions } from '../../parsers/types.ts';

function format(id: string): FormatDefinition {
  const found = formatById(id);
  if (found === undefined) throw new Error(`no format ${id}`);
  return found;
}

const records = (id: string, text: string, options: FormatOptions = {}): CallRecord[] =>
  parseText(format(id), options, text).flatMap(({ outcome }) =>
    outcome.kind === 'call' || outcome.kind === 'part' ? [outcome.record] : [],
  );

const reasons = (id: string, text: string): string[] =>
  parseText(format(id), {}, text).map(({ outcome }) =>
    outcome.kind === 'noise' ? outcome.rule : outcome.kind === 'malformed' ? `!${outcome.reason}` : outcome.kind,
  );

function localSeconds(printed: string | undefined): number | undefined {
  const parts = printed === undefined ? undefined : partsOfPrinted(printed);
  if (parts?.month === undefined || parts.day === undefined) return undefined;
  return daysFromCivil(parts.year ?? 2000, parts.month, parts.day) * 86400 + parts.secondOfDay;
}

/** The calls of a stream as they stand at its end, in order of their first records. */
function calls(id: string, lines: readonly string[], options: FormatOptions = {}): AssembledCall[] {
  const assembler = createAssembler(format(id), options);
  const byOffset = new Map<number, AssembledCall>();
  for (const { offset, length, outcome } of parseText(format(id), options, lines.join('\r\n'))) {
    if (outcome.kind !== 'call' && outcome.kind !== 'part') continue;
    const { record, doubts = [] } = outcome;
    const entry = { record, doubts, part: outcome.kind === 'part', sourceOffset: offset, byteLength: length };
    const step = assembler.push(entry, localSeconds(record.end ?? record.start));
    byOffset.set(step.firstOffset, step.call);
  }
  return [...byOffset.values()];
}

/** A line with texts at columns counted from 1. */
function at(width: number, ...cells: readonly (readonly [number, string])[]): string {
  const line = new Array<string>(width).fill(' ');
  for (const [column, text] of cells) {
    [...text].forEach((sign, i) => {
      line[column - 1 + i] = sign;
    });
  }
  return line.join('');
}

interface Ctx {
  readonly type: string;
  readonly origin: string;
  readonly termination?: string;
  readonly time: string;
  readonly seconds?: string;
  readonly dial?: string;
}
const ctx = ({ type, origin, termination = '', time, seconds = '', dial = '' }: Ctx): string =>
  at(
    91,
    [1, type],
    [3, '001'],
    [7, '00'],
    [14, origin],
    [24, termination],
    [34, `06/28 ${time}`],
    [49, seconds],
    [60, dial],
  );
const ctx102 = ({ type, origin, termination = '', time, seconds = '', dial = '' }: Ctx): string =>
  at(
    87,
    [1, type],
    [3, '001'],
    [7, '00'],
    [14, origin],
    [22, termination],
    [30, `06/28 ${time}`],
    [45, seconds],
    [56, dial],
  );

const LINE = 'T00100100';
const out = { type: 'N', origin: 'DN1234', termination: LINE, time: '12:10:50', seconds: '00:10:30.0', dial: '0901' };
const came = { type: 'N', origin: LINE, termination: 'DN1234', time: '12:10:50', seconds: '00:01:00.0' };
const code = { type: 'A', origin: 'DN1234', time: '12:00:10', dial: '4711' };
const account = { type: 'C', origin: 'DN1234', time: '12:05:00', dial: '998877' };
const start = { type: 'S', origin: 'DN1234', termination: LINE, time: '12:00:05' };
const end = { type: 'E', origin: 'DN1234', termination: LINE, time: '12:10:50', seconds: '00:10:30.0' };

describe('Toshiba CTX records', () => {
  it('read the same in both positions', () => {
    const older = records('toshiba-ctx', ctx102({ ...out, termination: 'T001001' }));
    expect(older).toEqual(records('toshiba-ctx', ctx(out)).map((record) => ({ ...record, trunk: 'T001001' })));
    expect(older).toMatchObject([{ durationSeconds: 630, extension: '1234', dialedNumber: '0901' }]);
  });

  it.each([
    ['DN1234', LINE, { direction: 'outgoing', extension: '1234', trunk: LINE }],
    [LINE, 'DN1234', { direction: 'incoming', extension: '1234', trunk: LINE }],
    ['DN1234', 'DN99', { direction: 'internal', extension: '1234', dialedNumber: '99' }],
    [LINE, 'A002QQ', { direction: 'tandem', trunk: LINE, trunkOut: 'A002QQ' }],
  ])('from %s to %s tell the way of the call', (origin, termination, expected) => {
    const [record] = records('toshiba-ctx', ctx({ ...out, origin, termination, dial: '' }));
    expect(record).toMatchObject(expected);
  });

  it('print the end of N, or its start where the source says so; S always the start, E the end', () => {
    expect(records('toshiba-ctx', ctx(out))).toMatchObject([{ end: 'XXXX-06-28T12:10:50', startOrEnd: 'end' }]);
    const asStart = records('toshiba-ctx', [start, out, end].map(ctx).join('\n'), { timeIs: 'start' });
    expect(asStart.map((record) => record.startOrEnd)).toEqual(['start', 'start', 'end']);
    expect(asStart[1]?.start).toBe('XXXX-06-28T12:10:50');
  });

  it('never take the code of an A or C record for a number', () => {
    for (const one of [code, account]) {
      const [record] = records('toshiba-ctx', ctx(one));
      expect(record).not.toHaveProperty('dialedNumber');
      expect(record?.authCode ?? record?.accountCode).toBe(one.dial);
    }
  });

  it('are read from a copy that lost its blanks', () => {
    const whole = ctx(out);
    expect(records('toshiba-ctx', whole.replace(/ +/g, ' '))).toEqual(records('toshiba-ctx', whole));
    expect(records('toshiba-ctx', ctx(code).replace(/ +/g, ' ').trim())).toMatchObject([{ authCode: '4711' }]);
    expect(reasons('toshiba-ctx', 'N 001 00 1234 5678 06/28 12:10:50 00:10:30.0')).toEqual(['!unknown-line']);
  });

  it('lead a second line only where one can stand', () => {
    expect(reasons('toshiba-ctx', ' &0243123456')).toEqual(['!no-first-line']);
    expect(reasons('toshiba-ctx', `${ctx(came)}\r &0243123456\r &0243123456`)).toEqual([
      'call',
      'part',
      '!no-first-line',
    ]);
    expect(reasons('toshiba-ctx', `${ctx(came)}\n&0243123456`)).toEqual(['call', 'part']);
  });
});

describe('Toshiba CTX calls', () => {
  it('are one whatever records the PBX prints of them, and their time counts once', () => {
    const [call, ...others] = calls('toshiba-ctx', [start, code, account, end, out].map(ctx));
    expect(others).toEqual([]);
    expect(call).toMatchObject({
      direction: 'outgoing',
      answered: true,
      talkSeconds: 630,
      code: '4711',
      codeField: 'authorization',
      outsideNumber: '0901',
      doubts: [],
      record: { conditionCode: 'N', authCode: '4711', accountCode: '998877', extension: '1234' },
    });
  });

  it('get the code of their own station, keyed before, during or right after them', () => {
    for (const time of ['11:59:50', '12:05:00', '12:11:00']) {
      const coded = calls('toshiba-ctx', [ctx({ ...code, time }), ctx(out)]);
      expect(coded).toMatchObject([{ code: '4711', talkSeconds: 630 }]);
    }
    expect(calls('toshiba-ctx', [ctx(out), ctx({ ...code, time: '12:10:55' })])).toMatchObject([{ code: '4711' }]);
  });

  it('do not get the code of another station, another line or another hour', () => {
    for (const other of [
      { ...code, origin: 'DN1235' },
      { ...code, termination: 'T00100200' },
      { ...code, time: '09:00:00' },
      { ...code, time: '13:00:00' },
    ]) {
      const found = calls('toshiba-ctx', [ctx(other), ctx(out)]);
      expect(found).toHaveLength(2);
      expect(found[1]?.code).toBeUndefined();
    }
  });

  it('take the caller of the second line, and the number dialled from outside', () => {
    const second = at(64, [2, '&'], [3, '0243123456'], [40, '3812345'], [48, 'DN2001']);
    const [call] = calls('toshiba-ctx', [ctx(came), second]);
    expect(call).toMatchObject({
      direction: 'incoming',
      outsideNumber: '0243123456',
      record: { callerNumber: '0243123456', dialedNumber: '3812345', extra: { responsible: '2001' } },
    });
  });

  it('that are not summed up yet stand with what is known, and say so', () => {
    expect(calls('toshiba-ctx', [ctx(start)])).toMatchObject([{ talkSeconds: 0, doubts: ['leg-missing'] }]);
    expect(calls('toshiba-ctx', [start, end].map(ctx))).toMatchObject([{ talkSeconds: 630, doubts: ['leg-missing'] }]);
    expect(calls('toshiba-ctx', [ctx(code)])).toMatchObject([
      { direction: 'none', talkSeconds: 0, code: '4711', doubts: ['leg-missing'] },
    ]);
  });

  it('are known as transferred by their X record', () => {
    const moved = { type: 'X', origin: LINE, termination: 'DN1300', time: '12:10:10' };
    const [call, ...others] = calls('toshiba-ctx', [ctx(moved), ctx(came)]);
    expect(others).toEqual([]);
    expect(call).toMatchObject({ talkSeconds: 60, record: { transferred: true, extension: '1234' } });
  });

  it('that nobody took are not answered', () => {
    const given = calls('toshiba-ctx', [ctx({ ...came, type: 'B', seconds: '00:00:00.0' })]);
    expect(given).toMatchObject([{ direction: 'incoming', answered: false, talkSeconds: 0 }]);
  });

  it('are never counted twice and never lost, however their records are shuffled or lost', () => {
    const later = { ...out, time: '14:00:00', seconds: '00:00:20.0', dial: '0902' };
    const all = [start, code, account, end, out, later].map(ctx);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 1 }), (some) => {
        const found = calls('toshiba-ctx', some);
        expect(found.reduce((sum, call) => sum + call.legs.length, 0)).toBe(some.length);
        const summaries = found.filter((call) => call.record.conditionCode === 'N');
        const expected = some.filter((line) => line.startsWith('N')).length;
        expect(summaries).toHaveLength(expected);
        const first = summaries.find((call) => call.outsideNumber === '0901');
        expect(first?.talkSeconds ?? 630).toBe(630);
      }),
      { numRuns: 200 },
    );
  });
});

const dk16 = (...cells: readonly (readonly [number, string])[]): string =>
  at(80, [1, '01'], [4, '15'], [9, '08:14'], [15, '00:00;22'], ...cells).trimEnd();

describe('Toshiba DK records', () => {
  it('have a semicolon before the seconds, and nothing else will do', () => {
    expect(records('toshiba-dk16', dk16())).toMatchObject([{ durationSeconds: 22 }]);
    expect(reasons('toshiba-dk16', dk16().replace(';', ':'))).toEqual(['!unknown-line']);
    expect(records('toshiba-dk16', dk16([15, '12:34;56']))).toMatchObject([{ durationSeconds: 45296 }]);
  });

  it('came in when they rang, went out when digits were dialled without', () => {
    expect(records('toshiba-dk16', dk16([24, '00;06']))).toMatchObject([{ direction: 'incoming', ringSeconds: 6 }]);
    expect(records('toshiba-dk16', dk16([35, '0901']))).toMatchObject([
      { direction: 'outgoing', dialedNumber: '0901' },
    ]);
    expect(records('toshiba-dk16', dk16())[0]).not.toHaveProperty('direction');
  });

  it.each(['MODM', 'DISA', 'MSS'])('of %s name no extension', (word) => {
    const [record] = records('toshiba-dk16', dk16([4, word.padEnd(4)]));
    expect(record).toMatchObject({ trunk: '01', extra: { station: word } });
    expect(record).not.toHaveProperty('extension');
  });

  it('take their date from the date line, and the next day past midnight', () => {
    const line = (time: string): string => dk16([9, time]);
    for (const date of [
      '06/28/98',
      'DATE 06/28/98',
      '6/28/1998',
      '06/28/98 00:00',
      'SUN 06/28/98',
      '06/28/98 Sunday',
    ]) {
      expect(reasons('toshiba-dk16', date)).toEqual(['date-line']);
      const text = [line('08:14'), date, line('23:50'), line('00:10')].join('\r\n');
      expect(records('toshiba-dk16', text).map((record) => record.end)).toEqual([
        'T08:14:00',
        '1998-06-28T23:50:00',
        '1998-06-29T00:10:00',
      ]);
    }
    const yearless = records('toshiba-dk16', `12/31\n${line('23:50')}\n${line('00:10')}`);
    expect(yearless.map((record) => record.end)).toEqual(['XXXX-12-31T23:50:00', 'XXXX-01-01T00:10:00']);
    expect(records('toshiba-dk16', `28/06/98\n${line('23:50')}`, { dateOrder: 'DMY' })[0]?.end).toBe(
      '1998-06-28T23:50:00',
    );
  });

  it('say when records were lost', () => {
    for (const id of ['toshiba-dk16', 'toshiba-dk40', 'toshiba-ctx']) {
      expect(reasons(id, 'ERROR BUFFER OVERFLOW')).toEqual(['records-lost']);
    }
  });

  it('are told apart by one column', () => {
    const dk40 = at(80, [1, '001'], [5, '2015'], [10, '08:14'], [16, '00:00;22']);
    expect(records('toshiba-dk40', dk40)).toMatchObject([{ trunk: '001', extension: '2015' }]);
    expect(records('toshiba-dk40', dk16())).toEqual([]);
    expect(records('toshiba-dk16', dk40)).toEqual([]);
  });
});
