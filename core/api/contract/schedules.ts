/** Reports and statements that are made and sent by themselves, and the log of it. */
import { z } from 'zod';
import { ROLES } from '../../model/access.ts';
import { BANDS, CALL_DIRECTIONS } from '../../model/call.ts';
import { REPORT_FILE_TYPES, REPORT_IDS } from '../../model/report-request.ts';
import { PERIODS, RUN_REASONS, RUN_STATES, SCHEDULE_PROBLEMS, SENDING_STATES } from '../../model/schedule.ts';
import { clockTime, day, emailAddress, id, language, month } from './common.ts';

const weekday = z.number().int().min(1).max(7);
const texts = z.array(z.string().max(64)).max(200);
const ids = z.array(z.number().int()).max(1000);

/** Absent: nothing is left out. */
export const ScheduleFilter = z.object({
  departmentIds: ids.default([]),
  personIds: ids.default([]),
  codes: texts.default([]),
  extensions: texts.default([]),
  trunks: texts.default([]),
  bands: z.array(z.enum(BANDS)).default([]),
  sourceIds: ids.default([]),
  directions: z.array(z.enum(CALL_DIRECTIONS)).default([]),
});

export const Recipient = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), userId: z.number().int() }),
  z.object({ kind: z.literal('role'), role: z.enum(ROLES) }),
  z.object({ kind: z.literal('person'), personId: z.number().int() }),
  z.object({ kind: z.literal('manager'), departmentId: z.number().int() }),
  z.object({ kind: z.literal('address'), address: emailAddress }),
]);
export type Recipient = z.infer<typeof Recipient>;

export const ScheduledTask = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('report'),
    reportId: z.enum(REPORT_IDS),
    filter: ScheduleFilter.default({
      ...{ departmentIds: [], personIds: [], codes: [], extensions: [], trunks: [] },
      ...{ bands: [], sourceIds: [], directions: [] },
    }),
    period: z.enum(PERIODS),
    types: z.array(z.enum(REPORT_FILE_TYPES)).min(1).max(REPORT_FILE_TYPES.length),
    language,
    recipients: z.array(Recipient).max(200),
    /** On the computer of the service; empty: nowhere. */
    folder: z.string().trim().max(1000).default(''),
  }),
  z.object({
    kind: z.literal('statements'),
    /** null: the month before the day it is due. */
    month: month.nullable().default(null),
    departmentIds: ids.default([]),
    personIds: ids.default([]),
    language,
    waitsForClosing: z.boolean().default(true),
  }),
]);
export type ScheduledTask = z.infer<typeof ScheduledTask>;

export const Rhythm = z.union([
  z.object({ every: z.literal('day'), at: clockTime }),
  z.object({ every: z.literal('week'), weekday, at: clockTime }),
  z.object({
    every: z.literal('month'),
    on: z.literal('day'),
    day: z.number().int().min(1).max(31),
    at: clockTime,
  }),
  z.object({ every: z.literal('month'), on: z.literal('last-working-day'), at: clockTime }),
]);
export type Rhythm = z.infer<typeof Rhythm>;

export const ScheduleInput = z.object({
  name: z.string().trim().min(1).max(100),
  task: ScheduledTask,
  rhythm: Rhythm,
});
export type ScheduleInput = z.input<typeof ScheduleInput>;

export const RunSummary = z.object({
  id: z.number().int(),
  scheduleId: z.number().int().nullable(),
  name: z.string(),
  kind: z.enum(['report', 'statements', 'reminders']),
  dueDay: day,
  reason: z.enum(RUN_REASONS),
  state: z.enum(RUN_STATES),
  createdAtMs: z.number().int(),
  doneAtMs: z.number().int().nullable(),
  /** While it is not done: when it goes on. */
  nextTryAtMs: z.number().int().nullable(),
  /** In words; empty where there is nothing to say. */
  result: z.string(),
  counts: z.record(z.enum(SENDING_STATES), z.number().int()),
});
export type RunSummary = z.infer<typeof RunSummary>;

export const Schedule = z.object({
  id: z.number().int(),
  name: z.string(),
  task: ScheduledTask,
  rhythm: Rhythm,
  isPaused: z.boolean(),
  /** Why it stopped by itself. */
  problem: z.enum(SCHEDULE_PROBLEMS).nullable(),
  makerName: z.string(),
  seesNumbers: z.boolean(),
  /** On the clock of the site, `YYYY-MM-DDTHH:MM:SS`; null while it is paused or stopped. */
  nextRunLocal: z.string().nullable(),
  lastRun: RunSummary.nullable(),
});
export type Schedule = z.infer<typeof Schedule>;

export const RunDetail = z.object({
  run: RunSummary,
  sendings: z.array(
    z.object({
      id: z.number().int(),
      kind: z.enum(['mail', 'folder']),
      target: z.string(),
      name: z.string(),
      personId: z.number().int().nullable(),
      state: z.enum(SENDING_STATES),
      tries: z.number().int(),
      nextTryAtMs: z.number().int().nullable(),
      doneAtMs: z.number().int().nullable(),
      result: z.string(),
    }),
  ),
});
export type RunDetail = z.infer<typeof RunDetail>;

export const RunList = z.object({ runs: z.array(RunSummary), hasMore: z.boolean() });
export const RunQuery = z.object({
  scheduleId: id.optional(),
  before: id.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Users that a report can be sent to. */
export const RecipientUser = z.object({
  id: z.number().int(),
  name: z.string(),
  role: z.enum(ROLES),
  hasAddress: z.boolean(),
});
