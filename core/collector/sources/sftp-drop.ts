/**
 * An SFTP server for PBXs that push files (Cisco CUCM and others): one user, one folder, uploads only. What is complete is
 * read like a file of a folder; what broke off waits to be continued or repeated. Its host key is made once and kept.
 * Connections are counted and timed here, from their first moment: SSH itself would wait for ever for a client that says
 * nothing.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { AuthContext, ClientInfo, Connection, ParsedKey, Server } from 'ssh2';
import type { SourceConfig } from '../../model/source-config.ts';
import { AllowedHosts, plainAddress } from '../allowed-hosts.ts';
import type { CaptureProblem } from '../control.ts';
import { fingerprintOf } from '../host-key.ts';
import { Notes } from '../notes.ts';
import { fileProblem, networkProblem, problemOf } from '../problem.ts';
import { InboxRefusal, SftpInbox } from '../sftp-inbox.ts';
import { serveSftp } from '../sftp-session.ts';
import type { CloseWhy, RunningSource, SourceHost } from '../source.ts';
import { FolderSource } from './folder.ts';

export type SftpDropConfig = Extract<SourceConfig, { kind: 'sftp-drop' }>;

export interface SftpDropOptions {
  readonly loginTimeoutMs?: number;
  readonly onListening?: (port: number) => void;
}

const MOST_CONNECTIONS = 8;
const LOGIN_TIMEOUT_MS = 30_000;
const MOST_LOGIN_TRIES = 3;
/** Wrong logins of one peer within a minute, before it is turned away for the rest of it. */
const MOST_WRONG_LOGINS = 10;
const MINUTE_MS = 60_000;
const MOST_UPLOADS_PER_MINUTE = 600;
const FORGET_AFTER_MS = 24 * 60 * MINUTE_MS;
const KEEP_ALIVE_MS = 30_000;
const MIB = 1024 * 1024;

export class SftpDropSource implements RunningSource {
  readonly #host: SourceHost;
  readonly #config: SftpDropConfig;
  readonly #notes: Notes;
  readonly #loginTimeoutMs: number;
  readonly #inbox: SftpInbox;
  readonly #sockets = new Set<Socket>();
  /** When a connection must be logged in, by its address and port. */
  readonly #deadlines = new Map<string, NodeJS.Timeout>();
  readonly #wrongLogins = new Map<string, { count: number; readonly sinceMs: number }>();
  readonly #opening: Promise<void>;
  #front: NetServer | undefined;
  #folder: FolderSource | undefined;
  #key: ParsedKey | undefined;
  #refused = 0;
  #isClosing = false;

