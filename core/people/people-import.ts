/**
 * Imports people and codes in two steps: a preview that writes nothing, and a confirmation that writes all of it in one
 * transaction, or none of it when a row has errors or people were changed since the preview.
 */
import { createHash } from 'node:crypto';
import { createTranslate, type Language } from '../i18n/translate.ts';
import { AppError } from '../model/errors.ts';
import type { DatedAssignment, PeopleField, RebookScope } from '../model/people.ts';
import type { LocalDay } from '../model/time.ts';
import { addAssignment, removeAssignment, scopeOf } from '../store/assignments.ts';
import type { Database } from '../store/database.ts';
import { departmentPaths, ensureDepartmentPath } from '../store/departments.ts';
import { addPerson, changePerson, getPerson, listPeople, loadDirectory, type PersonRow } from '../store/people.ts';
import { type PlannedRow, planImport, type RowProblem } from './import-plan.ts';
import { type ColumnMapping, fieldOfHeading, proposeMapping } from './people-columns.ts';
import { readTableFile, type TableRow } from './table-file.ts';

/** The API's PeopleImportPreview. */
export interface PeopleImportPreview {
  readonly importId: string;
  readonly columns: string[];
  readonly mapping: Record<string, PeopleField>;
  readonly rows: {
    readonly rowNumber: number;
    readonly values: Record<string, string>;
    readonly action: PlannedRow['action'];
    readonly errors: { readonly field: string; readonly message: string }[];
  }[];
  readonly counts: Record<PlannedRow['action'], number>;
}

export interface PeopleImportResult {
  readonly added: number;
  readonly updated: number;
  /** What ingest has to book anew. */
  readonly scope: RebookScope;
}

export interface PreviewOptions {
  readonly bytes: Uint8Array;
  readonly language: Language;
  /** Heading -> field as a person chose it; absent: proposed from the headings. */
  readonly mapping?: ColumnMapping | undefined;
}

export interface PeopleImportsOptions {
  readonly db: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The site's date. */
  readonly today: () => LocalDay;
  readonly newId: () => string;
}

interface Pending {
  readonly rows: readonly PlannedRow[];
  readonly peopleHash: string;
  readonly today: LocalDay;
  readonly expiresAtMs: number;
}

const LIFE_MS = 30 * 60 * 1000;
const PENDING_LIMIT = 8;
const HEADING_SEARCH_ROWS = 15;

export class PeopleImports {
  readonly #options: PeopleImportsOptions;
  readonly #pending = new Map<string, Pending>();

  constructor(options: PeopleImportsOptions) {
    this.#options = options;
  }

  /** Throws `too-large` or `file-not-csv-or-xlsx`. */
  async preview({ bytes, language, mapping }: PreviewOptions): Promise<PeopleImportPreview> {
    const table = headedTable(await readTableFile(bytes));
    const { db, now, today, newId } = this.#options;
    const used = mapping === undefined ? proposeMapping(table.columns) : keepKnown(mapping, table.columns);
    const day = today();
    const people = listPeople(db, day);
    const rows = planImport(table.columns, table.rows, used, {
      people,
      departmentPaths: departmentPaths(db),
      today: day,
    });
    const importId = newId();
    this.#forgetOld();
    this.#pending.set(importId, { rows, peopleHash: hashOf(db, people), today: day, expiresAtMs: now() + LIFE_MS });
    const counts = { add: 0, update: 0, same: 0, error: 0 };
    for (const row of rows) counts[row.action] += 1;
    const message = messageIn(language);
    return {
      importId,
      columns: [...table.columns],
      mapping: { ...used },
      rows: rows.map((row) => ({
        rowNumber: row.rowNumber,
        values: { ...row.values },
        action: row.action,
        errors: row.problems.map((problem) => ({ field: problem.field, message: message(problem) })),
      })),
      counts,
    };
  }

  /** Throws `import-expired` (unknown, too old, or people changed since) or `import-has-errors`; then nothing is written. */
  confirm(importId: string): PeopleImportResult {
    this.#forgetOld();
    const pending = this.#pending.get(importId);
    if (pending === undefined) throw new AppError('import-expired');
    const errors = pending.rows.filter((row) => row.action === 'error').length;
    if (errors > 0) throw new AppError('import-has-errors', { count: errors });
    const { db } = this.#options;
    const result = db
      .transaction(() => {
        if (hashOf(db, listPeople(db, pending.today)) !== pending.peopleHash) throw new AppError('import-expired');
        return write(db, pending);
      })
      .immediate();
    this.#pending.delete(importId);
    return result;
  }

