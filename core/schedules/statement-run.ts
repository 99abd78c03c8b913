/**
 * A run that sends statements: to each person one PDF that opens with that person's own password, and a link to confirm or
 * dispute it. Who cannot be sent one is named in the log, and gets it on paper.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Email } from '../delivery/email.ts';
import { type MailPage, mailHtml, mailText } from '../delivery/mail-page.ts';
import { createTranslate, type Language } from '../i18n/translate.ts';
import type { Scope } from '../model/access.ts';
import type { CallDirection } from '../model/call.ts';
import { AppError } from '../model/errors.ts';
import type { ReportFilter } from '../model/report-request.ts';
import type { MakerRights, ReminderTask, StatementTask } from '../model/schedule.ts';
import type { Database } from '../store/database.ts';
import type { RunRow, SendingInput, SendingRow } from '../store/schedule-runs.ts';
import { SettingsStore } from '../store/settings.ts';
import { StatementPeople, type StatementPerson } from '../store/statement-people.ts';
import { type StatementRow, StatementStore } from '../store/statements.ts';
import { dayNumber } from './due-runs.ts';
import { hashOfLink, linkAddress, newLinkToken } from './link-token.ts';
import type { ScheduleParts } from './parts.ts';
import { lastMonth, rangeOfMonth } from './period.ts';
import { mailTo } from './recipients.ts';
import { readStatementSettings } from './statement-settings.ts';
import { dayWords, monthWords, siteDay } from './words.ts';

const DAY_MS = 86_400_000;
/** Calls that leave by an outside line: those that cost. */
const CHARGED: readonly CallDirection[] = ['outgoing', 'tandem'];

export function monthOf(task: StatementTask, run: Pick<RunRow, 'dueDay'>): string {
  return task.month ?? lastMonth(dayNumber(run.dueDay));
}

/** What a statement is about: the calls that the month charges to the person. */
export function statementFilter(month: string, personId: number): ReportFilter {
  return {
    ...rangeOfMonth(month),
    departmentIds: [],
    personIds: [personId],
    ...{ codes: [], extensions: [], trunks: [], bands: [], sourceIds: [] },
    directions: CHARGED,
  };
}

/** Everybody the run is for, with why somebody gets none. */
export function statementSendings(
  db: Database,
  task: StatementTask,
  month: string,
  scope: Scope,
): readonly SendingInput[] {
  const people = new StatementPeople(db);
  const ids = [...people.callsOf(month, scope).keys()];
  const wanted = task.personIds.length === 0 ? ids : ids.filter((id) => task.personIds.includes(id));
  const inDepartments =
    task.departmentIds.length === 0
      ? undefined
      : people.callsOf(month, { kind: 'departments', departmentIds: task.departmentIds });
  const chosen = wanted.filter((id) => inDepartments === undefined || inDepartments.has(id));
  const before = new StatementStore(db).ofMonth(month);
  return people.of(chosen, rangeOfMonth(month).to).map((person) => {
    const sending = mailTo({ ...person, address: person.email }, task.language);
    const obstacle = obstacleOf(person, before.get(person.personId));
    return obstacle === undefined ? sending : { ...sending, state: 'left-out', result: obstacle };
  });
}

function obstacleOf({ email, password }: StatementPerson, before: StatementRow | undefined): string | undefined {
  if (before?.answer === 'confirmed') return 'answered';
  if (before !== undefined && before.openDisputes > 0) return 'disputed';
  if (email === null) return 'no-address';
  return password === '' ? 'no-password' : undefined;
}

export interface StatementRun {
  readonly run: RunRow;
  readonly month: string;
  readonly rights: MakerRights;
}

