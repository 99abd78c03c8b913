/**
 * Every route of the API, with the shapes of what goes in and out. The renderer, the desktop shell and the command line
 * see nothing else of the core. Money is `{ amount, currency }` with an exact decimal string; times are local texts
 * `YYYY-MM-DDTHH:MM:SS` of the site, instants are milliseconds since 1970; durations are whole seconds.
 */
import { z } from 'zod';
import { alertRoutes } from './contract/alert-routes.ts';
import { auditRoutes } from './contract/audit-routes.ts';
import { backupRoutes } from './contract/backup-routes.ts';
import { budgetRoutes } from './contract/budget-routes.ts';
import { CallCount, CallDetail, CallFilter, CallPage, CallQuery } from './contract/calls.ts';
import { closingRoutes } from './contract/closing-routes.ts';
import { comfortRoutes } from './contract/comfort-routes.ts';
import { day, idParams, language, month } from './contract/common.ts';
import { dashboardRoutes } from './contract/dashboard-routes.ts';
import { deckRoutes } from './contract/deck-routes.ts';
import { directoryRoutes } from './contract/directory-routes.ts';
import { holidayRoutes } from './contract/holiday-routes.ts';
import { hygieneRoutes } from './contract/hygiene-routes.ts';
import { LookupResult } from './contract/lookup.ts';
import { MonthReport } from './contract/month.ts';
import { openedFileRoutes } from './contract/opened-file-routes.ts';
import { paperRoutes } from './contract/paper-routes.ts';
import {
  AssignmentChange,
  AssignmentEffect,
  Department,
  DepartmentInput,
  PeopleImportPreview,
  Person,
  PersonInput,
} from './contract/people.ts';
import { policyRoutes } from './contract/policy-routes.ts';
import { privacyRoutes } from './contract/privacy-routes.ts';
import { reportRoutes } from './contract/report-routes.ts';
import { rerateRoutes } from './contract/rerate-routes.ts';
import { scheduleRoutes } from './contract/schedule-routes.ts';
import { searchRoutes } from './contract/search-routes.ts';
import { sessionRoutes } from './contract/session-routes.ts';
import { Settings, SystemInfo } from './contract/settings.ts';
import { sourceRoutes } from './contract/source-routes.ts';
import { statementRoutes } from './contract/statement-routes.ts';
import { tariffRoutes } from './contract/tariff-routes.ts';
import { userRoutes } from './contract/user-routes.ts';
import { workbookRoutes } from './contract/workbook-routes.ts';
import { route } from './route.ts';

export * from './contract/alerts.ts';
export * from './contract/audit.ts';
export * from './contract/backups.ts';
export * from './contract/budgets.ts';
export * from './contract/calls.ts';
export * from './contract/closing.ts';
export * from './contract/comfort.ts';
export { Language, Money, Problem } from './contract/common.ts';
export * from './contract/dashboard.ts';
export * from './contract/decks.ts';
export * from './contract/directory.ts';
export * from './contract/formats.ts';
export * from './contract/holidays.ts';
export * from './contract/hygiene.ts';
export * from './contract/lookup.ts';
export * from './contract/mail.ts';
export * from './contract/month.ts';
export * from './contract/notices.ts';
export { OpenedFormat, OpenedTariff } from './contract/opened-file-routes.ts';
export * from './contract/paper.ts';
export * from './contract/people.ts';
export * from './contract/policies.ts';
export * from './contract/price-comparisons.ts';
export * from './contract/privacy.ts';
export * from './contract/reports.ts';
export * from './contract/rerates.ts';
export * from './contract/rereads.ts';
export * from './contract/schedules.ts';
export * from './contract/search.ts';
export * from './contract/session.ts';
export * from './contract/settings.ts';
export * from './contract/sources.ts';
export * from './contract/statements.ts';
export * from './contract/tariffs.ts';
export * from './contract/users.ts';
export * from './contract/workbook.ts';

