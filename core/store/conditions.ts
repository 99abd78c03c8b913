/** Parts of a WHERE clause and the values that go with them. */

/** Directions that leave by an outside line. */
export const OUTBOUND = `('outgoing', 'tandem')`;

/**
 * Calls that a bill counts, on rows with `direction` and `rating`: those that leave by an outside line, and incoming ones
 * that the called side pays for (a number of its own whose tariff prices them).
 */
export function chargeable(alias?: string): string {
  const column = (name: string): string => (alias === undefined ? name : `${alias}.${name}`);
  const isPriced = `${column('direction')} = 'incoming' AND ${column('rating')} <> 'not-chargeable'`;
  return `(${column('direction')} IN ${OUTBOUND} OR (${isPriced}))`;
}

export type Value = string | number;

/** Joined by AND; none of them finds everything. */
export interface Conditions {
  readonly sql: string[];
  readonly values: Value[];
}

export function add(conditions: Conditions, sql: string, ...values: Value[]): void {
  conditions.sql.push(sql);
  conditions.values.push(...values);
}

export function where(conditions: Conditions): string {
  return conditions.sql.length === 0 ? '' : `WHERE ${conditions.sql.join(' AND ')}`;
}
