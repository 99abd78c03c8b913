/** Real database servers for the tests, each in a folder of its own on a port of its own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface DatabaseServer {
  readonly port: number;
  /** Runs SQL as the owner of everything. */
  sql(text: string): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  end(): Promise<void>;
}

const POSTGRESQL = '/usr/lib/postgresql';
const isRoot = process.getuid?.() === 0;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address !== null && typeof address === 'object' ? address.port : 0;
}

async function untilRuns(ask: () => void): Promise<void> {
  for (let n = 0; ; n += 1) {
    try {
      ask();
      return;
    } catch (error) {
      if (n > 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function ended(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await exit;
}

/** PostgreSQL refuses to run as root; Debian's package brings an account for it. */
export async function startPostgresql(): Promise<DatabaseServer> {
  const [newest] = readdirSync(POSTGRESQL).sort().reverse();
  const program = (name: string): string => join(POSTGRESQL, newest ?? '', 'bin', name);
  const asOwner = (file: string, args: readonly string[]): readonly [string, string[]] =>
    isRoot ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', file, ...args]] : [file, [...args]];
  const folder = mkdtempSync(join(tmpdir(), 'tollbook-postgresql-'));
  if (isRoot) execFileSync('chown', ['postgres', folder]);
  const data = join(folder, 'data');
  const certificate = join(folder, 'server.crt');
  const key = join(folder, 'server.key');
  makeCertificate(certificate, key);
  if (isRoot) execFileSync('chown', ['postgres', key, certificate]);
  chmodSync(key, 0o600);
  execFileSync(...asOwner(program('initdb'), ['-D', data, '-U', 'owner', '-A', 'trust', '--no-sync']), {
    stdio: 'ignore',
  });
  // Whoever is not the owner needs a password.
  const access = 'host all owner 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n';
  writeFileSync(join(data, 'pg_hba.conf'), access);
  const port = await freePort();
  let child: ChildProcess | undefined;
  const sql = (text: string): void => {
    const args = ['-h', '127.0.0.1', '-p', String(port), '-U', 'owner', '-v', 'ON_ERROR_STOP=1', '-q', 'postgres'];
    execFileSync(program('psql'), args, { input: text, stdio: ['pipe', 'ignore', 'ignore'] });
  };
  const start = async (): Promise<void> => {
    const settings = { port, listen_addresses: '127.0.0.1', fsync: 'off', unix_socket_directories: '', ssl: 'on' };
    const files = { ssl_cert_file: certificate, ssl_key_file: key };
    const args = Object.entries({ ...settings, ...files }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    child = spawn(...asOwner(program('postgres'), ['-D', data, ...args]), { stdio: 'ignore' });
    await untilRuns(() => sql('SELECT 1;'));
  };
  const stop = (): Promise<void> => ended(child, 'SIGQUIT');
  await start();
  return { port, sql, start, stop, end: () => stop().then(() => rmSync(folder, { recursive: true, force: true })) };
}

export async function startMariadb(): Promise<DatabaseServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tollbook-mariadb-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  const user = isRoot ? ['--user=root'] : [];
  const quick = { stdio: 'ignore' } as const;
  execFileSync('mariadb-install-db', ['--no-defaults', `--datadir=${data}`, '--skip-test-db', ...user], quick);
  const port = await freePort();
  const socket = join(folder, 'mariadb.sock');
  const [certificate, key] = [join(folder, 'server.crt'), join(folder, 'server.key')];
  makeCertificate(certificate, key);
  let child: ChildProcess | undefined;
  const sql = (text: string): void => {
    execFileSync('mariadb', ['--no-defaults', '--default-character-set=utf8mb4', '-S', socket, '-u', 'root'], {
      input: text,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
  };
  const start = async (): Promise<void> => {
    const files = [`--datadir=${data}`, `--socket=${socket}`, `--pid-file=${join(folder, 'pid')}`];
    const tls = [`--ssl-cert=${certificate}`, `--ssl-key=${key}`];
    const network = [`--port=${port}`, '--bind-address=127.0.0.1'];
    const args = ['--no-defaults', ...files, ...network, ...tls, ...user, '--innodb-flush-log-at-trx-commit=0'];
    child = spawn('/usr/sbin/mariadbd', args, { stdio: 'ignore' });
    await untilRuns(() => sql('SELECT 1;'));
  };
  const stop = (): Promise<void> => ended(child, 'SIGKILL');
  await start();
  return { port, sql, start, stop, end: () => stop().then(() => rmSync(folder, { recursive: true, force: true })) };
}

function makeCertificate(certificate: string, key: string): void {
  const ask = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=database', '-days', '2'];
  execFileSync('openssl', [...ask, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
}
