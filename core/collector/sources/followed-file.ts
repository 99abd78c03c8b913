/**
 * Follows a file that another program appends to. A renamed file is read to its end by its open handle (and a while
 * longer: its writer may not have noticed) while the new one of that name is already read; a cut file is read from its
 * beginning. Positions are stored with the bytes, so a restart goes on where it stopped.
 */
import { type FSWatcher, watch } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SourceConfig } from '../../model/source-config.ts';
import type { StoredFile } from '../../store/journal.ts';
import { hasHead, identityOf, isSameFile, readHead } from '../file-head.ts';
import { fileProblem } from '../problem.ts';
import type { CloseWhy, RunningSource, SourceHost } from '../source.ts';
import { FileReader, fileIdentity } from './file-reader.ts';

export type FollowedFileConfig = Extract<SourceConfig, { kind: 'followed-file' }>;

export interface FollowOptions {
  readonly pollMs?: number;
  /** How long a renamed file must have given nothing before it is let go. */
  readonly renamedQuietMs?: number;
}

const POLL_MS = 100;
const RENAMED_QUIET_MS = 10_000;

export class FollowedFileSource implements RunningSource {
  readonly #host: SourceHost;
  readonly #config: FollowedFileConfig;
  readonly #renamedQuietMs: number;
  readonly #timer: NodeJS.Timeout;
  #watcher: FSWatcher | undefined;
  #current: FileReader | undefined;
  #renamed: FileReader[] = [];
  #turn: Promise<void> | undefined;
  #isWanted = false;
  #isStopped = false;
  #isFirstLook = true;
  #noted = '';

  constructor(host: SourceHost, config: FollowedFileConfig, options: FollowOptions = {}) {
    this.#host = host;
    this.#config = config;
    this.#renamedQuietMs = options.renamedQuietMs ?? RENAMED_QUIET_MS;
    this.#timer = setInterval(() => this.#look(), options.pollMs ?? POLL_MS);
    this.#watch();
    this.#look();
  }

  async close(why: CloseWhy): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    this.#watcher?.close();
    await this.#turn;
    const readers = [...this.#renamed, ...(this.#current === undefined ? [] : [this.#current])];
    for (const reader of readers) {
      if (why === 'removed') await this.#host.closeStream(reader.streamId, 'removed').catch(() => undefined);
      await reader.handle.close();
    }
    this.#renamed = [];
    this.#current = undefined;
  }

