/** `tollbook parse` and `detect`: what records mean. Of the database only the site's own formats are read. */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import { translateIfKnown } from '../../core/i18n/translate.ts';
import { printedSeconds } from '../../core/ingest/stream-reader.ts';
import type { AssembledCall } from '../../core/model/call.ts';
import { createAssembler } from '../../parsers/assembler.ts';
import { compileDefinition } from '../../parsers/definition/compile.ts';
import { detect } from '../../parsers/detect.ts';
import { createStreamParser, type StreamOutcome } from '../../parsers/parse-stream.ts';
import type { FormatDefinition, FormatOptions } from '../../parsers/types.ts';
import { type CommandContext, CommandFailure, collect, defineCommand, reasonOf } from '../command.ts';
import { definitionFrom } from '../definition-file.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { knownFormats, readFormatOptions, requireFormat } from '../formats.ts';

/** Detection looks at no more than this of a file. */
const DETECTION_BYTES = 512 * 1024;

async function* readInput(context: CommandContext, file: string): AsyncGenerator<Buffer> {
  const stream: Readable = file === '-' ? process.stdin : createReadStream(file);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    throw new CommandFailure(context.t('cli.noFile', { file, reason: reasonOf(error) }));
  }
}

interface Sample {
  readonly head: string;
  /** The whole input, the head included. */
  readonly chunks: AsyncGenerator<Buffer>;
}

/** Reads ahead as much as detection needs, without losing it for what follows. */
async function sampleOf(context: CommandContext, file: string): Promise<Sample> {
  const input = readInput(context, file);
  const read: Buffer[] = [];
  let bytes = 0;
  while (bytes < DETECTION_BYTES) {
    const next = await input.next();
    if (next.done === true) break;
    read.push(next.value);
    bytes += next.value.length;
  }
  async function* whole(): AsyncGenerator<Buffer> {
    yield* read;
    yield* input;
  }
  return { head: Buffer.concat(read).toString('latin1').slice(0, DETECTION_BYTES), chunks: whole() };
}

interface ParseOptions {
  readonly format?: string;
  /** A definition file instead of a format. */
  readonly definition?: string;
  readonly option?: readonly string[];
  readonly assemble?: boolean;
}

function frameLine({ offset, length, outcome }: StreamOutcome, format: FormatDefinition): string {
  const base = { offset, length, outcome: outcome.kind, format: format.id };
  switch (outcome.kind) {
    case 'call':
    case 'part': {
      const { doubts = [] } = outcome;
      return JSON.stringify({ ...base, ...(doubts.length > 0 && { doubts }), record: printable(outcome.record) });
    }
    case 'noise':
      return JSON.stringify({ ...base, reason: outcome.rule });
    case 'malformed':
      return JSON.stringify({
        ...base,
        reason: outcome.reason,
        ...(outcome.detail !== undefined && { detail: outcome.detail }),
      });
    case 'incomplete':
      return JSON.stringify(base);
  }
}

