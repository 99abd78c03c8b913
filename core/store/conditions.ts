/** Parts of a WHERE clause and the values that go with them. */

/** Directions that leave by an outside line; only these have a price. */
export const OUTBOUND = `('outgoing', 'tandem')`;

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
