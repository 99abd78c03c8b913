/** Definition files as the command line reads them. */
import { readFileSync } from 'node:fs';
import { importDefinition } from '../core/formats/import-definition.ts';
import type { DefinitionFile } from '../parsers/definition/definition-file.ts';
import { type CommandContext, CommandFailure, reasonOf } from './command.ts';
import { EXIT } from './exit-codes.ts';

function bytesOf(context: CommandContext, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CommandFailure(context.t('cli.noFile', { file, reason: reasonOf(error) }));
  }
}

/** A definition from a file, with what was not understood of it; a failure says every problem at its place. */
export function definitionFrom(
  context: CommandContext,
  file: string,
): { readonly definition: DefinitionFile; readonly notes: readonly string[] } {
  const { definition, problems, notes } = importDefinition(bytesOf(context, file), context.language);
  if (definition !== undefined) return { definition, notes };
  const lines = problems.map(({ path, message }) => (path === '' ? `  ${message}` : `  ${path}: ${message}`));
  throw new CommandFailure([context.t('cli.formats.wrong', { file }), ...lines].join('\n'), EXIT.needsAttention);
}
