/** `tollbook import` and `report`: the books from the command line, beside a running service or without one. */
import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Client } from '../../core/api/client.ts';
import type { ImportJob, MonthReport, Source } from '../../core/api/contract.ts';
import { createFormats } from '../../core/i18n/format.ts';
import { type CommandContext, CommandFailure, choice, collect, defineCommand, reasonOf } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { readFormatOptions, requireFormat } from '../formats.ts';
import { type LocalApi, withApi } from '../local-api.ts';
import { type CatalogueOptions, catalogueReport } from './reports.ts';

const POLL_MS = 200;

interface ImportOptions {
  readonly format: string;
  readonly option?: readonly string[];
  readonly source?: string;
  readonly again?: boolean;
}

async function fileSource(context: CommandContext, client: Client, options: ImportOptions): Promise<Source> {
  const format = requireFormat(context, options.format);
  const formatOptions = readFormatOptions(context, format, options.option ?? []);
  const name = options.source ?? format.title;
  const found = (await client.call('listSources')).find((source) => source.name === name);
  const input = { name, config: { kind: 'file-import' as const }, formatId: format.id, formatOptions, isEnabled: true };
  if (found === undefined) return client.call('addSource', { body: input });
  const isSame =
    found.formatId === format.id &&
    (options.option === undefined || JSON.stringify(found.formatOptions) === JSON.stringify(formatOptions));
  return isSame
    ? found
    : client.call('changeSource', { params: { id: found.id }, body: { ...input, config: found.config } });
}

/** Resolves when the file is in the journal and every record of it has been read. */
async function followImport(context: CommandContext, api: LocalApi, first: ImportJob): Promise<ImportJob> {
  let shown = '';
  for (let job = first; ; ) {
    const percent = job.bytesTotal === 0 ? 100 : Math.floor((100 * job.bytesRead) / job.bytesTotal);
    const text = context.t('cli.import.progress', { percent, file: job.fileName });
    if (text !== shown) context.remark(text);
    shown = text;
    if (job.state === 'failed') throw new CommandFailure(job.problem?.title ?? job.state);
    if (job.state !== 'running') return job;
    await sleep(POLL_MS);
    job = (await api.client.call('listImports')).find(({ id }) => id === job.id) ?? job;
  }
}

async function importFiles(
  context: CommandContext,
  options: ImportOptions,
  files: readonly string[],
): Promise<ExitCode> {
  return withApi(context, async (api) => {
    const source = await fileSource(context, api.client, options);
    const results: object[] = [];
    const lines: string[] = [];
    let malformed = 0;
    for (const file of files) {
      const startedAt = performance.now();
      const body = await openAsBlob(file).catch((error: unknown) => {
        throw new CommandFailure(context.t('cli.noFile', { file, reason: reasonOf(error) }));
      });
      const query = { fileName: path.basename(file), sourceId: source.id, again: options.again === true };
      const job = await followImport(context, api, await api.client.call('importFile', { query, body }));
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      const { call, part, noise } = job.counts;
      malformed += job.counts.malformed;
      results.push({ file, sourceId: source.id, seconds: Number(seconds), counts: job.counts });
      lines.push(
        context.t('cli.import.done', { file, calls: call + part, noise, malformed: job.counts.malformed, seconds }),
      );
    }
    if (malformed > 0) lines.push(context.t('cli.import.malformed', { count: malformed }));
    context.print(results, lines.join('\n'));
    return malformed > 0 ? EXIT.needsAttention : EXIT.done;
  });
}

interface ReportOptions extends CatalogueOptions {
  readonly month?: string;
  readonly by?: string;
}

function monthTable(context: CommandContext, report: MonthReport): string {
  const formats = createFormats(context.language);
  const cells = (row: MonthReport['totals'], name: string): string[] => [
    name,
    String(row.calls),
    formats.duration(row.talkSeconds),
    row.charges.map((charge) => formats.money(charge)).join(' + '),
  ];
  const rows = [...report.rows.map((row) => cells(row, row.name)), cells(report.totals, report.month)];
  const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
    )
    .join('\n');
}

async function report(context: CommandContext, options: ReportOptions, id?: string): Promise<ExitCode> {
  if (id !== undefined) return catalogueReport(context, options, id);
  return withApi(context, async ({ client, settled }) => {
    await settled();
    const by = choice(context, '--by', options.by, ['department', 'person', 'band']);
    const month = await client.call('getMonth', {
      query: { by, ...(options.month !== undefined && { month: options.month }) },
    });
    if (options.out === undefined) {
      context.print(
        month,
        month.totals.calls === 0 ? context.t('cli.report.empty', { month: month.month }) : monthTable(context, month),
      );
      return EXIT.done;
    }
    const type = choice(context, '--type', options.type ?? path.extname(options.out).slice(1), ['xlsx', 'pdf', 'csv']);
    const file = await client.call('exportMonth', { query: { month: month.month, type, language: context.language } });
    await writeFile(options.out, Buffer.from(await file.arrayBuffer()));
    const calls = month.totals.calls;
    context.print(
      { file: options.out, month: month.month, calls },
      context.t('cli.report.written', { file: options.out, calls }),
    );
    return EXIT.done;
  });
}

export function registerBooks(program: Command, t: CommandContext['t']): void {
  defineCommand(
    program,
    'import <files...>',
    t('cli.import.about'),
    (command) =>
      command
        .requiredOption('--format <id>', t('cli.parse.format'))
        .option('--option <name=value>', t('cli.parse.option'), collect)
        .option('--source <name>', t('cli.import.source'))
        .option('--again', t('cli.import.again')),
    importFiles,
  );
  defineCommand(
    program,
    'report [id]',
    t('cli.report.about'),
    (command) =>
      command
        .option('--month <YYYY-MM>', t('cli.report.month'))
        .option('--by <what>', t('cli.report.by'))
        .option('--from <YYYY-MM-DD>', t('cli.report.from'))
        .option('--to <YYYY-MM-DD>', t('cli.report.to'))
        .option('--type <type>', t('cli.report.type'))
        .option('--out <file>', t('cli.report.out')),
    report,
  );
}
