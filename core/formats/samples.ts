/** Sample lines of a definition: what each gives now, and where that differs from what was kept with it. */
import { compileDefinition } from '../../parsers/definition/compile.ts';
import type { DefinitionFile, SampleLine } from '../../parsers/definition/definition-file.ts';
import { parseText } from '../../parsers/parse-stream.ts';
import type { ParseOutcome } from '../../parsers/types.ts';

/** One character a byte, as parsers read; high characters as UTF-8, which every format understands. */
export function bytesOfText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

export function sampleOf(text: string, outcome: ParseOutcome): SampleLine {
  switch (outcome.kind) {
    case 'call':
    case 'part':
      return { text, outcome: outcome.kind, record: { ...outcome.record } };
    case 'noise':
      return { text, outcome: 'noise', reason: outcome.rule };
    case 'malformed':
      return { text, outcome: 'malformed', reason: outcome.reason };
    case 'incomplete':
      return { text, outcome: 'incomplete' };
  }
}

/** The lines as one stream, so that date lines and records of several lines work. */
export function readSamples(file: DefinitionFile, texts: readonly string[]): readonly SampleLine[] {
  const stream = bytesOfText(`${texts.join('\r\n')}\r\n`);
  return parseText(compileDefinition(file), {}, stream)
    .filter(({ text }) => text !== '')
    .map(({ text, outcome }) => sampleOf(Buffer.from(text, 'latin1').toString('utf8'), outcome));
}

/** The definition with its sample lines as it reads them now. */
export function withSamples(file: DefinitionFile, texts: readonly string[]): DefinitionFile {
  return { ...file, samples: readSamples(file, texts) };
}

export interface SampleDifference {
  readonly text: string;
  readonly before: SampleLine;
  /** Undefined where the line is no frame of its own any more. */
  readonly after: SampleLine | undefined;
}

const inWords = ({ outcome, reason, record }: SampleLine): string =>
  JSON.stringify([
    outcome,
    reason ?? '',
    Object.entries(record ?? {})
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);

/** Sample lines of `kept` that `file` reads differently from what was kept. */
export function sampleDifferences(file: DefinitionFile, kept: readonly SampleLine[]): readonly SampleDifference[] {
  const now = readSamples(
    file,
    kept.map(({ text }) => text),
  );
  const isSameCount = now.length === kept.length;
  const byText = new Map(now.map((sample) => [sample.text, sample]));
  return kept.flatMap((before, at) => {
    const after = isSameCount ? now[at] : byText.get(before.text);
    return after !== undefined && inWords(after) === inWords(before) ? [] : [{ text: before.text, before, after }];
  });
}
