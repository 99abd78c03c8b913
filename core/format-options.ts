/** Checks the options that a person gives a format; the command line and the API say the same of the same value. */
import { optionsOf } from '../parsers/common-options.ts';
import type { FormatDefinition, FormatOptions } from '../parsers/types.ts';
import { localSecondsOfDay } from './model/time.ts';
import { isTimeZone } from './model/zone-clock.ts';

export type OptionFault =
  | { readonly kind: 'unknown'; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: 'choice'; readonly name: string; readonly choices: readonly string[] }
  | { readonly kind: 'number' | 'encoding' | 'timeZone' | 'day'; readonly name: string };

const ENCODINGS_WITH_OTHER_NAMES = ['cp866', 'cp1251'];

function isEncoding(name: string): boolean {
  if (ENCODINGS_WITH_OTHER_NAMES.includes(name.toLowerCase())) return true;
  try {
    return new TextDecoder(name).encoding !== '';
  } catch {
    return false;
  }
}

/** The first option that cannot be used, and why. An empty value means: the format's default. */
export function findOptionFault(format: FormatDefinition, options: FormatOptions): OptionFault | undefined {
  const known = optionsOf(format);
  for (const [name, value] of Object.entries(options)) {
    const option = known.find((one) => one.name === name);
    if (option === undefined) return { kind: 'unknown', name, known: known.map((one) => one.name) };
    if (value === '') continue;
    const choices = option.kind === 'boolean' ? ['true', 'false'] : option.choices;
    if (choices !== undefined && !choices.includes(value)) return { kind: 'choice', name, choices };
    if (option.kind === 'number' && !/^\d+$/.test(value)) return { kind: 'number', name };
    if (name === 'encoding' && !isEncoding(value)) return { kind: 'encoding', name };
    if (name === 'timeZone' && !isTimeZone(value)) return { kind: 'timeZone', name };
    if (name === 'firstDate' && localSecondsOfDay(value) === undefined) return { kind: 'day', name };
  }
  return undefined;
}
