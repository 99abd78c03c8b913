/** Codes that somebody would try first. Pure text: who owns the code is told by the caller. */
import type { WeakReason } from '../../model/code-finding.ts';

/** What is guessed next after 1111 and 1234; a code of these alone is no open door. */
const LESSER: ReadonlySet<WeakReason> = new Set<WeakReason>(['palindrome', 'date', 'extension']);

export function isBadlyWeak(reasons: readonly WeakReason[]): boolean {
  return reasons.some((reason) => !LESSER.has(reason));
}

const FIRST_YEAR = 1940;
const LAST_YEAR = 2030;
const DAYS_OF_MONTH = 31;
const MONTHS = 12;
/** Lines straight down, up and across the keypad. */
const KEYPAD: ReadonlySet<string> = new Set([
  '1470',
  '0741',
  '2580',
  '0852',
  '3690',
  '0963',
  '147258',
  '258369',
  '159357',
  '357159',
  '147369',
  '14789',
  '12369',
]);
const PALINDROME_FROM = 4;
const RUN_FROM = 3;

/** Why the digits themselves are easy to guess; empty: they are not. */
export function patternReasons(code: string): readonly WeakReason[] {
  const found: WeakReason[] = [];
  const isRepeated = code.length > 1 && /^(.)\1+$/.test(code);
  if (isRepeated) found.push('repeated');
  else if (/^(.+)\1+$/.test(code) || /^(?:(.)\1){2,}$/.test(code)) found.push('pairs');
  if (!isRepeated && isPalindrome(code)) found.push('palindrome');
  if (isRun(code)) found.push('run');
  if (isDate(code)) found.push('date');
  if (KEYPAD.has(code)) found.push('keypad');
  return found;
}

/** What is known of a code's owner and of the site's extensions. */
export interface CodeSurroundings {
  readonly shortestDigits: number;
  readonly employeeNumber: string | null;
  isOwnExtension(code: string): boolean;
  isExtension(code: string): boolean;
}

export function weakReasons(code: string, around: CodeSurroundings): readonly WeakReason[] {
  const found: WeakReason[] = code.length < around.shortestDigits ? ['short'] : [];
  found.push(...patternReasons(code));
  if (around.isOwnExtension(code)) found.push('own-extension');
  else if (around.isExtension(code)) found.push('extension');
  if (isNumberOf(code, around.employeeNumber)) found.push('employee-number');
  return found;
}

/** `NV0042` gives 0042 and 42. */
function isNumberOf(code: string, employeeNumber: string | null): boolean {
  const digits = (employeeNumber ?? '').replace(/\D/g, '');
  return digits !== '' && (code === digits || code === digits.replace(/^0+(?=.)/, ''));
}

function isPalindrome(code: string): boolean {
  return code.length >= PALINDROME_FROM && [...code].every((digit, i) => digit === code.charAt(code.length - 1 - i));
}

/** 1234, 4321, 7890, 2468: the same step from each digit to the next. */
function isRun(code: string): boolean {
  if (code.length < RUN_FROM || !/^\d+$/.test(code)) return false;
  const stepAt = (i: number): number => (Number(code[i + 1]) - Number(code[i]) + 10) % 10;
  const step = stepAt(0);
  if (step !== 1 && step !== 2 && step !== 8 && step !== 9) return false;
  for (let i = 1; i + 1 < code.length; i += 1) if (stepAt(i) !== step) return false;
  return true;
}

function isYear(text: string): boolean {
  const year = Number(text);
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

function isDayAndMonth(day: string, month: string): boolean {
  return Number(day) >= 1 && Number(day) <= DAYS_OF_MONTH && Number(month) >= 1 && Number(month) <= MONTHS;
}

/** A year, or a whole date as it is written here: day, month, year. */
function isDate(code: string): boolean {
  if (!/^\d+$/.test(code)) return false;
  const part = (from: number, length: number): string => code.slice(from, from + length);
  switch (code.length) {
    case 4:
      return isYear(code);
    case 6:
      return isDayAndMonth(part(0, 2), part(2, 2)) && (isYear(`19${part(4, 2)}`) || isYear(`20${part(4, 2)}`));
    case 8:
      return (
        (isDayAndMonth(part(0, 2), part(2, 2)) && isYear(part(4, 4))) ||
        (isDayAndMonth(part(6, 2), part(4, 2)) && isYear(part(0, 4)))
      );
    default:
      return false;
  }
}
