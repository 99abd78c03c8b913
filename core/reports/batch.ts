/** The statements of many people as one ZIP: a PDF for each, and a list of them. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Language } from '../i18n/translate.ts';
import { NO_FILTER } from '../model/report-filters.ts';
import type { ReportFilter, ReportReader } from '../model/report-request.ts';
import type { LocalDay } from '../model/time.ts';
import type { Database } from '../store/database.ts';
import { isPersonInScope } from '../store/people.ts';
import { openSnapshot } from '../store/report-queries.ts';
import { ReportSelection } from '../store/report-selection.ts';
import { NO_VALUE, ReportSums } from '../store/report-sums.ts';
import { safeName, UniqueNames } from './batch-names.ts';
import { personName } from './builders/names.ts';
import { buildReport } from './catalogue.ts';
import { chargeHeading } from './month-facts.ts';
import { PaperFonts } from './paper/fonts.ts';
import { presentLetterhead } from './paper/letterhead.ts';
import type { Cell, Column, TableSheet } from './report.ts';
import { currenciesOf, type ReportContext, type ReportRequest, reportContext } from './report-context.ts';
import { tallies } from './tally.ts';
import { csvChunks } from './writers/csv.ts';
import { writePdf } from './writers/pdf.ts';

export interface BatchOptions {
  readonly databasePath: string;
  readonly journalPath: string;
  readonly from: LocalDay;
  readonly to: LocalDay;
  /** Whose calls were booked to one of these, with those below them; empty: all. */
  readonly departmentIds: readonly number[];
  /** Also those without calls; empty: everybody who has some. */
  readonly personIds: readonly number[];
  readonly language: Language;
  readonly reader: ReportReader;
  readonly nowMs: number;
}

interface Statement {
  readonly personId: number;
  readonly fileName: string;
  readonly cells: readonly Cell[];
}

/** Writes the file. `onDone` after each statement. Rejects with AppError when the database cannot be read. */
export async function writeBatch(
  options: BatchOptions,
  file: string,
  onDone: (done: number, total: number) => void,
): Promise<void> {
  const snapshot = openSnapshot(options.databasePath);
  try {
    await zipOf(snapshot.db, options, file, onDone);
  } finally {
    snapshot.close();
  }
}

async function zipOf(
  db: Database,
  options: BatchOptions,
  file: string,
  onDone: (done: number, total: number) => void,
): Promise<void> {
  const request = requestOf(options);
  const context = reportContext(db, request);
  const { statements, index } = listOf(db, context, options);
  onDone(0, statements.length);
  const zip = new ZipFile();
  const output = createWriteStream(file, { mode: 0o600 });
  const written = pipeline(zip.outputStream, output);
  const work = async (): Promise<void> => {
    const entry = { mtime: new Date(options.nowMs), mode: 0o100644 };
    zip.addBuffer(Buffer.concat([...csvChunks(index)]), 'index.csv', entry);
    const paper = { letterhead: presentLetterhead(db, options.language), fonts: new PaperFonts() };
    for (const [i, { personId, fileName }] of statements.entries()) {
      const pdf = new MemoryFile();
      await writePdf(buildReport(db, requestOf(options, personId)), pdf, paper);
      // Its insides are packed already.
      zip.addBuffer(pdf.bytes(), fileName, { ...entry, compress: false });
      if (output.writableNeedDrain) await once(output, 'drain');
      onDone(i + 1, statements.length);
    }
    zip.end();
  };
  try {
    await Promise.all([work(), written]);
  } catch (error) {
    output.destroy();
    await written.catch(() => undefined);
    throw error;
  }
}

function periodOf({ from, to }: BatchOptions): ReportFilter {
  return { ...NO_FILTER, from, to };
}

function requestOf(options: BatchOptions, personId?: number): ReportRequest {
  const { language, reader, nowMs, journalPath } = options;
  const filter = { ...periodOf(options), personIds: personId === undefined ? [] : [personId] };
  return { reportId: 'personal-statement', filter, language, reader, nowMs, journalPath };
}

function listOf(
  db: Database,
  context: ReportContext,
  options: BatchOptions,
): { readonly statements: readonly Statement[]; readonly index: TableSheet } {
  const { t, names, departmentPaths, sums, formats } = context;
  const { rows, total } = tallies(sums, ['person']);
  const currencies = currenciesOf(total);
  const unique = new UniqueNames();
  unique.take('index', '.csv');
  const period =
    options.from.slice(0, 7) === options.to.slice(0, 7) ? options.from.slice(0, 7) : `${options.from} ${options.to}`;
  const departmentsOf = Map.groupBy(sums.calls(['person', 'department']), ({ keys: [person = NO_VALUE] }) => person);
  const statements = chosenPeople(db, options, rows.keys())
    .toSorted((a, b) => formats.compare(personName(context, String(a)), personName(context, String(b))) || a - b)
    .map((personId): Statement => {
      const key = String(personId);
      const name = personName(context, key);
      const number = names.people.get(personId)?.employeeNumber ?? null;
      const tally = rows.get(key)?.tally;
      const stem = [name, ...(number === null ? [] : [number]), period].join(' - ');
      const departments = (departmentsOf.get(key) ?? []).flatMap(
        ({ keys: [, department = NO_VALUE] }) => departmentPaths.get(Number(department)) ?? [],
      );
      const fileName = unique.take(safeName(stem, `${personId} - ${period}`), '.pdf');
      return {
        personId,
        fileName,
        cells: [
          fileName,
          name,
          number,
          [...new Set(departments)].join(', '),
          tally?.calls ?? 0,
          ...currencies.map((currency) => tally?.due(currency) ?? 0),
        ],
      };
    });
  const column = (key: string, heading: string, type: Column['type']): Column => ({ key, heading, type, width: 20 });
  return {
    statements,
    index: {
      kind: 'table',
      id: 'index',
      title: '',
      columns: [
        column('file', t('paper.batch.file'), 'text'),
        column('name', t('report.column.person'), 'text'),
        column('number', t('report.column.employeeNumber'), 'text'),
        column('department', t('report.column.department'), 'text'),
        column('calls', t('report.column.calls'), 'integer'),
        ...currencies.map((currency) => column(currency, chargeHeading(context, currency), 'money')),
      ],
      rowCount: statements.length,
      rows: () => statements.map(({ cells }) => cells),
    },
  };
}

/**
 * Everybody with calls; or those with calls booked to the departments, and those named. Departments choose people: what
 * they called elsewhere in the period is on their statements, too. Nobody outside the reader's scope.
 */
function chosenPeople(db: Database, options: BatchOptions, called: Iterable<string>): readonly number[] {
  const { personIds, departmentIds, reader, to } = options;
  const ids = (keys: Iterable<string>): number[] => [...keys].filter((key) => key !== NO_VALUE).map(Number);
  if (personIds.length === 0 && departmentIds.length === 0) return ids(called);
  const withCalls = new Set(ids(called));
  const named = personIds.filter((id) => withCalls.has(id) || isPersonInScope(db, id, to, reader.scope));
  if (departmentIds.length === 0) return [...new Set(named)];
  const selection = new ReportSelection(db, { ...periodOf(options), departmentIds }, reader.scope);
  const sums = tallies(new ReportSums(db, selection), ['person']);
  return [...new Set([...ids(sums.rows.keys()), ...named])];
}

/** Takes a small file whole. */
class MemoryFile extends Writable {
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }
}
