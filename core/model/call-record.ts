/**
 * The record a parser makes of one frame: what the PBX printed and nothing more. Keys the record does not state are
 * absent. Conventions: times as printed (no zone shift), two-digit years are 20yy (80 to 99: 19yy), a missing year is `XXXX`.
 */

/**
 * A date and time as printed: `YYYY-MM-DDTHH:MM[:SS]`, `XXXX-MM-DDTHH:MM[:SS]` (no year) or `THH:MM[:SS]` (no date); a whole
 * one with `Z` behind it is stated in UTC.
 */
export type PrintedTime = string;

export type RecordDirection = 'outgoing' | 'incoming' | 'internal' | 'tandem';

/** Which moment of the call the printed time is. `event` is a moment inside the call; `both` means start and end are printed. */
export type TimeMeaning = 'start' | 'answer' | 'end' | 'both' | 'event';

export interface CallRecord {
  readonly start?: PrintedTime;
  readonly answer?: PrintedTime;
  readonly end?: PrintedTime;
  readonly startOrEnd?: TimeMeaning;
  /** Talk time if the record states it, else its only duration. Whole seconds. */
  readonly durationSeconds?: number;
  readonly ringSeconds?: number;
  readonly holdSeconds?: number;
  readonly parkSeconds?: number;
  readonly direction?: RecordDirection;
  /** The inside party: who made an outgoing call, who took an incoming one. */
  readonly extension?: string;
  readonly callerNumber?: string;
  readonly callerName?: string;
  /** Digits as printed, with pauses, `*`, `#` and secrecy marks. */
  readonly dialedNumber?: string;
  readonly trunk?: string;
  /** Second outside line of a tandem call. */
  readonly trunkOut?: string;
  readonly accountCode?: string;
  /** Authorization or verification code. */
  readonly authCode?: string;
  /** The record's own result or type word, unchanged. */
  readonly conditionCode?: string;
  readonly answered?: boolean;
  readonly transferred?: boolean;
  /** Decimal string, as the PBX printed it. */
  readonly cost?: string;
  readonly currency?: string;
  /** What ties the records of one call together (Call ID, uniqueid, record number). */
  readonly callId?: string;
  /** A wider tie across transfers, where the format has one (linkedid). */
  readonly linkedId?: string;
  /** More records of this call follow. */
  readonly continues?: boolean;
  /** Facts of this format that assembly needs and no common field carries. Keys are the format's own field names. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** Why a stored fact is not certain. Shown beside the call; never hidden. */
export const DOUBTS = [
  'date-from-arrival',
  /** Counted on from the first date that the user gave. */
  'date-counted',
  'year-from-arrival',
  'date-impossible',
  'date-order-unproved',
  'time-repeated-by-dst',
  'time-skipped-by-dst',
  'gap-inside',
  'leg-missing',
  'talk-includes-code-prompt',
  'number-hidden',
  'clock-far-from-arrival',
  'direction-guessed',
  /** The record itself proves another zone than the source is set to. */
  'zone-contradicted',
  /** A decision of people was found by its bytes, which another call had when it was made. */
  'decision-moved',
] as const;
export type Doubt = (typeof DOUBTS)[number];
