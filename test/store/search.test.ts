import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callIdOf } from '../../core/model/call.ts';
import { ALWAYS_FROM, ALWAYS_TO } from '../../core/model/people.ts';
import { addAssignment } from '../../core/store/assignments.ts';
import { addDepartment } from '../../core/store/departments.ts';
import { addPerson } from '../../core/store/people.ts';
import { searchDepartments, searchNumbers, searchPeople, searchValues } from '../../core/store/search.ts';
import { type CallFixture, OCTOBER, openCallFixture, plainCall } from './call-fixture.ts';

const TODAY = '2026-10-05';
const ALL = { kind: 'all' } as const;
const NOBODY_ELSE = {
  employeeNumber: null,
  email: null,
  title: null,
  notes: null,
  activeFrom: null,
  activeTo: null,
  departmentFrom: null,
};

let site: CallFixture;
let sales: number;
let hoa: number;
let dang: number;

beforeEach(() => {
  site = openCallFixture();
  sales = addDepartment(site.db, { parentId: null, name: 'Phòng Kinh doanh', code: 'KD' });
  hoa = addPerson(site.db, { ...NOBODY_ELSE, name: 'Nguyễn Thị Hoa', employeeNumber: 'NV0042', departmentId: sales });
  dang = addPerson(site.db, { ...NOBODY_ELSE, name: 'Đặng Văn Ất', departmentId: null });
  const always = { validFrom: ALWAYS_FROM, validTo: ALWAYS_TO, lastValue: null };
  addAssignment(site.db, { kind: 'code', value: '987654', personId: hoa, ...always });
  addAssignment(site.db, { kind: 'extension', value: '100', personId: dang, ...always, lastValue: '119' });
  const call = (at: number, number: string, personId: number | null, departmentId: number | null) => ({
    ...plainCall,
    id: callIdOf(1, at),
    startLocalS: OCTOBER + at,
    dialled: number,
    number,
    personId,
    departmentId,
  });
  site.put(
    call(100, '84912345678', hoa, sales),
    call(200, '84912345678', hoa, sales),
    call(300, '84912349999', hoa, sales),
    call(400, '84987000111', dang, null),
  );
});
afterEach(() => site.close());

const find = (query: string, options: Partial<Parameters<typeof searchNumbers>[2]> = {}) =>
  searchNumbers(site.db, query, { scope: ALL, seesNumbers: true, countryCode: '84', limit: 6, ...options });

describe('people, departments, codes and extensions', () => {
  const within = { scope: ALL, today: TODAY, limit: 6 };

  test('a person is found by name without marks and by employee number', () => {
    expect(searchPeople(site.db, 'nguyen hoa', within).map(({ id }) => id)).toEqual([hoa]);
    expect(searchPeople(site.db, 'dang', within).map(({ id }) => id)).toEqual([dang]);
    expect(searchPeople(site.db, 'nv0042', within)[0]?.departmentName).toBe('Phòng Kinh doanh');
  });

  test('a manager finds the people and the departments of the own department alone', () => {
    const scope = { kind: 'departments', departmentIds: [sales] } as const;
    expect(searchPeople(site.db, 'dang', { ...within, scope })).toEqual([]);
    expect(searchDepartments(site.db, 'kinh', { scope, limit: 6 }).map(({ id }) => id)).toEqual([sales]);
    expect(searchDepartments(site.db, 'kinh', { scope: { kind: 'person', personId: dang }, limit: 6 })).toEqual([]);
    expect(searchValues(site.db, '105', { ...within, scope, kind: 'extension', isWhole: false })).toEqual([]);
  });

  test('an extension inside a range finds its owner', () => {
    const [found] = searchValues(site.db, '105', { ...within, kind: 'extension', isWhole: false });
    expect(found).toMatchObject({ value: '100', lastValue: '119', personId: dang, isPresent: true });
  });

  test('a code that is kept secret is found whole and not by its first digits', () => {
    const codes = (query: string, isWhole: boolean) =>
      searchValues(site.db, query, { ...within, kind: 'code', isWhole }).map(({ personId }) => personId);
    expect(codes('9876', true)).toEqual([]);
    expect(codes('987654', true)).toEqual([hoa]);
    expect(codes('9876', false)).toEqual([hoa]);
  });
});

describe('numbers that were called', () => {
  test('are found as they are dialled at home and from abroad, by their first and by their last digits', () => {
    expect(find('0912 34')).toEqual([
      { number: '84912345678', digits: '84912345678', calls: 2 },
      { number: '84912349999', digits: '84912349999', calls: 1 },
    ]);
    expect(find('+84 912 349').map(({ number }) => number)).toEqual(['84912349999']);
    expect(find('0111').map(({ number }) => number)).toEqual(['84987000111']);
  });

  test('are those of the calls that the reader may see', () => {
    expect(find('0987', { scope: { kind: 'person', personId: hoa } })).toEqual([]);
    expect(find('0987', { scope: { kind: 'departments', departmentIds: [sales] } })).toEqual([]);
    expect(find('0912', { scope: { kind: 'person', personId: hoa } })).toHaveLength(2);
  });

  test('whoever must not see the last digits cannot find out what they are', () => {
    const hidden = { seesNumbers: false };
    expect(find('0912 34', hidden)).toEqual([{ number: '8491234••••', digits: '8491234', calls: 3 }]);
    for (const more of ['0912345', '84912345678', '84912349999', '5678', '9999']) {
      expect(find(more, hidden), more).toEqual(find(more.replace(/\d$/, '0'), hidden));
      expect(find(more, hidden), more).toEqual([]);
    }
  });
});
