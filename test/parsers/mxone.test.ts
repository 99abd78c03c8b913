import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { detect } from '../../parsers/detect.ts';
import { formats } from '../../parsers/registry.ts';
import type { FormatOptions, ParseOutcome } from '../../parsers/types.ts';
import { callsOf, formatOf, outcomesOf } from './pbx-reading.ts';
import { allSamples } from './sample-folder.ts';

const outcomes = (id: string, lines: readonly string[], options: FormatOptions = {}): readonly ParseOutcome[] =>
  outcomesOf(id, lines.join('\r\n'), options);

const records = (id: string, lines: readonly string[], options: FormatOptions = {}): CallRecord[] =>
  outcomes(id, lines, options).flatMap((outcome) => (outcome.kind === 'call' ? [outcome.record] : []));

const calls = (id: string, lines: readonly string[]): readonly AssembledCall[] => callsOf(id, lines.join('\r\n'));

const sampleRaw = (name: string): string => {
  const found = allSamples().find((one) => one.vendor === 'mxone' && one.name === name);
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found.raw;
};
const sampleLines = (name: string): string[] => sampleRaw(name).split(/\r?\n/).slice(0, -1);

type Cells = Readonly<Record<number, string>>;

/** A line with texts at their columns, counted from 1. */
function at(width: number, cells: Cells): string {
  const line = new Array<string>(width).fill(' ');
  for (const [column, text] of Object.entries(cells)) {
    [...text].forEach((letter, i) => {
      line[Number(column) - 1 + i] = letter;
    });
  }
  return line.join('');
}

const businessPhone = (cells: Cells): string =>
  at(170, {
    1: '00',
    4: '701',
    8: '050706',
    15: '1211',
    20: '255',
    25: '00019',
    31: '0000',
    66: 'a',
    89: '0006',
    94: 'a',
    103: '0.00',
    108: 'I',
    ...cells,
  });

describe('BusinessPhone lines', () => {
  it('decide by the status letter what the columns mean', () => {
    const letters = ['a', 'z', '1', '3', '4', '6', '8', 'A', 'H', 'Q', 'X'];
    const read = records(
      'ericsson-businessphone',
      letters.map((letter) => businessPhone({ 41: '201', 66: letter, 110: '711', 145: '1923666360' })),
    );
    expect(read.map(({ direction }) => direction)).toEqual([
      ...new Array<string>(7).fill('outgoing'),
      'incoming',
      'incoming',
      'internal',
      'internal',
    ]);
    expect(read[0]).toMatchObject({ extension: '255', callerNumber: '255', dialedNumber: '201', trunk: '711' });
    expect(read[7]).toMatchObject({ extension: '201', callerNumber: '1923666360', trunk: '255' });
    expect(read[9]).toMatchObject({ extension: '255', callerNumber: '255', dialedNumber: '201' });
  });

  it('take the status behind the ringing where the first one is blank', () => {
    expect(records('ericsson-businessphone', [businessPhone({ 66: ' ', 94: 'm', 41: '0912' })])).toMatchObject([
      { direction: 'outgoing', conditionCode: 'm' },
    ]);
  });

  it('were not answered where the duration is blank, and have a real nought of ringing', () => {
    const read = records('ericsson-businessphone', [
      businessPhone({ 25: '     ' }),
      businessPhone({ 25: '00000' }),
      businessPhone({ 89: '0000' }),
      businessPhone({ 89: '    ' }),
    ]);
    expect(read.map(({ answered }) => answered)).toEqual([false, true, true, true]);
    expect(read.map(({ ringSeconds }) => ringSeconds)).toEqual([6, 6, 0, undefined]);
  });

  it.each([
    ['00059', 59],
    ['00100', 60],
    ['10000', 3600],
    ['95959', 35999],
  ])('last %s, which are %i seconds', (printed, seconds) => {
    expect(records('ericsson-businessphone', [businessPhone({ 25: printed })])[0]?.durationSeconds).toBe(seconds);
  });

  it('keep a moment that cannot be in doubt and refuse times that cannot be', () => {
    for (const cells of [{ 8: '051306' }, { 8: '050732' }, { 15: '2460' }]) {
      expect(outcomes('ericsson-businessphone', [businessPhone(cells)])).toMatchObject([
        { kind: 'call', doubts: ['date-impossible'], record: { durationSeconds: 19 } },
      ]);
    }
    for (const cells of [{ 25: '00060' }, { 25: '06000' }, { 89: '0078' }, { 66: 'J' }, { 66: '7' }]) {
      expect(outcomes('ericsson-businessphone', [businessPhone(cells)])[0]?.kind).toBe('malformed');
    }
  });

  it('hold the account code, and the telephone that a code was used on', () => {
    expect(records('ericsson-businessphone', [businessPhone({ 68: '10482', 84: '207' })])).toMatchObject([
      { accountCode: '10482', extension: '255', extra: { phoneUsed: '207' } },
    ]);
  });

  it('are damaged when cut before the second status, whole when an editor stripped them', () => {
    const line = businessPhone({ 41: '0912345678', 68: '10482' });
    for (const width of [30, 60, 70, 90]) {
      expect(outcomes('ericsson-businessphone', [line.slice(0, width)])[0]?.kind, `${width}`).toBe('malformed');
    }
    expect(records('ericsson-businessphone', [line.trimEnd()])).toEqual(records('ericsson-businessphone', [line]));
  });

  it('with collapsed blanks are read only where their order leaves no doubt', () => {
    const collapse = (line: string): string => line.replace(/ +/g, ' ').trim();
    const [incoming = '', internal = '', ...others] = sampleLines('businessphone-250-one-day');
    for (const line of [incoming, internal, ...others]) {
      const [whole] = records('ericsson-businessphone', [line]);
      const [read] = records('ericsson-businessphone', [collapse(line)]);
      const told = ({ extra: _extra, ...rest }: CallRecord): CallRecord => rest;
      expect(read === undefined ? undefined : told(read), line).toEqual(whole === undefined ? undefined : told(whole));
    }
    expect(
      outcomes('ericsson-businessphone', ['00 009 050706 1211 700 00019 0000 9 201 A 0006 A 0.00 I']),
    ).toMatchObject([{ kind: 'malformed' }]);
  });

  it('may be indented by whoever copied them', () => {
    const whole = sampleLines('businessphone-250-one-day');
    expect(
      records(
        'ericsson-businessphone',
        whole.map((line) => `    ${line}`),
      ),
    ).toEqual(records('ericsson-businessphone', whole));
  });

  it('repeated are calls of their own, told apart by their serial', () => {
    const line = businessPhone({ 25: '     ', 66: 'A', 94: 'A', 20: '710', 41: '253' });
    expect(calls('ericsson-businessphone', [line, line.replace('701', '702')])).toHaveLength(2);
  });
});

