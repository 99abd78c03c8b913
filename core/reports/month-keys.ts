/** Names by which formulas know the tables of the month. */
export const DETAIL = 'detail';
export const EXCEPTIONS = 'exceptions';
export const CORRECTIONS = 'corrections';
