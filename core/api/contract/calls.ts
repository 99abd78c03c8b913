/** Calls, their filter, and one call in full. */
import { z } from 'zod';
import {
  ATTRIBUTION_REASONS,
  BANDS,
  CALL_DIRECTIONS,
  CALL_PURPOSES,
  CALL_VERDICTS,
  RATING_STATES,
} from '../../model/call.ts';
import { DOUBTS } from '../../model/call-record.ts';
import { POLICY_RULES } from '../../model/code-policy.ts';
import {
  day,
  extensionText,
  flag,
  Money,
  month,
  numberSearch,
  parsedRecord,
  phoneNumber,
  rawHex,
  rawText,
  textValues,
} from './common.ts';

export const CallDirection = z.enum(CALL_DIRECTIONS);
export const Band = z.enum(BANDS);
export const AttributionReason = z.enum(ATTRIBUTION_REASONS);
export const RatingState = z.enum(RATING_STATES);
export const CallVerdict = z.enum(CALL_VERDICTS);

/** One row of the call list. Codes are masked (`••42`) unless the reader may see them. */
export const Call = z.object({
  id: z.number().int(),
  sourceId: z.number().int(),
  startLocal: z.string(),
  direction: CallDirection,
  isAnswered: z.boolean().nullable(),
  talkSeconds: z.number().int(),
  ringSeconds: z.number().int().nullable(),
  extension: extensionText.nullable(),
  trunk: z.string().nullable(),
  code: z.string().nullable(),
  dialled: phoneNumber.nullable(),
  caller: phoneNumber.nullable(),
  callerName: phoneNumber.nullable(),
  /** Normalised outside number (country code first, no +), where there is one. */
  number: phoneNumber.nullable(),
  band: Band,
  destination: phoneNumber.nullable(),
  personId: z.number().int().nullable(),
  personName: z.string().nullable(),
  departmentId: z.number().int().nullable(),
  departmentName: z.string().nullable(),
  reason: AttributionReason,
  rating: RatingState,
  charge: Money.nullable(),
  /** What the code rules of its day say of it; null where none were in force. */
  verdict: CallVerdict.nullable(),
  doubts: z.array(z.enum(DOUBTS)),
  legCount: z.number().int(),
  /** What people decided that it was for. */
  purpose: z.enum(CALL_PURPOSES).nullable(),
  /** `YYYY-MM` that it counts in. */
  month: z.string(),
  /** It came after its own month was closed, and counts in a later one. */
  isLate: z.boolean(),
});
export type Call = z.infer<typeof Call>;

export const CallFilter = z.object({
  /** The calls that a month adds up: those that began in it in time, and those that came late and count in it. */
  month: month.optional(),
  from: day.optional(),
  /** Inclusive day. */
  to: day.optional(),
  /** 0: calls that nobody owns. */
  personId: z.coerce.number().int().optional(),
  /** A department and all below it. 0: calls of people who were in no department. */
  departmentId: z.coerce.number().int().optional(),
  /** The department alone, without those below it. */
  isDepartmentOnly: flag.optional(),
  /** Only the full code matches; never a part, so that codes cannot be guessed digit by digit. */
  code: z.string().max(32).optional(),
  extension: z.string().max(32).optional(),
  trunk: z.string().max(64).optional(),
  /** Digits anywhere at the start or the end of the normalised or dialled number. */
  number: numberSearch.optional(),
  direction: CallDirection.optional(),
  /** Calls that went out, from an extension or from another line: those that a month adds up. */
  isOutbound: flag.optional(),
  band: Band.optional(),
  reason: AttributionReason.optional(),
  rating: RatingState.optional(),
  purpose: z.enum(CALL_PURPOSES).optional(),
  verdict: CallVerdict.optional(),
  /** Calls that break a code rule, whichever. */
  isBreach: flag.optional(),
  sourceId: z.coerce.number().int().optional(),
  destinationId: z.coerce.number().int().positive().optional(),
  /** ISO weekday of its start, 1 is Monday. */
  weekday: z.coerce.number().int().min(1).max(7).optional(),
  /** Hour of the day of its start. */
  hour: z.coerce.number().int().min(0).max(23).optional(),
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

/** `calls` has private ones as well, which are counted and not listed; absent: there are none. */
export const CallCount = CallTotals.extend({ unlistedCalls: z.number().int().positive().optional() });
export type CallCount = z.infer<typeof CallCount>;

export const CallPage = z.object({ calls: z.array(Call), next: z.string().nullable() });

/** One step of a price, in a machine's words; `rating.step.<kind>` translates it. */
export const PriceStep = z.object({
  kind: z.string(),
  values: textValues,
});
export type PriceStep = z.infer<typeof PriceStep>;

/** Why a call got its verdict, in a machine's words; `policy.rule.<rule>` translates it. */
export const CallRuling = z.object({
  rule: z.enum(POLICY_RULES),
  values: textValues,
});
export type CallRuling = z.infer<typeof CallRuling>;

export const CallDetail = Call.extend({
  formatId: z.string(),
  sourceName: z.string(),
  codeField: z.string().nullable(),
  conditionCode: z.string().nullable(),
  pbxCost: z.string().nullable(),
  billedSeconds: z.number().int().nullable(),
  tariffName: z.string().nullable(),
  tariffVersionId: z.number().int().nullable(),
  tariffVersionNumber: z.number().int().nullable(),
  /** Of the charge; they add up to it. Null where no tariff priced the call. */
  net: Money.nullable(),
  tax: Money.nullable(),
  /** For an unknown code: codes one digit off or two transposed, with their owners. */
  nearestCodes: z.array(z.object({ code: z.string(), personName: z.string() })),
  priceSteps: z.array(PriceStep),
  /** Which code rule gave the verdict; null where none did, or where the rules have changed since. */
  ruling: CallRuling.nullable(),
  /** The format prints no codes, so that one may have been dialled all the same. */
  isVerdictInDoubt: z.boolean(),
  legs: z.array(
    z.object({
      sourceOffset: z.number().int(),
      byteLength: z.number().int(),
      receivedAtMs: z.number().int(),
      /** The bytes as text, one character per byte, control characters kept; and as hexadecimal pairs. */
      rawText,
      rawHex,
      extension: extensionText.nullable(),
      durationSeconds: z.number().int().nullable(),
      conditionCode: z.string().nullable(),
    }),
  ),
  /** The record as parsed, in the words of the format documents. */
  record: parsedRecord,
});
export type CallDetail = z.infer<typeof CallDetail>;
