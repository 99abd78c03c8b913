/**
 * Every route of the API, with the shapes of what goes in and out. The renderer, the desktop shell and the command line
 * see nothing else of the core. Money is `{ amount, currency }` with an exact decimal string; times are local texts
 * `YYYY-MM-DDTHH:MM:SS` of the site, instants are milliseconds since 1970; durations are whole seconds.
 */
import { z } from 'zod';
import { ATTRIBUTION_REASONS, BANDS, CALL_DIRECTIONS, RATING_STATES } from '../model/call.ts';
import { DOUBTS } from '../model/call-record.ts';
import { ERROR_CODES } from '../model/errors.ts';
import type { SourceConfig as StoredSourceConfig } from '../model/source-config.ts';
import { localSecondsOfDay } from '../model/time.ts';
import { route } from './route.ts';

/** A schema's own message is a key of `api.field` in the locale files; the server translates it. */
const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, { error: 'day', abort: true })
  .refine((text) => localSecondsOfDay(text) !== undefined, { error: 'day' });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'month' });
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'clock' });
const id = z.coerce.number({ error: 'wholeNumber' }).int().positive();
/** Yes or no in an address: `true`, `false`, `1`, `0`. */
const flag = z.union([z.boolean(), z.stringbool()], { error: 'yesNo' });

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
const language = z.enum(['vi', 'en']);
const idParams = z.object({ id });

export const Language = language;
export type Language = z.infer<typeof Language>;

export const Money = z.object({ amount: z.string(), currency: z.string() });
export type Money = z.infer<typeof Money>;

/** One shape for every failure (RFC 9457). `title` is already in the caller's language (Accept-Language). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(ERROR_CODES),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Per-field messages of a refused form, translated. `path` is dotted: `config.port`. */
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

// ---- calls ---------------------------------------------------------------------------------------------------------

export const CallDirection = z.enum(CALL_DIRECTIONS);
export const Band = z.enum(BANDS);
export const AttributionReason = z.enum(ATTRIBUTION_REASONS);
export const RatingState = z.enum(RATING_STATES);

/** One row of the call list. Codes are masked (`••42`) unless the reader may see them. */
export const Call = z.object({
  id: z.number().int(),
  sourceId: z.number().int(),
  startLocal: z.string(),
  direction: CallDirection,
  isAnswered: z.boolean().nullable(),
  talkSeconds: z.number().int(),
  ringSeconds: z.number().int().nullable(),
  extension: z.string().nullable(),
  trunk: z.string().nullable(),
  code: z.string().nullable(),
  dialled: z.string().nullable(),
  caller: z.string().nullable(),
  callerName: z.string().nullable(),
  /** Normalised outside number (country code first, no +), where there is one. */
  number: z.string().nullable(),
  band: Band,
  destination: z.string().nullable(),
  personId: z.number().int().nullable(),
  personName: z.string().nullable(),
  departmentId: z.number().int().nullable(),
  departmentName: z.string().nullable(),
  reason: AttributionReason,
  rating: RatingState,
  charge: Money.nullable(),
  doubts: z.array(z.enum(DOUBTS)),
  legCount: z.number().int(),
});
export type Call = z.infer<typeof Call>;

export const CallFilter = z.object({
  from: day.optional(),
  /** Inclusive day. */
  to: day.optional(),
  personId: z.coerce.number().int().optional(),
  /** A department and all below it. */
  departmentId: z.coerce.number().int().optional(),
  /** Only the full code matches; never a part, so that codes cannot be guessed digit by digit. */
  code: z.string().max(32).optional(),
  extension: z.string().max(32).optional(),
  trunk: z.string().max(64).optional(),
  /** Digits anywhere at the start or the end of the normalised or dialled number. */
  number: z.string().max(64).optional(),
  direction: CallDirection.optional(),
  band: Band.optional(),
  reason: AttributionReason.optional(),
  rating: RatingState.optional(),
  sourceId: z.coerce.number().int().optional(),
  /** Person, destination or caller name, with or without Vietnamese marks. */
  text: z.string().max(100).optional(),
});
export type CallFilter = z.infer<typeof CallFilter>;

