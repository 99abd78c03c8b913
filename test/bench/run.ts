/** `npm run bench`: measures what docs/benchmarks.md promises, in one run on one machine, and says what is met. */
import os from 'node:os';
import { parseArgs } from 'node:util';
import { benchBackup } from './backup.bench.ts';
import type { BenchResult } from './bench-result.ts';
import { resultText } from './bench-result.ts';
import { benchClose } from './close.bench.ts';
import { benchDetect } from './detect.bench.ts';
import { benchImport } from './import.bench.ts';
import { benchManySources } from './many-sources.bench.ts';
import { benchNumbering } from './numbering.bench.ts';
import { benchPaper } from './paper.bench.ts';
import { benchParse } from './parse.bench.ts';
import { benchPolicy } from './policy.bench.ts';
import { benchRating } from './rating.bench.ts';
import { benchRerate } from './rerate.bench.ts';
import { benchService } from './service.bench.ts';
import { benchWorkbook } from './workbook.bench.ts';

const { values, positionals } = parseArgs({ options: { minutes: { type: 'string' } }, allowPositionals: true });
const lines = Number(positionals[0] ?? 1_000_000);
const seconds = values.minutes === undefined ? 60 : Number(values.minutes) * 60;
const [cpu] = os.cpus();
process.stdout.write(
  `${os.cpus().length} cores, ${cpu?.model.trim() ?? 'unknown'}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GB, ` +
    `${os.platform()} ${os.arch()}, Node ${process.versions.node}, ${lines} lines\n\n`,
);
const benches: readonly (() => Promise<BenchResult[]>)[] = [
  benchService,
  benchParse,
  benchDetect,
  benchNumbering,
  benchRating,
  benchPolicy,
  benchRerate,
  benchClose,
  benchBackup,
  benchWorkbook,
  benchPaper,
  () => benchManySources({ seconds }),
  () => benchImport({ lines }),
];
let missed = 0;
for (const bench of benches) {
  for (const result of await bench()) {
    process.stdout.write(`${resultText(result)}\n`);
    if (!result.isMet) missed += 1;
  }
}
process.stdout.write(missed === 0 ? '\nall targets met\n' : `\n${missed} targets missed\n`);
process.exitCode = missed === 0 ? 0 : 1;
