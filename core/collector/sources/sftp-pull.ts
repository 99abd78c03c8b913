/**
 * Fetches files from an SFTP server, again and again over one connection. Nothing is sent to a server whose host key was
 * not confirmed. Each file is copied here first and then taken like a file of a folder, so that a broken connection leaves
 * nothing half-read. The server's files stay as they are.
 */
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import type { Client, FileEntryWithStats, SFTPWrapper } from 'ssh2';
import type { SourceConfig } from '../../model/source-config.ts';
import type { CaptureProblem } from '../control.ts';
import { FileIntake, type FoundFile } from '../file-intake.ts';
import { FilePattern } from '../file-pattern.ts';
import { fingerprintOf } from '../host-key.ts';
import { Notes } from '../notes.ts';
import { fileProblem, networkProblem } from '../problem.ts';
import { inOrder, SeenFiles } from '../seen-files.ts';
import type { CloseWhy, RunningSource, SourceHost } from '../source.ts';

export type SftpPullConfig = Extract<SourceConfig, { kind: 'sftp-pull' }>;

const CONNECT_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_MS = 15_000;
const BATCH = 16;
/** A file that was changed a moment ago may still be written to. */
const STABLE_MS = 10_000;
const TAIL_MS = 60_000;
/** A file that is written to all the time is read up to its last line end this often. */
const PATIENCE_MS = 5 * 60_000;
const NO_SUCH_FILE = 2;
const PERMISSION_DENIED = 3;

interface RemoteFile {
  readonly path: string;
  readonly version: string;
  readonly mtimeMs: number;
  readonly size: number;
  readonly isFinished: false;
}

export class SftpPullSource implements RunningSource {
  readonly #host: SourceHost;
  readonly #config: SftpPullConfig;
  readonly #pollMs: number;
  readonly #pattern: FilePattern;
  readonly #notes: Notes;
  readonly #intake: FileIntake;
  readonly #seen: SeenFiles<RemoteFile>;
  readonly #done: Promise<void>;
  #client: Client | undefined;
  #isStopped = false;
  #isOver = false;
  #problem: CaptureProblem | null = null;
  #trouble: CaptureProblem | null = null;
  #wake: (() => void) | undefined;

