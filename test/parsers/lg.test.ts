import { describe, expect, it } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { daysFromCivil, partsOfPrinted } from '../../core/model/time.ts';
import { createAssembler } from '../../parsers/assembler.ts';
import { detect } from '../../parsers/detect.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById, formats } from '../../parsers/registry.ts';
import type { FormatDefinition, FormatOptions, ParseOutcome } from '../../parsers/types.ts';
import { allSamples } from './sample-folder.ts';

function format(id: string): FormatDefinition {
  const found = formatById(id);
  if (found === undefined) throw new Error(`no format ${id}`);
  return found;
}

function outcomes(id: string, lines: readonly string[], options: FormatOptions = {}): ParseOutcome[] {
  return parseText(format(id), options, lines.join('\r\n')).map(({ outcome }) => outcome);
}

function records(id: string, lines: readonly string[], options: FormatOptions = {}): CallRecord[] {
  return outcomes(id, lines, options).flatMap((outcome) => (outcome.kind === 'call' ? [outcome.record] : []));
}

function localSeconds(printed: string | undefined): number | undefined {
  const parts = printed === undefined ? undefined : partsOfPrinted(printed);
  return parts === undefined
    ? undefined
    : daysFromCivil(parts.year ?? 2000, parts.month ?? 1, parts.day ?? 1) * 86400 + parts.secondOfDay;
}

/** The calls of a stream as they stand at its end, in order of their first records. */
function calls(id: string, text: string): AssembledCall[] {
  const assembler = createAssembler(format(id), {});
  const byOffset = new Map<number, AssembledCall>();
  for (const { offset, length, outcome } of parseText(format(id), {}, text)) {
    if (outcome.kind !== 'call' && outcome.kind !== 'part') continue;
    const entry = {
      record: outcome.record,
      part: outcome.kind === 'part',
      doubts: outcome.doubts ?? [],
      sourceOffset: offset,
      byteLength: length,
    };
    const step = assembler.push(entry, localSeconds(outcome.record.start));
    byOffset.set(step.firstOffset, step.call);
  }
  return [...byOffset.values()];
}

const sample = (name: string): string => {
  const found = allSamples().find((one) => one.vendor === 'lg' && one.name === name);
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found.raw;
};

/** An LDK line; `rest` begins with the call type. */
const ldk = (no: string, sta: string, co: string, time: string, start: string, rest: string): string =>
  `${no} ${sta.padEnd(5)} ${co.padEnd(3)} ${time} ${start} ${rest}`;

