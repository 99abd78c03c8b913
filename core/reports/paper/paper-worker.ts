/** Lays out the pages of one report in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../model/errors.ts';
import type { Database } from '../../store/database.ts';
import { readLetterhead } from '../../store/letterhead.ts';
import { openSnapshot } from '../../store/report-queries.ts';
import { SettingsStore } from '../../store/settings.ts';
import { buildReport } from '../catalogue.ts';
import { presentLetterhead } from './letterhead.ts';
import { monthOnPaper, type PaperReport } from './month.ts';
import { firstPages, samplePaper } from './pages.ts';
import type { PaperJob, PaperReply, PaperWorkerData } from './paper-thread.ts';

function reportOf(db: Database, job: PaperJob): PaperReport {
  if (job.kind === 'month') return monthOnPaper(db, job.options);
  if (job.kind === 'report') {
    return { report: buildReport(db, job.request), letterhead: presentLetterhead(db, job.request.language) };
  }
  const company = new SettingsStore(db).get().companyName;
  return samplePaper({ ...readLetterhead(db), ...job.texts }, company, job.language);
}

const { job, mostPages } = workerData as PaperWorkerData;
const reply = (message: PaperReply): void => parentPort?.postMessage(message);

try {
  const snapshot = openSnapshot(job.databasePath);
  try {
    reply({ type: 'done', pages: firstPages(reportOf(snapshot.db, job), mostPages) });
  } finally {
    snapshot.close();
  }
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  reply({ type: 'refused', code: error.code, values: error.values });
}
