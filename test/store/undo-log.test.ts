import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callIdOf } from '../../core/model/call.ts';
import { AppError } from '../../core/model/errors.ts';
import { ALWAYS_FROM, ALWAYS_TO } from '../../core/model/people.ts';
import { addAssignment } from '../../core/store/assignments.ts';
import { addDepartment, removeDepartment } from '../../core/store/departments.ts';
import { addPerson, changePerson, getPerson, removePerson } from '../../core/store/people.ts';
import { SettingsStore } from '../../core/store/settings.ts';
import { UndoLog } from '../../core/store/undo-log.ts';
import { type CallFixture, OCTOBER, openCallFixture, plainCall } from './call-fixture.ts';

const TODAY = '2026-10-05';
const PLAIN = {
  employeeNumber: null,
  email: null,
  title: null,
  notes: null,
  activeFrom: null,
  activeTo: null,
  departmentId: null,
  departmentFrom: null,
};

let site: CallFixture;
let log: UndoLog;

beforeEach(() => {
  site = openCallFixture();
  log = new UndoLog(site.db);
});
afterEach(() => site.close());

const step = (work: () => unknown): number => log.record(work).step ?? 0;
const rowsOf = (table: string): unknown => site.db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all();

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return undefined;
}

describe('taking back what was written', () => {
  test('a person comes back with codes, extensions and every earlier department', () => {
    const sales = addDepartment(site.db, { parentId: null, name: 'Kinh doanh', code: null });
    const stock = addDepartment(site.db, { parentId: null, name: 'Kho', code: null });
    const id = addPerson(site.db, { ...PLAIN, name: 'Nguyễn Thị Hoa', departmentId: sales });
    changePerson(
      site.db,
      id,
      { ...PLAIN, name: 'Nguyễn Thị Hoa', departmentId: stock, departmentFrom: '2026-06-01' },
      TODAY,
    );
    const assignment = { value: '987654', lastValue: null, personId: id, validFrom: ALWAYS_FROM, validTo: ALWAYS_TO };
    addAssignment(site.db, { kind: 'code', ...assignment });
    const tables = ['people', 'department_memberships', 'assignments'];
    const before = tables.map(rowsOf);

    const moved = step(() => changePerson(site.db, id, { ...PLAIN, name: 'Hoa', departmentId: sales }, TODAY));
    expect(getPerson(site.db, id, TODAY).name).toBe('Hoa');
    log.takeBack(moved);
    expect(tables.map(rowsOf)).toEqual(before);

    const removed = step(() => removePerson(site.db, id));
    expect(rowsOf('assignments')).toEqual([]);
    log.takeBack(removed);
    expect(tables.map(rowsOf)).toEqual(before);
  });

  test('changes made outside of a step, and steps that change nothing, leave nothing to undo', () => {
    const id = addPerson(site.db, { ...PLAIN, name: 'An' });
    expect(log.record(() => changePerson(site.db, id, { ...PLAIN, name: 'An' }, TODAY)).step).toBeUndefined();
    expect(log.changesOf(1)).toEqual([]);
  });

  test('a change that failed leaves nothing to undo', () => {
    expect(() => log.record(() => removePerson(site.db, 77))).toThrow();
    const id = step(() => addDepartment(site.db, { parentId: null, name: 'Kho', code: null }));
    expect(log.changesOf(id)).toHaveLength(1);
  });

  test('what was changed again since stays, and the answer says so', () => {
    const settings = new SettingsStore(site.db);
    settings.change({ quietMinutes: 30 });
    const first = step(() => settings.change({ quietMinutes: 45, companyName: 'Tollbook' }));
    settings.change({ quietMinutes: 50 });
    expect(codeOf(() => log.takeBack(first))).toBe('undo-conflict');
    expect(settings.get()).toMatchObject({ quietMinutes: 50, companyName: 'Tollbook' });
  });

  test('a new person who has got a code or a call since is not taken back', () => {
    let withCode = 0;
    let withCall = 0;
    const first = step(() => {
      withCode = addPerson(site.db, { ...PLAIN, name: 'An' });
    });
    const second = step(() => {
      withCall = addPerson(site.db, { ...PLAIN, name: 'Bình' });
    });
    const always = { lastValue: null, validFrom: ALWAYS_FROM, validTo: ALWAYS_TO };
    addAssignment(site.db, { kind: 'code', value: '123456', personId: withCode, ...always });
    site.put({ ...plainCall, id: callIdOf(1, 0), startLocalS: OCTOBER, personId: withCall });
    expect([first, second].map((id) => codeOf(() => log.takeBack(id)))).toEqual(['undo-conflict', 'undo-conflict']);
    expect(rowsOf('people')).toHaveLength(2);
  });

  test('a removed department does not come back over one that took its code', () => {
    const id = addDepartment(site.db, { parentId: null, name: 'Kho', code: 'K' });
    const removed = step(() => removeDepartment(site.db, id));
    addDepartment(site.db, { parentId: null, name: 'Kế toán', code: 'K' });
    expect(codeOf(() => log.takeBack(removed))).toBe('undo-conflict');
  });
});
