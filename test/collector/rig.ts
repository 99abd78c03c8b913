/** A capture in this process on a real journal in a temporary folder, with ways to wait for what it does. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Capture } from '../../core/collector/capture.ts';
import type { CaptureEvent, CaptureStatus, ImportProgress, QuietRule } from '../../core/collector/control.ts';
import type { SourceHost } from '../../core/collector/source.ts';
import type { SourceConfig } from '../../core/model/source-config.ts';
import { Journal } from '../../core/store/journal.ts';

export const QUIET: QuietRule = {
  timeZone: 'Asia/Ho_Chi_Minh',
  officeFrom: '00:00',
  officeTo: '24:00',
  officeDays: [1, 2, 3, 4, 5, 6, 7],
  quietMinutes: 60,
};

/** Asks again every few milliseconds; fails after `timeoutMs`. */
export async function until<T>(what: () => T | undefined | false | null, timeoutMs = 20_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = what();
    if (value !== undefined && value !== false && value !== null) return value;
    if (Date.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export class Rig {
  readonly folder: string;
  readonly events: CaptureEvent[] = [];
  readonly journalPath: string;
  capture: Capture;
  /** A second connection, as the ingest thread has one. */
  reader: Journal;

  constructor(folder = mkdtempSync(join(tmpdir(), 'tollbook-capture-'))) {
    this.folder = folder;
    this.journalPath = join(folder, 'journal.db');
    this.capture = this.#start();
    this.reader = Journal.open({ path: this.journalPath, now: Date.now });
  }

  #start(): Capture {
    return new Capture({
      journalPath: this.journalPath,
      now: Date.now,
      random: () => 0,
      emit: (event) => void this.events.push(event),
    });
  }

  async configure(configs: readonly SourceConfig[], isEnabled = true): Promise<void> {
    const sources = configs.map((config, n) => ({ id: n + 1, config, isEnabled }));
    await this.capture.handle({ type: 'configure', sources, quiet: QUIET });
  }

  async restart(): Promise<void> {
    await this.capture.handle({ type: 'stop' });
    this.events.length = 0;
    this.capture = this.#start();
  }

  async end(): Promise<void> {
    await this.capture.handle({ type: 'stop' });
    this.reader.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  status(sourceId = 1): CaptureStatus | undefined {
    for (const event of this.events.toReversed()) {
      if (event.type === 'status' && event.status.sourceId === sourceId) return event.status;
    }
    return undefined;
  }

  import(importId: string): ImportProgress | undefined {
    for (const event of this.events.toReversed()) {
      if (event.type === 'import' && event.progress.importId === importId) return event.progress;
    }
    return undefined;
  }

  /** Lets the journal grow by so many pages at most, as a full disk would; undefined: without limit. */
  limitJournal(pages: number | undefined): void {
    const { db } = this.capture.journal;
    const limit = pages === undefined ? 2 ** 30 : Number(db.pragma('page_count', { simple: true })) + pages;
    db.pragma(`max_page_count = ${limit}`);
  }

  /** Everything stored of a source so far, one character per byte. */
  text(sourceId = 1, streamId?: number): string {
    const chunks = this.reader.readChunks(sourceId, 0, Number.MAX_SAFE_INTEGER, streamId);
    return Buffer.concat(chunks.map((chunk) => chunk.bytes)).toString('latin1');
  }
}

/** A host that stores nothing, for a source without supervisor and journal. */
export function silentHost(change: Partial<SourceHost>): SourceHost {
  return {
    sourceId: 1,
    folder: tmpdir(),
    now: Date.now,
    openStream: async () => 1,
    continueStream: async () => 1,
    closeStream: async () => undefined,
    markGap: async () => undefined,
    append: async () => undefined,
    appendFile: async () => 1,
    files: () => [],
    openFiles: () => [],
    fileAt: () => undefined,
    fileOfInode: () => undefined,
    fileWithContent: () => undefined,
    opened: () => undefined,
    connections: () => undefined,
    waiting: () => undefined,
    note: () => undefined,
    hostKey: () => undefined,
    ended: () => undefined,
    ...change,
  };
}
