/** Statements of a month and what people said of them. Answers within the scope of who asks. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { isMailSetUp, readMail } from '../../delivery/mail-settings.ts';
import { createTranslate } from '../../i18n/translate.ts';
import type { Scope, Viewer } from '../../model/access.ts';
import { AppError } from '../../model/errors.ts';
import { localSecondsOfDay } from '../../model/time.ts';
import { csvOfSheet } from '../../people/table-export.ts';
import { siteTimeOf } from '../../schedules/due-runs.ts';
import { rangeOfMonth } from '../../schedules/period.ts';
import { makerFrom } from '../../schedules/rights.ts';
import { newStatementPassword } from '../../schedules/statement-password.ts';
import { statementFilter } from '../../schedules/statement-run.ts';
import { readStatementSettings } from '../../schedules/statement-settings.ts';
import { isInScope } from '../../store/call-scope.ts';
import { bookedDayOf } from '../../store/daily-sums.ts';
import { writeDeliverySetting } from '../../store/delivery-settings.ts';
import { monthOfDay } from '../../store/month-days.ts';
import { personName } from '../../store/names.ts';
import { ScheduleRuns } from '../../store/schedule-runs.ts';
import { StatementPeople } from '../../store/statement-people.ts';
import { type DisputeRow, StatementStore } from '../../store/statements.ts';
import { callOf } from '../call-view.ts';
import type { Dispute, StatementMonth, StatementSettingsView } from '../contract.ts';
import { decideCalls } from '../decide-calls.ts';
import type { ApiParts } from '../parts.ts';
import type { Handlers } from '../register.ts';
import type { Scheduling } from '../scheduling.ts';
import { siteToday } from '../site-today.ts';
import { answersSheet, statementMonth } from '../statement-view.ts';

type Names =
  | 'getStatementSettings'
  | 'putStatementSettings'
  | 'listStatements'
  | 'exportStatements'
  | 'printStatement'
  | 'sendStatements'
  | 'remindStatements'
  | 'notePaperAnswer'
  | 'setStatementAccess'
  | 'makeStatementPasswords'
  | 'listDisputes'
  | 'decideDispute';

/** A signature has a day and no hour. */
const NOON_S = 43_200;

