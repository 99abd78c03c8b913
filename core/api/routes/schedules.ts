/** Schedules, their runs, and everybody a run was for. Who does not administer sees and changes what they made. */
import path from 'node:path';
import { isMailSetUp, readMail } from '../../delivery/mail-settings.ts';
import type { Language } from '../../i18n/translate.ts';
import { isGranted, type Viewer } from '../../model/access.ts';
import { AppError } from '../../model/errors.ts';
import { localText } from '../../model/time.ts';
import { dayText, nextRunMs, siteTimeOf } from '../../schedules/due-runs.ts';
import { beginsAfter, dayAt } from '../../schedules/rhythm.ts';
import { makerFrom } from '../../schedules/rights.ts';
import { resultWords } from '../../schedules/words.ts';
import { getPerson } from '../../store/people.ts';
import { type RunRow, ScheduleRuns } from '../../store/schedule-runs.ts';
import { type ScheduleRow, ScheduleStore } from '../../store/schedules.ts';
import type { RunDetail, RunSummary, Schedule, ScheduleInput as ScheduleBody } from '../contract.ts';
import { ScheduleInput } from '../contract.ts';
import type { ApiParts } from '../parts.ts';
import { InvalidInput } from '../problem.ts';
import type { Handlers } from '../register.ts';
import type { Scheduling } from '../scheduling.ts';
import { siteToday } from '../site-today.ts';

type Names =
  | 'listSchedules'
  | 'addSchedule'
  | 'changeSchedule'
  | 'removeSchedule'
  | 'pauseSchedule'
  | 'runSchedule'
  | 'listRecipients'
  | 'listScheduleRuns'
  | 'getScheduleRun'
  | 'sendAgain';

