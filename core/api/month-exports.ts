/** Files of months that are being written: how far they are, and how to stop one. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../model/errors.ts';
import { exportMonthFile } from '../reports/export-file.ts';
import type { MonthExportOptions } from '../reports/export-month.ts';
import { monthFileName } from '../reports/month-file-name.ts';
import { partOf, type Work } from './work.ts';

interface RunningExport {
  readonly name: string;
  readonly stop: AbortController;
  part: number;
}

export class MonthExports {
  readonly #running = new Map<string, RunningExport>();

  /** Throws AppError `export-cancelled` when it was stopped, or `request` went away. */
  async write(options: MonthExportOptions, file: string, request: AbortSignal): Promise<void> {
    const id = randomUUID();
    const stop = new AbortController();
    const present: RunningExport = {
      name: monthFileName(options.month, options.type, options.language),
      stop,
      part: 0,
    };
    this.#running.set(id, present);
    try {
      await exportMonthFile(options, file, {
        signal: AbortSignal.any([stop.signal, request]),
        onProgress: (rows, of) => {
          present.part = partOf(rows, of);
        },
      });
    } finally {
      this.#running.delete(id);
    }
  }

  running(): readonly Work[] {
    return [...this.#running].map(([id, { name, part }]) => ({ kind: 'export', id, name, part, mayCancel: true }));
  }

  /** Throws AppError `not-found` when it is done already. */
  cancel(id: string): void {
    const running = this.#running.get(id);
    if (running === undefined) throw new AppError('not-found', { what: 'export', id });
    running.stop.abort();
  }
}
