/** PDFs written in tests, and what poppler's programs read in them. */
import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Letterhead } from '../../core/model/letterhead.ts';
import { paperLetterhead } from '../../core/reports/paper/letterhead.ts';
import type { Cell, Column, Report, TableSheet } from '../../core/reports/report.ts';
import { writePdf } from '../../core/reports/writers/pdf.ts';
import { NO_LETTERHEAD } from '../../core/store/letterhead.ts';

export interface Written {
  readonly language?: 'vi' | 'en';
  readonly letterhead?: Partial<Letterhead>;
  readonly password?: string;
}

export async function written(folder: string, name: string, report: Report, how: Written = {}): Promise<string> {
  const file = join(folder, name);
  const letterhead = paperLetterhead({ ...NO_LETTERHEAD, ...how.letterhead }, how.language ?? 'vi');
  const password = how.password === undefined ? {} : { password: how.password };
  await writePdf(report, createWriteStream(file), { letterhead, ...password });
  return file;
}

/** Of each page; columns keep their places. */
export function pageTexts(file: string, ...options: string[]): readonly string[] {
  const text = execFileSync('pdftotext', ['-layout', '-enc', 'UTF-8', ...options, file, '-'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return text.split('\f').slice(0, -1);
}

/** In the order it was written, without any white space. */
export function letters(file: string): string {
  return execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-'], { encoding: 'utf8' }).replace(/\s+/g, '');
}

export function facts(file: string, ...options: string[]): string {
  return execFileSync('pdfinfo', [...options, file], { encoding: 'utf8' });
}

export function tableOf(
  columns: readonly Pick<Column, 'heading' | 'type'>[],
  rows: readonly (readonly Cell[])[],
  more: Partial<TableSheet> = {},
): TableSheet {
  return {
    kind: 'table',
    id: 'table',
    title: 'Bảng',
    columns: columns.map((column, i) => ({ key: `c${i}`, width: 12, ...column })),
    rowCount: rows.length,
    rows: () => rows,
    ...more,
  };
}

export function reportOf(sheets: Report['sheets'], more: Partial<Report> = {}): Report {
  return {
    title: 'Báo cáo thử',
    company: 'Công ty Ánh Dương',
    pageWord: 'Trang',
    moneyDecimals: 0,
    madeAtMs: Date.UTC(2026, 3, 1),
    sheets,
    ...more,
  };
}
