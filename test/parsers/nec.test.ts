import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import type { CallRecord } from '../../core/model/call-record.ts';
import { daysFromCivil, partsOfPrinted } from '../../core/model/time.ts';
import { createAssembler } from '../../parsers/assembler.ts';
import { detect } from '../../parsers/detect.ts';
import { dataPacket, pbxAnswer } from '../../parsers/nec/packet.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById, formats } from '../../parsers/registry.ts';
import type { FormatDefinition, FormatOptions, ParseOutcome, StreamContext } from '../../parsers/types.ts';

function format(id: string): FormatDefinition {
  const found = formatById(id);
  if (found === undefined) throw new Error(`no format ${id}`);
  return found;
}

const outcomes = (id: string, text: string, options: FormatOptions = {}): ParseOutcome[] =>
  parseText(format(id), options, text).map(({ outcome }) => outcome);

const records = (id: string, text: string, options: FormatOptions = {}): CallRecord[] =>
  outcomes(id, text, options).flatMap((outcome) => (outcome.kind === 'call' ? [outcome.record] : []));

function reasons(id: string, text: string, options: FormatOptions = {}): string[] {
  return outcomes(id, text, options).map((outcome) =>
    outcome.kind === 'noise' ? outcome.rule : outcome.kind === 'malformed' ? `!${outcome.reason}` : outcome.kind,
  );
}

function localSeconds(printed: string | undefined): number | undefined {
  const parts = printed === undefined ? undefined : partsOfPrinted(printed);
  if (parts?.month === undefined || parts.day === undefined) return undefined;
  return daysFromCivil(parts.year ?? 2000, parts.month, parts.day) * 86400 + parts.secondOfDay;
}

