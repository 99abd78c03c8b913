/** `tollbook rate`: calls in, charges out, one JSON object a line each; the tariff is a file and no database is touched. */
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { compileTariff } from '../../core/rating/compile.ts';
import { parseTariff } from '../../core/rating/parse-tariff.ts';
import { rateJsonLine } from '../../core/rating/rate-json.ts';
import { type CommandContext, CommandFailure, defineCommand, reasonOf } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

async function readTariff(context: CommandContext, file: string): Promise<ReturnType<typeof compileTariff>> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new CommandFailure(context.t('cli.noFile', { file, reason: reasonOf(error) }), EXIT.wrongUse);
  }
  const parsed = parseTariff(json);
  if ('tariff' in parsed) return compileTariff(parsed.tariff);
  const lines = parsed.problems.map((problem) =>
    context.t('cli.rate.problem', {
      path: problem.path,
      message: context.t(`tariff.problem.${problem.code}`, problem.values),
    }),
  );
  throw new CommandFailure(lines.join('\n'), EXIT.wrongUse);
}

async function rate(context: CommandContext, options: { readonly tariff: string }): Promise<ExitCode> {
  const tariff = await readTariff(context, options.tariff);
  let number = 0;
  let isClean = true;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === '') continue;
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch (error) {
      // A line that is no JSON still gets its line of output, so that input and output stay in step.
      isClean = false;
      process.stderr.write(`${context.t('cli.rate.wrongLine', { line: number, reason: reasonOf(error) })}\n`);
    }
    process.stdout.write(`${JSON.stringify(rateJsonLine(tariff, json))}\n`);
  }
  return isClean ? EXIT.done : EXIT.needsAttention;
}

export function registerRate(program: Command, t: CommandContext['t']): void {
  defineCommand(
    program,
    'rate',
    t('cli.rate.about'),
    (command) => command.requiredOption('--tariff <file>', t('cli.rate.tariff')),
    rate,
  );
}
