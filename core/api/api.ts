/**
 * The whole door to Tollbook: a Request in, a Response out. Checks where a request comes from and who sent it, then
 * hands it to its route, or to the pages.
 */
import path from 'node:path';
import { Hono } from 'hono';
import { type Language, languageFromHeader } from '../i18n/translate.ts';
import type { Viewer } from '../model/access.ts';
import { AppError } from '../model/errors.ts';
import type { OpenedFileKind } from '../model/opened-file.ts';
import { fromSqliteError } from '../store/database.ts';
import { AccessControl, accessPolicy, keepSeen } from './access-control.ts';
import { type AlertSending, startAlertSending } from './alert-sending.ts';
import { answerMaskOf } from './answer-mask.ts';
import { AuditRecorder } from './audit-recorder.ts';
import { callerOf } from './caller.ts';
import { Problem, type RouteName, routes } from './contract.ts';
import type { ApiDeps } from './deps.ts';
import { noted } from './first-steps.ts';
import { ImportJobs } from './import-jobs.ts';
import { LiveFeed } from './live-feed.ts';
import { MonthExports } from './month-exports.ts';
import { NoticeKeeper } from './notice-keeper.ts';
import { pageResponse } from './pages.ts';
import { PaperBatches } from './paper-batches.ts';
import { type ApiParts, createParts } from './parts.ts';
import { PriceComparisons } from './price-comparisons.ts';
import { problemOf, problemResponse } from './problem.ts';
import { type AnyHandler, type ApiEnv, type Handlers, register } from './register.ts';
import { RereadJobs } from './reread-jobs.ts';
import { RetentionJob } from './retention-job.ts';
import { accountRoutes } from './routes/account.ts';
import { acknowledgeRoutes } from './routes/acknowledge.ts';
import { alertRoutes } from './routes/alerts.ts';
import { auditRoutes } from './routes/audit.ts';
import { backupRoutes } from './routes/backups.ts';
import { budgetRoutes } from './routes/budgets.ts';
import { callDecisionRoutes } from './routes/call-decisions.ts';
import { callRoutes } from './routes/calls.ts';
import { closingRoutes } from './routes/closing.ts';
import { codeRenewalRoutes } from './routes/code-renewals.ts';
import { comfortRoutes } from './routes/comfort.ts';
import { dashboardRoutes } from './routes/dashboard.ts';
import { deckRoutes } from './routes/decks.ts';
import { demoRoutes } from './routes/demo.ts';
import { directoryRoutes } from './routes/directory.ts';
import { formatDefinitionRoutes } from './routes/format-definitions.ts';
import { formatRoutes } from './routes/formats.ts';
import { holidayRoutes } from './routes/holidays.ts';
import { hygieneRoutes } from './routes/hygiene.ts';
import { importRoutes } from './routes/imports.ts';
import { lookupRoutes } from './routes/lookup.ts';
import { mailRoutes } from './routes/mail.ts';
import { monthRoutes } from './routes/month.ts';
import { networkRoutes } from './routes/network.ts';
import { openedFileRoutes } from './routes/opened-files.ts';
import { paperRoutes } from './routes/paper.ts';
import { peopleRoutes } from './routes/people.ts';
import { peopleFileRoutes } from './routes/people-files.ts';
import { policyRoutes } from './routes/policies.ts';
import { priceComparisonRoutes } from './routes/price-comparisons.ts';
import { privacyRoutes } from './routes/privacy.ts';
import { quarantineRoutes } from './routes/quarantine.ts';
import { reportRoutes } from './routes/reports.ts';
import { rerateRoutes } from './routes/rerates.ts';
import { rereadRoutes } from './routes/rereads.ts';
import { scheduleRoutes } from './routes/schedules.ts';
import { searchRoutes } from './routes/search.ts';
import { sessionRoutes } from './routes/session.ts';
import { settingsRoutes } from './routes/settings.ts';
import { sourceRoutes } from './routes/sources.ts';
import { statementRoutes } from './routes/statements.ts';
import { systemRoutes } from './routes/system.ts';
import { tariffVersionRoutes } from './routes/tariff-versions.ts';
import { tariffRoutes } from './routes/tariffs.ts';
import { unmaskingRoutes } from './routes/unmasking.ts';
import { userRoutes } from './routes/users.ts';
import { workbookTemplateRoutes } from './routes/workbook-template.ts';
import { type Scheduling, startScheduling } from './scheduling.ts';
import { addSecurityHeaders, type RequestInfo, refusalOf } from './security.ts';
import { issueLinkToken } from './session.ts';
import { Undo } from './undo.ts';
import { WorkList } from './work-list.ts';

