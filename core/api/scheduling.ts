/** Schedules as part of the API: looks after them as long as it stands. */
import path from 'node:path';
import { dataFilesOf } from '../data-files.ts';
import { runReport } from '../reports/run-report.ts';
import type { ReportFileRequest } from '../schedules/parts.ts';
import { Scheduler } from '../schedules/scheduler.ts';
import type { ApiParts } from './parts.ts';

export interface Scheduling {
  readonly scheduler: Scheduler;
  /** Makes a report's file in a thread of its own. */
  readonly makeReport: (request: ReportFileRequest, file: string) => Promise<void>;
  /** For files that are being sent. */
  readonly outbox: string;
  close(): void;
}

export function startScheduling(parts: ApiParts): Scheduling {
  const { deps } = parts;
  const { database, journal } = dataFilesOf(deps.dataFolder);
  const outbox = path.join(deps.dataFolder, 'outbox');
  const make = deps.runReport ?? runReport;
  const makeReport: Scheduling['makeReport'] = (request, file) =>
    make({ ...request, nowMs: deps.nowMs(), databasePath: database, journalPath: journal }, file);
  const scheduler = new Scheduler({
    db: deps.db,
    secretBox: deps.secretBox,
    nowMs: deps.nowMs,
    outbox,
    makeReport,
    holdBack: () => deps.ingest.holdBack(),
    onChange: () => {
      parts.changed('schedules');
    },
    onError: (error) => deps.log.error({ err: error }, 'a schedule could not be worked on'),
  });
  // Once everything stands: what is sent needs the rest of the program.
  const start = setImmediate(() => scheduler.poke());
  return {
    scheduler,
    makeReport,
    outbox,
    close() {
      clearImmediate(start);
      scheduler.close();
    },
  };
}
