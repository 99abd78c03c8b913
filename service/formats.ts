/** Formats and their options as the command line names them, with messages that help when one is wrong. */
import { existsSync } from 'node:fs';
import { dataFilesOf } from '../core/data-files.ts';
import { findOptionFault, type OptionFault } from '../core/format-options.ts';
import { FormatCatalogue } from '../core/formats/catalogue.ts';
import { openDatabase } from '../core/store/database.ts';
import { databaseMigrations } from '../core/store/migrations/index.ts';
import { formatById, formats } from '../parsers/registry.ts';
import type { FormatDefinition, FormatOptions } from '../parsers/types.ts';
import { type CommandContext, CommandFailure, namedValues } from './command.ts';
import { EXIT } from './exit-codes.ts';

/** The site's own formats; none where the data folder holds no books yet. */
function ownFormats(context: CommandContext): readonly FormatDefinition[] {
  const { database } = dataFilesOf(context.dataFolder);
  if (!existsSync(database)) return [];
  const db = openDatabase({ path: database, migrations: databaseMigrations, now: Date.now });
  try {
    return new FormatCatalogue(db).own();
  } finally {
    db.close();
  }
}

/** Built-in formats and the site's own. */
export function knownFormats(context: CommandContext): readonly FormatDefinition[] {
  return [...formats, ...ownFormats(context)];
}

export function requireFormat(context: CommandContext, id: string): FormatDefinition {
  const format = formatById(id) ?? ownFormats(context).find((own) => own.id === id);
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