export interface Api {
  fetch(request: Request, info: RequestInfo): Promise<Response>;
  /** Token of a one-time link: `<origin>/enter#<token>`. */
  issueLinkToken(): string;
  /** Keeps a file that was opened with the program, and names the page that takes it over. */
  keepOpenedFile(file: {
    readonly kind: OpenedFileKind;
    readonly fileName: string;
    readonly bytes: Uint8Array;
  }): string;
  /** A newer version of the program can be had: told at the bell, once for each version. */
  tellUpdate(version: string): void;
  /** Tells the pages that something changed that no request of theirs did. */
  changed: ApiParts['changed'];
  /** A backup was put in place at this start; what was there lies in `setAside`. */
  noteRestored(setAside: string): void;
  /** Ends every event stream and stops listening to the worker threads. */
  close(): void;
}

function handlersOf(
  parts: ApiParts,
  jobs: ImportJobs,
  rereads: RereadJobs,
  sending: AlertSending,
  scheduling: Scheduling,
  comparisons: PriceComparisons,
  batches: PaperBatches,
  undo: Undo,
  retention: RetentionJob,
): Handlers {
  const access = new AccessControl(parts);
  const exports = new MonthExports();
  return {
    ...systemRoutes(parts),
    ...sessionRoutes(parts, access),
    ...userRoutes(parts, access),
    ...accountRoutes(parts, access),
    ...networkRoutes(parts),
    ...directoryRoutes(parts),
    ...settingsRoutes(parts),
    ...callRoutes(parts),
    ...lookupRoutes(parts),
    ...searchRoutes(parts),
    ...comfortRoutes(parts, undo, new WorkList(parts, { imports: jobs, rereads, comparisons, exports, batches })),
    ...peopleRoutes(parts),
    ...peopleFileRoutes(parts),
    ...formatRoutes(parts),
    ...formatDefinitionRoutes(parts),
    ...sourceRoutes(parts),
    ...demoRoutes(parts),
    ...importRoutes(parts, jobs),
    ...quarantineRoutes(parts),
    ...rereadRoutes(parts, rereads),
    ...rerateRoutes(parts),
    ...priceComparisonRoutes(parts, comparisons),
    ...monthRoutes(parts, exports),
    ...reportRoutes(parts),
    ...workbookTemplateRoutes(parts),
    ...paperRoutes(parts, batches),
    ...closingRoutes(parts),
    ...callDecisionRoutes(parts),
    ...hygieneRoutes(parts),
    ...policyRoutes(parts),
    ...auditRoutes(parts),
    ...privacyRoutes(parts, retention),
    ...unmaskingRoutes(parts),
    ...budgetRoutes(parts),
    ...dashboardRoutes(parts, sending.names),
    ...alertRoutes(parts, sending.deliverer, sending.names),
    ...codeRenewalRoutes(parts),
    ...holidayRoutes(parts),
    ...backupRoutes(parts),
    ...tariffRoutes(parts),
    ...openedFileRoutes(parts),
    ...deckRoutes(parts),
    ...tariffVersionRoutes(parts),
    ...mailRoutes(parts, scheduling),
    ...scheduleRoutes(parts, scheduling),
    ...statementRoutes(parts, scheduling),
    ...acknowledgeRoutes(parts),
  };
}

