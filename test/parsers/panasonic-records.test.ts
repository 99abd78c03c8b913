import { describe, expect, it } from 'vitest';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById } from '../../parsers/registry.ts';
import type { ParseOutcome } from '../../parsers/types.ts';

function read(id: string, line: string, options: Record<string, string> = {}): ParseOutcome {
  const format = formatById(id);
  if (format === undefined) throw new Error(`no format ${id}`);
  const last = parseText(format, options, `${line}\r\n`).at(-1);
  if (last === undefined) throw new Error('no frame');
  return last.outcome;
}

const dated = (date: string, time = '09:00  ') => `${date} ${time}   201 01 ${'0903000111'.padEnd(25)}      00:01'05`;

describe('Panasonic dates and clocks', () => {
  it.each([
    ['DMY', '2003-02-01'],
    ['MDY', '2003-01-02'],
    ['YMD', '2001-02-03'],
    ['YDM', '2001-03-02'],
  ])('01/02/03 in the order %s is %s', (dateOrder, day) => {
    expect(read('panasonic-a', dated('01/02/03'), { dateOrder })).toMatchObject({ record: { end: `${day}T09:00:00` } });
  });

  it.each([
    ['12:32AM', '00:32'],
    ['00:10AM', '00:10'],
    ['00:10PM', '12:10'],
    ['12:05PM', '12:05'],
    ['01:05PM', '13:05'],
    ['11:59PM', '23:59'],
    ['00:00  ', '00:00'],
    ['23:59  ', '23:59'],
  ])('%s is %s', (printed, time) => {
    expect(read('panasonic-a', dated('23/11/26', printed))).toMatchObject({ record: { end: `2026-11-23T${time}:00` } });
  });

  it.each(['13:05PM', '24:00  ', '09:60  '])('%s keeps the record, without a time and in doubt', (printed) => {
    const outcome = read('panasonic-a', dated('23/11/26', printed));
    expect(outcome).toMatchObject({
      kind: 'call',
      doubts: ['date-impossible'],
      record: { dialedNumber: '0903000111' },
    });
    expect(outcome).not.toHaveProperty('record.end');
  });

  it('letters for the time make the line malformed', () => {
    expect(read('panasonic-a', dated('23/11/26', '09:00XM'))).toMatchObject({ kind: 'malformed', reason: 'bad-time' });
  });

  it('a two-digit year is of this century, from 80 on of the last one', () => {
    const endOf = (date: string) => read('panasonic-a', dated(date));
    expect(endOf('23/11/79')).toMatchObject({ record: { end: '2079-11-23T09:00:00' } });
    expect(endOf('23/11/80')).toMatchObject({ record: { end: '1980-11-23T09:00:00' } });
    expect(endOf('24/06/97')).toMatchObject({ record: { end: '1997-06-24T09:00:00' } });
  });

  it.each([
    ['67/12/20', 'date-impossible'],
    ['31/02/26', 'date-impossible'],
    ['00/00/00', 'date-impossible'],
    ['**/**/**', 'date-from-arrival'],
  ])('the date %s keeps the record, without a time and in doubt', (date, doubt) => {
    const outcome = read('panasonic-a', dated(date, date.startsWith('*') ? '**:**  ' : '09:00  '));
    expect(outcome).toMatchObject({ kind: 'call', doubts: [doubt], record: { extension: '201', durationSeconds: 65 } });
    expect(outcome).not.toHaveProperty('record.end');
  });

  it('the printed time is the start where the source says so', () => {
    const outcome = read('panasonic-a', dated('23/11/26'), { timeIs: 'start' });
    expect(outcome).toMatchObject({ record: { start: '2026-11-23T09:00:00', startOrEnd: 'start' } });
  });
});

