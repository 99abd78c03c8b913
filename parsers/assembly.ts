/** From one record to the call it is, for formats that tie no records together; and the pieces other assemblies share. */
import type { AssembledCall, CallDirection, CallLeg, CodeField } from '../core/model/call.ts';
import type { CallRecord, Doubt } from '../core/model/call-record.ts';
import type { AssemblyRecord } from './types.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export function legOf({ record, sourceOffset, byteLength }: AssemblyRecord): CallLeg {
  const leg: Mutable<CallLeg> = { sourceOffset, byteLength };
  if (record.extension !== undefined) leg.extension = record.extension;
  if (record.trunk !== undefined) leg.trunk = record.trunk;
  if (record.callerNumber !== undefined) leg.callerNumber = record.callerNumber;
  if (record.dialedNumber !== undefined) leg.dialedNumber = record.dialedNumber;
  if (record.durationSeconds !== undefined) leg.durationSeconds = record.durationSeconds;
  if (record.ringSeconds !== undefined) leg.ringSeconds = record.ringSeconds;
  if (record.conditionCode !== undefined) leg.conditionCode = record.conditionCode;
  if (record.answered !== undefined) leg.answered = record.answered;
  if (record.transferred !== undefined) leg.transferred = record.transferred;
  return leg;
}

export interface CodeFound {
  readonly code: string | undefined;
  readonly codeField: CodeField | undefined;
}
const NO_CODE: CodeFound = { code: undefined, codeField: undefined };

/** The first code the record carries, in the order of the format's code fields. */
export function codeOf(record: CallRecord, codeFields: readonly CodeField[]): CodeFound {
  for (const codeField of codeFields) {
    const code =
      codeField === 'account'
        ? record.accountCode
        : codeField === 'authorization' || codeField === 'verification'
          ? record.authCode
          : undefined;
    if (code !== undefined && code !== '') return { code, codeField };
  }
  return NO_CODE;
}

/** The first code of several legs, in the order they came. */
export function firstCodeOf(records: readonly AssemblyRecord[], codeFields: readonly CodeField[]): CodeFound {
  for (const { record } of records) {
    const found = codeOf(record, codeFields);
    if (found.code !== undefined) return found;
  }
  return NO_CODE;
}

export interface OutsideNumber {
  readonly number: string | undefined;
  /** The PBX printed only a part of it. */
  readonly isHidden: boolean;
}

const MARKS = /[PFpfTtWw/=.,Xx\s]/g;

/**
 * A printed number without the marks of pauses (P, T, W), flash (F, F/), host access (=), secrecy (dots, X). What was
 * dialled after a transfer of the outside party (-) is not part of it. `+`, `*`, `#` stay.
 */
export function cleanNumber(printed: string | undefined): OutsideNumber {
  if (printed === undefined) return { number: undefined, isHidden: false };
  const dash = printed.indexOf('-');
  const first = dash > 0 ? printed.slice(0, dash) : printed;
  const number = first.replace(MARKS, '');
  return { number: /^[+*#\d]+$/.test(number) ? number : undefined, isHidden: /[.Xx]/.test(first) };
}

export function outsideNumberOf(record: CallRecord, direction: CallDirection): OutsideNumber {
  switch (direction) {
    case 'outgoing':
      return cleanNumber(record.dialedNumber);
    case 'incoming':
      return cleanNumber(record.callerNumber);
    case 'tandem':
      return cleanNumber(record.dialedNumber ?? record.callerNumber);
    case 'internal':
    case 'none':
      return { number: undefined, isHidden: false };
  }
}

export interface DirectionFound {
  readonly direction: CallDirection;
  readonly isGuessed: boolean;
}

/** The record's own direction; where it tells none, what its numbers suggest, marked as a guess. */
export function directionOf(record: CallRecord): DirectionFound {
  if (record.direction !== undefined) return { direction: record.direction, isGuessed: false };
  if (record.dialedNumber !== undefined) return { direction: 'outgoing', isGuessed: true };
  if (record.callerNumber !== undefined || record.trunk !== undefined)
    return { direction: 'incoming', isGuessed: true };
  return { direction: 'none', isGuessed: false };
}

/** What the record says, else what its duration says; undefined where neither tells. */
export function answeredOf(record: CallRecord): boolean | undefined {
  if (record.answered !== undefined) return record.answered;
  return record.durationSeconds === undefined ? undefined : record.durationSeconds > 0;
}

/** The call that one record is. */
export function assembleSingle(entry: AssemblyRecord, codeFields: readonly CodeField[]): AssembledCall {
  const { record } = entry;
  const { direction, isGuessed } = directionOf(record);
  const answered = answeredOf(record);
  const outside = outsideNumberOf(record, direction);
  const doubts: Doubt[] = [...entry.doubts];
  if (isGuessed) doubts.push('direction-guessed');
  if (outside.isHidden) doubts.push('number-hidden');
  return {
    record,
    direction,
    answered,
    talkSeconds: answered === false ? 0 : (record.durationSeconds ?? 0),
    ringSeconds: record.ringSeconds,
    ...codeOf(record, codeFields),
    outsideNumber: outside.number,
    legs: [legOf(entry)],
    doubts,
  };
}
