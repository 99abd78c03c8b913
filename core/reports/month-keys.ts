/** Names by which formulas know the sheets of the month. */
export const SUMMARY = 'summary';
export const DEPARTMENT = 'department';
export const PERSON = 'person';
export const DETAIL = 'detail';
export const EXTENSION = 'extension';
export const TRUNK = 'trunk';
export const EXCEPTIONS = 'exceptions';
export const CORRECTIONS = 'corrections';
export const CHECK = 'check';
export const SOURCES = 'sources';
