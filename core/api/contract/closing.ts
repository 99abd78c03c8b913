/** Closing and reopening months, corrections of closed months, and decisions of people about single calls. */
import { z } from 'zod';
import { CALL_PURPOSES } from '../../model/call.ts';
import { RESTATEMENT_KINDS } from '../../store/restatements.ts';
import { CallFilter } from './calls.ts';
import { actor, Money, month, phoneNumber, prose } from './common.ts';

export const reason = z.string().trim().min(1).max(500);

export const ClosingEntry = z.object({
  id: z.number().int(),
  act: z.enum(['closed', 'reopened']),
  atMs: z.number().int(),
  by: z.string(),
  reason: prose,
  /** SHA-256 over the month, hexadecimal; of closings only. */
  fingerprint: z.string().nullable(),
  calls: z.number().int(),
});

/** What a month still waits for, and who closed and reopened it. */
export const MonthClosing = z.object({
  month,
  isClosed: z.boolean(),
  /** It is over on the site's clock; only then it can be closed. */
  isOver: z.boolean(),
  open: z.object({
    unratedCalls: z.number().int(),
    unattributedCalls: z.number().int(),
    quarantinedFrames: z.number().int(),
    /** Sources whose records of the month have gaps. */
    sourcesWithGaps: z.array(z.object({ sourceId: z.number().int(), name: z.string(), gaps: z.number().int() })),
    /** Tariffs whose prices of the month are still being settled. */
    tariffsToSettle: z.array(z.string()),
    /** Bytes that came and are not read yet. */
    unreadBytes: z.number().int(),
  }),
  /** Lines in later months that correct calls of this one; they are taken back when it is reopened. */
  correctionsElsewhere: z.number().int(),
  /** Oldest first. */
  log: z.array(ClosingEntry),
});
export type MonthClosing = z.infer<typeof MonthClosing>;

export const FingerprintCheck = z.object({
  fingerprint: z.string(),
  /** The month is what it was when it was closed. */
  isSame: z.boolean(),
});

const Side = z.object({
  personId: z.number().int().nullable(),
  personName: z.string().nullable(),
  charge: Money.nullable(),
  isPrivate: z.boolean(),
});

export const Restatement = z.object({
  id: z.number().int(),
  /** The month that it counts in. */
  month,
  /** The closed month that it corrects. */
  callMonth: month,
  callId: z.number().int(),
  callStartLocal: z.string(),
  number: phoneNumber.nullable(),
  kind: z.enum(RESTATEMENT_KINDS),
  before: Side,
  after: Side,
  reason: prose,
  by: z.string(),
  atMs: z.number().int(),
  takesBackId: z.number().int().nullable(),
  canTakeBack: z.boolean(),
});
export type Restatement = z.infer<typeof Restatement>;

export const RestatementPage = z.object({ count: z.number().int(), rows: z.array(Restatement) });

export const CallChange = z.discriminatedUnion('kind', [
  /** Null: nobody's. */
  z.object({ kind: z.literal('owner'), personId: z.number().int().positive().nullable() }),
  z.object({ kind: z.literal('purpose'), purpose: z.enum(CALL_PURPOSES) }),
  /** Off the bill, or back on it; of calls of closed months only. */
  z.object({ kind: z.literal('billing'), isBilled: z.boolean() }),
]);
export type CallChange = z.infer<typeof CallChange>;

/** Calls by number, or all that a filter finds; `count` is what the reader saw, so that no other call is decided. */
export const CallSelection = z.union([
  z.object({ ids: z.array(z.number().int()).min(1).max(5000) }),
  z.object({ filter: CallFilter, count: z.number().int().min(1) }),
]);
export type CallSelection = z.infer<typeof CallSelection>;

export const DecisionInput = z.object({ calls: CallSelection, change: CallChange, reason, by: actor });

export const DecisionEffect = z.object({
  /** Calls of open months, which are booked anew. */
  decided: z.number().int(),
  /** Calls of closed months, which got a line in the open month. */
  corrected: z.number().int(),
  /** The open month that the lines are in. */
  month: month.nullable(),
});

export const CallDecision = z.object({
  id: z.number().int(),
  kind: z.enum(['owner', 'purpose']),
  personId: z.number().int().nullable(),
  personName: z.string().nullable(),
  purpose: z.enum(CALL_PURPOSES).nullable(),
  reason: prose,
  by: z.string(),
  atMs: z.number().int(),
  undoesId: z.number().int().nullable(),
  isUndone: z.boolean(),
});

export const CallHistory = z.object({
  isInClosedMonth: z.boolean(),
  decisions: z.array(CallDecision),
  corrections: z.array(Restatement),
});
export type CallHistory = z.infer<typeof CallHistory>;
