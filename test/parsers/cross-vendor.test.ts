import { describe, expect, it } from 'vitest';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById, formats } from '../../parsers/registry.ts';
import type { FormatDefinition } from '../../parsers/types.ts';
import { allSamples, type Sample } from './sample-folder.ts';

const samples = allSamples();

/** Records this format reads in another format's sample. */
function accepted(format: FormatDefinition, sample: Sample): number {
  return parseText(format, {}, sample.raw).filter(({ outcome }) => outcome.kind === 'call' || outcome.kind === 'part')
    .length;
}

describe('formats keep to their own lines', () => {
  it.each(formats.map((format) => [format.id, format] as const))(
    '%s reads no record of another format that it does not name',
    (id, format) => {
      const taken: string[] = [];
      let tried = 0;
      for (const sample of samples) {
        if (sample.format === id || format.confusableWith?.includes(sample.format) === true) continue;
        tried++;
        const count = accepted(format, sample);
        if (count > 0) taken.push(`${sample.vendor}/${sample.name}: ${count}`);
      }
      expect(tried).toBeGreaterThan(8);
      expect(taken).toEqual([]);
    },
  );

  it('would be noticed if one did not', () => {
    const [sample] = samples.filter((one) => one.format === 'panasonic-td80');
    const confusable = formatById('panasonic-a');
    if (sample === undefined || confusable === undefined) throw new Error('the planted case is gone');
    expect(accepted(confusable, sample)).toBeGreaterThan(0);
  });
});