export function createApi(deps: ApiDeps): Api {
  const parts = createParts(deps);
  const jobs = new ImportJobs(deps);
  const feed = new LiveFeed(parts, jobs);
  const app = new Hono<ApiEnv>();
  const rereads = new RereadJobs(parts);
  const sending = startAlertSending(parts);
  const scheduling = startScheduling(parts);
  const notices = new NoticeKeeper(parts, jobs);
  const stopSeen = keepSeen(parts);
  const comparisons = new PriceComparisons(parts);
  const batches = new PaperBatches(parts);
  const undo = new Undo(parts);
  const retention = new RetentionJob(parts);
  const handlers = handlersOf(parts, jobs, rereads, sending, scheduling, comparisons, batches, undo, retention);
  const recorder = new AuditRecorder(parts, handlers as Readonly<Record<RouteName, AnyHandler>>);
  for (const name of Object.keys(routes) as RouteName[]) {
    const noticed = noted(parts, name, handlers[name] as AnyHandler);
    register(app, routes[name], recorder.recorded(name, undo.recorded(name, noticed)), () => deps.ingest.holdBack());
  }

  const maskProblem = answerMaskOf(Problem);
  const fail = (thrown: unknown, language: Language, viewer?: Viewer): Response => {
    const error = fromSqliteError(deps.dataFolder, thrown);
    if (error instanceof AppError) {
      const problem = problemOf(error, language);
      if (problem.status >= 500) deps.log.error({ err: error }, 'request failed');
      const isShown = viewer?.seesNumbers !== false || maskProblem === undefined;
      return problemResponse(isShown ? problem : Problem.parse(maskProblem(problem, language)));
    }
    deps.log.error({ err: error }, 'unexpected error in a request');
    return problemResponse(problemOf({ code: 'internal', values: {} }, language));
  };
  const notFound = (pathname: string, language: Language): Response =>
    fail(new AppError('not-found', { what: 'address', id: pathname }), language);
  app.notFound((context) => {
    const { language } = context.env;
    const { viewer } = context.env.caller;
    // Strangers are not told which addresses there are.
    return viewer === undefined ? fail(new AppError('not-signed-in'), language) : notFound(context.req.path, language);
  });
  app.onError((error, context) => {
    const { language } = context.env;
    // Nobody is there to read the answer, and a person who stops an upload is no fault to log.
    if (context.req.raw.signal.aborted) return problemResponse(problemOf({ code: 'internal', values: {} }, language));
    return fail(error, language, context.env.caller.viewer);
  });

  const languageOf = (request: Request): Language => {
    const asked =
      languageFromHeader(request.headers.get('x-tollbook-language')) ??
      languageFromHeader(request.headers.get('accept-language'));
    if (asked !== undefined) return asked;
    const chosen = parts.settings.get().language;
    return chosen === 'auto' ? 'vi' : chosen;
  };

  const answer = async (request: Request, info: RequestInfo): Promise<Response> => {
    const language = languageOf(request);
    const refusal = refusalOf(request, info, accessPolicy(parts));
    if (refusal !== undefined) return fail(refusal, language);
    const { pathname } = new URL(request.url);
    if (pathname !== '/api' && !pathname.startsWith('/api/')) {
      return (await pageResponse(deps.pagesFolder, request)) ?? notFound(pathname, language);
    }
    return app.fetch(request, { language, caller: callerOf(parts, request, info) });
  };

  return {
    async fetch(request, info) {
      let response: Response;
      try {
        response = await answer(request, info);
      } catch (error) {
        response = fail(error, 'vi');
      }
      addSecurityHeaders(response.headers);
      return response;
    },
    changed: parts.changed,
    noteRestored: (setAside) => {
      const name = path.basename(setAside);
      parts.audit.addRestored({ atMs: deps.nowMs(), viewer: 'program', action: 'restored', what: 'backups', name });
    },
    tellUpdate: (version) => notices.tellUpdate(version),
    issueLinkToken: () => issueLinkToken(parts.sessions, deps.nowMs()),
    keepOpenedFile: (file) => `/${file.kind}s/opened/${parts.openedFiles.add(file)}`,
    close() {
      feed.close();
      sending.close();
      scheduling.close();
      notices.close();
      stopSeen();
      rereads.close();
      comparisons.close();
      batches.close();
      retention.close();
      parts.audit.close();
      parts.events.close();
    },
  };
}
