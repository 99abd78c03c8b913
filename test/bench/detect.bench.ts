/** How long it takes to say which format a capture of 10,000 lines is, all formats tried: as `tollbook detect` does it. */
import { createOffice } from '../../core/simulator/office.ts';
import { openingOf, simulateRecords } from '../../core/simulator/simulate.ts';
import { detect } from '../../parsers/detect.ts';
import { formats } from '../../parsers/registry.ts';
import { type BenchResult, measured, resultText } from './bench-result.ts';

const LINES = 10_000;
/** Columns, separated fields, records of several lines, JSON. */
const CAPTURED = [
  'panasonic-a',
  'lg-ldk',
  'avaya-ipoffice',
  'asterisk-csv',
  'cisco-cucm',
  'nortel-meridian',
  'yeastar-json',
];
const TARGET = { atMost: 1 };
const RUNS = 3;
/** 2026-11-16 on the office's wall clock. */
const FROM = Date.UTC(2026, 10, 16) / 1000;

function captureOf(formatId: string): string {
  const traffic = { seed: 1, fromLocalSeconds: FROM, meanSecondsBetweenCalls: 20, isOfficeHoursOnly: true };
  const records = simulateRecords(createOffice(1), formatId, { ...traffic, count: LINES });
  let text = openingOf(formatId);
  let lines = 0;
  for (const { record } of records) {
    text += record.text;
    lines += record.text.match(/\n|\r(?!\n)/g)?.length ?? 0;
    if (lines >= LINES) break;
  }
  return text;
}

/** Best of a few runs: others use the machine too. A capture that is taken for another's is no result. */
function secondsFor(formatId: string): number {
  const text = captureOf(formatId);
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run += 1) {
    const startedAt = performance.now();
    const found = detect(text, formats);
    best = Math.min(best, (performance.now() - startedAt) / 1000);
    const [first] = found.candidates;
    if (first?.formatId !== formatId) throw new Error(`${formatId} was taken for ${first?.formatId ?? 'nothing'}`);
  }
  return best;
}

export function benchDetect(): Promise<BenchResult[]> {
  return Promise.resolve(
    CAPTURED.map((formatId) => measured(`detect ${formatId} in ${LINES} lines`, secondsFor(formatId), 's', TARGET)),
  );
}

if (import.meta.main) for (const result of await benchDetect()) process.stdout.write(`${resultText(result)}\n`);
