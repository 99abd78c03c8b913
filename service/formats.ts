/** Formats and their options as the command line names them, with messages that help when one is wrong. */
import { findOptionFault, type OptionFault } from '../core/format-options.ts';
import { formatById } from '../parsers/registry.ts';
import type { FormatDefinition, FormatOptions } from '../parsers/types.ts';
import { type CommandContext, CommandFailure, namedValues } from './command.ts';
import { EXIT } from './exit-codes.ts';

export function requireFormat(context: CommandContext, id: string): FormatDefinition {
  const format = formatById(id);
  if (format === undefined) throw new CommandFailure(context.t('cli.unknownFormat', { id }), EXIT.wrongUse);
  return format;
}

function refusalOf(context: CommandContext, format: FormatDefinition, fault: OptionFault, value: string): string {
  switch (fault.kind) {
    case 'unknown':
      return context.t('cli.unknownOption', { format: format.id, name: fault.name, known: fault.known.join(', ') });
    case 'choice':
      return context.t('cli.wrongChoice', { option: fault.name, value, choices: fault.choices.join(', ') });
    case 'number':
      return context.t('cli.wrongValue', { option: `${fault.name}=${value}` });
    case 'encoding':
      return context.t('cli.wrongEncoding', { value });
    case 'timeZone':
      return context.t('cli.wrongZone', { value });
    case 'day':
      return context.t('cli.wrongDay', { value });
  }
}

/** Reads `name=value` pairs; a name or a value that the format does not know is refused with those it knows. */
export function readFormatOptions(
  context: CommandContext,
  format: FormatDefinition,
  pairs: readonly string[],
): FormatOptions {
  const given = namedValues(context, pairs);
  const fault = findOptionFault(format, given);
  if (fault !== undefined) {
    throw new CommandFailure(refusalOf(context, format, fault, given[fault.name] ?? ''), EXIT.wrongUse);
  }
  return given;
}
