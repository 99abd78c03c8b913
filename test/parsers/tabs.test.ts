import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById } from '../../parsers/registry.ts';
import { expandTabs } from '../../parsers/tabs.ts';
import { allSamples } from './sample-folder.ts';

/** As an editor saves it: blanks up to a stop of eight columns become a tab. */
const withTabs = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      (line.match(/.{1,8}/gs) ?? [])
        .map((cell) => cell.replace(/^(.{0,6}?) {2,}$/s, (whole, kept) => (whole.length === 8 ? `${kept}\t` : whole)))
        .join(''),
    )
    .join('\n');

const PAGES =
  /^(?:alcatel-oxo$|avaya-cm-|comdial-|ericsson-|ipecs-|karel-|lg-|mitel-smdr|nec-sl|nortel-meridian|panasonic-(?!kx)|samsung-officeserv|shoretel-|toshiba-dk|unify-hicom|unify-hipath[35]|vodavi)/;

describe('tabs on a page of fixed columns', () => {
  it('reach to the next stop of eight, counted anew on each line', () => {
    expect(expandTabs('a\tb')).toBe('a       b');
    expect(expandTabs('12345678\tb')).toBe('12345678        b');
    expect(expandTabs('abc\n\tb')).toBe('abc\n        b');
  });

  it('are the blanks that an editor took away', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z ]{0,30}$/)), (lines) => {
        const text = lines.join('\n');
        expect(expandTabs(withTabs(text))).toBe(text);
      }),
    );
  });

  it.each(
    allSamples()
      .filter(({ format, raw }) => PAGES.test(format) && !/[\t\0\f\x1a]|(?:^|\n)\r/.test(raw))
      .map((sample) => [`${sample.vendor}/${sample.name}`, sample] as const),
  )('%s reads the same', (_name, { format: id, options, raw }) => {
    const format = formatById(id);
    if (format === undefined) throw new Error(`no format ${id}`);
    const read = (text: string) => parseText(format, options, text).map(({ outcome }) => outcome);
    expect(read(withTabs(raw))).toEqual(read(raw));
  });
});
