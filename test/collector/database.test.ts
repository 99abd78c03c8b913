import { createServer, connect as dial, Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SourceConfig } from '../../core/model/source-config.ts';
import { openMysql } from '../../core/store/call-table/mysql.ts';
import { openPostgresql } from '../../core/store/call-table/postgresql.ts';
import { asteriskTable } from '../../parsers/asterisk/asterisk-table.ts';
import { createStreamParser } from '../../parsers/parse-stream.ts';
import { type DatabaseServer, startMariadb, startPostgresql } from '../support/database-servers.ts';
import { Rig, until } from './rig.ts';

type Database = Extract<SourceConfig, { kind: 'database' }>;

const COLUMNS = 'calldate, clid, src, dst, duration, billsec, disposition, accountcode, uniqueid, userfield';
const HEADING = `${COLUMNS.replaceAll(', ', ',')}`;

interface Engine {
  readonly engine: Database['engine'];
  readonly defaultPort: number;
  readonly key: string;
  readonly start: () => Promise<DatabaseServer>;
  readonly prepare: string;
}

const COLUMN_TYPES = `clid varchar(80), src varchar(80), dst varchar(80), duration int, billsec int,
  disposition varchar(45), accountcode varchar(20), uniqueid varchar(32), userfield varchar(255)`;

const ENGINES: readonly Engine[] = [
  {
    engine: 'postgresql',
    defaultPort: 5432,
    key: 'id bigserial PRIMARY KEY',
    start: startPostgresql,
    prepare: `CREATE USER reader PASSWORD 'read-only'; CREATE USER stranger PASSWORD 'x';
      CREATE TABLE cdr (calldate timestamp, ${COLUMN_TYPES}); GRANT SELECT ON cdr TO reader;
      CREATE TABLE numbered (id bigserial PRIMARY KEY, src varchar(80)); GRANT SELECT ON numbered TO reader;`,
  },
  {
    engine: 'mysql',
    defaultPort: 3306,
    key: 'id bigint AUTO_INCREMENT PRIMARY KEY',
    start: startMariadb,
    prepare: `CREATE DATABASE postgres; USE postgres;
      CREATE TABLE cdr (calldate datetime, ${COLUMN_TYPES}) DEFAULT CHARSET utf8mb4;
      CREATE TABLE numbered (id bigint AUTO_INCREMENT PRIMARY KEY, src varchar(80));
      CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'read-only'; GRANT SELECT ON postgres.* TO reader@'127.0.0.1';
      CREATE USER stranger@'127.0.0.1' IDENTIFIED BY 'x'; GRANT SELECT ON postgres.numbered TO stranger@'127.0.0.1';`,
  },
];

