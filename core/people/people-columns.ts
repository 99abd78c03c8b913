/** Which column of a people file is what, by its heading in Vietnamese or English, with or without marks. */
import { foldText } from '../model/fold.ts';
import { PEOPLE_FIELDS, type PeopleField } from '../model/people.ts';

/** Heading -> field. A column that is not named is not read. */
export type ColumnMapping = Readonly<Record<string, PeopleField>>;

/** Folded headings, letters and digits only, words apart by one blank. The first of each list is likeliest. */
const HEADINGS: Readonly<Record<PeopleField, readonly string[]>> = {
  name: [
    'ho ten',
    'ho va ten',
    'ten nhan vien',
    'ten nguoi dung',
    'nhan vien',
    'full name',
    'name',
    'employee name',
    'employee',
    'person',
    'ten',
  ],
  employeeNumber: [
    'ma nv',
    'ma nhan vien',
    'msnv',
    'manv',
    'so nhan vien',
    'employee number',
    'employee no',
    'employee id',
    'employee code',
    'staff id',
    'staff no',
    'emp no',
    'emp id',
    'personnel number',
  ],
  email: ['email', 'e mail', 'thu dien tu', 'dia chi email', 'email address', 'mail'],
  title: ['chuc vu', 'chuc danh', 'job title', 'title', 'position'],
  department: ['phong ban', 'bo phan', 'don vi', 'phong', 'department', 'dept', 'division', 'team', 'unit'],
  code: [
    'ma ca nhan',
    'ma so ca nhan',
    'ma goi',
    'ma goi dien',
    'ma tai khoan',
    'ma dien thoai',
    'mat ma',
    'personal code',
    'account code',
    'authorization code',
    'access code',
    'pin code',
    'code',
    'codes',
    'pin',
    'ma',
  ],
  extension: [
    'may le',
    'so may le',
    'may nhanh',
    'so may nhanh',
    'so noi bo',
    'noi bo',
    'extension',
    'extensions',
    'extension number',
    'ext',
    'ext no',
  ],
  activeFrom: [
    'ngay vao lam',
    'ngay vao',
    'ngay bat dau',
    'tu ngay',
    'start date',
    'active from',
    'valid from',
    'hire date',
    'from',
  ],
  activeTo: [
    'ngay nghi viec',
    'ngay nghi',
    'ngay ket thuc',
    'den ngay',
    'end date',
    'active to',
    'valid to',
    'leave date',
    'to',
  ],
  notes: ['ghi chu', 'notes', 'note', 'remarks', 'comment', 'comments'],
};

/** `Employee number (HR)`, `employee_number` and `employeeNumber` are the same words. */
function wordsOf(heading: string): string {
  return foldText(heading.replace(/\(.*?\)/g, ' ').replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The field a heading names; undefined when it names none. */
export function fieldOfHeading(heading: string): PeopleField | undefined {
  const words = wordsOf(heading);
  return PEOPLE_FIELDS.find((field) => HEADINGS[field].includes(words));
}

/** Each field at most once: of two columns for one field, the one with the likelier heading. */
export function proposeMapping(columns: readonly string[]): ColumnMapping {
  const rank = (column: string, field: PeopleField): number => {
    const at = HEADINGS[field].indexOf(wordsOf(column));
    return at < 0 ? HEADINGS[field].length : at;
  };
  const best = new Map<PeopleField, string>();
  for (const column of columns) {
    const field = fieldOfHeading(column);
    if (field === undefined) continue;
    const other = best.get(field);
    if (other === undefined || rank(column, field) < rank(other, field)) best.set(field, column);
  }
  return Object.fromEntries(
    columns.flatMap((column) => {
      const field = fieldOfHeading(column);
      return field !== undefined && best.get(field) === column ? [[column, field]] : [];
    }),
  );
}
