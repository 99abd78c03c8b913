/** A table of call records in PostgreSQL. */
import { type CallTable, CONNECT_TIMEOUT_MS, type OpenCallTable, QUERY_TIMEOUT_MS, quoted } from './call-table.ts';

/** int8, int2, int4, oid, float4, float8, numeric. */
const NUMERIC_TYPES: ReadonlySet<number> = new Set([20, 21, 23, 26, 700, 701, 1700]);

export const openPostgresql: OpenCallTable = async (options, socket, onLost): Promise<CallTable> => {
  const table = quoted(options.table, '"');
  const key = quoted(options.keyColumn, '"');
  // Loaded only here: who has no such source need not wait for it.
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    host: options.host,
    port: options.port,
    database: options.database,
    user: options.username,
    password: options.password,
    application_name: 'tollbook',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    stream: () => socket,
    ssl: options.tls === 'off' ? false : { rejectUnauthorized: options.tls === 'verified' },
    // As the database writes them: a time must not be turned into another zone's on the way.
    types: { getTypeParser: () => (value: unknown) => value },
  });
  client.on('error', onLost);
  await client.connect();
  await client.query(`SET default_transaction_read_only = on; SET statement_timeout = ${QUERY_TIMEOUT_MS}`);
  return {
    async page(from, limit) {
      const where = from === undefined ? `${key} IS NOT NULL` : `${key} >= $2`;
      const result = await client.query<(string | null)[]>({
        text: `SELECT * FROM ${table} WHERE ${where} ORDER BY ${key} LIMIT $1`,
        values: from === undefined ? [limit] : [limit, from],
        rowMode: 'array',
      });
      const keyType = result.fields.find((field) => field.name === options.keyColumn)?.dataTypeID ?? 0;
      return {
        columns: result.fields.map((field) => field.name),
        rows: result.rows,
        isNumericKey: NUMERIC_TYPES.has(keyType),
      };
    },
    async highestKey() {
      const result = await client.query<[string | null]>({
        text: `SELECT max(${key}) FROM ${table}`,
        rowMode: 'array',
      });
      return result.rows[0]?.[0] ?? undefined;
    },
    end: () => client.end(),
  };
};