export function scheduleRoutes(parts: ApiParts, { scheduler }: Scheduling): Pick<Handlers, Names> {
  const { deps, users, settings } = parts;
  const store = new ScheduleStore(deps.db);
  const runs = new ScheduleRuns(deps.db);

  const mayChange = (viewer: Viewer, { maker }: Pick<ScheduleRow | RunRow, 'maker'>): boolean =>
    isGranted(viewer.role, 'administer') || maker.userId === viewer.userId;
  const own = (viewer: Viewer, id: number): ScheduleRow => {
    const schedule = store.get(id);
    if (!mayChange(viewer, schedule)) throw new AppError('not-found', { what: 'schedule', id });
    return schedule;
  };
  const ownRun = (viewer: Viewer, id: number): RunRow => {
    const run = runs.get(id);
    if (!mayChange(viewer, run)) throw new AppError('not-found', { what: 'run', id });
    return run;
  };

  const summariesOf = (rows: readonly RunRow[], language: Language): RunSummary[] => {
    const counts = runs.counts(rows.map(({ id }) => id));
    return rows.map((row) => ({
      id: row.id,
      scheduleId: row.scheduleId,
      name: row.name,
      kind: row.task.kind,
      dueDay: row.dueDay,
      reason: row.reason,
      state: row.state,
      createdAtMs: row.createdAtMs,
      doneAtMs: row.doneAtMs,
      nextTryAtMs: row.state === 'waiting' || row.state === 'sending' ? row.nextTryAtMs : null,
      result: row.result === '' ? '' : resultWords(row.result, language),
      counts: { waiting: 0, claimed: 0, sent: 0, failed: 0, uncertain: 0, 'left-out': 0, ...counts.get(row.id) },
    }));
  };
  const scheduleOf = (row: ScheduleRow, language: Language): Schedule => ({
    id: row.id,
    name: row.name,
    // Lists of the store are read-only; the schema gives them as the contract has them.
    task: ScheduleInput.parse({ name: row.name, task: row.task, rhythm: row.rhythm }).task,
    rhythm: row.rhythm,
    isPaused: row.isPaused,
    problem: row.problem,
    makerName: row.maker.name,
    seesNumbers: row.maker.rights.seesNumbers,
    nextRunLocal: nextRunText(row),
    lastRun: summariesOf(runs.list({ scheduleId: row.id }, 1), language)[0] ?? null,
  });
  const nextRunText = (row: ScheduleRow): string | null => {
    const site = siteTimeOf(deps.db);
    const atMs = nextRunMs(row, deps.nowMs(), site);
    return atMs === undefined ? null : localText(site.zone.localOfInstant(atMs / 1000));
  };
  const detailOf = (id: number, language: Language): RunDetail => {
    const [run] = summariesOf([runs.get(id)], language);
    if (run === undefined) throw new AppError('not-found', { what: 'run', id });
    const sendings = runs.sendings(id).map(({ runId: _, language: __, nextTryAtMs, result, ...sending }) => ({
      ...sending,
      nextTryAtMs: sending.state === 'waiting' ? nextTryAtMs : null,
      result: result === '' ? '' : resultWords(result, language),
    }));
    return { run, sendings };
  };
  const changed = (): void => {
    scheduler.poke();
    parts.changed('schedules');
  };

  const checked = (body: ReturnType<typeof ScheduleInput.parse>, viewer: Viewer, language: Language) => {
    const { task } = body;
    if (task.kind !== 'report') return body;
    if (task.folder !== '') {
      // The service writes there with its own rights.
      if (!isGranted(viewer.role, 'administer')) throw new AppError('not-allowed', { permission: 'administer' });
      if (!path.isAbsolute(task.folder)) throw InvalidInput.of('task.folder', 'folderPath', language);
    }
    if (task.recipients.length === 0 && task.folder === '') {
      throw InvalidInput.of('task.recipients', 'recipients', language);
    }
    return body;
  };
  /** Days that need no run: those over, and with a change of its rhythm nothing is made up. */
  const startDay = (body: Pick<ScheduleBody, 'rhythm'>): string =>
    dayText(beginsAfter(body.rhythm, deps.nowMs(), siteTimeOf(deps.db)));
  const makerOf = (viewer: Viewer) => makerFrom(viewer, settings.get().showCodes);

  return {
    listSchedules: ({ viewer, language }) => ({
      schedules: store
        .list()
        .filter((row) => mayChange(viewer, row))
        .map((row) => scheduleOf(row, language)),
      canMail: isMailSetUp(readMail(deps.db)),
      now: deps.nowMs(),
    }),
    addSchedule: ({ body, viewer, language }) => {
      const input = checked(body, viewer, language);
      const id = store.add(input, makerOf(viewer), startDay(input), deps.nowMs());
      changed();
      return scheduleOf(store.get(id), language);
    },
    changeSchedule: ({ params, body, viewer, language }) => {
      const before = own(viewer, params.id);
      const input = checked(body, viewer, language);
      const isSameRhythm = JSON.stringify(before.rhythm) === JSON.stringify(input.rhythm) && before.problem === null;
      const afterDay = isSameRhythm ? before.afterDay : startDay(input);
      store.change(params.id, input, makerOf(viewer), afterDay, deps.nowMs());
      changed();
      return scheduleOf(store.get(params.id), language);
    },
    removeSchedule: ({ params, viewer }) => {
      own(viewer, params.id);
      store.remove(params.id);
      changed();
      return undefined;
    },
    pauseSchedule: ({ params, body, viewer, language }) => {
      const row = own(viewer, params.id);
      store.pause(params.id, body.isPaused, body.isPaused ? row.afterDay : startDay(row));
      changed();
      return scheduleOf(store.get(params.id), language);
    },
    runSchedule: ({ params, viewer }) => {
      const { id, name, task } = own(viewer, params.id);
      const today = dayText(dayAt(siteTimeOf(deps.db), deps.nowMs()));
      const run = {
        scheduleId: id,
        name,
        task,
        dueDay: today,
        reason: 'by-hand',
        state: 'waiting',
        result: '',
      } as const;
      const runId = runs.add({ ...run, maker: makerOf(viewer) }, deps.nowMs());
      changed();
      return { runId: runId ?? 0 };
    },
    listRecipients: () =>
      users
        .list()
        .filter(({ state }) => state === 'active')
        .map(({ id, name, role, personId }) => ({
          ...{ id, name, role },
          hasAddress: personId !== null && (getPerson(deps.db, personId, siteToday(parts)).email ?? '') !== '',
        })),
    listScheduleRuns: ({ query, viewer, language }) => {
      if (query.scheduleId !== undefined) own(viewer, query.scheduleId);
      // The owner of the computer administers, so whoever does not has a number.
      const makerId = isGranted(viewer.role, 'administer') ? undefined : (viewer.userId ?? undefined);
      const rows = runs.list({ scheduleId: query.scheduleId, makerId, beforeId: query.before }, query.limit + 1);
      return { runs: summariesOf(rows.slice(0, query.limit), language), hasMore: rows.length > query.limit };
    },
    getScheduleRun: ({ params, viewer, language }) => {
      ownRun(viewer, params.id);
      return detailOf(params.id, language);
    },
    sendAgain: ({ params, viewer, language }) => {
      const { runId } = runs.sending(params.id);
      ownRun(viewer, runId);
      runs.sendAgain(params.id, deps.nowMs());
      changed();
      return detailOf(runId, language);
    },
  };
}
