/**
 * Roles of the ARIA grid pattern. Rows of the call list are placed by transform inside a scaled scroll area, which table
 * elements do not allow; the roles give screen readers the table back.
 */
export const GRID = { role: 'grid' } as const;
export const ROW_GROUP = { role: 'rowgroup' } as const;
export const ROW = { role: 'row' } as const;
export const CELL = { role: 'gridcell' } as const;
export const HEAD_CELL = { role: 'columnheader' } as const;
