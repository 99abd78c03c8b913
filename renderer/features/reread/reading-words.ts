/** Options of a format in the reader's words, as the form calls them. */
import { textOr } from '../../language.ts';

export function optionsText(options: Readonly<Record<string, string>>): string {
  return Object.entries(options)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => {
      const label = textOr(`sources:option.${name}`, {}, name);
      return `${label}: ${textOr(`sources:optionChoice.${name}.${value}`, {}, value)}`;
    })
    .join('; ');
}
