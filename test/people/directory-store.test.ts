import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildDirectory } from '../../core/attribution/directory.ts';
import { AppError } from '../../core/model/errors.ts';
import { applyAssignmentChange, previewAssignmentChange } from '../../core/people/assignment-change.ts';
import { findOwners } from '../../core/store/assignments.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import {
  addDepartment,
  changeDepartment,
  departmentPaths,
  ensureDepartmentPath,
  listDepartments,
  removeDepartment,
} from '../../core/store/departments.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { addPerson, changePerson, listPeople, loadDirectory, removePerson } from '../../core/store/people.ts';
import { putCall, type StoredCallFacts } from './put-call.ts';

const TODAY = '2026-03-10';

function personNamed(name: string, more: Partial<Parameters<typeof addPerson>[1]> = {}) {
  return {
    name,
    employeeNumber: null,
    email: null,
    title: null,
    notes: null,
    activeFrom: null,
    activeTo: null,
    departmentId: null,
    departmentFrom: null,
    ...more,
  };
}

function failure(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}

describe('people, departments and assignments', () => {
  let folder: string;
  let db: Database;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollbook-people-'));
    db = openDatabase({ path: join(folder, 'tollbook.db'), migrations: databaseMigrations, now: () => 0 });
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const give = (
    personId: number,
    kind: 'code' | 'extension',
    value: string,
    from?: string,
    to?: string,
    last?: string,
  ) =>
    applyAssignmentChange(db, {
      action: 'add',
      personId,
      assignment: { kind, value, lastValue: last ?? null, validFrom: from ?? null, validTo: to ?? null },
    });
  const call = (facts: StoredCallFacts): void => putCall(db, facts);

  it('finds people by part of the name with or without marks, and by a whole code only', () => {
    const id = addPerson(db, personNamed('Đặng Thuỷ Tiên'));
    give(id, 'code', '4711');
    const found = (text: string): number => listPeople(db, TODAY, { text }).length;
    expect([found('dang thuy'), found('Thuỷ'), found('ĐẶNG'), found('4711')]).toEqual([1, 1, 1, 1]);
    expect([found('471'), found('dung')]).toEqual([0, 0]);
  });

  it('refuses a department below itself and the removal of one in use, saying by what', () => {
    const top = addDepartment(db, { parentId: null, name: 'Kinh doanh', code: 'KD' });
    const below = addDepartment(db, { parentId: top, name: 'Miền Nam', code: null });
    addPerson(db, personNamed('Lan', { departmentId: below }));
    expect(failure(() => changeDepartment(db, top, { parentId: below, name: 'x', code: null }))).toMatchObject({
      code: 'department-cycle',
      values: { name: 'Kinh doanh', parent: 'Miền Nam' },
    });
    expect(failure(() => changeDepartment(db, top, { parentId: top, name: 'x', code: null })).code).toBe(
      'department-cycle',
    );
    expect(failure(() => removeDepartment(db, top))).toMatchObject({
      code: 'department-in-use',
      values: { departments: 1, people: 0 },
    });
    expect(failure(() => removeDepartment(db, below)).values).toMatchObject({ people: 1 });
    expect(failure(() => addDepartment(db, { parentId: null, name: 'y', code: 'KD' })).code).toBe('conflict');
    const empty = addDepartment(db, { parentId: top, name: 'Trống', code: '' });
    removeDepartment(db, empty);
    expect(listDepartments(db, TODAY).map((d) => [d.name, d.peopleCount])).toEqual([
      ['Kinh doanh', 0],
      ['Miền Nam', 1],
    ]);
  });

  it('makes only the missing parts of a department path', () => {
    const first = ensureDepartmentPath(db, ['A', 'B']);
    expect(ensureDepartmentPath(db, ['A', 'B'])).toBe(first);
    const other = ensureDepartmentPath(db, ['A', 'C']);
    expect(departmentPaths(db).get(other)).toEqual(['A', 'C']);
    expect(listDepartments(db, TODAY)).toHaveLength(3);
  });

  it('refuses a code somebody else has in that time, with the name, value and dates of the other', () => {
    const [lan, minh] = [addPerson(db, personNamed('Lan')), addPerson(db, personNamed('Minh'))];
    give(lan, 'code', '1234', '2026-01-01', '2026-06-01');
    expect(failure(() => give(minh, 'code', '1234', '2026-05-31'))).toMatchObject({
      code: 'code-overlap',
      values: { name: 'Lan', value: '1234', validFrom: '2026-01-01', validTo: '2026-06-01' },
    });
    give(minh, 'code', '1234', '2026-06-01');
    give(minh, 'extension', '1234');
    expect(findOwners(db, 'code', '1234').map((owner) => owner.personName)).toEqual(['Minh', 'Lan']);
  });

  it('refuses ranges that share a number, and keeps numbers of other lengths apart', () => {
    const [lan, minh] = [addPerson(db, personNamed('Lan')), addPerson(db, personNamed('Minh'))];
    give(lan, 'extension', '200', undefined, undefined, '219');
    expect(failure(() => give(minh, 'extension', '205'))).toMatchObject({
      code: 'extension-overlap',
      values: { value: '200-219', name: 'Lan' },
    });
    expect(failure(() => give(minh, 'extension', '190', undefined, undefined, '200')).code).toBe('extension-overlap');
    give(minh, 'extension', '0205');
    give(minh, 'extension', '20#');
    give(minh, 'extension', '220', undefined, undefined, '229');
    expect(failure(() => give(minh, 'extension', '300', undefined, undefined, '29')).code).toBe('invalid-input');
    expect(failure(() => give(minh, 'extension', '300', '2026-02-01', '2026-02-01')).code).toBe('invalid-input');
    expect(findOwners(db, 'extension', '219').map((owner) => owner.personName)).toEqual(['Lan']);
  });

  it('keeps the department of the past when a person moves, and leaves it alone when only the e-mail changes', () => {
    const [a, b] = [ensureDepartmentPath(db, ['A']), ensureDepartmentPath(db, ['B'])];
    const lan = addPerson(db, personNamed('Lan', { departmentId: a }));
    give(lan, 'code', '1234');
    const moved = changePerson(db, lan, personNamed('Lan', { departmentId: b, departmentFrom: '2026-03-01' }), TODAY);
    expect(moved.codes).toEqual(['1234']);
    const mailed = changePerson(db, lan, personNamed('Lan', { departmentId: b, email: 'lan@example.com' }), TODAY);
    expect(mailed).toEqual({ codes: [], extensions: [] });
    const directory = buildDirectory(loadDirectory(db));
    const on = (day: number) =>
      directory.attribute({ code: '1234', extension: undefined, direction: 'outgoing', day }).departmentId;
    const march = Date.UTC(2026, 2, 1) / 86_400_000;
    expect([on(march - 1), on(march)]).toEqual([a, b]);
  });

  it('refuses to remove a person with calls', () => {
    const lan = addPerson(db, personNamed('Lan', { employeeNumber: 'NV01' }));
    expect(failure(() => addPerson(db, personNamed('Minh', { employeeNumber: 'NV01' })))).toMatchObject({
      code: 'conflict',
      values: { name: 'Lan', field: 'employeeNumber' },
    });
    call({ start: '2026-03-02T08:00:00', code: '1234', personId: lan, reason: 'code' });
    expect(failure(() => removePerson(db, lan))).toMatchObject({ code: 'person-in-use', values: { calls: 1 } });
    const minh = addPerson(db, personNamed('Minh'));
    give(minh, 'code', '1');
    removePerson(db, minh);
    expect(findOwners(db, 'code', '1')).toEqual([]);
  });

  it('says which calls of open months a change moves, without writing, then names what to book anew', () => {
    const lan = addPerson(db, personNamed('Lan'));
    db.prepare("INSERT INTO closed_months (month, closed_at_ms) VALUES ('2026-01', 0)").run();
    for (const start of ['2026-01-15T09:00:00', '2026-02-28T23:59:59', '2026-03-01T00:00:00', '2026-03-05T10:00:00']) {
      call({ start, code: '1234', reason: 'unknown-code', chargeMicro: 500_000_000n });
    }
    call({ start: '2026-03-05T10:00:00', extension: '205', reason: 'no-code', chargeMicro: 1n });
    call({ start: '2026-03-05T10:00:00', extension: '205', code: '99', reason: 'unknown-code' });
    const change = {
      action: 'add',
      personId: lan,
      assignment: { kind: 'code', value: '1234', lastValue: null, validFrom: '2026-03-01', validTo: null },
    } as const;
    // The call of February goes from "unknown code" to "code not valid": it moves too.
    const expected = {
      calls: 3,
      firstDay: '2026-02-28',
      lastDay: '2026-03-05',
      charges: [{ currency: 'VND', amountMicro: 1_500_000_000n }],
    };
    expect(previewAssignmentChange(db, change)).toEqual(expected);
    expect(findOwners(db, 'code', '1234')).toEqual([]);
    const applied = applyAssignmentChange(db, change);
    expect(applied.effect).toEqual(expected);
    expect(applied.scope).toEqual({ codes: ['1234'], extensions: [] });
    expect(previewAssignmentChange(db, { action: 'remove', assignmentId: applied.assignmentId }).calls).toBe(0);

    const range = give(lan, 'extension', '200', undefined, undefined, '219');
    expect(range.effect).toMatchObject({ calls: 1, charges: [{ amountMicro: 1n }] });
    expect(range.scope).toEqual({ codes: [], extensions: ['205'] });
  });

  it('moves an assignment to another person and keeps one owner at a time', () => {
    const [lan, minh] = [addPerson(db, personNamed('Lan')), addPerson(db, personNamed('Minh'))];
    const { assignmentId } = give(lan, 'code', '77', undefined, '2026-03-01');
    give(minh, 'code', '77', '2026-03-01');
    const longer = { action: 'change', assignmentId, validFrom: null, validTo: '2026-03-02' } as const;
    expect(failure(() => previewAssignmentChange(db, longer)).values).toMatchObject({ name: 'Minh' });
    call({ start: '2026-02-02T10:00:00', code: '77', personId: lan, reason: 'code' });
    const moved = applyAssignmentChange(db, {
      action: 'change',
      assignmentId,
      personId: minh,
      validFrom: null,
      validTo: '2026-03-01',
    });
    expect(moved.effect.calls).toBe(1);
    expect(failure(() => applyAssignmentChange(db, { action: 'remove', assignmentId: 999 })).code).toBe('not-found');
  });
});
