/**
 * Reads the call records that Asterisk (FreePBX, Issabel) keeps in a table of PostgreSQL or MySQL/MariaDB. Each new row is
 * one CSV line, under a heading of the column names that is repeated with every connection. How far the table is read is
 * stored together with the lines.
 */
import { Socket } from 'node:net';
import { AppError } from '../../model/errors.ts';
import type { SourceConfig } from '../../model/source-config.ts';
import type { CallTable, OpenCallTable } from '../../store/call-table/call-table.ts';
import { openMysql } from '../../store/call-table/mysql.ts';
import { openPostgresql } from '../../store/call-table/postgresql.ts';
import type { FileMark } from '../../store/journal.ts';
import type { CaptureProblem } from '../control.ts';
import { databaseProblem } from '../problem.ts';
import type { CloseWhy, RunningSource, SourceHost } from '../source.ts';
import { TablePosition } from '../table-position.ts';

export type DatabaseConfig = Extract<SourceConfig, { kind: 'database' }>;

const OPEN: Record<DatabaseConfig['engine'], OpenCallTable> = { postgresql: openPostgresql, mysql: openMysql };
const PAGE_ROWS = 1000;
const MOST_PAGE_ROWS = 64_000;
/** A farewell takes no longer; whoever does not answer is hung up on. */
const FAREWELL_MS = 1000;

export class DatabaseSource implements RunningSource {
  readonly #host: SourceHost;
  readonly #config: DatabaseConfig;
  readonly #pollMs: number;
  readonly #done: Promise<void>;
  readonly #socket = new Socket();
  #table: CallTable | undefined;
  #stream: number | undefined;
  #position = new TablePosition();
  /** Of the last page, and as it was last written. */
  #heading = '';
  #told = '';
  #isStopped = false;
  #lost: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(host: SourceHost, config: DatabaseConfig, options: { readonly pollMs?: number } = {}) {
    this.#host = host;
    this.#config = config;
    this.#pollMs = options.pollMs ?? config.pollSeconds * 1000;
    this.#done = this.#run();
  }

  async close(why: CloseWhy): Promise<void> {
    this.#isStopped = true;
    this.#wake?.();
    await this.#hangUpAfter(this.#done);
    if (why === 'removed' && this.#stream !== undefined) {
      await this.#host.closeStream(this.#stream, 'removed').catch(() => undefined);
    }
  }

  /** What the table is remembered under: the same table at another address is still the same. */
  get #path(): string {
    return `${this.#config.database}/${this.#config.table}`;
  }

  async #run(): Promise<void> {
    let problem: CaptureProblem | null = null;
    try {
      this.#table = await OPEN[this.#config.engine](this.#config, this.#socket, (error) => {
        this.#lost = error;
        this.#wake?.();
      });
      await this.#begin(this.#table);
      this.#host.connections(1);
      while (!this.#isStopped && this.#lost === undefined) {
        await this.#poll(this.#table);
        this.#host.opened();
        await this.#pause();
      }
      if (this.#lost !== undefined) throw this.#lost;
    } catch (error) {
      problem = this.#isStopped ? null : databaseProblem(error, this.#config);
    }
    if (this.#table !== undefined) await this.#hangUpAfter(this.#table.end().catch(() => undefined));
    this.#host.connections(0);
    this.#host.ended(problem);
  }

  /** A database that has gone silent must hold up neither a stop nor the next try. */
  async #hangUpAfter(work: Promise<void>): Promise<void> {
    const timer = setTimeout(() => this.#socket.destroy(new Error('closed')), FAREWELL_MS);
    await work;
    clearTimeout(timer);
    this.#socket.destroy();
  }

  async #begin(table: CallTable): Promise<void> {
    const known = this.#host.fileAt(this.#path);
    this.#position = new TablePosition(known?.version);
    if (known !== undefined && known.closedAtMs === null) this.#stream = known.streamId;
    if (!this.#position.isNew || this.#config.fromStart) return;
    const highest = await table.highestKey();
    if (highest === undefined) return;
    this.#position = TablePosition.behind(highest);
    // The rows just before the end are known from now on, so that only later ones are new.
    await this.#readPages(table, (position, rows) => void position.take(rows));
    await this.#store('');
  }

  async #poll(table: CallTable): Promise<void> {
    await this.#readPages(table, async (position, rows) => {
      const lines = position.take(rows);
      if (lines.length > 0) await this.#store(lines.join(''));
    });
  }

  /** All rows from the position on, page by page. */
  async #readPages(
    table: CallTable,
    use: (
      position: TablePosition,
      rows: readonly { readonly key: string; readonly line: string }[],
    ) => Promise<void> | void,
  ): Promise<void> {
    let limit = PAGE_ROWS;
    let from = this.#position.from;
    while (!this.#isStopped) {
      const { columns, rows, isNumericKey } = await table.page(from, limit);
      this.#position.isNumeric = isNumericKey;
      const keyAt = columns.indexOf(this.#config.keyColumn);
      this.#heading = lineOf(columns);
      await use(
        this.#position,
        rows.map((row) => ({ key: row[keyAt] ?? '', line: lineOf(row) })),
      );
      const last = rows.at(-1)?.[keyAt] ?? undefined;
      if (rows.length < limit || last === undefined) return;
      // A page of nothing but one key would come again for ever.
      if (last !== from) from = last;
      else if (limit < MOST_PAGE_ROWS) limit *= 2;
      else throw new AppError('too-large', { what: this.#config.keyColumn });
    }
  }

  async #store(lines: string): Promise<void> {
    const isHeadingDue = this.#told !== this.#heading;
    const bytes = Buffer.from(lines === '' ? '' : `${isHeadingDue ? this.#heading : ''}${lines}`);
    const mark = this.#mark();
    if (this.#stream === undefined) this.#stream = await this.#host.appendFile(this.#path, bytes, mark, null);
    else await this.#host.append(this.#stream, bytes, mark);
    if (lines !== '') this.#told = this.#heading;
  }

  #mark(): FileMark {
    const nothing = { device: '', inode: '', headHash: new Uint8Array(0), headLength: 0, position: 0 };
    return { path: this.#path, ...nothing, version: this.#position.save() };
  }

  async #pause(): Promise<void> {
    if (this.#isStopped || this.#lost !== undefined) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#pollMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

const NEEDS_QUOTES = /[",\r\n]/;

function lineOf(values: readonly (string | null)[]): string {
  const fields = values.map((value) => {
    const text = value ?? '';
    return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${fields.join(',')}\n`;
}
