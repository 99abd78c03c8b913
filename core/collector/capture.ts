/** Everything the capture thread does, without the thread: journal, writer, supervisor and imports put together. */
import { dirname, join } from 'node:path';
import { Journal } from '../store/journal.ts';
import type { CaptureRequest, CaptureWorkerData } from './capture-messages.ts';
import type { CaptureEvent } from './control.ts';
import { Importer } from './importer.ts';
import { JournalWriter } from './journal-writer.ts';
import { openSource } from './open-source.ts';
import { Supervisor } from './supervisor.ts';

export interface CaptureOptions extends CaptureWorkerData {
  readonly now: () => number;
  readonly random: () => number;
  readonly emit: (event: CaptureEvent) => void;
}

export class Capture {
  readonly journal: Journal;
  readonly #writer: JournalWriter;
  readonly #supervisor: Supervisor;
  readonly #importer: Importer;
  readonly #resumed = new Set<number>();

  /** Throws the AppErrors of `openDatabase`. */
  constructor(options: CaptureOptions) {
    const { now, random, emit, journalPath, backupFolder } = options;
    const journal = Journal.open({ path: journalPath, now, ...(backupFolder === undefined ? {} : { backupFolder }) });
    this.journal = journal;
    this.#writer = new JournalWriter({
      journal,
      now,
      onAppended: (sourceId, nextOffset) => {
        this.#supervisor.appended(sourceId, nextOffset);
        emit({ type: 'appended', sourceId, nextOffset });
      },
      onProblem: () => this.#supervisor.reportAll(),
    });
    // Beside the journal: what a source received and did not store yet belongs to it.
    const sourcesFolder = join(dirname(journalPath), 'sources');
    this.#supervisor = new Supervisor({
      journal,
      writer: this.#writer,
      now,
      random,
      emit,
      sourcesFolder,
      open: openSource,
    });
    this.#importer = new Importer({
      journal,
      writer: this.#writer,
      now,
      onProgress: (progress) => emit({ type: 'import', progress }),
      onStreamClosed: (sourceId, streamId) => emit({ type: 'stream-closed', sourceId, streamId }),
    });
  }

  /** Answers with the import's id for `import-file`, else null. Throws AppError. */
  async handle(request: CaptureRequest): Promise<string | null> {
    switch (request.type) {
      case 'configure':
        await this.#supervisor.configure(request.sources, request.quiet);
        for (const { id } of request.sources) {
          if (this.#resumed.has(id)) continue;
          this.#resumed.add(id);
          await this.#importer.resume(id);
        }
        return null;
      case 'set-paused':
        await this.#supervisor.setPaused(request.isPaused);
        return null;
      case 'import-file':
        return await this.#importer.start(request.request);
      case 'cancel-import':
        this.#importer.cancel(request.importId);
        return null;
      case 'stop':
        await this.#stop();
        return null;
    }
  }

  async #stop(): Promise<void> {
    await this.#supervisor.stop();
    const imports = this.#importer.stop();
    // An import that waits for space would never end by itself.
    if (this.#writer.problem !== null) this.#writer.stop();
    await imports;
    this.#writer.stop();
    this.journal.close();
  }
}
