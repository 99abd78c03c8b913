/** Which rows of a price list a search shows. */
import type { StoredRate } from '../../../core/rating/tariff.ts';
import { plain } from '../../format.ts';
import type { RateRow } from './rate-edits.ts';

const NOBODY: ReadonlySet<number> = new Set();
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

/**
 * Digits find prefixes that begin with them, or that price such a number; other texts find names and conditions. `kept`
 * are rows that stay in any case.
 */
export function filterRows(
  rows: readonly RateRow[],
  text: string,
  kept: ReadonlySet<number> = NOBODY,
): readonly RateRow[] {
  const wanted = plain(text.trim());
  if (wanted === '') return rows;
  const digits = wanted.replaceAll(/[\s+]/g, '');
  const fits = /^\d+$/.test(digits)
    ? ({ prefix }: StoredRate): boolean => prefix.startsWith(digits) || (prefix !== '' && digits.startsWith(prefix))
    : (rate: StoredRate): boolean => wordsOf(rate).includes(wanted);
  return rows.filter(({ id, rate }) => kept.has(id) || fits(rate));
}
