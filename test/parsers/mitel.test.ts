import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssembledCall } from '../../core/model/call.ts';
import { daysFromCivil, partsOfPrinted } from '../../core/model/time.ts';
import { createAssembler } from '../../parsers/assembler.ts';
import { type CellName, columnsOf, type LayoutName } from '../../parsers/mitel/columns.ts';
import { mitel5000 } from '../../parsers/mitel/mitel-5000.ts';
import { mitelSmdr } from '../../parsers/mitel/smdr.ts';
import { parseText, type StreamOutcome } from '../../parsers/parse-stream.ts';
import type { FormatDefinition, FormatOptions } from '../../parsers/types.ts';

/** A line with these texts at the columns of the manual's table; blanks at its end are kept or stripped. */
function printed(layout: LayoutName, cells: Partial<Record<CellName, string>>, isStripped = false): string {
  const line = new Array<string>(210).fill(' ');
  for (const [name, text] of Object.entries(cells)) {
    const [start] = columnsOf[layout][name as CellName] ?? [1, 0];
    for (let i = 0; i < text.length; i++) line[start - 1 + i] = text[i] ?? ' ';
  }
  const text = line.join('');
  return isStripped ? text.trimEnd() : text;
}

const read = (text: string, options: FormatOptions = {}, format: FormatDefinition = mitelSmdr): StreamOutcome[] =>
  parseText(format, options, text);
const recordsOf = (text: string, options: FormatOptions = {}) =>
  read(text, options).map(({ outcome }) => (outcome.kind === 'call' ? outcome.record : outcome));

/** The year the arrival would give it: January comes after December here. */
function localSeconds(start: string | undefined): number | undefined {
  const parts = start === undefined ? undefined : partsOfPrinted(start);
  if (parts?.month === undefined || parts.day === undefined) return parts?.secondOfDay;
  return daysFromCivil(parts.month === 1 ? 2027 : 2026, parts.month, parts.day) * 86400 + parts.secondOfDay;
}

function callsOf(format: FormatDefinition, text: string, options: FormatOptions = {}): AssembledCall[] {
  const assembler = createAssembler(format, options);
  const calls = new Map<number, AssembledCall>();
  for (const { outcome, offset, length } of read(text, options, format)) {
    if (outcome.kind !== 'call') continue;
    const { record, doubts = [] } = outcome;
    const seconds = localSeconds(record.start);
    const entry = { record, part: false, doubts, sourceOffset: offset, byteLength: length };
    const step = assembler.push(entry, seconds);
    calls.set(step.firstOffset, step.call);
  }
  return [...calls.values()];
}

const base = {
  standard: { date: '11/23', time: '09:15', duration: '00:01:05' },
  extended: { date: '11/23', time: '09:15', duration: '0000:01:05' },
  level1: { date: '11/23', time: '09:15', duration: '0000:01:05' },
  level2: { date: '11/23', time: '09:15:30', duration: '0000:01:05' },
} as const;
const LAYOUTS = ['standard', 'extended', 'level1', 'level2'] as const;

