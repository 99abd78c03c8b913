import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAssembler } from '../../parsers/assembler.ts';
import { compileDefinition } from '../../parsers/definition/compile.ts';
import type { DefinitionField, DefinitionFile, LineShape } from '../../parsers/definition/definition-file.ts';
import { dateOf, durationOf, epochOf, momentOf, timeOf } from '../../parsers/definition/moments.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById } from '../../parsers/registry.ts';
import type { ParseOutcome } from '../../parsers/types.ts';

function file(layouts: readonly LineShape[], more: Partial<DefinitionFile> = {}): DefinitionFile {
  return {
    formatVersion: 1,
    id: 'own-test',
    vendor: 'Test',
    title: 'Test',
    models: ['1'],
    transports: ['file'],
    confidence: 'unconfirmed',
    layouts,
    defaults: { dateOrder: 'DMY', timeIs: 'start' },
    codeFields: [],
    ...more,
  };
}

const at = (start: number, width: number, line?: number) => ({ start, width, ...(line !== undefined && { line }) });

function outcomes(definition: DefinitionFile, ...lines: readonly string[]): ParseOutcome[] {
  return parseText(compileDefinition(definition), {}, `${lines.join('\r\n')}\r\n`).map(({ outcome }) => outcome);
}

function record(definition: DefinitionFile, line: string): Record<string, unknown> {
  const [outcome] = outcomes(definition, line);
  if (outcome?.kind !== 'call') throw new Error(`${line} is ${JSON.stringify(outcome)}`);
  return { ...outcome.record };
}

/** Cells parted by bars, so that a field needs no columns. */
const bars = (...fields: readonly DefinitionField[]): DefinitionFile =>
  file([{ kind: 'separated', separator: '|', fields }]);

describe('dates, times and durations that a definition can name', () => {
  it.each([
    ['26/11/2026', 'DMY', '2026-11-26'],
    ['11-26-26', 'MDY', '2026-11-26'],
    ['2026.11.26', 'YMD', '2026-11-26'],
    ['261126', 'DMY', '2026-11-26'],
    ['20261126', 'YMD', '2026-11-26'],
    ['2611', 'DM', 'XXXX-11-26'],
    ['26 Nov 2026', 'DMY', '2026-11-26'],
    ['26NOV26', 'DMY', '2026-11-26'],
    ['November 26, 2026', 'MDY', '2026-11-26'],
    ['26-Nov', 'DM', 'XXXX-11-26'],
    ['31/02/2026', 'DMY', 'impossible'],
    ['00/00/00', 'DMY', 'impossible'],
    ['2026', 'DMY', undefined],
    ['26 Foo 2026', 'DMY', undefined],
  ] as const)('date %s as %s is %s', (text, order, expected) => {
    expect(dateOf(text, order, undefined)).toBe(expected);
  });

  it('months may have names of the PBX’s own language', () => {
    const months = ['Th1', 'Th2', 'Th3', 'Th4', 'Th5', 'Th6', 'Th7', 'Th8', 'Th9', 'Th10', 'Th11', 'Th12'];
    expect(dateOf('26 Mai 2026', 'DMY', ['Jän', 'Feb', 'Mär', 'Apr', 'Mai', ...months.slice(5)])).toBe('2026-05-26');
  });

  it.each([
    ['09:30', '09:30:00'],
    ['9:30:15', '09:30:15'],
    ['0930', '09:30:00'],
    ['93015', '09:30:15'],
    ['12:15 AM', '00:15:00'],
    ['12:15PM', '12:15:00'],
    ['05:57ПП', '17:57:00'],
    ['3:20 CH', '15:20:00'],
    ['13:20 PM', 'impossible'],
    ['24:00', 'impossible'],
    ['9:3', undefined],
    ['09:30 XM', undefined],
  ])('time %s is %s', (text, expected) => {
    expect(timeOf(text, {})).toBe(expected);
  });

  it.each([
    ['00:01:05', 'clock', 65],
    ["0:01'05", 'clock', 65],
    ['1:05.20', 'clock', 3920],
    ['00:01\'05"', 'clock-3', 65],
    ['01:05', 'clock-2', 65],
    ['01:05', 'clock-3', undefined],
    ['01:05', 'hours-minutes', 3900],
    ['10105', 'digits', 3665],
    ['105', 'digits', 65],
    ['185', 'digits', undefined],
    ['65', 'seconds', 65],
    ['65000', 'milliseconds', 65],
    ['11', 'tenths', 66],
    ['1.5', 'minutes', 90],
    ['2', 'hours', 7200],
    ['x', 'seconds', undefined],
  ] as const)('duration %s as %s is %s', (text, form, expected) => {
    expect(durationOf(text, form)).toBe(expected);
  });

  it('a date and a time may share a field', () => {
    const expected = { date: '2026-11-26', time: '09:30:15' };
    expect(momentOf('2026-11-26T09:30:15.123Z', 'YMD', undefined, {})).toEqual(expected);
    expect(momentOf('26/11/2026 09:30:15', 'DMY', undefined, {})).toEqual(expected);
    expect(momentOf('26 Nov 2026, 9:30:15 AM', 'DMY', undefined, {})).toEqual(expected);
    expect(momentOf('20261126093015', 'YMD', undefined, {})).toEqual(expected);
    expect(epochOf('1795685415', false)).toEqual(expected);
    expect(epochOf('1795685415000', true)).toEqual(expected);
  });
});

