import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { detect } from '../../parsers/detect.ts';
import { formats } from '../../parsers/registry.ts';
import type { FormatOptions, ParseOutcome } from '../../parsers/types.ts';
import { callsOf, outcomesOf } from './pbx-reading.ts';
import { allSamples } from './sample-folder.ts';

const outcomes = (id: string, lines: readonly string[], options: FormatOptions = {}): readonly ParseOutcome[] =>
  outcomesOf(id, lines.join('\r\n'), options);

const records = (id: string, lines: readonly string[], options: FormatOptions = {}): CallRecord[] =>
  outcomes(id, lines, options).flatMap((outcome) => (outcome.kind === 'call' ? [outcome.record] : []));

const calls = (id: string, lines: readonly string[]): readonly AssembledCall[] => callsOf(id, lines.join('\r\n'));

const sampleRaw = (name: string): string => {
  const found = allSamples().find((one) => one.vendor === 'alcatel' && one.name === name);
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found.raw;
};

interface Line {
  readonly initial?: string;
  readonly user?: string;
  readonly type?: string;
  readonly line?: string;
  readonly date?: string;
  readonly time?: string;
  readonly duration?: string;
  readonly pulses?: string;
  readonly service?: string;
  readonly facilities?: string;
  readonly number?: string;
  readonly mode?: string;
  readonly ring?: string;
  readonly cost?: string;
  readonly code?: string;
  readonly name?: string;
}

/** A statement line of 132 columns and more. */
function line(of: Line): string {
  const { initial = '', user = 'A725', type = '-->', line: trunk = 'L01', date = '05/12/06', time = '14:17' } = of;
  const { duration = '00:01:20', pulses = '0', service = 'ST', facilities = '', number = '80676293153' } = of;
  const front = ` ${initial.padEnd(5)} ${user.padEnd(5)} ${type} ${trunk} ${date} ${time} ${duration}`;
  const middle = `${pulses.padStart(5)} ${service} ${facilities.padEnd(6)} ${number.padEnd(26, '.')}`;
  const tail = `${(of.mode ?? '').padEnd(1)} ${(of.ring ?? '').padEnd(5)} ${(of.cost ?? '').padStart(10)}`;
  return `${front}${middle} ${tail} ${(of.code ?? '').padEnd(16, '.')} ${(of.name ?? '').padEnd(16)}`;
}

