/** The codes that a PBX is to know on a day, with what each may call. */
import type { Band } from '../../model/call.ts';
import { bandsOf, type CallingRight, type RightHours } from '../../model/code-policy.ts';
import type { DatedAssignment } from '../../model/people.ts';
import type { LocalDay } from '../../model/time.ts';

export interface SheetCode {
  readonly code: string;
  readonly ownerName: string;
  /** Undefined: without a limit. */
  readonly right: CallingRight | undefined;
}

export interface SheetOwner {
  readonly name: string;
  readonly departmentId: number | undefined;
}

/** A range longer than this was hardly meant as so many codes for a PBX. */
const LONGEST_RANGE = 1000;

export interface SheetCodes {
  readonly codes: readonly SheetCode[];
  /** Ranges left out because they are too long. */
  readonly leftOut: number;
}

/** Finds the right of a code on the day, as judging does. */
export type RightFinder = (
  code: string,
  personId: number,
  departmentId: number | undefined,
) => CallingRight | undefined;

export function sheetCodes(
  assignments: readonly DatedAssignment[],
  day: LocalDay,
  ownerOf: (personId: number) => SheetOwner,
  rightOf: RightFinder,
): SheetCodes {
  const codes: SheetCode[] = [];
  let leftOut = 0;
  for (const row of assignments) {
    if (row.kind !== 'code' || row.validFrom > day || row.validTo <= day) continue;
    const values = valuesOf(row);
    if (values === undefined) leftOut += 1;
    const { name, departmentId } = ownerOf(row.personId);
    for (const code of values ?? [])
      codes.push({ code, ownerName: name, right: rightOf(code, row.personId, departmentId) });
  }
  codes.sort((a, b) => a.code.length - b.code.length || (a.code < b.code ? -1 : 1));
  return { codes, leftOut };
}

function valuesOf({ value, lastValue }: DatedAssignment): readonly string[] | undefined {
  if (lastValue === null) return [value];
  const count = Number(lastValue) - Number(value) + 1;
  if (count > LONGEST_RANGE) return undefined;
  return Array.from({ length: count }, (_, i) => String(Number(value) + i).padStart(value.length, '0'));
}

export function isWholeDay({ from, to }: RightHours): boolean {
  return from === to;
}

/** Every day of the week and all day long. */
export function isAlways(hours: RightHours): boolean {
  return isWholeDay(hours) && new Set(hours.weekdays).size === 7 && hours.holidays !== 'only';
}

/** Whether the right, at some hour, reaches the band; a code without a right reaches all. */
export function mayReach(right: CallingRight | undefined, band: Band): boolean {
  return right === undefined || right.hours.some((hours) => bandsOf(hours).includes(band));
}
