/**
 * Who has which code and extension, and where a person belongs, as dated rows. Dates are `YYYY-MM-DD`; an end is
 * exclusive; `ALWAYS_FROM` and `ALWAYS_TO` stand for "always was" and "until further notice".
 */
import type { LocalDay } from './time.ts';

export const ALWAYS_FROM: LocalDay = '0000-01-01';
export const ALWAYS_TO: LocalDay = '9999-12-31';

export const ASSIGNMENT_KINDS = ['code', 'extension'] as const;
export type AssignmentKind = (typeof ASSIGNMENT_KINDS)[number];

export interface DatedMembership {
  readonly personId: number;
  readonly departmentId: number;
  readonly validFrom: LocalDay;
  readonly validTo: LocalDay;
}

/** One code or extension, or with `lastValue` every number of the same length from `value` to it. */
export interface DatedAssignment {
  readonly kind: AssignmentKind;
  readonly value: string;
  readonly lastValue: string | null;
  readonly personId: number;
  readonly validFrom: LocalDay;
  readonly validTo: LocalDay;
}

/** Everything attribution needs to know. */
export interface DirectoryRows {
  readonly people: readonly { readonly id: number; readonly name: string }[];
  readonly memberships: readonly DatedMembership[];
  readonly assignments: readonly DatedAssignment[];
}

/** Codes and extensions whose calls have to be booked anew. */
export interface RebookScope {
  readonly codes: readonly string[];
  readonly extensions: readonly string[];
}

const DIGITS = /^\d+$/;

export function isNumberRange(first: string, last: string): boolean {
  return DIGITS.test(first) && DIGITS.test(last) && first.length === last.length && first <= last;
}

/** Does any value belong to both? A range holds numbers of its own length only, so `0200` is not in `200-219`. */
export function isSharedValue(
  a: { readonly value: string; readonly lastValue: string | null },
  b: { readonly value: string; readonly lastValue: string | null },
): boolean {
  if (a.lastValue === null && b.lastValue === null) return a.value === b.value;
  if (!DIGITS.test(a.value) || !DIGITS.test(b.value) || a.value.length !== b.value.length) return false;
  return a.value <= (b.lastValue ?? b.value) && b.value <= (a.lastValue ?? a.value);
}

export function isSharedTime(
  a: { readonly validFrom: LocalDay; readonly validTo: LocalDay },
  b: { readonly validFrom: LocalDay; readonly validTo: LocalDay },
): boolean {
  return a.validFrom < b.validTo && b.validFrom < a.validTo;
}

/** What a file of people can say of a person. */
export const PEOPLE_FIELDS = [
  'name',
  'employeeNumber',
  'email',
  'title',
  'department',
  'code',
  'extension',
  'activeFrom',
  'activeTo',
  'notes',
] as const;
export type PeopleField = (typeof PEOPLE_FIELDS)[number];
