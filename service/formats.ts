/** Formats and their options as the command line names them, with messages that help when one is wrong. */
import { formatById } from '../parsers/registry.ts';
import type { FormatDefinition, FormatOptions, OptionDefinition } from '../parsers/types.ts';
import { type CommandContext, CommandFailure, namedValues } from './command.ts';
import { EXIT } from './exit-codes.ts';

export function requireFormat(context: CommandContext, id: string): FormatDefinition {
  const format = formatById(id);
  if (format === undefined) throw new CommandFailure(context.t('cli.unknownFormat', { id }), EXIT.wrongUse);
  return format;
}

/** What every format understands; a format's defaults stand in `FormatDefinition.defaults`. */
const COMMON_OPTIONS = [
  {
    name: 'dateOrder',
    kind: 'choice',
    choices: ['DMY', 'MDY', 'YMD', 'YDM', 'MD', 'DM'],
    default: 'DMY',
    help: {
      en: 'Order of day, month and year in a date. A date with a day above 12 proves it.',
      vi: 'Thứ tự ngày, tháng, năm. Một ngày lớn hơn 12 sẽ cho biết chắc.',
    },
  },
  {
    name: 'clock',
    kind: 'choice',
    choices: ['12h', '24h'],
    default: '24h',
    help: { en: 'Clock of the printed times.', vi: 'Kiểu giờ được in.' },
  },
  {
    name: 'timeIs',
    kind: 'choice',
    choices: ['start', 'answer', 'end'],
    default: 'start',
    help: {
      en: 'Which moment of the call the printed time is.',
      vi: 'Giờ được in là thời điểm nào của cuộc gọi.',
    },
  },
  {
    name: 'encoding',
    kind: 'text',
    default: 'latin1',
    help: {
      en: 'Character set of names: utf-8, latin1, cp866, windows-1251, windows-1258, gbk and others.',
      vi: 'Bộ ký tự của tên: utf-8, latin1, cp866, windows-1251, windows-1258, gbk và các bộ khác.',
    },
  },
  {
    name: 'timeZone',
    kind: 'text',
    help: {
      en: 'Zone of the PBX’s clock, such as Asia/Ho_Chi_Minh. Without it: the zone of the site.',
      vi: 'Múi giờ của đồng hồ tổng đài, ví dụ Asia/Ho_Chi_Minh. Để trống: múi giờ của nơi đặt máy.',
    },
  },
] as const satisfies readonly OptionDefinition[];

/** A format's own options and the common ones it does not define itself, each with this format's default. */
export function optionsOf(format: FormatDefinition): readonly OptionDefinition[] {
  const own = new Set(format.options.map(({ name }) => name));
  const common = COMMON_OPTIONS.filter(({ name }) => !own.has(name)).map((option): OptionDefinition => {
    const usual = format.defaults[option.name] ?? ('default' in option ? option.default : undefined);
    return { ...option, ...(usual !== undefined && { default: usual }) };
  });
  return [...format.options, ...common];
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

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
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
