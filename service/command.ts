/** What every command shares: common options, translated messages, text or JSON output, and one way to fail. */
import path from 'node:path';
import type { Command } from 'commander';
import { createTranslate, LANGUAGES, type Language, type Translate } from '../core/i18n/translate.ts';
import { AppError } from '../core/model/errors.ts';
import { fromSqliteError } from '../core/store/database.ts';
import { defaultDataFolder } from './data-folder.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

export interface CommandContext {
  readonly t: Translate;
  readonly language: Language;
  readonly isJson: boolean;
  readonly dataFolder: string;
  /** Result on standard output: the JSON value, or the text. */
  print(value: unknown, text: string): void;
  /** Progress and remarks on standard error; nothing with --json. */
  remark(text: string): void;
}

/** Ends a command with a message that is already translated. */
export class CommandFailure extends Error {
  readonly exitCode: ExitCode;
  /** The error code of the API where the message is one of its own. */
  readonly code: string;

  constructor(message: string, exitCode: ExitCode = EXIT.failed, code = 'command') {
    super(message);
    this.name = 'CommandFailure';
    this.exitCode = exitCode;
    this.code = code;
  }
}

/** `vi` where the computer speaks Vietnamese, else `en`. */
export function systemLanguage(env: NodeJS.ProcessEnv = process.env): Language {
  const named = env['TOLLBOOK_LANGUAGE'] ?? env['LC_ALL'] ?? env['LC_MESSAGES'] ?? env['LANG'];
  const locale = named ?? Intl.DateTimeFormat().resolvedOptions().locale;
  return locale.toLowerCase().startsWith('vi') ? 'vi' : 'en';
}

export interface CommonOptions {
  readonly json?: boolean;
  readonly language?: string;
  readonly data?: string;
}

function contextOf(options: CommonOptions): CommandContext {
  const language = options.language === 'vi' || options.language === 'en' ? options.language : systemLanguage();
  const isJson = options.json === true;
  return {
    t: createTranslate(language),
    language,
    isJson,
    // The keychain and the lock know a folder by its whole path, wherever the command was given.
    dataFolder: path.resolve(options.data ?? defaultDataFolder()),
    print: (value, text) => {
      process.stdout.write(isJson ? `${JSON.stringify(value)}\n` : text === '' ? '' : `${text}\n`);
    },
    remark: (text) => {
      if (!isJson) process.stderr.write(`${text}\n`);
    },
  };
}

/** What the operating system says, without its code words: `no such file or directory`. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^[A-Z]+: ([^,]+), /.exec(message)?.[1] ?? message;
}

interface Explained {
  readonly message: string;
  /** An error code of the API, or `command`. */
  readonly code: string;
  readonly exitCode: ExitCode;
}

function explain(error: unknown, context: CommandContext): Explained {
  const { t } = context;
  if (error instanceof CommandFailure) return { message: error.message, code: error.code, exitCode: error.exitCode };
  const file = error instanceof Error && 'path' in error ? String(error.path) : undefined;
  const known = fromSqliteError(file ?? context.dataFolder, error);
  const exitCode = EXIT.failed;
  if (known instanceof AppError)
    return { message: t(`errors.${known.code}`, known.values), code: known.code, exitCode };
  const reason = reasonOf(error);
  if (file !== undefined) return { message: t('cli.cannotOpen', { file, reason }), code: 'command', exitCode };
  return { message: t('cli.unexpected', { detail: reason }), code: 'internal', exitCode };
}

/** A command with `--json`, `--language` and `--data`; its action gets the context first. */
export function defineCommand<Arguments extends unknown[], Options extends object>(
  parent: Command,
  nameAndArguments: string,
  about: string,
  shape: (command: Command) => Command,
  action: (context: CommandContext, options: Options, ...args: Arguments) => Promise<ExitCode>,
): Command {
  const t = createTranslate(systemLanguage());
  const command = shape(parent.command(nameAndArguments).description(about))
    .option('--json', t('cli.json'))
    .option('--language <code>', t('cli.language'))
    .option('--data <folder>', t('cli.data', { folder: defaultDataFolder() }));
  command.action(async (...received: unknown[]) => {
    const options = command.optsWithGlobals<CommonOptions & Options>();
    const context = contextOf(options);
    try {
      if (options.language !== undefined) choice(context, '--language', options.language, LANGUAGES);
      // Commander appends the options and the command itself to the positional arguments.
      process.exitCode = await action(context, options, ...(received.slice(0, -2) as Arguments));
    } catch (error) {
      const { message, code, exitCode } = explain(error, context);
      process.stderr.write(context.isJson ? `${JSON.stringify({ error: { code, message } })}\n` : `${message}\n`);
      process.exitCode = exitCode;
    }
  });
  return command;
}

/** A whole number option between two bounds, or a failure that says so. */
export function wholeNumber(
  context: CommandContext,
  option: string,
  text: string | undefined,
  bounds: { readonly low: number; readonly high: number; readonly fallback: number },
): number {
  if (text === undefined) return bounds.fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= bounds.low && value <= bounds.high)) {
    throw new CommandFailure(
      context.t('cli.wrongNumber', { option, low: bounds.low, high: bounds.high, value: text }),
      EXIT.wrongUse,
    );
  }
  return value;
}

/** One of a few words; the first when none is given. */
export function choice<T extends string>(
  context: CommandContext,
  option: string,
  value: string | undefined,
  allowed: readonly [T, ...T[]],
): T {
  const found = value === undefined ? allowed[0] : allowed.find((one) => one === value);
  if (found !== undefined) return found;
  const choices = allowed.join(', ');
  throw new CommandFailure(context.t('cli.wrongChoice', { option, value: value ?? '', choices }), EXIT.wrongUse);
}

/** Reads repeated `name=value` options. */
export function namedValues(context: CommandContext, pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new CommandFailure(context.t('cli.wrongOption', { option: pair }), EXIT.wrongUse);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** Collects a repeatable option. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