describe('Mitel SMDR in each of its layouts', () => {
  it.each(LAYOUTS)('%s: an outgoing call with an account code, padded and stripped', (layout) => {
    const cells = {
      ...base[layout],
      calling: '214',
      digits: '6135550122',
      completion: 'A',
      called: 'T054',
      account: '471108',
      system: '001',
    };
    for (const isStripped of [false, true]) {
      expect(recordsOf(`${printed(layout, cells, isStripped)}\r\n`)).toMatchObject([
        {
          start: layout === 'level2' ? 'XXXX-11-23T09:15:30' : 'XXXX-11-23T09:15:00',
          durationSeconds: 65,
          direction: 'outgoing',
          extension: '214',
          callerNumber: '214',
          trunk: 'T054',
          dialedNumber: '6135550122',
          answered: true,
          conditionCode: 'A',
          accountCode: '471108',
        },
      ]);
    }
  });

  it.each(LAYOUTS)('%s: an incoming call, also where "extended time to answer" takes the blank in front', (layout) => {
    const [start] = columnsOf[layout].answer ?? [0];
    for (const answer of [' *012', ' 012 ', '*0012', ' 0012', '  012']) {
      const cells = { ...base[layout], calling: 'X116', answer, called: '224', system: '000' };
      const [record] = recordsOf(`${printed(layout, cells)}\n`);
      expect(record, `${start}${answer}`).toMatchObject({
        direction: 'incoming',
        trunk: 'X116',
        extension: '224',
        ringSeconds: 12,
      });
    }
  });

  it.each(LAYOUTS)('%s: stars as the time to answer are a call nobody took, however long it rang', (layout) => {
    for (const answer of ['  ***', ' ****', '*****']) {
      const cells = { ...base[layout], calling: 'T10', answer, called: '224', system: '000' };
      const [call] = callsOf(mitelSmdr, `${printed(layout, cells)}\n`);
      expect(call).toMatchObject({ direction: 'incoming', answered: false, talkSeconds: 0 });
    }
  });

  it.each(LAYOUTS)('%s: transfer flag and third party stand where this layout has them', (layout) => {
    const cells = { ...base[layout], calling: 'T10', answer: ' 003', called: '241', transfer: 'T', third: '215' };
    expect(recordsOf(`${printed(layout, cells, true)}\n`)).toMatchObject([
      { transferred: true, conditionCode: 'T', extra: { thirdParty: '215' } },
    ]);
  });

  const digits = (min: number, max: number) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((all) => all.join(''));
  const maybe = (cell: fc.Arbitrary<string>) => fc.oneof(fc.constant(''), cell);

  it.each(LAYOUTS)('%s: every line alone says where its cells are, however few they are', (layout) => {
    const party = digits(3, layout === 'standard' ? 4 : 7);
    const line = fc.record({
      duration: fc.constantFrom(base[layout].duration, ''),
      calling: party,
      digits: digits(3, 20),
      completion: fc.constantFrom('', 'A', 'B'),
      called: digits(3, 3).map((number) => `T${number}`),
      third: maybe(party),
      account: maybe(digits(2, 12)),
      system: maybe(digits(3, 3)),
      ani: maybe(digits(10, 10)),
      dnis: maybe(digits(7, 7)),
      callId: maybe(digits(7, 7).map((number) => `A${number}`)),
    });
    fc.assert(
      fc.property(line, fc.boolean(), (given, isStripped) => {
        const cells = { ...base[layout], ...given, transfer: given.third === '' ? '' : 'X' };
        const [record] = recordsOf(`${printed(layout, cells, isStripped)}\n`);
        expect(record).toMatchObject({ extension: given.calling, trunk: given.called, dialedNumber: given.digits });
        if (record === undefined || 'kind' in record) throw new Error('no call was read');
        const { accountCode = '', callId = '', transferred = false, extra = {} } = record;
        expect({ accountCode, callId, transferred, numberSent: extra['numberSent'] ?? '' }).toEqual({
          accountCode: given.account,
          callId: given.callId,
          transferred: given.third !== '',
          numberSent: given.ani,
        });
      }),
    );
  });

  it('tells level 1 from extended by what stands where, and keeps to what the stream has proved', () => {
    const one = printed('level1', {
      ...base.level1,
      calling: '2140',
      digits: '5550122',
      called: 'T7',
      account: '99',
      system: '001',
    });
    const blank = {
      date: '11/23',
      time: '09:16',
      calling: '2140',
      digits: '5550123',
      called: 'T7',
      account: '98',
      system: '001',
    };
    const records = recordsOf(`${one}\n${printed('level1', blank)}\n`);
    expect(records).toMatchObject([
      { accountCode: '99', dialedNumber: '5550122' },
      { accountCode: '98', dialedNumber: '5550123', answered: false },
    ]);
  });

  it('reads a blank duration in the standard record too', () => {
    const cells = { date: '03/05', time: '13:14', calling: '9999', digits: '5550122', called: 'T7', system: '001' };
    expect(recordsOf(`${printed('standard', cells)}\n`)).toMatchObject([{ extension: '9999', answered: false }]);
  });

  it('reads a layout that was chosen, and refuses a line that cannot have it', () => {
    const line = printed('standard', { ...base.standard, calling: '214', digits: '5550122', called: 'T054' });
    expect(recordsOf(`${line}\n`, { layout: 'standard' })).toMatchObject([{ direction: 'outgoing' }]);
    expect(recordsOf(`${line}\n`, { layout: 'level2' })).toMatchObject([{ kind: 'malformed', reason: 'other-layout' }]);
  });
});