describe('the statement of 4200 and OXO', () => {
  it('stands in the columns of the printed one', () => {
    const [printed = ''] = sampleRaw('4200-one-day').split('\r\n');
    const made = line({ number: '80674957485', facilities: 'I', duration: '00:00:00', line: 'P00', code: '5421' });
    expect(made.indexOf('ST')).toBe(printed.indexOf('ST'));
    expect(made.indexOf('8067')).toBe(printed.indexOf('8067'));
    expect(made.indexOf('5421')).toBe(printed.lastIndexOf('5421'));
  });

  it('has every column switched on', () => {
    const [read] = records('alcatel-oxo', [
      line({
        initial: 'A701',
        pulses: '12',
        service: 'T+',
        facilities: 'IRX',
        mode: 'M',
        ring: '00:07',
        cost: '1.25',
        code: '5421',
        name: 'TRAN B',
      }),
    ]);
    expect(read).toEqual({
      start: '2006-12-05T14:17:00',
      startOrEnd: 'start',
      durationSeconds: 80,
      ringSeconds: 7,
      direction: 'outgoing',
      extension: '725',
      trunk: 'L01',
      dialedNumber: '80676293153',
      accountCode: '5421',
      cost: '1.25',
      callerName: 'TRAN B',
      transferred: true,
      extra: { initialUser: '701', service: 'T+', facilities: 'IRX', pulses: '12', mode: 'M' },
    });
  });

  it('reads a code at either end of its dots', () => {
    const read = records('alcatel-oxo', [
      line({ code: '5421' }),
      line({ code: '5421'.padStart(16, '.') }),
      line({ code: '1234567890123456' }),
      line({}),
    ]);
    expect(read.map(({ accountCode }) => accountCode)).toEqual(['5421', '5421', '1234567890123456', undefined]);
  });

  it('loses nothing where an editor stripped the blanks at the end', () => {
    for (const width of [61 + 26, 90, 106]) {
      expect(records('alcatel-oxo', [line({}).slice(0, width).trimEnd()])).toMatchObject([
        { dialedNumber: '80676293153', durationSeconds: 80 },
      ]);
    }
    expect(records('alcatel-oxo', [line({ code: '5421' }).trimEnd()])).toMatchObject([{ accountCode: '5421' }]);
  });

  it('is read without its leading blanks and with single ones, as a forum prints it', () => {
    const printed = sampleRaw('4200-one-day')
      .split(/[\r\n\f]+/)
      .filter((one) => one !== '');
    expect(printed).toHaveLength(8);
    expect(
      records(
        'alcatel-oxo',
        printed.map((one) => one.trim()),
      ),
    ).toEqual(records('alcatel-oxo', printed));
    expect(
      records(
        'alcatel-oxo',
        printed.map((one) => one.trim().replace(/ +/g, ' ')),
      ),
    ).toEqual(records('alcatel-oxo', printed));
  });

  it('may charge a call to no user, or to one of nine digits', () => {
    expect(records('alcatel-oxo', [line({ user: '', type: '<--' })])).toEqual([
      {
        start: '2006-12-05T14:17:00',
        startOrEnd: 'start',
        durationSeconds: 80,
        direction: 'incoming',
        trunk: 'L01',
        callerNumber: '80676293153',
        extra: { service: 'ST' },
      },
    ]);
    expect(records('alcatel-oxo', ['123456789 --> N01 05/12/06 14:17 00:00:10 12 ST X 0612345678'])).toMatchObject([
      { extension: '123456789', trunk: 'N01', dialedNumber: '0612345678', transferred: true },
    ]);
  });

  it('is damaged when its number or code was cut short', () => {
    const whole = line({ code: '5421' });
    for (const width of [66, 109]) {
      expect(outcomes('alcatel-oxo', [whole, whole.slice(0, width)])[1], `${width}`).toMatchObject({
        kind: 'malformed',
      });
    }
  });

  it.each([
    ['A101 --> N001 23/11/26 09:12 00:01:15 5 ST 0912345678', { dialedNumber: '0912345678' }],
    ['A101 --> N001 23/11/26 09:12 00:01:15 5 ST I 0912345678....', { dialedNumber: '0912345678' }],
    ['A101 --> N001 23/11/26 09:12 00:01:15 5 ST 0912345678.... 10482....', { accountCode: '10482' }],
    ['A101 --> N001 23/11/26 09:12 00:01:15 5 ST 0912345678.... ......10482', { accountCode: '10482' }],
    [
      'A101 --> N001 23/11/26 09:12 00:01:15 5 ST 0912345678.... 10482.... TRAN VAN B    1   12',
      { accountCode: '10482', callerName: 'TRAN VAN B', extra: { service: 'ST', pulses: '5', node: '1   12' } },
    ],
    [
      'A101 --> N001 23/11/26 09:12 00:01:15 5 ST 0912345678.... 1.25 10482......',
      { accountCode: '10482', cost: '1.25' },
    ],
    [
      'A101 <-- N001 23/11/26 09:12 00:01:15 5 ST 0912345678.... 00:12',
      { ringSeconds: 12, callerNumber: '0912345678' },
    ],
    ['A101 <-- N001 23/11/26 09:12 00:01:15 5 ST', { direction: 'incoming', extension: '101' }],
    ['101 --> R 23/11/26 09:12 00:01:15 5 ** 0912345678....', { extension: '101', trunk: 'R' }],
  ])('of OXO is read by its shapes: %s', (printed, expected) => {
    expect(records('alcatel-oxo', [printed])).toMatchObject([{ start: '2026-11-23T09:12:00', ...expected }]);
  });

  it('of OXO takes plain digits behind the number for nothing until the site says what they are', () => {
    const front = 'A101 --> N001 23/11/26 09:12 00:01:15 5 ST 0912345678....';
    for (const tail of ['125 10482', '10482', '1  12']) {
      expect(outcomes('alcatel-oxo', [`${front} ${tail}`])[0]?.kind, tail).toBe('malformed');
    }
    const read = (tail: string, tailColumns: string) =>
      records('alcatel-oxo', [`${front} ${tail}`], { tailColumns })[0];
    expect(read('125 10482', 'cost-code')).toMatchObject({ cost: '125', accountCode: '10482' });
    expect(read('10482', 'code')).toMatchObject({ accountCode: '10482' });
    expect(read('TRAN VAN B', 'code-name')).toMatchObject({ callerName: 'TRAN VAN B' });
    expect(read('TRAN VAN B', 'code-name')).not.toHaveProperty('accountCode');
    expect(read('TRAN VAN B', 'code')).toBeUndefined();
  });

  it('keeps impossible dates in doubt and refuses impossible durations', () => {
    expect(outcomes('alcatel-oxo', [line({ date: '31/11/06' })])).toMatchObject([
      { kind: 'call', doubts: ['date-impossible'], record: { extension: '725' } },
    ]);
    expect(outcomes('alcatel-oxo', [line({ duration: '00:00:88' })])).toMatchObject([{ kind: 'malformed' }]);
    expect(outcomes('alcatel-oxo', [line({ type: '==>' })])).toMatchObject([{ kind: 'malformed' }]);
    expect(outcomes('alcatel-oxo', [line({}).slice(0, 40)])).toMatchObject([{ kind: 'malformed' }]);
  });

  it('follows the date order of the site', () => {
    expect(records('alcatel-oxo', [line({})], { dateOrder: 'MDY' })).toMatchObject([{ start: '2006-05-12T14:17:00' }]);
  });

  it('keeps equal lines: attempts are repeated within a minute', () => {
    const attempt = line({ duration: '00:00:00' });
    expect(calls('alcatel-oxo', [attempt, attempt, attempt])).toHaveLength(3);
    const talk = line({});
    expect(calls('alcatel-oxo', [talk, talk])).toHaveLength(2);
  });
});

