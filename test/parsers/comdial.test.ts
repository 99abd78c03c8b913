import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placed } from '../../core/simulator/printed.ts';
import { callsOf, outcomesOf, recordOf } from './nortel-calls.ts';

function smdr(duration: string, ring: string, digits = '', cost = ''): string {
  const head = `101    3    11/23/26 09:15  ${duration.padStart(5)}  ${ring.padStart(4)}   ${digits.padEnd(16)}`;
  return `${head}      ${cost}`.trimEnd();
}

/** `rest` is the mark of the caller's number, and the digits. */
function smda(account: string, type: string, rest: readonly [mark?: string, digits?: string] = []): string {
  const [mark = '', digits = ''] = rest;
  return placed(80, [
    [1, '11/23 09:15'],
    [15, '101'],
    [21, account],
    [31, '12.5'],
    [45, type],
    [50, '0.8'],
    [56, '3'],
    [57, mark],
    [61, digits],
  ]).trimEnd();
}

describe('Comdial SMDR', () => {
  it('counts in minutes and tenths of a minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), (tenths) => {
        const text = `${Math.floor(tenths / 10)}.${tenths % 10}`;
        expect(recordOf('comdial-smdr', `${smdr(text, '0.0', '0912345678')}\r\n`)['durationSeconds']).toBe(tenths * 6);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['an outgoing call', smdr('12.5', '0.0', '0912345678'), { direction: 'outgoing', dialedNumber: '0912345678' }],
    ['an incoming call that rang', smdr('12.5', '0.3'), { direction: 'incoming', ringSeconds: 18 }],
    ['a call nobody answered', smdr('NOANS', '0.3'), { direction: 'incoming', answered: false }],
    ['what it cost', smdr('12.5', '0.0', '0912345678', '$  4.50'), { cost: '4.50', currency: '$' }],
    ['a dot in front of the tenths', smdr('.5', '.3'), { durationSeconds: 30, ringSeconds: 18 }],
  ])('tells %s', (_what, line, keys) => {
    expect(recordOf('comdial-smdr', `${line}\r\n`)).toMatchObject({ extension: '101', trunk: '3', ...keys });
  });

  it('says nothing of the direction of a call that neither dialled nor rang', () => {
    expect(recordOf('comdial-smdr', `${smdr('12.5', '0.0')}\r\n`)).not.toHaveProperty('direction');
  });

  it.each([
    ['without a duration', smdr('', '0.0')],
    ['cut before the duration', smdr('12.5', '0.0').slice(0, 26)],
    ['with a clock for a duration', smdr('1:25', '0.0')],
    ['with letters for digits', smdr('12.5', '0.0', 'ABC')],
  ])('is unread %s', (_what, line) => {
    expect(outcomesOf('comdial-smdr', `${line}\r\n`)).toMatchObject([{ kind: 'malformed' }]);
  });
});

describe('Comdial SMDA', () => {
  it('goes on with a long account code on the next line', () => {
    const text = `${smda('12345678', 'O', ['', '0912345678'])}\r\n                    9012\r\n`;
    expect(callsOf('comdial-smda', text)).toMatchObject([
      {
        direction: 'outgoing',
        code: '123456789012',
        codeField: 'account',
        talkSeconds: 750,
        outsideNumber: '0912345678',
      },
    ]);
  });

  it('has no more of a short code on the next line', () => {
    const text = `${smda('1234', 'O', ['', '0912345678'])}\r\n                    9012\r\n`;
    expect(outcomesOf('comdial-smda', text)).toMatchObject([
      { kind: 'call', record: { accountCode: '1234' } },
      { kind: 'malformed', reason: 'unknown-line' },
    ]);
  });

  it('with eight digits and another record behind it is whole', () => {
    const text = `${smda('12345678', 'O')}\r\n${smda('', 'I')}\r\n`;
    expect(outcomesOf('comdial-smda', text)).toMatchObject([
      { kind: 'call', record: { accountCode: '12345678' } },
      { kind: 'call', record: { direction: 'incoming' } },
    ]);
  });

  it.each([
    ['the caller’s with the mark ID', smda('', 'I', ['ID', '0243825555']), { callerNumber: '0243825555' }],
    ['dialled in an outgoing call', smda('', 'O', ['', '0243825555']), { dialedNumber: '0243825555' }],
    ['dialled where no letter says more', smda('', '', ['', '0243825555']), { dialedNumber: '0243825555' }],
    [
      'not told in an incoming call without the mark',
      smda('', 'I', ['', '0243825555']),
      { extra: { digits: '0243825555' } },
    ],
    [
      'dialled with the letter a column to the right',
      smda('', ' O', ['', '0243825555']),
      { dialedNumber: '0243825555' },
    ],
  ])('has digits that are %s', (_what, line, keys) => {
    expect(recordOf('comdial-smda', `${line}\r\n`)).toMatchObject({
      start: 'XXXX-11-23T09:15:00',
      ringSeconds: 48,
      ...keys,
    });
  });

  it.each([
    ['another letter', smda('', 'X')],
    ['another mark', smda('', 'I', ['XX', '0243825555'])],
    ['something between its columns', smda('', 'I').replace('101 ', '101x')],
  ])('is unread with %s', (_what, line) => {
    expect(outcomesOf('comdial-smda', `${line}\r\n`)).toMatchObject([{ kind: 'malformed' }]);
  });
});

describe('TeleVantage', () => {
  it('books a call to the code of the record behind it, and ties the second line to its call', () => {
    const text = [
      'N 001 00     DN101     T00100101 11/23 09:16:10 00:01:10.0 0912345678',
      'C 002 00     DN101     T00100101 11/23 09:15:00            4711',
      'N 001 00     A00100201 DN102     11/23 09:20:40 00:00:40.0',
      ' &0243825555                           3812345',
    ];
    expect(callsOf('vertical-televantage', `${text.join('\r\n')}\r\n`)).toMatchObject([
      { direction: 'outgoing', code: '4711', talkSeconds: 70, outsideNumber: '0912345678' },
      { direction: 'incoming', code: undefined, talkSeconds: 40, outsideNumber: '0243825555' },
    ]);
  });
});
