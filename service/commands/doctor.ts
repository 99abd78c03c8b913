/** `tollbook doctor`: looks at everything Tollbook needs from this computer, and says what to do about what is wrong. */
import { accessSync, constants, existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { listSerialPorts } from '../../core/collector/serial-ports.ts';
import { dataFilesOf } from '../../core/data-files.ts';
import { numberingPlanOf, numberingProblems } from '../../core/ingest/numbering-files.ts';
import { AppError } from '../../core/model/errors.ts';
import { localText } from '../../core/model/time.ts';
import { CallQueries } from '../../core/store/call-query.ts';
import { WHOLE_SITE } from '../../core/store/call-scope.ts';
import { openDatabase } from '../../core/store/database.ts';
import { Journal } from '../../core/store/journal.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { type SourceRow, SourceStore } from '../../core/store/sources.ts';
import { findAppBrowsers } from '../browser.ts';
import { type CommandContext, defineCommand, reasonOf } from '../command.ts';
import { ensureDataFolder, readRunningNote } from '../data-folder.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { checkSchedules } from '../mail-checks.ts';
import { checkSecrets, checkSources, type Finding } from '../source-checks.ts';
import { rootFolder } from '../version.ts';

const LOW_DISK_BYTES = 2 * 2 ** 30;

function checkFolder({ t, dataFolder }: CommandContext): Finding {
  try {
    ensureDataFolder(dataFolder);
    const probe = path.join(dataFolder, '.doctor');
    writeFileSync(probe, '');
    rmSync(probe);
    return { check: 'folder', state: 'ok', text: t('cli.doctor.folderOk', { folder: dataFolder }) };
  } catch (error) {
    return {
      check: 'folder',
      state: 'failed',
      text: t('cli.doctor.folderBad', { folder: dataFolder, reason: reasonOf(error) }),
    };
  }
}

function checkDisk({ t, dataFolder }: CommandContext): Finding {
  const { bavail, bsize } = statfsSync(existsSync(dataFolder) ? dataFolder : path.parse(dataFolder).root);
  const bytes = bavail * bsize;
  const free = (bytes / 2 ** 30).toFixed(1);
  return bytes < LOW_DISK_BYTES
    ? { check: 'disk', state: 'warning', text: t('cli.doctor.diskLow', { free }) }
    : { check: 'disk', state: 'ok', text: t('cli.doctor.diskOk', { free }) };
}

/** Opens a database and asks it something; a failure is told in the words of its error. */
function checkFile(context: CommandContext, check: string, file: string, ask: () => string): Finding {
  const { t } = context;
  if (!existsSync(file)) return { check, state: 'ok', text: t('cli.doctor.databaseNone') };
  try {
    return { check, state: 'ok', text: ask() };
  } catch (error) {
    const message = error instanceof AppError ? t(`errors.${error.code}`, error.values) : reasonOf(error);
    return { check, state: 'failed', text: t('cli.doctor.databaseBad', { file, message }) };
  }
}

function checkJournal(context: CommandContext): Finding {
  const { journal: file } = dataFilesOf(context.dataFolder);
  return checkFile(context, 'journal', file, () => {
    const journal = Journal.open({ path: file, now: Date.now });
    try {
      const bytes = journal.heads().reduce((sum, head) => sum + head.nextOffset, 0);
      return context.t('cli.doctor.journalOk', { bytes });
    } finally {
      journal.close();
    }
  });
}

interface Opened {
  readonly finding: Finding;
  readonly sources: readonly SourceRow[];
  readonly newestLocal: string | undefined;
  readonly schedules: readonly Finding[];
}

function checkDatabase(context: CommandContext): Opened {
  const { database: file } = dataFilesOf(context.dataFolder);
  let sources: readonly SourceRow[] = [];
  let newestLocal: string | undefined;
  let schedules: readonly Finding[] = [];
  const finding = checkFile(context, 'database', file, () => {
    const db = openDatabase({ path: file, migrations: databaseMigrations, now: Date.now });
    try {
      sources = new SourceStore(db).list();
      schedules = checkSchedules(context, db);
      const queries = new CallQueries(db);
      const newest = queries.page({ limit: 1 }, WHOLE_SITE).calls[0];
      newestLocal = newest === undefined ? undefined : localText(newest.startLocalS);
      return context.t('cli.doctor.databaseOk', { calls: queries.totals({}, WHOLE_SITE).calls });
    } finally {
      db.close();
    }
  });
  return { finding, sources, newestLocal, schedules };
}

function checkNumbering({ t, dataFolder }: CommandContext): Finding[] {
  const { plan } = numberingPlanOf(dataFolder);
  const versions = { vietnam: plan.vietnam.version, world: plan.world.version };
  return [
    { check: 'numbering', state: 'ok', text: t('cli.doctor.numberingOk', versions) },
    ...numberingProblems(dataFolder).map(
      ({ code, values }): Finding => ({ check: 'numbering', state: 'warning', text: t(`errors.${code}`, values) }),
    ),
  ];
}

function checkClock({ t }: CommandContext, newestLocal: string | undefined): Finding {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const now = new Date();
  const time = localText(Math.floor(now.getTime() / 1000) - now.getTimezoneOffset() * 60);
  const dayAfterNewest = newestLocal?.slice(0, 10) ?? '';
  if (dayAfterNewest > time.slice(0, 10)) {
    return { check: 'clock', state: 'warning', text: t('cli.doctor.clockBack', { time, newest: newestLocal ?? '' }) };
  }
  return { check: 'clock', state: 'ok', text: t('cli.doctor.clockOk', { time, zone }) };
}

async function checkSerial({ t }: CommandContext): Promise<Finding[]> {
  const ports = (await listSerialPorts()).map((port) => port.path);
  if (ports.length === 0) return [{ check: 'serial', state: 'ok', text: t('cli.doctor.serialNone') }];
  const closed = ports.filter((port) => {
    try {
      accessSync(port, constants.R_OK | constants.W_OK);
      return false;
    } catch {
      // A Windows port (COM3) is no file; only where files are ports does a refusal mean anything.
      return process.platform !== 'win32';
    }
  });
  return [
    { check: 'serial', state: 'ok', text: t('cli.doctor.serialOk', { ports: ports.join(', ') }) },
    ...closed.map(
      (port): Finding => ({ check: 'serial', state: 'warning', text: t('cli.doctor.serialNoRight', { port }) }),
    ),
  ];
}

function checkWindow({ t }: CommandContext): Finding[] {
  const hasElectron = existsSync(path.join(rootFolder, 'node_modules', 'electron', 'path.txt'));
  const [browser] = findAppBrowsers();
  const state = t(hasElectron ? 'cli.doctor.electronYes' : 'cli.doctor.electronNo');
  return [
    { check: 'window', state: 'ok', text: t('cli.doctor.electron', { state }) },
    browser === undefined
      ? { check: 'browser', state: hasElectron ? 'ok' : 'warning', text: t('cli.doctor.browserNo') }
      : { check: 'browser', state: 'ok', text: t('cli.doctor.browserYes', { browser }) },
  ];
}

function checkRunning({ t, dataFolder }: CommandContext): Finding {
  const note = readRunningNote(dataFolder);
  return {
    check: 'service',
    state: 'ok',
    text:
      note === undefined ? t('cli.doctor.runningNo') : t('cli.doctor.runningYes', { pid: note.pid, port: note.port }),
  };
}

async function doctor(context: CommandContext): Promise<ExitCode> {
  const { t } = context;
  const database = checkDatabase(context);
  const isRunning = readRunningNote(context.dataFolder) !== undefined;
  const findings: readonly Finding[] = [
    { check: 'node', state: 'ok', text: t('cli.doctor.node', { version: process.versions.node }) },
    checkFolder(context),
    checkDisk(context),
    checkJournal(context),
    database.finding,
    checkRunning(context),
    checkClock(context, database.newestLocal),
    ...checkNumbering(context),
    ...(await checkSerial(context)),
    ...(await checkSources(context, database.sources, isRunning)),
    ...(await checkSecrets(context, database.sources)),
    ...database.schedules,
    ...checkWindow(context),
  ];
  context.print(
    findings,
    findings.map(({ state, text }) => `${t(`cli.doctor.${state}`).padEnd(5)} ${text}`).join('\n'),
  );
  if (findings.some(({ state }) => state === 'failed')) return EXIT.failed;
  return findings.some(({ state }) => state === 'warning') ? EXIT.needsAttention : EXIT.done;
}

export function registerDoctor(program: Command, t: CommandContext['t']): void {
  defineCommand(program, 'doctor', t('cli.doctor.about'), (command) => command, doctor);
}