  /** Change notices are only a hint: they are missing on network drives, and for folders that do not exist yet. */
  #watch(): void {
    try {
      this.#watcher = watch(dirname(this.#config.path), { persistent: false }, () => this.#look());
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      this.#watcher = undefined;
    }
  }

  #look(): void {
    if (this.#isStopped) return;
    if (this.#turn !== undefined) {
      this.#isWanted = true;
      return;
    }
    this.#turn = this.#lookOnce().finally(() => {
      this.#turn = undefined;
      if (!this.#isWanted) return;
      this.#isWanted = false;
      this.#look();
    });
  }

  async #lookOnce(): Promise<void> {
    try {
      if (this.#current === undefined) await this.#openCurrent();
      await this.#readRenamed();
      await this.#readCurrent();
    } catch (error) {
      if (this.#isStopped) return;
      await this.#letGo();
      this.#note(error);
    }
  }

  async #readCurrent(): Promise<void> {
    const current = this.#current;
    if (current === undefined) return;
    const isStopped = (): boolean => this.#isStopped;
    // First, so that what stands behind the old position in a file written anew is not taken for its continuation.
    await current.startAgainIfTruncated();
    await current.readToEnd(isStopped);
    if (!(await this.#isRenamed(current))) return;
    await current.readToEnd(isStopped);
    this.#renamed.push(current);
    this.#current = undefined;
    this.#isWanted = true;
  }

  async #isRenamed(current: FileReader): Promise<boolean> {
    try {
      return !isSameFile(identityOf(await stat(this.#config.path, { bigint: true })), current);
    } catch {
      // Renamed, and the new file is not there yet: the open handle still gives what is appended to the old one.
      return false;
    }
  }

  async #readRenamed(): Promise<void> {
    for (const reader of [...this.#renamed]) {
      await reader.readToEnd(() => this.#isStopped);
      if (reader.quietMs() < this.#renamedQuietMs) continue;
      this.#renamed = this.#renamed.filter((other) => other !== reader);
      await this.#host.closeStream(reader.streamId, 'rotated');
      await reader.handle.close();
    }
  }

  async #openCurrent(): Promise<void> {
    const isFirstLook = this.#isFirstLook;
    let handle: FileHandle;
    try {
      handle = await open(this.#config.path, 'r');
    } catch (error) {
      this.#isFirstLook = false;
      if (isFirstLook) await this.#takeUpRenamed(this.#openStreams());
      this.#note(error);
      return;
    }
    try {
      await this.#start(handle, isFirstLook);
      this.#isFirstLook = false;
    } catch (error) {
      await handle.close();
      throw error;
    }
    this.#noted = '';
    this.#host.note(null);
    this.#host.opened();
  }

  async #start(handle: FileHandle, isFirstLook: boolean): Promise<void> {
    const identity = await fileIdentity(handle);
    const stored = isFirstLook ? this.#storedFiles() : [];
    const known = stored.findLast((file) => isSameFile(file, identity));
    const isContinued = known !== undefined && known.position <= identity.size && (await hasHead(handle, known));
    if (known !== undefined && !isContinued) await this.#host.closeStream(known.streamId, 'truncated');
    await this.#takeUpRenamed(stored.filter((file) => file !== known && file.closedAtMs === null));
    const head = await readHead(handle);
    const common = { host: this.#host, handle, path: this.#config.path, ...identity, head };
    if (isContinued && known.closedAtMs === null) {
      this.#current = new FileReader({ ...common, streamId: known.streamId, position: known.position });
      return;
    }
    // Only the very first look skips what is there already; a file that appears later is wanted whole.
    const isNewHere = isFirstLook && !stored.some((file) => file.path === this.#config.path);
    const skipped = isNewHere && !this.#config.fromStart ? identity.size : 0;
    // A source that was set up anew does not read again what it has read.
    const position = isContinued ? known.position : skipped;
    const mark = { path: this.#config.path, device: identity.device, inode: identity.inode, ...head, position };
    // In one step: a stream without its mark would be left behind by a power cut in between.
    const streamId = await this.#host.appendFile(this.#config.path, new Uint8Array(0), mark, null);
    this.#current = new FileReader({ ...common, streamId, position });
  }

  /** Files that were renamed while the program did not run: found by inode in the same folder, and read to their end. */
  async #takeUpRenamed(files: readonly StoredFile[]): Promise<void> {
    if (files.length === 0) return;
    const folder = dirname(this.#config.path);
    const names = await readdir(folder).catch((): string[] => []);
    const left = new Set(files);
    for (const name of names) {
      const path = join(folder, name);
      const stats = await stat(path, { bigint: true }).catch(() => undefined);
      if (stats === undefined || !stats.isFile()) continue;
      const identity = identityOf(stats);
      const file = [...left].find((candidate) => isSameFile(candidate, identity));
      if (file === undefined) continue;
      const handle = await open(path, 'r');
      if (file.position > Number(stats.size) || !(await hasHead(handle, file))) {
        await handle.close();
        continue;
      }
      left.delete(file);
      const options = { host: this.#host, handle, path, ...identity, head: file };
      this.#renamed.push(new FileReader({ ...options, streamId: file.streamId, position: file.position }));
    }
    for (const file of left) await this.#host.closeStream(file.streamId, 'file-gone');
  }

  #storedFiles(): readonly StoredFile[] {
    return this.#host.files().filter((file) => !file.isImport);
  }

  #openStreams(): readonly StoredFile[] {
    return this.#storedFiles().filter((file) => file.closedAtMs === null);
  }

  /** A handle that cannot be read any more (a network drive that went away) is given up; the path is opened anew. */
  async #letGo(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    this.#isFirstLook = true;
    for (const reader of this.#renamed.splice(0)) await reader.handle.close().catch(() => undefined);
    await current?.handle.close().catch(() => undefined);
  }

  #note(error: unknown): void {
    const problem = fileProblem(error, this.#config.path);
    const key = JSON.stringify(problem);
    if (key === this.#noted) return;
    this.#noted = key;
    this.#host.waiting(problem);
  }
}