/** The calls of a stream as they stand at its end, in order of their first records. */
function calls(id: string, text: string): AssembledCall[] {
  const assembler = createAssembler(format(id), {});
  const byOffset = new Map<number, AssembledCall>();
  for (const { offset, length, outcome } of parseText(format(id), {}, text)) {
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

interface KFields {
  readonly kind?: string;
  readonly trunk?: string;
  readonly station: string;
  readonly start: string;
  readonly end: string;
  readonly condition?: string;
  readonly called?: string;
  readonly area?: string;
  readonly authorization?: string;
  readonly charge?: string;
}
const k = (fields: KFields): string =>
  at(
    130,
    [1, `0!${fields.kind ?? 'KE'}`],
    [5, '000'],
    [8, fields.trunk ?? '037'],
    [11, '0'],
    [14, fields.station],
    [20, fields.start],
    [30, fields.end],
    [53, fields.condition ?? '000'],
    [56, '000000'],
    [62, fields.called ?? ''],
    [94, '0000'],
    [98, fields.area ?? ''],
    [106, fields.authorization ?? ''],
    [116, '0707'],
    [120, fields.charge ?? '0'],
  );

const first = k({ station: '132', start: '0112115950', end: '0112120000', area: '80442060000' });
const second = k({ station: '135', start: '0112120000', end: '0112120217', condition: '100', area: '80442060000' });
const third = k({ station: '140', start: '0112120217', end: '0112120300', condition: '100', area: '80442060000' });

describe('NEC K records', () => {
  it('read the same as lines, between STX and ETX, and as packets', () => {
    const plain = records('nec-neax', `${first}\r\n${second}\r\n`);
    expect(plain).toHaveLength(2);
    expect(records('nec-neax', `\x02${first}\x03\x02${second}\x03`)).toEqual(plain);
    expect(records('nec-neax', `\x02${first}\x03A\x02${second}\x03B`)).toEqual(plain);
    expect(records('nec-neax', dataPacket('1', first) + dataPacket('2', second))).toEqual(plain);
    expect(records('nec-neax', dataPacket('1', `\x02${first}\x03`) + dataPacket('2', second))).toEqual(plain);
  });

  it('may have lost the blanks at their end, but not the unit of the charge', () => {
    const outgoing = k({ kind: 'KA', station: '206', start: '0112120404', end: '0112120459', called: '4903202' });
    expect(records('nec-neax', outgoing.trimEnd())).toMatchObject([{ dialedNumber: '4903202' }]);
    for (let length = 66; length < 120; length++) {
      expect(reasons('nec-neax', outgoing.slice(0, length))).toEqual(['!cut-short']);
    }
    const charged = `${outgoing.slice(0, 119)}1000125`;
    expect(records('nec-neax', charged)).toMatchObject([{ cost: '1.25' }]);
    expect(reasons('nec-neax', charged.slice(0, 123))).toEqual(['!cut-short']);
  });

  it('sent again until they are acknowledged count once', () => {
    const text = dataPacket('1', first) + dataPacket('1', first) + pbxAnswer('1') + dataPacket('1', first);
    expect(reasons('nec-neax', text)).toEqual(['call', 'repeated', 'no-record', 'repeated']);
  });

  it('count each time when the sequence number or the content is another', () => {
    const text = dataPacket('1', first) + dataPacket('2', first) + dataPacket('2', second) + dataPacket('2', first);
    expect(reasons('nec-neax', text)).toEqual(['call', 'call', 'call', 'call']);
  });

  it('are known as repeated after a restart, by the saved context alone', () => {
    const context: StreamContext = {};
    const packet = dataPacket('7', first);
    expect(format('nec-neax').create({}).parse(packet, context).kind).toBe('call');
    const saved = JSON.parse(JSON.stringify(context)) as StreamContext;
    expect(format('nec-neax').create({}).parse(packet, saved)).toEqual({ kind: 'noise', rule: 'repeated' });
  });

  it('with a wrong parity are damaged, and the true one that follows is a call', () => {
    const packet = dataPacket('1', first);
    const spoilt = packet.replace('0112115950', '0112115951');
    expect(reasons('nec-neax', spoilt + packet)).toEqual(['!bad-parity', 'call']);
    expect(reasons('nec-neax', spoilt, { packetParity: 'ignored' })).toEqual(['call']);
  });

  it('never give a call from a packet with any one byte changed', () => {
    const packet = dataPacket('1', first);
    fc.assert(
      fc.property(fc.nat({ max: packet.length - 1 }), fc.integer({ min: 1, max: 255 }), (place, flip) => {
        const spoilt =
          packet.slice(0, place) + String.fromCharCode(packet.charCodeAt(place) ^ flip) + packet.slice(place + 1);
        const read = records('nec-neax', spoilt);
        // Only the kind of packet and its length stand outside what a lone record needs.
        expect(read.every((record) => record.extension === '132')).toBe(true);
        if (place >= 7) expect(read).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('tell what the PBX answers when it has no record, and what is wrong', () => {
    const text = ['1', '2', '3', '5', '8'].map((code) => pbxAnswer(code)).join('');
    expect(reasons('nec-neax', text)).toEqual([
      'no-record',
      'pbx-status',
      'pbx-saw-parity-error',
      'pbx-saw-illegal-request',
      '!unknown-answer',
    ]);
  });

  it('last less than a year where no year is printed', () => {
    const noYear = (record: string): string => `${record.slice(0, 115)}    ${record.slice(119)}`;
    const newYear = k({ kind: 'KA', station: '1', start: '1231235950', end: '0101000010', called: '123' });
    expect(records('nec-neax', noYear(newYear))).toMatchObject([
      { start: 'XXXX-12-31T23:59:50', end: 'XXXX-01-01T00:00:10', durationSeconds: 20 },
    ]);
    const leapDay = k({ kind: 'KA', station: '1', start: '0228235950', end: '0229000010', called: '123' });
    expect(records('nec-neax', noYear(leapDay))).toMatchObject([{ durationSeconds: 20 }]);
    const march = k({ kind: 'KA', station: '1', start: '0228235950', end: '0301000010', called: '123' });
    expect(records('nec-neax', noYear(march))).toMatchObject([{ durationSeconds: 20 }]);
  });

  it('hold the caller or codes in one area, as the call and the setting say', () => {
    const incoming = k({ station: '1', start: '0112120000', end: '0112120001', area: '80442060000' });
    expect(records('nec-neax', incoming)).toMatchObject([{ callerNumber: '80442060000' }]);
    expect(records('nec-neax', incoming, { incomingArea: 'codes' })[0]).not.toHaveProperty('callerNumber');
    const coded = k({ station: '1', start: '0112120000', end: '0112120001', authorization: '4711' });
    expect(records('nec-neax', coded)[0]).not.toHaveProperty('callerNumber');
    const toTheRight = k({ station: '1', start: '0112120000', end: '0112120001', area: '       80442060000' });
    expect(records('nec-neax', toTheRight)).toMatchObject([{ callerNumber: '80442060000' }]);
    const outgoing = k({ kind: 'KA', station: '1', start: '0112120000', end: '0112120001', authorization: '4711' });
    expect(records('nec-neax', outgoing)).toMatchObject([{ authCode: '4711' }]);
    expect(records('nec-neax', outgoing)[0]).not.toHaveProperty('callerNumber');
  });

  it.each([
    ['1000125', '1.25'],
    ['2004500', '4.500'],
    ['3000007', '0.7'],
    ['4000003', '3'],
    ['5000002', '20'],
    ['0000125', undefined],
    ['6000125', undefined],
    ['F000125', undefined],
  ])('print the charge %s as %s', (charge, cost) => {
    const record = k({ kind: 'KA', station: '1', start: '0112120000', end: '0112120001', charge });
    expect(records('nec-neax', record)[0]?.cost).toBe(cost);
  });

  it('of one trunk that touch are one call when the later one says that it was transferred', () => {
    const [call, ...others] = calls('nec-neax', [first, second, third].join('\r\n'));
    expect(others).toEqual([]);
    expect(call).toMatchObject({
      direction: 'incoming',
      talkSeconds: 10 + 137 + 43,
      outsideNumber: '80442060000',
      record: { start: '2007-01-12T11:59:50', end: '2007-01-12T12:03:00', extension: '132', transferred: true },
    });
    expect(call?.legs.map((leg) => leg.extension)).toEqual(['132', '135', '140']);
  });

  it('are two calls on another trunk, after a pause, or without the word transferred', () => {
    expect(calls('nec-neax', `${first}\n${second.replace('037', '038')}`)).toHaveLength(2);
    expect(calls('nec-neax', `${first}\n${third}`)).toHaveLength(2);
    expect(calls('nec-neax', `${first}\n${second.replace('   100000000', '   000000000')}`)).toHaveLength(2);
  });

  it('tie in every order in which neighbours come, and a lost leg leaves what is there', () => {
    expect(calls('nec-neax', [second, first].join('\n'))).toHaveLength(1);
    expect(calls('nec-neax', [second, third, first].join('\n'))).toMatchObject([{ talkSeconds: 190 }]);
    expect(calls('nec-neax', [first, third].join('\n')).map((call) => call.talkSeconds)).toEqual([10, 43]);
  });
});

interface Printed {
  readonly word: string;
  readonly time: string;
  readonly date?: string;
  readonly line?: string;
  readonly duration?: string;
  readonly station?: string;
  readonly number?: string;
  readonly account?: string;
}
const printed = (fields: Printed): string =>
  at(
    79,
    [1, fields.word],
    [6, fields.time],
    [12, fields.date ?? fields.line ?? ''],
    ...(fields.date === undefined ? [] : [[18, fields.line ?? ''] as const]),
    [23, fields.duration ?? ''],
    [32, fields.station ?? ''],
    [43, fields.number ?? ''],
    [64, fields.account ?? ''],
  );
const page = (date: string): string => `${' '.repeat(60)}${date} PAGE 001`;

const outgoing = { word: 'POT', time: '10:52', date: '12/09', line: '002', duration: '00:00:10', station: '2001' };
const incoming = { ...outgoing, word: 'PIN', time: '10:53', line: '001', number: '2142623801' };

describe('the NEC printout', () => {
  it.each([
    ['POT', 'outgoing'],
    ['POTA', 'outgoing'],
    ['POTP', 'outgoing'],
    ['POTW', 'outgoing'],
    ['IVOT', 'outgoing'],
    ['IVOTP', 'outgoing'],
    ['IDOT', 'outgoing'],
    ['PIN', 'incoming'],
    ['IVIN', 'incoming'],
    ['IDIN', 'incoming'],
    ['ICM', 'internal'],
    ['SDTA', 'internal'],
    ['PTRS', undefined],
    ['ITRS', undefined],
    ['SAD', undefined],
    ['WAD', undefined],
  ])('knows the class %s', (word, direction) => {
    const [record] = records('nec-sl', printed({ ...outgoing, word, number: '123' }));
    expect(record?.conditionCode).toBe(word);
    expect(record?.direction).toBe(direction);
    expect(record?.transferred).toBe(word.endsWith('TRS') ? true : undefined);
  });

  it('never takes words and names in the account column for codes', () => {
    for (const account of ['NO ANSWER', 'NECinfrontia Cor', 'A. NGUYEN', 'SMITH 12']) {
      for (const call of [outgoing, incoming]) {
        const [record] = records('nec-sl', printed({ ...call, number: '123', account }));
        expect(record).toBeDefined();
        expect(record).not.toHaveProperty('accountCode');
        expect(record).not.toHaveProperty('authCode');
      }
    }
  });

  it('takes digits in it for a code, unless they are the number of the caller once more', () => {
    expect(records('nec-sl', printed({ ...incoming, account: '4711' }))).toMatchObject([{ accountCode: '4711' }]);
    const [record] = records('nec-sl', printed({ ...incoming, account: incoming.number }));
    expect(record).toMatchObject({ callerNumber: incoming.number });
    expect(record).not.toHaveProperty('accountCode');
  });

  it('parts a forced code with its A from the account code before it', () => {
    const forced = records('nec-sl', printed({ ...outgoing, number: '123', account: '1234 A56789' }));
    expect(forced).toMatchObject([{ accountCode: '1234', authCode: '56789' }]);
    expect(records('nec-sl', printed({ ...incoming, account: 'A56789' }))).toMatchObject([{ callerName: 'A56789' }]);
  });

  it('takes the year from the page heading, over the turn of the year too', () => {
    const lines = [
      page('12/31/2026'),
      printed({ ...outgoing, date: '12/31' }),
      printed({ ...outgoing, date: '01/01' }),
    ];
    expect(records('nec-sl', lines.join('\r\n\n')).map((record) => record.start)).toEqual([
      '2026-12-31T10:52:00',
      '2027-01-01T10:52:00',
    ]);
    expect(records('nec-sl', printed(outgoing))[0]?.start).toBe('XXXX-12-09T10:52:00');
  });

  it('without dates goes on from the page heading, past midnight when the clock runs backwards', () => {
    const line = (time: string): string => printed({ word: 'POT', time, line: '002', station: '2001', number: '123' });
    const times = ['18:00', '17:20', '23:50', '00:10', '23:59', '00:12', '08:00'];
    const text = [line('09:00'), page('11/23/2026'), ...times.map(line)].join('\r\n');
    expect(records('nec-sl', text).map((record) => record.start)).toEqual([
      'T09:00:00',
      '2026-11-23T18:00:00',
      '2026-11-23T17:20:00',
      '2026-11-23T23:50:00',
      '2026-11-24T00:10:00',
      '2026-11-23T23:59:00',
      '2026-11-24T00:12:00',
      '2026-11-24T08:00:00',
    ]);
  });

  it('without dates tells a line from a dialled number by its length, or as the setting says', () => {
    const did = printed({ word: 'PIN', time: '10:53', line: '2038887777', number: '2142623801' });
    const line = printed({ word: 'PIN', time: '10:53', line: '012', number: '2142623801' });
    expect(records('nec-sl', `${did}\n${line}`)).toMatchObject([{ dialedNumber: '2038887777' }, { trunk: '012' }]);
    expect(records('nec-sl', did, { lineField: 'line' })).toMatchObject([{ trunk: '2038887777' }]);
    expect(records('nec-sl', line, { lineField: 'did' })).toMatchObject([{ dialedNumber: '012' }]);
  });

  it('gives the name in a NEXT line to the call before it, also behind a transferred leg', () => {
    const text = [printed(incoming), printed({ ...outgoing, number: '55' }), 'NEXT Hoa Sen', printed(incoming)].join(
      '\n',
    );
    expect(calls('nec-sl', text).map((call) => call.record.callerName)).toEqual([undefined, 'Hoa Sen', undefined]);
    expect(calls('nec-sl', 'NEXT Hoa Sen')).toMatchObject([{ direction: 'none', doubts: ['leg-missing'] }]);
  });

  it('adds a transferred leg to the call of its line, with its own duration', () => {
    const leg = { ...incoming, word: 'PTRS', station: '2002', duration: '00:05:00' };
    const [call, ...others] = calls('nec-sl', `${printed(incoming)}\n${printed(leg)}`);
    expect(others).toEqual([]);
    expect(call).toMatchObject({
      direction: 'incoming',
      talkSeconds: 310,
      outsideNumber: '2142623801',
      record: { extension: '2001', transferred: true, durationSeconds: 310 },
    });
    const otherLine = printed({ ...leg, line: '009' });
    const later = printed({ ...leg, time: '11:30' });
    expect(calls('nec-sl', `${printed(incoming)}\n${otherLine}`)[1]?.doubts).toContain('leg-missing');
    expect(calls('nec-sl', `${printed(incoming)}\n${later}`)).toHaveLength(2);
  });

  it('adds a transferred leg also when a record of another day came in between', () => {
    const leg = { ...incoming, word: 'PTRS', station: '2002', duration: '00:05:00' };
    const stray = printed({ ...outgoing, date: '12/12', line: '009', number: '55' });
    const text = [printed(incoming), stray, printed(leg)].join('\n');
    expect(calls('nec-sl', text).map(({ talkSeconds }) => talkSeconds)).toEqual([310, 10]);
  });

  it('names what is no call, and says when records were lost', () => {
    const text = ['ALB  10:52 1', 'BRD  10:52', 'BFL  10:52', 'BFL', 'FOR WEEK OF 12/09/26'].join('\n');
    expect(reasons('nec-sl', text)).toEqual([
      'all-lines-busy',
      'call-blocked',
      'records-lost',
      'records-lost',
      'summary',
    ]);
  });

  it('reads a line with a running number in front', () => {
    expect(records('nec-sl', `00042 ${printed({ ...outgoing, number: '123' })}`)).toMatchObject([
      { extension: '2001', dialedNumber: '123', trunk: '002' },
    ]);
  });

  it('reads a line with blanks in front, or with tabs for the blanks between its columns', () => {
    const line = printed({ ...outgoing, number: '123' });
    const [read] = records('nec-sl', line);
    expect(read).toMatchObject({ extension: '2001', dialedNumber: '123', trunk: '002' });
    expect(records('nec-sl', `  ${line}`)).toEqual([read]);
    const packed = line.replace(/^(.{35}) +(?=123)/, '$1\t');
    expect(packed).toContain('\t123');
    for (const gap of ['\t', '\t  ']) expect(records('nec-sl', packed.replace('\t', gap))).toEqual([read]);
    expect(outcomes('nec-sl', packed.replace('\t', '\tx'))).toMatchObject([{ kind: 'malformed' }]);
  });

  it('is not taken for a page with the day first because of records without a date', () => {
    const lines = ['09:00', '09:10', '09:20'].map((time) => printed({ ...outgoing, time }));
    const internal = 'ICM  09:30            00:00:10 2001       2002';
    const [found] = detect([...lines, internal].join('\r\n'), formats).candidates;
    expect(found).toMatchObject({ formatId: 'nec-sl', options: { dateOrder: 'MD' } });
    expect(found?.openQuestions.map(({ kind }) => kind)).toContain('date-order-open');
  });

  it('reads a copy that lost its blanks where it is sure what each part is', () => {
    const copy = 'PIN 10:52 12/09 001 00:00:20 2017 2142623802 NECinfrontia Corp.';
    expect(records('nec-sl', copy)).toEqual([
      {
        start: 'XXXX-12-09T10:52:00',
        startOrEnd: 'start',
        conditionCode: 'PIN',
        direction: 'incoming',
        trunk: '001',
        durationSeconds: 20,
        extension: '2017',
        callerNumber: '2142623802',
        callerName: 'NECinfrontia Corp.',
      },
    ]);
    expect(records('nec-sl', copy.replace('PIN', 'POTP'))).toMatchObject([{ dialedNumber: '2142623802' }]);
    expect(records('nec-sl', 'PIN 10:53 12/09 002 2142623801 NO ANSWER')).toMatchObject([
      { callerNumber: '2142623801', answered: false, trunk: '002' },
    ]);
    expect(records('nec-sl', 'PIN 10:53 2038887777 2142623801 NO ANSWER')).toEqual([]);
    expect(records('nec-sl', 'POT 10:53 12/09 002 2142623801')).toEqual([]);
  });

  it('keeps a caller name that is longer than its column', () => {
    expect(records('nec-sl', `${printed(incoming).slice(0, 63)}NECinfrontia Corp.`)).toMatchObject([
      { callerName: 'NECinfrontia Corp.' },
    ]);
  });
});