describe('lines between the statement', () => {
  it('are known by their words, and damaged when they are not', () => {
    const kinds = [
      'NUMBER OF CALLS OF 05/12/06 : 118',
      'Total 12',
      'ALARM 3',
      '======',
      'Printer error 5',
      'P00 05/12/06 14:17',
    ];
    expect(outcomes('alcatel-oxo', kinds).map((one) => (one.kind === 'noise' ? one.rule : one.kind))).toEqual([
      'count',
      'count',
      'alarm',
      'ruler',
      'malformed',
      'malformed',
    ]);
  });
});

describe('calls of 4200 and OXO', () => {
  it('with masked digits keep what is printed and say that the number is hidden', () => {
    expect(calls('alcatel-oxo', [line({ number: '8067629****' })])).toMatchObject([
      { outsideNumber: '8067629', doubts: ['number-hidden'], record: { dialedNumber: '8067629****' } },
    ]);
  });

  const taken: Line = {
    user: 'A705',
    type: '<--',
    time: '15:50',
    duration: '00:00:24',
    facilities: 'X',
    number: '442487355',
  };
  const rest: Line = { ...taken, user: 'A712', time: '15:51', duration: '00:03:00', facilities: '' };

  it('that were transferred are one', () => {
    expect(calls('alcatel-oxo', [line(taken), line(rest)])).toMatchObject([
      {
        direction: 'incoming',
        talkSeconds: 204,
        outsideNumber: '442487355',
        record: { extension: '705', transferred: true },
      },
    ]);
    expect(calls('alcatel-oxo', [line(rest), line(taken)])).toMatchObject([
      { talkSeconds: 204, record: { extension: '705' } },
    ]);
  });

  it('are not tied without X, of one user, to another number, over another line or at another time', () => {
    for (const other of [
      { ...rest, user: 'A705' },
      { ...rest, number: '442487999' },
      { ...rest, line: 'L02' },
      { ...rest, time: '15:55' },
      { ...rest, type: '-->' },
      { ...rest, duration: '00:00:00' },
    ]) {
      expect(calls('alcatel-oxo', [line(taken), line(other)])).toHaveLength(2);
    }
    expect(calls('alcatel-oxo', [line({ ...taken, facilities: '' }), line(rest)])).toHaveLength(2);
  });
});

