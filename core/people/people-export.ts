/** Writes people and codes as the file that the import reads: what goes out comes back in as it was. */
import { createTranslate, type Language } from '../i18n/translate.ts';
import { PEOPLE_FIELDS, type PeopleField } from '../model/people.ts';
import type { LocalDay } from '../model/time.ts';
import type { Database } from '../store/database.ts';
import { departmentPaths } from '../store/departments.ts';
import { listPeople, type PersonRow } from '../store/people.ts';
import { csvOfSheet } from './table-export.ts';
import { writeValues } from './value-text.ts';

export interface PeopleExportOptions {
  readonly type: 'csv' | 'xlsx';
  readonly language: Language;
  /** Decides the department that is written. */
  readonly today: LocalDay;
}

const WIDTHS: Readonly<Record<PeopleField, number>> = {
  name: 28,
  employeeNumber: 14,
  email: 30,
  title: 22,
  department: 32,
  code: 22,
  extension: 18,
  activeFrom: 14,
  activeTo: 14,
  notes: 36,
};

/** Codes stand in the file in full: the caller decides who may have it. */
export async function exportPeople(db: Database, options: PeopleExportOptions): Promise<Uint8Array> {
  const t = createTranslate(options.language);
  const headings = PEOPLE_FIELDS.map((field) => t(`people-import.column.${field}`));
  const paths = departmentPaths(db);
  const rows = listPeople(db, options.today).map((person) => cellsOf(person, paths));
  return options.type === 'csv' ? csvOfSheet([headings, ...rows]) : toXlsx(t('people-import.sheet'), headings, rows);
}

function cellsOf(person: PersonRow, paths: ReadonlyMap<number, readonly string[]>): readonly string[] {
  const cells: Record<PeopleField, string> = {
    name: person.name,
    employeeNumber: person.employeeNumber ?? '',
    email: person.email ?? '',
    title: person.title ?? '',
    department: person.departmentId === null ? '' : (paths.get(person.departmentId) ?? []).join(' / '),
    code: writeValues(person.assignments.filter((row) => row.kind === 'code')),
    extension: writeValues(person.assignments.filter((row) => row.kind === 'extension')),
    activeFrom: person.activeFrom ?? '',
    activeTo: person.activeTo ?? '',
    notes: person.notes ?? '',
  };
  return PEOPLE_FIELDS.map((field) => cells[field]);
}

async function toXlsx(
  title: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<Uint8Array> {
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 1 }] });
  // Every cell is text: a code keeps its zeros, and nothing typed by a person is ever taken for a formula.
  sheet.columns = PEOPLE_FIELDS.map((field, i) => ({
    header: headings[i] ?? field,
    width: WIDTHS[field],
    style: { numFmt: '@' },
  }));
  sheet.getRow(1).font = { bold: true };
  sheet.addRows(rows.map((row) => [...row]));
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: PEOPLE_FIELDS.length } };
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
