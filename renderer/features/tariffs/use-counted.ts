import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';

/** Values of a text that counts: the number for its grammar, and as it is written. */
export function useCounted(): (count: number) => { readonly count: number; readonly number: string } {
  const language = useLanguage();
  return (count) => ({ count, number: formatCount(count, language) });
}
