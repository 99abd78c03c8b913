/**
 * The API for the command line: the running service's when one runs on the data folder, else one opened for the length
 * of the command. Whoever can read the data folder may do everything; no other password is asked.
 */
import path from 'node:path';
import { type Client, createClient, ProblemError } from '../core/api/client.ts';
import { issueLinkToken } from '../core/api/session.ts';
import { type App, startApp } from '../core/app.ts';
import { dataFilesOf } from '../core/data-files.ts';
import { createLog } from '../core/log.ts';
import { openDatabase } from '../core/store/database.ts';
import { databaseMigrations } from '../core/store/migrations/index.ts';
import { Sessions } from '../core/store/sessions.ts';
import { type CommandContext, CommandFailure } from './command.ts';
import { ensureDataFolder, readRunningNote } from './data-folder.ts';
import { EXIT } from './exit-codes.ts';
import { pagesFolder, version } from './version.ts';

const LOOPBACK = '127.0.0.1';

function tokenFor(dataFolder: string): string {
  const db = openDatabase({ path: dataFilesOf(dataFolder).database, migrations: databaseMigrations, now: Date.now });
  try {
    return issueLinkToken(new Sessions(db), Date.now());
  } finally {
    db.close();
  }
}

/** Signs in with a one-time token, and out when the work is over. */
async function withSession<T>(
  context: CommandContext,
  baseUrl: string,
  token: string,
  send: (request: Request) => Promise<Response>,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { language } = context;
  let cookie = '';
  const keepCookie = async (request: Request): Promise<Response> => {
    const response = await send(request);
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return response;
  };
  await createClient({ baseUrl, language, fetch: keepCookie }).call('signInWithLink', { body: { token } });
  const client = createClient({ baseUrl, language, fetch: send, headers: { cookie } });
  try {
    return await work(client);
  } catch (error) {
    if (error instanceof ProblemError) throw new CommandFailure(messageOf(error), EXIT.failed, error.problem.code);
    throw error;
  } finally {
    await client.call('signOut');
  }
}

function messageOf({ problem }: ProblemError): string {
  const fields = (problem.fields ?? []).map(({ path: where, message }) => `  ${where}: ${message}`);
  return [problem.title, ...fields].join('\n');
}

async function openApp(dataFolder: string): Promise<App> {
  ensureDataFolder(dataFolder);
  const log = createLog({ file: path.join(dataFolder, 'tollbook.log') });
  return startApp({ dataFolder, pagesFolder, version, nowMs: Date.now, log, isCollecting: false });
}

export interface LocalApi {
  readonly client: Client;
  /** Resolves when everything received has been read; only a service of our own can be asked. */
  settled(): Promise<void>;
}

export async function withApi<T>(context: CommandContext, work: (api: LocalApi) => Promise<T>): Promise<T> {
  const note = readRunningNote(context.dataFolder);
  if (note !== undefined) {
    const baseUrl = `http://${LOOPBACK}:${note.port}`;
    const settled = (): Promise<void> => Promise.resolve();
    return withSession(
      context,
      baseUrl,
      tokenFor(context.dataFolder),
      (request) => fetch(request),
      (client) => work({ client, settled }),
    );
  }
  const app = await openApp(context.dataFolder);
  try {
    const send = (request: Request): Promise<Response> => app.api.fetch(request, { remoteAddress: LOOPBACK });
    return await withSession(context, `http://${LOOPBACK}`, app.api.issueLinkToken(), send, (client) =>
      work({ client, settled: () => app.deps.ingest.idle() }),
    );
  } finally {
    await app.stop();
  }
}
