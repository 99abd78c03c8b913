/**
 * New codes for many people from one day on: a preview that writes nothing, then all of it in one transaction. The old
 * codes end that day and the new ones begin, as dated assignments like any other; nothing else is kept.
 */
import { AppError } from '../model/errors.ts';
import { ALWAYS_TO, type RebookScope } from '../model/people.ts';
import type { LocalDay } from '../model/time.ts';
import type { CodeRequest, CodeResult } from '../policy/code-generator.ts';
import {
  type AssignmentRow,
  addAssignment,
  changeAssignment,
  getAssignment,
  listAssignments,
  listAssignmentsOf,
} from '../store/assignments.ts';
import type { Database } from '../store/database.ts';
import { callsSince, distinctOfCalls } from '../store/hygiene.ts';
import { listPeople, type PersonRow } from '../store/people.ts';

export type RenewalChoice =
  | { readonly who: 'all' }
  | { readonly who: 'department'; readonly departmentId: number }
  | { readonly who: 'people'; readonly personIds: readonly number[] };

export interface RenewalInput {
  readonly choice: RenewalChoice;
  /** First day of the new codes; today or later. */
  readonly day: LocalDay;
  readonly digits: number;
  readonly mayStartWithZero: boolean;
  /** People without a code get one, too. */
  readonly isForCodeless: boolean;
}

export interface RenewalRow {
  readonly person: PersonRow;
  readonly old: readonly AssignmentRow[];
  readonly newCode: string;
  /** The new code ends when the last of the old ones would have ended. */
  readonly validTo: LocalDay;
}

/** `left`: no longer here on the day. `codeless`: has no code to renew. `planned`: gets another code on or after the day. */
export type SkipReason = 'left' | 'codeless' | 'planned';

export interface RenewalPreview {
  readonly renewalId: string;
  readonly rows: readonly RenewalRow[];
  readonly skipped: readonly { readonly person: PersonRow; readonly reason: SkipReason }[];
  /** Calls since the day with codes that would end: only when the day is today. */
  readonly callsSince: number;
}

export interface CodeRenewalsOptions {
  readonly db: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The site's date. */
  readonly today: () => LocalDay;
  readonly newId: () => string;
  readonly generate: (request: CodeRequest) => CodeResult;
  /** A whole number from 0 to below the limit, from a source nobody can foresee. */
  readonly random: (limit: number) => number;
}

interface Pending {
  readonly day: LocalDay;
  readonly rows: readonly RenewalRow[];
  readonly expiresAtMs: number;
}

const LIFE_MS = 30 * 60 * 1000;
const PENDING_LIMIT = 8;

export class CodeRenewals {
  readonly #options: CodeRenewalsOptions;
  readonly #pending = new Map<string, Pending>();

  constructor(options: CodeRenewalsOptions) {
    this.#options = options;
  }

  /** Throws `invalid-input` (a day that is over), `not-found` (a person) or `codes-do-not-fit`. */
  preview(input: RenewalInput): RenewalPreview {
    const { db, now, today, newId } = this.#options;
    if (input.day < today()) throw new AppError('invalid-input', { field: 'day', value: input.day });
    const { chosen, skipped } = this.#sort(input);
    const codes = this.#newCodes(chosen.length, input);
    const rows = chosen.map(({ person, old }, i): RenewalRow => {
      const ends = old.map((row) => row.validTo).sort();
      return { person, old, newCode: codes[i] ?? '', validTo: ends.at(-1) ?? ALWAYS_TO };
    });
    const renewalId = newId();
    this.#forgetOld();
    this.#pending.set(renewalId, { day: input.day, rows, expiresAtMs: now() + LIFE_MS });
    return { renewalId, rows, skipped, callsSince: sum(callsSince(db, oldCodes(rows), input.day)) };
  }

