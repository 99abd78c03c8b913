import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callsOf, outcomesOf, recordOf } from './nortel-calls.ts';

const ID = 'nortel-norstar';
const HEADER = '-------- 04/04/99 11:39:43 LINE = 0003 STN = 7425';
const OUTGOING = [HEADER, '00:00:00 OUTGOING CALL', 'DIGITS DIALED 5551212', '00:12:59 CALL RELEASED'];
const INCOMING = [
  '-------- 04/11/97 09:41:11 LINE = 0003 STN = 7344',
  'CALLING NUMBER 7692000',
  'NAME Alan Smith',
  'UNKNOWN',
  '00:00:00 INCOMING CALL RINGING 0:06',
  '00:00:37 ACCOUNT CODE 87',
  '00:03:03 CALL RELEASED',
];
const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join('');
const withLine = (...lines: readonly string[]): string => textOf([HEADER, '00:00:00 OUTGOING CALL', ...lines]);

const G = '*041197 094105 0003 7692000 Alan Smith U G';
const D = '*041197 094105 0003 7692000 7305432 U D';
const A = '*041197 094111 0003 7344 7692000 Alan Smith U A';
const T = '*041197 094156 0003 7440 7692000 Alan Smith U T';
const R = '*041197 094414 0003 7440 7692000 Alan Smith U R';

