import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileDefinition } from '../../parsers/definition/compile.ts';
import type { DefinitionFile, LineShape } from '../../parsers/definition/definition-file.ts';
import { createExplainer } from '../../parsers/definition/explain.ts';
import { proposeShape } from '../../parsers/definition/propose.ts';
import { createStreamParser, parseText } from '../../parsers/parse-stream.ts';

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

/** Three definitions that differ in everything that could make a difference here. */
const DEFINITIONS: readonly DefinitionFile[] = [
  file([
    {
      kind: 'columns',
      fields: [
        { at: at(1, 8), means: 'date' },
        { at: at(10, 5), means: 'time' },
        { at: at(16, 8), means: 'talk', form: 'clock-3', isRequired: true },
        { at: at(25, 20), means: 'number' },
      ],
    },
  ]),
  file([
    {
      kind: 'separated',
      separator: ',',
      isQuoted: true,
      fields: [
        { at: { cell: 1 }, means: 'dateTime' },
        { at: { cell: 2 }, means: 'callerName' },
        { at: { cell: 3 }, means: 'talk', form: 'seconds', isRequired: true },
      ],
    },
  ]),
  file(
    [
      {
        kind: 'columns',
        fields: [
          { at: at(1, 8), means: 'date' },
          { at: at(10, 5), means: 'time' },
          { at: at(1, 8, 2), means: 'talk', form: 'clock-3', isRequired: true },
        ],
      },
    ],
    { record: { kind: 'lines', count: 2, first: '^\\d\\d/' } },
  ),
];
const STREAM = [
  '23/11/26 09:30 00:01:05 0912345678',
  '23/11/2026 09:30:01,"Lan, Nguyen",65',
  '23/11/26 09:30',
  '00:01:05',
  '',
  'HEADING',
  '23/11/26 09:31',
  '23/11/26 09:32',
  '00:01:07',
].join('\r\n');

describe('whatever a source sends', () => {
  it.each(DEFINITIONS.map((definition, index) => [index, definition] as const))(
    'definition %i reads the same in any pieces',
    (_index, definition) => {
      const format = compileDefinition(definition);
      const whole = parseText(format, {}, STREAM);
      expect(whole.some(({ outcome }) => outcome.kind === 'call')).toBe(true);
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: STREAM.length - 1 }), { maxLength: 12 }), (cuts) => {
          const places = [0, ...[...new Set(cuts)].sort((a, b) => a - b), STREAM.length];
          const parser = createStreamParser(format, {});
          const pieces = places.slice(1).flatMap((to, at) => parser.push(STREAM.slice(places[at], to)));
          expect([...pieces, ...parser.end()]).toEqual(whole);
        }),
        { numRuns: 100 },
      );
    },
  );

  it.each(DEFINITIONS.map((definition, index) => [index, definition] as const))(
    'definition %i makes no call of random bytes, loses none and never throws',
    (_index, definition) => {
      const format = compileDefinition(definition);
      const bytes = fc.uint8Array({ maxLength: 400 }).map((all) => Buffer.from(all).toString('latin1'));
      fc.assert(
        fc.property(bytes, (text) => {
          const read = parseText(format, {}, text);
          expect(read.reduce((sum, { length }) => sum + length, 0)).toBe(text.length);
          expect(read.filter(({ outcome }) => outcome.kind === 'call')).toEqual([]);
        }),
        { numRuns: 300 },
      );
    },
  );
});

describe('an explained line', () => {
  it('names the characters of each field and what is left over', () => {
    const [definition] = DEFINITIONS;
    if (definition === undefined) throw new Error('no definition');
    const line = '23/11/26 09:30 00:01:05 0912345678           XY';
    const [read] = parseText(compileDefinition(definition), {}, line);
    const explained = createExplainer(definition).explain(line, read?.outcome ?? { kind: 'incomplete' });
    expect(explained.layout).toBe(0);
    expect(explained.fields.map(({ from, to }) => line.slice(from, to).trim())).toEqual([
      '23/11/26',
      '09:30',
      '00:01:05',
      '0912345678',
    ]);
    expect(explained.leftover.map(({ from, to }) => line.slice(from, to))).toEqual(['XY']);
  });
});

describe('a proposal', () => {
  it('finds columns, dates, times, durations, directions and numbers, and leaves a code to the person', () => {
    const proposal = proposeShape([
      'SN  LINE EXT   WAY NUMBER               DAY.MON CLOCK   LEN    PIN',
      '0001 L03  214   >>  0912345678           23.11   0930   00:01:05  4711',
      '0002 L01  201   <<  02838221144          23.11   0934   00:00:41  ....',
      '*** POWER FAIL 11:20 ***',
      '0005 L01  220   >>  0987654321           24.11   1120   01:02:03  1234',
    ]);
    expect(proposal).toMatchObject({ dateOrder: 'DM', isDateOrderProved: true });
    expect(proposal?.shape.fields.map(({ means, at: place }) => [means, 'start' in place ? place.start : 0])).toEqual([
      ['callId', 1],
      ['trunk', 6],
      ['extension', 11],
      ['direction', 17],
      ['number', 21],
      ['date', 42],
      ['time', 50],
      ['talk', 57],
    ]);
  });

  it('finds separators', () => {
    const proposal = proposeShape([
      '2026-11-23 09:30:15;201;0912345678;00:01:05',
      '2026-11-23 09:31:15;202;0912345679;00:02:05',
    ]);
    expect(proposal?.shape).toMatchObject({ kind: 'separated', separator: ';' });
    expect(proposal?.shape.fields.map(({ means }) => means)).toEqual(['dateTime', 'extension', 'number', 'talk']);
  });

  it('has nothing to say about text', () => {
    expect(proposeShape(['hello', 'world'])).toBeUndefined();
  });
});