describe('Panasonic fields', () => {
  it('a KX-TA line whose month lost its blank stands one to the left', () => {
    const line = `9/25/03   2:47PM  28  01 0903000111                            00:01'02" ....  `;
    const left = {
      start: '2003-09-25T14:47:00',
      extension: '28',
      trunk: '01',
      dialedNumber: '0903000111',
      durationSeconds: 62,
    };
    expect(read('panasonic-ta80', line)).toMatchObject({ kind: 'call', record: left });
    expect(read('panasonic-ta80', ` ${line}`)).toMatchObject({ kind: 'call', record: left });
  });

  it('tabs that an editor put for blanks are blanks up to the next eighth column', () => {
    const line = dated('23/11/26');
    const packed = line.replace(`${'0903000111'.padEnd(25)}      `, '0903000111\t\t\t ');
    expect(packed).toContain("\t 00:01'05");
    expect(read('panasonic-a', packed)).toEqual(read('panasonic-a', line));
    expect(read('panasonic-a', packed.replace('\t\t', '\t'))).toMatchObject({ kind: 'malformed' });
  });

  it('a DBS line may have lost the blanks in front', () => {
    const line = '  267  11  17 03 16:51  0:00.50 O 3663713                              123456';
    expect(read('panasonic-dbs', line.trimStart())).toEqual(read('panasonic-dbs', line));
    expect(read('panasonic-dbs', line)).toMatchObject({ record: { extension: '267', accountCode: '123456' } });
    expect(read('panasonic-dbs', line.slice(3))).toMatchObject({ kind: 'malformed' });
  });

  it.each(['start', 'answer', 'end'])(
    'RC is the start and AN the answer, also where other times are the %s',
    (timeIs) => {
      const line = (code: string) => `16/09/02 13:42   4 E1114  T10902 ${'<INCOMING>'.padEnd(45)}${code}`;
      const rest = { startOrEnd: 'event', extension: 'E1114', trunk: 'T10902', direction: 'incoming' };
      expect(read('panasonic-td500-b', line('RC'), { timeIs })).toEqual({
        kind: 'part',
        record: { ...rest, start: '2002-09-16T13:42:00', conditionCode: 'RC' },
      });
      expect(read('panasonic-td500-b', line('AN'), { timeIs })).toEqual({
        kind: 'part',
        record: { ...rest, answer: '2002-09-16T13:42:00', conditionCode: 'AN', answered: true },
      });
    },
  );

  it('the cost of one record is not the next one\u2019s', () => {
    const costs = ['EU00012.50', '  00000.00', 'EU00012.50', '          '].map((printed) => {
      const line = `${"07/12/20 11:00    401 05 0903000111           00:00'12".padEnd(55)}${printed}`;
      return line;
    });
    const format = formatById('panasonic-b');
    if (format === undefined) throw new Error('no format panasonic-b');
    const records = parseText(format, {}, costs.join('\n')).map(({ outcome }) =>
      outcome.kind === 'call' ? [outcome.record.cost, outcome.record.currency] : outcome.kind,
    );
    expect(records).toEqual([
      ['12.50', 'EU'],
      ['0.00', undefined],
      ['12.50', 'EU'],
      [undefined, undefined],
    ]);
  });

  it('a counter that ran over is kept as printed', () => {
    expect(read('panasonic-a', dated('23/11/26').replace("00:01'05", "99:59'59"))).toMatchObject({
      record: { durationSeconds: 359999 },
    });
  });

  it('a name after <I> is a name, also one with Vietnamese letters', () => {
    const line = (caller: string) => `23/11/26 09:00     201 01 ${`<I>${caller}`.padEnd(25)} 0'05 00:01'05`;
    expect(read('panasonic-a', line('LE VAN BINH'))).toMatchObject({
      record: { callerName: 'LE VAN BINH', direction: 'incoming' },
    });
    expect(read('panasonic-a', line('LE VAN BINH'))).not.toHaveProperty('record.callerNumber');
    const utf8 = Buffer.from(line('Lê Văn Bình'), 'utf8').toString('latin1');
    expect(read('panasonic-a', utf8)).toMatchObject({ record: { callerName: 'Lê Văn Bình', durationSeconds: 65 } });
  });

  it('the incoming word of the Russian firmware is known in CP866 and in UTF-8, whatever letters it mixes', () => {
    const line =
      "12/15/06 05:56\x8f\x8f   206 35 <BXO\x84\x9f\x99\x88\x89>                     00:01'47               ";
    const record = { end: '2006-12-15T17:56:00', direction: 'incoming', extension: '206', durationSeconds: 107 };
    expect(read('panasonic-td80', line)).toMatchObject({ kind: 'call', record });
    const unicode = "12/15/06 05:56ПП   206 35 <ВХОДЯЩИЙ>                     00:01'47               ";
    const utf8 = Buffer.from(unicode, 'utf8').toString('latin1');
    expect(read('panasonic-td80', utf8, { encoding: 'cp866' })).toMatchObject({ kind: 'call', record });
  });

  it('an unknown word in angle brackets is an incoming call, as a guess', () => {
    const line = "12/15/06 05:56PM   206 35 <ENTRANTE>                     00:01'47";
    expect(read('panasonic-td80', line)).toMatchObject({
      record: { direction: 'incoming' },
      doubts: ['direction-guessed'],
    });
  });

  it.each([
    ['   00000.00', '0.00', undefined],
    ['EU00560.00 ', '560.00', 'EU'],
    ['00560.50EUR', '560.50', 'EUR'],
    ['   00012500', '12500', undefined],
  ])('the cost %s is %s %s', (printed, cost, currency) => {
    const line = `04/01/07 09:32     138 0001 ${'0903000111'.padEnd(50)}      00:00'28 ${printed}`;
    const outcome = read('panasonic-c', line);
    expect(outcome).toMatchObject({ record: { cost } });
    if (outcome.kind === 'call') expect(outcome.record.currency).toBe(currency);
  });

  it.each([
    ['EU00000.00', '0.00', 'EU'],
    ['00560.00EU', '560.00', 'EU'],
    [' 00560.00EUR', '560.00', 'EUR'],
    ['EUR0560.00', '560.00', 'EUR'],
    ['$  0560.00', '560.00', '$'],
    ['EU    1.50', '1.50', 'EU'],
    ['       .50', '0.50', undefined],
    ['  0000,560', '0.560', undefined],
    ['01.250,500', '1250.500', undefined],
    ['  00000560', '560', undefined],
    ['99999999VN', '99999999', 'VN'],
    ['\u20ac\u20ac00001.00', '1.00', '\u20ac\u20ac'],
  ])('the cost %j of pattern B is %s %s', (printed, cost, currency) => {
    const at = printed.length > 10 ? 54 : 55;
    const line = `${"07/12/20 11:00    401 05 0903000111           00:00'12".padEnd(at)}${printed}`;
    const outcome = read('panasonic-b', Buffer.from(line, 'utf8').toString('latin1'));
    expect(outcome).toMatchObject({ kind: 'call', record: { cost, durationSeconds: 12 } });
    if (outcome.kind === 'call') expect(outcome.record.currency).toBe(currency);
  });

  it.each([
    ['<D>4001<I>0912345678', { dialedNumber: '4001', callerNumber: '0912345678' }],
    ['<D>SALES<I>0912345678', { callerNumber: '0912345678', extra: { calledName: 'SALES' } }],
    ['<D>4001<I>LAN', { dialedNumber: '4001', callerName: 'LAN' }],
    ['<D>4001', { dialedNumber: '4001' }],
    ['<I>......45678', { callerNumber: '......45678' }],
    ['<I>3COM Support', { callerName: '3COM Support' }],
    ['<I>+84912345678', { callerNumber: '+84912345678' }],
  ])('%s is an incoming call with %o', (number, parties) => {
    const outcome = read('panasonic-a', `23/11/26 09:00     201 01 ${number.padEnd(25)} 0'05 00:01'05`);
    const rest = {
      startOrEnd: 'end',
      end: '2026-11-23T09:00:00',
      extension: '201',
      trunk: '01',
      direction: 'incoming',
    };
    expect(outcome).toEqual({ kind: 'call', record: { ...rest, ...parties, ringSeconds: 5, durationSeconds: 65 } });
  });

  it.each([
    ['panasonic-a', `23/11/26 09:00     201 01 ${'<I>'.padEnd(24)} 12'06 00:01'05`],
    ['panasonic-c', `23/11/26 09:00     201 0001 ${'<I>'.padEnd(49)} 12'06 00:01'05`],
    ['panasonic-td500-a', `23/11/26 09:00   1 E201   T10101 ${'<INCOMING>'.padEnd(19)}12'06 00:01'05`],
  ])('ten minutes of ringing on the page %s take the blank column too', (id, line) => {
    expect(read(id, line)).toMatchObject({ kind: 'call', record: { ringSeconds: 726, durationSeconds: 65 } });
  });

  it.each([
    ['panasonic-td80', '10/08/03 12:50PM       09 <INCOMING>', '10/08/03 12:50PM   117 09 <INCOMING>'],
    ['panasonic-td500-b', '15/12/02 15:04   1        T10204 <INCOMING>', '15/12/02 15:04   1 E127   T10204 <INCOMING>'],
  ])('%s: a ring at nobody needs no duration, an answer does', (id, ring, answer) => {
    expect(read(id, ring)).toMatchObject({ kind: 'call', record: { direction: 'incoming' } });
    expect(read(id, answer)).toMatchObject({ kind: 'malformed', reason: 'cut-short' });
    expect(read(id, answer.padEnd(80))).toMatchObject({ kind: 'call' });
  });

  it('a whole line without a duration is a call, one that may have been cut is not', () => {
    const line = dated('23/11/26').replace("00:01'05", '').trimEnd();
    expect(read('panasonic-a', line.padEnd(80))).toMatchObject({
      kind: 'call',
      record: { dialedNumber: '0903000111' },
    });
    expect(read('panasonic-a', line.padEnd(80))).not.toHaveProperty('record.durationSeconds');
    expect(read('panasonic-a', line)).toMatchObject({ kind: 'malformed', reason: 'cut-short' });
  });

  it.each([
    '9P0912345F12',
    '=9123',
    '0912345XXXX',
    '0376689064-401',
    '9F/12',
    '..............',
    '10222P1-202-346-7890',
  ])('the marks of %s stay in the dialled number', (number) => {
    const line = `23/11/26 09:00     201 01 ${number.padEnd(25)}      00:01'05`;
    expect(read('panasonic-a', line)).toMatchObject({ record: { dialedNumber: number, direction: 'outgoing' } });
  });

  it('the DBS prints a ring time in place of the number, and may print the caller behind it', () => {
    const line = (rest: string) => read('panasonic-dbs', `  262  18  17 03 16:41  0:10.30 ${rest}`);
    expect(line("I 00'02 0243000111")).toMatchObject({ record: { ringSeconds: 2, callerNumber: '0243000111' } });
    expect(line('O 0243-000')).toMatchObject({ record: { dialedNumber: '0243-000', direction: 'outgoing' } });
    expect(line('I call')).toMatchObject({ kind: 'malformed', reason: 'bad-number' });
  });

  it.each([
    ['a character between the fields', dated('23/11/26').replace('201 01', '201x01'), 'outside-fields'],
    ['an end before its duration', dated('23/11/26').slice(0, 40), 'cut-short'],
    ['half a duration', dated('23/11/26').slice(0, 62), 'bad-duration'],
    ['neither extension nor trunk', "23/11/26 09:00            0903000111               00:01'05", 'outside-fields'],
    ['letters for digits', dated('23/11/26').replace('0903000111', 'O9O3OOO111'), 'bad-number'],
    ['nothing known', 'the printer is out of paper 123', 'unknown-line'],
  ])('a line with %s is malformed', (_what, line, reason) => {
    expect(read('panasonic-a', line)).toMatchObject({ kind: 'malformed', reason });
  });

  it.each([
    ['modem', '\x13\x11ATQ0E0V1S0=1X0&D0'],
    ['prompt', '-'],
    ['prompt', 'SMDR'],
    ['prompt', 'Enter Password:*******'],
    ['blank', ' '],
    ['ruler', '*'.repeat(80)],
    ['heading', '  Date     Time    Ext CO        Dial Number        Ring Duration  Acc code  CD '],
    ['other-heading', '  Date     Time   Ext CO Dial Number          Duration Cost       Acc code   CD '],
    ['feature-log', '23/11/26 09:00     201    LOG IN'],
    ['feature-log', '23/11/26 09:00     201    Timed Reminder/No Answer'],
    ['feature-log', '23/11/26 09:00     201    /Answer'],
  ])('%s: %j is noise by name', (rule, line) => {
    expect(read('panasonic-a', line)).toEqual({ kind: 'noise', rule });
  });
});