describe('Norstar reports', () => {
  it('end at an empty line, at the next header, and at the end of the stream', () => {
    const one = recordOf(ID, textOf(OUTGOING));
    for (const text of [
      `${textOf(OUTGOING)}\n${textOf(OUTGOING)}\n`,
      textOf([...OUTGOING, ...OUTGOING]),
      textOf([...OUTGOING, '', ...OUTGOING]).replaceAll('\r\n', '\n'),
    ]) {
      expect(outcomesOf(ID, text)).toEqual([
        { kind: 'call', record: one },
        { kind: 'call', record: one },
      ]);
    }
  });

  it('do not end at an empty line before anything happened, such as an empty half of a name', () => {
    const half = INCOMING.map((text) => (text === 'UNKNOWN' ? '' : text));
    const { extra: _extra, ...named } = recordOf(ID, textOf(INCOMING));
    for (const text of [textOf(half), textOf([...INCOMING.slice(0, 1), '', ...half.slice(1)])]) {
      const outcomes = outcomesOf(ID, `${text}\r\n${textOf(OUTGOING)}`);
      expect(outcomes).toMatchObject([
        { kind: 'call', record: named },
        { kind: 'call', record: recordOf(ID, textOf(OUTGOING)) },
      ]);
      expect(outcomes[0]).not.toHaveProperty('doubts');
    }
  });

  it('read the same with the blanks that the printer puts in, and behind a mark of UTF-8 or a bell', () => {
    const wide = textOf(OUTGOING)
      .replaceAll(' = ', '=')
      .replace('LINE', '   LINE')
      .replace('CALL RELEASED', '   CALL RELEASED   ');
    expect(recordOf(ID, wide)).toEqual(recordOf(ID, textOf(OUTGOING)));
    expect(recordOf(ID, `\xef\xbb\xbf${wide}`)).toEqual(recordOf(ID, textOf(OUTGOING)));
    expect(recordOf(ID, `\x07${wide}`)).toEqual(recordOf(ID, textOf(OUTGOING)));
    expect(recordOf(ID, wide.replace('-------- ', '--------\r\n'))).toEqual(recordOf(ID, textOf(OUTGOING)));
  });

  it('have their station in the header or on a line of its own', () => {
    const [header = '', ...rest] = OUTGOING;
    const text = textOf([header.replace(' STN = 7425', ''), 'STN = 7425', ...rest]);
    expect(recordOf(ID, text)).toEqual(recordOf(ID, textOf(OUTGOING)));
  });

  it('give the day first if the PBX prints it so', () => {
    const text = textOf(OUTGOING).replace('04/04/99', '05/04/26');
    expect(recordOf(ID, text)['start']).toBe('2026-05-04T11:39:43');
    expect(recordOf(ID, text, { dateOrder: 'DMY' })['start']).toBe('2026-04-05T11:39:43');
  });

  it.each([
    ['a code', '00:00:37 ACCOUNT CODE 000099991234', { accountCode: '000099991234' }],
    [
      'the number of a password, which is no code',
      '00:00:37 RESTRICTION PASSWORD 07',
      { extra: { restrictionPassword: '07' } },
    ],
    ['a transfer', '00:00:37 TRANSFERRED TO STN = 225', { transferred: true, extra: { transferredTo: '225' } }],
    ['the physical line of a target line', 'LINE = 0121', { extra: { physicalLine: '0121' } }],
    ['digits sent after the connection', 'DIGITS DIALED 5551212!99#', { dialedNumber: '5551212!99#' }],
    ['an event nobody knows, kept as it is', '00:00:37 PARKED 101', { extra: { notes: 'PARKED 101' } }],
    ['a line of information, kept as it is', 'PRI SERVICE TIE 0', { extra: { notes: 'PRI SERVICE TIE 0' } }],
    ['a wrong password', '00:00:37 INVALID PASSWORD', {}],
    ['hold', '00:00:37 HOLD', {}],
  ])('hold %s', (_what, line, keys) => {
    expect(recordOf(ID, withLine(line, '00:12:59 CALL RELEASED'))).toEqual({
      start: '1999-04-04T11:39:43',
      startOrEnd: 'start',
      durationSeconds: 779,
      direction: 'outgoing',
      extension: '7425',
      callerNumber: '7425',
      trunk: '0003',
      ...keys,
    });
  });

  it.each([
    ['CALLING NUMBER /12345678901', '12345678901', ['number-hidden']],
    ['CALLING NUMBER 61355512xx', '61355512xx', []],
    ['CALLING NUMBER UNKNOWN', undefined, []],
    ['CALLING NUMBER', undefined, []],
    ['CALLING NUMBER PRIVATE', undefined, []],
  ])('%s is the caller %s', (line, callerNumber, doubts) => {
    const [outcome] = outcomesOf(ID, textOf(INCOMING.map((one) => (one.startsWith('CALLING') ? line : one))));
    if (outcome?.kind !== 'call') throw new Error('no call');
    expect([outcome.record.callerNumber, outcome.doubts ?? []]).toEqual([callerNumber, doubts]);
  });

  it('have a name of two lines, each of which may be unknown or look like anything', () => {
    const namesOf = (...names: readonly string[]) => {
      const { callerName, extra } = recordOf(ID, textOf([...INCOMING.slice(0, 2), ...names, ...INCOMING.slice(4)]));
      return [callerName, extra];
    };
    expect(namesOf('NAME Smith, A.', 'Acme (1) & Co')).toEqual(['Smith, A.', { secondName: 'Acme (1) & Co' }]);
    expect(namesOf('NAME UNKNOWN', 'UNKNOWN')).toEqual([undefined, undefined]);
    expect(namesOf('NAME Smith')).toEqual(['Smith', undefined]);
  });

  it('that are cut in front are unread, and those cut behind are calls in doubt', () => {
    expect(outcomesOf(ID, textOf(OUTGOING.slice(2)))).toEqual([{ kind: 'malformed', reason: 'no-first-line' }]);
    for (const count of [1, 2, 3]) {
      const [outcome] = outcomesOf(ID, textOf(OUTGOING.slice(0, count)));
      expect(outcome).toMatchObject({ kind: 'call', doubts: ['leg-missing'], record: { extension: '7425' } });
    }
  });

  it('have a moment and no call where a note follows on a line of its own', () => {
    const text = textOf(['-------- 04/04/99 11:39:43', 'RECORD RESTART', '--------', 'REPORTS LOST']);
    expect(outcomesOf(ID, text).map(({ kind }) => kind)).toEqual(['malformed', 'noise', 'noise', 'noise']);
  });

  it.each([
    ['another language', '00:00:00 APPEL SORTANT', 'unknown-words'],
    ['text between its lines', 'Login: admin', 'unknown-line'],
    ['an offset that is none', '00:99:00 OUTGOING CALL', 'bad-time'],
    ['letters for digits', 'DIGITS DIALED abc', 'bad-number'],
    ['letters for a code', '00:00:01 ACCOUNT CODE abc', 'bad-account'],
  ])('with %s are unread', (_what, line, reason) => {
    const lines = reason === 'unknown-words' ? [HEADER, line] : [HEADER, '00:00:00 OUTGOING CALL', line];
    expect(outcomesOf(ID, textOf(lines))).toEqual([{ kind: 'malformed', reason }]);
  });

  it('leave digits behind the connection out of the outside number', () => {
    const [call] = callsOf(ID, withLine('DIGITS DIALED 5551212!99#', '00:12:59 CALL RELEASED'));
    expect(call).toMatchObject({ outsideNumber: '5551212', record: { dialedNumber: '5551212!99#' }, talkSeconds: 779 });
  });
});

