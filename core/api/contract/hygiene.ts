/** What the rules about codes found, the codes themselves, and new codes for many people. */
import { z } from 'zod';
import { CODE_DIGITS_MAX, CODE_DIGITS_MIN, FINDING_KINDS, SEVERITIES, WEAK_REASONS } from '../../model/code-finding.ts';
import { day, extensionText, prose, textValues } from './common.ts';

export const FindingKind = z.enum(FINDING_KINDS);
export type FindingKind = z.infer<typeof FindingKind>;

export const HygienePeriod = z.object({
  from: day,
  /** Inclusive. */
  to: day,
});

const RelatedCode = z.object({ code: z.string(), personId: z.number().int().nullable(), personName: z.string() });

export const CodeFinding = z.object({
  /** The same for the same finding as long as the service runs. */
  id: z.string(),
  kind: FindingKind,
  severity: z.enum(SEVERITIES),
  /** Inferred, not proved by the records. */
  isLikely: z.boolean(),
  /** The rule with its values, and what to do, in the caller's language. Codes are masked unless the reader may see them. */
  text: prose,
  advice: prose,
  code: z.string().nullable(),
  sourceId: z.number().int().nullable(),
  extension: extensionText.nullable(),
  personId: z.number().int().nullable(),
  personName: z.string().nullable(),
  departmentName: z.string().nullable(),
  related: z.array(RelatedCode),
  /** Without those that would tell a masked code. */
  weakReasons: z.array(z.enum(WEAK_REASONS)),
  values: textValues,
  calls: z.number().int(),
  firstLocal: z.string().nullable(),
  lastLocal: z.string().nullable(),
  /** The newest of the calls that show it. */
  callIds: z.array(z.number().int()),
});
export type CodeFinding = z.infer<typeof CodeFinding>;

export const Hygiene = z.object({
  from: day,
  to: day,
  madeAtMs: z.number().int(),
  /** Calls of the period on which a code was dialled. */
  codedCalls: z.number().int(),
  /** Worst first; of each kind at most as many as `shownOfKind`. */
  findings: z.array(CodeFinding),
  shownOfKind: z.number().int(),
  counts: z.array(z.object({ kind: FindingKind, findings: z.number().int() })),
  mistypes: z.object({
    total: z.number().int(),
    /** Most first. */
    telephones: z.array(z.object({ sourceId: z.number().int(), extension: z.string(), mistypes: z.number().int() })),
    codes: z.array(
      z.object({ code: z.string(), personId: z.number().int(), personName: z.string(), mistypes: z.number().int() }),
    ),
  }),
  /** Calls with unknown codes that are counted and not listed, because there are too many codes. */
  unlistedCalls: z.number().int(),
});
export type Hygiene = z.infer<typeof Hygiene>;

/** `waiting`: its first day is to come. `left`: valid, and its owner has left. */
export const CODE_STATES = ['used', 'idle', 'unused', 'left', 'waiting', 'ended'] as const;

export const ListedCode = z.object({
  assignmentId: z.number().int(),
  code: z.string(),
  personId: z.number().int(),
  personName: z.string(),
  departmentName: z.string().nullable(),
  validFrom: day.nullable(),
  /** Exclusive. */
  validTo: day.nullable(),
  /** Local time of the newest call with it while it was valid. */
  lastUsed: z.string().nullable(),
  /** In the period asked for. */
  calls: z.number().int(),
  telephones: z.number().int(),
  state: z.enum(CODE_STATES),
});
export type ListedCode = z.infer<typeof ListedCode>;

const whole = (low: number, high: number) => z.number().int().min(low).max(high);

export const HygieneSettings = z.object({
  mistypeSeconds: whole(10, 3600),
  mistypesFrom: whole(2, 10_000),
  mistypesPercent: whole(1, 100),
  unknownFrom: whole(1, 10_000),
  overlapSeconds: whole(0, 3600),
  clockSeconds: whole(0, 7200),
  travelMinutes: whole(0, 1440),
  sharedTelephones: whole(2, 100),
  guessCodes: whole(3, 1000),
  guessMinutes: whole(1, 1440),
  idleDays: whole(1, 3650),
  neverUsedDays: whole(1, 3650),
  habitDays: whole(0, 365),
  shortestDigits: whole(1, 20),
  places: z.record(z.string().regex(/^\d{1,6}$/), z.string().trim().max(100)),
  /** What the slips say about dialling: as much as has room there. */
  howToDialVi: z.string().trim().max(160),
  howToDialEn: z.string().trim().max(160),
});
export type HygieneSettings = z.infer<typeof HygieneSettings>;

export const CodeRenewalInput = z.object({
  choice: z.discriminatedUnion('who', [
    z.object({ who: z.literal('all') }),
    z.object({ who: z.literal('department'), departmentId: z.number().int() }),
    z.object({ who: z.literal('people'), personIds: z.array(z.number().int()).min(1).max(20_000) }),
  ]),
  day,
  digits: whole(CODE_DIGITS_MIN, CODE_DIGITS_MAX),
  mayStartWithZero: z.boolean().default(false),
  isForCodeless: z.boolean().default(false),
});

const RenewalPerson = z.object({
  personId: z.number().int(),
  personName: z.string(),
  departmentName: z.string().nullable(),
});

export const CodeRenewalPreview = z.object({
  /** Confirm with this; it expires after 30 minutes or when codes change. */
  renewalId: z.string(),
  rows: z.array(
    RenewalPerson.extend({
      /** Both masked: new codes are seen in full only when they are printed. */
      oldCodes: z.array(z.string()),
      newCode: z.string(),
      validTo: day.nullable(),
    }),
  ),
  skipped: z.array(RenewalPerson.extend({ reason: z.enum(['left', 'codeless', 'planned']) })),
  /** Calls since the day with codes that would end: they would belong to nobody. */
  callsSince: z.number().int(),
});
export type CodeRenewalPreview = z.infer<typeof CodeRenewalPreview>;

export const CodeSlips = z.object({
  day,
  slips: z.array(
    RenewalPerson.extend({
      employeeNumber: z.string().nullable(),
      extensions: z.string(),
      code: z.string(),
      validFrom: day,
      validTo: day.nullable(),
    }),
  ),
  /** The same as a CSV for whoever programs the PBX, old codes beside new ones. */
  csv: z.string(),
  csvName: z.string(),
});
export type CodeSlips = z.infer<typeof CodeSlips>;
