/**
 * Every route of the API, with the shapes of what goes in and out. The renderer, the desktop shell and the command line
 * see nothing else of the core. Money is `{ amount, currency }` with an exact decimal string; times are local texts
 * `YYYY-MM-DDTHH:MM:SS` of the site, instants are milliseconds since 1970; durations are whole seconds.
 */
import { z } from 'zod';
import { CallDetail, CallFilter, CallPage, CallQuery, CallTotals } from './contract/calls.ts';
import { day, flag, idParams, language, month } from './contract/common.ts';
import {
  ChangeEffect,
  DefinitionInput,
  ImportedDefinition,
  ProposedShape,
  ProposeInput,
  StoredDefinition,
  TryInput,
  TryResult,
} from './contract/formats.ts';
import { LookupResult } from './contract/lookup.ts';
import { MonthReport } from './contract/month.ts';
import {
  AssignmentChange,
  AssignmentEffect,
  Department,
  DepartmentInput,
  PeopleImportPreview,
  Person,
  PersonInput,
} from './contract/people.ts';
import { Reread, RereadInput } from './contract/rereads.ts';
import { Settings, SystemInfo, Tariff } from './contract/settings.ts';
import {
  Detection,
  Format,
  ImportJob,
  QuarantinedFrame,
  RawLine,
  Source,
  SourceDetection,
  SourceDrift,
  SourceInput,
} from './contract/sources.ts';
import { route } from './route.ts';

export * from './contract/calls.ts';
export { Language, Money, Problem } from './contract/common.ts';
export * from './contract/formats.ts';
export * from './contract/lookup.ts';
export * from './contract/month.ts';
export * from './contract/people.ts';
export * from './contract/rereads.ts';
export * from './contract/settings.ts';
export * from './contract/sources.ts';