  constructor(host: SourceHost, config: SftpPullConfig, options: { readonly pollMs?: number } = {}) {
    this.#host = host;
    this.#config = config;
    this.#pollMs = options.pollMs ?? config.pollSeconds * 1000;
    this.#pattern = new FilePattern(config.patterns);
    this.#notes = new Notes(host);
    this.#intake = new FileIntake({
      host,
      tailMs: TAIL_MS,
      endsWhenRead: false,
      say: (problem) => this.#say(problem),
    });
    this.#seen = new SeenFiles(STABLE_MS, (file) => this.#intake.isRead(found(file, '')), PATIENCE_MS);
    this.#done = this.#run();
  }

  async close(why: CloseWhy): Promise<void> {
    this.#isStopped = true;
    this.#intake.stop();
    this.#notes.stop();
    this.#client?.destroy();
    this.#wake?.();
    await this.#done;
    if (why === 'removed') await this.#intake.closeAll('removed').catch(() => undefined);
  }

  get #incoming(): string {
    return join(this.#host.folder, 'incoming');
  }

  async #run(): Promise<void> {
    try {
      await rm(this.#incoming, { recursive: true, force: true });
      await mkdir(this.#incoming, { recursive: true, mode: 0o700 });
      const sftp = await this.#connect();
      this.#host.connections(1);
      while (!this.#isStopped && !this.#isOver) {
        await this.#poll(sftp);
        await this.#pause();
      }
    } catch (error) {
      this.#problem ??= error instanceof Error ? this.#problemOf(error) : null;
    }
    this.#client?.end();
    this.#host.connections(0);
    this.#host.ended(this.#problem);
  }

  async #connect(): Promise<SFTPWrapper> {
    // Loaded only here: who has no such source need not wait for it.
    const { default: ssh2 } = await import('ssh2');
    const client = new ssh2.Client();
    this.#client = client;
    const { host, port, username, password, privateKey, passphrase } = this.#config;
    client.on('error', (error) => {
      this.#problem ??= this.#problemOf(error);
    });
    client.on('close', () => {
      this.#isOver = true;
      this.#wake?.();
    });
    client.on('keyboard-interactive', (_name, _text, _language, prompts, finish) =>
      finish(prompts.map(() => password)),
    );
    return await new Promise((resolve, reject) => {
      client.on('close', () => reject(new Error('closed')));
      client.on('ready', () => client.sftp((error, sftp) => (error === undefined ? resolve(sftp) : reject(error))));
      client.connect({
        host,
        port,
        username,
        readyTimeout: CONNECT_TIMEOUT_MS,
        keepaliveInterval: KEEP_ALIVE_MS,
        keepaliveCountMax: 3,
        tryKeyboard: password !== '',
        hostVerifier: (key: Buffer) => this.#isConfirmed(key),
        ...(password === '' ? {} : { password }),
        ...(privateKey === '' ? {} : { privateKey, ...(passphrase === '' ? {} : { passphrase }) }),
      });
    });
  }

  #isConfirmed(key: Buffer): boolean {
    const fingerprint = fingerprintOf(key);
    this.#host.hostKey(fingerprint);
    const { hostKey, host } = this.#config;
    if (fingerprint === hostKey) return true;
    const code = hostKey === '' ? 'host-key-unknown' : 'host-key-changed';
    this.#problem = { code, values: { host, fingerprint } };
    return false;
  }

  async #poll(sftp: SFTPWrapper): Promise<void> {
    this.#trouble = null;
    let files: readonly RemoteFile[];
    try {
      files = await this.#list(sftp);
    } catch (error) {
      const problem = folderProblem(error, this.#config.path);
      if (problem === undefined) throw error;
      this.#notes.waiting(problem);
      return;
    }
    this.#host.opened();
    const ready = this.#seen.readyOf(files, this.#host.now());
    for (let at = 0; at < ready.length && !this.#isStopped; at += BATCH) {
      await this.#take(sftp, ready.slice(at, at + BATCH));
    }
    this.#notes.hold(this.#trouble);
  }

  async #take(sftp: SFTPWrapper, files: readonly RemoteFile[]): Promise<void> {
    const fetched: FoundFile[] = [];
    for (const [n, file] of files.entries()) {
      // The name's end stays: it tells a packed file.
      const local = join(this.#incoming, `${n}-${basename(file.path).slice(-100)}`);
      if (await this.#fetch(sftp, file, local)) fetched.push(found(file, local));
    }
    const done = await this.#intake.take(fetched, new Set());
    for (const path of done) this.#seen.markDone(path);
    for (const { local } of fetched) await rm(local, { force: true });
  }

  /** False when the file changed meanwhile or cannot be read: the next look sees it again. */
  async #fetch(sftp: SFTPWrapper, file: RemoteFile, local: string): Promise<boolean> {
    const remote = posix.join(this.#config.path, file.path);
    try {
      await this.#ask<void>((done) => sftp.fastGet(remote, local, (error) => done(error, undefined)));
    } catch (error) {
      if (this.#isOver || this.#isStopped) throw error;
      this.#say({
        code: 'file-not-readable',
        values: { path: file.path, detail: fileProblem(error, '').values['detail'] ?? '' },
      });
      return false;
    }
    return (await stat(local)).size === file.size;
  }

  async #list(sftp: SFTPWrapper): Promise<readonly RemoteFile[]> {
    const files: RemoteFile[] = [];
    const folders = [''];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      for (const { filename, attrs } of await this.#entriesOf(sftp, folder)) {
        if (filename === '.' || filename === '..') continue;
        const path = posix.join(folder, filename);
        if (attrs.isDirectory()) {
          if (this.#config.isRecursive) folders.push(path);
        } else if (attrs.isFile() && this.#pattern.fits(filename)) {
          const { size, mtime } = attrs;
          files.push({ path, version: `${size}/${mtime}`, mtimeMs: mtime * 1000, size, isFinished: false });
        }
      }
    }
    return inOrder(files, this.#config.order);
  }

  /** A folder below that cannot be read, or is gone, does not keep the others from being read. */
  async #entriesOf(sftp: SFTPWrapper, folder: string): Promise<readonly FileEntryWithStats[]> {
    try {
      return await this.#readFolder(sftp, posix.join(this.#config.path, folder));
    } catch (error) {
      const problem = folderProblem(error, folder);
      if (folder === '' || problem === undefined) throw error;
      if (problem.code !== 'folder-not-found') this.#trouble = problem;
      return [];
    }
  }

  #readFolder(sftp: SFTPWrapper, path: string): Promise<readonly FileEntryWithStats[]> {
    return this.#ask((done) => sftp.readdir(path, done));
  }

  /** A connection that is lost in the middle of a question answers nothing any more. */
  #ask<T>(question: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const client = this.#client;
      const lost = (): void => reject(new Error('closed'));
      client?.once('close', lost);
      question((error, value) => {
        client?.off('close', lost);
        if (error === undefined || error === null) resolve(value);
        else reject(error);
      });
    });
  }

  #say(problem: CaptureProblem): void {
    if (problem.code === 'file-repeated' || problem.code === 'file-rewritten') this.#notes.event(problem);
    else this.#trouble = problem;
  }

  #problemOf(error: Error): CaptureProblem | null {
    if (this.#isStopped) return null;
    const { host, port } = this.#config;
    const level = 'level' in error ? String(error.level) : '';
    if (level === 'client-authentication') return { code: 'login-rejected', values: { host, port } };
    if (/privateKey|passphrase/i.test(error.message))
      return { code: 'key-unusable', values: { field: 'config.privateKey' } };
    if (level === 'client-timeout') return { code: 'host-unreachable', values: { host, port, detail: 'ETIMEDOUT' } };
    return networkProblem(error, { host, port });
  }

  async #pause(): Promise<void> {
    if (this.#isStopped || this.#isOver) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#pollMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function found({ path, version }: RemoteFile, local: string): FoundFile {
  return { path, version, device: '', inode: '', isFinished: false, local };
}

/** Undefined for a failure that is not the folder's. */
function folderProblem(error: unknown, path: string): CaptureProblem | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === NO_SUCH_FILE) return { code: 'folder-not-found', values: { path } };
  if (code !== PERMISSION_DENIED) return undefined;
  return { code: 'folder-not-readable', values: { path, detail: 'permission denied' } };
}
