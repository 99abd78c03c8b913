import { describe, expect, it } from 'vitest';
import { formatById, formats } from '../../parsers/registry.ts';
import { allSamples } from './sample-folder.ts';

const samples = allSamples();

describe('the catalogue of formats', () => {
  it('has no id twice and finds each by its id', () => {
    const names = formats.flatMap((format) => [format.id, ...(format.aliases ?? [])]);
    expect(new Set(names).size).toBe(names.length);
    for (const format of formats) expect(formatById(format.id)).toBe(format);
    expect(formatById('no-such-format')).toBeUndefined();
  });

  it.each(formats.map((format) => [format.id, format] as const))('%s is described completely', (id, format) => {
    expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(format.title).toContain(format.vendor);
    expect(format.models.length).toBeGreaterThan(0);
    expect(format.transports.length).toBeGreaterThan(0);
    expect(format.framing.maxBytes).toBeGreaterThanOrEqual(200);
    if (format.confidence === 'unconfirmed') expect(format.unsure).toBeDefined();
    const texts = [format.unsure, ...format.options.map((option) => option.help)].filter((text) => text !== undefined);
    for (const { en, vi } of texts) {
      expect(en).toMatch(/\S/);
      expect(vi).toMatch(/[ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵ]/i);
    }
    for (const option of format.options) {
      if (option.kind === 'choice') expect(option.choices).toContain(option.default);
    }
    for (const other of format.confusableWith ?? []) {
      expect(formatById(other)?.confusableWith, `${other} must name ${id} too`).toContain(id);
    }
  });

  it.each(formats.map((format) => [format.id, format] as const))(
    '%s has a sample, and a real one if it is proved',
    (id, format) => {
      const own = samples.filter((sample) => sample.format === id);
      expect(own.length).toBeGreaterThan(0);
      if (format.confidence === 'proved') expect(own.some((sample) => sample.origin['isReal'] === true)).toBe(true);
    },
  );
});
