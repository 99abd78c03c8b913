/** A run that sends a report: its files, made once, and the mail that brings them. */
import { copyFile, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Attachment, Email } from '../delivery/email.ts';
import { mailHtml, mailText } from '../delivery/mail-page.ts';
import { failed, type Outcome, sent } from '../delivery/outcome.ts';
import { createFormats } from '../i18n/format.ts';
import { createTranslate, type Language } from '../i18n/translate.ts';
import type { ReportFileType } from '../model/report-request.ts';
import type { MakerRights, ReportTask } from '../model/schedule.ts';
import type { RunRow, SendingInput, SendingRow } from '../store/schedule-runs.ts';
import { SettingsStore } from '../store/settings.ts';
import { dayNumber } from './due-runs.ts';
import type { ScheduleParts } from './parts.ts';
import { type DayRange, rangeOf } from './period.ts';
import { mailTo, recipientsOf } from './recipients.ts';
import { periodWords, siteDay } from './words.ts';

const CONTENT_TYPES: Record<ReportFileType, string> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

export interface ReportRun {
  readonly run: RunRow;
  readonly task: ReportTask;
  readonly rights: MakerRights;
}

export function reportSendings({ db, nowMs }: ScheduleParts, task: ReportTask): readonly SendingInput[] {
  const named = recipientsOf(db, task.recipients, siteDay(db, nowMs()));
  const folder: SendingInput = {
    ...{ kind: 'folder', target: task.folder, name: task.folder, personId: null },
    ...{ language: task.language, state: 'waiting', result: '' },
  };
  return [...named.map((one) => mailTo(one, task.language)), ...(task.folder === '' ? [] : [folder])];
}

const rangeOfRun = ({ run, task }: ReportRun): DayRange => rangeOf(task.period, dayNumber(run.dueDay));
const folderOf = ({ outbox }: ScheduleParts, { run }: ReportRun): string => path.join(outbox, `run-${run.id}`);

function fileName(work: ReportRun, type: ReportFileType): string {
  const { from, to } = rangeOfRun(work);
  const title = createTranslate(work.task.language)(`reports.name.${work.task.reportId}`);
  return `${title} ${from === to ? from : `${from} ${to}`}.${type}`;
}

/** Makes what is not there yet. Throws what `makeReport` throws. */
export async function makeReportFiles(parts: ScheduleParts, work: ReportRun): Promise<void> {
  const folder = folderOf(parts, work);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { reportId, filter, types, language } = work.task;
  for (const type of types) {
    const file = path.join(folder, fileName(work, type));
    if ((await sizeOf(file)) !== undefined) continue;
    const reader = { ...work.rights, madeBy: work.run.maker.name };
    const request = { reportId, filter: { ...filter, ...rangeOfRun(work) }, type, language, reader };
    // A file has its name only when it is whole, or a crash would leave half of one to be sent.
    await parts.makeReport(request, `${file}.part`);
    await rename(`${file}.part`, file);
  }
}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch {
    return undefined;
  }
}

export async function removeReportFiles(parts: ScheduleParts, runId: number): Promise<void> {
  await rm(path.join(parts.outbox, `run-${runId}`), { recursive: true, force: true });
}

export async function reportEmail(parts: ScheduleParts, work: ReportRun, sending: SendingRow): Promise<Email> {
  const { language } = sending;
  const attachments = await Promise.all(
    work.task.types.map(async (type): Promise<Attachment> => {
      const name = fileName(work, type);
      const content = await readFile(path.join(folderOf(parts, work), name));
      return { fileName: name, contentType: CONTENT_TYPES[type], content };
    }),
  );
  const page = reportPage(parts, work, language);
  return {
    to: [sending.target],
    subject: page.title,
    text: mailText(page),
    html: mailHtml(page),
    attachments,
    messageName: `tollbook-report-${work.run.id}-${sending.id}`,
  };
}

function reportPage({ db }: ScheduleParts, work: ReportRun, language: Language) {
  const { run, task } = work;
  const t = createTranslate(language);
  const period = periodWords(rangeOfRun(work), language);
  const report = t(`reports.name.${task.reportId}`);
  const late = run.reason === 'missed' ? [t('mail.report.late', { day: createFormats(language).day(run.dueDay) })] : [];
  return {
    company: new SettingsStore(db).get().companyName,
    title: t('mail.report.subject', { name: run.name, period }),
    paragraphs: [t('mail.report.text', { report, period }), ...late],
    facts: [
      { label: t('mail.report.period'), value: period },
      { label: t('mail.report.files'), value: task.types.map((type) => fileName(work, type)).join(', ') },
    ],
    footer: t('mail.report.footer', { name: run.name, maker: run.maker.name || t('mail.owner') }),
  };
}

/** Puts the files into a folder of this computer, each under its name only when it is whole. */
export async function putIntoFolder(parts: ScheduleParts, work: ReportRun, target: string): Promise<Outcome> {
  try {
    for (const type of work.task.types) {
      const name = fileName(work, type);
      const unfinished = path.join(target, `.${name}.part`);
      await copyFile(path.join(folderOf(parts, work), name), unfinished);
      await rename(unfinished, path.join(target, name));
    }
    return sent('folder');
  } catch (error) {
    return failed('unreachable', error instanceof Error ? error.message : String(error));
  }
}
