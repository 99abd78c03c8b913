/** The call as Tollbook books it: one conversation, whoever's telephone carried it, with its owner, its price and the reasons. */
import type { Doubt } from './call-record.ts';

/** `none` is a record of something that took no outside line and rang nobody (a code prompt given up, a feature log). */
export const CALL_DIRECTIONS = ['outgoing', 'incoming', 'internal', 'tandem', 'none'] as const;
export type CallDirection = (typeof CALL_DIRECTIONS)[number];

/** What kind of destination was called; decides the column of the month report. */
export const BANDS = [
  'internal',
  'local',
  'national',
  'mobile',
  'international',
  'free',
  'premium',
  'emergency',
  'service',
  'incoming',
  'unknown',
] as const;
export type Band = (typeof BANDS)[number];

/**
 * Why a call belongs to its person, or to nobody.
 * - `code`: a personal code valid on that date was dialled.
 * - `extension`: no code; the extension had an owner on that date.
 * - `no-code`: neither a code nor an owned extension.
 * - `unknown-code`: a code was dialled that nobody has ever had.
 * - `code-not-valid`: the code exists, but had no owner on that date.
 * - `reassigned`: people decided whose it is (perhaps nobody's), whatever the record says.
 * - `none`: the call needs no owner (no inside party).
 */
export const ATTRIBUTION_REASONS = [
  'code',
  'extension',
  'reassigned',
  'no-code',
  'unknown-code',
  'code-not-valid',
  'none',
] as const;
export type AttributionReason = (typeof ATTRIBUTION_REASONS)[number];

/** Where in the record the personal code stood. */
export type CodeField = 'account' | 'authorization' | 'verification' | 'dialled';

/** `not-chargeable`: incoming, internal, unanswered or `none`. `unrated`: should have a price and no rate fits: not the same as zero. */
export const RATING_STATES = ['rated', 'unrated', 'not-chargeable'] as const;
export type RatingState = (typeof RATING_STATES)[number];

/** Calls that a bill counts: those that leave by an outside line, and incoming ones that the called side pays for. */
export function isChargeable({ direction, rating }: { direction: CallDirection; rating: RatingState }): boolean {
  if (direction === 'incoming') return rating !== 'not-chargeable';
  return direction === 'outgoing' || direction === 'tandem';
}

/**
 * What the code policy of the call's day says of an outside call.
 * - `extension-only`: it has an owner by its extension, where a code is asked for.
 * - `beyond-right`: the code may not call so far; `outside-hours`: not at that time.
 */
export const CALL_VERDICTS = [
  'obeys',
  'no-code',
  'unknown-code',
  'beyond-right',
  'extension-only',
  'outside-hours',
] as const;
export type CallVerdict = (typeof CALL_VERDICTS)[number];

/** What people decided a call was for. */
export const CALL_PURPOSES = ['private', 'business'] as const;
export type CallPurpose = (typeof CALL_PURPOSES)[number];

/** One leg of an assembled call, in order of the record's own times. */
export interface CallLeg {
  readonly sourceOffset: number;
  readonly byteLength: number;
  readonly extension?: string;
  readonly trunk?: string;
  readonly callerNumber?: string;
  readonly dialedNumber?: string;
  readonly durationSeconds?: number;
  readonly ringSeconds?: number;
  readonly conditionCode?: string;
  readonly answered?: boolean;
  readonly transferred?: boolean;
}

/** What assembly makes of the records of one call, before anyone owns it or it has a price. */
export interface AssembledCall {
  readonly record: import('./call-record.ts').CallRecord;
  readonly direction: CallDirection;
  readonly answered: boolean | undefined;
  readonly talkSeconds: number;
  readonly ringSeconds: number | undefined;
  /** The dialled code, and the field it stood in. */
  readonly code: string | undefined;
  readonly codeField: CodeField | undefined;
  /** Outside number with the format's own marks removed (pause, flash, secrecy), else undefined. */
  readonly outsideNumber: string | undefined;
  readonly legs: readonly CallLeg[];
  readonly doubts: readonly Doubt[];
}

/** A call's identity: a source and the offset of its first byte there. The same bytes give the same id for ever. */
export type CallId = number;

const OFFSET_BITS = 2 ** 40;

/** Source numbers up to 8,191 and offsets below 1 TiB fit a double exactly. */
export function callIdOf(sourceId: number, sourceOffset: number): CallId {
  return sourceId * OFFSET_BITS + sourceOffset;
}

export function sourceIdOf(callId: CallId): number {
  return Math.floor(callId / OFFSET_BITS);
}

export function sourceOffsetOf(callId: CallId): number {
  return callId % OFFSET_BITS;
}
