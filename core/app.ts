/**
 * Wires the program: opens both databases, starts the capture and the ingest thread, and stands the API on them. The
 * shells (service, desktop, command line) start the product through here and through nothing else.
 */

import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Api, createApi } from './api/api.ts';
import type { ApiDeps } from './api/deps.ts';
import { applySources } from './api/parts.ts';
import { BackupKeeper } from './backup/backup-keeper.ts';
import { finishRestore } from './backup/restore-backup.ts';
import { startCapture } from './collector/capture-client.ts';
import type { CaptureProblem } from './collector/control.ts';
import { listSerialPorts } from './collector/serial-ports.ts';
import { dataFilesOf } from './data-files.ts';
import { Demo } from './demo/demo.ts';
import { ensureHolidays } from './holiday-calendar.ts';
import { startIngest } from './ingest/ingest-client.ts';
import { numberingProblems } from './ingest/numbering-files.ts';
import type { Log } from './log.ts';
import { isErrorCode } from './model/errors.ts';
import { type Database, openDatabase } from './store/database.ts';
import { lockFolder } from './store/folder-lock.ts';
import { Journal } from './store/journal.ts';
import { systemKeychain } from './store/keychain.ts';
import { databaseMigrations } from './store/migrations/index.ts';
import { openSecretBox, type SecretBox } from './store/secret-box.ts';
import { SettingsStore } from './store/settings.ts';
import { SourceStore } from './store/sources.ts';
import { ALWAYS, TariffStore } from './store/tariffs.ts';
import { DEFAULT_TARIFF_NAME, readDefaultTariff, versionInputOf } from './tariff-file.ts';
import { UpdateWatch } from './updates/update-watch.ts';

/** How long a stop waits for what came last to be read. */
const STOP_PATIENCE_MS = 3000;

export interface AppOptions {
  readonly dataFolder: string;
  /** The built pages. */
  readonly pagesFolder: string;
  readonly version: string;
  readonly nowMs: () => number;
  readonly log: Log;
  /** False: nothing is opened but what the caller asks for (the command line's import). */
  readonly isCollecting: boolean;
  /** Ends the program and starts it anew. */
  readonly restart?: ApiDeps['restart'];
  /** Where a desktop shell runs the service: shows a notification. */
  readonly notifyDesktop?: ApiDeps['notifyDesktop'];
  /** Listens at the network, where something serves. */
  readonly networkDoor?: ApiDeps['networkDoor'];
}

export interface App {
  readonly api: Api;
  readonly deps: ApiDeps;
  /** Stops collecting, reads what is journalled, and closes both databases. */
  stop(): Promise<void>;
}

/** A new office starts with a price list, so that the first call already has a price that can be seen and changed. */
async function ensureTariff(db: Database, nowMs: number): Promise<void> {
  const tariffs = new TariffStore(db);
  if (tariffs.list().length > 0) return;
  const tariff = await readDefaultTariff(new SettingsStore(db).get().timeZone);
  db.transaction(() => {
    const { id } = tariffs.add(DEFAULT_TARIFF_NAME, nowMs);
    const draft = tariffs.addDraft(id, versionInputOf(tariff), nowMs);
    tariffs.publish(draft.id, ALWAYS, 'Tollbook', nowMs);
    tariffs.setDefault(id);
  })();
}

/** Uploaded copies stay until they are read to their end, also over a stop; those that no import needs any more go. */
function clearSpool(folder: string, journal: Journal, sourceIds: readonly number[]): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const needed = new Set(
    sourceIds
      .flatMap((sourceId) => journal.imports(sourceId))
      .filter((file) => file.contentHash === null && file.closedAtMs === null && !file.isCancelled)
      .map((file) => path.basename(file.path)),
  );
  for (const name of readdirSync(folder)) if (!needed.has(name)) rmSync(path.join(folder, name), { force: true });
}

