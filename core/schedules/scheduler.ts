/**
 * Does what is scheduled: looks once a minute which runs are due, makes their files and sends them. Everything that is to
 * be done stands in the store, so nothing is lost with the program. A sending is claimed before the mail server hears of
 * it; one that is found claimed at a start is not sent again but shown as one that may have arrived.
 */
import { waitAfter } from '../alerts/delivery-times.ts';
import { type Email, sendEmail } from '../delivery/email.ts';
import { openedMail, readMail } from '../delivery/mail-settings.ts';
import { type Outcome, outcomeText } from '../delivery/outcome.ts';
import { AppError } from '../model/errors.ts';
import { isOpenAt } from '../model/office-calendar.ts';
import type { Maker, MakerRights, ReminderTask } from '../model/schedule.ts';
import { ClosingStore } from '../store/closings.ts';
import { type RunRow, ScheduleRuns, type SendingInput, type SendingRow } from '../store/schedule-runs.ts';
import { ScheduleStore } from '../store/schedules.ts';
import { SettingsStore } from '../store/settings.ts';
import { StatementStore } from '../store/statements.ts';
import { makeDueRuns, siteTimeOf } from './due-runs.ts';
import type { ScheduleParts } from './parts.ts';
import { makeReportFiles, putIntoFolder, removeReportFiles, reportEmail, reportSendings } from './report-run.ts';
import { rightsNow } from './rights.ts';
import {
  addLink,
  monthOf,
  remindedStatement,
  reminderEmail,
  reminderSendings,
  statementEmail,
  statementLink,
  statementSendings,
} from './statement-run.ts';
import { readStatementSettings } from './statement-settings.ts';
import { resultOfError, siteDay } from './words.ts';

export interface SchedulerOptions extends ScheduleParts {
  /** Keeps the ingest thread from writing meanwhile. */
  readonly holdBack: () => Promise<() => void>;
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
}

/** Timers stand still while a computer sleeps: looking often is what finds a run soon after it wakes. */
const LOOK_MS = 60_000;
const MONTH_OPEN_WAIT_MS = 15 * 60_000;
const DAY_MS = 86_400_000;
/** After an error that is none of sending. */
const REST_MS = 60_000;

/** A reminder shows no calls. */
const BY_ITSELF: Maker = {
  userId: null,
  name: '',
  rights: { scope: { kind: 'all' }, seesNumbers: false, seesCodes: false },
};

/** A run with what its maker may see now. */
interface Work {
  readonly run: RunRow;
  readonly rights: MakerRights;
}

