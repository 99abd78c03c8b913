/** What schedules are worked with. */
import type { Language } from '../i18n/translate.ts';
import type { ReportFileType, ReportFilter, ReportId, ReportReader } from '../model/report-request.ts';
import type { Database } from '../store/database.ts';
import type { SecretBox } from '../store/secret-box.ts';

export interface ReportFileRequest {
  readonly reportId: ReportId;
  readonly filter: ReportFilter;
  readonly type: ReportFileType;
  readonly language: Language;
  readonly reader: ReportReader;
  /** What a PDF opens with. */
  readonly password?: string;
}

export interface ScheduleParts {
  readonly db: Database;
  readonly secretBox: Pick<SecretBox, 'open'>;
  readonly nowMs: () => number;
  /** For files that are being sent; nobody else may read it. */
  readonly outbox: string;
  /** Resolves when the file is whole; throws AppError where it cannot be made. */
  readonly makeReport: (request: ReportFileRequest, file: string) => Promise<void>;
}
