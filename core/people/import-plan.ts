/**
 * What a people file would do, row by row. Reads the store, writes nothing. Rules: a row belongs to the person with its
 * employee number, else to the owner of one of its codes who has the same name, else to the only person of that name.
 * An empty cell changes nothing, and no row takes a code away from anybody.
 */
import { z } from 'zod';
import { foldText } from '../model/fold.ts';
import {
  ALWAYS_FROM,
  ALWAYS_TO,
  type AssignmentKind,
  type DatedAssignment,
  isSharedTime,
  isSharedValue,
  PEOPLE_FIELDS,
  type PeopleField,
} from '../model/people.ts';
import { type LocalDay, localSecondsOfDay } from '../model/time.ts';
import type { AssignmentRow } from '../store/assignments.ts';
import type { PersonFields, PersonRow } from '../store/people.ts';
import type { ColumnMapping } from './people-columns.ts';
import type { TableRow } from './table-file.ts';
import { type ReadValue, readValues, type ValueProblem } from './value-text.ts';

export type RowProblemKind =
  | ValueProblem
  | 'nameMissing'
  | 'nameAmbiguous'
  | 'tooLong'
  | 'emailWrong'
  | 'dateWrong'
  | 'dateOrder'
  | 'valueOwned'
  | 'valueTwice'
  | 'employeeNumberTwice'
  | 'personTwice';

/** A problem in a machine's words; `people-import.problem.<kind>` translates it. */
export interface RowProblem {
  readonly field: PeopleField;
  readonly kind: RowProblemKind;
  readonly values: Readonly<Record<string, string | number>>;
}

export interface PlannedRow {
  readonly rowNumber: number;
  /** Cells by field, as the file has them. */
  readonly values: Readonly<Partial<Record<PeopleField, string>>>;
  readonly action: 'add' | 'update' | 'same' | 'error';
  readonly problems: readonly RowProblem[];
  /** The person the row belongs to; undefined: a new one. */
  readonly personId: number | undefined;
  readonly fields: PersonFields;
  /** Names from the top, or the department that exists; undefined: no change. */
  readonly department: { readonly id: number } | { readonly path: readonly string[] } | undefined;
  readonly removed: readonly AssignmentRow[];
  readonly added: readonly Omit<DatedAssignment, 'personId'>[];
}

export interface ImportContext {
  readonly people: readonly PersonRow[];
  readonly departmentPaths: ReadonlyMap<number, readonly string[]>;
  readonly today: LocalDay;
}

type Cells = Partial<Record<PeopleField, string>>;
type Report = (field: PeopleField, kind: RowProblemKind, values?: RowProblem['values']) => void;

interface ValueUse extends Omit<DatedAssignment, 'personId'> {
  /** Person id of the store, or minus the row number of a new person. */
  readonly owner: number;
  readonly name: string;
  readonly rowNumber: number | undefined;
}

const LENGTHS: Readonly<Partial<Record<PeopleField, number>>> = {
  name: 200,
  employeeNumber: 50,
  email: 200,
  title: 200,
  notes: 2000,
};
const PATH_SEPARATOR = ' / ';
const KINDS: readonly AssignmentKind[] = ['code', 'extension'];
const email = z.email();

export function planImport(
  columns: readonly string[],
  rows: readonly TableRow[],
  mapping: ColumnMapping,
  context: ImportContext,
): readonly PlannedRow[] {
  return new Planner(context).plan(
    rows.map((row) => ({ rowNumber: row.rowNumber, cells: cellsByField(columns, row, mapping) })),
  );
}

function cellsByField(columns: readonly string[], row: TableRow, mapping: ColumnMapping): Cells {
  const cells: Cells = {};
  columns.forEach((column, i) => {
    const field = mapping[column];
    const cell = row.cells[i] ?? '';
    if (field !== undefined && cell !== '') cells[field] = cell;
  });
  return cells;
}

/** Rows of values that are found again by value; ranges are few and looked at one by one. */
class ValueUses {
  readonly #single = new Map<string, ValueUse[]>();
  readonly #ranges: ValueUse[] = [];
  readonly #all: ValueUse[] = [];