export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #runs: ScheduleRuns;
  readonly #schedules: ScheduleStore;
  readonly #statements: StatementStore;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isPoked = false;
  #isClosed = false;
  #hasBegun = false;
  #restUntilMs = 0;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#runs = new ScheduleRuns(options.db);
    this.#schedules = new ScheduleStore(options.db);
    this.#statements = new StatementStore(options.db);
  }

  /** Something may be due. */
  poke(): void {
    this.#isPoked = true;
    if (this.#isClosed || this.#running !== undefined) return;
    this.#running = this.#look()
      .catch((error: unknown) => {
        this.#isPoked = false;
        this.#restUntilMs = this.#options.nowMs() + REST_MS;
        this.#options.onError(error);
      })
      .finally(() => {
        this.#running = undefined;
        if (this.#isPoked) this.poke();
        else this.#sleep();
      });
  }

  /** Resolves when nothing is being made or sent. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #sleep(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    const nowMs = this.#options.nowMs();
    const dueAtMs = Math.max(this.#runs.nextAtMs() ?? Number.POSITIVE_INFINITY, this.#restUntilMs);
    const inMs = Math.min(LOOK_MS, Math.max(0, dueAtMs - nowMs));
    this.#timer = setTimeout(() => this.poke(), inMs);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    this.#isPoked = false;
    const { db, nowMs } = this.#options;
    const isNew = await this.#write(() => {
      const doubted = this.#hasBegun ? 0 : this.#runs.doubtClaimed(nowMs(), 'interrupted');
      this.#hasBegun = true;
      const hasDue = makeDueRuns(db, nowMs());
      return this.#makeReminders() || hasDue || doubted > 0;
    });
    const due = this.#runs.due(nowMs());
    for (const run of due) {
      if (this.#isClosed) return;
      await this.#work(run);
      this.#options.onChange();
    }
    if (isNew && due.length === 0) this.#options.onChange();
  }

  /** In office hours: nobody wants to be asked at night. */
  #makeReminders(): boolean {
    const { db, nowMs } = this.#options;
    const { remindAfterDays, mostReminders } = readStatementSettings(db);
    const { zone, calendar } = siteTimeOf(db);
    if (remindAfterDays === 0 || !isOpenAt(calendar, zone.localOfInstant(Math.floor(nowMs() / 1000)))) return false;
    const silent = this.#statements.unanswered(nowMs() - remindAfterDays * DAY_MS, mostReminders);
    // Counted when they are asked for: a mail server that is down must not make a reminder a minute.
    for (const { id } of silent) this.#statements.reminded(id, nowMs());
    for (const [month, ofMonth] of Map.groupBy(silent, (statement) => statement.month)) {
      this.remind(
        month,
        ofMonth.map(({ id }) => id),
        'due',
      );
    }
    return silent.length > 0;
  }

  /** Writes a run that reminds; it is worked on at the next look. */
  remind(month: string, statementIds: readonly number[], reason: 'due' | 'by-hand', maker: Maker = BY_ITSELF): void {
    const { db, nowMs } = this.#options;
    const language = new SettingsStore(db).get().language === 'en' ? 'en' : 'vi';
    const task: ReminderTask = { kind: 'reminders', statementIds, language };
    this.#runs.add(
      {
        ...{ scheduleId: null, name: month, task, dueDay: siteDay(db, nowMs()), reason, state: 'waiting', result: '' },
        maker,
      },
      nowMs(),
    );
  }

  async #work(run: RunRow): Promise<void> {
    const rights = rightsNow(this.#options.db, run.maker);
    if (typeof rights === 'string') {
      await this.#write(() => {
        if (run.scheduleId !== null) this.#schedules.stop(run.scheduleId, rights);
        this.#runs.finish(run.id, 'stopped', this.#options.nowMs(), rights);
      });
      return;
    }
    try {
      const isReady = run.state === 'sending' || (await this.#begin({ run, rights }));
      if (isReady) await this.#sendAll({ run, rights });
    } catch (error) {
      if (!(error instanceof AppError)) this.#options.onError(error);
      await this.#putOff(run, resultOfError(error));
    }
  }

  async #putOff(run: RunRow, result: string): Promise<void> {
    const nowMs = this.#options.nowMs();
    const waitS = waitAfter(run.tries + 1);
    await this.#write(() => {
      if (waitS === undefined) this.#runs.finish(run.id, 'failed', nowMs, result);
      else this.#runs.retry(run.id, nowMs + waitS * 1000, result);
    });
  }

  /** Finds out who gets it. False where it has to wait or is over. */
  async #begin(work: Work): Promise<boolean> {
    const { db, nowMs } = this.#options;
    const { run, rights } = work;
    const { task } = run;
    let sendings: readonly SendingInput[];
    if (task.kind === 'statements') {
      const month = monthOf(task, run);
      if (task.waitsForClosing && !new ClosingStore(db).isClosed(month)) {
        await this.#write(() => this.#runs.continueAt(run.id, nowMs() + MONTH_OPEN_WAIT_MS, `month-open:${month}`));
        return false;
      }
      sendings = statementSendings(db, task, month, rights.scope);
    } else {
      sendings = task.kind === 'report' ? reportSendings(this.#options, task) : reminderSendings(this.#options, task);
    }
    await this.#write(() => {
      this.#runs.begin(run.id, sendings, nowMs());
      if (sendings.length === 0) this.#runs.finish(run.id, 'done', nowMs(), 'nobody');
    });
    return sendings.length > 0;
  }

  async #sendAll(work: Work): Promise<void> {
    const { run } = work;
    const { nowMs } = this.#options;
    const waiting = this.#runs.sendings(run.id).filter(({ state }) => state === 'waiting');
    const due = waiting.filter(({ nextTryAtMs }) => nextTryAtMs <= nowMs());
    if (run.task.kind === 'report' && due.length > 0) {
      await makeReportFiles(this.#options, { ...work, task: run.task });
    }
    for (const sending of due) {
      if (this.#isClosed) return;
      await this.#send(work, sending);
    }
    await this.#endOrWait(run);
  }

  async #endOrWait({ id, task }: RunRow): Promise<void> {
    const { nowMs } = this.#options;
    const sendings = this.#runs.sendings(id);
    const waiting = sendings.filter(({ state }) => state === 'waiting');
    if (waiting.length > 0) {
      const nextMs = Math.min(...waiting.map(({ nextTryAtMs }) => nextTryAtMs));
      await this.#write(() => this.#runs.continueAt(id, nextMs, ''));
      return;
    }
    const hasFailed = sendings.some(({ state }) => state === 'failed' || state === 'uncertain');
    await this.#write(() =>
      this.#runs.finish(id, hasFailed ? 'failed' : 'done', nowMs(), hasFailed ? 'some-failed' : ''),
    );
    if (task.kind === 'report') await removeReportFiles(this.#options, id);
  }

  async #send(work: Work, sending: SendingRow): Promise<void> {
    const { nowMs } = this.#options;
    const compose = await this.#composed(work, sending);
    if (compose === undefined) {
      await this.#write(() => this.#runs.end(sending.id, 'left-out', nowMs(), 'answered'));
      return;
    }
    if (typeof compose === 'string') {
      await this.#write(() => this.#noteFailure(sending, compose, false));
      return;
    }
    if (!(await this.#write(() => this.#runs.claim(sending.id)))) return;
    const outcome = await compose();
    await this.#write(() => this.#note(work, sending, outcome));
  }

  /** How to send it; a result where it cannot be made; undefined where it is not needed any more. */
  async #composed(work: Work, sending: SendingRow): Promise<(() => Promise<Outcome>) | string | undefined> {
    const { run } = work;
    try {
      if (run.task.kind === 'report') {
        const report = { ...work, task: run.task };
        if (sending.kind === 'folder') return () => putIntoFolder(this.#options, report, sending.target);
        return this.#mailing(await reportEmail(this.#options, report, sending));
      }
      if (run.task.kind === 'statements') {
        const statements = { ...work, month: monthOf(run.task, run) };
        const link = await this.#write(() => statementLink(this.#options, statements, sending.personId ?? 0));
        return this.#mailing(await statementEmail(this.#options, statements, sending, link));
      }
      const statement = remindedStatement(this.#options.db, run.task, sending);
      if (statement === undefined) return undefined;
      const link = await this.#write(() => addLink(this.#options, statement.id));
      return this.#mailing(reminderEmail(this.#options, statement, sending, link));
    } catch (error) {
      if (!(error instanceof AppError)) this.#options.onError(error);
      return resultOfError(error);
    }
  }

  /** Throws AppError where a secret of the mail settings cannot be opened. */
  #mailing(email: Email): () => Promise<Outcome> {
    const { db, secretBox } = this.#options;
    const mail = openedMail(readMail(db), secretBox);
    return () => sendEmail(mail, email);
  }

  #note({ run }: Work, sending: SendingRow, outcome: Outcome): void {
    const nowMs = this.#options.nowMs();
    const result = outcomeText(outcome);
    if (outcome.isSent) {
      this.#runs.end(sending.id, 'sent', nowMs, result);
      if (run.task.kind === 'statements') {
        const statement = this.#statements.newest(monthOf(run.task, run), sending.personId ?? 0);
        if (statement !== undefined) this.#statements.sent(statement.id, nowMs);
      }
    } else if (outcome.failure === 'uncertain') this.#runs.end(sending.id, 'uncertain', nowMs, result);
    else this.#noteFailure(sending, result, outcome.isForGood === true);
  }

  #noteFailure({ id, tries }: SendingRow, result: string, isForGood: boolean): void {
    const nowMs = this.#options.nowMs();
    const waitS = isForGood ? undefined : waitAfter(tries + 1);
    if (waitS === undefined) this.#runs.end(id, 'failed', nowMs, result);
    else this.#runs.sendLater(id, tries + 1, nowMs + waitS * 1000, result);
  }

  async #write<T>(work: () => T): Promise<T> {
    const release = await this.#options.holdBack();
    try {
      return work();
    } finally {
      release();
    }
  }
}
