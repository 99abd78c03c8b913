/** Codes and extensions of a person, in words. */
import type { Assignment, Person } from '../../../core/api/contract.ts';
import { formatLocalDay } from '../../format.ts';
import { dayBefore } from '../../site-day.ts';

export function assignmentText(assignment: Pick<Assignment, 'value' | 'lastValue'>): string {
  return assignment.lastValue === null ? assignment.value : `${assignment.value}–${assignment.lastValue}`;
}

/** Those without an end, separated by commas. */
export function presentAssignments(person: Person, kind: Assignment['kind']): string {
  return person.assignments
    .filter((assignment) => assignment.kind === kind && assignment.validTo === null)
    .map(assignmentText)
    .join(', ');
}

/** First and last valid day as `dd/MM/yyyy – dd/MM/yyyy`; the open ends in the words given. */
export function validityText(
  assignment: { readonly validFrom: string | null; readonly validTo: string | null },
  open: { readonly from: string; readonly to: string; readonly until: (day: string) => string },
): string {
  const from = assignment.validFrom === null ? open.from : formatLocalDay(assignment.validFrom);
  if (assignment.validTo === null) return `${from} – ${open.to}`;
  const last = formatLocalDay(dayBefore(assignment.validTo));
  return assignment.validFrom === null ? open.until(last) : `${from} – ${last}`;
}
