/** Which rows of a price list a search shows. */
import type { StoredRate } from '../../../core/rating/tariff.ts';
import { plain } from '../../format.ts';
import type { RateRow } from './rate-edits.ts';

const words = new WeakMap<StoredRate, string>();

/** Everything of a rate that people search for, without marks and case. Kept, because each typed letter asks all rows. */
function wordsOf(rate: StoredRate): string {
  let text = words.get(rate);
  if (text === undefined) {
    const { name, nameVi, category, trunk, accessCode, period, source } = rate;
    text = plain([name, nameVi, category, trunk, accessCode, period, source].filter(Boolean).join(' '));
    words.set(rate, text);
  }
  return text;
}

/** Digits find prefixes that begin with them, or that price such a number; other texts find names and conditions. */
export function filterRows(rows: readonly RateRow[], text: string): readonly RateRow[] {
  const wanted = plain(text.trim());
  if (wanted === '') return rows;
  const digits = wanted.replaceAll(/[\s+]/g, '');
  if (/^\d+$/.test(digits)) {
    return rows.filter(
      ({ rate: { prefix } }) => prefix.startsWith(digits) || (prefix !== '' && digits.startsWith(prefix)),
    );
  }
  return rows.filter(({ rate }) => wordsOf(rate).includes(wanted));
}