describe('a Mitel record', () => {
  const standard = (cells: Partial<Record<CellName, string>>, options: FormatOptions = {}) =>
    recordsOf(`${printed('standard', { ...base.standard, ...cells })}\n`, options)[0];

  it('tells the direction by its parties', () => {
    expect(standard({ calling: '201', digits: '305', completion: 'I', called: '305' })).toMatchObject({
      direction: 'internal',
      extension: '201',
      dialedNumber: '305',
    });
    expect(standard({ calling: 'X011', digits: '5550122', called: 'T012' })).toMatchObject({
      direction: 'tandem',
      trunk: 'X011',
      trunkOut: 'T012',
      dialedNumber: '5550122',
    });
    expect(standard({ calling: '201', digits: '5550122' })).toMatchObject({ direction: 'outgoing', extension: '201' });
    expect(standard({ digits: '5550122', called: 'T012' })).toMatchObject({ direction: 'outgoing', trunk: 'T012' });
    expect(standard({ answer: '  007', called: '224' })).toMatchObject({ direction: 'incoming', extension: '224' });
    expect(standard({ calling: 'ATT1', digits: '5550122', called: 'T012' })).toMatchObject({ extension: 'ATT1' });
    expect(standard({ calling: 'ATT01', digits: '5550122', called: 'T012' })).toMatchObject({ extension: 'ATT01' });
  });

  it('takes the digits of an incoming call for the number reached, unless they may be two', () => {
    const reached = (cells: Partial<Record<CellName, string>>) =>
      standard({ calling: 'X116', answer: '  007', ...cells });
    expect(reached({ digits: '6135550224', called: '224' })).toMatchObject({ dialedNumber: '6135550224' });
    expect(reached({ digits: '224', called: '224' })).toMatchObject({ dialedNumber: '224' });
    expect(reached({ digits: '63224', called: '224' })).not.toHaveProperty('dialedNumber');
    expect(reached({ digits: '8885554444 5556666 1260', called: '224' })).not.toHaveProperty('dialedNumber');
    expect(reached({ digits: '8885554444 5556666', ani: '8885554444', called: '224' })).toMatchObject({
      callerNumber: '8885554444',
      dialedNumber: '5556666',
    });
  });

  it('of a caller who gave up may name neither party nor digits', () => {
    expect(standard({ answer: ' ****', ani: '6135550133' })).toMatchObject({
      direction: 'incoming',
      callerNumber: '6135550133',
      answered: false,
    });
    expect(standard({ answer: ' ****' })).toMatchObject({ kind: 'malformed', reason: 'cut-short' });
  });

  it('says that a refused or busy outgoing call was not answered', () => {
    for (const completion of ['B', 'E', 'T']) {
      expect(standard({ calling: '201', digits: '5550122', completion, called: 'T012' })).toMatchObject({
        answered: false,
        conditionCode: completion,
      });
    }
    expect(standard({ calling: 'T10', answer: '  007', completion: 'T', called: '224' })).not.toHaveProperty(
      'answered',
    );
  });

  it('prints meter pulses behind the digits or digits up to the end', () => {
    const parties = { calling: '201', called: 'T012' };
    expect(standard({ ...parties, digits: '5550122              00017' })).toMatchObject({
      dialedNumber: '5550122',
      extra: { meterPulses: '00017' },
    });
    const long = '01161255501221234567890123';
    expect(standard({ ...parties, digits: long })).toMatchObject({ dialedNumber: long });
    expect(standard({ ...parties, digits: long }, { meterPulses: 'yes' })).toMatchObject({
      dialedNumber: long.slice(0, 21),
      extra: { meterPulses: '90123' },
    });
  });

  it('knows afternoons by the P, and half past midnight once a P has shown the clock', () => {
    const at = (time: string): string =>
      printed('standard', { ...base.standard, time, calling: '201', digits: '5550122' });
    const starts = (lines: readonly string[], options: FormatOptions = {}) =>
      read(`${lines.join('\n')}\n`, options).map(({ outcome }) =>
        outcome.kind === 'call' ? outcome.record.start : '',
      );
    expect(starts([at('11:42P'), at('12:30 '), at('12:30p')])).toEqual([
      'XXXX-11-23T23:42:00',
      'XXXX-11-23T00:30:00',
      'XXXX-11-23T12:30:00',
    ]);
    expect(starts([at('12:30 ')])).toEqual(['XXXX-11-23T12:30:00']);
    expect(starts([at('12:30 ')], { clock: '12h' })).toEqual(['XXXX-11-23T00:30:00']);
    expect(starts([at('11:42P'), at('13:05 '), at('12:30 ')])).toEqual([
      'XXXX-11-23T23:42:00',
      'XXXX-11-23T13:05:00',
      'XXXX-11-23T12:30:00',
    ]);
    expect(starts([at('02:42P')], { dateOrder: 'DM' })).toEqual([undefined]);
  });

  it('may have lost the blank in front and no more, or have more of them', () => {
    const line = printed('standard', { ...base.standard, calling: '201', digits: '5550122', called: 'T012' });
    expect(recordsOf(`${line.slice(1)}\n`)).toMatchObject([{ extension: '201', trunk: 'T012' }]);
    expect(recordsOf(`    ${line}\n`)).toMatchObject([{ extension: '201', trunk: 'T012' }]);
    expect(recordsOf(`${line.slice(2)}\n`)).toMatchObject([{ kind: 'malformed' }]);
    expect(recordsOf(`${line.slice(0, 24)}\n`)).toMatchObject([{ extension: '2' }]);
    expect(recordsOf(`${line.slice(0, 23)}\n`)).toMatchObject([{ kind: 'malformed', reason: 'cut-short' }]);
  });

  it('is nothing where the PBX speaks of its clock, of data calls or prints a heading', () => {
    const lines = [
      'CLOCK MALFUNCTION',
      ' 11-23 09:15  00:01:05 201  DATA',
      'DATE  TIME  DURATION  CALLING',
      '-----',
      'hello',
    ];
    expect(
      read(`${lines.join('\r\n')}\r\n`).map(({ outcome }) => ('rule' in outcome ? outcome.rule : outcome.kind)),
    ).toEqual(['clock-malfunction', 'data-call', 'heading', 'ruler', 'malformed']);
  });
});

