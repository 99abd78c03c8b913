/** Digits of what a PBX printed as dialled: without separators, pauses and what was keyed after them. */
import type { NumberNote } from './site.ts';

export interface CleanedNumber {
  readonly digits: string;
  readonly hasPlus: boolean;
  readonly isFeatureCode: boolean;
  /** Last digits printed as X; they stand as zeros in `digits`. */
  readonly hiddenDigits: number;
  readonly notes: readonly NumberNote[];
}

/** Digits dialled before a pause that still belong to the number: an outside-line digit or a carrier code. */
const LONGEST_LEAD = 5;
const SEPARATORS = /[\s.()/-]/g;
const ONLY_DIGITS = /^\d+$/;
/** An X behind a whole number introduces an extension; several, or one at the end, hide digits. */
const EXTENSION_MARK = /^(\d{7,})x\d{1,6}$/i;

export function cleanDialled(dialled: string): CleanedNumber {
  if (ONLY_DIGITS.test(dialled)) {
    return { digits: dialled, hasPlus: false, isFeatureCode: false, hiddenDigits: 0, notes: [] };
  }
  const text = dialled.trim().replace(SEPARATORS, '');
  const isFeatureCode = /^[*#]/.test(text);
  const hasPlus = text.startsWith('+');
  const body = hasPlus ? text.slice(1) : text;
  const withExtension = EXTENSION_MARK.exec(body)?.[1];
  if (withExtension !== undefined) {
    return { digits: withExtension, hasPlus, isFeatureCode, hiddenDigits: 0, notes: ['tail-cut'] };
  }
  const notes: NumberNote[] = [];
  let digits = '';
  let hiddenDigits = 0;
  for (const char of body) {
    const isDigit = char >= '0' && char <= '9';
    if (char === 'x' || char === 'X' || (isDigit && hiddenDigits > 0)) {
      hiddenDigits += 1;
      digits += '0';
    } else if (isDigit) digits += char;
    else if (digits.length > LONGEST_LEAD) {
      notes.push('tail-cut');
      break;
    }
  }
  if (hiddenDigits > 0) notes.push('digits-hidden');
  return { digits, hasPlus, isFeatureCode, hiddenDigits, notes };
}
