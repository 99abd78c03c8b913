/** Looks after the backups of a running service: makes them when they are due, removes outdated ones, and says how it stands. */
import { accessSync, constants, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { dataFilesOf } from '../data-files.ts';
import type { BackupManifest, BackupSettings } from '../model/backup.ts';
import { AppError, type ErrorCode, type ErrorValues } from '../model/errors.ts';
import { BackupStore } from '../store/backups.ts';
import type { Database } from '../store/database.ts';
import { SettingsStore } from '../store/settings.ts';
import { readManifest } from './archive.ts';
import {
  BackupCancelled,
  type BackupOutcome,
  type BackupTask,
  type RunningBackup,
  startBackupJob,
} from './backup-job.ts';
import { isBackupDue, nextSlotMs, siteOffsetMs } from './backup-times.ts';
import { type BackupProgress, isBackupFileName, madeAtOf } from './make-backup.ts';
import { outdatedBackups } from './rotation.ts';

export interface KeeperOptions {
  readonly db: Database;
  readonly dataFolder: string;
  /** Version of the program. */
  readonly program: string;
  readonly nowMs: () => number;
  readonly log: { error(values: object, message: string): void };
  readonly onChange: () => void;
}

export interface KeptBackup {
  readonly fileName: string;
  readonly bytes: number;
  readonly madeAtMs: number;
  /** Null where the file cannot be read as a backup. */
  readonly manifest: BackupManifest | null;
}

export interface BackupActivity {
  readonly kind: BackupTask['kind'];
  readonly startedAtMs: number;
  readonly progress: BackupProgress | null;
}

export interface BackupEnd {
  readonly kind: BackupTask['kind'];
  readonly fileName: string | null;
  readonly isCancelled: boolean;
  readonly problem: { readonly code: ErrorCode; readonly values: ErrorValues } | null;
}

/** A start of the computer has enough to do. */
const FIRST_LOOK_MS = 120_000;
const LOOK_EVERY_MS = 60_000;

export class BackupKeeper {
  readonly #options: KeeperOptions;
  readonly #store: BackupStore;
  readonly #manifests = new Map<string, BackupManifest | null>();
  #running: (BackupActivity & { readonly job: RunningBackup }) | undefined;
  #lastEnd: BackupEnd | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#store = new BackupStore(options.db);
  }

  /** From now on scheduled backups are made. */
  watch(): void {
    const look = (): void => {
      this.#startIfDue();
      this.#timer = setTimeout(look, LOOK_EVERY_MS);
    };
    this.#timer = setTimeout(look, FIRST_LOOK_MS);
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.cancel();
  }

  get folder(): string {
    const { folder } = this.#store.settings();
    return folder === '' ? dataFilesOf(this.#options.dataFolder).backups : folder;
  }

  get activity(): BackupActivity | null {
    return this.#running ?? null;
  }

  /** How the last piece of work ended since the service began. */
  get lastEnd(): BackupEnd | null {
    return this.#lastEnd;
  }

  settings(): BackupSettings {
    return this.#store.settings();
  }

  /** Throws AppError `backup-folder-refused`. */
  change(settings: BackupSettings): void {
    if (settings.folder !== '') assertUsable(settings.folder);
    this.#store.change(settings);
    this.#options.onChange();
  }

  runs(limit: number) {
    return this.#store.runs(limit);
  }

  /** Null while they are off. */
  nextAtMs(): number | null {
    const { isOn, at } = this.settings();
    if (!isOn) return null;
    const nowMs = this.#options.nowMs();
    return this.#isDue(nowMs) ? nowMs : nextSlotMs(at, this.#timeZone, nowMs);
  }

  /** Why the last try gave none; undefined when it gave one. */
  get problem(): NonNullable<BackupEnd['problem']> | undefined {
    const [last] = this.#store.runs(1);
    return last?.result === 'failed' ? (last.problem ?? undefined) : undefined;
  }

  /** Newest first; those that are still being written are not among them. */
  async list(): Promise<readonly KeptBackup[]> {
    const { folder } = this;
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder).filter(isBackupFileName).sort().reverse();
    return Promise.all(
      names.map(async (fileName) => {
        const file = path.join(folder, fileName);
        const { size, mtimeMs } = statSync(file);
        const key = `${file} ${size} ${mtimeMs}`;
        if (!this.#manifests.has(key)) this.#manifests.set(key, await readManifest(file).catch(() => null));
        return { fileName, bytes: size, madeAtMs: madeAtOf(fileName), manifest: this.#manifests.get(key) ?? null };
      }),
    );
  }

  /** Of a backup in the folder. Throws AppError `not-found`. */
  fileOf(fileName: string): string {
    const file = path.join(this.folder, fileName);
    if (!isBackupFileName(fileName) || !existsSync(file))
      throw new AppError('not-found', { what: 'backup', id: fileName });
    return file;
  }

  /** Throws AppError `backup-running` or `backup-folder-refused`. Goes on in the background. */
  start(isScheduled: boolean): void {
    const { folder } = this;
    const { dataFolder, program, nowMs } = this.#options;
    const { withKey } = this.settings();
    const startedAtMs = nowMs();
    const note = (run: {
      result: 'made' | 'failed' | 'cancelled';
      outcome?: BackupOutcome;
      problem?: BackupEnd['problem'];
    }) =>
      this.#store.add({
        startedAtMs,
        endedAtMs: nowMs(),
        path: run.outcome?.file ?? folder,
        result: run.result,
        isScheduled,
        byteLength: run.outcome === undefined ? null : statSync(run.outcome.file).size,
        calls: run.outcome?.manifest.calls ?? null,
        problem: run.problem ?? null,
      });
    try {
      if (folder === dataFilesOf(dataFolder).backups) mkdirSync(folder, { recursive: true, mode: 0o700 });
      assertUsable(folder);
    } catch (error) {
      if (error instanceof AppError) note({ result: 'failed', problem: { code: error.code, values: error.values } });
      throw error;
    }
    const options = { dataFolder, targetFolder: folder, nowMs: startedAtMs, program, withKey };
    this.#run({ kind: 'make', options }, (end, outcome) => {
      note({
        result: outcome !== undefined ? 'made' : end.isCancelled ? 'cancelled' : 'failed',
        ...(outcome !== undefined && { outcome }),
        problem: end.problem,
      });
      if (outcome !== undefined) this.#removeOutdated();
    });
  }

  check(fileName: string): void {
    this.#run({ kind: 'check', file: this.fileOf(fileName), beside: this.folder });
  }

  /** Unpacks and proves `file`, and leaves it for the next start of the service. `then` is called when it is ready. */
  stage(file: string, then: () => void): void {
    const { dataFolder, nowMs } = this.#options;
    this.#run({ kind: 'stage', file, dataFolder, nowMs: nowMs() }, (_end, outcome) => {
      if (outcome !== undefined) then();
    });
  }

  async cancel(): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    await running.job.cancel();
    await running.job.result.catch(() => undefined);
  }

  get #timeZone(): string {
    return new SettingsStore(this.#options.db).get().timeZone;
  }

  #isDue(nowMs: number): boolean {
    const { isOn, at } = this.settings();
    const [tried] = this.#store.runs(1);
    const made = this.#store.runs(50).find(({ result }) => result === 'made');
    const sinceMs = this.#store.sinceMs();
    const last = { madeAtMs: made?.startedAtMs ?? sinceMs, triedAtMs: tried?.startedAtMs ?? sinceMs };
    return isOn && isBackupDue(at, this.#timeZone, nowMs, last);
  }

  #startIfDue(): void {
    if (this.#running !== undefined || !this.#isDue(this.#options.nowMs())) return;
    try {
      this.start(true);
    } catch (error) {
      this.#options.log.error({ err: error }, 'a scheduled backup could not be made');
    }
  }

  #run(task: BackupTask, ended: (end: BackupEnd, outcome: BackupOutcome | undefined) => void = () => undefined): void {
    if (this.#running !== undefined) throw new AppError('backup-running');
    const { nowMs, log, onChange } = this.#options;
    const job = startBackupJob(task, (progress) => {
      if (this.#running?.job === job) this.#running = { ...this.#running, progress };
    });
    this.#running = { kind: task.kind, startedAtMs: nowMs(), progress: null, job };
    const finish = (outcome: BackupOutcome | undefined, error?: unknown): void => {
      this.#running = undefined;
      this.#sweep();
      const isCancelled = error instanceof BackupCancelled;
      const end: BackupEnd = {
        kind: task.kind,
        fileName: outcome === undefined ? null : path.basename(outcome.file),
        isCancelled,
        problem: outcome !== undefined || isCancelled ? null : problemFrom(error),
      };
      if (end.problem !== null) log.error({ err: error }, 'backup work failed');
      this.#lastEnd = end;
      ended(end, outcome);
      onChange();
    };
    job.result.then(
      (outcome) => finish(outcome),
      (error: unknown) => finish(undefined, error),
    );
    onChange();
  }

  /** What a thread that was stopped could not take away itself. */
  #sweep(): void {
    if (!existsSync(this.folder)) return;
    for (const name of readdirSync(this.folder)) {
      if (/^tollbook-(backup-.*\.(making|part)|check-.*)$/.test(name)) {
        rmSync(path.join(this.folder, name), { recursive: true, force: true });
      }
    }
  }

  #removeOutdated(): void {
    const { folder } = this;
    const backups = readdirSync(folder)
      .filter(isBackupFileName)
      .map((fileName) => ({ fileName, madeAtMs: madeAtOf(fileName) }));
    const offsetMs = siteOffsetMs(this.#timeZone, this.#options.nowMs());
    for (const { fileName } of outdatedBackups(backups, this.settings(), offsetMs)) {
      rmSync(path.join(folder, fileName), { force: true });
    }
  }
}

function problemFrom(error: unknown): NonNullable<BackupEnd['problem']> {
  if (error instanceof AppError) return { code: error.code, values: error.values };
  return { code: 'internal', values: { detail: String(error) } };
}

function assertUsable(folder: string): void {
  const refuse = (detail: string, cause?: unknown): AppError =>
    new AppError('backup-folder-refused', { path: folder, detail }, cause);
  if (!path.isAbsolute(folder)) throw refuse('…');
  try {
    if (!statSync(folder).isDirectory()) throw refuse('ENOTDIR');
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw refuse(error instanceof Error && 'code' in error ? String(error.code) : String(error), error);
  }
}