describe('Mitel legs with network OLI', () => {
  const leg = (sequence: string, time: string, called: string, more: Partial<Record<CellName, string>> = {}): string =>
    `${printed('level2', {
      date: '12/31',
      time,
      duration: '0000:01:00',
      calling: 'T10',
      answer: ' 0005',
      called,
      system: '001',
      ani: '8885554444',
      callId: 'S0015697',
      sequence,
      ...more,
    })}\n`;
  const [a, b, c] = [
    leg('A', '23:58:00', '7008'),
    leg('B', '23:59:05', '1200'),
    leg('C', '00:00:10', '1300', { date: '01/01' }),
  ];

  it('are one call, in whatever order they come, over the turn of the year, and read twice', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([a, b, c, b, a], { minLength: 5 }), (lines) => {
        const calls = callsOf(mitelSmdr, lines.join(''));
        expect(calls).toHaveLength(1);
        expect(calls[0]).toMatchObject({
          direction: 'incoming',
          talkSeconds: 180,
          outsideNumber: '8885554444',
          doubts: [],
          record: { extension: '7008', transferred: true },
        });
        expect(calls[0]?.legs.map((one) => one.extension)).toEqual(['7008', '1200', '1300']);
      }),
    );
  });

  it('are marked while a letter is missing', () => {
    expect(callsOf(mitelSmdr, b)[0]?.doubts).toContain('leg-missing');
    expect(callsOf(mitelSmdr, a + c.replace('01/01', '12/31').replace('00:00:10', '23:59:10'))[0]?.doubts).toContain(
      'leg-missing',
    );
    expect(callsOf(mitelSmdr, a)[0]?.doubts).toEqual([]);
  });

  it('stay apart over two trunks, on two nodes, and when the number comes round again', () => {
    expect(callsOf(mitelSmdr, a + leg('B', '23:59:05', '1200', { calling: 'T11' }))).toHaveLength(2);
    expect(callsOf(mitelSmdr, a + leg('B', '23:59:05', '1200', { system: '002' }))).toHaveLength(2);
    expect(callsOf(mitelSmdr, a + leg('A', '23:59:05', '1200'))).toHaveLength(2);
    expect(callsOf(mitelSmdr, a + leg('B', '20:00:00', '1200'))).toHaveLength(2);
  });

  it('follow the associated identifier', () => {
    const next = leg('A', '23:59:05', '1200', { callId: 'S0015701', associated: 'S0015697' });
    expect(callsOf(mitelSmdr, a + next)).toMatchObject([{ talkSeconds: 120, doubts: [] }]);
  });

  it('of a call going out keep the code and the telephone that dialled', () => {
    const out = { answer: '     ', calling: '214', called: 'T7', digits: '5550122', completion: 'A', ani: '' };
    const text =
      leg('A', '10:00:00', 'T7', { ...out, account: '4711' }) + leg('B', '10:01:05', 'T7', { ...out, calling: '215' });
    expect(callsOf(mitelSmdr, text)).toMatchObject([
      { direction: 'outgoing', talkSeconds: 120, code: '4711', outsideNumber: '5550122', record: { extension: '214' } },
    ]);
  });
});