describe('Norstar Real Time lines', () => {
  const wanted = {
    direction: 'incoming',
    answered: true,
    talkSeconds: 183,
    ringSeconds: 6,
    outsideNumber: '7692000',
    record: { extension: '7440', dialedNumber: '7305432', callerName: 'Alan Smith', transferred: true },
    doubts: [],
  };

  it('are one call, also with another line’s call between them and with a restart after each', () => {
    const other = G.replace('0003', '0004');
    const lost = G.replace('0003', '0004').replace('U G', 'U N').replace('094105', '094200');
    const found = callsOf(ID, textOf([G, other, D, A, lost, T, R]), {}, true);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject(wanted);
    expect(found[1]).toMatchObject({ answered: false, talkSeconds: 0, ringSeconds: 55, doubts: [] });
  });

  it('count the next ringing on the line as another call, whatever was lost', () => {
    const next = [G, A, R].map((line) => line.replace('*041197 09', '*041197 10'));
    expect(callsOf(ID, textOf([G, D, A, ...next])).map((call) => [call.talkSeconds, call.doubts])).toEqual([
      [0, ['leg-missing']],
      [183, []],
    ]);
  });

  it('give marked calls when lines are lost or doubled, and never more talk than was printed', () => {
    fc.assert(
      fc.property(fc.subarray([G, D, A, T, R], { minLength: 1 }), fc.boolean(), (lines, isDoubled) => {
        const found = callsOf(ID, textOf(isDoubled ? lines.flatMap((line) => [line, line]) : lines));
        const talked = found.reduce((sum, call) => sum + call.talkSeconds, 0);
        const isWhole = lines.includes(A) && lines.includes(R);
        expect(talked).toBe(isWhole ? 183 : 0);
        if (!isDoubled) expect(found).toHaveLength(1);
        if (!isWhole) expect(found.some((call) => call.doubts.includes('leg-missing'))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('and the report of the same call are one call with the report’s code, in whatever order they come', () => {
    for (const lines of [
      [G, D, A, T, R, ...INCOMING, ''],
      [G, D, A, T, ...INCOMING, '', R],
    ]) {
      const found = callsOf(ID, textOf(lines));
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ talkSeconds: 183, code: '87', outsideNumber: '7692000', doubts: [] });
    }
    const other = INCOMING.map((line) => line.replace('09:41:11', '09:51:11'));
    expect(callsOf(ID, textOf([G, D, A, T, R, ...other]))).toHaveLength(2);
  });

  it('without a number or a name say nothing of them', () => {
    const unknown = (line: string): string => line.replace('7692000 Alan Smith', 'UNKNOWN UNKNOWN');
    const found = callsOf(ID, textOf([unknown(G), D.replace('7692000 ', ''), unknown(A), unknown(T), unknown(R)]));
    expect(found).toMatchObject([{ talkSeconds: 183, outsideNumber: undefined, record: { dialedNumber: '7305432' } }]);
    expect(found[0]?.record).not.toHaveProperty('callerName');
  });

  it('across midnight count on', () => {
    const [rings, answers] = [G.replace('094105', '235940'), A.replace('094111', '235950')];
    const found = callsOf(ID, textOf([rings, answers, R.replace('041197 094414', '041297 000010')]));
    expect(found).toMatchObject([{ talkSeconds: 20, ringSeconds: 10 }]);
  });

  it('take nothing from a call before them whose end was lost', () => {
    const other = A.replace('7692000', '7693000');
    const late = A.replace('094111', '124111');
    for (const answer of [other, late]) {
      const [, , record] = outcomesOf(ID, textOf([G, D, answer]));
      expect(record).toMatchObject({ kind: 'part', record: { answered: true } });
      expect(record).not.toHaveProperty('record.ringSeconds');
      expect(record).not.toHaveProperty('record.dialedNumber');
    }
  });
});