export function statementRoutes(parts: ApiParts, scheduling: Scheduling): Pick<Handlers, Names> {
  const { deps, settings, month: months } = parts;
  const { db } = deps;
  const store = new StatementStore(db);
  const people = new StatementPeople(db);
  const runs = new ScheduleRuns(db);

  const isReachable = (): boolean => deps.networkDoor?.state().isOpen === true || deps.access.allowedHosts.length > 0;
  const settingsView = (): StatementSettingsView => ({
    settings: readStatementSettings(db),
    isReachable: isReachable(),
    origins: [...(deps.networkDoor?.state().origins ?? [])],
  });
  const monthView = (month: string | undefined, scope: Scope): StatementMonth => ({
    ...statementMonth(parts, month, scope),
    canMail: isMailSetUp(readMail(db)),
    links: readStatementSettings(db).linkBase === '' ? 'none' : isReachable() ? 'work' : 'here',
  });
  /** Throws `not-found` for people whose calls of the month the viewer does not see. */
  const mustSee = (month: string, personId: number, { scope }: Viewer): void => {
    if (people.callsOf(month, scope).has(personId)) return;
    throw new AppError('not-found', { what: 'person', id: personId });
  };
  const disputeOf = (row: DisputeRow, language: 'vi' | 'en'): Dispute => {
    const { callId, statementId: _, ...rest } = row;
    const call = parts.calls.get(callId);
    return {
      ...rest,
      personName: personName(db, row.personId) ?? '',
      call: call === undefined ? null : callOf(call, parts.mask(), language),
      isInClosedMonth: call !== undefined && months.isClosed(monthOfDay(bookedDayOf(call))),
    };
  };
  /** Disputes about calls that the viewer sees. */
  const isSeen = (scope: Scope): ((row: DisputeRow) => boolean) => {
    const inScope = isInScope(db, scope);
    return ({ callId }) => {
      const call = parts.calls.get(callId);
      return call === undefined ? scope.kind === 'all' : inScope(call);
    };
  };
  const changed = (): void => parts.changed('statements');

  return {
    getStatementSettings: () => settingsView(),
    putStatementSettings: ({ body }) => {
      writeDeliverySetting(db, 'statements', { ...body, linkBase: body.linkBase.replace(/\/+$/, '') });
      scheduling.scheduler.poke();
      return settingsView();
    },
    listStatements: ({ query, viewer }) => monthView(query.month, viewer.scope),
    exportStatements: ({ query, viewer, language }) => {
      const t = createTranslate(query.language ?? language);
      const rows = answersSheet(parts, monthView(query.month, viewer.scope).people, query.language ?? language);
      return {
        fileName: `${t('mail.fileName.answers', { month: query.month })}.csv`,
        contentType: 'text/csv; charset=utf-8',
        body: csvOfSheet(rows),
      };
    },
    printStatement: async ({ query, viewer, language }) => {
      const { month, personId } = query;
      mustSee(month, personId, viewer);
      const { rights, name } = makerFrom(viewer, settings.get().showCodes);
      await mkdir(scheduling.outbox, { recursive: true, mode: 0o700 });
      const file = path.join(scheduling.outbox, `paper-${randomUUID()}.pdf`);
      try {
        const spoken = query.language ?? people.get(personId, siteToday(parts))?.language ?? language;
        const request = { reportId: 'personal-statement', type: 'pdf', language: spoken } as const;
        const filter = statementFilter(month, personId);
        await scheduling.makeReport({ ...request, filter, reader: { ...rights, madeBy: name } }, file);
        const words = { name: personName(db, personId) ?? '', month };
        return {
          fileName: `${createTranslate(spoken)('mail.fileName.statement', words)}.pdf`,
          contentType: 'application/pdf',
          body: new Uint8Array(await readFile(file)),
        };
      } finally {
        await rm(file, { force: true });
      }
    },
    sendStatements: ({ body: { month, personIds, language }, viewer }) => {
      const task = {
        kind: 'statements',
        departmentIds: [],
        waitsForClosing: false,
        month,
        personIds,
        language,
      } as const;
      const runId = runs.add(
        {
          ...{ scheduleId: null, name: month, task, dueDay: siteToday(parts), reason: 'by-hand' },
          ...{ maker: makerFrom(viewer, settings.get().showCodes), state: 'waiting', result: '' },
        },
        deps.nowMs(),
      );
      scheduling.scheduler.poke();
      parts.changed('schedules');
      return { runId: runId ?? 0 };
    },
    remindStatements: ({ body: { month, personIds }, viewer }) => {
      const seen = people.callsOf(month, viewer.scope);
      const silent = [...store.ofMonth(month).values()].filter(
        ({ personId, answer, sentAtMs }) =>
          answer === null &&
          sentAtMs !== null &&
          seen.has(personId) &&
          (personIds.length === 0 || personIds.includes(personId)),
      );
      db.transaction(() => {
        for (const { id } of silent) store.reminded(id, deps.nowMs());
        if (silent.length > 0) {
          scheduling.scheduler.remind(
            month,
            silent.map(({ id }) => id),
            'by-hand',
            makerFrom(viewer, false),
          );
        }
      })();
      scheduling.scheduler.poke();
      changed();
      return { reminded: silent.length };
    },
    notePaperAnswer: ({ body, viewer }) => {
      const { month, personId, answer, signedDay, note, by } = body;
      mustSee(month, personId, viewer);
      const noon = (localSecondsOfDay(signedDay) ?? 0) + NOON_S;
      const atMs = siteTimeOf(db).zone.placeLocal(noon).instant * 1000;
      const before = store.newest(month, personId);
      // Another answer is one to another statement: after all that was disputed has been decided.
      if (before?.answer === 'confirmed' || (before?.openDisputes ?? 0) > 0) {
        throw new AppError('already-answered');
      }
      db.transaction(() => {
        const id = store.make(month, personId, viewer.seesNumbers, deps.nowMs());
        store.answer(id, { answer, way: 'paper', atMs, notedBy: by, note }, []);
      })();
      changed();
      return monthView(month, viewer.scope);
    },
    setStatementAccess: ({ params, body }) => {
      if (personName(db, params.id) === undefined) throw new AppError('not-found', { what: 'person', id: params.id });
      const { password, language } = body;
      if (password !== undefined && password !== null) {
        people.setPassword(params.id, deps.secretBox.seal(password));
      }
      if (language !== undefined) people.setLanguage(params.id, language);
      changed();
      return undefined;
    },
    makeStatementPasswords: ({ body: { month, personIds, isForAll }, viewer }) => {
      const ids = [...people.callsOf(month, viewer.scope).keys()];
      const wanted = people
        .of(personIds.length === 0 ? ids : ids.filter((id) => personIds.includes(id)), rangeOfMonth(month).to)
        .filter(({ password }) => isForAll || password === '');
      const made = wanted.map(({ personId, name, employeeNumber, departmentName }) => ({
        ...{ personId, name, employeeNumber, departmentName },
        password: newStatementPassword(),
      }));
      db.transaction(() => {
        for (const { personId, password } of made) people.setPassword(personId, deps.secretBox.seal(password));
      })();
      changed();
      return made;
    },
    listDisputes: ({ query, viewer, language }) =>
      store
        .disputes(query.month)
        .filter(isSeen(viewer.scope))
        .map((row) => disputeOf(row, language)),
    decideDispute: async ({ params, body, viewer, language }) => {
      const row = store.dispute(params.id);
      if (!isSeen(viewer.scope)(row)) throw new AppError('not-found', { what: 'dispute', id: params.id });
      const { change, reason, by } = body;
      const ids = db.transaction(() => {
        store.decide(row.id, change === null ? 'kept' : 'changed', { reason, by, atMs: deps.nowMs() });
        if (change === null) return [];
        return decideCalls(parts, { ids: [row.callId] }, change, { reason, by }, viewer.scope).ids;
      })();
      if (change !== null) {
        if (ids.length > 0) {
          await deps.ingest.reload();
          await deps.ingest.rebook({ ids });
        }
        parts.changed('calls');
      }
      changed();
      return disputeOf(store.dispute(row.id), language);
    },
  };
}
