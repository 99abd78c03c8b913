import { describe, expect, it } from 'vitest';
import { allSamples, differences } from './sample-folder.ts';

const samples = allSamples();

describe('samples', () => {
  it.each(samples.map((sample) => [`${sample.vendor}/${sample.name}`, sample] as const))(
    '%s reads as its sidecar says',
    (_name, sample) => {
      expect(differences(sample)).toEqual([]);
    },
  );

  it('are as many as they were, or more', () => {
    const outcomes = samples.reduce((sum, sample) => sum + sample.outcomes.length, 0);
    expect(samples.length).toBeGreaterThanOrEqual(40);
    expect(outcomes).toBeGreaterThanOrEqual(180);
  });

  it('would be noticed if one went wrong', () => {
    const good = samples.find((sample) => sample.name === 'pattern-b-transfers-and-tie-lines');
    if (good === undefined) throw new Error('the sample to spoil is gone');
    const spoilt = { ...good, raw: good.raw.replace("00:02'25", "00:02'26") };
    expect(spoilt.raw).not.toBe(good.raw);
    expect(differences(spoilt)).toHaveLength(1);
    expect(differences({ ...good, outcomes: good.outcomes.slice(1) })).not.toEqual([]);
  });

  it('say where they are from and whether they are real', () => {
    for (const { name, origin } of samples) {
      expect(origin, name).toMatchObject({ source: expect.stringMatching(/\S/), isReal: expect.any(Boolean) });
    }
  });
});
