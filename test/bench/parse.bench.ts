/** Parsing alone, one core, best of several warm runs: records a second for each format, from simulated records. */
import { createOffice } from '../../core/simulator/office.ts';
import { simulateRecords } from '../../core/simulator/simulate.ts';
import { createStreamParser } from '../../parsers/parse-stream.ts';
import { formatById } from '../../parsers/registry.ts';
import { type BenchResult, measured } from './bench-result.ts';

const FORMATS: readonly string[] = ['panasonic-a', 'panasonic-c', 'lg-ldk', 'avaya-ipoffice', 'asterisk-csv'];
const CALLS = 20_000;
const RUNS = 5;

function textOf(formatId: string): { readonly text: string; readonly records: number } {
  const traffic = { seed: 1, count: CALLS, fromLocalSeconds: 1_790_000_000, meanSecondsBetweenCalls: 45 };
  const parts = [...simulateRecords(createOffice(1), formatId, { ...traffic, isOfficeHoursOnly: true })];
  return { text: parts.map(({ record }) => record.text).join(''), records: parts.length };
}

export async function benchParse(): Promise<BenchResult[]> {
  return FORMATS.flatMap((formatId) => {
    const format = formatById(formatId);
    if (format === undefined) throw new Error(`no format ${formatId}`);
    const { text, records } = textOf(formatId);
    let best = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const startedAt = performance.now();
      const parser = createStreamParser(format, {});
      for (let at = 0; at < text.length; at += 65_536) parser.push(text.slice(at, at + 65_536));
      parser.end();
      best = Math.max(best, records / ((performance.now() - startedAt) / 1000));
    }
    return [measured(`parse ${formatId}`, best, 'calls/s')];
  });
}
