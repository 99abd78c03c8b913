/** `tollbook serve`: collects until stopped, and serves the pages on this computer. `tollbook link`: a way in. */
import path from 'node:path';
import type { Command } from 'commander';
import { readNetwork } from '../../core/access/network.ts';
import { issueLinkToken } from '../../core/api/session.ts';
import { type App, startApp } from '../../core/app.ts';
import { dataFilesOf } from '../../core/data-files.ts';
import { createLog } from '../../core/log.ts';
import { AppError } from '../../core/model/errors.ts';
import type { FromService } from '../../core/model/shell-message.ts';
import { openDatabase } from '../../core/store/database.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { Sessions } from '../../core/store/sessions.ts';
import { SettingsStore } from '../../core/store/settings.ts';
import { openPages } from '../browser.ts';
import { type CommandContext, CommandFailure, defineCommand, wholeNumber } from '../command.ts';
import { ensureDataFolder, readRunningNote, removeRunningNote, writeRunningNote } from '../data-folder.ts';
import { EXIT } from '../exit-codes.ts';
import { DEFAULT_PORT, type HttpService, MORE_PORTS, startHttp } from '../http.ts';
import { HttpNetworkDoor } from '../network-door.ts';
import { readOpenedFile } from '../opened-file.ts';
import { type ParentPort, parentPort } from '../parent-port.ts';
import { pagesFolder, version } from '../version.ts';

interface ServeOptions {
  readonly port?: string;
  readonly open?: boolean;
}

/** `page`: where it leads instead of the first page. */
const linkOf = (origin: string, token: string, page?: string): string =>
  `${origin}/enter${page === undefined ? '' : `?to=${page}`}#${token}`;

/** A link into the service that runs on this folder; undefined when none runs. The folder's owner may always enter. */
function linkToRunning(dataFolder: string): string | undefined {
  const note = readRunningNote(dataFolder);
  if (note === undefined) return undefined;
  const db = openDatabase({ path: dataFilesOf(dataFolder).database, migrations: databaseMigrations, now: Date.now });
  try {
    return linkOf(`http://127.0.0.1:${note.port}`, issueLinkToken(new Sessions(db), Date.now()));
  } finally {
    db.close();
  }
}

async function openInBrowser(context: CommandContext, link: string): Promise<void> {
  const opened = await openPages(link, path.join(context.dataFolder, 'window-profile'));
  if (opened.kind === 'app') context.remark(context.t('cli.serve.opened', { browser: opened.browser }));
  else context.remark(context.t(opened.kind === 'default' ? 'cli.serve.openedDefault' : 'cli.serve.notOpened'));
}

/** Resolves when this process is asked to end, by signal or by the desktop shell. */
function untilStopped(parent: ParentPort | undefined): Promise<'stop'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve('stop'));
    parent?.onMessage((message) => {
      if (message.type === 'stop') resolve('stop');
    });
  });
}

/** A file that was opened with the program goes to its page; what cannot be read is told in the shell's words. */
async function openFile({ app, http }: Service, file: string): Promise<FromService> {
  const opened = await readOpenedFile(file);
  if ('reason' in opened) return { type: 'file-refused', ...opened };
  return { type: 'link', link: linkOf(http.origin, app.api.issueLinkToken(), app.api.keepOpenedFile(opened)) };
}

/** Answers the shell for the service that runs just now. */
function listenToShell(parent: ParentPort, running: () => Service | undefined): void {
  parent.onMessage((message) => {
    const service = running();
    if (service === undefined) return;
    const { app, http } = service;
    if (message.type === 'link') parent.send({ type: 'link', link: linkOf(http.origin, app.api.issueLinkToken()) });
    if (message.type === 'open-file') void openFile(service, message.path).then(parent.send);
    if (message.type !== 'pause') return;
    const { pause } = app.deps;
    // A refusal leaves the state as it is; the shell is told the state, not the wish.
    pause
      .setPaused(message.isPaused)
      .catch(() => undefined)
      .finally(() => parent.send({ type: 'paused', isPaused: pause.isPaused() }));
  });
}

/** What the desktop shell talks to; none between two lives of the service. */
interface Shell {
  running: Service | undefined;
}

interface Service {
  readonly app: App;
  readonly http: HttpService;
  readonly door: HttpNetworkDoor;
}

