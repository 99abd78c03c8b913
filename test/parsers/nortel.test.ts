import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callsOf, outcomesOf, recordOf } from './nortel-calls.ts';

const ID = 'nortel-meridian';
const record = (text: string, options?: Readonly<Record<string, string>>) => recordOf(ID, `${text}\r\n`, options);
const calls = (lines: readonly string[], options?: Readonly<Record<string, string>>, isRestarted?: boolean) =>
  callsOf(ID, lines.map((line) => `${line}\r\n`).join(''), options, isRestarted);

/** A record of the old format; `at` is `mm/dd hh:mm`. */
function old(type: string, from: string, to: string, at: string, duration = '', digits = ''): string {
  return `${type} 001 00 ${from.padEnd(7)} ${to.padEnd(7)} ${at} ${duration.padEnd(8)} ${digits}`.trimEnd();
}
const OUT = 'N 074 00 6503    T060030 11/01 06:01 00:00:12 A 9247135';

describe('Meridian first lines', () => {
  it('read the same with the NUL between route and member, with a blank in its place, and with nothing', () => {
    const wanted = record(OUT);
    expect(wanted).toMatchObject({ trunk: 'T060030', extension: '6503', dialedNumber: '9247135', durationSeconds: 12 });
    for (const between of ['\0', ' ', '\0\0']) {
      expect(record(OUT.replace('T060030', `T060${between}030`))).toEqual(wanted);
    }
  });

  it('read the same when blanks were collapsed or cut off at the end, and behind control characters', () => {
    const wanted = record(OUT);
    expect(record(OUT.replace(/ +/g, ' '))).toEqual(wanted);
    expect(record(`${OUT}                     `)).toEqual(wanted);
    expect(record(`\x07\x7f  ${OUT}`)).toEqual(wanted);
    expect(record(`\xef\xbb\xbf${OUT}`)).toEqual(wanted);
  });

  it('read the same through a line of seven bits with even or odd parity', () => {
    const ones = (code: number): number => [...code.toString(2)].filter((bit) => bit === '1').length;
    const text = `${OUT}\r\n &       0001    0000 \r\n`;
    for (const odd of [0, 1]) {
      const withParity = [...text].map((character) => {
        const code = character.charCodeAt(0);
        return String.fromCharCode(ones(code) % 2 === odd ? code : code | 0x80);
      });
      const [outcome, ...others] = outcomesOf(ID, withParity.join(''));
      expect(outcome).toMatchObject({ kind: 'call', record: record(OUT) });
      expect(others.filter((other) => other.kind !== 'noise')).toEqual([]);
    }
  });

  it('find the date where longer directory numbers have moved it', () => {
    expect(record('N 001 00 2345678901 A001012 02/03 13:31:48 00:03:44.0 A9123456')).toMatchObject({
      extension: '2345678901',
      trunk: 'A001012',
      start: 'XXXX-02-03T13:31:48',
      durationSeconds: 224,
      dialedNumber: '9123456',
    });
  });

  it.each([
    ['DN7447', 'T038000', { direction: 'outgoing', extension: '7447', callerNumber: '7447', trunk: 'T038000' }],
    ['T038000', 'DN7447', { direction: 'incoming', extension: '7447', trunk: 'T038000' }],
    ['A038000', '7447', { direction: 'incoming', extension: '7447', trunk: 'A038000', answered: true }],
    ['ATT001', 'A038000', { direction: 'outgoing', extension: 'ATT001', callerNumber: 'ATT001', trunk: 'A038000' }],
    ['T038000', 'T038001', { direction: 'tandem', trunk: 'T038000', trunkOut: 'T038001' }],
    ['7447', '7448', { direction: 'internal', extension: '7447', callerNumber: '7447', dialedNumber: '7448' }],
    ['T038000', 'CF00001', { direction: 'incoming', trunk: 'T038000', extra: { terminal: 'CF00001' } }],
    ['CF00001', 'T038000', { direction: 'outgoing', trunk: 'T038000', extra: { terminal: 'CF00001' } }],
  ])('%s to %s', (from, to, parties) => {
    expect(record(old('N', from, to, '11/01 06:01', '00:00:12'))).toEqual({
      conditionCode: 'N',
      start: 'XXXX-11-01T06:01:00',
      startOrEnd: 'start',
      durationSeconds: 12,
      ...parties,
    });
  });

  it('are no call where there is nothing but a telephone and a moment', () => {
    expect(outcomesOf(ID, 'E 000 01 2677 11/23 09:00\r\n')).toEqual([{ kind: 'malformed', reason: 'cut-short' }]);
    expect(record('E 000 01 2677 11/23 09:00 00:01:00')).toMatchObject({ extension: '2677', durationSeconds: 60 });
  });

  it('take the letter off the digits, whether it is glued to them or not, and keep stars, hashes and hidden digits', () => {
    const digitsOf = (digits: string) =>
      record(old('N', '6503', 'T060030', '11/01 06:01', '00:00:12', digits))['dialedNumber'];
    expect(digitsOf('A 9247135')).toBe('9247135');
    expect(digitsOf('A9247135')).toBe('9247135');
    expect(digitsOf('9247135')).toBe('9247135');
    expect(digitsOf('  *67#9247XXX')).toBe('*67#9247XXX');
    expect(digitsOf('A 9 247 135')).toBe('9 247 135');
    expect(digitsOf('')).toBeUndefined();
  });

  it('say what the digits of an incoming call are only when the user knows it', () => {
    const line = old('N', 'T060030', '6503', '11/01 06:01', '00:00:12', '5537148');
    expect(record(line)).toMatchObject({ extra: { digits: '5537148' } });
    expect(record(line)).not.toHaveProperty('callerNumber');
    expect(record(line, { incomingNumber: 'caller' })).toMatchObject({ callerNumber: '5537148' });
    expect(record(line, { incomingNumber: 'called' })).toMatchObject({ dialedNumber: '5537148' });
  });

  it('give the moment that the option names, but a code is always keyed at the start and a bare E is always an end', () => {
    expect(record(OUT, { timeIs: 'end' })).toMatchObject({ end: 'XXXX-11-01T06:01:00', startOrEnd: 'end' });
    expect(record(OUT, { dateOrder: 'DM' })).toMatchObject({ start: 'XXXX-01-11T06:01:00' });
    const code = old('C', '6503', 'T060030', '11/01 06:01', '', '4711');
    expect(record(code, { timeIs: 'end' })).toMatchObject({ start: 'XXXX-11-01T06:01:00', accountCode: '4711' });
    expect(record(old('E', 'T060030', '6503', '11/01 06:01'))).toMatchObject({ end: 'XXXX-11-01T06:01:00' });
    expect(record(old('S', 'T060030', '6503', '11/01 06:01'), { timeIs: 'end' })).toMatchObject({
      start: 'XXXX-11-01T06:01:00',
    });
  });

  it.each([
    ['a type nobody knows', OUT.replace('N', 'K'), 'bad-call-type'],
    ['a date cut off', OUT.slice(0, 28), 'bad-date'],
    ['a time cut off', OUT.slice(0, 35), 'bad-date'],
    ['a duration cut off', OUT.slice(0, 42), 'bad-duration'],
    ['no duration', OUT.slice(0, 36), 'no-duration'],
    ['a third terminal', OUT.replace('6503   ', '6503 65'), 'bad-party'],
    ['two records run together', `${OUT}${OUT}`, 'bad-number'],
    ['a code record without a code', old('A', '6503', 'T060030', '11/01 06:01'), 'no-code'],
    ['the originator four columns to the right, as Toshiba prints it', OUT.replace('6503', '    6503'), 'bad-party'],
  ])('are refused with %s', (_why, line, reason) => {
    const [outcome] = outcomesOf(ID, `${line}\r\n`);
    expect(outcome).toEqual({ kind: 'malformed', reason, ...(reason === 'bad-call-type' ? { detail: 'K' } : {}) });
  });
});

