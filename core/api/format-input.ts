/** A format and its options as a page sends them: checked, with what to enter in the field that is wrong. */
import type { FormatDefinition, FormatOptions } from '../../parsers/types.ts';
import { findOptionFault, type OptionFault } from '../format-options.ts';
import type { Language, TextValues } from '../i18n/translate.ts';
import type { FieldText } from './field-message.ts';
import type { ApiParts } from './parts.ts';
import { InvalidInput } from './problem.ts';

function textOf(fault: OptionFault): readonly [FieldText, TextValues] {
  switch (fault.kind) {
    case 'unknown':
      return ['formatOptionName', { known: fault.known.join(', ') }];
    case 'choice':
      return ['formatOption', { choices: fault.choices.join(', ') }];
    case 'number':
      return ['wholeNumber', {}];
    case 'encoding':
      return ['encoding', {}];
    case 'timeZone':
      return ['timeZone', {}];
    case 'day':
      return ['day', {}];
  }
}

/** Throws InvalidInput. */
export function requireFormat(
  parts: ApiParts,
  formatId: string,
  options: FormatOptions,
  language: Language,
): FormatDefinition {
  const format = parts.formats.byId(formatId);
  if (format === undefined) throw InvalidInput.of('formatId', 'format', language);
  const fault = findOptionFault(format, options);
  if (fault === undefined) return format;
  const [text, values] = textOf(fault);
  throw InvalidInput.of(`formatOptions.${fault.name}`, text, language, values);
}