describe('LG records', () => {
  it('take the columns from a ruler that was printed', () => {
    const heading = 'STA   CO  TIME     START          DIALED              COST       ACCOUNT CODE';
    const ruler = '----- --- -------- -------------- ------------------- ---------- ------------';
    const line = '101   001 00:00:21 07/09/25 08:49 O0912345678         0          10482';
    const [read] = records('lg-ldk', [heading, ruler, line]);
    expect(read).toMatchObject({ extension: '101', trunk: '001', dialedNumber: '0912345678', accountCode: '10482' });
    expect(read).not.toHaveProperty('callId');
    expect(records('lg-ldk', [line])).toEqual([]);
  });

  it('ignore the ruler of another family', () => {
    const gdkRuler = '---- ---- -- -------- -------------- ------------------- --- ------ ---------- ------------';
    const line = ldk('9253', '161', '004', '00:00:21', '25/05/05 08:49', 'O202117426           **     0           0');
    expect(records('lg-ldk', [gdkRuler, line])).toHaveLength(1);
  });

  it('read the page with the serial number switched off or on, as the site says', () => {
    const tail = ['O202117426'.padEnd(20), '**  ', '0     ', '0           ', '10482'].join('');
    const without = ldk('9253', '161', '004', '00:00:21', '25/05/05 08:49', tail).slice(5);
    expect(records('lg-ldk', [without], { numberField: 'off' })).toMatchObject([
      { extension: '161', dialedNumber: '202117426', accountCode: '10482' },
    ]);
    expect(records('ipecs-ucp4', [`0042 ${without.slice(0, 45)}`], { numberField: 'on' })).toMatchObject([
      { callId: '0042', extension: '161', dialedNumber: '202117426' },
    ]);
  });

  it('read the page without its serial number also when the site says nothing, but never a code as a cost', () => {
    const line = ldk('9253', '161', '004', '00:00:21', '25/05/05 08:49', 'O202117426'.padEnd(20)).slice(5);
    const tail = ' **     0        1.50 10482';
    const read = { extension: '161', dialedNumber: '202117426', cost: '1.50', accountCode: '10482' };
    expect(records('lg-ldk', [`${line}${tail}`])).toMatchObject([read]);
    expect(records('ipecs-lik', [`${line}${tail}`])).toMatchObject([read]);
    expect(records('ipecs-lik', [`0042 ${line}${tail}`])).toMatchObject([{ ...read, callId: '0042' }]);
    expect(records('ipecs-ucp4', [`0042 ${line}`])).toMatchObject([{ callId: '0042', dialedNumber: '202117426' }]);
    expect(records('lg-ldk', [`${line}0          10482`])).toEqual([]);
  });

  it.each([
    ['  1,250.50', '1250.50', undefined],
    ['US$  12.50', '12.50', 'US$'],
    ['       .50', '0.50', undefined],
    ['         0', '0', undefined],
  ])('have the cost %j as %s %s', (printed, cost, currency) => {
    const line = ldk('9253', '161', '004', '00:00:21', '25/05/05 08:49', 'O202117426'.padEnd(20));
    const [read] = records('lg-ldk', [`${line} **    12  ${printed} 123456`]);
    expect([read?.cost, read?.currency, read?.accountCode]).toEqual([cost, currency, '123456']);
  });

  it('find nothing in an activity mark that stands three columns to the left', () => {
    const gdk = (rest: string) => `3233  141 28    02:47 11/26/02 09:26 ${rest.padEnd(17)}** `;
    const read = records('lg-gdk', ['O', 't', 'O9274034', 'I RING 00:09'].map(gdk));
    expect(read.map((record) => [record.dialedNumber, record.ringSeconds, record.extra])).toEqual([
      [undefined, undefined, undefined],
      [undefined, undefined, undefined],
      ['9274034', undefined, undefined],
      [undefined, 9, undefined],
    ]);
  });

  it('give a call lost at a group to nobody, unless the number behind G is the caller', () => {
    const lost = (rest: string) =>
      records('lg-ldk', [ldk('9253', '101', '004', '00:00:00', '25/05/05 08:49', rest)])[0]?.extension;
    expect(['G620 RING 00:06', 'G', 'G101 RING 00:06', 'G8212219344'].map(lost)).toEqual([
      undefined,
      '101',
      '101',
      '101',
    ]);
  });

  it('of key systems are read by their order when they stand in other columns', () => {
    const read = { extension: '125', trunk: '01', durationSeconds: 14, dialedNumber: '672418', conditionCode: 'O' };
    const lines = [
      '125 01 0:00:14 10:11 11/15/04 O 672418',
      ' 125  01  00:00:14  10:11  11/15/04  O672418   4711',
      '125 001 0:00:14 10:11 11/15/04 O 672418',
      '125 01 0:00:14 10:11 11/15/04 O 672418           4711',
    ];
    expect(records('lg-ghx', lines)).toMatchObject([
      read,
      { ...read, accountCode: '4711' },
      { ...read, trunk: '001' },
      { ...read, accountCode: '4711' },
    ]);
    expect(records('lg-ghx', ['125 01 0:00:14 10:11 11/15/04 672418', '125 01 0:00:14 10:11 O 672418'])).toEqual([]);
    const vodavi = sample('vodavi');
    expect(records('lg-ghx', vodavi.split('\r\n'))[0]).toMatchObject({ extension: '1027', trunk: '062' });
    expect(detect(vodavi, formats)).toMatchObject({ isSure: true, candidates: [{ formatId: 'vodavi' }, {}] });
    expect(records('lg-gps6a', [' 3602  107  01 105:37 02/02/05 17:40  t'])).toMatchObject([{ durationSeconds: 6337 }]);
  });

  it('of Vodavi hold the caller and a name behind the group', () => {
    const line = '1200 041 00:01:26 11:13 07/29/09';
    expect(records('vodavi', [`${line} I9000 ** **9000 2025550143 JANE DOE`, `${line} t`])).toMatchObject([
      { callerNumber: '2025550143', callerName: 'JANE DOE', direction: 'incoming' },
      { direction: 'incoming', transferred: true },
    ]);
  });

  it('of Vodavi hold a word for a hidden caller, and hyphens in a number, behind their marks alone', () => {
    const line = '1200 041 00:01:26 11:13 07/29/09 I9000';
    const read = records('vodavi', [
      `${line} ** **9000 OUT OF AREA`,
      `${line} ** **9000 202-555-0143`,
      `${line} ** **9000 2025550143 JOE 2ND`,
      `${line} PRIVATE`,
      `${line} ** **9000 2025550143 4711`,
    ]);
    expect(read.map(({ callerNumber, callerName }) => [callerNumber, callerName])).toEqual([
      [undefined, 'OUT OF AREA'],
      ['202-555-0143', undefined],
      ['2025550143', 'JOE 2ND'],
    ]);
  });

  it('hold single blanks of a dialled number, and a word for a caller who is hidden', () => {
    const lines = ['O9 123456', 'O9123  456', 'IUNKNOWN', 'I PRIVATE', 'I RING', 'RPRIVATE'].map((rest) =>
      ldk('0001', '101', '001', '00:00:10', '25/05/05 09:50', rest),
    );
    expect(records('lg-ldk', lines).map((record) => record.dialedNumber ?? record.callerName)).toEqual([
      '9 123456',
      'UNKNOWN',
      'PRIVATE',
    ]);
  });

  it('are read where blanks in front were added or stripped, but not where characters may be lost', () => {
    const gps = ' 3601  102  01  01:07 02/02/05 17:38  O88125551077';
    const line = ldk('9253', '161', '004', '00:00:21', '25/05/05 08:49', 'O202117426');
    expect(records('lg-gps6a', [gps.slice(1), `  ${gps}`]).map(({ callId }) => callId)).toEqual(['3601', '3601']);
    expect(records('lg-ldk', [` ${line}`, `    ${line}`]).map(({ callId }) => callId)).toEqual(['9253', '9253']);
    expect(records('lg-gps6a', [gps.slice(0, 1) + gps.slice(2), gps.slice(2)])).toEqual([]);
    expect(records('lg-ldk', [line.slice(1), line.slice(3), `x${line}`])).toEqual([]);
  });

  it('keep to a new ruler when the page changes, and to the old one when it comes back', () => {
    const page = (gap: string): string[] => [
      `STA   CO  TIME     START          DIALED              ${gap}COST       ACCOUNT CODE`,
      `----- --- -------- -------------- -------------------${gap.replaceAll(' ', '-')} ---------- ------------`,
      `101   001 00:00:21 07/09/25 08:49 O0912345678         ${gap}0          10482`,
    ];
    const codes = records('lg-ldk', [...page(''), ...page('    '), ...page('')]);
    expect(codes.map(({ accountCode }) => accountCode)).toEqual(['10482', '10482', '10482']);
  });

  it('follow the date order of the site', () => {
    const line = ldk('9253', '161', '004', '00:00:21', '05/07/05 08:49', 'O202117426');
    expect(records('lg-ldk', [line])[0]?.start).toBe('2005-07-05T08:49:00');
    expect(records('lg-ldk', [line], { dateOrder: 'MDY' })[0]?.start).toBe('2005-05-07T08:49:00');
  });

  it('tell a caller from a called number as the site says, and claim neither where nobody knows', () => {
    const lost = ldk('9283', '133', '005', '00:00:00', '25/05/05 09:50', 'R8214307952');
    const short = ldk('9284', '133', '005', '00:00:05', '25/05/05 09:55', 'I499');
    expect(records('lg-ldk', [lost, short]).map((record) => record.callerNumber)).toEqual([undefined, undefined]);
    const asCaller = records('lg-ldk', [lost, short], { incomingNumber: 'caller' });
    expect(asCaller.map((record) => record.callerNumber)).toEqual(['8214307952', '499']);
    const asCalled = records('lg-ldk', [lost, short], { incomingNumber: 'called' });
    expect(asCalled.map((record) => record.dialedNumber)).toEqual(['8214307952', '499']);
  });

  it('keep a number that stands before RING: the caller when it is long, else the station', () => {
    const lines = ['I8495031 RING 00:05', 'I621 RING 00:05', 'I RING **:51', 'I84950316274 RING 0'].map((rest) =>
      ldk('0001', '101', '001', '00:00:10', '25/05/05 09:50', rest),
    );
    expect(records('lg-ldk', lines).map((record) => [record.callerNumber, record.ringSeconds])).toEqual([
      ['8495031', 5],
      [undefined, 5],
      [undefined, undefined],
      ['84950316274', undefined],
    ]);
  });

  it('are damaged, not calls, when a character stands between the fields or a field is no such field', () => {
    const good = ldk('9253', '161', '004', '00:00:21', '25/05/05 08:49', 'O202117426           **     0           0');
    const spoilt = [
      `${good.slice(0, 4)}x${good.slice(5)}`,
      good.replace('O2021', 'Q2021'),
      good.replace('00:00:21', '00:00:71'),
      good.replace('004', '0 4'),
      good.slice(0, 36),
    ];
    expect(records('lg-ldk', [good])).toHaveLength(1);
    for (const line of spoilt) expect(outcomes('lg-ldk', [line]), line).toMatchObject([{ kind: 'malformed' }]);
  });
});

