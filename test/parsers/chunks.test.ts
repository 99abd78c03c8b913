import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStreamParser, parseText, type StreamOutcome } from '../../parsers/parse-stream.ts';
import { formatById, formats } from '../../parsers/registry.ts';
import type { FormatDefinition } from '../../parsers/types.ts';
import { allSamples } from './sample-folder.ts';

const samples = allSamples();

function inPieces(
  format: FormatDefinition,
  options: Readonly<Record<string, string>>,
  text: string,
  sizes: readonly number[],
): StreamOutcome[] {
  const parser = createStreamParser(format, options);
  const outcomes: StreamOutcome[] = [];
  for (let at = 0, i = 0; at < text.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    outcomes.push(...parser.push(text.slice(at, at + size)));
    at += size;
  }
  return [...outcomes, ...parser.end()];
}

describe('the same bytes in other pieces', () => {
  it.each(samples.map((sample) => [`${sample.vendor}/${sample.name}`, sample] as const))(
    '%s reads the same byte by byte and in random pieces',
    (_name, sample) => {
      const format = formatById(sample.format);
      if (format === undefined) throw new Error(`no format ${sample.format}`);
      const whole = parseText(format, sample.options, sample.raw);
      expect(inPieces(format, sample.options, sample.raw, [1])).toEqual(whole);
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 20 }), (sizes) => {
          expect(inPieces(format, sample.options, sample.raw, sizes)).toEqual(whole);
        }),
        { numRuns: 20 },
      );
    },
  );

  it.each(formats.map((format) => [format.id, format] as const))(
    '%s reads random bytes the same in random pieces',
    (_id, format) => {
      const text = fc.string({
        unit: fc.constantFrom('a', '1', '"', ',', '\r', '\n', '\0', ' ', '\x13'),
        maxLength: 3000,
      });
      fc.assert(
        fc.property(text, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 }), (bytes, sizes) => {
          expect(inPieces(format, {}, bytes, sizes)).toEqual(parseText(format, {}, bytes));
        }),
        { numRuns: 30 },
      );
    },
  );
});
