/** Options that every format understands, where the format does not define them itself. */
import i18next from 'i18next';
import type { Format } from '../../../core/api/contract.ts';
import type { FormatOption } from './option-field.tsx';

const COMMON = [
  { name: 'dateOrder', kind: 'choice', choices: ['DMY', 'MDY', 'YMD', 'YDM', 'MD', 'DM'] },
  { name: 'clock', kind: 'choice', choices: ['12h', '24h'] },
  { name: 'timeIs', kind: 'choice', choices: ['start', 'answer', 'end'] },
  { name: 'encoding', kind: 'text' },
] as const;

export function commonOptions(format: Format): readonly FormatOption[] {
  const own = new Set(format.options.map((option) => option.name));
  return COMMON.filter((option) => !own.has(option.name)).map((option) => ({
    ...option,
    choices: 'choices' in option ? [...option.choices] : undefined,
    help: {
      en: i18next.t(`sources:optionHelp.${option.name}`, { lng: 'en' }),
      vi: i18next.t(`sources:optionHelp.${option.name}`, { lng: 'vi' }),
    },
  }));
}
