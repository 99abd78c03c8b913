/** Formats and their options as the command line names them, with messages that help when one is wrong. */
import { isTimeZone } from '../core/model/zone-clock.ts';
import { optionsOf } from '../parsers/common-options.ts';
import { formatById } from '../parsers/registry.ts';
import type { FormatDefinition, FormatOptions, OptionDefinition } from '../parsers/types.ts';
import { type CommandContext, CommandFailure, namedValues } from './command.ts';
import { EXIT } from './exit-codes.ts';

export function requireFormat(context: CommandContext, id: string): FormatDefinition {
  const format = formatById(id);
  if (format === undefined) throw new CommandFailure(context.t('cli.unknownFormat', { id }), EXIT.wrongUse);
  return format;
}

const ENCODINGS_WITH_OTHER_NAMES = ['cp866', 'cp1251'];

function isEncoding(name: string): boolean {
  if (ENCODINGS_WITH_OTHER_NAMES.includes(name.toLowerCase())) return true;
  try {
    return new TextDecoder(name).encoding !== '';
  } catch {
    return false;
  }
}

function refusalOf(context: CommandContext, option: OptionDefinition, value: string): string | undefined {
  const { name, kind } = option;
  const choices = kind === 'boolean' ? ['true', 'false'] : option.choices;
  if (choices !== undefined && !choices.includes(value)) {
    return context.t('cli.wrongChoice', { option: name, value, choices: choices.join(', ') });
  }
  if (kind === 'number' && !/^\d+$/.test(value)) return context.t('cli.wrongValue', { option: `${name}=${value}` });
  if (name === 'encoding' && !isEncoding(value)) return context.t('cli.wrongEncoding', { value });
  if (name === 'timeZone' && !isTimeZone(value)) return context.t('cli.wrongZone', { value });
  return undefined;
}

/** Reads `name=value` pairs; a name or a value that the format does not know is refused with those it knows. */
export function readFormatOptions(
  context: CommandContext,
  format: FormatDefinition,
  pairs: readonly string[],
): FormatOptions {
  const given = namedValues(context, pairs);
  const known = optionsOf(format);
  for (const [name, value] of Object.entries(given)) {
    const option = known.find((one) => one.name === name);
    const refusal =
      option === undefined
        ? context.t('cli.unknownOption', { format: format.id, name, known: known.map((one) => one.name).join(', ') })
        : refusalOf(context, option, value);
    if (refusal !== undefined) throw new CommandFailure(refusal, EXIT.wrongUse);
  }
  return given;
}