describe('a definition', () => {
  const time: DefinitionField = { at: { cell: 1 }, means: 'time' };

  it('tells the direction by letters, words, look-alike words and prefixes, and refuses what it was not told', () => {
    const definition = bars(
      time,
      { at: { cell: 2 }, means: 'direction', words: [{ text: 'O', direction: 'outgoing' }] },
      {
        at: { cell: 3 },
        means: 'number',
        words: [
          { text: '<ВХОДЯЩИЙ>', direction: 'incoming' },
          { text: '<I>', direction: 'incoming', isPrefix: true },
        ],
      },
    );
    expect(record(definition, '09:30|O|0912')).toMatchObject({ direction: 'outgoing', dialedNumber: '0912' });
    expect(record(definition, '09:30||<I>0912')).toMatchObject({ direction: 'incoming', callerNumber: '0912' });
    const mixed = Buffer.from('09:30||<BXOДЯЩИЙ>', 'utf8').toString('latin1');
    expect(record(definition, mixed)).toMatchObject({ direction: 'incoming' });
    expect(outcomes(definition, '09:30|o|0912')).toEqual([{ kind: 'malformed', reason: 'bad-direction' }]);
    expect(outcomes(definition, '09:30|O|lunch')).toEqual([{ kind: 'malformed', reason: 'bad-number' }]);
  });

  it('tells the direction by which column is filled', () => {
    const definition = bars(
      time,
      { at: { cell: 2 }, means: 'dialled', otherwise: { direction: 'outgoing' } },
      { at: { cell: 3 }, means: 'caller', otherwise: { direction: 'incoming' } },
    );
    expect(record(definition, '09:30|0912|')).toMatchObject({ direction: 'outgoing' });
    expect(record(definition, '09:30||0913')).toMatchObject({ direction: 'incoming', callerNumber: '0913' });
  });

  it('tells from the direction which of two parties is inside', () => {
    const definition = bars(
      time,
      { at: { cell: 2 }, means: 'from' },
      { at: { cell: 3 }, means: 'to' },
      {
        at: { cell: 4 },
        means: 'direction',
        words: [
          { text: 'Out', direction: 'outgoing' },
          { text: 'In', direction: 'incoming' },
          { text: 'Int', direction: 'internal' },
        ],
      },
    );
    expect(record(definition, '09:30|201|0912|out')).toMatchObject({ extension: '201', dialedNumber: '0912' });
    expect(record(definition, '09:30|0912|201|IN')).toMatchObject({ callerNumber: '0912', extension: '201' });
    expect(record(definition, '09:30|201|202|int')).toMatchObject({ extension: '201', dialedNumber: '202' });
    expect(record(definition, '09:30|1|2|')).toEqual({
      startOrEnd: 'start',
      start: 'T09:30:00',
      callerNumber: '1',
      dialedNumber: '2',
    });
  });

  it('takes an empty duration as unanswered where it is told so', () => {
    const definition = bars(time, {
      at: { cell: 2 },
      means: 'talk',
      form: 'clock',
      whenBlank: { answered: false },
    });
    expect(record(definition, '09:30|')).toEqual({ startOrEnd: 'start', start: 'T09:30:00', answered: false });
  });

  it('makes the duration of start and end, also past midnight', () => {
    const definition = file([
      {
        kind: 'separated',
        separator: ';',
        isTalkFromTimes: true,
        fields: [
          { at: { cell: 1 }, means: 'date' },
          { at: { cell: 2 }, means: 'time', of: 'start' },
          { at: { cell: 3 }, means: 'time', of: 'end' },
        ],
      },
    ]);
    expect(record(definition, '23/11/2026;23:59:30;00:00:35')).toEqual({
      start: '2026-11-23T23:59:30',
      end: '2026-11-24T00:00:35',
      startOrEnd: 'both',
      durationSeconds: 65,
    });
  });

  it('adds up hours, minutes and seconds of their own, and takes ringing out of the talk where told so', () => {
    const definition = file([
      {
        kind: 'separated',
        separator: ';',
        isRingInTalk: true,
        fields: [
          time,
          { at: { cell: 2 }, means: 'talk', form: 'minutes' },
          { at: { cell: 3 }, means: 'talk', form: 'seconds' },
          { at: { cell: 4 }, means: 'ring', form: 'seconds' },
        ],
      },
    ]);
    expect(record(definition, '09:30;02;05;10')).toMatchObject({ durationSeconds: 115, ringSeconds: 10 });
  });

  it('takes the date from a heading, and from nothing where no heading came', () => {
    const definition = file([{ kind: 'columns', fields: [{ at: at(1, 5), means: 'time' }] }], {
      dateLines: [{ pattern: '^Report of (?<date>\\d\\d/\\d\\d/\\d{4})$' }],
    });
    const [before, heading, after] = outcomes(definition, '09:30', 'Report of 23/11/2026', '09:31');
    expect(before).toMatchObject({ kind: 'call', record: { start: 'T09:30:00' } });
    expect(heading).toEqual({ kind: 'noise', rule: 'heading' });
    expect(after).toMatchObject({ kind: 'call', record: { start: '2026-11-23T09:31:00' } });
  });

  it('takes the date from a heading like an example, where the date is marked', () => {
    const like = '== CALLS OF 9 Mar 2026, page 1 ==';
    const definition = file([{ kind: 'columns', fields: [{ at: at(1, 5), means: 'time' }] }], {
      dateLines: [{ like, start: like.indexOf('9') + 1, width: '9 Mar 2026'.length }],
    });
    const read = outcomes(definition, '== CALLS OF 23 November 2026, page 14 ==', '09:31', '== CALLS OF JOHN ==');
    expect(read).toMatchObject([
      { kind: 'noise', rule: 'heading' },
      { kind: 'call', record: { start: '2026-11-23T09:31:00' } },
      { kind: 'malformed' },
    ]);
  });

  it('skips lines like an example, whatever its figures', () => {
    const definition = file([{ kind: 'columns', fields: [{ at: at(1, 5), means: 'time' }] }], {
      skip: [{ name: 'alarm', like: '*** ALARM 17 at 09:30 ***' }],
    });
    const read = outcomes(definition, '*** ALARM 3  at 11:02 ***', '*** ALARM at 09:30 ***', '09:30');
    expect(read.map(({ kind }) => kind)).toEqual(['noise', 'malformed', 'call']);
  });

  it('skips the very line that was the example, whatever stands in it', () => {
    const line = fc.string({ minLength: 1, maxLength: 60, unit: 'binary-ascii' }).filter((text) => /[!-~]/.test(text));
    const shape: LineShape = { kind: 'columns', fields: [{ at: at(1, 5), means: 'time' }] };
    fc.assert(
      fc.property(line, fc.constantFrom('like' as const, 'startsWith' as const, 'contains' as const), (text, how) => {
        const rules = {
          like: { name: 'other', like: text },
          startsWith: { name: 'other', startsWith: text },
          contains: { name: 'other', contains: text },
        };
        const parser = compileDefinition(file([shape], { skip: [rules[how]] })).create({});
        expect(parser.parse(text, {})).toEqual({ kind: 'noise', rule: 'other' });
      }),
    );
  });

  it('cuts leading letters and fill characters, and strips what stands before the line', () => {
    const definition = file(
      [
        {
          kind: 'columns',
          fields: [
            { at: at(1, 5), means: 'time' },
            { at: at(7, 10), means: 'dialled', cut: ['P'], pad: '.' },
          ],
        },
      ],
      { strip: '\u0007' },
    );
    expect(record(definition, '\u0007\u000709:30 P0912345..')).toMatchObject({ dialedNumber: '0912345' });
  });

  it('reads records of several lines, and gives up one whose lines are missing', () => {
    const definition = file(
      [
        {
          kind: 'columns',
          fields: [
            { at: at(4, 8, 1), means: 'date' },
            { at: at(13, 5, 1), means: 'time' },
            { at: at(4, 4, 2), means: 'extension', isRequired: true },
            { at: at(4, 10, 3), means: 'dialled' },
          ],
        },
      ],
      { record: { kind: 'lines', count: 3, first: '^C: ' } },
    );
    const call = ['C: 23/11/26 09:30', 'E: 201', 'N: 0912345678'];
    const labels = definition.layouts.map((shape) => ({ ...shape, isLeftoverAllowed: true }) as LineShape);
    const read = outcomes({ ...definition, layouts: labels }, ...call, 'C: 23/11/26 09:31', ...call);
    expect(read.map(({ kind }) => kind)).toEqual(['call', 'malformed', 'call']);
    expect(read[2]).toMatchObject({
      record: { start: '2026-11-23T09:30:00', extension: '201', dialedNumber: '0912345678' },
    });
  });

  it('refuses text outside its fields, and lines that end before a field that must be there', () => {
    const definition = file([
      {
        kind: 'columns',
        fields: [
          { at: at(1, 5), means: 'time' },
          { at: at(7, 3), means: 'extension', isRequired: true },
        ],
      },
    ]);
    expect(outcomes(definition, '09:30 201 x')).toEqual([{ kind: 'malformed', reason: 'outside-fields' }]);
    expect(outcomes(definition, '09:30')).toEqual([{ kind: 'malformed', reason: 'no-extension' }]);
  });

  it('tells line shapes apart by what stands at a place', () => {
    const shape = (letter: string, fields: readonly DefinitionField[]): LineShape => ({
      kind: 'columns',
      when: [{ at: at(1, 1), is: [letter] }],
      fields: [{ at: at(1, 1), means: 'ignore' }, { at: at(3, 5), means: 'time' }, ...fields],
    });
    const definition = file([
      shape('A', [{ at: at(9, 4), means: 'extension' }]),
      shape('B', [{ at: at(9, 4), means: 'trunk' }]),
    ]);
    expect(record(definition, 'A 09:30 0201')).toMatchObject({ extension: '0201' });
    expect(record(definition, 'B 09:30 0201')).toMatchObject({ trunk: '0201' });
    expect(outcomes(definition, 'C 09:30 0201')).toEqual([{ kind: 'malformed', reason: 'unknown-line' }]);
  });
});

