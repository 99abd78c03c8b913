/** Asks a thread for a report: as a file, or as the part of it that a screen shows. */
import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode, type ErrorValues } from '../model/errors.ts';
import type { ReportFileType } from '../model/report-request.ts';
import { workerUrl } from '../worker.ts';
import type { ReportRequest } from './report-context.ts';
import type { ReportView, ViewedPart } from './view.ts';

/** Paths of tollbook.db and journal.db; both are read through connections of their own. */
export interface ReportPaths {
  readonly databasePath: string;
  readonly journalPath: string;
}

export interface RunReportOptions extends Omit<ReportRequest, 'journalPath'>, ReportPaths {
  readonly type: ReportFileType;
  /** To open a PDF; other kinds of files cannot have one. */
  readonly password?: string;
}

export interface ViewReportOptions extends Omit<ReportRequest, 'journalPath'>, ReportPaths {
  /** Absent: the whole report, with the first rows of each table. */
  readonly part?: ViewedPart;
}

export type ReportJob =
  | { readonly kind: 'file'; readonly options: RunReportOptions; readonly file: string }
  | { readonly kind: 'view'; readonly options: ViewReportOptions };

export type ReportReply =
  | { readonly type: 'done'; readonly view: ReportView | undefined }
  | { readonly type: 'refused'; readonly code: ErrorCode; readonly values: ErrorValues };

/** Old files of the heap are let go early: files are written as streams and need little. */
const MAX_YOUNG_MB = 8;

/** Resolves when the file is whole. Rejects with AppError when the database cannot be read. */
export async function runReport(options: RunReportOptions, file: string): Promise<void> {
  await ask({ kind: 'file', options, file });
}

/** Rejects with AppError when the database cannot be read. */
export async function viewReport(options: ViewReportOptions): Promise<ReportView> {
  const view = await ask({ kind: 'view', options });
  if (view === undefined) throw new Error('the report thread made no view');
  return view;
}

function ask(job: ReportJob): Promise<ReportView | undefined> {
  const worker = new Worker(workerUrl('report'), {
    workerData: job,
    name: 'report',
    resourceLimits: { maxYoungGenerationSizeMb: MAX_YOUNG_MB },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', (reply: ReportReply) => {
      if (reply.type === 'done') resolve(reply.view);
      else reject(new AppError(reply.code, reply.values));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the report thread ended early')));
  });
}
