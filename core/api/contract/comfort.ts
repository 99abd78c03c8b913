/** What makes daily work lighter: views with names, many people at once, running work, the first week. */
import { z } from 'zod';
import { day, prose } from './common.ts';

/** An answer that carries this number can be taken back with it. */
export const UNDO_HEADER = 'x-tollbook-undo';

/** Tables that have views. */
export const VIEW_PAGES = ['calls', 'people'] as const;
export const ViewPage = z.enum(VIEW_PAGES);
export type ViewPage = z.infer<typeof ViewPage>;

export const SavedView = z.object({
  id: z.number().int(),
  page: ViewPage,
  name: z.string(),
  /** The filter as it stands in the address. */
  search: z.string(),
  columns: z.array(z.string()).nullable(),
  ownerName: z.string(),
  isOwn: z.boolean(),
  isShared: z.boolean(),
});
export type SavedView = z.infer<typeof SavedView>;
export const SavedViewInput = z.object({
  page: ViewPage,
  name: z.string().trim().min(1).max(80),
  search: z.string().max(2000),
  columns: z.array(z.string().max(40)).max(40).nullable().default(null),
  isShared: z.boolean().default(false),
});
export type SavedViewInput = z.infer<typeof SavedViewInput>;

export const PeopleChange = z.object({
  personIds: z.array(z.number().int().positive()).min(1).max(2000),
  department: z.object({ id: z.number().int().nullable(), from: day.nullable() }).optional(),
  activeFrom: day.nullable().optional(),
  activeTo: day.nullable().optional(),
  /** From this day on the people have no codes. */
  codesEndAt: day.optional(),
  extensionsEndAt: day.optional(),
});
export type PeopleChange = z.infer<typeof PeopleChange>;
export const PeopleChangeEffect = z.object({
  people: z.number().int(),
  moved: z.number().int(),
  endedCodes: z.number().int(),
  endedExtensions: z.number().int(),
});
export type PeopleChangeEffect = z.infer<typeof PeopleChangeEffect>;

export const WORK_KINDS = ['import', 'reread', 'rerate', 'comparison', 'batch', 'export'] as const;
/** Long work that runs now. */
export const RunningWork = z.object({
  kind: z.enum(WORK_KINDS),
  id: z.string(),
  /** File, source or period. */
  name: prose,
  /** 0 to 1. */
  part: z.number(),
  secondsLeft: z.number().int().nullable(),
  mayCancel: z.boolean(),
});
export type RunningWork = z.infer<typeof RunningWork>;

export const FIRST_STEPS = [
  'source',
  'people',
  'codes',
  'tariff',
  'unknown-codes',
  'alert-mail',
  'backup',
  'month',
] as const;
export const FirstWeek = z.object({
  steps: z.array(
    z.object({
      step: z.enum(FIRST_STEPS),
      isDone: z.boolean(),
      /** Calls, people, codes: what the step counts; 0 where it counts nothing. */
      count: z.number().int(),
    }),
  ),
  isPutAway: z.boolean(),
});
export type FirstWeek = z.infer<typeof FirstWeek>;
