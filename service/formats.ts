/** Finds a format by its id, with a message that helps when there is none. */
import { formatById } from '../parsers/registry.ts';
import type { FormatDefinition } from '../parsers/types.ts';
import { type CommandContext, CommandFailure } from './command.ts';
import { EXIT } from './exit-codes.ts';

export function requireFormat(context: CommandContext, id: string): FormatDefinition {
  const format = formatById(id);
  if (format === undefined) throw new CommandFailure(context.t('cli.unknownFormat', { id }), EXIT.wrongUse);
  return format;
}
