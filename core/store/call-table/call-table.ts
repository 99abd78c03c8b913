/** The table of call records in somebody else's database: only ever read, in the order of one column. */

import type { Socket } from 'node:net';

export interface CallTableOptions {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly username: string;
  readonly password: string;
  readonly tls: 'off' | 'encrypted' | 'verified';
  /** `table` or `schema.table`. */
  readonly table: string;
  readonly keyColumn: string;
}

export interface TablePage {
  readonly columns: readonly string[];
  /** Values as the database writes them; null where there is none. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** The key column holds numbers: they compare as numbers. */
  readonly isNumericKey: boolean;
}

export interface CallTable {
  /** Rows whose key is at least `from` (absent: all that have one), by key, at most `limit`. */
  page(from: string | undefined, limit: number): Promise<TablePage>;
  /** The highest key there is. */
  highestKey(): Promise<string | undefined>;
  end(): Promise<void>;
}

/** `socket` is not connected yet. Whoever destroys it ends all that is under way at once. */
export type OpenCallTable = (
  options: CallTableOptions,
  socket: Socket,
  onLost: (error: Error) => void,
) => Promise<CallTable>;

export const CONNECT_TIMEOUT_MS = 15_000;
export const QUERY_TIMEOUT_MS = 60_000;

const IDENTIFIER = /^[A-Za-z_][\w$]*$/;

/** Quoted for SQL. Throws where a name could be anything but a name; the form has said so before. */
export function quoted(name: string, quote: '"' | '`'): string {
  return name
    .split('.')
    .map((part) => {
      if (!IDENTIFIER.test(part)) throw new Error(`not a name: ${part}`);
      return `${quote}${part}${quote}`;
    })
    .join('.');
}
