/** One report of the catalogue from the command line: as a file, or as text. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ReportPage, ReportTable, ReportView } from '../../core/api/contract.ts';
import { createFormats } from '../../core/i18n/format.ts';
import { REPORT_FILE_TYPES, REPORT_IDS } from '../../core/model/report-request.ts';
import { type CommandContext, CommandFailure, choice } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { withApi } from '../local-api.ts';

export interface CatalogueOptions {
  readonly from?: string;
  readonly to?: string;
  readonly type?: string;
  readonly out?: string;
}

export async function catalogueReport(
  context: CommandContext,
  { from, to = from, type, out }: CatalogueOptions,
  id: string,
): Promise<ExitCode> {
  const reportId = choice(context, 'report', id, REPORT_IDS);
  if (from === undefined || to === undefined)
    throw new CommandFailure(context.t('cli.report.needsDays'), EXIT.wrongUse);
  const days = { from, to, language: context.language };
  return withApi(context, async ({ client, settled }) => {
    await settled();
    if (out === undefined) {
      const view = await client.call('viewReport', { params: { reportId }, query: days });
      context.print(view, textOf(context, view));
      return EXIT.done;
    }
    const fileType = choice(context, '--type', type ?? path.extname(out).slice(1), REPORT_FILE_TYPES);
    const file = await client.call('exportReport', { params: { reportId }, query: { ...days, type: fileType } });
    await writeFile(out, Buffer.from(await file.arrayBuffer()));
    context.print({ file: out, reportId, from, to }, context.t('cli.report.fileWritten', { file: out }));
    return EXIT.done;
  });
}

type Value = string | number | null;

function textOf(context: CommandContext, { title, provenance, sheets }: ReportView): string {
  const parts = sheets.map((sheet) => (sheet.kind === 'table' ? tableText(context, sheet) : pageText(context, sheet)));
  const facts = provenance.facts.map(({ label, value }) => `${label}: ${value}`);
  return [title, ...parts, [...facts, ...provenance.gaps].join('\n')].join('\n\n');
}

function cellText({ language }: CommandContext, value: Value, type: string): string {
  if (value === null) return '';
  if (type === 'duration' && typeof value === 'number') return createFormats(language).duration(value);
  return String(value).replaceAll('\n', ' ');
}

function tableText(context: CommandContext, { columns, rows, totals, rowCount }: ReportTable): string {
  const lines = [
    columns.map(({ heading }) => heading.replaceAll('\n', ' ')),
    ...rows.map(({ cells }) => columns.map(({ type }, i) => cellText(context, cells[i] ?? null, type))),
    ...(totals === null ? [] : [columns.map(({ type }, i) => cellText(context, totals[i] ?? null, type))]),
  ];
  const more = rowCount - rows.length;
  return [aligned(lines), ...(more > 0 ? [context.t('cli.report.moreRows', { count: more })] : [])].join('\n');
}

function pageText(context: CommandContext, { lines }: ReportPage): string {
  return aligned(lines.map(({ cells }) => cells.map(({ value, type }) => cellText(context, value, type))));
}

function aligned(lines: readonly (readonly string[])[]): string {
  const count = Math.max(0, ...lines.map((line) => line.length));
  const widths = Array.from({ length: count }, (_, i) => Math.max(0, ...lines.map((line) => line[i]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
