/**
 * Tariffs, their versions, and which tariff prices which call. A version's definition is the `StoredTariff` of
 * docs/rating.md: its terms (all but the rates) and its rates, which are read page by page.
 */
import { z } from 'zod';
import { CALL_DIRECTIONS } from '../../model/call.ts';
import { localSecondsOfDay } from '../../model/time.ts';
import { PBX_COST_USES } from '../../rating/pbx-cost.ts';
import {
  BLOCKS,
  RATE_DIRECTIONS,
  ROUNDINGS,
  STRADDLES,
  TARIFF_PROBLEM_CODES,
  TAX_POINTS,
  VOLUME_METHODS,
} from '../../rating/tariff.ts';
import { Band, PriceStep } from './calls.ts';
import { actor, day, Money } from './common.ts';

/** Prices are exact decimal texts and checked with the whole version: a draft may hold what cannot be published yet. */
const decimal = z.string().max(60);
const percent = z.union([z.string().max(60), z.number()]);
const seconds = z.number().int();
const name = z.string().trim().min(1).max(200);
/** Who did it, as typed. */
const versionId = z.number().int().positive();

export const RateStep = z.strictObject({
  fromSecond: seconds,
  price: decimal,
  perSeconds: seconds,
  incrementSeconds: seconds,
});
export type RateStep = z.infer<typeof RateStep>;

export const TariffRate = z.strictObject({
  prefix: z.string().max(30),
  name: z.string().max(300).optional(),
  nameVi: z.string().max(300).optional(),
  category: z.string().max(100).optional(),
  source: z.string().max(1000).optional(),
  period: z.string().max(100).optional(),
  ratePerMinute: decimal.optional(),
  initialSeconds: seconds.optional(),
  incrementSeconds: seconds.optional(),
  steps: z.array(RateStep).max(100).readonly().optional(),
  block: z.enum(BLOCKS).optional(),
  connectionCharge: decimal.optional(),
  disconnectionCharge: decimal.optional(),
  graceSeconds: seconds.optional(),
  freeSeconds: seconds.optional(),
  connectTimeSeconds: seconds.optional(),
  minimumCharge: decimal.optional(),
  maximumCharge: decimal.optional(),
  effectiveFrom: z.string().max(30).optional(),
  effectiveTo: z.string().max(30).optional(),
  trunk: z.string().max(64).optional(),
  accessCode: z.string().max(32).optional(),
  direction: z.enum(RATE_DIRECTIONS).optional(),
  originGroup: z.string().max(200).optional(),
  localOnly: z.boolean().optional(),
  minimumDigits: z.number().int().optional(),
  maximumDigits: z.number().int().optional(),
  reject: z.boolean().optional(),
  volumeGroup: z.string().max(200).optional(),
  volumePrices: z
    .array(z.strictObject({ fromMonthSeconds: seconds, ratePerMinute: decimal }))
    .max(100)
    .readonly()
    .optional(),
});
export type TariffRate = z.infer<typeof TariffRate>;

const digitsList = z.array(z.string().max(30)).max(5000).readonly();