  constructor(host: SourceHost, config: SftpDropConfig, options: SftpDropOptions = {}) {
    this.#host = host;
    this.#config = config;
    this.#notes = new Notes(host);
    this.#loginTimeoutMs = options.loginTimeoutMs ?? LOGIN_TIMEOUT_MS;
    this.#inbox = new SftpInbox({
      folder: this.#inboxFolder,
      maxFileBytes: config.maxFileMib * MIB,
      mostUploadsPerMinute: MOST_UPLOADS_PER_MINUTE,
      now: host.now,
    });
    this.#opening = this.#open(options.onListening).catch((error: unknown) => {
      this.#isClosing = true;
      host.ended(problemOf(error));
    });
  }

  async close(why: CloseWhy): Promise<void> {
    this.#isClosing = true;
    await this.#opening;
    this.#notes.stop();
    const closed = new Promise<void>((resolve) => {
      if (this.#front === undefined) resolve();
      else this.#front.close(() => resolve());
    });
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    await this.#folder?.close(why);
  }

  get #inboxFolder(): string {
    return join(this.#host.folder, 'inbox');
  }

  async #open(onListening?: (port: number) => void): Promise<void> {
    const { default: ssh2 } = await import('ssh2');
    const { bindAddress, port, publicKey } = this.#config;
    const allowed = new AllowedHosts(this.#config.allowedHosts);
    if (publicKey !== '') {
      const key = ssh2.utils.parseKey(publicKey);
      if (key instanceof Error) {
        this.#host.ended({ code: 'key-unusable', values: { field: 'config.publicKey' } });
        return;
      }
      this.#key = key;
    }
    await mkdir(this.#inboxFolder, { recursive: true, mode: 0o700 });
    const hostKey = await this.#hostKey(ssh2);
    const own = ssh2.utils.parseKey(hostKey);
    if (own instanceof Error) throw own;
    this.#host.hostKey(fingerprintOf(own.getPublicSSH()));
    const ssh = new ssh2.Server(
      { hostKeys: [hostKey], ident: 'Tollbook', keepaliveInterval: KEEP_ALIVE_MS },
      (connection, info) => this.#serve(connection, info, ssh2.utils.sftp.STATUS_CODE, ssh2.utils.sftp.OPEN_MODE),
    );
    if (this.#isClosing) return;
    const front = createServer((socket) => this.#accept(socket, allowed, ssh));
    this.#front = front;
    front.on('error', (error: Error) => {
      if (this.#isClosing) return;
      this.#isClosing = true;
      this.#host.ended(networkProblem(error, { port, host: bindAddress }));
    });
    front.listen(port, bindAddress, () => {
      const address = front.address();
      if (address !== null && typeof address === 'object') onListening?.(address.port);
      this.#host.opened();
      this.#folder = new FolderSource(
        { ...this.#host, opened: () => undefined },
        {
          path: this.#inboxFolder,
          patterns: [],
          isRecursive: true,
          order: 'time',
          stableMs: 0,
          tailMs: 0,
          areFinished: true,
          forgetAfterMs: FORGET_AFTER_MS,
        },
        this.#notes,
      );
    });
  }

  /** Made at the first start, readable by this account alone. */
  async #hostKey(ssh2: typeof import('ssh2')): Promise<string> {
    const file = join(this.#host.folder, 'host-key');
    const known = await readFile(file, 'utf8').catch(() => '');
    if (known !== '') return known;
    const made = ssh2.utils.generateKeyPairSync('ed25519').private;
    await writeFile(file, made, { mode: 0o600 });
    await chmod(file, 0o600);
    return made;
  }

  #accept(socket: Socket, allowed: AllowedHosts, ssh: Server): void {
    const peer = plainAddress(socket.remoteAddress ?? '');
    socket.on('error', () => undefined);
    if (!allowed.allows(peer)) {
      this.#turnAway(socket, (count) => ({ code: 'peer-refused', values: { peer, count, port: this.#config.port } }));
      return;
    }
    if (this.#isBarred(peer)) {
      this.#turnAway(socket, (count) => ({ code: 'upload-login-refused', values: { peer, count } }));
      return;
    }
    if (this.#sockets.size >= MOST_CONNECTIONS) {
      this.#turnAway(socket, () => ({ code: 'too-many-connections', values: { peer, limit: MOST_CONNECTIONS } }));
      return;
    }
    this.#sockets.add(socket);
    this.#host.connections(this.#sockets.size);
    const name = nameOf(socket.remoteAddress, socket.remotePort);
    const deadline = setTimeout(() => socket.destroy(), this.#loginTimeoutMs);
    this.#deadlines.set(name, deadline);
    socket.once('close', () => {
      clearTimeout(deadline);
      this.#deadlines.delete(name);
      this.#sockets.delete(socket);
      this.#host.connections(this.#sockets.size);
    });
    ssh.injectSocket(socket);
  }

  #serve(
    connection: Connection,
    info: ClientInfo,
    status: typeof import('ssh2').utils.sftp.STATUS_CODE,
    modes: typeof import('ssh2').utils.sftp.OPEN_MODE,
  ): void {
    const peer = plainAddress(info.ip);
    connection.on('error', () => undefined);
    let tries = 0;
    connection.on('authentication', (context) => {
      const answer = this.#isLetIn(context);
      if (answer) context.accept();
      else if (context.method === 'none') context.reject(this.#methods());
      else {
        tries += 1;
        this.#countWrongLogin(peer);
        this.#refused += 1;
        this.#notes.event({ code: 'upload-login-refused', values: { peer, count: this.#refused } });
        context.reject(this.#methods());
        if (tries >= MOST_LOGIN_TRIES) connection.end();
      }
    });
    connection.on('ready', () => {
      clearTimeout(this.#deadlines.get(nameOf(info.ip, info.port)));
      this.#wrongLogins.delete(peer);
      connection.on('session', (accept) => {
        const session = accept();
        session.on('sftp', (acceptSftp) => {
          serveSftp(acceptSftp(), this.#inbox, status, modes, {
            refused: (error) => this.#refuse(peer, error),
            brokenOff: (path) => this.#notes.event({ code: 'upload-unfinished', values: { peer, path } }),
          });
        });
      });
    });
  }

  #turnAway(socket: Socket, problem: (count: number) => CaptureProblem): void {
    this.#refused += 1;
    socket.destroy();
    this.#notes.event(problem(this.#refused));
  }

  #refuse(peer: string, error: unknown): void {
    this.#refused += 1;
    this.#notes.event(this.#refusalOf(peer, error));
  }

  #refusalOf(peer: string, error: unknown): CaptureProblem {
    const count = this.#refused;
    if (error instanceof InboxRefusal) {
      if (error.reason === 'too-large')
        return { code: 'upload-too-large', values: { peer, limit: this.#config.maxFileMib } };
      if (error.reason === 'too-many') return { code: 'upload-too-often', values: { peer, count } };
      return { code: 'upload-not-allowed', values: { peer, count } };
    }
    const { code, values } = fileProblem(error, this.#inboxFolder);
    const detail = String(values['detail'] ?? code);
    if (detail === 'ENOSPC') return { code: 'disk-full', values: { path: this.#inboxFolder } };
    return { code: 'upload-refused', values: { peer, detail, count } };
  }

  #methods(): ('password' | 'publickey')[] {
    const { password } = this.#config;
    return [
      ...(this.#key === undefined ? [] : ['publickey' as const]),
      ...(password === '' ? [] : ['password' as const]),
    ];
  }

  #isLetIn(context: AuthContext): boolean {
    const { username, password } = this.#config;
    const isUser = isSame(context.username, username);
    if (context.method === 'password') return password !== '' && isSame(context.password, password) && isUser;
    if (context.method !== 'publickey' || this.#key === undefined) return false;
    const isKey =
      context.key.algo === this.#key.type &&
      isSame(context.key.data.toString('base64'), this.#key.getPublicSSH().toString('base64'));
    if (!isUser || !isKey) return false;
    if (context.signature === undefined || context.blob === undefined) return true;
    return this.#key.verify(context.blob, context.signature, context.hashAlgo) === true;
  }

  #countWrongLogin(peer: string): void {
    const known = this.#wrongLogins.get(peer);
    const now = this.#host.now();
    if (known === undefined || Math.abs(now - known.sinceMs) > MINUTE_MS)
      this.#wrongLogins.set(peer, { count: 1, sinceMs: now });
    else known.count += 1;
  }

  #isBarred(peer: string): boolean {
    const known = this.#wrongLogins.get(peer);
    if (known === undefined || known.count < MOST_WRONG_LOGINS) return false;
    // A clock that was set back bars nobody for longer.
    return Math.abs(this.#host.now() - known.sinceMs) <= MINUTE_MS;
  }
}

function nameOf(address: string | undefined, port: number | undefined): string {
  return `${address ?? ''} ${port ?? 0}`;
}

/** Takes as long whatever differs. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
