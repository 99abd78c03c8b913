/** How a PBX family would print the simulated calls, and what a reader of its records can know of each. */
import type { SimulatedCall } from './traffic.ts';

/** The truth about one call as far as this PBX's records can carry it: one line of the truth file. */
export interface TrueCall {
  readonly serial: number;
  readonly direction: 'outgoing' | 'incoming' | 'internal' | 'none';
  /** Undefined where the record does not say. */
  readonly isAnswered: boolean | undefined;
  readonly talkSeconds: number;
  readonly extension: string;
  readonly code: string;
  readonly person: string;
  readonly outsideNumber: string;
  readonly charge: number | undefined;
}

export interface EncodedCall {
  /** The records as bytes of text (latin1), each with the second at which the PBX would print it. */
  readonly records: readonly { readonly text: string; readonly atLocalSeconds: number }[];
  readonly truth: TrueCall;
}

export interface CallEncoder {
  readonly formatIds: readonly string[];
  /** What the PBX prints before the first record (a heading); may be empty. */
  heading?(formatId: string): string;
  /** How long a code may be where the account column is narrower than the usual five digits. */
  codeDigits?(formatId: string): number | undefined;
  encode(call: SimulatedCall, formatId: string): EncodedCall;
}

/** The truth when the records say everything. Encoders change what theirs cannot say. */
export function fullTruth(call: SimulatedCall): TrueCall {
  return {
    serial: call.serial,
    direction: call.direction,
    isAnswered: call.isAnswered,
    talkSeconds: call.talkSeconds,
    extension: call.extension,
    code: call.codeDialled,
    person: call.person,
    outsideNumber: call.outsideNumber,
    charge: call.charge,
  };
}

export function endOf(call: SimulatedCall): number {
  return call.startLocalSeconds + call.ringSeconds + call.talkSeconds;
}
