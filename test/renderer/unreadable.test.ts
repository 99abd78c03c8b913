import { describe, expect, test } from 'vitest';
import { unreadableLines } from '../../renderer/features/sources/unreadable.ts';

describe('lines that cannot be read', () => {
  test('a few broken lines among many calls accuse no format', () => {
    expect(unreadableLines({ call: 900, part: 40, noise: 20, malformed: 40 })).toBeUndefined();
    expect(unreadableLines({ call: 8, part: 1, noise: 1, malformed: 5 })).toBeUndefined();
  });

  test('less than five lines settle nothing', () => {
    expect(unreadableLines({ call: 0, part: 0, noise: 0, malformed: 4 })).toBeUndefined();
  });

  test('more than a third of the lines accuse the format', () => {
    expect(unreadableLines({ call: 0, part: 0, noise: 2, malformed: 5 })).toEqual({ malformed: 5, total: 7 });
    expect(unreadableLines({ call: 7, part: 1, noise: 1, malformed: 5 })).toEqual({ malformed: 5, total: 14 });
  });
});
