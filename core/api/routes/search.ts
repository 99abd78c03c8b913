/** One field for everything: who is it, whose code or extension is it, was this number called. */
import { isGranted } from '../../model/access.ts';
import { maskCode, showCode } from '../../model/masking.ts';
import { searchDepartments, searchNumbers, searchPeople, searchValues } from '../../store/search.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import { siteToday } from '../site-today.ts';

const PER_KIND = 6;
const NUMBER_FROM_DIGITS = 3;

export function searchRoutes(parts: ApiParts): Pick<Handlers, 'search'> {
  const { db } = parts.deps;
  return {
    search: ({ query: { q }, viewer }) => {
      const { scope, role, seesNumbers } = viewer;
      const within = { scope, today: siteToday(parts), limit: PER_KIND };
      const mask = viewer.seesCodes ? parts.mask() : maskCode;
      const isNumberLike = /^[\d\s().+*#/-]+$/.test(q) && q.replace(/\D/g, '').length >= NUMBER_FROM_DIGITS;
      const value = q.replace(/\s/g, '');
      const isWhole = mask !== showCode;
      const codes = searchValues(db, value, { ...within, kind: 'code', isWhole });
      const extensions = searchValues(db, value, { ...within, kind: 'extension', isWhole: false });
      const { countryCode } = parts.settings.get();
      return {
        people: searchPeople(db, q, within).map(({ id, name, employeeNumber, departmentName }) => ({
          id,
          name,
          employeeNumber,
          departmentName,
        })),
        departments: isGranted(role, 'read-people') ? [...searchDepartments(db, q, within)] : [],
        values: [
          ...codes.map((row) => ({
            ...row,
            value: mask(row.value),
            lastValue: row.lastValue === null ? null : mask(row.lastValue),
          })),
          ...extensions,
        ],
        numbers: isNumberLike ? [...searchNumbers(db, q, { scope, seesNumbers, countryCode, limit: PER_KIND })] : [],
      };
    },
  };
}
