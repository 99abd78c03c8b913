import { describe, expect, it } from 'vitest';
import { patternProblem } from '../../parsers/definition/safe-pattern.ts';

describe('patterns that people write', () => {
  it.each([
    String.raw`^\d\d/\d\d/\d\d +\d\d:\d\d`,
    String.raw`^(?<date>\d\d\.\d\d\.\d{4}) (?<time>\d\d:\d\d) +(?<number>[+\d*#]+)\s*$`,
    String.raw`^\s*(?:Date|Ngày|Дата)\s+Time`,
    String.raw`^(?<name>.*?) +(?<number>\d{3,15})$`,
    String.raw`^(?:\d{1,3}\.){3}\d{1,3} `,
    '^-{10,}$',
    'ALARM',
  ])('may look like a record: %s', (pattern) => {
    expect(patternProblem(pattern)).toBeUndefined();
  });

  it.each([
    '(a+)+$',
    '^(a|a)*$',
    '^(a*)*b',
    String.raw`^(\w+\s?)*$`,
    '^(.*)(.*)(.*)x$',
    String.raw`\d+\d+\d+x`,
    '^(a{1,9}){1,9}b',
  ])('may not take long on an unlucky line: %s', (pattern) => {
    expect(patternProblem(pattern)).toBe('too-slow');
  });

  it.each([
    [String.raw`^(a)\1$`, 'not-allowed'],
    ['^(?=a)', 'not-allowed'],
    ['(?<!a)b', 'not-allowed'],
    ['(', 'not-a-pattern'],
    ['a'.repeat(501), 'too-long'],
  ])('%s is refused: %s', (pattern, problem) => {
    expect(patternProblem(pattern)).toBe(problem);
  });

  it('that are taken stay quick on the lines that make them try most', () => {
    const pattern = String.raw`^(?<name>.*?) +(?<number>\d{3,15})$`;
    expect(patternProblem(pattern, true)).toBeUndefined();
    const unlucky = [' '.repeat(2048), '1 '.repeat(1024), 'a'.repeat(2048)];
    for (const line of unlucky) expect(new RegExp(pattern, 'u').test(line)).toBe(false);
  });
});
