/** `npm run bench`: measures what docs/benchmarks.md promises, in one run on one machine, and says what is met. */
import os from 'node:os';
import type { BenchResult } from './bench-result.ts';
import { resultText } from './bench-result.ts';
import { benchImport } from './import.bench.ts';
import { benchParse } from './parse.bench.ts';
import { benchService } from './service.bench.ts';

const lines = process.argv[2] === undefined ? 1_000_000 : Number(process.argv[2]);
const [cpu] = os.cpus();
process.stdout.write(
  `${os.cpus().length} cores, ${cpu?.model.trim() ?? 'unknown'}, ${(os.totalmem() / 2 ** 30).toFixed(0)} GB, ` +
    `${os.platform()} ${os.arch()}, Node ${process.versions.node}, ${lines} lines\n\n`,
);
const benches: readonly (() => Promise<BenchResult[]>)[] = [benchService, benchParse, () => benchImport({ lines })];
let missed = 0;
for (const bench of benches) {
  for (const result of await bench()) {
    process.stdout.write(`${resultText(result)}\n`);
    if (!result.isMet) missed += 1;
  }
}
process.stdout.write(missed === 0 ? '\nall targets met\n' : `\n${missed} targets missed\n`);
process.exitCode = missed === 0 ? 0 : 1;