/** All of a version but its rates. */
export const TariffTerms = z.strictObject({
  currency: z.string().max(10),
  decimals: z.number().int().optional(),
  rounding: z.enum(ROUNDINGS).optional(),
  timeZone: z.string().max(64).optional(),
  durationRounding: z.enum(['up', 'nearest']).optional(),
  markupPercent: percent.optional(),
  surchargePercent: percent.optional(),
  taxPercent: percent.optional(),
  pricesIncludeTax: z.boolean().optional(),
  taxPoint: z.enum(TAX_POINTS).optional(),
  periods: z
    .array(
      z.strictObject({
        name: z.string().max(100),
        /** ISO weekdays. */
        days: z.array(z.number().int()).max(7).readonly().optional(),
        from: z.string().max(10).optional(),
        to: z.string().max(10).optional(),
      }),
    )
    .max(200)
    .readonly()
    .optional(),
  defaultPeriod: z.string().max(100).optional(),
  holidays: z.array(z.string().max(10)).max(2000).readonly().optional(),
  holidayPeriod: z.string().max(100).optional(),
  straddle: z.enum(STRADDLES).optional(),
  /** First digits of the caller's own number. Absent: the country and area code of the site. */
  origin: z.string().max(30).optional(),
  areaGroups: z
    .array(
      z.strictObject({
        name: z.string().max(200),
        prefixes: digitsList,
        validFrom: z.string().max(10).optional(),
        validTo: z.string().max(10).optional(),
      }),
    )
    .max(2000)
    .readonly()
    .optional(),
  /** Numbers that changed their operator: each is rated as if it began with `ratedAs`. */
  portedNumbers: z
    .array(
      z.strictObject({ number: z.string().max(30), ratedAs: z.string().max(30), from: z.string().max(10).optional() }),
    )
    .max(20_000)
    .readonly()
    .optional(),
  bundles: z
    .array(
      z.strictObject({
        name: z.string().max(200),
        prefixes: digitsList.optional(),
        categories: z.array(z.string().max(100)).max(200).readonly().optional(),
        secondsPerMonth: seconds.optional(),
        secondsPerCall: seconds.optional(),
        moneyPerMonth: decimal.optional(),
      }),
    )
    .max(200)
    .readonly()
    .optional(),
  volumeMethod: z.enum(VOLUME_METHODS).optional(),
});
export type TariffTerms = z.infer<typeof TariffTerms>;

export const TariffVersion = z.object({
  id: versionId,
  tariffId: z.number().int(),
  tariffName: z.string(),
  /** 1, 2, 3 … of its tariff. */
  number: z.number().int(),
  state: z.enum(['draft', 'published']),
  /** First day on which it holds; null: from the beginning. Of a draft: the day that was planned. */
  effectiveFrom: day.nullable(),
  /** It prices the calls of today that take its tariff. */
  isPresent: z.boolean(),
  currency: z.string(),
  rateCount: z.number().int(),
  note: z.string(),
  createdAtMs: z.number().int(),
  changedAtMs: z.number().int(),
  publishedAtMs: z.number().int().nullable(),
  publishedBy: z.string().nullable(),
});
export type TariffVersion = z.infer<typeof TariffVersion>;

export const Tariff = z.object({
  id: z.number().int(),
  name: z.string(),
  /** Of the version that holds today, else of the newest. */
  currency: z.string(),
  rateCount: z.number().int(),
  /** It prices the calls that nothing else is chosen for. */
  isActive: z.boolean(),
  createdAtMs: z.number().int(),
  /** Newest first. */
  versions: z.array(TariffVersion),
});
export type Tariff = z.infer<typeof Tariff>;

/** Why a version cannot be published. */
export const TariffProblem = z.object({
  /** For example `rates[3].prefix`. */
  path: z.string(),
  code: z.enum(TARIFF_PROBLEM_CODES),
  message: z.string(),
  /** Of `rates`; null for what is wrong elsewhere. */
  rateIndex: z.number().int().nullable(),
});
export type TariffProblem = z.infer<typeof TariffProblem>;

export const RateQuery = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(0).max(1000).default(200),
  /** First digits of the prefix, or a part of name, category, trunk or access code, with or without Vietnamese marks. */
  text: z.string().max(100).optional(),
});
export type RateQuery = z.infer<typeof RateQuery>;

export const IndexedRate = z.object({ index: z.number().int().min(0), rate: TariffRate });
export type IndexedRate = z.infer<typeof IndexedRate>;

export const TariffDefinition = z.object({
  version: TariffVersion,
  terms: TariffTerms,
  /** One page, in the order of the definition. `index` is the place in the whole. */
  rates: z.array(IndexedRate),
  /** Rates that fit `text`. */
  found: z.number().int(),
  problems: z.array(TariffProblem),
});
export type TariffDefinition = z.infer<typeof TariffDefinition>;

export const NewDraft = z.object({
  /** Absent: an empty version in the currency of the tariff's newest one. */
  fromVersionId: versionId.optional(),
  effectiveFrom: day.nullable().optional(),
  note: z.string().max(2000).optional(),
});