  #forgetOld(): void {
    const now = this.#options.now();
    for (const [id, { expiresAtMs }] of this.#pending) if (expiresAtMs <= now) this.#pending.delete(id);
    while (this.#pending.size >= PENDING_LIMIT) {
      const [oldest] = this.#pending.keys();
      if (oldest === undefined) break;
      this.#pending.delete(oldest);
    }
  }
}

function write(db: Database, { rows, today }: Pending): PeopleImportResult {
  const touched: Pick<DatedAssignment, 'kind' | 'value' | 'lastValue'>[] = [];
  const scopes: RebookScope[] = [];
  // All old rows go before any new one comes: a code may pass from one row's person to another's.
  for (const row of rows) {
    for (const old of row.removed) removeAssignment(db, old.id);
    touched.push(...row.removed);
  }
  let added = 0;
  let updated = 0;
  for (const row of rows) {
    if (row.action === 'same') continue;
    const departmentId = departmentOf(db, row.department);
    let personId = row.personId;
    if (personId === undefined) {
      personId = addPerson(db, { ...row.fields, departmentId: departmentId ?? null, departmentFrom: null });
      added += 1;
    } else {
      const before = getPerson(db, personId, today).departmentId;
      const isMove = departmentId !== undefined && before !== null && departmentId !== before;
      scopes.push(
        changePerson(
          db,
          personId,
          { ...row.fields, departmentId: departmentId ?? before, departmentFrom: isMove ? today : null },
          today,
        ),
      );
      updated += 1;
    }
    for (const assignment of row.added) addAssignment(db, { ...assignment, personId });
    touched.push(...row.added);
  }
  scopes.push(scopeOf(db, touched));
  const scope = {
    codes: [...new Set(scopes.flatMap((part) => part.codes))],
    extensions: [...new Set(scopes.flatMap((part) => part.extensions))],
  };
  return { added, updated, scope };
}

function departmentOf(db: Database, department: PlannedRow['department']): number | undefined {
  if (department === undefined) return undefined;
  return 'id' in department ? department.id : ensureDepartmentPath(db, department.path);
}

/** People, departments and assignments as one number: differs when any of them changed. */
function hashOf(db: Database, people: readonly PersonRow[]): string {
  const state = [people, loadDirectory(db).memberships, [...departmentPaths(db)]];
  return createHash('sha256').update(JSON.stringify(state)).digest('base64');
}

function keepKnown(mapping: ColumnMapping, columns: readonly string[]): ColumnMapping {
  return Object.fromEntries(Object.entries(mapping).filter(([column]) => columns.includes(column)));
}

interface HeadedTable {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

/** The headings are the first row that names a field twice, else the first row: a title may stand above them. */
function headedTable(rows: readonly TableRow[]): HeadedTable {
  if (rows.length === 0) throw new AppError('file-not-csv-or-xlsx', { detail: 'empty' });
  const named = (row: TableRow): number => row.cells.filter((cell) => fieldOfHeading(cell) !== undefined).length;
  const found = rows.slice(0, HEADING_SEARCH_ROWS).findIndex((row) => named(row) >= 2);
  const at = Math.max(found, 0);
  return { columns: distinct(rows[at]?.cells ?? []), rows: rows.slice(at + 1) };
}

/** Headings are keys: an empty one gets its place, a second one of a name its number. */
function distinct(headings: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return headings.map((heading, i) => {
    const base = heading === '' ? `#${i + 1}` : heading;
    let name = base;
    for (let n = 2; seen.has(name); n += 1) name = `${base} (${n})`;
    seen.add(name);
    return name;
  });
}

function messageIn(language: Language): (problem: RowProblem) => string {
  const t = createTranslate(language);
  return ({ kind, values }) => {
    const text = t(`people-import.problem.${kind}`, values);
    if (kind !== 'valueOwned') return text;
    const { from, to } = values;
    if (from === '' && to === '') return text;
    return `${text} ${t('people-import.problem.ownedDates', { from: from || '…', to: to || '…' })}`;
  };
}