describe.each(ENGINES)('the call table of a real $engine server', ({ engine, start, prepare }) => {
  let server: DatabaseServer;
  let rig: Rig;
  const run = (sql: string): void => server.sql(engine === 'mysql' ? `USE postgres; ${sql}` : sql);
  const insert = (at: string, src: string, uniqueid: string, more = "'1234', 'plain'"): void => {
    const [accountcode = "''", userfield = "''"] = more.split(', ');
    run(
      `INSERT INTO cdr (${COLUMNS}) VALUES
       ('${at}', '"Lan" <${src}>', '${src}', '0901234567', 12, 10, 'ANSWERED', ${accountcode}, '${uniqueid}', ${userfield});`,
    );
  };
  const config = (change: Partial<Database> = {}): Database => ({
    kind: 'database',
    engine,
    host: '127.0.0.1',
    port: server.port,
    database: 'postgres',
    username: 'reader',
    password: 'read-only',
    tls: 'off',
    table: 'cdr',
    keyColumn: 'calldate',
    pollSeconds: 1,
    fromStart: true,
    ...change,
  });
  const line = (at: string, src: string, uniqueid: string, more = '1234,plain'): string => {
    const [accountcode, userfield] = more.split(',');
    return `${at},"""Lan"" <${src}>",${src},0901234567,12,10,ANSWERED,${accountcode},${uniqueid},${userfield}\n`;
  };
  const sources = (text: string): string[] => [...text.matchAll(/,(\d{3}),0901234567/g)].map((match) => match[1] ?? '');

  beforeAll(async () => {
    server = await start();
    server.sql(prepare);
  }, 60_000);
  afterAll(() => server.end());
  beforeEach(() => {
    rig = new Rig();
    run('DELETE FROM cdr; DELETE FROM numbered;');
  });
  afterEach(() => rig.end());

  it('is read as CSV under a heading of its column names, times as they stand there', async () => {
    insert('2026-11-23 10:00:00', '101', '1763866800.1');
    insert('2026-11-23 10:05:00', '102', '1763867100.2', "NULL, 'Nguyễn'");
    await rig.configure([config()]);
    const first = line('2026-11-23 10:00:00', '101', '1763866800.1');
    const second = line('2026-11-23 10:05:00', '102', '1763867100.2', ',Nguyễn');
    await until(() => Buffer.from(rig.text(), 'latin1').toString() === `${HEADING}\n${first}${second}`);
    expect(rig.status()).toMatchObject({ state: 'open', problem: null, connections: 1 });
    insert('2026-11-23 10:06:00', '103', '1763867160.3');
    await until(() => sources(rig.text()).length === 3);
    const parser = createStreamParser(asteriskTable, {});
    const kinds = [...parser.push(rig.text()), ...parser.end()].map(({ outcome }) => outcome.kind);
    expect(kinds).toEqual(['noise', 'call', 'call', 'call']);
    // One heading for one connection.
    expect(rig.text().split(HEADING)).toHaveLength(2);
  });

  it('holds up no stop when the database falls silent in the middle, and is read on afterwards', async () => {
    const taken: Socket[] = [];
    let isSilent = false;
    const proxy = createServer((inside) => {
      const outside = dial(server.port, '127.0.0.1');
      for (const [from, to] of [
        [inside, outside],
        [outside, inside],
      ] as const) {
        taken.push(from);
        from.on('error', () => undefined);
        from.on('data', (bytes) => isSilent || to.write(bytes));
      }
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', () => resolve()));
    const address = proxy.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    insert('2026-11-23 10:00:00', '101', '1763866800.1');
    await rig.configure([config({ port })]);
    await until(() => sources(rig.text()).length === 1);
    isSilent = true;
    // A question is under way now, and will get no answer.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await rig.configure([config({ port })], false);
    for (const socket of taken) socket.destroy();
    isSilent = false;
    insert('2026-11-23 10:01:00', '102', '1763866860.2');
    await rig.configure([config({ port })]);
    await until(() => sources(rig.text()).length === 2);
    expect(sources(rig.text())).toEqual(['101', '102']);
    await rig.configure([]);
    for (const socket of taken) socket.destroy();
    proxy.close();
  }, 30_000);

  it('goes on after a restart where it was, in the same stream, with the heading again', async () => {
    insert('2026-11-23 10:00:00', '101', '1');
    await rig.configure([config()]);
    await until(() => sources(rig.text()).length === 1);
    await rig.restart();
    insert('2026-11-23 10:00:00', '102', '2');
    await rig.configure([config()]);
    await until(() => sources(rig.text()).join() === '101,102');
    expect(rig.text().split(HEADING)).toHaveLength(3);
    expect(rig.reader.streams(1)).toHaveLength(1);
  });

  it('finds a row that became visible late, and takes two equal rows for two calls', async () => {
    insert('2026-11-23 10:05:00', '102', '2');
    await rig.configure([config()]);
    await until(() => sources(rig.text()).join() === '102');
    insert('2026-11-23 10:01:00', '101', '1');
    insert('2026-11-23 10:05:00', '102', '2');
    await until(() => sources(rig.text()).length === 3);
    expect(sources(rig.text()).sort().join()).toBe('101,102,102');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(sources(rig.text())).toHaveLength(3);
  });

  it('reads only what comes from now on where that is wanted', async () => {
    insert('2026-11-23 10:00:00', '101', '1');
    insert('2026-11-23 10:04:00', '102', '2');
    await rig.configure([config({ fromStart: false })]);
    await until(() => rig.status()?.state === 'open');
    insert('2026-11-23 10:04:30', '103', '3');
    await until(() => sources(rig.text()).join() === '103');
    expect(rig.text().startsWith(HEADING)).toBe(true);
  });

  it('reads thousands of rows by a numeric key, each once, though many have the same time', async () => {
    const values = Array.from({ length: 5200 }, (_, n) => `('${n}')`).join();
    run(`INSERT INTO numbered (src) VALUES ${values};`);
    const many = Array.from({ length: 2500 }, (_, n) => `('2026-11-23 10:00:00', '${n}')`).join();
    run(`INSERT INTO cdr (calldate, src) VALUES ${many};`);
    await rig.configure([config({ table: 'numbered', keyColumn: 'id' }), config()]);
    const rows = (id: number): string[] => rig.text(id).trimEnd().split('\n').slice(1);
    await until(() => rows(1).length === 5200 && rows(2).length === 2500, 20_000);
    expect(rows(1).map((row) => Number(row.split(',')[1]))).toEqual(Array.from({ length: 5200 }, (_, n) => n));
    expect(new Set(rows(2)).size).toBe(2500);
    run("INSERT INTO numbered (src) VALUES ('one more');");
    await until(() => rows(1).at(-1)?.endsWith(',one more') === true);
    expect(rows(1)).toHaveLength(5201);
  });

  it('goes on when the server was gone', async () => {
    insert('2026-11-23 10:00:00', '101', '1');
    await rig.configure([config()]);
    await until(() => sources(rig.text()).length === 1);
    await server.stop();
    await until(() => rig.status()?.state === 'failed');
    await server.start();
    insert('2026-11-23 10:01:00', '102', '2');
    await until(() => sources(rig.text()).join() === '101,102', 20_000);
  }, 40_000);

  it('says what is wrong: password, right, table, column, port; and never the password', async () => {
    await rig.configure([
      config({ password: 'wrong-password' }),
      config({ username: 'stranger', password: 'x' }),
      config({ table: 'nothing_here' }),
      config({ keyColumn: 'nothing_here' }),
      config({ port: 1 }),
    ]);
    const codes = ['login-rejected', 'database-no-right', 'database-refused', 'database-refused', 'host-refused'];
    for (const [n, code] of codes.entries()) await until(() => rig.status(n + 1)?.problem?.code === code);
    expect(JSON.stringify(rig.events)).not.toMatch(/wrong-password|read-only'/);
  });

  it('speaks TLS where that is wanted, and does not trust a certificate of nobody', async () => {
    insert('2026-11-23 10:00:00', '101', '1');
    await rig.configure([config({ tls: 'encrypted' }), config({ tls: 'verified' })]);
    await until(() => sources(rig.text(1)).length === 1);
    await until(() => rig.status(2)?.problem?.code === 'certificate-refused');
    expect(rig.text(2)).toBe('');
  });

  it('takes nothing for a table that is not its name', async () => {
    const open = engine === 'mysql' ? openMysql : openPostgresql;
    await expect(open({ ...config(), table: 'cdr; DROP TABLE cdr' }, new Socket(), () => undefined)).rejects.toThrow(
      /not a name/,
    );
    await expect(open({ ...config(), keyColumn: 'id"' }, new Socket(), () => undefined)).rejects.toThrow(/not a name/);
  });
});

it.each(['postgresql', 'mysql'] as const)(
  'a host that takes connections and says nothing holds up no stop (%s)',
  async (engine) => {
    const rig = new Rig();
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const where = {
      host: '127.0.0.1',
      port,
      database: 'd',
      username: 'u',
      password: 'p',
      table: 'cdr',
      keyColumn: 'id',
    };
    await rig.configure([{ kind: 'database', engine, ...where, tls: 'off', pollSeconds: 1, fromStart: true }]);
    await until(() => sockets.length === 1);
    await rig.configure([]);
    expect(rig.reader.streams(1)).toEqual([]);
    await rig.end();
    for (const socket of sockets) socket.destroy();
    server.close();
    // Less than the quarter of a minute that an answer is waited for.
  },
  10_000,
);
