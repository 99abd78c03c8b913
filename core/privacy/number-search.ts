/** Looking for numbers without learning more of them than one may see. */
import { AppError } from '../model/errors.ts';
import { DOT, HIDDEN_DIGITS } from '../model/masking.ts';

/** Of 84912345678 and of 024 3825 4321 this much is visible. Longer searches would mostly ask for hidden digits. */
export const SEARCHED_DIGITS = 7;

const NOISE = new RegExp(`[\\s().+/${DOT}-]`, 'g');

/**
 * The first digits, with marks for the hidden ones: the store then finds numbers of which these digits are visible, and no
 * others. Asking for the end of a number, or for all of it, is refused, so that the answer tells nothing.
 */
export function visibleNumberSearch(text: string): string {
  const digits = text.replace(NOISE, '');
  if (digits.length > SEARCHED_DIGITS) throw new AppError('number-masked', { digits: SEARCHED_DIGITS });
  return digits + DOT.repeat(HIDDEN_DIGITS);
}