/** Newest first. `after` is the `next` of the page before; `at` jumps to a row number for a scroll bar over millions. */
export const CallQuery = CallFilter.extend({
  after: z.string().max(100).optional(),
  at: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type CallQuery = z.infer<typeof CallQuery>;

export const CallTotals = z.object({
  calls: z.number().int(),
  talkSeconds: z.number().int(),
  charges: z.array(Money),
});

export type CallTotals = z.infer<typeof CallTotals>;

export const CallPage = z.object({ calls: z.array(Call), next: z.string().nullable() });

/** One step of a price, in a machine's words; `rating.step.<kind>` translates it. */
export const PriceStep = z.object({
  kind: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type PriceStep = z.infer<typeof PriceStep>;

export const CallDetail = Call.extend({
  formatId: z.string(),
  sourceName: z.string(),
  codeField: z.string().nullable(),
  conditionCode: z.string().nullable(),
  pbxCost: z.string().nullable(),
  billedSeconds: z.number().int().nullable(),
  tariffName: z.string().nullable(),
  /** For an unknown code: codes one digit off or two transposed, with their owners. */
  nearestCodes: z.array(z.object({ code: z.string(), personName: z.string() })),
  priceSteps: z.array(PriceStep),
  legs: z.array(
    z.object({
      sourceOffset: z.number().int(),
      byteLength: z.number().int(),
      receivedAtMs: z.number().int(),
      /** The bytes as text, one character per byte, control characters kept; and as hexadecimal pairs. */
      rawText: z.string(),
      rawHex: z.string(),
      extension: z.string().nullable(),
      durationSeconds: z.number().int().nullable(),
      conditionCode: z.string().nullable(),
    }),
  ),
  /** The record as parsed, in the words of the format documents. */
  record: z.record(z.string(), z.unknown()),
});
export type CallDetail = z.infer<typeof CallDetail>;

// ---- look-up -------------------------------------------------------------------------------------------------------

export const LookupResult = z.object({
  query: z.string(),
  /** Owners of this code, newest assignment first. */
  codes: z.array(
    z.object({
      code: z.string(),
      personId: z.number().int(),
      personName: z.string(),
      departmentName: z.string().nullable(),
      validFrom: z.string().nullable(),
      validTo: z.string().nullable(),
    }),
  ),
  extensions: z.array(
    z.object({
      extension: z.string(),
      personId: z.number().int(),
      personName: z.string(),
      departmentName: z.string().nullable(),
      validFrom: z.string().nullable(),
      validTo: z.string().nullable(),
    }),
  ),
  people: z.array(
    z.object({ personId: z.number().int(), personName: z.string(), departmentName: z.string().nullable() }),
  ),
  /** What was called with the code, from the extension, to the number or by the person (the first kind that matched). */
  matchedAs: z.enum(['code', 'extension', 'number', 'person', 'nothing']),
  totals: CallTotals,
  recentCalls: z.array(Call),
  /** When nothing owns a code typed: near codes. */
  nearestCodes: z.array(z.object({ code: z.string(), personName: z.string() })),
});
export type LookupResult = z.infer<typeof LookupResult>;

// ---- people --------------------------------------------------------------------------------------------------------

export const Department = z.object({
  id: z.number().int(),
  parentId: z.number().int().nullable(),
  name: z.string(),
  code: z.string().nullable(),
  peopleCount: z.number().int(),
});
export type Department = z.infer<typeof Department>;
export const DepartmentInput = z.object({
  parentId: z.number().int().nullable().default(null),
  name: z.string().trim().min(1).max(200),
  code: z.string().trim().max(50).nullable().default(null),
});

export const Assignment = z.object({
  id: z.number().int(),
  kind: z.enum(['code', 'extension']),
  /** Masked for codes unless the reader may see them. */
  value: z.string(),
  lastValue: z.string().nullable(),
  personId: z.number().int(),
  validFrom: day.nullable(),
  /** Exclusive. */
  validTo: day.nullable(),
});
export type Assignment = z.infer<typeof Assignment>;
export const AssignmentInput = z
  .object({
    kind: z.enum(['code', 'extension']),
    value: z
      .string()
      .trim()
      .regex(/^[0-9A-Za-z*#_.-]{1,32}$/, { error: 'code' }),
    lastValue: z
      .string()
      .trim()
      .regex(/^[0-9]{1,32}$/, { error: 'digits' })
      .nullable()
      .default(null),
    validFrom: day.nullable().default(null),
    validTo: day.nullable().default(null),
  })
  .superRefine((assignment, context) => {
    if (assignment.validFrom !== null && assignment.validTo !== null && assignment.validTo <= assignment.validFrom) {
      context.addIssue({ code: 'custom', path: ['validTo'], message: 'dayOrder' });
    }
    if (assignment.lastValue === null) return;
    if (!/^\d+$/.test(assignment.value)) {
      context.addIssue({ code: 'custom', path: ['value'], message: 'extensionOnlyRange' });
    } else if (assignment.lastValue.length !== assignment.value.length || assignment.lastValue < assignment.value) {
      context.addIssue({ code: 'custom', path: ['lastValue'], message: 'rangeOrder' });
    }
  });
export type AssignmentInput = z.infer<typeof AssignmentInput>;

export const Person = z.object({
  id: z.number().int(),
  name: z.string(),
  employeeNumber: z.string().nullable(),
  email: z.string().nullable(),
  title: z.string().nullable(),
  notes: z.string().nullable(),
  activeFrom: day.nullable(),
  activeTo: day.nullable(),
  departmentId: z.number().int().nullable(),
  departmentName: z.string().nullable(),
  assignments: z.array(Assignment),
});
export type Person = z.infer<typeof Person>;
export const PersonInput = z.object({
  name: z.string().trim().min(1).max(200),
  employeeNumber: z.string().trim().max(50).nullable().default(null),
  email: z.email().max(200).nullable().default(null),
  title: z.string().trim().max(200).nullable().default(null),
  notes: z.string().max(2000).nullable().default(null),
  activeFrom: day.nullable().default(null),
  activeTo: day.nullable().default(null),
  departmentId: z.number().int().nullable().default(null),
  /** From when the department above holds; absent: always. */
  departmentFrom: day.nullable().default(null),
});
export type PersonInput = z.infer<typeof PersonInput>;

/** What a change of assignment does to calls already booked (open months only). */
export const AssignmentEffect = z.object({
  calls: z.number().int(),
  firstDay: day.nullable(),
  lastDay: day.nullable(),
  charges: z.array(Money),
});
export type AssignmentEffect = z.infer<typeof AssignmentEffect>;

export const AssignmentChange = z.discriminatedUnion('action', [
  z.object({ action: z.literal('add'), personId: z.number().int(), assignment: AssignmentInput }),
  z.object({
    action: z.literal('change'),
    assignmentId: z.number().int(),
    personId: z.number().int().optional(),
    validFrom: day.nullable(),
    validTo: day.nullable(),
  }),
  z.object({ action: z.literal('remove'), assignmentId: z.number().int() }),
]);
export type AssignmentChange = z.infer<typeof AssignmentChange>;

export const PEOPLE_FIELDS = [
  'name',
  'employeeNumber',
  'email',
  'title',
  'department',
  'code',
  'extension',
  'activeFrom',
  'activeTo',
  'notes',
] as const;
export const PeopleField = z.enum(PEOPLE_FIELDS);
export type PeopleField = (typeof PEOPLE_FIELDS)[number];

export const PeopleImportPreview = z.object({
  /** Confirm with this; it expires after 30 minutes or when people change. */
  importId: z.string(),
  columns: z.array(z.string()),
  /** Column heading -> field, as proposed or as sent. */
  mapping: z.record(z.string(), PeopleField),
  rows: z.array(
    z.object({
      rowNumber: z.number().int(),
      values: z.record(z.string(), z.string()),
      action: z.enum(['add', 'update', 'same', 'error']),
      errors: z.array(z.object({ field: z.string(), message: z.string() })),
    }),
  ),
  counts: z.object({
    add: z.number().int(),
    update: z.number().int(),
    same: z.number().int(),
    error: z.number().int(),
  }),
});
export type PeopleImportPreview = z.infer<typeof PeopleImportPreview>;

// ---- sources and formats -------------------------------------------------------------------------------------------

export const LOGIN_STEPS_LIMIT = 20;
/** A login dialogue: wait for a text, then send one. `\r`, `\n`, `\t` and `\xNN` are understood in both. */
export const LoginStep = z.object({
  expect: z.string().max(200),
  send: z.string().max(200),
  isSecret: z.boolean().default(false),
});
export type LoginStep = z.infer<typeof LoginStep>;

const port = z.number().int().min(1).max(65535);
const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[\w.:%-]+$/, { error: 'address' });
/** An IP address, with a prefix length where a whole block is meant. */
const addressOrBlock = z
  .string()
  .trim()
  .regex(/^(\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?|[\da-fA-F:]*:[\da-fA-F:.]*(\/\d{1,3})?)$/, { error: 'allowedHost' });
export const SourceConfig = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('tcp-client'),
    host,
    port,
    login: z.array(LoginStep).max(LOGIN_STEPS_LIMIT).default([]),
    /** A text that means the PBX refused the login. */
    loginRejected: z.string().max(200).default(''),
    keepAliveSeconds: z.number().int().min(0).max(3600).default(60),
  }),
  z.object({
    kind: z.literal('tcp-listener'),
    port,
    bindAddress: z.string().max(64).default('0.0.0.0'),
    /** Addresses or CIDR blocks that may connect; empty: this computer and private networks only. */
    allowedHosts: z.array(addressOrBlock).max(100).default([]),
    maxConnections: z.number().int().min(1).max(64).default(8),
  }),
  z.object({
    kind: z.literal('serial'),
    path: z.string().trim().min(1).max(300),
    baudRate: z.number().int().min(300).max(115200).default(9600),
    dataBits: z.union([z.literal(7), z.literal(8)]).default(8),
    parity: z.enum(['none', 'even', 'odd', 'mark', 'space']).default('none'),
    stopBits: z.union([z.literal(1), z.literal(2)]).default(1),
    flowControl: z.enum(['none', 'rts-cts', 'xon-xoff']).default('none'),
  }),
  z.object({
    kind: z.literal('followed-file'),
    path: z.string().trim().min(1).max(1000),
    fromStart: z.boolean().default(true),
  }),
  /** Files are handed to it one by one; it opens nothing by itself. */
  z.object({ kind: z.literal('file-import') }),
  z.object({
    kind: z.literal('ami'),
    host,
    port: port.default(5038),
    username: z.string().min(1).max(100),
    secret: z.string().max(200),
  }),
]);
SourceConfig satisfies z.ZodType<StoredSourceConfig>;
export type SourceConfig = z.infer<typeof SourceConfig>;
export type SourceKind = SourceConfig['kind'];

export const SourceInput = z.object({
  name: z.string().trim().min(1).max(100),
  config: SourceConfig,
  formatId: z.string().min(1).max(100),
  formatOptions: z.record(z.string(), z.string().max(500)).default({}),
  isEnabled: z.boolean().default(true),
});
export type SourceInput = z.infer<typeof SourceInput>;

export const SOURCE_STATES = ['disabled', 'opening', 'open', 'waiting', 'failed', 'idle'] as const;
export const SourceStatus = z.object({
  sourceId: z.number().int(),
  /** `waiting`: closed by the other side or failed, to be opened again at `retryAtMs`; `idle`: has nothing to open. */
  state: z.enum(SOURCE_STATES),
  problem: Problem.nullable(),
  retryAtMs: z.number().int().nullable(),
  connections: z.number().int(),
  lastByteAtMs: z.number().int().nullable(),
  lastRecordAtMs: z.number().int().nullable(),
  bytesTotal: z.number().int(),
  bytesPerMinute: z.number(),
  recordsPerMinute: z.number(),
  /** Nothing came for longer than the site's hours make likely. */
  isQuiet: z.boolean(),
  quietSinceMs: z.number().int().nullable(),
  counts: z.object({
    call: z.number().int(),
    part: z.number().int(),
    noise: z.number().int(),
    malformed: z.number().int(),
  }),
});
export type SourceStatus = z.infer<typeof SourceStatus>;

export const Source = z.object({
  id: z.number().int(),
  name: z.string(),
  /** Secrets (login texts, AMI secret) come back as `••••`; sending that back keeps what is stored. */
  config: SourceConfig,
  formatId: z.string(),
  formatTitle: z.string(),
  formatOptions: z.record(z.string(), z.string()),
  isEnabled: z.boolean(),
  isDemo: z.boolean(),
  status: SourceStatus,
});
export type Source = z.infer<typeof Source>;

export const FormatOptionInfo = z.object({
  name: z.string(),
  kind: z.enum(['choice', 'text', 'number', 'boolean']),
  choices: z.array(z.string()).optional(),
  default: z.string().optional(),
  help: z.object({ en: z.string(), vi: z.string() }),
});
export const Format = z.object({
  id: z.string(),
  vendor: z.string(),
  title: z.string(),
  models: z.array(z.string()),
  transports: z.array(z.string()),
  confidence: z.enum(['proved', 'documented', 'unconfirmed']),
  unsure: z.object({ en: z.string(), vi: z.string() }).nullable(),
  options: z.array(FormatOptionInfo),
  codeFields: z.array(z.string()),
});
export type Format = z.infer<typeof Format>;

/** A reason in words: `detect.<kind>` translates it. */
export const DetectionReason = z.object({
  kind: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
});
export const Detection = z.object({
  linesSeen: z.number().int(),
  /** Best first. `isSure` is false when the best is not clearly ahead or too few lines were seen. */
  isSure: z.boolean(),
  candidates: z.array(
    z.object({
      formatId: z.string(),
      title: z.string(),
      /** 0..1 */
      confidence: z.number(),
      reasons: z.array(DetectionReason),
      /** Options that the lines prove or suggest. */
      options: z.record(z.string(), z.string()),
      /** What the lines leave open, and what would decide it. */
      openQuestions: z.array(DetectionReason),
    }),
  ),
});
export type Detection = z.infer<typeof Detection>;

export const RawLine = z.object({
  sourceOffset: z.number().int(),
  receivedAtMs: z.number().int(),
  text: z.string(),
  outcome: z.enum(['call', 'part', 'noise', 'malformed', 'incomplete']),
  reason: z.string().nullable(),
  record: z.record(z.string(), z.unknown()).nullable(),
});
export type RawLine = z.infer<typeof RawLine>;

export const ImportJob = z.object({
  id: z.string(),
  sourceId: z.number().int(),
  fileName: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  bytesTotal: z.number().int(),
  bytesDone: z.number().int(),
  counts: z.object({
    call: z.number().int(),
    part: z.number().int(),
    noise: z.number().int(),
    malformed: z.number().int(),
  }),
  problem: Problem.nullable(),
});
export type ImportJob = z.infer<typeof ImportJob>;

export const QuarantinedFrame = z.object({
  id: z.number().int(),
  sourceId: z.number().int(),
  sourceName: z.string(),
  receivedAtMs: z.number().int(),
  formatId: z.string(),
  reason: z.string(),
  detail: z.string().nullable(),
  text: z.string(),
});
export type QuarantinedFrame = z.infer<typeof QuarantinedFrame>;

// ---- month ---------------------------------------------------------------------------------------------------------

export const MonthRow = z.object({
  /** Person or department id, band or direction name; 0 where nobody owns the calls. */
  key: z.string(),
  name: z.string(),
  parentKey: z.string().nullable(),
  calls: z.number().int(),
  talkSeconds: z.number().int(),
  charges: z.array(Money),
  /** Calls of this row that should have a price and have none. */
  unratedCalls: z.number().int(),
  byBand: z.record(
    z.string(),
    z.object({ calls: z.number().int(), talkSeconds: z.number().int(), charges: z.array(Money) }),
  ),
});
export const MonthReport = z.object({
  month,
  by: z.enum(['department', 'person', 'band']),
  /** Rows are outgoing outside calls; rows for unattributed calls have key `0`. They add up to `totals`. */
  rows: z.array(MonthRow),
  totals: CallTotals,
  unattributed: CallTotals,
  unratedCalls: z.number().int(),
  quarantinedFrames: z.number().int(),
  /** Incoming, internal and other calls of the month, for the reader's orientation; they have no price. */
  others: z.array(
    z.object({
      direction: CallDirection,
      calls: z.number().int(),
      answered: z.number().int(),
      talkSeconds: z.number().int(),
    }),
  ),
  isClosed: z.boolean(),
  months: z.array(month),
});
export type MonthReport = z.infer<typeof MonthReport>;

// ---- tariff, settings, system --------------------------------------------------------------------------------------

export const Tariff = z.object({
  id: z.number().int(),
  name: z.string(),
  currency: z.string(),
  rateCount: z.number().int(),
  isActive: z.boolean(),
  createdAtMs: z.number().int(),
});
export type Tariff = z.infer<typeof Tariff>;

export const Settings = z.object({
  companyName: z.string().max(200),
  language: z.enum(['auto', 'vi', 'en']),
  timeZone: z.string().max(64).refine(isTimeZone, { error: 'timeZone' }),
  /** Digits to reach an outside line, e.g. `9`; empty where none is dialled. Several separated by commas. */
  outsideDigits: z
    .string()
    .max(50)
    .regex(/^(\s*[\d*#]+\s*(,\s*[\d*#]+\s*)*)?$/, { error: 'digitLists' }),
  countryCode: z.string().regex(/^\d{1,3}$/, { error: 'countryCode' }),
  areaCode: z.string().regex(/^\d{0,5}$/, { error: 'areaCode' }),
  /** Carrier codes cut from the number and kept apart, e.g. `171,177,178,179`. */
  carrierCodes: z
    .string()
    .max(200)
    .regex(/^(\s*\d+\s*(,\s*\d+\s*)*)?$/, { error: 'digitLists' }),
  /** Longest number that is an extension. */
  extensionMaxDigits: z.number().int().min(1).max(10),
  /** Hours in which calls are expected: `HH:MM`-`HH:MM` on ISO weekdays. A source quiet for longer inside them warns. */
  officeFrom: clockTime,
  officeTo: clockTime,
  officeDays: z.array(z.number().int().min(1).max(7)).max(7),
  quietMinutes: z.number().int().min(1).max(10080),
  isWizardDone: z.boolean(),
  /** Show codes in full on this computer. */
  showCodes: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

export const SystemInfo = z.object({
  version: z.string(),
  dataFolder: z.string(),
  callsTotal: z.number().int(),
  journalBytes: z.number().int(),
  databaseBytes: z.number().int(),
  startedAtMs: z.number().int(),
  isPaused: z.boolean(),
  problems: z.array(Problem),
});
export type SystemInfo = z.infer<typeof SystemInfo>;

/** Server-sent events of `/api/events`; the event name is `type`. */
export const LiveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), call: Call, isUpdate: z.boolean() }),
  z.object({ type: z.literal('source'), status: SourceStatus }),
  z.object({ type: z.literal('import'), job: ImportJob }),
  z.object({ type: z.literal('lines'), sourceId: z.number().int(), lines: z.array(RawLine) }),
  z.object({ type: z.literal('system'), info: SystemInfo }),
  /** Stored data changed in bulk (an import, a re-attribution): pages ask again. */
  z.object({
    type: z.literal('changed'),
    what: z.enum(['calls', 'people', 'sources', 'settings', 'tariffs', 'quarantine']),
  }),
]);
export type LiveEvent = z.infer<typeof LiveEvent>;

// ---- routes --------------------------------------------------------------------------------------------------------

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
    response: Detection,
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
