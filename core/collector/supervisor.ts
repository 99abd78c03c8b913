/** Keeps the wanted sources open, opens them again after a pause that grows, and knows how each one is. */
import { join } from 'node:path';
import type { SourceConfig } from '../model/source-config.ts';
import type { FileMark, Journal } from '../store/journal.ts';
import type { CaptureEvent, CaptureProblem, CaptureSource, CaptureStatus, QuietRule } from './control.ts';
import type { JournalWriter } from './journal-writer.ts';
import { officeMinutes } from './office-hours.ts';
import { problemOf } from './problem.ts';
import { RateMeter } from './rate-meter.ts';
import type { CloseWhy, RunningSource, SourceHost } from './source.ts';

export interface SupervisorOptions {
  readonly journal: Journal;
  readonly writer: JournalWriter;
  readonly now: () => number;
  readonly random: () => number;
  readonly emit: (event: CaptureEvent) => void;
  /** Each source that needs files of its own keeps them below. */
  readonly sourcesFolder: string;
  readonly open: (config: SourceConfig, host: SourceHost) => RunningSource | undefined;
  readonly firstRetryMs?: number;
  readonly maxRetryMs?: number;
  readonly tickMs?: number;
}

const FIRST_RETRY_MS = 1000;
const MAX_RETRY_MS = 60_000;
/** Trying costs nothing there, and a cable plugged in again, or a port set free, should not wait a minute. */
const MAX_RETRY_MS_OF: Partial<Record<SourceConfig['kind'], number>> = {
  serial: 3000,
  'tcp-listener': 15_000,
  'http-push': 15_000,
  'udp-listener': 15_000,
  'sftp-drop': 15_000,
};
/** Nothing can be expected from a source in these. */
const STATES_WITHOUT_BYTES: ReadonlySet<CaptureStatus['state']> = new Set(['idle', 'disabled', 'paused']);
/** Every connection, or sender, begins a stream of its own that nothing can go on with after a stop. */
const ONE_CONNECTION_EACH: ReadonlySet<SourceConfig['kind']> = new Set([
  'tcp-client',
  'tcp-listener',
  'ami',
  'mitel-5000-link',
  'http-push',
  'udp-listener',
]);
/** Open this long, a source counts as well, and the next failure starts with the shortest pause again. */
const STEADY_MS = 5000;
const TICK_MS = 1000;