  /** Throws `renewal-expired` (unknown, too old, or codes were changed since); then nothing is written. */
  apply(renewalId: string): { readonly people: number; readonly day: LocalDay; readonly scope: RebookScope } {
    this.#forgetOld();
    const pending = this.#pending.get(renewalId);
    const { db, today } = this.#options;
    if (pending === undefined || pending.day < today()) throw new AppError('renewal-expired');
    const { day, rows } = pending;
    db.transaction(() => {
      for (const row of rows) write(db, row, day);
    }).immediate();
    this.#pending.delete(renewalId);
    const codes = [...callsSince(db, [...oldCodes(rows), ...rows.map((row) => row.newCode)], day).keys()];
    return { people: rows.length, day, scope: { codes, extensions: [] } };
  }

  #sort({ choice, day, isForCodeless }: RenewalInput) {
    const chosen: { person: PersonRow; old: readonly AssignmentRow[] }[] = [];
    const skipped: { person: PersonRow; reason: SkipReason }[] = [];
    for (const person of peopleOf(this.#options.db, choice, this.#options.today())) {
      const codes = person.assignments.filter((row) => row.kind === 'code');
      const old = codes.filter((row) => row.validFrom < day && day < row.validTo);
      if (person.activeTo !== null && person.activeTo < day) skipped.push({ person, reason: 'left' });
      else if (codes.some((row) => row.validFrom >= day)) skipped.push({ person, reason: 'planned' });
      else if (old.length === 0 && !isForCodeless) skipped.push({ person, reason: 'codeless' });
      else chosen.push({ person, old });
    }
    return { chosen, skipped };
  }

  #newCodes(count: number, { digits, mayStartWithZero }: RenewalInput): readonly string[] {
    const { db, generate, random } = this.#options;
    if (count === 0) return [];
    const numbers = listPeople(db, this.#options.today()).map((person) =>
      (person.employeeNumber ?? '').replace(/\D/g, ''),
    );
    const result = generate({
      count,
      digits,
      mayStartWithZero,
      keepAwayFrom: listAssignments(db),
      // What was dialled by mistake once will be dialled again.
      refused: [...numbers, ...distinctOfCalls(db, 'code'), ...distinctOfCalls(db, 'extension')],
      random,
    });
    if (!result.isDone) throw new AppError('codes-do-not-fit', { count, digits, fits: result.fits });
    return result.codes;
  }

  #forgetOld(): void {
    const nowMs = this.#options.now();
    for (const [id, pending] of this.#pending) if (pending.expiresAtMs <= nowMs) this.#pending.delete(id);
    for (const id of [...this.#pending.keys()].slice(0, -(PENDING_LIMIT - 1))) this.#pending.delete(id);
  }
}

function peopleOf(db: Database, choice: RenewalChoice, today: LocalDay): readonly PersonRow[] {
  switch (choice.who) {
    case 'all':
      return listPeople(db, today);
    case 'department':
      return listPeople(db, today, { departmentId: choice.departmentId });
    case 'people': {
      const known = new Map(listPeople(db, today).map((person) => [person.id, person]));
      return [...new Set(choice.personIds)].map((id) => {
        const person = known.get(id);
        if (person === undefined) throw new AppError('not-found', { what: 'person', id });
        return person;
      });
    }
  }
}

function oldCodes(rows: readonly RenewalRow[]): string[] {
  return rows.flatMap((row) => row.old.filter((one) => one.lastValue === null).map((one) => one.value));
}

function sum(counts: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

function write(db: Database, { person, old, newCode, validTo }: RenewalRow, day: LocalDay): void {
  for (const before of old) {
    const now = storedRow(db, before);
    changeAssignment(db, before.id, { ...now, validTo: day });
  }
  const isPlanned = listAssignmentsOf(db, person.id).some((row) => row.kind === 'code' && row.validTo > day);
  if (isPlanned) throw new AppError('renewal-expired');
  addAssignment(db, { kind: 'code', value: newCode, lastValue: null, personId: person.id, validFrom: day, validTo });
}

/** The row as it was seen in the preview; somebody may have changed or removed it since. */
function storedRow(db: Database, before: AssignmentRow): AssignmentRow {
  let now: AssignmentRow;
  try {
    now = getAssignment(db, before.id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') throw new AppError('renewal-expired', {}, error);
    throw error;
  }
  const keys = ['value', 'lastValue', 'personId', 'validFrom', 'validTo'] as const;
  if (keys.some((key) => now[key] !== before[key])) throw new AppError('renewal-expired');
  return now;
}
