/** The columns that the list of people can have. */
import type { ReactNode } from 'react';
import type { Person } from '../../../core/api/contract.ts';
import { formatLocalDay } from '../../format.ts';
import { presentAssignments } from './assignments.ts';

interface PeopleColumn {
  readonly key: string;
  readonly width: string;
  readonly className?: string;
  readonly textOf: (person: Person) => string;
}

export const PEOPLE_COLUMNS = [
  { key: 'name', width: 'minmax(130px, 1.6fr)', textOf: ({ name }) => name },
  { key: 'department', width: 'minmax(110px, 1.4fr)', textOf: ({ departmentName }) => departmentName ?? '' },
  {
    key: 'codes',
    width: 'minmax(70px, 1fr)',
    className: 'tb-code',
    textOf: (person) => presentAssignments(person, 'code'),
  },
  {
    key: 'extensions',
    width: 'minmax(70px, 0.9fr)',
    className: 'tb-num',
    textOf: (person) => presentAssignments(person, 'extension'),
  },
  {
    key: 'employeeNumber',
    width: 'minmax(80px, 1.1fr)',
    className: 'tb-num',
    textOf: ({ employeeNumber }) => employeeNumber ?? '',
  },
  { key: 'title', width: 'minmax(80px, 1.1fr)', textOf: ({ title }) => title ?? '' },
  { key: 'email', width: 'minmax(120px, 1.3fr)', textOf: ({ email }) => email ?? '' },
  { key: 'activeFrom', width: '92px', className: 'tb-num', textOf: ({ activeFrom }) => dayText(activeFrom) },
  { key: 'activeTo', width: '92px', className: 'tb-num', textOf: ({ activeTo }) => dayText(activeTo) },
] as const satisfies readonly PeopleColumn[];

function dayText(day: string | null): string {
  return day === null ? '' : formatLocalDay(day);
}

export type PeopleColumnKey = (typeof PEOPLE_COLUMNS)[number]['key'];

export const PEOPLE_COLUMN_KEYS: readonly PeopleColumnKey[] = PEOPLE_COLUMNS.map(({ key }) => key);
export const USUAL_PEOPLE_COLUMNS: readonly PeopleColumnKey[] = [
  'name',
  'department',
  'codes',
  'extensions',
  'employeeNumber',
  'title',
];

export function peopleColumn(key: PeopleColumnKey): PeopleColumn {
  const found = PEOPLE_COLUMNS.find((column) => column.key === key);
  if (found === undefined) throw new Error(`no column ${key}`);
  return found;
}

export function peopleCell(key: PeopleColumnKey, person: Person): ReactNode {
  const text = peopleColumn(key).textOf(person);
  return text === '' ? <span className="tb-faint">–</span> : text;
}
