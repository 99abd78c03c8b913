/** What is handed out on the day codes change: a slip for each person, and a list for whoever programs the PBX. */
import { createTranslate, type Language } from '../i18n/translate.ts';
import { ALWAYS_TO, type DatedAssignment } from '../model/people.ts';
import type { LocalDay } from '../model/time.ts';
import type { Database } from '../store/database.ts';
import { listPeople, type PersonRow } from '../store/people.ts';
import { csvOfSheet } from './table-export.ts';

/** Codes in full: the caller decides who may have it. */
export interface CodeSlip {
  readonly personId: number;
  readonly personName: string;
  readonly employeeNumber: string | null;
  readonly departmentName: string | null;
  readonly extensions: string;
  readonly code: string;
  /** What ends on that day; empty for a first code. */
  readonly oldCodes: string;
  readonly validFrom: LocalDay;
  /** Exclusive; null: until further notice. */
  readonly validTo: LocalDay | null;
}

/** Codes that begin on the day, by department and name as the language orders them. */
export function codeSlips(db: Database, day: LocalDay, language: Language): readonly CodeSlip[] {
  const collator = new Intl.Collator(language, { numeric: true });
  return listPeople(db, day)
    .flatMap((person) => slipsOf(person, day))
    .sort(
      (a, b) =>
        collator.compare(a.departmentName ?? '', b.departmentName ?? '') ||
        collator.compare(a.personName, b.personName),
    );
}

function slipsOf(person: PersonRow, day: LocalDay): CodeSlip[] {
  const codes = person.assignments.filter((row) => row.kind === 'code');
  const extensions = person.assignments.filter((row) => row.kind === 'extension' && holdsOn(row, day));
  const ended = codes.filter((row) => row.validTo === day);
  return codes
    .filter((row) => row.validFrom === day)
    .map((row) => ({
      personId: person.id,
      personName: person.name,
      employeeNumber: person.employeeNumber,
      departmentName: person.departmentName,
      extensions: extensions.map(rangeText).join(', '),
      code: rangeText(row),
      oldCodes: ended.map(rangeText).join(', '),
      validFrom: day,
      validTo: row.validTo === ALWAYS_TO ? null : row.validTo,
    }));
}

const holdsOn = (row: DatedAssignment, day: LocalDay): boolean => row.validFrom <= day && day < row.validTo;

function rangeText(row: Pick<DatedAssignment, 'value' | 'lastValue'>): string {
  return row.lastValue === null ? row.value : `${row.value}-${row.lastValue}`;
}

const COLUMNS = [
  'name',
  'employeeNumber',
  'department',
  'extensions',
  'oldCode',
  'newCode',
  'validFrom',
  'validTo',
] as const;

export function codeListCsv(slips: readonly CodeSlip[], language: Language): Uint8Array {
  const t = createTranslate(language);
  const rows = slips.map((slip) => [
    slip.personName,
    slip.employeeNumber ?? '',
    slip.departmentName ?? '',
    slip.extensions,
    slip.oldCodes,
    slip.code,
    slip.validFrom,
    slip.validTo ?? '',
  ]);
  return csvOfSheet([COLUMNS.map((column) => t(`hygiene.column.${column}`)), ...rows]);
}
