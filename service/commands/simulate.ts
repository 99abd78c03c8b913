/** `tollbook simulate`: an office's calls in any known format, sent as a PBX would, with the truth written beside. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { localSecondsOfDay } from '../../core/model/time.ts';
import { encoders } from '../../core/simulator/encoders/index.ts';
import { createOffice, type Office } from '../../core/simulator/office.ts';
import { codeDigitsOf, openingOf, simulateRecords, truthHeading, truthLine } from '../../core/simulator/simulate.ts';
import { type CommandContext, CommandFailure, defineCommand, reasonOf, wholeNumber } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { requireFormat } from '../formats.ts';
import { openSink, type RecordSink } from '../simulator-sink.ts';

interface Options {
  readonly format: string;
  readonly tcpListen?: string;
  readonly tcpConnect?: string;
  readonly pty?: string;
  readonly file?: string;
  readonly rate?: string;
  readonly count?: string;
  readonly seed?: string;
  readonly people?: string;
  readonly from?: string;
  readonly truth?: string;
  readonly peopleFile?: string;
  readonly login?: boolean;
}

/** Calls of one office come this often in the mean when nobody asks for another pace. */
const MEAN_SECONDS_BETWEEN_CALLS = 45;

export function localNowSeconds(): number {
  const now = new Date();
  return Math.floor(now.getTime() / 1000) - now.getTimezoneOffset() * 60;
}

function peopleCsv(office: Office): string {
  const rows = office.people.map((p) => [p.name, p.employeeNumber, p.department, p.code, p.extension].join(','));
  return `\uFEFF${['name,employeeNumber,department,code,extension', ...rows].join('\r\n')}\r\n`;
}

function firstSecond(context: CommandContext, options: Options, count: number): number {
  if (options.from === undefined) {
    // Two calendar days in seven are free, and a third of each other day is office time.
    const span = count * MEAN_SECONDS_BETWEEN_CALLS * 3.4;
    return Math.floor(localNowSeconds() - Math.max(span, 3600));
  }
  const from = localSecondsOfDay(options.from);
  if (from === undefined)
    throw new CommandFailure(context.t('cli.wrongValue', { option: `--from ${options.from}` }), EXIT.wrongUse);
  return from;
}

async function sendAll(
  context: CommandContext,
  sink: RecordSink,
  office: Office,
  options: Options,
  plan: {
    readonly count: number;
    readonly seed: number;
    readonly rate: number;
    readonly from: number;
    readonly truthFile: string;
  },
): Promise<{ readonly calls: number; readonly records: number }> {
  const truth = createWriteStream(plan.truthFile);
  truth.write(`\uFEFF${truthHeading()}`);
  let calls = 0;
  let records = 0;
  const opening = openingOf(options.format);
  if (opening !== '') await sink.write(opening);
  const outputs = simulateRecords(office, options.format, {
    seed: plan.seed,
    count: plan.count,
    fromLocalSeconds: plan.from,
    meanSecondsBetweenCalls: MEAN_SECONDS_BETWEEN_CALLS,
    isOfficeHoursOnly: true,
  });
  for (const output of outputs) {
    if (plan.rate > 0) await sleep(1000 / plan.rate);
    await sink.write(output.record.text).catch((error: unknown) => {
      throw new CommandFailure(context.t('cli.simulate.cut', { records, reason: reasonOf(error) }));
    });
    records += 1;
    if (output.truth !== undefined) {
      calls += 1;
      truth.write(truthLine(output.truth));
    }
  }
  await sink.end();
  truth.end();
  await once(truth, 'finish');
  return { calls, records };
}

async function simulate(context: CommandContext, options: Options): Promise<0> {
  const format = requireFormat(context, options.format);
  const known = encoders.flatMap(({ formatIds }) => formatIds);
  if (!known.includes(format.id)) {
    throw new CommandFailure(
      context.t('cli.simulate.noEncoder', { id: format.id, known: known.join(', ') }),
      EXIT.wrongUse,
    );
  }
  const count = wholeNumber(context, '--count', options.count, { low: 1, high: 100_000_000, fallback: 500 });
  const seed = wholeNumber(context, '--seed', options.seed, { low: 0, high: 2 ** 32 - 1, fallback: 1 });
  const people = wholeNumber(context, '--people', options.people, { low: 1, high: 500, fallback: 24 });
  const rate = wholeNumber(context, '--rate', options.rate, {
    low: 0,
    high: 100_000,
    fallback: options.file === undefined ? 2 : 0,
  });
  const codeDigits = codeDigitsOf(options.format);
  const office = createOffice(seed, { peopleCount: people, ...(codeDigits === undefined ? {} : { codeDigits }) });
  if (options.peopleFile !== undefined) await writeFile(options.peopleFile, peopleCsv(office));
  const truthFile = options.truth ?? (options.file === undefined ? 'tollbook-truth.csv' : `${options.file}.truth.csv`);
  const sink = await openSink(context, options, format);
  const from = firstSecond(context, options, count);
  const sent = await sendAll(context, sink, office, options, { count, seed, rate, from, truthFile });
  context.print(
    { calls: sent.calls, records: sent.records, truthFile },
    context.t('cli.simulate.done', { ...sent, truth: truthFile }),
  );
  return EXIT.done;
}

export function registerSimulate(program: Command, t: CommandContext['t']): void {
  defineCommand(
    program,
    'simulate',
    t('cli.simulate.about'),
    (command) =>
      command
        .requiredOption('--format <id>', t('cli.simulate.format'))
        .option('--tcp-listen <port>', t('cli.simulate.tcpListen'))
        .option('--tcp-connect <host:port>', t('cli.simulate.tcpConnect'))
        .option('--pty <path>', t('cli.simulate.pty'))
        .option('--file <path>', t('cli.simulate.file'))
        .option('--rate <n>', t('cli.simulate.rate'))
        .option('--count <n>', t('cli.simulate.count'))
        .option('--seed <n>', t('cli.simulate.seed'))
        .option('--people <n>', t('cli.simulate.people'))
        .option('--from <day>', t('cli.simulate.from'))
        .option('--truth <path>', t('cli.simulate.truth'))
        .option('--people-file <path>', t('cli.simulate.peopleFile'))
        .option('--login', t('cli.simulate.login')),
    simulate,
  );
}