async function startService(
  context: CommandContext,
  port: number,
  morePorts: number,
  parent: ParentPort | undefined,
  restart: () => void,
): Promise<Service> {
  const { dataFolder } = context;
  ensureDataFolder(dataFolder);
  const log = createLog({ file: path.join(dataFolder, 'tollbook.log') });
  const door = new HttpNetworkDoor();
  const app = await startApp({
    ...{ dataFolder, pagesFolder, version, nowMs: Date.now, log, isCollecting: true, networkDoor: door, restart },
    notifyDesktop: parent === undefined ? undefined : (note) => parent.send({ type: 'notify', ...note }),
  });
  try {
    const http = await startHttp({ fetch: app.api.fetch, port, morePorts });
    door.attach(app.api.fetch);
    await door.apply(readNetwork(app.deps.db));
    return { app, http, door };
  } catch (error) {
    await app.stop();
    throw error;
  }
}

async function serve(context: CommandContext, options: ServeOptions): Promise<0> {
  const parent = parentPort();
  const stopped = untilStopped(parent);
  const shell: Shell = { running: undefined };
  if (parent !== undefined) listenToShell(parent, () => shell.running);
  let again: string | undefined;
  for (;;) {
    const ended = await serveOnce(
      context,
      { ...options, ...(again !== undefined && { port: again }) },
      parent,
      shell,
      stopped,
    );
    if (ended.why === 'stop') return EXIT.done;
    // The pages that are open find it where it was.
    again = String(ended.port);
  }
}

/** One life of the service; it ends to stop, or to start anew with other data. */
async function serveOnce(
  context: CommandContext,
  options: ServeOptions,
  parent: ParentPort | undefined,
  shell: Shell,
  stopped: Promise<'stop'>,
): Promise<{ readonly why: 'stop' | 'restart'; readonly port: number }> {
  // A port that was asked for is meant; only the usual one may give way to the next.
  const port = wholeNumber(context, '--port', options.port, { low: 0, high: 65_535, fallback: DEFAULT_PORT });
  const morePorts = options.port === undefined ? MORE_PORTS : 0;
  const restart = Promise.withResolvers<'restart'>();
  let service: Service;
  try {
    service = await startService(context, port, morePorts, parent, () => restart.resolve('restart'));
  } catch (error) {
    const message = error instanceof AppError ? context.t(`errors.${error.code}`, error.values) : String(error);
    parent?.send({ type: 'failed', message });
    if (options.open === true && error instanceof AppError && error.code === 'folder-in-use') {
      const link = linkToRunning(context.dataFolder);
      if (link !== undefined) {
        context.remark(context.t('cli.serve.alreadyRunning'));
        context.print({ link }, context.t('cli.serve.link', { link }));
        await openInBrowser(context, link);
        return { why: 'stop', port };
      }
    }
    throw error;
  }
  const { app, http, door } = service;
  writeRunningNote(context.dataFolder, { pid: process.pid, port: http.port, version });
  if (parent === undefined) {
    const link = linkOf(http.origin, app.api.issueLinkToken());
    context.remark(context.t('cli.serve.running', { version, folder: context.dataFolder }));
    context.print(
      { origin: http.origin, link, version, dataFolder: context.dataFolder },
      context.t('cli.serve.link', { link }),
    );
    if (options.open === true) await openInBrowser(context, link);
  } else {
    shell.running = service;
    parent.send({ type: 'ready', origin: http.origin });
    parent.send({ type: 'update-feed', feed: new SettingsStore(app.deps.db).get().updateFeed });
  }
  const why = await Promise.race([stopped, restart.promise]);
  context.remark(context.t(why === 'stop' ? 'cli.serve.stopping' : 'cli.serve.restarting'));
  shell.running = undefined;
  app.api.close();
  await Promise.all([http.close(), door.close()]);
  await app.stop();
  removeRunningNote(context.dataFolder);
  return { why, port: http.port };
}

async function link(context: CommandContext): Promise<0> {
  const made = linkToRunning(context.dataFolder);
  if (made === undefined) throw new CommandFailure(context.t('cli.link.notRunning', { folder: context.dataFolder }));
  context.print({ link: made }, context.t('cli.serve.link', { link: made }));
  return EXIT.done;
}

export function registerServe(program: Command, t: CommandContext['t']): void {
  defineCommand(
    program,
    'serve',
    t('cli.serve.about'),
    (command) => command.option('--port <n>', t('cli.serve.port')).option('--open', t('cli.serve.open')),
    serve,
  );
  defineCommand(program, 'link', t('cli.link.about'), (command) => command, link);
}
