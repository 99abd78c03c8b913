/** Codes and extensions of a person, in words. */
import type { Assignment, Person } from '../../../core/api/contract.ts';
import { formatLocalDay } from '../../format.ts';

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

/** Days of validity as `dd/MM/yyyy – dd/MM/yyyy`; the open ends in the words given. */
export function validityText(
  assignment: { readonly validFrom: string | null; readonly validTo: string | null },
  open: { readonly from: string; readonly to: string },
): string {
  const from = assignment.validFrom === null ? open.from : formatLocalDay(assignment.validFrom);
  const to = assignment.validTo === null ? open.to : formatLocalDay(assignment.validTo);
  return `${from} – ${to}`;
}