describe('Meridian lines behind the first', () => {
  const IN = 'N 060 00 A001026 1031    01/10 13:07:40 00:00:04.0';

  it.each([
    ['the caller without its filling', ' &802231874XXXXXXX', { callerNumber: '802231874' }],
    ['the caller with blanks collapsed', '& 802231874XXXXXXX', { callerNumber: '802231874' }],
    ['a caller with hidden digits inside', ' &8022XX874XXXXXXX', { callerNumber: '8022XX874' }],
    ['no caller where all is filling', ' &XXXXXXXXXXXXXXXX', {}],
    ['the caller beside a terminal number', ' &802231874XXXXXXX    003.0.00.03', { callerNumber: '802231874' }],
    ['the time to answer', ' &01:10                                000 00 0 02', { ringSeconds: 70 }],
    ['the time to answer with a letter', ' &00:28R    00 0 02', { ringSeconds: 28, extra: { ringMark: 'R' } }],
    ['numbers whose meaning is not known', ' &       0000    0001', {}],
    ['text nobody knows, kept as it is', ' &NGUYEN VAN AN', { extra: { unknown: 'NGUYEN VAN AN' } }],
    ['the caller of a BCM', '802231874xxxxxxx', { callerNumber: '802231874' }],
    ['the charge of a BCM', '00000 000012', { cost: '12' }],
    ['the caller of a BCM behind a bell', '\x07802231874xxxxxxx', { callerNumber: '802231874' }],
  ])('give %s', (_what, line, keys) => {
    expect(recordOf(ID, `${IN}\r\n${line}\r\n`)).toEqual({ ...record(IN), ...keys });
  });

  it('of a BCM without a number are only filling, and a code on a line of its own is the code', () => {
    expect(recordOf(ID, `${IN}\r\nxxxxxxxxxxxxxxxx\r\n`)).toEqual(record(IN));
    const code = old('C', 'DN7425', 'T052000', '04/04 14:03');
    expect(recordOf(ID, `${code}\r\n87\r\n`)).toMatchObject({ accountCode: '87', extension: '7425' });
  });

  it('give pulses in place of money if the user says so', () => {
    const text = `${IN}\r\n00000 000012\r\n`;
    expect(recordOf(ID, text, { chargeUnit: 'pulses' })).toEqual({ ...record(IN), extra: { pulses: '12' } });
  });

  it('are kept as unread without a first line, and other output of the terminal ends a record', () => {
    const outcomes = outcomesOf(ID, ` &802231874XXXXXXX\r\n${IN}\r\nDTA103\r\n &00:10\r\n${IN}\r\n`);
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['malformed', 'call', 'noise', 'malformed', 'call']);
    expect(outcomes[0]).toMatchObject({ reason: 'no-first-line' });
  });

  it('read the same from the journal, where line ends and padding are what the switch sent', () => {
    const text = `${IN}\r\n &802231874XXXXXXX\r\n &00:10`;
    expect(outcomesOf(ID, `${text}\r\n`)).toEqual(outcomesOf(ID, `${text.replaceAll('\r\n', '\r\0\n')}\r\n`));
  });
});

