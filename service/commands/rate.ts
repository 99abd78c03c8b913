/**
 * `tollbook rate`: calls in, charges out, one JSON object a line each, in the same order; no database is touched. `--tariff`
 * reads one tariff in the interchange form and answers line by line; `--plan` reads several tariffs with all that the store
 * knows of them, and answers when all calls are read, because bundles and volume go by the order of start.
 */
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { type CompiledTariff, compileTariff } from '../../core/rating/compile.ts';
import { parseTariff } from '../../core/rating/parse-tariff.ts';
import { type PrintedCharge, rateJsonLine, unreadableKey } from '../../core/rating/rate-json.ts';
import { parsePlan, type RatePlan, ratePlan } from '../../core/rating/rate-plan.ts';
import type { TariffProblem } from '../../core/rating/tariff.ts';
import { type CommandContext, CommandFailure, defineCommand, reasonOf } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

interface RateOptions {
  readonly tariff?: string;
  readonly plan?: string;
}

const BYTE_ORDER_MARK = /^\uFEFF/;

async function readJson(context: CommandContext, file: string): Promise<unknown> {
  try {
    return JSON.parse((await readFile(file, 'utf8')).replace(BYTE_ORDER_MARK, ''));
  } catch (error) {
    throw new CommandFailure(context.t('cli.noFile', { file, reason: reasonOf(error) }), EXIT.wrongUse);
  }
}

function refuse(context: CommandContext, problems: readonly TariffProblem[]): never {
  const lines = problems.map((problem) =>
    context.t('cli.rate.problem', {
      path: problem.path,
      message: context.t(`tariff.problem.${problem.code}`, problem.values),
    }),
  );
  throw new CommandFailure(lines.join('\n'), EXIT.wrongUse);
}

async function readTariff(context: CommandContext, file: string): Promise<CompiledTariff> {
  const parsed = parseTariff(await readJson(context, file));
  return 'tariff' in parsed ? compileTariff(parsed.tariff) : refuse(context, parsed.problems);
}

async function readPlan(context: CommandContext, file: string): Promise<RatePlan> {
  const parsed = parsePlan(await readJson(context, file));
  return 'plan' in parsed ? parsed.plan : refuse(context, parsed.problems);
}

interface InputLine {
  readonly lineNumber: number;
  /** Undefined where the line is no JSON, which is said at once. */
  readonly json: unknown;
}

function complain(context: CommandContext, line: number, reason: string): void {
  process.stderr.write(`${context.t('cli.rate.wrongLine', { line, reason })}\n`);
}

/** Lines that hold something. One that is no JSON still gets its line of output, so that both stay in step. */
async function* inputLines(context: CommandContext): AsyncGenerator<InputLine> {
  let lineNumber = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    lineNumber += 1;
    const text = lineNumber === 1 ? line.replace(BYTE_ORDER_MARK, '') : line;
    if (text.trim() === '') continue;
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch (error) {
      complain(context, lineNumber, reasonOf(error));
    }
    yield { lineNumber, json };
  }
}

function reasonOfKey(context: CommandContext, key: string): string {
  return key === '' ? context.t('tariff.problem.not-an-object') : context.t('cli.rate.wrongKey', { key });
}

/** False for a line that is no call; its reason goes to standard error too. */
function print(context: CommandContext, { lineNumber, json }: InputLine, charge: PrintedCharge): boolean {
  process.stdout.write(`${JSON.stringify(charge)}\n`);
  const key = unreadableKey(charge);
  if (key === undefined) return true;
  if (json !== undefined) complain(context, lineNumber, reasonOfKey(context, key));
  return false;
}

async function rate(context: CommandContext, options: RateOptions): Promise<ExitCode> {
  if ((options.tariff === undefined) === (options.plan === undefined)) {
    throw new CommandFailure(context.t('cli.rate.oneOf'), EXIT.wrongUse);
  }
  let isClean = true;
  if (options.tariff !== undefined) {
    const tariff = await readTariff(context, options.tariff);
    for await (const line of inputLines(context)) {
      if (!print(context, line, rateJsonLine(tariff, line.json))) isClean = false;
    }
  }
  if (options.plan !== undefined) {
    const plan = await readPlan(context, options.plan);
    const lines: InputLine[] = [];
    for await (const line of inputLines(context)) lines.push(line);
    const charges = ratePlan(
      plan,
      lines.map(({ json }) => json),
    );
    lines.forEach((line, i) => {
      const charge = charges[i];
      if (charge !== undefined && !print(context, line, charge)) isClean = false;
    });
  }
  return isClean ? EXIT.done : EXIT.needsAttention;
}

export function registerRate(program: Command, t: CommandContext['t']): void {
  defineCommand(
    program,
    'rate',
    t('cli.rate.about'),
    (command) => command.option('--tariff <file>', t('cli.rate.tariff')).option('--plan <file>', t('cli.rate.plan')),
    rate,
  );
}
