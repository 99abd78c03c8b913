import { describe, expect, it } from 'vitest';
import en from '../../core/i18n/en/errors.json' with { type: 'json' };
import vi from '../../core/i18n/vi/errors.json' with { type: 'json' };
import { ERROR_CODES } from '../../core/model/errors.ts';

const placeholders = (text: string): string[] => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('error texts', () => {
  it('exist for exactly the codes there are, in both languages', () => {
    expect(Object.keys(en).sort()).toEqual([...ERROR_CODES].sort());
    expect(Object.keys(vi).sort()).toEqual([...ERROR_CODES].sort());
  });

  it.each(ERROR_CODES)('%s uses the same values in both languages and never says "we"', (code) => {
    expect(placeholders(vi[code])).toEqual(placeholders(en[code]));
    expect(en[code]).not.toMatch(/\b(we|our|us)\b/i);
    expect(vi[code]).not.toMatch(/chúng tôi/i);
    expect(vi[code]).not.toBe(en[code]);
  });
});