describe('Meridian records become calls', () => {
  const s = old('S', 'T010016', '6101', '05/09 07:47', '00:00:20');
  const e = old('E', 'A010016', '2463', '05/09 07:48', '00:00:52');

  it('S and E of one trunk are one call, with another call between them, however often the service restarts', () => {
    const lines = [s, old('N', '2343', 'T010011', '05/09 07:46', '00:01:12', 'A 9247135'), e];
    const found = calls(lines, {}, true);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({
      direction: 'incoming',
      answered: true,
      talkSeconds: 72,
      record: { extension: '6101', transferred: true, durationSeconds: 72 },
      doubts: [],
    });
    expect(found[0]?.legs.map((leg) => leg.extension)).toEqual(['6101', '2463']);
    expect(found).toEqual(calls(lines));
  });

  it('a chain of transfers is one call', () => {
    const found = calls([s, old('X', 'T010016', '6102', '05/09 07:48', '00:01:00'), e.replace('07:48', '07:50')]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ talkSeconds: 132, doubts: [] });
  });

  it('without durations the call lasts from the S to the E', () => {
    const found = calls([old('S', 'T038000', 'DN7447', '04/04 15:02'), old('E', 'T038000', 'DN2223', '04/04 15:07')]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      talkSeconds: 300,
      record: { start: 'XXXX-04-04T15:02:00', end: 'XXXX-04-04T15:07:00', startOrEnd: 'both', extension: '7447' },
    });
  });

  it.each([
    ['another trunk', [s, e.replace('010016', '010017')]],
    ['a moment before the S', [s, e.replace('07:48', '07:40')]],
    ['an hour that cannot belong to it', [s, e.replace('07:48', '09:48')]],
    ['a clock that was changed between them', [s, 'T 027 00 05/09 07:47 05/09 07:47', e]],
    ['another customer', [s, e.replace(' 00 ', ' 01 ')]],
  ])('an E of %s is no part of the call, and both are marked', (_what, lines) => {
    expect(calls(lines).map((call) => call.doubts)).toEqual([['leg-missing'], ['leg-missing']]);
  });

  it('legs that are lost, doubled or out of order give marked calls, never fewer talk seconds and never a crash', () => {
    const legs = [s, old('X', 'T010016', '6102', '05/09 07:47', '00:00:30'), e];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...legs), { minLength: 1, maxLength: 8 }), (lines) => {
        const found = calls(lines);
        const printed = lines.reduce((sum, line) => sum + Number(line.slice(43, 45)), 0);
        expect(found.reduce((sum, call) => sum + call.talkSeconds, 0)).toBe(printed);
        expect(found.flatMap((call) => call.legs)).toHaveLength(lines.length);
        for (const call of found) {
          const types = call.legs.map((leg) => leg.conditionCode).join('');
          expect(call.doubts.includes('leg-missing')).toBe(!/^SX*E$/.test(types));
        }
      }),
      { numRuns: 200 },
    );
  });

  const account = old('C', '5211', 'T095019', '12/03 11:25', '', '4711');
  const call = old('N', '5211', 'T095019', '12/03 11:47', '00:22:08', 'A 333');

  it('an account code belongs to the next call of its telephone and trunk, whether the call prints its start or its end', () => {
    for (const lines of [
      [account, call],
      [account, call.replace('11:47', '11:25')],
    ]) {
      const found = calls(lines);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({
        direction: 'outgoing',
        code: '4711',
        codeField: 'account',
        talkSeconds: 1328,
        outsideNumber: '333',
        record: { extension: '5211', accountCode: '4711', conditionCode: 'N' },
        doubts: [],
      });
    }
  });

  it('an authorization code comes before an account code, in whatever order they were keyed', () => {
    const auth = old('A', '5211', 'T095019', '12/03 11:25', '', '990011');
    for (const lines of [
      [auth, account, call],
      [account, auth, call],
    ]) {
      const found = calls(lines);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ code: '990011', codeField: 'authorization', record: { accountCode: '4711' } });
    }
  });

  it('a code without a trunk belongs to the next call that its telephone makes, not to one that comes in', () => {
    const bare = old('A', '5211', '', '12/03 11:25', '', '990011');
    const coming = old('N', 'T095011', '5211', '12/03 11:25', '00:00:30');
    const found = calls([bare, coming, call.replace('11:47', '11:26')]);
    expect(found.map((one) => [one.direction, one.code])).toEqual([
      ['outgoing', '990011'],
      ['incoming', undefined],
    ]);
  });

  it('a code keyed during a call that was transferred goes to that call', () => {
    const first = old('S', '5211', 'T095019', '12/03 11:20', '00:06:00', 'A 333');
    const last = old('E', '5213', 'T095019', '12/03 11:26', '00:01:00');
    for (const lines of [
      [first, account, last],
      [account.replace('11:25', '11:20'), first, last],
    ]) {
      expect(calls(lines)).toMatchObject([{ code: '4711', talkSeconds: 420, doubts: [] }]);
    }
  });

  it.each([
    ['another telephone', call.replace('5211', '5212')],
    ['another trunk', call.replace('095019', '095020')],
    ['the next day', call.replace('12/03', '12/04')],
    ['the time before a restart', `I 000 00                 12/03 11:30\r\n${call}`],
  ])('a code of %s stays alone and is no call of anybody’s', (_what, line) => {
    const found = calls([account, line]);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ direction: 'none', talkSeconds: 0, code: '4711', doubts: ['leg-missing'] });
    expect(found[1]).toMatchObject({ code: undefined, doubts: [] });
  });

  it('a conference charge without a code gives its call none', () => {
    const charge = old('M', 'CF00001', 'T095019', '12/03 11:25');
    const found = calls([charge, old('N', 'CF00001', 'T095019', '12/03 11:25', '00:10:00')]);
    expect(found).toMatchObject([{ code: undefined, talkSeconds: 600, doubts: [] }]);
  });

  it('a code is used once, and a second one of the same kind begins anew', () => {
    expect(calls([account, call, call.replace('11:47', '11:50')]).map((one) => one.code)).toEqual(['4711', undefined]);
    const again = account.replace('4711', '4712');
    expect(calls([account, again, call]).map((one) => [one.direction, one.code])).toEqual([
      ['none', '4711'],
      ['outgoing', '4712'],
    ]);
  });

  it('a calling party number belongs to the call that comes in on its trunk', () => {
    const party = old('P', 'T095019', '5211', '12/03 11:25', '', '0243825555');
    const found = calls([party, old('N', 'T095019', '5211', '12/03 11:25', '00:00:30')]);
    expect(found).toMatchObject([{ direction: 'incoming', outsideNumber: '0243825555', doubts: [] }]);
  });
});