export const routes = {
  openapi: route({
    method: 'GET',
    path: '/api/openapi.json',
    access: 'open',
    summary: 'This API as OpenAPI 3.1',
    response: z.record(z.string(), z.unknown()),
  }),
  ...sessionRoutes,
  events: route({
    method: 'GET',
    path: '/api/events',
    access: 'read-calls',
    summary: 'Live calls, source states and progress as server-sent events',
    // A browser's EventSource sends no header of a page's own.
    query: z.object({ language: language.optional() }),
    produces: 'events',
  }),
  getSystem: route({
    method: 'GET',
    path: '/api/system',
    access: 'self',
    summary: 'Version, folder, sizes, problems',
    response: SystemInfo,
  }),
  setPaused: route({
    method: 'PUT',
    path: '/api/system/paused',
    access: 'change-sources',
    summary: 'Pause or resume all sources',
    body: z.object({ isPaused: z.boolean() }),
    response: SystemInfo,
  }),
  getSettings: route({
    method: 'GET',
    path: '/api/settings',
    access: 'self',
    summary: 'Settings of the site',
    response: Settings,
  }),
  putSettings: route({
    method: 'PATCH',
    path: '/api/settings',
    access: 'administer',
    summary: 'Change settings',
    body: Settings.partial(),
    response: Settings,
  }),

  listCalls: route({
    method: 'GET',
    path: '/api/calls',
    access: 'read-calls',
    summary: 'Calls, newest first',
    query: CallQuery,
    response: CallPage,
  }),
  countCalls: route({
    method: 'GET',
    path: '/api/calls/totals',
    access: 'read-calls',
    summary: 'How many calls a filter finds, and what they cost',
    query: CallFilter,
    response: CallCount,
  }),
  getCall: route({
    method: 'GET',
    path: '/api/calls/:id',
    access: 'read-calls',
    summary: 'One call down to its raw bytes',
    params: idParams,
    response: CallDetail,
  }),
  lookUp: route({
    method: 'GET',
    path: '/api/lookup',
    access: 'read-calls',
    summary: 'Whose code, extension or number is this, and what was called',
    query: z.object({ q: z.string().trim().min(1).max(64), from: day.optional(), to: day.optional() }),
    response: LookupResult,
  }),

  listDepartments: route({
    method: 'GET',
    path: '/api/departments',
    access: 'read-people',
    summary: 'All departments',
    response: z.array(Department),
  }),
  addDepartment: route({
    method: 'POST',
    path: '/api/departments',
    access: 'change-people',
    summary: 'Add a department',
    body: DepartmentInput,
    response: Department,
  }),
  changeDepartment: route({
    method: 'PUT',
    path: '/api/departments/:id',
    access: 'change-people',
    summary: 'Change a department',
    params: idParams,
    body: DepartmentInput,
    response: Department,
  }),
  removeDepartment: route({
    method: 'DELETE',
    path: '/api/departments/:id',
    access: 'change-people',
    summary: 'Remove an empty department',
    params: idParams,
  }),
  listPeople: route({
    method: 'GET',
    path: '/api/people',
    access: 'read-people',
    summary: 'All people with their codes and extensions',
    query: z.object({ text: z.string().max(100).optional(), departmentId: z.coerce.number().int().optional() }),
    response: z.array(Person),
  }),
  addPerson: route({
    method: 'POST',
    path: '/api/people',
    access: 'change-people',
    summary: 'Add a person',
    body: PersonInput,
    response: Person,
  }),
  changePerson: route({
    method: 'PUT',
    path: '/api/people/:id',
    access: 'change-people',
    summary: 'Change a person',
    params: idParams,
    body: PersonInput,
    response: Person,
  }),
  removePerson: route({
    method: 'DELETE',
    path: '/api/people/:id',
    access: 'change-people',
    summary: 'Remove a person who owns no calls',
    params: idParams,
  }),
  previewAssignment: route({
    method: 'POST',
    path: '/api/assignments/preview',
    access: 'change-people',
    summary: 'How many booked calls a change of code or extension moves',
    body: AssignmentChange,
    response: AssignmentEffect,
  }),
  applyAssignment: route({
    method: 'POST',
    path: '/api/assignments',
    access: 'change-people',
    summary: 'Change who owns a code or an extension, and book the calls of open months anew',
    body: AssignmentChange,
    response: AssignmentEffect,
  }),
  previewPeopleImport: route({
    method: 'POST',
    path: '/api/people/import',
    access: 'change-people',
    summary: 'Read a CSV or xlsx of people; nothing is written',
    query: z.object({ fileName: z.string().max(300), mapping: z.string().max(4000).optional() }),
    accepts: 'bytes',
    response: PeopleImportPreview,
  }),
  confirmPeopleImport: route({
    method: 'POST',
    path: '/api/people/import/:importId',
    access: 'change-people',
    summary: 'Write a previewed import in one transaction',
    params: z.object({ importId: z.string().max(100) }),
    response: z.object({ added: z.number().int(), updated: z.number().int() }),
  }),
  exportPeople: route({
    method: 'GET',
    path: '/api/people/export',
    access: 'change-people',
    summary: 'People and codes as a file',
    query: z.object({ type: z.enum(['csv', 'xlsx']) }),
    produces: 'file',
  }),

  ...searchRoutes,
  ...comfortRoutes,
  ...sourceRoutes,
  ...closingRoutes,
  ...hygieneRoutes,
  ...rerateRoutes,
  ...reportRoutes,
  ...policyRoutes,
  ...paperRoutes,
  ...workbookRoutes,
  ...budgetRoutes,
  ...alertRoutes,
  ...auditRoutes,
  ...privacyRoutes,
  ...holidayRoutes,
  ...backupRoutes,

  getMonth: route({
    method: 'GET',
    path: '/api/month',
    access: 'read-reports',
    summary: 'The month by department, person or band',
    query: z.object({ month: month.optional(), by: z.enum(['department', 'person', 'band']).default('department') }),
    response: MonthReport,
  }),
  exportMonth: route({
    method: 'GET',
    path: '/api/month/export',
    access: 'read-site',
    summary: 'The month as a workbook, on paper, or as CSV of every call',
    query: z.object({ month, type: z.enum(['xlsx', 'pdf', 'csv']), language: language.optional() }),
    produces: 'file',
  }),
  cancelExport: route({
    method: 'DELETE',
    path: '/api/month/export/:id',
    access: 'read-site',
    summary: "Stop writing a month's file; whoever waits for it is told so",
    params: z.object({ id: z.string() }),
  }),

  ...dashboardRoutes,
  ...userRoutes,
  ...directoryRoutes,
  ...scheduleRoutes,
  ...statementRoutes,
  ...tariffRoutes,
  ...openedFileRoutes,
  ...deckRoutes,
} as const;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
