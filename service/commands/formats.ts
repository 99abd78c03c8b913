/** `tollbook formats`: what can be read, and definition files checked, imported and exported. */
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Definition, definitionJsonSchema } from '../../core/formats/definition-schema.ts';
import { sampleDifferences } from '../../core/formats/samples.ts';
import { optionsOf } from '../../parsers/common-options.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { definitionFrom } from '../definition-file.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { knownFormats } from '../formats.ts';
import { withApi } from '../local-api.ts';

async function list(context: CommandContext): Promise<ExitCode> {
  const formats = knownFormats(context);
  const rows = formats.map((format) => ({
    id: format.id,
    aliases: format.aliases ?? [],
    vendor: format.vendor,
    title: format.title,
    models: format.models,
    transports: format.transports,
    confidence: format.confidence,
    unsure: format.unsure ?? null,
    codeFields: format.codeFields,
    defaults: format.defaults,
    options: optionsOf(format),
  }));
  const lines = formats.map(
    (format) => `${format.id.padEnd(22)} ${format.confidence.padEnd(12)} ${format.title}: ${format.models.join(', ')}`,
  );
  context.print(rows, lines.join('\n'));
  return EXIT.done;
}

async function check(context: CommandContext, _options: object, file: string): Promise<ExitCode> {
  const { definition, notes } = definitionFrom(context, file);
  const kept = definition.samples ?? [];
  const differences = sampleDifferences(definition, kept);
  const lines = [
    context.t('cli.formats.right', { file, id: definition.id }),
    ...notes.map((note) => `  ? ${note}`),
    ...differences.map(({ text }) => context.t('cli.formats.differs', { line: text.trim() })),
  ];
  context.print({ id: definition.id, notes, samples: kept.length, differences }, lines.join('\n'));
  return differences.length > 0 || notes.length > 0 ? EXIT.needsAttention : EXIT.done;
}

async function importFile(context: CommandContext, _options: object, file: string): Promise<ExitCode> {
  const { definition, notes } = definitionFrom(context, file);
  for (const note of notes) context.remark(`? ${note}`);
  return await withApi(context, async ({ client }) => {
    const known = (await client.call('listFormats')).find(({ id }) => id === definition.id);
    const after =
      known === undefined ? 0 : (await client.call('getDefinition', { params: { formatId: definition.id } })).version;
    // The reader made a value of exactly this shape; parsing it again gives it the contract's own type.
    const body = {
      definition: Definition.parse(definition),
      after,
      sampleLines: (definition.samples ?? []).map(({ text }) => text),
    };
    const { version } = await client.call('saveDefinition', { body });
    context.print({ id: definition.id, version }, context.t('cli.formats.imported', { id: definition.id, version }));
    return EXIT.done;
  });
}

interface ExportOptions {
  readonly out?: string;
  readonly samples?: boolean;
}

async function exportFile(context: CommandContext, options: ExportOptions, id: string): Promise<ExitCode> {
  return await withApi(context, async ({ client }) => {
    const { definition } = await client.call('getDefinition', { params: { formatId: id } });
    const { samples, ...rest } = definition;
    const whole = options.samples === false || samples === undefined ? rest : definition;
    const text = JSON.stringify(whole, null, 2);
    if (options.out === undefined) process.stdout.write(`${text}\n`);
    else writeFileSync(options.out, `${text}\n`);
    return EXIT.done;
  });
}

async function schema(): Promise<ExitCode> {
  process.stdout.write(`${JSON.stringify(definitionJsonSchema(), null, 2)}\n`);
  return EXIT.done;
}

export function registerFormats(program: Command, t: CommandContext['t']): void {
  const formats = defineCommand(program, 'formats', t('cli.formats.about'), (command) => command, list);
  defineCommand(formats, 'check <file>', t('cli.formats.check'), (command) => command, check);
  defineCommand(formats, 'import <file>', t('cli.formats.import'), (command) => command, importFile);
  defineCommand(
    formats,
    'export <id>',
    t('cli.formats.export'),
    (command) =>
      command.option('--out <file>', t('cli.formats.out')).option('--no-samples', t('cli.formats.noSamples')),
    exportFile,
  );
  defineCommand(formats, 'schema', t('cli.formats.schema'), (command) => command, schema);
}
