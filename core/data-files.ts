/** Where the files of a data folder lie. */
import path from 'node:path';

export interface DataFiles {
  readonly database: string;
  readonly journal: string;
  readonly backups: string;
  readonly spool: string;
  /** Files of closed months, as they were first written. */
  readonly closedMonths: string;
}

export function dataFilesOf(folder: string): DataFiles {
  return {
    database: path.join(folder, 'tollbook.db'),
    journal: path.join(folder, 'journal.db'),
    backups: path.join(folder, 'backups'),
    spool: path.join(folder, 'spool'),
    closedMonths: path.join(folder, 'closed-months'),
  };
}