  add(use: ValueUse): void {
    this.#all.push(use);
    if (use.lastValue !== null) {
      this.#ranges.push(use);
      return;
    }
    const key = `${use.kind} ${use.value}`;
    const known = this.#single.get(key);
    if (known === undefined) this.#single.set(key, [use]);
    else known.push(use);
  }

  /** Whoever else uses a value of `wanted` on a day of it. */
  conflict(wanted: ValueUse): ValueUse | undefined {
    const candidates =
      wanted.lastValue === null
        ? [...(this.#single.get(`${wanted.kind} ${wanted.value}`) ?? []), ...this.#ranges]
        : this.#all;
    return candidates.find(
      (use) =>
        use.kind === wanted.kind &&
        use.owner !== wanted.owner &&
        isSharedValue(use, wanted) &&
        isSharedTime(use, wanted),
    );
  }
}

class Planner {
  readonly #context: ImportContext;
  readonly #byEmployeeNumber = new Map<string, PersonRow>();
  readonly #byName = new Map<string, PersonRow[]>();
  readonly #departments = new Map<string, number[]>();
  readonly #codeOwners = new Map<string, PersonRow[]>();

  constructor(context: ImportContext) {
    this.#context = context;
    for (const person of context.people) {
      if (person.employeeNumber !== null) this.#byEmployeeNumber.set(person.employeeNumber, person);
      push(this.#byName, person.name.normalize('NFC'), person);
      for (const row of person.assignments) if (row.kind === 'code') push(this.#codeOwners, row.value, person);
    }
    for (const [id, path] of context.departmentPaths) {
      push(this.#departments, departmentKey(path), id);
      if (path.length > 1) push(this.#departments, departmentKey(path.slice(-1)), id);
    }
  }

  plan(rows: readonly { readonly rowNumber: number; readonly cells: Cells }[]): readonly PlannedRow[] {
    const drafts = rows.map((row) => this.#draft(row.rowNumber, row.cells));
    this.#findDoubles(drafts);
    this.#findConflicts(drafts);
    return drafts.map((draft) => ({ ...draft, action: actionOf(draft, this.#personOf(draft)) }));
  }

  #personOf(draft: { readonly personId: number | undefined }): PersonRow | undefined {
    return draft.personId === undefined ? undefined : this.#people.get(draft.personId);
  }

  get #people(): ReadonlyMap<number, PersonRow> {
    this.#peopleById ??= new Map(this.#context.people.map((person) => [person.id, person]));
    return this.#peopleById;
  }
  #peopleById: ReadonlyMap<number, PersonRow> | undefined;

  #draft(rowNumber: number, cells: Cells) {
    const problems: RowProblem[] = [];
    const report: Report = (field, kind, values = {}) => void problems.push({ field, kind, values });
    if (cells.name === undefined) report('name', 'nameMissing');
    for (const field of PEOPLE_FIELDS) {
      const limit = LENGTHS[field];
      if (limit !== undefined && (cells[field]?.length ?? 0) > limit) report(field, 'tooLong', { limit });
    }
    if (cells.email !== undefined && !email.safeParse(cells.email).success) {
      report('email', 'emailWrong', { value: cells.email });
    }
    const read = { code: readValues(cells.code ?? ''), extension: readValues(cells.extension ?? '') };
    for (const kind of KINDS) {
      for (const value of read[kind])
        if (value.problem !== undefined) report(kind, value.problem, { value: value.text });
    }
    const person = this.#match(cells, read.code, report);
    const fields = fieldsOf(cells, person, report);
    const removed: AssignmentRow[] = [];
    const added: Omit<DatedAssignment, 'personId'>[] = [];
    for (const kind of KINDS) {
      for (const value of read[kind])
        if (value.problem === undefined) this.#assign(kind, value, person, removed, added);
    }
    return {
      rowNumber,
      values: cells,
      problems,
      personId: person?.id,
      fields,
      department: this.#department(cells.department, person),
      removed,
      added,
    };
  }

  #match(cells: Cells, codes: readonly ReadValue[], report: Report): PersonRow | undefined {
    const { employeeNumber, name } = cells;
    if (employeeNumber !== undefined) {
      const known = this.#byEmployeeNumber.get(employeeNumber);
      if (known !== undefined) return known;
    }
    if (name === undefined) return undefined;
    const isPossible = (person: PersonRow): boolean => employeeNumber === undefined || person.employeeNumber === null;
    for (const code of codes) {
      const owner = this.#codeOwners
        .get(code.value)
        ?.find((person) => isPossible(person) && foldText(person.name) === foldText(name));
      if (owner !== undefined) return owner;
    }
    const named = (this.#byName.get(name) ?? []).filter(isPossible);
    if (named.length > 1) report('name', 'nameAmbiguous', { name, count: named.length });
    return named.length === 1 ? named[0] : undefined;
  }

  #department(cell: string | undefined, person: PersonRow | undefined): PlannedRow['department'] {
    if (cell === undefined) return undefined;
    const path = cell
      .split(/\s+\/\s+/)
      .map((name) => name.trim())
      .filter((name) => name !== '');
    if (path.length === 0) return undefined;
    const found = this.#departments.get(departmentKey(path)) ?? [];
    const [id] = found;
    if (id === undefined || found.length > 1) return { path };
    return person?.departmentId === id ? undefined : { id };
  }

  /** Puts one value of a cell beside what the person has already. */
  #assign(
    kind: AssignmentKind,
    read: ReadValue,
    person: PersonRow | undefined,
    removed: AssignmentRow[],
    added: Omit<DatedAssignment, 'personId'>[],
  ): void {
    const { value, lastValue } = read;
    const { today } = this.#context;
    const own = (person?.assignments ?? []).filter((row) => row.kind === kind && isSharedValue(row, read));
    const exact = own.filter((row) => row.value === value && row.lastValue === lastValue);
    if (read.dates === undefined) {
      const isHad = own.some(
        (row) =>
          row.validFrom <= today && today < row.validTo && row.value <= value && lastOf(row) >= (lastValue ?? value),
      );
      if (isHad) return;
      added.push({ kind, value, lastValue, validFrom: own.length === 0 ? ALWAYS_FROM : today, validTo: ALWAYS_TO });
      return;
    }
    const { dates } = read;
    if (exact.some((row) => row.validFrom === dates.validFrom && row.validTo === dates.validTo)) return;
    for (const row of exact) if (isSharedTime(row, dates) && !removed.includes(row)) removed.push(row);
    added.push({ kind, value, lastValue, ...dates });
  }

  #findDoubles(drafts: readonly Draft[]): void {
    const numbers = new Map<string, number>();
    const people = new Map<number, number>();
    const names = new Map<string, number>();
    for (const draft of drafts) {
      const number = draft.values.employeeNumber;
      const row = number === undefined ? undefined : numbers.get(number);
      if (number !== undefined && row !== undefined) {
        draft.problems.push({ field: 'employeeNumber', kind: 'employeeNumberTwice', values: { value: number, row } });
        continue;
      }
      if (number !== undefined) numbers.set(number, draft.rowNumber);
      const name = draft.values.name ?? '';
      // Two new people of one name need employee numbers to be told apart, now and at the next import.
      const other =
        draft.personId !== undefined ? people.get(draft.personId) : number === undefined ? names.get(name) : undefined;
      if (other !== undefined)
        draft.problems.push({ field: 'name', kind: 'personTwice', values: { name, row: other } });
      else if (draft.personId !== undefined) people.set(draft.personId, draft.rowNumber);
      else if (number === undefined && name !== '') names.set(name, draft.rowNumber);
    }
  }

  /** Every value of the file against what the store will still hold, and against the other rows. */
  #findConflicts(drafts: readonly Draft[]): void {
    const removed = new Set(drafts.flatMap((draft) => draft.removed.map((row) => row.id)));
    const stored = new ValueUses();
    const ownRows = new Map<number, AssignmentRow[]>();
    for (const person of this.#context.people) {
      for (const row of person.assignments) {
        if (removed.has(row.id)) continue;
        stored.add({ ...row, owner: person.id, name: person.name, rowNumber: undefined });
        push(ownRows, person.id, row);
      }
    }
    const inFile = new ValueUses();
    for (const draft of drafts) {
      const owner = draft.personId ?? -draft.rowNumber;
      const mine: Omit<DatedAssignment, 'personId'>[] = [...(ownRows.get(owner) ?? [])];
      for (const row of draft.added) {
        const use = { ...row, owner, name: draft.values.name ?? '', rowNumber: draft.rowNumber };
        const text = row.lastValue === null ? row.value : `${row.value}-${row.lastValue}`;
        const held = stored.conflict(use);
        const twice = inFile.conflict(use);
        const isOwnTwice = mine.some(
          (other) => other.kind === row.kind && isSharedValue(other, row) && isSharedTime(other, row),
        );
        if (held !== undefined) {
          draft.problems.push({
            field: row.kind,
            kind: 'valueOwned',
            values: { value: text, name: held.name, from: dateOrEmpty(held.validFrom), to: dateOrEmpty(held.validTo) },
          });
        } else if (twice !== undefined || isOwnTwice) {
          draft.problems.push({
            field: row.kind,
            kind: 'valueTwice',
            values: { value: text, row: twice?.rowNumber ?? draft.rowNumber },
          });
        }
        inFile.add(use);
        mine.push(row);
      }
    }
  }
}

interface Draft extends Omit<PlannedRow, 'action' | 'problems'> {
  readonly problems: RowProblem[];
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function departmentKey(path: readonly string[]): string {
  return path.map(foldText).join(PATH_SEPARATOR);
}

function lastOf(row: Pick<DatedAssignment, 'value' | 'lastValue'>): string {
  return row.lastValue ?? row.value;
}

function dateOrEmpty(day: LocalDay): string {
  return day === ALWAYS_FROM || day === ALWAYS_TO ? '' : day;
}

function fieldsOf(cells: Cells, person: PersonRow | undefined, report: Report): PersonFields {
  const activeFrom = dayOf(cells, 'activeFrom', report) ?? person?.activeFrom ?? null;
  const activeTo = dayOf(cells, 'activeTo', report) ?? person?.activeTo ?? null;
  if (activeFrom !== null && activeTo !== null && activeTo <= activeFrom) report('activeTo', 'dateOrder');
  return {
    name: cells.name ?? person?.name ?? '',
    employeeNumber: cells.employeeNumber ?? person?.employeeNumber ?? null,
    email: cells.email ?? person?.email ?? null,
    title: cells.title ?? person?.title ?? null,
    notes: cells.notes ?? person?.notes ?? null,
    activeFrom,
    activeTo,
  };
}

/** `2026-03-01`, `01/03/2026`, `1.3.2026`, `1-3-2026`: the day always before the month, as in Viet Nam. */
function dayOf(cells: Cells, field: 'activeFrom' | 'activeTo', report: Report): LocalDay | undefined {
  const text = cells[field];
  if (text === undefined) return undefined;
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  const day =
    local === null ? text : `${local[3]}-${(local[2] ?? '').padStart(2, '0')}-${(local[1] ?? '').padStart(2, '0')}`;
  if (localSecondsOfDay(day) !== undefined) return day;
  report(field, 'dateWrong', { value: text });
  return undefined;
}

function actionOf(draft: Draft, person: PersonRow | undefined): PlannedRow['action'] {
  if (draft.problems.length > 0) return 'error';
  if (person === undefined) return 'add';
  const fields = Object.keys(draft.fields) as (keyof PersonFields)[];
  const isSame =
    fields.every((field) => draft.fields[field] === person[field]) &&
    draft.department === undefined &&
    draft.added.length === 0;
  return isSame ? 'same' : 'update';
}
