/** The numbering plan and the sample price list of Viet Nam were written apart: where both name a kind of number they agree. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { bandOfCategory } from '../../core/numbering/band-of-category.ts';
import { normaliseNumber } from '../../core/numbering/normalise-number.ts';
import type { NumberingSite } from '../../core/numbering/site.ts';

const haNoi: NumberingSite = {
  countryCode: '84',
  areaCode: '24',
  outsideDigits: ['9'],
  carrierCodes: [],
  extensionMaxDigits: 4,
  internationalPrefixes: ['00'],
  trunkPrefix: '0',
};
const rows = (
  parse(readFileSync(path.join(import.meta.dirname, '../../core/rating/tariffs/vietnam-2018.csv')), {
    columns: true,
  }) as Record<string, string>[]
).map((row) => ({ prefix: row['prefix'] ?? '', category: row['category'] ?? '', vi: row['destination_vi'] ?? '' }));

/** A whole number that begins with the prefix: its length is that of its kind. */
function numberWith(prefix: string): string {
  if (/^84(1[01]|801)/.test(prefix)) return prefix.padEnd(prefix.startsWith('84801') ? 8 : prefix.length, '1');
  const length = /^841[89]00/.test(prefix) ? 12 : /^842/.test(prefix) ? 12 : prefix.startsWith('84') ? 11 : 12;
  return prefix.padEnd(length, '3');
}

describe('the sample price list', () => {
  test.each(rows)('$prefix: $category ($vi)', ({ prefix, category }) => {
    const made = normaliseNumber(`+${numberWith(prefix)}`, haNoi, '2026-11-23');
    expect(made.number.startsWith(prefix)).toBe(true);
    expect(made.band).toBe(bandOfCategory(category));
  });
});
