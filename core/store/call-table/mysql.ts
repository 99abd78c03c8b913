/** A table of call records in MySQL or MariaDB. */
import type { FieldPacket } from 'mysql2';
import { type CallTable, CONNECT_TIMEOUT_MS, type OpenCallTable, QUERY_TIMEOUT_MS, quoted } from './call-table.ts';

/** decimal, tiny, short, long, float, double, longlong, int24, newdecimal. */
const NUMERIC_TYPES: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 5, 8, 9, 246]);

export const openMysql: OpenCallTable = async (options, socket, onLost): Promise<CallTable> => {
  const table = quoted(options.table, '`');
  const key = quoted(options.keyColumn, '`');
  // Loaded only here: who has no such source need not wait for it.
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection({
    host: options.host,
    port: options.port,
    database: options.database,
    user: options.username,
    password: options.password,
    connectTimeout: CONNECT_TIMEOUT_MS,
    stream: () => socket.setKeepAlive(true).setNoDelay(true).connect(options.port, options.host),
    charset: 'utf8mb4',
    // Nothing but one statement, and no file of this computer is ever handed over.
    multipleStatements: false,
    flags: ['-LOCAL_FILES'],
    rowsAsArray: true,
    ...(options.tls === 'off' ? {} : { ssl: { rejectUnauthorized: options.tls === 'verified' } }),
    // As the database writes them: a time must not be turned into another zone's on the way.
    typeCast: (field) => field.string('utf8'),
  });
  connection.on('error', onLost);
  await connection.query('SET SESSION TRANSACTION READ ONLY');
  const ask = async (sql: string, values: readonly (string | number)[]) => {
    const [rows, fields] = await connection.query({ sql, timeout: QUERY_TIMEOUT_MS }, [...values]);
    return { rows: Array.isArray(rows) ? rows.map(valuesOf) : [], fields };
  };
  return {
    async page(from, limit) {
      const where = from === undefined ? `${key} IS NOT NULL` : `${key} >= ?`;
      const { rows, fields } = await ask(
        `SELECT * FROM ${table} WHERE ${where} ORDER BY ${key} LIMIT ?`,
        from === undefined ? [limit] : [from, limit],
      );
      const keyType = fields.find((field) => field.name === options.keyColumn)?.columnType ?? -1;
      return { columns: fields.map(nameOf), rows, isNumericKey: NUMERIC_TYPES.has(keyType) };
    },
    async highestKey() {
      const { rows } = await ask(`SELECT max(${key}) FROM ${table}`, []);
      return rows[0]?.[0] ?? undefined;
    },
    end: () => connection.end(),
  };
};

function nameOf(field: FieldPacket): string {
  return field.name;
}

function valuesOf(row: unknown): (string | null)[] {
  if (!Array.isArray(row)) return [];
  return row.map((value: unknown) => (value === null || value === undefined ? null : String(value)));
}