describe('very long calls', () => {
  const part = (time: string, duration: string, status: string): string =>
    businessPhone({ 15: time, 25: duration, 66: status, 94: 'a', 41: '0912345678', 110: '711' });
  const parts = [part('1000', '10000', 'c'), part('1100', '10000', 'c'), part('1130', '03000', 'd')];

  it('are added up from their parts', () => {
    expect(calls('ericsson-businessphone', parts)).toMatchObject([
      { direction: 'outgoing', talkSeconds: 9000, outsideNumber: '0912345678', doubts: [], legs: [{}, {}, {}] },
    ]);
  });

  it('are one call in any order of parts that touch', () => {
    fc.assert(
      fc.property(fc.constantFrom([0, 1, 2], [1, 0, 2], [1, 2, 0], [2, 1, 0]), (order) => {
        const found = calls(
          'ericsson-businessphone',
          order.map((index) => parts[index] ?? ''),
        );
        expect(found.map(({ talkSeconds }) => talkSeconds)).toEqual([9000]);
      }),
    );
  });

  it('say that a part is missing, and count no part twice', () => {
    const [first = '', , last = ''] = parts;
    expect(calls('ericsson-businessphone', [first])).toMatchObject([{ talkSeconds: 3600, doubts: ['leg-missing'] }]);
    expect(calls('ericsson-businessphone', [first, last])).toHaveLength(2);
    expect(calls('ericsson-businessphone', [first, first]).map(({ talkSeconds }) => talkSeconds)).toEqual([3600, 3600]);
  });

  it('of MD110 come with condition D', () => {
    const md110 = (time: string, duration: string): string =>
      at(155, { 3: '261123', 10: time, 17: duration, 28: 'D', 42: '0912345678', 79: '001', 101: '4108', 151: '00001' });
    expect(calls('ericsson-md110', [md110('100000', '10000'), md110('110000', '10000')])).toMatchObject([
      { talkSeconds: 7200 },
    ]);
  });
});

