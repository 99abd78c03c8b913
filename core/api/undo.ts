/**
 * Undo for what people edit: routes named here are recorded row by row, and their answers carry the number of a step that
 * the same person may take back. What follows from the rows (booking, judging) follows from taking them back, too.
 */
import { isGranted, type Permission, type Viewer } from '../model/access.ts';
import { AppError } from '../model/errors.ts';
import { ALWAYS_TO } from '../model/people.ts';
import { listAssignmentsOf, scopeOf } from '../store/assignments.ts';
import { policiesInUse } from '../store/policies.ts';
import { SettingsStore, type SiteSettings } from '../store/settings.ts';
import { type RowChange, type UndoableTable, UndoLog } from '../store/undo-log.ts';
import { type RouteName, routes, UNDO_HEADER } from './contract.ts';
import type { ApiParts } from './parts.ts';
import { measureEffect } from './policy-effect.ts';
import type { AnyHandler } from './register.ts';
import { followSettings } from './routes/settings.ts';

/** Each writes before it waits for anything: what is written later belongs to no step. */
const UNDOABLE_ROUTES: ReadonlySet<RouteName> = new Set<RouteName>([
  'addPerson',
  'changePerson',
  'removePerson',
  'changePeople',
  'addDepartment',
  'changeDepartment',
  'removeDepartment',
  'applyAssignment',
  'putSettings',
  'addBudget',
  'changeBudget',
  'removeBudget',
  'copyBudgets',
  'applyPolicy',
  'putHoliday',
  'removeHoliday',
  'restoreHoliday',
  'putAlertRules',
  'putTariffChoices',
]);

const STEPS_KEPT = 50;
const KEPT_MS = 60 * 60_000;

interface Step {
  readonly id: number;
  readonly userId: number | null;
  readonly access: Permission;
  readonly atMs: number;
}

const PEOPLE_TABLES: ReadonlySet<UndoableTable> = new Set([
  'people',
  'departments',
  'department_memberships',
  'assignments',
]);

type Row = Readonly<Record<string, unknown>>;

function rowsOf(changes: readonly RowChange[], ...tables: readonly UndoableTable[]): readonly Row[] {
  return changes
    .filter(({ table }) => tables.includes(table))
    .flatMap(({ before, after }) => [before, after])
    .filter((text) => text !== null)
    .map((text) => JSON.parse(text) as Row);
}

export class Undo {
  readonly #parts: ApiParts;
  readonly #log: UndoLog;
  #steps: readonly Step[] = [];

  constructor(parts: ApiParts) {
    this.#parts = parts;
    this.#log = new UndoLog(parts.deps.db);
  }

  /** The handler of a route, recorded where its changes can be undone. */
  recorded(name: RouteName, handler: AnyHandler): AnyHandler {
    if (name === 'erasePerson') {
      return async (input) => {
        const answer = await handler(input);
        this.#forgetAll();
        return answer;
      };
    }
    if (!UNDOABLE_ROUTES.has(name)) return handler;
    return async (input) => {
      const { result, step } = this.#log.record(() => handler(input));
      const answer = await result;
      if (step !== undefined) {
        this.#keep({
          id: step,
          userId: input.viewer.userId,
          access: routes[name].access,
          atMs: this.#parts.deps.nowMs(),
        });
        input.headers.set(UNDO_HEADER, String(step));
      }
      return answer;
    };
  }

  #keep(step: Step): void {
    const isYoung = ({ atMs }: Step): boolean => step.atMs - atMs < KEPT_MS;
    const kept = [...this.#steps, step].filter(isYoung).slice(-STEPS_KEPT);
    for (const { id } of this.#steps) if (!kept.some((other) => other.id === id)) this.#log.forget(id);
    this.#steps = kept;
  }

  /** Nothing of a person stays here once it was asked to be forgotten. */
  #forgetAll(): void {
    for (const { id } of this.#steps) this.#log.forget(id);
    this.#steps = [];
  }

  /** Throws `undo-gone`, `undo-conflict`, `not-allowed`. */
  async takeBack(id: number, viewer: Viewer): Promise<void> {
    const step = this.#steps.find((other) => other.id === id && other.userId === viewer.userId);
    if (step === undefined) throw new AppError('undo-gone');
    if (!isGranted(viewer.role, step.access)) throw new AppError('not-allowed', { permission: step.access });
    const settings = new SettingsStore(this.#parts.deps.db).get();
    const changes = this.#log.takeBack(id);
    this.#steps = this.#steps.filter((other) => other !== step);
    await this.#follow(changes, settings);
  }

  async #follow(changes: readonly RowChange[], settings: SiteSettings): Promise<void> {
    const parts = this.#parts;
    const { db, ingest } = parts.deps;
    const tables = new Set(changes.map(({ table }) => table));
    if (tables.has('settings')) await followSettings(parts, settings, parts.settings.get());
    else await ingest.reload();
    if ([...tables].some((table) => PEOPLE_TABLES.has(table))) await this.#followPeople(changes);
    if (tables.has('code_policies')) {
      const days = rowsOf(changes, 'code_policies').map((row) => String(row['valid_from']));
      const { ids } = await measureEffect(db, policiesInUse(db), days.sort()[0] ?? ALWAYS_TO);
      if (ids.length > 0) await ingest.rebook({ ids });
      parts.changed('policies');
      parts.changed('calls');
    }
    if (tables.has('budgets')) parts.changed('budgets');
    if (tables.has('holidays')) parts.changed('holidays');
    if (tables.has('alert_settings')) parts.changed('alerts');
    if (tables.has('tariff_choices') || tables.has('trunk_groups')) parts.changed('tariffs');
  }

  /** Calls of everybody whose department, codes or extensions are others now. */
  async #followPeople(changes: readonly RowChange[]): Promise<void> {
    const { db, ingest } = this.#parts.deps;
    const ids = new Set(rowsOf(changes, 'department_memberships').map((row) => Number(row['person_id'])));
    const present = [...ids].flatMap((id) => [...listAssignmentsOf(db, id)]);
    const touched = rowsOf(changes, 'assignments').map((row) => ({
      kind: row['kind'] === 'code' ? ('code' as const) : ('extension' as const),
      value: String(row['value']),
      lastValue: row['last_value'] === null ? null : String(row['last_value']),
    }));
    const scope = scopeOf(db, [...present, ...touched]);
    if (scope.codes.length + scope.extensions.length > 0) {
      await ingest.rebook(scope);
      this.#parts.changed('calls');
    }
    this.#parts.changed('people');
  }
}