describe('LG calls', () => {
  it('are tied from their legs by serial number and line', () => {
    const found = calls('lg-ldk', sample('ldk-transfers-and-lost-calls'));
    expect(found.map((call) => [call.legs.length, call.direction, call.answered, call.talkSeconds])).toEqual([
      [1, 'outgoing', true, 21],
      [2, 'incoming', true, 137],
      [1, 'incoming', true, 3],
      [1, 'incoming', false, 0],
      [2, 'incoming', true, 56],
      [1, 'incoming', false, 0],
    ]);
    expect(found[1]?.record).toMatchObject({ extension: '101', transferred: true, ringSeconds: 3 });
    expect(calls('lg-ldk', sample('ldk-caller-number'))).toMatchObject([
      { outsideNumber: '84950316274', talkSeconds: 251 },
    ]);
  });

  it('are tied when their legs come late, out of order and between other calls', () => {
    const text = [
      ldk('0200', '102', '001', '00:40:00', '25/05/05 09:02', 'T0912345678'),
      ldk('0201', '103', '002', '00:00:30', '25/05/05 09:05', 'O0987654321'),
      ldk('0200', '101', '001', '00:02:00', '25/05/05 09:00', `O0912345678${' '.repeat(31)}10482`),
    ].join('\r\n');
    const found = calls('lg-ldk', text);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({
      code: '10482',
      talkSeconds: 2520,
      outsideNumber: '0912345678',
      record: { extension: '101', start: '2005-05-25T09:00:00', accountCode: '10482' },
    });
  });

  it('of the same serial number are two when it began again', () => {
    const start = ldk('0200', '101', '001', '00:02:00', '25/05/05 09:00', 'O0912345678');
    const again = ldk('0200', '102', '001', '00:02:00', '25/05/05 09:10', 'O0912345678');
    const muchLater = ldk('0200', '102', '001', '00:02:00', '25/05/05 13:10', 'T0912345678');
    expect(calls('lg-ldk', [start, again].join('\r\n'))).toHaveLength(2);
    expect(calls('lg-ldk', [start, muchLater].join('\r\n'))).toHaveLength(2);
  });

  it('lost while held stay unanswered alone, and answered after a talk', () => {
    const talk = ldk('0300', '101', '001', '00:00:20', '25/05/05 09:00', 'I RING 00:04');
    const lost = ldk('0300', '102', '001', '00:00:15', '25/05/05 09:00', 'H102 RING 00:15');
    expect(calls('lg-ldk', lost)).toMatchObject([{ answered: false, talkSeconds: 0 }]);
    expect(calls('lg-ldk', [talk, lost].join('\r\n'))).toMatchObject([
      { answered: true, talkSeconds: 20, record: { extension: '101' } },
    ]);
  });

  it('of GPS-6A, GHX and Vodavi are tied by line and touching times', () => {
    expect(calls('lg-gps6a', sample('gps6a-transfer')).map((call) => call.talkSeconds)).toEqual([65, 543, 404]);
    expect(calls('lg-ghx', sample('ghx'))).toHaveLength(3);
    const [incoming, outgoing] = calls('vodavi', sample('vodavi-caller-and-transfer-made-up'));
    expect(incoming).toMatchObject({ direction: 'incoming', talkSeconds: 216, outsideNumber: '2025550143' });
    expect(outgoing?.doubts).toContain('direction-guessed');
  });

  it('with a trace record stay one call', () => {
    const talk = ldk('0400', '101', '001', '00:01:20', '25/05/05 09:00', 'I84950316274');
    const trace = ldk('0400', '101', '001', '00:01:20', '25/05/05 09:00', 'MT84950316274');
    expect(calls('lg-ldk', [talk, trace].join('\r\n'))).toMatchObject([{ direction: 'incoming', talkSeconds: 80 }]);
  });
});

describe('LG streams', () => {
  it.each([
    ['ldk-transfers-and-lost-calls', 'lg-ldk'],
    ['gdk-cut-after-act', 'lg-gdk'],
    ['ghx', 'lg-ghx'],
    ['gps6a-transfer', 'lg-gps6a'],
    ['vodavi', 'vodavi'],
  ])('%s is recognised as %s', (name, id) => {
    expect(detect(sample(name), formats).candidates[0]?.formatId).toBe(id);
  });
});
