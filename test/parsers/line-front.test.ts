import { describe, expect, it } from 'vitest';
import { parseText } from '../../parsers/parse-stream.ts';
import { formatById } from '../../parsers/registry.ts';
import { allSamples } from './sample-folder.ts';

const STOP = 8;

/** As an editor does it: two blanks and more in front of a tab stop become a tab. */
function tabbed(line: string): string {
  let out = '';
  for (let at = 0; at < line.length; at += STOP) {
    const piece = line.slice(at, at + STOP);
    out += piece.length === STOP && piece.endsWith('  ') ? `${piece.trimEnd()}\t` : piece;
  }
  return out;
}

/** Reads a format's first sample, its lines changed. */
function readSample(id: string, change: (line: string) => string): unknown[] {
  const format = formatById(id);
  const sample = allSamples().find((one) => one.format === id);
  if (format === undefined || sample === undefined) throw new Error(`no sample of ${id}`);
  const text = sample.raw
    .split(/\r?\n/)
    .map((line) => (line === '' ? line : change(line)))
    .join('\r\n');
  return parseText(format, sample.options, text).flatMap(({ outcome }) =>
    outcome.kind === 'call' || outcome.kind === 'part' ? [outcome.record] : [],
  );
}

const columns = [
  'mitel-smdr',
  'unify-hicom100',
  'unify-hicom150',
  'unify-hicom250',
  'unify-hipath3000',
  'unify-hipath5000',
  'alcatel-oxo',
  'ericsson-businessphone',
  'ericsson-md110',
  'mitel-400',
];

describe('a line that stands in columns', () => {
  it.each(columns)('%s: is read the same where an editor made tabs of its blanks', (id) => {
    const printed = readSample(id, (line) => line);
    expect(printed.length).toBeGreaterThan(0);
    expect(readSample(id, tabbed)).toEqual(printed);
    expect(readSample(id, (line) => tabbed(line).trimEnd())).toEqual(printed);
  });
});

describe('a line of any kind', () => {
  it.each([...columns, 'cisco-cucm', 'unify-openscape-business', 'mitel-mxone'])(
    '%s: is read the same behind a bell, or the mark of a UTF-8 file',
    (id) => {
      const printed = readSample(id, (line) => line);
      expect(readSample(id, (line) => `\x07${line}`)).toEqual(printed);
      expect(readSample(id, (line) => `\xef\xbb\xbf${line}`)).toEqual(printed);
    },
  );
});