/** The record in the words of the conventions; what only assembly needs stays apart under `extra`. */
function printable(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function callLine(call: AssembledCall, offset: number, format: FormatDefinition): string {
  const { record, legs, doubts, ...facts } = call;
  const { length, ...rest } = { length: legs.reduce((sum, leg) => sum + leg.byteLength, 0), ...facts };
  return JSON.stringify({
    offset,
    length,
    outcome: 'call',
    format: format.id,
    record: printable(record),
    call: { ...printable(rest), doubts, legs },
  });
}

/** Waits for a slow reader, so that a large file takes no memory. */
async function print(lines: readonly string[]): Promise<void> {
  if (lines.length > 0 && !process.stdout.write(`${lines.join('\n')}\n`)) await once(process.stdout, 'drain');
}

/** Calls kept before it is looked which of them can grow no more. */
const MOST_KEPT_CALLS = 10_000;

/** Gives each assembled call once: when no later record can belong to it, at the latest when the input is over. */
class AssembledOutput {
  readonly #format: FormatDefinition;
  readonly #assembler: ReturnType<typeof createAssembler>;
  readonly #calls = new Map<number, AssembledCall>();

  constructor(format: FormatDefinition, options: FormatOptions) {
    this.#format = format;
    this.#assembler = createAssembler(format, options);
  }

  lineOf(frame: StreamOutcome): string | undefined {
    const { offset, length, outcome } = frame;
    if (outcome.kind !== 'call' && outcome.kind !== 'part') return frameLine(frame, this.#format);
    const { record, doubts = [] } = outcome;
    const { call, firstOffset } = this.#assembler.push(
      { record, part: outcome.kind === 'part', doubts, sourceOffset: offset, byteLength: length },
      printedSeconds(record),
    );
    if (this.#format.assembly === undefined) return callLine(call, firstOffset, this.#format);
    this.#calls.set(firstOffset, call);
    return undefined;
  }

  /** Calls that are over, once many are kept. */
  settled(): string[] {
    if (this.#calls.size < MOST_KEPT_CALLS) return [];
    const open = new Set(this.#assembler.save().groups.map(({ records }) => records[0]?.sourceOffset));
    return this.#give((offset) => !open.has(offset));
  }

  rest(): string[] {
    return this.#give(() => true);
  }

  #give(isWanted: (offset: number) => boolean): string[] {
    const lines: string[] = [];
    for (const [offset, call] of this.#calls) {
      if (!isWanted(offset)) continue;
      lines.push(callLine(call, offset, this.#format));
      this.#calls.delete(offset);
    }
    return lines;
  }
}

async function formatFor(
  context: CommandContext,
  options: ParseOptions,
  head: string,
): Promise<{ readonly format: FormatDefinition; readonly proposed: FormatOptions }> {
  const { format: id, definition } = options;
  if (definition !== undefined) {
    return { format: compileDefinition(definitionFrom(context, definition).definition), proposed: {} };
  }
  if (id === undefined) throw new CommandFailure(context.t('cli.parse.noFormat'), EXIT.wrongUse);
  if (id !== 'auto') return { format: requireFormat(context, id), proposed: {} };
  const found = detect(head, knownFormats(context));
  const [best] = found.candidates;
  if (best === undefined) throw new CommandFailure(context.t('cli.detect.nothing'), EXIT.needsAttention);
  if (!found.isSure)
    throw new CommandFailure(context.t('cli.parse.notSure', { title: best.title }), EXIT.needsAttention);
  return { format: requireFormat(context, best.formatId), proposed: best.options };
}

async function parse(context: CommandContext, options: ParseOptions, file: string): Promise<ExitCode> {
  const { head, chunks } = await sampleOf(context, file);
  const { format, proposed } = await formatFor(context, options, head);
  const formatOptions = { ...proposed, ...readFormatOptions(context, format, options.option ?? []) };
  const parser = createStreamParser(format, formatOptions);
  const assembled = options.assemble === true ? new AssembledOutput(format, formatOptions) : undefined;
  let malformed = 0;
  const write = async (outcomes: readonly StreamOutcome[]): Promise<void> => {
    const lines: string[] = [];
    for (const outcome of outcomes) {
      if (outcome.outcome.kind === 'malformed') malformed += 1;
      const line = assembled === undefined ? frameLine(outcome, format) : assembled.lineOf(outcome);
      if (line !== undefined) lines.push(line);
    }
    await print([...lines, ...(assembled?.settled() ?? [])]);
  };
  for await (const chunk of chunks) await write(parser.push(chunk.toString('latin1')));
  await write(parser.end());
  await print(assembled?.rest() ?? []);
  return malformed > 0 ? EXIT.needsAttention : EXIT.done;
}

async function readHead(context: CommandContext, file: string): Promise<string> {
  const { head, chunks } = await sampleOf(context, file);
  // The rest of the file is not wanted.
  await chunks.return(undefined);
  return head;
}

interface DetectOptions {
  readonly definition?: string;
}

async function detectFile(context: CommandContext, options: DetectOptions, file: string): Promise<ExitCode> {
  const given = options.definition;
  const tried = given === undefined ? [] : [compileDefinition(definitionFrom(context, given).definition)];
  const others = knownFormats(context).filter(({ id }) => id !== tried[0]?.id);
  const found = detect(await readHead(context, file), [...others, ...tried]);
  const word = (part: { readonly kind: string; readonly values: Readonly<Record<string, string | number>> }): string =>
    translateIfKnown(context.language, `detect.${part.kind}`, part.values) ?? part.kind;
  const [best] = found.candidates;
  const percent = (confidence: number): number => Math.round(confidence * 100);
  const lines: string[] = [];
  if (best === undefined) lines.push(context.t('cli.detect.nothing'));
  else if (found.isSure) {
    lines.push(
      context.t('cli.detect.sure', { title: best.title, id: best.formatId, percent: percent(best.confidence) }),
    );
  } else lines.push(context.t('cli.detect.notSure'));
  if (found.lineFault !== null) lines.push(`! ${word(found.lineFault)}`);
  for (const candidate of found.candidates.slice(0, found.isSure ? 1 : 3)) {
    if (!found.isSure) lines.push(`${candidate.title} (${candidate.formatId}) ${percent(candidate.confidence)} %`);
    for (const reason of candidate.reasons) lines.push(`  - ${word(reason)}`);
    for (const [name, value] of Object.entries(candidate.options)) lines.push(`  --option ${name}=${value}`);
    for (const question of candidate.openQuestions) lines.push(`  ? ${word(question)}`);
  }
  context.print(found, lines.join('\n'));
  return found.isSure ? EXIT.done : EXIT.needsAttention;
}

export function registerRecords(program: Command, t: CommandContext['t']): void {
  defineCommand(
    program,
    'parse <file>',
    t('cli.parse.about'),
    (command) =>
      command
        .option('--format <id>', t('cli.parse.format'))
        .option('--definition <file>', t('cli.parse.definition'))
        .option('--option <name=value>', t('cli.parse.option'), collect)
        .option('--assemble', t('cli.parse.assemble')),
    parse,
  );
  defineCommand(
    program,
    'detect <file>',
    t('cli.detect.about'),
    (command) => command.option('--definition <file>', t('cli.detect.definition')),
    detectFile,
  );
}