describe('OXE tickets', () => {
  const [outgoing = '', first = '', second = ''] = sampleRaw('oxe-ed52-kinds-made-up').split('\r\n');

  it('of other versions are refused until the site says that they are read so', () => {
    const other = outgoing.replace('ED5.2', 'ED5.3');
    expect(outcomes('alcatel-oxe', [other])).toEqual([{ kind: 'malformed', reason: 'unknown-line' }]);
    expect(records('alcatel-oxe', [other], { otherVersions: 'as-ed5.2' })).toMatchObject([{ accountCode: '10482' }]);
  });

  it('are read from a stripped line and behind the bytes of their message', () => {
    expect(records('alcatel-oxe', [`\x01\x02${outgoing.trimEnd()}`])).toEqual(records('alcatel-oxe', [outgoing]));
    expect(outcomes('alcatel-oxe', [outgoing.slice(0, 180)])[0]?.kind).toBe('malformed');
    expect(outcomes('alcatel-oxe', [outgoing.slice(0, 100)])[0]?.kind).toBe('malformed');
  });

  it('give the end where no start is printed', () => {
    const withoutStart = `${outgoing.slice(0, 441)}${' '.repeat(17)}${outgoing.slice(458)}1234`;
    expect(records('alcatel-oxe', [withoutStart])).toMatchObject([
      { end: '2026-11-23T09:01:10', startOrEnd: 'end', durationSeconds: 90 },
    ]);
  });

  it('that were cut anywhere are damaged, so no code is read by half', () => {
    for (const width of [20, 180, 230, 300, 457]) {
      expect(outcomes('alcatel-oxe', [outgoing.slice(0, width)])[0]?.kind, `${width}`).toBe('malformed');
    }
  });

  it('of one call reference are one call, and another one when the reference comes again', () => {
    expect(calls('alcatel-oxe', [first, second])).toMatchObject([
      {
        direction: 'incoming',
        talkSeconds: 175,
        outsideNumber: '0987654321',
        record: { extension: '4100', transferred: true },
      },
    ]);
    const again = second
      .replace('20261123 09:12:20', '20261123 19:12:20')
      .replace('20261123 09:10:25', '20261123 19:10:25');
    expect(calls('alcatel-oxe', [first, again])).toHaveLength(2);
    expect(calls('alcatel-oxe', [first, second.replace('0987654321', '0987654399')])).toHaveLength(2);
    expect(calls('alcatel-oxe', [first, first])).toHaveLength(2);
  });

  it('are the same call whatever order they come in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([outgoing, first, second], { minLength: 3 }), (lines) => {
        const found = calls('alcatel-oxe', lines);
        expect(found.map(({ talkSeconds }) => talkSeconds).sort()).toEqual([175, 90]);
        expect(found.find(({ talkSeconds }) => talkSeconds === 90)).toMatchObject({
          code: '10482',
          codeField: 'account',
        });
      }),
    );
  });

  it.each([
    ['0', 'outgoing'],
    ['1', 'outgoing'],
    ['2', undefined],
    ['4', 'incoming'],
    ['5', 'incoming'],
    ['15', undefined],
  ])('of type %s have the direction %s', (type, direction) => {
    const line = `${outgoing.slice(0, 166)}${type.padStart(2)}${outgoing.slice(168)}`;
    expect(records('alcatel-oxe', [line])[0]?.direction).toBe(direction);
  });

  it('of a type that does not exist are damaged', () => {
    expect(outcomes('alcatel-oxe', [`${outgoing.slice(0, 166)}16${outgoing.slice(168)}`])).toEqual([
      { kind: 'malformed', reason: 'bad-type' },
    ]);
  });

  it('count the talk without the waiting', () => {
    expect(records('alcatel-oxe', [first])).toMatchObject([
      { durationSeconds: 60, extra: { Duration: '70', WaitingDuration: '10' } },
    ]);
  });
});

describe('OXO tickets', () => {
  const block = sampleRaw('oxo-ticket-made-up').split('\r\n\r\n')[0]?.split('\r\n') ?? [];

  it('keep a date that cannot be in doubt', () => {
    const lines = block.map((line) => line.replace('23/11/26', '31/11/26'));
    expect(outcomes('alcatel-oxo-ticket', lines)).toMatchObject([{ kind: 'call', doubts: ['date-impossible'] }]);
  });

  it('that run into each other are damaged', () => {
    expect(outcomes('alcatel-oxo-ticket', [...block, ...block])).toEqual([
      { kind: 'malformed', reason: 'two-tickets' },
    ]);
  });
});

describe('Alcatel streams', () => {
  it.each([
    ['4200-one-day', 'alcatel-oxo'],
    ['oxo-chosen-columns-made-up', 'alcatel-oxo'],
    ['oxe-ed52-kinds-made-up', 'alcatel-oxe'],
    ['oxe-tax-made-up', 'alcatel-oxe-tax'],
  ])('%s is recognised as %s', (name, id) => {
    expect(detect(sampleRaw(name), formats).candidates[0]?.formatId).toBe(id);
  });
});
