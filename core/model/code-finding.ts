/** Words of what the rules about personal codes find (core/policy/hygiene). */

/**
 * Stable words, worst first.
 * - `guessing`: many different wrong codes from one telephone.
 * - `leaver-code`: a code whose (last) owner had left was dialled.
 * - `two-places`: one code at two sites sooner than anybody travels.
 * - `two-telephones`: one code on two telephones at the same time.
 * - `withdrawn-code`: the code had an owner before, and none on that day.
 * - `early-code`: the code was dialled before its first day.
 * - `open-leaver-code`: somebody who left still has a valid code.
 * - `unknown-code`: nobody has ever had the code.
 * - `weak-code`: easy to guess.
 * - `many-telephones`: one code from many telephones on one day: perhaps passed round.
 * - `near-codes`: a slip of the finger away from somebody else's code.
 * - `mistyping-telephone`, `mistyped-code`: often dialled wrong, from one telephone or by one person.
 * - `never-used`, `idle-code`: nobody dials it.
 */
export const FINDING_KINDS = [
  'guessing',
  'leaver-code',
  'two-places',
  'two-telephones',
  'withdrawn-code',
  'early-code',
  'open-leaver-code',
  'unknown-code',
  'weak-code',
  'many-telephones',
  'near-codes',
  'mistyping-telephone',
  'mistyped-code',
  'never-used',
  'idle-code',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** `alarm`: look today. `warning`: put it right. `note`: good to know, or a guess. */
export const SEVERITIES = ['alarm', 'warning', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** `range`: a whole range of numbers is one person's code, so each of them opens a line. */
export const WEAK_REASONS = [
  'short',
  'repeated',
  'run',
  'pairs',
  'palindrome',
  'date',
  'keypad',
  'own-extension',
  'extension',
  'employee-number',
  'range',
] as const;
export type WeakReason = (typeof WEAK_REASONS)[number];

/** New codes have so many digits. */
export const CODE_DIGITS_MIN = 3;
export const CODE_DIGITS_MAX = 8;