describe('MD110 lines', () => {
  const line = (cells: Cells): string =>
    at(155, { 3: '261123', 10: '091230', 17: '00115', 42: '4105', 101: '4100', 151: '00001', ...cells });

  it.each([
    ['', '001', '', 'outgoing', undefined],
    ['M', '001', '', 'outgoing', undefined],
    ['I', '', '002', 'incoming', undefined],
    ['I', '001', '002', 'tandem', undefined],
    ['J', '', '', 'internal', undefined],
    ['CJ', '', '', 'internal', false],
    ['B', '001', '', 'outgoing', false],
    ['K', '', '', undefined, false],
    ['AT', '', '002', 'incoming', undefined],
    ['DI', '', '002', 'incoming', undefined],
    ['E', '', '', undefined, undefined],
  ])('with the condition %j, trunks %j and %j went %s', (condition, out, incoming, direction, answered) => {
    const [read] = records('ericsson-md110', [line({ 28: condition.padEnd(2), 79: out, 90: incoming })]);
    expect([read?.direction, read?.answered]).toEqual([direction, answered]);
    expect(read?.transferred).toBe(condition.includes('T') ? true : undefined);
    expect(read?.conditionCode).toBe(condition === '' ? undefined : condition);
  });

  it('are damaged when cut before the calling party', () => {
    expect(outcomes('ericsson-md110', [line({}).slice(0, 60)])[0]?.kind).toBe('malformed');
  });
});

describe('MX-ONE records', () => {
  const [record = ''] = sampleLines('mxone-tcp-local-clock-made-up');

  it('are read in UTC or on the local clock, as the site says', () => {
    expect(records('mitel-mxone', [record])).toMatchObject([{ start: '2026-11-23T02:12:00', startOrEnd: 'both' }]);
    expect(records('mitel-mxone', [record], { clockIs: 'local' })).toMatchObject([{ start: '2026-11-23T09:12:00' }]);
  });

  it('prove how far the clock that was read is ahead of UTC', () => {
    const offsets = ['utc', 'local'].map((clockIs) =>
      records('mitel-mxone', [record], { clockIs }).map((read) => formatOf('mitel-mxone').utcOffsetMinutes?.(read)),
    );
    expect(offsets).toEqual([[0], [420]]);
    const lines = [1, 2, 3, 4].map((second) => record.replaceAll(':12:00', `:12:0${second}`));
    expect(detect(lines.join('\n'), formats).candidates[0]).toMatchObject({
      formatId: 'mitel-mxone',
      options: { timeZone: 'UTC' },
    });
  });

  it('trust a field only where its valid column does', () => {
    const cells = record.split(',');
    cells[16] = '0';
    expect(records('mitel-mxone', [cells.join(',')])[0]).not.toHaveProperty('accountCode');
    cells[7] = '0';
    expect(records('mitel-mxone', [cells.join(',')])[0]).not.toHaveProperty('extension');
  });

  it('may have the address of a caller by SIP', () => {
    const cells = record.split(',');
    cells[5] = 'anna.b@example.org';
    expect(records('mitel-mxone', [cells.join(',')])).toMatchObject([{ callerNumber: 'anna.b@example.org' }]);
  });

  it('are damaged when cut, or when the duration or a clock is none', () => {
    const cut = record.split(',').slice(0, 20).join(',');
    for (const line of [cut, record.replace('0d00:01:15', '0d00:01:75'), record.replace('(ICT)', '(ICT')]) {
      expect(outcomes('mitel-mxone', [line], { clockIs: 'local' })[0]?.kind, line).toBe('malformed');
    }
    expect(outcomes('mitel-mxone', [record.replaceAll('2026-11-23', '2026-11-31')])).toMatchObject([
      { kind: 'call', doubts: ['date-impossible'] },
    ]);
  });

  it('of one call over two servers count once, and of one reference at another time are another call', () => {
    const other = record.replace(',42,9999,', ',43,9999,');
    expect(calls('mitel-mxone', [record, other])).toMatchObject([{ talkSeconds: 75, code: '10482', legs: [{}, {}] }]);
    const later = record.replaceAll(' 02:1', ' 05:1').replaceAll(' 09:1', ' 12:1');
    expect(calls('mitel-mxone', [record, later])).toHaveLength(2);
  });
});

describe('streams of Ericsson, MX-ONE and Aastra', () => {
  it.each([
    ['businessphone-250-one-day', 'ericsson-businessphone'],
    ['md110-made-up', 'ericsson-md110'],
    ['mxone-file-made-up', 'mitel-mxone'],
    ['aastra400-protocol-made-up', 'mitel-400'],
    ['aastra400-pc1-made-up', 'mitel-400-pc1'],
    ['aastra400-pc4-made-up', 'mitel-400-pc4'],
  ])('%s is recognised as %s', (name, id) => {
    expect(detect(sampleRaw(name), formats).candidates[0]?.formatId).toBe(id);
  });
});