export const routes = {
  openapi: route({
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This API as OpenAPI 3.1',
    response: z.record(z.string(), z.unknown()),
  }),
  signInWithLink: route({
    method: 'POST',
    path: '/api/session',
    summary: 'Turn a one-time link token into a session cookie',
    body: z.object({ token: z.string().max(200) }),
    response: z.object({ expiresAtMs: z.number().int() }),
  }),
  signOut: route({ method: 'DELETE', path: '/api/session', summary: 'End this session' }),
  events: route({
    method: 'GET',
    path: '/api/events',
    summary: 'Live calls, source states and progress as server-sent events',
    // A browser's EventSource sends no header of a page's own.
    query: z.object({ language: language.optional() }),
    produces: 'events',
  }),
  getSystem: route({
    method: 'GET',
    path: '/api/system',
    summary: 'Version, folder, sizes, problems',
    response: SystemInfo,
  }),
  setPaused: route({
    method: 'PUT',
    path: '/api/system/paused',
    summary: 'Pause or resume all sources',
    body: z.object({ isPaused: z.boolean() }),
    response: SystemInfo,
  }),
  getSettings: route({ method: 'GET', path: '/api/settings', summary: 'Settings of the site', response: Settings }),
  putSettings: route({
    method: 'PATCH',
    path: '/api/settings',
    summary: 'Change settings',
    body: Settings.partial(),
    response: Settings,
  }),

  listCalls: route({
    method: 'GET',
    path: '/api/calls',
    summary: 'Calls, newest first',
    query: CallQuery,
    response: CallPage,
  }),
  countCalls: route({
    method: 'GET',
    path: '/api/calls/totals',
    summary: 'How many calls a filter finds, and what they cost',
    query: CallFilter,
    response: CallTotals,
  }),
  getCall: route({
    method: 'GET',
    path: '/api/calls/:id',
    summary: 'One call down to its raw bytes',
    params: idParams,
    response: CallDetail,
  }),
  lookUp: route({
    method: 'GET',
    path: '/api/lookup',
    summary: 'Whose code, extension or number is this, and what was called',
    query: z.object({ q: z.string().trim().min(1).max(64), from: day.optional(), to: day.optional() }),
    response: LookupResult,
  }),

  listDepartments: route({
    method: 'GET',
    path: '/api/departments',
    summary: 'All departments',
    response: z.array(Department),
  }),
  addDepartment: route({
    method: 'POST',
    path: '/api/departments',
    summary: 'Add a department',
    body: DepartmentInput,
    response: Department,
  }),
  changeDepartment: route({
    method: 'PUT',
    path: '/api/departments/:id',
    summary: 'Change a department',
    params: idParams,
    body: DepartmentInput,
    response: Department,
  }),
  removeDepartment: route({
    method: 'DELETE',
    path: '/api/departments/:id',
    summary: 'Remove an empty department',
    params: idParams,
  }),
  listPeople: route({
    method: 'GET',
    path: '/api/people',
    summary: 'All people with their codes and extensions',
    query: z.object({ text: z.string().max(100).optional(), departmentId: z.coerce.number().int().optional() }),
    response: z.array(Person),
  }),
  addPerson: route({
    method: 'POST',
    path: '/api/people',
    summary: 'Add a person',
    body: PersonInput,
    response: Person,
  }),
  changePerson: route({
    method: 'PUT',
    path: '/api/people/:id',
    summary: 'Change a person',
    params: idParams,
    body: PersonInput,
    response: Person,
  }),
  removePerson: route({
    method: 'DELETE',
    path: '/api/people/:id',
    summary: 'Remove a person who owns no calls',
    params: idParams,
  }),
  previewAssignment: route({
    method: 'POST',
    path: '/api/assignments/preview',
    summary: 'How many booked calls a change of code or extension moves',
    body: AssignmentChange,
    response: AssignmentEffect,
  }),
  applyAssignment: route({
    method: 'POST',
    path: '/api/assignments',
    summary: 'Change who owns a code or an extension, and book the calls of open months anew',
    body: AssignmentChange,
    response: AssignmentEffect,
  }),
  previewPeopleImport: route({
    method: 'POST',
    path: '/api/people/import',
    summary: 'Read a CSV or xlsx of people; nothing is written',
    query: z.object({ fileName: z.string().max(300), mapping: z.string().max(4000).optional() }),
    accepts: 'bytes',
    response: PeopleImportPreview,
  }),
  confirmPeopleImport: route({
    method: 'POST',
    path: '/api/people/import/:importId',
    summary: 'Write a previewed import in one transaction',
    params: z.object({ importId: z.string().max(100) }),
    response: z.object({ added: z.number().int(), updated: z.number().int() }),
  }),
  exportPeople: route({
    method: 'GET',
    path: '/api/people/export',
    summary: 'People and codes as a file',
    query: z.object({ type: z.enum(['csv', 'xlsx']) }),
    produces: 'file',
  }),

  listFormats: route({ method: 'GET', path: '/api/formats', summary: 'Every PBX format', response: z.array(Format) }),
  detectFormat: route({
    method: 'POST',
    path: '/api/formats/detect',
    summary: 'Which format are these bytes?',
    accepts: 'bytes',
    response: Detection,
  }),
  getDefinition: route({
    method: 'GET',
    path: '/api/formats/:formatId/definition',
    summary: 'The definition of an own format, or of a built-in one that is said in JSON',
    params: z.object({ formatId: z.string().max(100) }),
    response: StoredDefinition,
  }),
  exportDefinition: route({
    method: 'GET',
    path: '/api/formats/:formatId/definition/file',
    summary: 'A definition as a file to keep or to share',
    params: z.object({ formatId: z.string().max(100) }),
    query: z.object({ withSamples: flag.default(true) }),
    produces: 'file',
  }),
  saveDefinition: route({
    method: 'POST',
    path: '/api/format-definitions',
    summary: 'Store a definition as a new format or as the next version of one; sources read with it from now on',
    body: DefinitionInput,
    response: StoredDefinition,
  }),
  previewDefinition: route({
    method: 'POST',
    path: '/api/format-definitions/preview',
    summary: 'What a changed definition would read differently; nothing is stored',
    body: DefinitionInput,
    response: ChangeEffect,
  }),
  tryDefinition: route({
    method: 'POST',
    path: '/api/format-definitions/try',
    summary: 'Read lines with a definition that is not stored',
    body: TryInput,
    response: TryResult,
  }),
  proposeDefinition: route({
    method: 'POST',
    path: '/api/format-definitions/propose',
    summary: 'A first guess of columns and meanings from the lines themselves',
    body: ProposeInput,
    response: ProposedShape,
  }),
  importDefinition: route({
    method: 'POST',
    path: '/api/format-definitions/import',
    summary: 'Read a definition file, or a simple description of another call logger; nothing is stored',
    accepts: 'bytes',
    response: ImportedDefinition,
  }),
  removeDefinition: route({
    method: 'DELETE',
    path: '/api/format-definitions/:formatId',
    summary: 'Take an own format out of use; calls that were read with it stay',
    params: z.object({ formatId: z.string().max(100) }),
  }),
  listSerialPorts: route({
    method: 'GET',
    path: '/api/serial-ports',
    summary: 'Serial ports of this computer',
    response: z.array(z.object({ path: z.string(), description: z.string() })),
  }),
  listSources: route({
    method: 'GET',
    path: '/api/sources',
    summary: 'All sources with their state',
    response: z.array(Source),
  }),
  addSource: route({
    method: 'POST',
    path: '/api/sources',
    summary: 'Add a source and open it',
    body: SourceInput,
    response: Source,
  }),
  changeSource: route({
    method: 'PUT',
    path: '/api/sources/:id',
    summary: 'Change a source and open it again',
    params: idParams,
    body: SourceInput,
    response: Source,
  }),
  removeSource: route({
    method: 'DELETE',
    path: '/api/sources/:id',
    summary: 'Close a source; its calls and bytes stay',
    params: idParams,
  }),
  listRawLines: route({
    method: 'GET',
    path: '/api/sources/:id/lines',
    summary: 'The newest raw lines of a source and what they mean',
    params: idParams,
    query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) }),
    response: z.array(RawLine),
  }),
  detectSource: route({
    method: 'GET',
    path: '/api/sources/:id/detection',
    summary: 'Which format is this source sending?',
    params: idParams,
    response: SourceDetection,
  }),
  startDemo: route({
    method: 'POST',
    path: '/api/demo',
    summary: 'Start the demo PBX on a real socket, with its people and a source',
    response: Source,
  }),
  stopDemo: route({
    method: 'DELETE',
    path: '/api/demo',
    summary: 'Stop the demo PBX and remove its source, people and calls',
  }),
  importFile: route({
    method: 'POST',
    path: '/api/imports',
    summary: 'Read a file of call records once',
    query: z.object({
      fileName: z.string().max(300),
      sourceId: z.coerce.number().int(),
      again: flag.default(false),
    }),
    accepts: 'bytes',
    isStreamed: true,
    response: ImportJob,
  }),
  listImports: route({
    method: 'GET',
    path: '/api/imports',
    summary: 'Imports of this run',
    response: z.array(ImportJob),
  }),
  cancelImport: route({
    method: 'DELETE',
    path: '/api/imports/:id',
    summary: 'Stop an import; what was read stays',
    params: z.object({ id: z.string().max(100) }),
  }),
  listQuarantine: route({
    method: 'GET',
    path: '/api/quarantine',
    summary: 'Frames that no rule could read',
    query: z.object({
      sourceId: z.coerce.number().int().optional(),
      before: z.coerce.number().int().optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: z.object({ frames: z.array(QuarantinedFrame), total: z.number().int() }),
  }),
  readAgain: route({
    method: 'POST',
    path: '/api/sources/:id/read-again',
    summary: 'Read the quarantined frames of a source again with its present format',
    params: idParams,
    response: z.object({ read: z.number().int(), left: z.number().int() }),
  }),
  getSourceDrift: route({
    method: 'GET',
    path: '/api/sources/:id/drift',
    summary: 'Whether the newest records of a source are what they were, with examples',
    params: idParams,
    response: SourceDrift,
  }),
  getReread: route({
    method: 'GET',
    path: '/api/sources/:id/reread',
    summary: 'How far a source was read with another format, and what that would change',
    params: idParams,
    response: Reread,
  }),
  startReread: route({
    method: 'POST',
    path: '/api/sources/:id/reread',
    summary: 'Read all of a source with another format or other options; nothing is changed yet',
    params: idParams,
    body: RereadInput,
    response: Reread,
  }),
  startRereadUndo: route({
    method: 'POST',
    path: '/api/sources/:id/reread/undo',
    summary: 'Read the source as before the last change; nothing is changed yet',
    params: idParams,
    response: Reread,
  }),
  applyReread: route({
    method: 'POST',
    path: '/api/sources/:id/reread/apply',
    summary: 'Put the new reading in place, in open months',
    params: idParams,
    response: Reread,
  }),
  dropReread: route({
    method: 'DELETE',
    path: '/api/sources/:id/reread',
    summary: 'Throw the new reading away',
    params: idParams,
  }),

  getMonth: route({
    method: 'GET',
    path: '/api/month',
    summary: 'The month by department, person or band',
    query: z.object({ month: month.optional(), by: z.enum(['department', 'person', 'band']).default('department') }),
    response: MonthReport,
  }),
  exportMonth: route({
    method: 'GET',
    path: '/api/month/export',
    summary: 'The month as a workbook or as CSV of every call',
    query: z.object({ month, type: z.enum(['xlsx', 'csv']), language: language.optional() }),
    produces: 'file',
  }),

  listTariffs: route({ method: 'GET', path: '/api/tariffs', summary: 'Tariffs', response: z.array(Tariff) }),
  importTariff: route({
    method: 'POST',
    path: '/api/tariffs',
    summary: 'Read a deck (CSV) or a tariff (JSON), make it the active tariff and price open months with it',
    query: z.object({ fileName: z.string().max(300), name: z.string().max(200).optional() }),
    accepts: 'bytes',
    response: Tariff,
  }),
} as const;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