describe('a Mitel 5000 record', () => {
  const line = 'TLC 11202 94003 1-602-555-0142               08:36 00:00:03 $00.00 4711        ';

  it('keeps the dashes as printed and calls the number without them', () => {
    expect(callsOf(mitel5000, `${line}\r\n`)).toMatchObject([
      { outsideNumber: '16025550142', code: '4711', record: { dialedNumber: '1-602-555-0142', start: 'T08:36:00' } },
    ]);
  });

  it('reads the number of an incoming call as the option says', () => {
    const incoming = line.replace('TLC', 'IN ').replace('1-602-555-0142', '6025550142    ');
    const [asCaller, asCalled] = [{}, { incomingNumber: 'called' }].map((options) =>
      read(`${incoming}\n`, options, mitel5000).map(({ outcome }) =>
        outcome.kind === 'call' ? outcome.record : outcome,
      ),
    );
    expect(asCaller).toMatchObject([{ direction: 'incoming', callerNumber: '6025550142', extension: '11202' }]);
    expect(asCalled).toMatchObject([{ direction: 'incoming', dialedNumber: '6025550142' }]);
  });

  it('reads wide costs in the unit that is chosen', () => {
    const wide = line.replace('$00.00', '$12345');
    const costs = [{}, { wideCost: 'cents' }].map((options) =>
      read(`${wide}\n`, options, mitel5000).map(({ outcome }) =>
        outcome.kind === 'call' ? outcome.record.cost : outcome,
      ),
    );
    expect(costs).toEqual([['12345'], ['123.45']]);
  });

  it('may print a lone digit as the hour', () => {
    for (const start of ['8:36 ', ' 8:36']) {
      expect(callsOf(mitel5000, `${line.replace('08:36', start)}\n`)).toMatchObject([
        { record: { start: 'T08:36:00', durationSeconds: 3 } },
      ]);
    }
  });

  it('is malformed where a cell is not what it should be', () => {
    const reasons = [
      line.replace('08:36', '0836 '),
      line.replace('00:00:03', '00:00:aa'),
      line.replace('$00.00', 'abcdef'),
      line.slice(0, 50),
      line.replace('11202 94003', '           '),
    ].map((text) => read(`${text}\n`, {}, mitel5000).map(({ outcome }) => ('reason' in outcome ? outcome.reason : '')));
    expect(reasons.flat()).toEqual(['bad-time', 'bad-duration', 'bad-cost', 'cut-short', 'bad-extension']);
  });

  it('passes over the answer to the login', () => {
    expect(read('\x02\0\0\0\x84\0', {}, mitel5000).map(({ outcome }) => outcome)).toEqual([
      { kind: 'noise', rule: 'login' },
    ]);
  });
});
