/** Asks a thread for the pages of a report: laying out a long one takes seconds in which nothing else would be answered. */
import { Worker } from 'node:worker_threads';
import type { Language } from '../../i18n/translate.ts';
import { AppError, type ErrorCode, type ErrorValues } from '../../model/errors.ts';
import type { LetterheadTexts } from '../../model/letterhead.ts';
import { workerUrl } from '../../worker.ts';
import type { MonthReportOptions } from '../month-facts.ts';
import type { ReportRequest } from '../report-context.ts';
import type { PaperPages } from './pages.ts';

export type PaperJob =
  | {
      readonly kind: 'month';
      readonly databasePath: string;
      readonly options: MonthReportOptions & { readonly letterheadId?: number | null };
    }
  | { readonly kind: 'report'; readonly databasePath: string; readonly request: ReportRequest }
  /** A letterhead that is being typed, with the logo that is stored. */
  | {
      readonly kind: 'sample';
      readonly databasePath: string;
      readonly texts: LetterheadTexts;
      readonly language: Language;
    };

export interface PaperWorkerData {
  readonly job: PaperJob;
  readonly mostPages: number;
}

export type PaperReply =
  | { readonly type: 'done'; readonly pages: PaperPages }
  | { readonly type: 'refused'; readonly code: ErrorCode; readonly values: ErrorValues };

/** Rejects with AppError when the database cannot be read, and with the thread's error otherwise. */
export function paperPages(job: PaperJob, mostPages: number): Promise<PaperPages> {
  const workerData: PaperWorkerData = { job, mostPages };
  const worker = new Worker(workerUrl('paper'), { workerData, name: 'paper' });
  return new Promise((resolve, reject) => {
    worker.once('message', (reply: PaperReply) => {
      if (reply.type === 'done') resolve(reply.pages);
      else reject(new AppError(reply.code, reply.values));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the paper thread ended early')));
  });
}
