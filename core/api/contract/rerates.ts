/**
 * Re-rates: stored calls priced again with the versions that hold now. Shown first, then applied or discarded, and taken back
 * where it was wrong. Not to be mixed up with reading a source again (rereads.ts), which is about bytes.
 */
import { z } from 'zod';
import { RERATE_GROUPINGS, RERATE_KINDS, RERATE_STATES } from '../../model/rerate.ts';
import { Band, Call, RatingState } from './calls.ts';
import { actor, day, flag, Money, Problem, prose } from './common.ts';

export const RerateState = z.enum(RERATE_STATES);
export const RerateKind = z.enum(RERATE_KINDS);
export type RerateKind = z.infer<typeof RerateKind>;
export const RerateGrouping = z.enum(RERATE_GROUPINGS);
export type RerateGrouping = z.infer<typeof RerateGrouping>;

const ids = z.array(z.number().int().min(0)).min(1).max(1000);

export const RerateInput = z
  .strictObject({
    from: day,
    /** Inclusive. */
    to: day,
    /** Priced by one of these, before or after. */
    tariffIds: ids.optional(),
    /** 0: calls that nobody owns. */
    personIds: ids.optional(),
    trunks: z.array(z.string().min(1).max(64)).min(1).max(1000).optional(),
    isUnratedOnly: z.boolean().optional(),
  })
  .refine(({ from, to }) => from <= to, { error: 'dayOrder', path: ['to'] });
export type RerateInput = z.infer<typeof RerateInput>;

/** Who decided it and why; kept with the re-rate. */
export const RerateDecision = z.strictObject({
  by: actor,
  reason: z.string().trim().min(1).max(500),
});

const Decided = z.object({ atMs: z.number().int(), by: z.string(), reason: prose });

export const ChargeChange = z.object({
  before: Money,
  after: Money,
  /** After less before. */
  difference: Money,
  /** Of before, with one decimal; null where it was nothing. */
  percent: z.string().nullable(),
});
export type ChargeChange = z.infer<typeof ChargeChange>;

export const RerateTotals = z.object({
  /** Calls that have a price or should have one. */
  calls: z.number().int(),
  newlyRated: z.number().int(),
  noLongerRated: z.number().int(),
  repriced: z.number().int(),
  /** Another version at the same price. */
  samePrice: z.number().int(),
  unratedAfter: z.number().int(),
  /** One a currency. */
  charges: z.array(ChargeChange),
});
export type RerateTotals = z.infer<typeof RerateTotals>;

export const RerateRow = RerateTotals.extend({
  /** Id of a person or department (`0`: none), band or month. */
  key: z.string(),
  name: z.string(),
  /** Of closed months: shown, and never applied. */
  isClosed: z.boolean(),
});
export type RerateRow = z.infer<typeof RerateRow>;

export const Rerate = z.object({
  id: z.number().int(),
  state: RerateState,
  from: day,
  to: day,
  tariffIds: z.array(z.number().int()).nullable(),
  personIds: z.array(z.number().int()).nullable(),
  trunks: z.array(z.string()).nullable(),
  isUnratedOnly: z.boolean(),
  /** Of the present state's work. */
  callsDone: z.number().int(),
  callsTotal: z.number().int(),
  /** Null where nothing is known yet, or nothing works. */
  secondsLeft: z.number().int().nullable(),
  /** Calls that taking back left, because they had changed since. */
  callsLeft: z.number().int(),
  problem: Problem.nullable(),
  startedAtMs: z.number().int(),
  applied: Decided.nullable(),
  takenBack: Decided.nullable(),
  /** The last one in force. */
  canTakeBack: z.boolean(),
  /** Tariffs, choices or settings have changed since: it has to be worked out again before it can be applied. */
  isOutdated: z.boolean(),
});
export type Rerate = z.infer<typeof Rerate>;

export const RerateDetail = Rerate.extend({
  open: RerateTotals,
  /** What would change in closed months. */
  closed: RerateTotals,
  by: RerateGrouping,
  rows: z.array(RerateRow),
});
export type RerateDetail = z.infer<typeof RerateDetail>;

const PriceSide = z.object({
  rating: RatingState,
  charge: Money.nullable(),
  tariffName: z.string().nullable(),
  versionNumber: z.number().int().nullable(),
});
export type PriceSide = z.infer<typeof PriceSide>;

export const RerateCall = z.object({ call: Call, kind: RerateKind, before: PriceSide, after: PriceSide });
export type RerateCall = z.infer<typeof RerateCall>;

export const RerateCallQuery = z.object({
  kind: RerateKind.optional(),
  personId: z.coerce.number().int().min(0).optional(),
  band: Band.optional(),
  isClosed: flag.default(false),
  /** `next` of the page before. */
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const RerateCallPage = z.object({ calls: z.array(RerateCall), next: z.number().int().nullable() });
