/** Reports that people named: which one, with which filter, and who else finds it in the list. */
import type { Role } from '../model/access.ts';
import { AppError } from '../model/errors.ts';
import type { ReportId } from '../model/report-request.ts';
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';

export interface SavedReport {
  readonly id: number;
  readonly reportId: ReportId;
  readonly name: string;
  /** The filter as it stands in the address. */
  readonly search: string;
  readonly ownerId: number | null;
  readonly ownerName: string;
  /** Empty: nobody but its owner. */
  readonly sharedWith: readonly Role[];
}

export type SavedReportInput = Pick<SavedReport, 'reportId' | 'name' | 'search' | 'sharedWith'>;

interface StoredRow extends Omit<SavedReport, 'sharedWith'> {
  readonly sharedWith: string;
}

const SELECT = `SELECT id, report_id AS reportId, name, search, owner_id AS ownerId, owner_name AS ownerName,
  shared_with AS sharedWith FROM saved_reports`;

const reportOf = ({ sharedWith, ...row }: StoredRow): SavedReport => ({
  ...row,
  sharedWith: JSON.parse(sharedWith) as Role[],
});

export class SavedReports {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Somebody's own, and those shared with their role, by name. */
  list(userId: number | null, role: Role): readonly SavedReport[] {
    return cachedStatement<[number | null, string], StoredRow>(
      this.#db,
      `${SELECT} WHERE owner_id IS ? OR EXISTS (SELECT 1 FROM json_each(shared_with) WHERE value = ?) ORDER BY name, id`,
    )
      .all(userId, role)
      .map(reportOf);
  }

  /** Throws AppError `not-found`. */
  get(id: number): SavedReport {
    const row = cachedStatement<[number], StoredRow>(this.#db, `${SELECT} WHERE id = ?`).get(id);
    if (row === undefined) throw new AppError('not-found', { what: 'report', id });
    return reportOf(row);
  }

  /** Under a name that its owner has used before, the report is replaced. */
  save(input: SavedReportInput, owner: { userId: number | null; name: string }, atMs: number): SavedReport {
    const row = cachedStatement<unknown[], { id: number }>(
      this.#db,
      `INSERT INTO saved_reports (report_id, name, search, owner_id, owner_name, shared_with, changed_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET report_id = excluded.report_id, search = excluded.search,
         owner_name = excluded.owner_name, shared_with = excluded.shared_with, changed_at_ms = excluded.changed_at_ms
       RETURNING id`,
    ).get(input.reportId, input.name, input.search, owner.userId, owner.name, JSON.stringify(input.sharedWith), atMs);
    return this.get(row?.id ?? 0);
  }

  remove(id: number): void {
    cachedStatement(this.#db, 'DELETE FROM saved_reports WHERE id = ?').run(id);
  }
}
