/** Makes one report in a thread of its own, so that a long one holds up neither pages nor live calls. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../model/errors.ts';
import { openSnapshot } from '../store/report-queries.ts';
import { buildReport } from './catalogue.ts';
import type { ReportJob, ReportReply, ViewReportOptions } from './run-report.ts';
import { type ReportView, viewOf } from './view.ts';

const job = workerData as ReportJob;
const reply = (message: ReportReply): void => parentPort?.postMessage(message);

try {
  if (job.kind === 'view') {
    reply({ type: 'done', view: view(job.options) });
  } else {
    // Writers are large; a screen needs none of them.
    const { writeReport } = await import('./write-report.ts');
    await writeReport(job.options, job.file);
    reply({ type: 'done', view: undefined });
  }
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  reply({ type: 'refused', code: error.code, values: error.values });
}

function view({ databasePath, part, ...request }: ViewReportOptions): ReportView {
  const snapshot = openSnapshot(databasePath);
  try {
    return viewOf(buildReport(snapshot.db, request), part);
  } finally {
    snapshot.close();
  }
}
