/**
 * Parsing alone, one core, best of several warm runs: records a second for each format, from its own samples. Each page
 * begins as the sample does, headings and all, and goes on with its records, as a PBX's does. Formats of columns and
 * of separated fields have a bar; the others (events, JSON, packets) are told for information.
 */
import { createStreamParser, parseText } from '../../parsers/parse-stream.ts';
import { formats } from '../../parsers/registry.ts';
import type { FormatDefinition, FormatOptions } from '../../parsers/types.ts';
import { allSamples } from '../parsers/sample-folder.ts';
import { type BenchResult, measured } from './bench-result.ts';

const TEXT_BYTES = 4 * 2 ** 20;
const RECORDS_PER_PAGE = 50;
const PIECE_BYTES = 65_536;
const RUNS = 5;
const COLUMNS_PER_SECOND = 500_000;
const SEPARATED_PER_SECOND = 300_000;
/** Lines that are neither columns nor separated fields, though they come as lines: syslog sentences, XML elements. */
const NEITHER: ReadonlySet<string> = new Set(['cisco-ios', 'switchvox-xml']);
/** Fewer commas than this are part of a text. */
const MIN_SEPARATORS = 5;

interface Sample {
  readonly text: string;
  readonly perSecond: number | undefined;
  readonly options: FormatOptions;
}

function barOf(format: FormatDefinition, record: string): number | undefined {
  if (NEITHER.has(format.id) || (format.framing.kind !== 'line' && format.framing.kind !== 'csv')) return undefined;
  const isSeparated = [',', ';', '|', '\t'].some((separator) => record.split(separator).length > MIN_SEPARATORS);
  return isSeparated ? SEPARATED_PER_SECOND : COLUMNS_PER_SECOND;
}

/** The format's sample with the most records, as pages of `RECORDS_PER_PAGE`. */
function sampleOf(format: FormatDefinition): Sample {
  const found = allSamples()
    .filter((sample) => sample.format === format.id)
    .map(({ raw, options }) => {
      const spans = parseText(format, options, raw);
      const records = spans.filter(({ outcome }) => outcome.kind === 'call' || outcome.kind === 'part');
      return { raw, options, records: records.map(({ offset, length }) => raw.slice(offset, offset + length)) };
    })
    .toSorted((a, b) => b.records.length - a.records.length)[0];
  if (found === undefined || found.records.length === 0) throw new Error(`no sample of ${format.id}`);
  const { raw, options, records } = found;
  const end = raw.endsWith('\x03') ? '' : '\r\n';
  const ended = (text: string): string => (/[\r\n\x03]$/.test(text) ? text : `${text}${end}`);
  const page =
    ended(raw) + ended(records.map(ended).join('')).repeat(Math.max(1, Math.round(RECORDS_PER_PAGE / records.length)));
  const perSecond = barOf(format, records[0] ?? '');
  return { text: page.repeat(Math.ceil(TEXT_BYTES / page.length)), options, perSecond };
}

function recordsPerSecond(format: FormatDefinition, { text, options }: Sample): number {
  const startedAt = performance.now();
  const parser = createStreamParser(format, options);
  let records = 0;
  const count = (outcomes: ReturnType<typeof parser.push>): void => {
    for (const { outcome } of outcomes) if (outcome.kind === 'call' || outcome.kind === 'part') records += 1;
  };
  for (let at = 0; at < text.length; at += PIECE_BYTES) count(parser.push(text.slice(at, at + PIECE_BYTES)));
  count(parser.end());
  return records / ((performance.now() - startedAt) / 1000);
}

export async function benchParse(): Promise<BenchResult[]> {
  return formats.map((format) => {
    const sample = sampleOf(format);
    let best = 0;
    for (let run = 0; run < RUNS; run += 1) best = Math.max(best, recordsPerSecond(format, sample));
    const { perSecond } = sample;
    return measured(
      `parse ${format.id}`,
      best,
      'calls/s',
      perSecond === undefined ? undefined : { atLeast: perSecond },
    );
  });
}
