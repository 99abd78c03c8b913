/** Settings, the state of the program, live events. */
import { z } from 'zod';
import { isTimeZone } from '../../model/zone-clock.ts';
import { parseExtensionRanges } from '../../numbering/extension-ranges.ts';
import { Call } from './calls.ts';
import { clockTime, Problem } from './common.ts';
import { ImportJob, RawLine, SourceStatus } from './sources.ts';
import { PbxCostUse } from './tariffs.ts';

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
  /** Extensions where they are known, e.g. `100-199,2000-2999,8888`; empty: any number up to `extensionMaxDigits`. */
  extensionRanges: z
    .string()
    .max(500)
    .refine((text) => parseExtensionRanges(text) !== undefined, { error: 'extensionRanges' }),
  /** What a cost printed by the PBX counts for: nothing, the charge itself, or shown beside the charge. */
  pbxCostUse: PbxCostUse,
  /** Hours in which calls are expected: `HH:MM`-`HH:MM` on ISO weekdays. A source quiet for longer inside them warns. */
  officeFrom: clockTime,
  officeTo: clockTime,
  officeDays: z.array(z.number().int().min(1).max(7)).max(7),
  quietMinutes: z.number().int().min(1).max(10080),
  isWizardDone: z.boolean(),
  /** Show codes in full on this computer. */
  showCodes: z.boolean(),
  /** Folder of the feed of newer versions; empty: nobody is asked. */
  updateFeed: z
    .string()
    .trim()
    .max(500)
    .refine((text) => text === '' || (URL.canParse(text) && new URL(text).protocol === 'https:'), {
      error: 'httpsAddress',
    }),
  /** Names of people on the wallboard. */
  wallboardShowsNames: z.boolean(),
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
  /** Where the key of the stored passwords is. */
  secretPlace: z.enum(['keychain', 'key-file']),
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
    what: z.enum([
      'calls',
      'people',
      'sources',
      'settings',
      'tariffs',
      'quarantine',
      'rerates',
      'holidays',
      'policies',
      'budgets',
      'alerts',
      'schedules',
      'statements',
      'backups',
      'notices',
    ]),
  }),
]);
export type LiveEvent = z.infer<typeof LiveEvent>;