interface Entry {
  source: CaptureSource;
  state: CaptureStatus['state'];
  problem: CaptureProblem | null;
  note: CaptureProblem | null;
  retryAtMs: number | null;
  connections: number;
  lastByteAtMs: number | null;
  hostKey: string | null;
  quietFromMs: number;
  bytesTotal: number;
  openedAtMs: number;
  failures: number;
  running: RunningSource | undefined;
  timer: NodeJS.Timeout | undefined;
  /** Every opening has its own; what an older one still says is not heard. */
  generation: number;
  reported: string;
  readonly rate: RateMeter;
}

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #entries = new Map<number, Entry>();
  readonly #ticker: NodeJS.Timeout;
  #quiet: QuietRule | undefined;
  #isPaused = false;
  #work: Promise<void> = Promise.resolve();

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#ticker = setInterval(() => this.reportAll(), options.tickMs ?? TICK_MS);
  }

  /** Sources not named are closed, changed ones opened again, unchanged ones left alone. */
  configure(sources: readonly CaptureSource[], quiet: QuietRule): Promise<void> {
    return this.#inOrder(async () => {
      this.#quiet = quiet;
      const wanted = new Map(sources.map((source) => [source.id, source]));
      for (const [id, entry] of this.#entries) {
        const next = wanted.get(id);
        if (next !== undefined && isSame(entry.source, next)) continue;
        // Switched off and on again, a stream goes on where it was.
        const isOnlySwitched =
          next !== undefined && isSame(entry.source, { ...next, isEnabled: entry.source.isEnabled });
        await this.#close(entry, isOnlySwitched ? 'stopped' : 'removed');
        this.#entries.delete(id);
      }
      for (const source of wanted.values()) {
        if (this.#entries.has(source.id)) continue;
        const entry = this.#newEntry(source);
        this.#entries.set(source.id, entry);
        if (isOneConnectionEach(source.config)) await this.#closeAbandoned(source.id);
        this.#open(entry);
      }
    });
  }

  setPaused(isPaused: boolean): Promise<void> {
    return this.#inOrder(async () => {
      if (isPaused === this.#isPaused) return;
      this.#isPaused = isPaused;
      for (const entry of this.#entries.values()) {
        if (isPaused) await this.#close(entry, 'stopped');
        this.#open(entry);
      }
    });
  }

  statuses(): readonly CaptureStatus[] {
    return [...this.#entries.values()].map((entry) => this.#statusOf(entry));
  }

  stop(): Promise<void> {
    return this.#inOrder(async () => {
      clearInterval(this.#ticker);
      await Promise.all([...this.#entries.values()].map((entry) => this.#close(entry, 'stopped')));
      this.#entries.clear();
    });
  }

  /** The journal took bytes of this source. */
  appended(sourceId: number, nextOffset: number): void {
    const entry = this.#entries.get(sourceId);
    if (entry === undefined) return;
    const now = this.#options.now();
    entry.rate.add(now, nextOffset - entry.bytesTotal);
    entry.bytesTotal = nextOffset;
    entry.lastByteAtMs = now;
    entry.quietFromMs = now;
  }

  /** Tells every state that differs from what was told last. */
  reportAll(): void {
    for (const entry of this.#entries.values()) this.#report(entry);
  }

  #newEntry(source: CaptureSource): Entry {
    const { journal, now } = this.#options;
    return {
      source,
      state: 'idle',
      problem: null,
      note: null,
      retryAtMs: null,
      connections: 0,
      lastByteAtMs: journal.lastReceivedAtMs(source.id) ?? null,
      hostKey: null,
      quietFromMs: now(),
      bytesTotal: journal.head(source.id).nextOffset,
      openedAtMs: 0,
      failures: 0,
      running: undefined,
      timer: undefined,
      generation: 0,
      reported: '',
      rate: new RateMeter(),
    };
  }

  #open(entry: Entry): void {
    const { config, isEnabled } = entry.source;
    entry.generation += 1;
    entry.note = null;
    entry.retryAtMs = null;
    entry.connections = 0;
    if (!isEnabled || this.#isPaused) {
      entry.problem = null;
      entry.state = isEnabled ? 'paused' : 'disabled';
    } else {
      // Why the last try failed stays told until this one has come to something.
      entry.state = 'opening';
      const { refusal } = entry.source;
      if (refusal !== undefined) {
        entry.state = 'failed';
        entry.problem = refusal;
        this.#report(entry);
        return;
      }
      const host = this.#hostOf(entry, entry.generation);
      try {
        entry.running = this.#options.open(config, host);
        if (entry.running === undefined) {
          entry.state = 'idle';
          entry.problem = null;
        }
      } catch (error) {
        host.ended(problemOf(error));
      }
    }
    this.#report(entry);
  }

  #hostOf(entry: Entry, generation: number): SourceHost {
    const { writer, journal, now, emit, sourcesFolder } = this.#options;
    const sourceId = entry.source.id;
    const heard = (work: () => void): void => {
      if (entry.generation !== generation) return;
      work();
      this.#report(entry);
    };
    return {
      sourceId,
      folder: join(sourcesFolder, String(sourceId)),
      now,
      openStream: (peer) => writer.run(sourceId, (j) => j.openStream(sourceId, peer)),
      continueStream: (peer, gapReason) =>
        writer.run(sourceId, (j) => j.continueStream(sourceId, peer, gapReason) ?? j.openStream(sourceId, peer)),
      markGap: (streamId, reason) => writer.run(sourceId, (j) => j.markGap(streamId, reason)),
      closeStream: async (streamId, reason) => {
        await writer.run(sourceId, (j) => j.closeStream(streamId, reason));
        emit({ type: 'stream-closed', sourceId, streamId });
      },
      append: async (streamId: number, bytes: Uint8Array, file?: FileMark) => {
        await writer.append(sourceId, streamId, bytes, file);
      },
      appendFile: async (peer, bytes, file, closeReason) => {
        const streamId = await writer.appendFile(sourceId, peer, bytes, file, closeReason);
        if (closeReason !== null) emit({ type: 'stream-closed', sourceId, streamId });
        return streamId;
      },
      files: () => journal.files(sourceId),
      openFiles: () => journal.openFiles(sourceId),
      fileAt: (path) => journal.fileAt(sourceId, path),
      fileOfInode: (device, inode) => journal.fileOfInode(sourceId, device, inode),
      fileWithContent: (contentHash) => journal.fileWithContent(sourceId, contentHash),
      hostKey: (fingerprint) =>
        heard(() => {
          entry.hostKey = fingerprint;
        }),
      opened: () =>
        heard(() => {
          entry.state = 'open';
          entry.problem = null;
          entry.openedAtMs = now();
        }),
      connections: (count) =>
        heard(() => {
          entry.connections = count;
        }),
      waiting: (problem) =>
        heard(() => {
          entry.state = 'waiting';
          entry.problem = null;
          entry.note = problem;
        }),
      note: (problem) =>
        heard(() => {
          entry.note = problem;
        }),
      ended: (problem) => heard(() => this.#ended(entry, problem)),
    };
  }

  #ended(entry: Entry, problem: CaptureProblem | null): void {
    const { now, random, firstRetryMs = FIRST_RETRY_MS, maxRetryMs = MAX_RETRY_MS } = this.#options;
    const wasSteady = entry.state === 'open' && now() - entry.openedAtMs >= STEADY_MS;
    entry.failures = wasSteady ? 0 : entry.failures;
    const longest = Math.min(maxRetryMs, MAX_RETRY_MS_OF[entry.source.config.kind] ?? maxRetryMs);
    const pause = Math.min(longest, firstRetryMs * 2 ** Math.min(entry.failures, 20));
    // Sources that failed together should not all come back at the same moment.
    const delay = Math.round(pause * (0.8 + 0.4 * random()));
    entry.failures += 1;
    entry.state = problem === null ? 'waiting' : 'failed';
    entry.problem = problem;
    entry.connections = 0;
    entry.retryAtMs = now() + delay;
    const generation = entry.generation;
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => void this.#inOrder(() => this.#openAgain(entry, generation)), delay);
  }

  async #openAgain(entry: Entry, generation: number): Promise<void> {
    if (entry.generation !== generation) return;
    await entry.running?.close('stopped');
    entry.running = undefined;
    if (this.#entries.get(entry.source.id) === entry) this.#open(entry);
  }

  async #close(entry: Entry, why: CloseWhy): Promise<void> {
    clearTimeout(entry.timer);
    entry.generation += 1;
    const running = entry.running;
    entry.running = undefined;
    // While nothing can be stored a source cannot finish; waiting for it would stop the program from ending.
    if (this.#options.writer.problem === null) await running?.close(why);
    else void running?.close(why).catch(() => undefined);
    if (why === 'removed') await this.#closeAbandoned(entry.source.id);
    entry.state = 'disabled';
    entry.connections = 0;
  }

  /** Streams that a killed service left open and nobody will go on with. */
  async #closeAbandoned(sourceId: number): Promise<void> {
    if (this.#options.writer.problem !== null) return;
    for (const stream of this.#options.journal.unclosedStreams(sourceId)) {
      await this.#options.writer.run(sourceId, (journal) => journal.closeStream(stream.id, 'interrupted'));
      this.#options.emit({ type: 'stream-closed', sourceId, streamId: stream.id });
    }
  }

  #statusOf(entry: Entry): CaptureStatus {
    const { writer, now } = this.#options;
    const isBlocked = writer.problem !== null && writer.hasWaiting(entry.source.id);
    const at = now();
    const isQuiet = this.#isQuiet(entry, at);
    return {
      sourceId: entry.source.id,
      state: isBlocked ? 'failed' : entry.state,
      problem: isBlocked ? writer.problem : (entry.problem ?? entry.note),
      retryAtMs: isBlocked ? writer.retryAtMs : entry.retryAtMs,
      connections: entry.connections,
      lastByteAtMs: entry.lastByteAtMs,
      bytesTotal: entry.bytesTotal,
      bytesPerMinute: entry.rate.perMinute(at),
      isQuiet,
      quietSinceMs: isQuiet ? entry.quietFromMs : null,
      hostKey: entry.hostKey,
    };
  }

  #isQuiet(entry: Entry, at: number): boolean {
    if (this.#quiet === undefined || STATES_WITHOUT_BYTES.has(entry.state)) return false;
    if (at - entry.quietFromMs < this.#quiet.quietMinutes * 60_000) return false;
    return officeMinutes(entry.quietFromMs, at, this.#quiet) >= this.#quiet.quietMinutes;
  }

  #report(entry: Entry): void {
    const status = this.#statusOf(entry);
    const key = JSON.stringify(status);
    if (key === entry.reported) return;
    entry.reported = key;
    this.#options.emit({ type: 'status', status });
  }

  /** One change at a time: a second configuration must not meet half of the first. */
  #inOrder(work: () => Promise<void>): Promise<void> {
    const next = this.#work.then(work);
    this.#work = next.catch(() => undefined);
    return next;
  }
}

function isSame(a: CaptureSource, b: CaptureSource): boolean {
  return (
    a.isEnabled === b.isEnabled &&
    a.refusal?.code === b.refusal?.code &&
    JSON.stringify(a.config) === JSON.stringify(b.config)
  );
}

function isOneConnectionEach(config: SourceConfig): boolean {
  return ONE_CONNECTION_EACH.has(config.kind);
}