/** Indexes are those before the change. Refused with `conflict` when the draft was changed after `changedAtMs`. */
export const DraftChange = z.object({
  changedAtMs: z.number().int(),
  effectiveFrom: day.nullable().optional(),
  note: z.string().max(2000).optional(),
  /** Replaces all terms. */
  terms: TariffTerms.optional(),
  rates: z
    .object({
      change: z.array(IndexedRate).max(5000).default([]),
      remove: z.array(z.number().int().min(0)).max(200_000).default([]),
      /** Before the rate with that index; without one at the end. */
      add: z
        .array(z.object({ before: z.number().int().min(0).optional(), rate: TariffRate }))
        .max(5000)
        .default([]),
    })
    .optional(),
});
export type DraftChange = z.infer<typeof DraftChange>;

export const ChangedDraft = z.object({ version: TariffVersion, problems: z.array(TariffProblem) });
export type ChangedDraft = z.infer<typeof ChangedDraft>;

export const PublishInput = z.object({ effectiveFrom: day.nullable(), by: actor });

export const PublishEffect = z.object({
  version: TariffVersion,
  /** Stored calls of open months from that day on that this tariff priced, or that no tariff could: a re-rate may change them. */
  storedCalls: z.number().int(),
});
export type PublishEffect = z.infer<typeof PublishEffect>;

const CHOICE_KINDS = ['access-code', 'trunk', 'trunk-group', 'source', 'default'] as const;

export const TariffChoices = z.object({
  /** Looked up in the order access code, trunk, trunk group, source, default. `value` is empty for the default. */
  choices: z
    .array(z.object({ kind: z.enum(CHOICE_KINDS), value: z.string().max(200), tariffId: z.number().int() }))
    .max(5000),
  trunkGroups: z.array(z.object({ name, trunks: z.array(z.string().min(1).max(64)).max(5000) })).max(500),
});
export type TariffChoices = z.infer<typeof TariffChoices>;

/** A call to try. Absent parts are as of a plain outgoing call. */
export const TestCall = z.object({
  /** As dialled, with outside digit and carrier code; with `isNormalised` country code and national number. */
  number: z.string().trim().min(1).max(64),
  isNormalised: z.boolean().default(false),
  startLocal: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, { error: 'day' })
    .refine((text) => localSecondsOfDay(text.slice(0, 10)) !== undefined, { error: 'day' }),
  talkSeconds: z.number().min(0).max(1_000_000),
  direction: z.enum(CALL_DIRECTIONS).default('outgoing'),
  isAnswered: z.boolean().default(true),
  trunk: z.string().max(64).optional(),
  accessCode: z.string().max(32).optional(),
  sourceId: z.number().int().optional(),
  /** Digits of the caller's own number. */
  origin: z.string().max(30).optional(),
  /** Seconds of a bundle that are left; absent: the bundles are untouched. */
  allowanceLeftSeconds: z.number().int().min(0).optional(),
  /** Seconds that volume groups have used in the month. */
  volumeSeconds: z.record(z.string().max(200), z.number().int().min(0)).optional(),
  /** What the PBX printed as cost. */
  pbxCost: z.string().max(40).optional(),
  /** Any version, drafts too. Absent: the one that would price the call now. */
  versionId: versionId.optional(),
});
export type TestCall = z.infer<typeof TestCall>;

export const TestedCall = z.object({
  /** Normalised number, with what was cut or guessed. */
  number: z.string(),
  notes: z.array(z.string()),
  accessCode: z.string().nullable(),
  band: Band,
  destination: z.string().nullable(),
  /** Null where no tariff is chosen for the call, or none of its versions had begun. */
  version: TariffVersion.nullable(),
  choice: z.object({ reason: z.string(), value: z.string() }).nullable(),
  matchedPrefix: z.string().nullable(),
  isRated: z.boolean(),
  charge: Money.nullable(),
  /** They add up to the charge. */
  net: Money.nullable(),
  tax: Money.nullable(),
  billedSeconds: z.number().int(),
  steps: z.array(PriceStep.extend({ text: z.string() })),
});
export type TestedCall = z.infer<typeof TestedCall>;

export const PbxCostUse = z.enum(PBX_COST_USES);