describe('continuation lines', () => {
  const telrad = formatById('telrad');
  if (telrad === undefined) throw new Error('no telrad');
  const MAIN = '27.11.2002 00:17  802          12:13 AM     01:29  I S-E                                  00:11';
  const PARTS = [
    '27.11.2002 00:17   "     233                00:20  ',
    '27.11.2002 00:17   "     223                01:10  ',
  ];

  function calls(lines: readonly string[]) {
    const assembler = createAssembler(telrad ?? { codeFields: [] }, {});
    const made = new Map<number, ReturnType<typeof assembler.push>['call']>();
    for (const { offset, length, outcome } of parseText(telrad ?? never(), {}, `${lines.join('\r\n')}\r\n`)) {
      if (outcome.kind !== 'call' && outcome.kind !== 'part') continue;
      const entry = {
        record: outcome.record,
        part: outcome.kind === 'part',
        doubts: outcome.doubts ?? [],
        sourceOffset: offset,
        byteLength: length,
      };
      const step = assembler.push(entry, undefined);
      made.set(step.firstOffset, step.call);
    }
    return [...made.values()];
  }
  const never = (): never => {
    throw new Error('no telrad');
  };

  it('join the call of the line before: one call, its stations as legs', () => {
    const [call, ...others] = calls([MAIN, ...PARTS]);
    expect(others).toEqual([]);
    expect(call).toMatchObject({
      talkSeconds: 89,
      direction: 'incoming',
      record: { extension: '233', transferred: true },
    });
    expect(call?.legs).toHaveLength(3);
  });

  it('stay alone and in doubt when the line before was damaged', () => {
    const made = calls([MAIN, MAIN.slice(0, 40), ...PARTS.slice(0, 1)]);
    expect(made).toHaveLength(2);
    expect(made[1]?.doubts).toContain('leg-missing');
  });
});
