/**
 * A folder into which another program puts files. A file is read once it has not changed for a moment; then it is left and
 * remembered, or moved into a folder below. Which files there are is asked by looking: notices of the operating system are
 * missing on network drives.
 */
import type { Dirent } from 'node:fs';
import { mkdir, readdir, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { FileChoice, SourceConfig } from '../../model/source-config.ts';
import type { CaptureProblem } from '../control.ts';
import { FileIntake, type FoundFile } from '../file-intake.ts';
import { FilePattern } from '../file-pattern.ts';
import { freeName } from '../free-name.ts';
import { Notes } from '../notes.ts';
import { fileProblem } from '../problem.ts';
import { inOrder, SeenFiles } from '../seen-files.ts';
import type { CloseWhy, RunningSource, SourceHost } from '../source.ts';

export type FolderConfig = Extract<SourceConfig, { kind: 'folder' }>;

export interface FolderOptions extends FileChoice {
  readonly path: string;
  readonly stableMs: number;
  readonly tailMs: number;
  /** Read files go there; absent: they stay. */
  readonly doneFolder?: string;
  readonly pollMs?: number;
  /** Files come here only when they are complete (this program receives them itself). */
  readonly areFinished?: boolean;
  /** Read files are deleted after this long. */
  readonly forgetAfterMs?: number;
}

const POLL_MS = 1000;
/** Of the time: looking through very many files must not become all that this program does. */
const LOOKING_SHARE = 0.05;
const TAIL_MS = 30_000;
const STAT_BATCH = 64;
/** A file that is written to all the time is read up to its last line end this often. */
const PATIENCE_MS = 60_000;

interface Listed extends FoundFile {
  readonly mtimeMs: number;
}

export function folderOptionsOf(config: FolderConfig): FolderOptions {
  const { path, patterns, isRecursive, order, stableSeconds, afterwards, doneFolder } = config;
  const stableMs = stableSeconds * 1000;
  return {
    path,
    patterns,
    isRecursive,
    order,
    stableMs,
    tailMs: Math.max(TAIL_MS, stableMs),
    ...(afterwards === 'move' ? { doneFolder: resolve(path, doneFolder) } : {}),
  };
}

export class FolderSource implements RunningSource {
  readonly #host: SourceHost;
  readonly #options: FolderOptions;
  readonly #pattern: FilePattern;
  readonly #intake: FileIntake;
  readonly #notes: Notes;
  readonly #seen: SeenFiles<Listed>;
  #trouble: CaptureProblem | null = null;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> | undefined;
  #isStopped = false;
  #isOpen = false;
  #listingMs = 0;

  constructor(host: SourceHost, options: FolderOptions, notes: Notes = new Notes(host)) {
    this.#host = host;
    this.#options = options;
    this.#pattern = new FilePattern(options.patterns);
    this.#notes = notes;
    this.#intake = new FileIntake({
      host,
      tailMs: options.tailMs,
      endsWhenRead: options.doneFolder !== undefined,
      say: (problem) => this.#say(problem),
    });
    // What is moved away must have nobody writing to it any more.
    const patienceMs = options.doneFolder === undefined ? PATIENCE_MS : Number.POSITIVE_INFINITY;
    this.#seen = new SeenFiles(options.stableMs, (file) => this.#intake.isRead(file), patienceMs);
    this.#look();
  }

  async close(why: CloseWhy): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#intake.stop();
    this.#notes.stop();
    await this.#turn;
    if (why === 'removed') await this.#intake.closeAll('removed').catch(() => undefined);
  }

  #look(): void {
    if (this.#isStopped) return;
    this.#turn = this.#lookOnce().finally(() => {
      const pauseMs = Math.max(this.#options.pollMs ?? POLL_MS, this.#listingMs / LOOKING_SHARE);
      if (!this.#isStopped) this.#timer = setTimeout(() => this.#look(), pauseMs);
    });
  }

  async #lookOnce(): Promise<void> {
    this.#trouble = null;
    try {
      const startedAt = performance.now();
      const files = await this.#list();
      this.#listingMs = performance.now() - startedAt;
      if (!this.#isOpen) this.#host.opened();
      this.#isOpen = true;
      const ready = this.#seen.readyOf(files, this.#host.now());
      const done = await this.#intake.take(ready, new Set(files.map((file) => file.inode)));
      for (const path of done) this.#seen.markDone(path);
      await this.#putAwayRead(files);
      await this.#forgetOld(files);
      this.#notes.hold(this.#trouble);
    } catch (error) {
      if (this.#isStopped) return;
      this.#isOpen = false;
      this.#notes.waiting(folderProblem(error, this.#options.path));
    }
  }

  /** Received files that are read need not take up room for ever. */
  async #forgetOld(files: readonly Listed[]): Promise<void> {
    const { forgetAfterMs } = this.#options;
    if (forgetAfterMs === undefined) return;
    for (const file of files) {
      if (!this.#seen.isDone(file.path) || this.#host.now() - file.mtimeMs < forgetAfterMs) continue;
      await unlink(file.local).catch(() => undefined);
    }
  }

  async #list(): Promise<readonly Listed[]> {
    const { path, isRecursive, order, doneFolder } = this.#options;
    const names: string[] = [];
    const folders = [path];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      for (const entry of await this.#entriesOf(folder)) {
        const full = join(folder, entry.name);
        if (entry.isDirectory()) {
          if (isRecursive && full !== doneFolder) folders.push(full);
        } else if (this.#pattern.fits(entry.name) && !(entry.isSymbolicLink() && (await this.#leadsOut(full))))
          names.push(full);
      }
      if (this.#isStopped) return [];
    }
    const files: Listed[] = [];
    for (let at = 0; at < names.length; at += STAT_BATCH) {
      const batch = await Promise.all(names.slice(at, at + STAT_BATCH).map((name) => this.#stat(name)));
      for (const file of batch) if (file !== undefined) files.push(file);
    }
    return inOrder(files, order);
  }

  /** A folder below that cannot be read, or is gone, does not keep the others from being read. */
  async #entriesOf(folder: string): Promise<readonly Dirent[]> {
    const { path } = this.#options;
    try {
      return await readdir(folder, { withFileTypes: true });
    } catch (error) {
      if (folder === path) throw error;
      const problem = folderProblem(error, relative(path, folder));
      if (problem.code !== 'folder-not-found') this.#trouble = problem;
      return [];
    }
  }

  /** Whoever may put files here must not choose what else of this computer is read. */
  async #leadsOut(link: string): Promise<boolean> {
    const { path } = this.#options;
    const [root, target] = await Promise.all([realpath(path), realpath(link).catch(() => '')]);
    if (target === '' || target.startsWith(root + sep)) return false;
    this.#trouble = { code: 'link-leads-out', values: { path: relative(path, link) } };
    return true;
  }

  async #stat(full: string): Promise<Listed | undefined> {
    const path = relative(this.#options.path, full).split(sep).join('/');
    try {
      const stats = await stat(full, { bigint: true });
      if (!stats.isFile()) return undefined;
      return {
        path,
        version: `${stats.size}/${stats.mtimeNs}/${stats.ino}`,
        device: stats.dev.toString(),
        inode: stats.ino.toString(),
        isFinished: this.#options.areFinished === true,
        local: full,
        mtimeMs: Number(stats.mtimeMs),
      };
    } catch (error) {
      // Gone since it was listed: whoever took it away had a reason.
      const problem = fileProblem(error, path);
      if (problem.code !== 'file-not-found') this.#trouble = problem;
      return undefined;
    }
  }

  /** What is wrong with a file is said as long as it is so; what happened to one, for a while. */
  #say(problem: CaptureProblem): void {
    if (problem.code === 'file-repeated' || problem.code === 'file-rewritten') this.#notes.event(problem);
    else this.#trouble = problem;
  }

  /** With every look, so that what could not be moved is moved, and told, until it can be. */
  async #putAwayRead(files: readonly Listed[]): Promise<void> {
    const { doneFolder } = this.#options;
    if (doneFolder === undefined) return;
    for (const file of files) if (this.#seen.isDone(file.path)) await this.#putAway(file, doneFolder);
  }

  async #putAway(file: Listed, doneFolder: string): Promise<void> {
    // Changed since it was read: what is new in it must be read first.
    if ((await this.#stat(file.local))?.version !== file.version) return;
    const target = join(doneFolder, file.path);
    try {
      await mkdir(dirname(target), { recursive: true });
      await rename(file.local, await freeName(target));
    } catch (error) {
      this.#trouble = { code: 'folder-not-readable', values: fileProblem(error, doneFolder).values };
    }
  }
}

function folderProblem(error: unknown, path: string): CaptureProblem {
  const { code, values } = fileProblem(error, path);
  if (code === 'file-not-found') return { code: 'folder-not-found', values: { path } };
  return code === 'file-not-readable' ? { code: 'folder-not-readable', values } : { code, values };
}