/** Rejects with what stands in the way (a secret that cannot be opened, a file that cannot be made). */
export async function statementEmail(
  parts: ScheduleParts,
  work: StatementRun,
  sending: SendingRow,
  link: Link | undefined,
): Promise<Email> {
  const { month, rights, run } = work;
  const personId = sending.personId ?? 0;
  const person = new StatementPeople(parts.db).get(personId, rangeOfMonth(month).to);
  const password = parts.secretBox.open(person?.password ?? '');
  // Taken away since the run began: an open file must not be sent in its place.
  if (password === '') throw new AppError('secret-unreadable', { detail: sending.name });
  const { language } = sending;
  const file = path.join(parts.outbox, `statement-${sending.id}.pdf`);
  await mkdir(parts.outbox, { recursive: true, mode: 0o700 });
  try {
    const reader = { ...rights, madeBy: run.maker.name };
    const request = { reportId: 'personal-statement', type: 'pdf', language, reader, password } as const;
    await parts.makeReport({ ...request, filter: statementFilter(month, personId) }, file);
    const content = await readFile(file);
    const page = statementPage(parts, month, sending.name, language, link);
    const t = createTranslate(language);
    const fileName = `${t('mail.fileName.statement', { name: sending.name, month })}.pdf`;
    return emailOf(page, t('mail.statement.subject', { month: monthWords(month, language) }), sending, [
      { fileName, contentType: 'application/pdf', content },
    ]);
  } finally {
    await rm(file, { force: true });
  }
}

function emailOf(page: MailPage, subject: string, sending: SendingRow, attachments: Email['attachments']): Email {
  return {
    to: [sending.target],
    subject,
    text: mailText(page),
    html: mailHtml(page),
    ...(attachments === undefined ? {} : { attachments }),
    messageName: `tollbook-statement-${sending.runId}-${sending.id}`,
  };
}

export interface Link {
  readonly url: string;
  readonly untilMs: number;
}

/** Writes. undefined where links lead nowhere: then the statement is answered on paper. */
export function statementLink(
  parts: ScheduleParts,
  { month, rights }: StatementRun,
  personId: number,
): Link | undefined {
  const id = new StatementStore(parts.db).make(month, personId, rights.seesNumbers, parts.nowMs());
  return addLink(parts, id);
}

/** Writes. */
export function addLink({ db, nowMs }: ScheduleParts, statementId: number): Link | undefined {
  const { linkBase, linkDays } = readStatementSettings(db);
  if (linkBase === '') return undefined;
  const token = newLinkToken();
  const untilMs = nowMs() + linkDays * DAY_MS;
  new StatementStore(db).addLink(statementId, hashOfLink(token) ?? '', untilMs);
  return { url: linkAddress(linkBase, token), untilMs };
}

function statementPage(
  { db }: ScheduleParts,
  month: string,
  name: string,
  language: Language,
  link: Link | undefined,
  paragraphs?: readonly string[],
): MailPage {
  const t = createTranslate(language);
  return {
    company: new SettingsStore(db).get().companyName,
    title: t('mail.statement.title', { name, month: monthWords(month, language) }),
    paragraphs: [
      ...(paragraphs ?? [t('mail.statement.text')]),
      t(link === undefined ? 'mail.statement.askPaper' : 'mail.statement.ask'),
    ],
    ...(link === undefined
      ? {}
      : {
          button: {
            label: t('mail.statement.button'),
            url: link.url,
            note: t('mail.statement.buttonNote', { day: dayWords(db, link.untilMs, language) }),
          },
        }),
    footer: t('mail.statement.footer'),
  };
}

/** To those of the task's statements that are still not answered. */
export function reminderSendings({ db, nowMs }: ScheduleParts, task: ReminderTask): readonly SendingInput[] {
  const store = new StatementStore(db);
  const people = new StatementPeople(db);
  return task.statementIds.flatMap((id) => {
    const { answer, personId } = store.get(id);
    const person = people.get(personId, siteDay(db, nowMs()));
    return answer !== null || person === undefined ? [] : [mailTo({ ...person, address: person.email }, task.language)];
  });
}

export function reminderEmail(
  parts: ScheduleParts,
  statement: StatementRow,
  sending: SendingRow,
  link: Link | undefined,
): Email {
  const { language } = sending;
  const t = createTranslate(language);
  const day = dayWords(parts.db, statement.sentAtMs ?? parts.nowMs(), language);
  const page = statementPage(parts, statement.month, sending.name, language, link, [t('mail.reminder.text', { day })]);
  return emailOf(
    page,
    t('mail.reminder.subject', { month: monthWords(statement.month, language) }),
    sending,
    undefined,
  );
}

/** undefined where it was answered meanwhile. */
export function remindedStatement(db: Database, task: ReminderTask, sending: SendingRow): StatementRow | undefined {
  const store = new StatementStore(db);
  return task.statementIds
    .map((id) => store.get(id))
    .find(({ personId, answer }) => personId === sending.personId && answer === null);
}
