/** A site as the product makes it: both files, people with codes, the default tariff, one source. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ingest } from '../../core/ingest/ingest.ts';
import { addAssignment } from '../../core/store/assignments.ts';
import { CALL_VIEW, type CallView, type CallViewColumns, callViewOf } from '../../core/store/calls.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { Journal } from '../../core/store/journal.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { addPerson } from '../../core/store/people.ts';
import { SettingsStore, type SiteSettings } from '../../core/store/settings.ts';
import { type SourceInput, SourceStore } from '../../core/store/sources.ts';
import { ALWAYS, TariffStore } from '../../core/store/tariffs.ts';
import { readDefaultTariff, versionInputOf } from '../../core/tariff-file.ts';

export interface Site {
  readonly folder: string;
  readonly db: Database;
  readonly journal: Journal;
  readonly sourceId: number;
  readonly ingest: Ingest;
  /** A reader that knows nothing but what is stored, as after a restart. */
  restarted(): Ingest;
  /** Stores bytes of a stream as if they had arrived then. */
  append(streamId: number, text: string, receivedAt?: string): void;
  calls(): readonly CallView[];
  close(): void;
}

export interface SiteOptions {
  readonly formatId?: string;
  readonly formatOptions?: Readonly<Record<string, string>>;
  readonly config?: SourceInput['config'];
  readonly settings?: Partial<SiteSettings>;
  readonly hasTariff?: boolean;
}

export const HA = 1;
export const BINH = 2;

export function openDatabaseAt(folder: string): Database {
  return openDatabase({ path: join(folder, 'tollbook.db'), migrations: databaseMigrations, now: () => 0 });
}

export function openJournalAt(folder: string): Journal {
  return Journal.open({ path: join(folder, 'journal.db'), now: () => Date.parse('2026-10-05T02:00:00Z') });
}

export function openSite(options: SiteOptions = {}): Site {
  const folder = mkdtempSync(join(tmpdir(), 'tollbook-ingest-'));
  const db = openDatabaseAt(folder);
  const journal = openJournalAt(folder);
  const sourceId = fillSite(db, options);
  return {
    folder,
    db,
    journal,
    sourceId,
    ingest: new Ingest({ db, journal }),
    restarted: () => new Ingest({ db, journal }),
    append(streamId, text, receivedAt = '2026-10-05T02:00:00Z') {
      journal.append(streamId, Date.parse(receivedAt), Buffer.from(text, 'latin1'));
    },
    calls: () => (db.prepare(`${CALL_VIEW} ORDER BY c.id`).all() as CallViewColumns[]).map(callViewOf),
    close() {
      db.close();
      journal.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Hà has code 4401 and extension 101; Bình had code 4402 until July 2026 and has extension 102. */
export function fillSite(db: Database, options: SiteOptions = {}): number {
  const always = { validFrom: '0000-01-01', validTo: '9999-12-31', lastValue: null };
  const noDetails = { employeeNumber: null, email: null, title: null, notes: null, activeFrom: null, activeTo: null };
  const noDepartment = { departmentId: null, departmentFrom: null };
  addPerson(db, { name: 'Nguyễn Thị Hà', ...noDetails, ...noDepartment });
  addPerson(db, { name: 'Trần Bình', ...noDetails, ...noDepartment });
  addAssignment(db, { kind: 'code', value: '4401', personId: HA, ...always });
  addAssignment(db, { kind: 'extension', value: '101', personId: HA, ...always });
  addAssignment(db, { kind: 'code', value: '4402', personId: BINH, ...always, validTo: '2026-07-01' });
  addAssignment(db, { kind: 'extension', value: '102', personId: BINH, ...always });
  new SettingsStore(db).change(options.settings ?? {});
  if (options.hasTariff !== false) addDefaultTariff(db);
  return new SourceStore(db).add(
    {
      name: 'Tổng đài',
      config: options.config ?? { kind: 'file-import' },
      formatId: options.formatId ?? 'panasonic-a',
      formatOptions: options.formatOptions ?? { dateOrder: 'DMY' },
      isEnabled: true,
    },
    0,
  ).id;
}

const DEFAULT_TARIFF = await readDefaultTariff('Asia/Ho_Chi_Minh');

export function addDefaultTariff(db: Database): void {
  const tariffs = new TariffStore(db);
  const { id } = tariffs.add('vietnam-2018', 0);
  tariffs.publish(tariffs.addDraft(id, versionInputOf(DEFAULT_TARIFF), 0).id, ALWAYS, 'test', 0);
  tariffs.setDefault(id);
}

export interface PanasonicLine {
  readonly at?: string;
  readonly extension?: string;
  readonly trunk?: string;
  readonly number?: string;
  readonly ring?: string;
  readonly duration?: string;
  readonly account?: string;
  readonly condition?: string;
}

/** One line of pattern A, day first. */
export function panasonicLine(line: PanasonicLine): string {
  const { at = '05/10/26 09:00', extension = '101', trunk = '01', number = '', ring = '', duration = '' } = line;
  const head = `${at.padEnd(15)}  ${extension.padStart(5)} ${trunk.padEnd(2)} ${number.padEnd(25)} ${ring.padEnd(4)} `;
  return `${head}${duration.padEnd(8)} ${(line.account ?? '').padEnd(10)} ${(line.condition ?? '').padEnd(3)}\r\n`;
}

/** Everything derived, in a fixed order, to compare two runs. */
export function derivedContent(db: Database): Readonly<Record<string, unknown>> {
  const tables = ['calls', 'call_legs', 'quarantine', 'daily_sums', 'outcome_counts', 'ingest_streams', 'call_numbers'];
  return Object.fromEntries(
    tables.map((table) => {
      const columns = db.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[];
      return [
        table,
        db
          .prepare(`SELECT * FROM ${table} ORDER BY ${columns.join(', ')}`)
          .safeIntegers()
          .all(),
      ];
    }),
  );
}