/**
 * Throws AppError `folder-in-use`, or what opening the databases throws. The folder must exist.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const { dataFolder, nowMs, log } = options;
  const files = dataFilesOf(dataFolder);
  const lock = lockFolder(dataFolder);
  const opened: { close(): void }[] = [{ close: () => lock.release() }];
  try {
    const replaced = finishRestore(dataFolder);
    if (replaced !== undefined) log.info({ replaced }, 'a backup was put in place; what was there is set aside');
    const db = openDatabase({
      path: files.database,
      migrations: databaseMigrations,
      now: nowMs,
      backupFolder: files.backups,
    });
    opened.push(db);
    await ensureTariff(db, nowMs());
    await ensureHolidays(db, nowMs());
    const journal = Journal.open({ path: files.journal, now: nowMs, backupFolder: files.backups });
    opened.push(journal);
    const close = (): void => {
      for (const part of opened.toReversed()) part.close();
    };
    return await startThreads(options, { db, journal, replaced, close });
  } catch (error) {
    log.error({ err: error }, 'could not start');
    for (const part of opened.toReversed()) part.close();
    throw error;
  }
}

function sealStoredSecrets(db: Database, secretBox: SecretBox, log: Log): void {
  try {
    const count = new SourceStore(db).sealSecrets((text) => secretBox.seal(text));
    if (count > 0) log.info({ count, place: secretBox.place }, 'stored secrets sealed');
  } catch (error) {
    // Without a key they stay as they are; the problem is told on the pages, and sealing is tried at the next start.
    log.error({ err: error }, 'stored secrets could not be sealed');
  }
}

interface Opened {
  readonly db: Database;
  readonly journal: Journal;
  /** Where what was replaced by a backup lies. */
  readonly replaced: string | undefined;
  readonly close: () => void;
}

async function startThreads(options: AppOptions, { db, journal, replaced, close }: Opened): Promise<App> {
  const { dataFolder, nowMs, log } = options;
  const files = dataFilesOf(dataFolder);
  const sourceIds = new SourceStore(db).listAll().map(({ id }) => id);
  clearSpool(files.spool, journal, sourceIds);
  const opening = openSecretBox(dataFolder, systemKeychain());
  const capture = await startCapture({ journalPath: files.journal, backupFolder: files.backups, log });
  const secretBox = await opening;
  sealStoredSecrets(db, secretBox, log);
  const ingest = await startIngest({ databasePath: files.database, journalPath: files.journal, log });

  let isPaused = false;
  let ingestProblem: CaptureProblem | undefined;
  const unsubscribe = [
    capture.onEvent((event) => {
      if (event.type === 'appended' || event.type === 'stream-closed') ingest.wake(event.sourceId);
    }),
    ingest.onEvent((event) => {
      if (event.type === 'progress') ingestProblem = undefined;
      if (event.type === 'problem') {
        ingestProblem = { code: isErrorCode(event.code) ? event.code : 'internal', values: event.values };
      }
    }),
  ];

  const demo = new Demo(() => deps);
  const backups = new BackupKeeper({
    ...{ db, dataFolder, program: options.version, nowMs, log },
    onChange: () => api.changed('backups'),
  });
  const deps: ApiDeps = {
    db,
    journal,
    capture,
    secretBox,
    ingest,
    demo,
    pause: {
      isPaused: () => isPaused,
      setPaused: async (wanted) => {
        await capture.setPaused(wanted);
        isPaused = wanted;
      },
    },
    backups,
    restart: options.restart,
    notifyDesktop: options.notifyDesktop,
    listSerialPorts: () => listSerialPorts(),
    nowMs,
    problems: () => [
      ...[ingestProblem, secretBox.problem ?? undefined, backups.problem].filter((problem) => problem !== undefined),
      ...numberingProblems(dataFolder),
    ],
    log,
    version: options.version,
    startedAtMs: nowMs(),
    dataFolder,
    spoolFolder: files.spool,
    pagesFolder: options.pagesFolder,
    access: { allowedHosts: [], isOpenToNetwork: false },
    networkDoor: options.networkDoor,
  };
  const api = createApi(deps);
  if (replaced !== undefined) api.noteRestored(replaced);
  const updates = new UpdateWatch({
    present: options.version,
    platform: process.platform,
    feed: () => new SettingsStore(db).get().updateFeed,
    tell: (version) => api.tellUpdate(version),
    log,
  });
  if (options.isCollecting) {
    await demo.resume();
    await applySources(deps);
    backups.watch();
  }
  return {
    api,
    deps,
    async stop() {
      updates.close();
      await demo.halt();
      await backups.close();
      await capture.stop();
      // What is not read in a moment is in the journal, and read at the next start.
      await Promise.race([ingest.idle(), wait(STOP_PATIENCE_MS, undefined, { ref: false })]);
      await ingest.stop();
      for (const stop of unsubscribe) stop();
      api.close();
      close();
    },
  };
}
