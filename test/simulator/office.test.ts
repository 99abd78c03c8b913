import { describe, expect, it } from 'vitest';
import { createOffice } from '../../core/simulator/office.ts';

describe('a simulated office', () => {
  it('gives everybody a code, of six digits where five do not suffice', () => {
    expect(createOffice(1).people[0].code).toHaveLength(5);
    const { people } = createOffice(1, { peopleCount: 2600 });
    expect(new Set(people.map((person) => person.code)).size).toBe(2600);
    expect(people.every((person) => person.code.length === 6)).toBe(true);
  });

  it('says that the codes do not suffice instead of looking for one for ever', () => {
    expect(() => createOffice(1, { peopleCount: 1001, codeDigits: 4 })).toThrow(/more than 4 digits/);
  });
});
