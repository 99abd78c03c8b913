/** Turns the simulated office's calls into the records of one PBX format, in the order the PBX would print them. */
import type { EncodedCall, TrueCall } from './encoder.ts';
import { encoderFor } from './encoders/index.ts';
import type { Office } from './office.ts';
import { simulateTraffic, type TrafficOptions } from './traffic.ts';

export interface PrintedRecord {
  /** latin1: one character per byte. */
  readonly text: string;
  /** When the PBX prints it, on the office's wall clock. */
  readonly atLocalSeconds: number;
}

export interface SimulatedOutput {
  readonly record: PrintedRecord;
  /** Set on the last record of a call. */
  readonly truth: TrueCall | undefined;
}

interface Pending extends SimulatedOutput {
  readonly order: number;
}

/** Calls end in another order than they start: records wait here until nothing earlier can come. */
export function* simulateRecords(
  office: Office,
  formatId: string,
  options: TrafficOptions,
): Generator<SimulatedOutput> {
  const encoder = encoderFor(formatId);
  let waiting: Pending[] = [];
  let order = 0;
  const byTime = (a: Pending, b: Pending): number =>
    a.record.atLocalSeconds - b.record.atLocalSeconds || a.order - b.order;
  for (const call of simulateTraffic(office, options)) {
    const encoded: EncodedCall = encoder.encode(call, formatId);
    encoded.records.forEach((record, i) => {
      order += 1;
      waiting.push({ record, truth: i === encoded.records.length - 1 ? encoded.truth : undefined, order });
    });
    waiting.sort(byTime);
    const ready = waiting.findIndex((item) => item.record.atLocalSeconds > call.startLocalSeconds);
    const due = ready === -1 ? waiting.length : ready;
    yield* waiting.slice(0, due);
    waiting = waiting.slice(due);
  }
  yield* waiting;
}

const TRUTH_COLUMNS = 'serial,direction,answered,talk_seconds,extension,code,person,outside_number,charge';

/** One line of the truth file (names hold no commas or quotes). */
export function truthHeading(): string {
  return `${TRUTH_COLUMNS}\r\n`;
}

export function truthLine(truth: TrueCall): string {
  const { serial, direction, isAnswered, talkSeconds, extension, code, person, outsideNumber, charge } = truth;
  return `${[serial, direction, isAnswered ?? '', talkSeconds, extension, code, person, outsideNumber, charge ?? ''].join(',')}\r\n`;
}

/** What the PBX prints before its first record: a page heading, or nothing. */
export function openingOf(formatId: string): string {
  return encoderFor(formatId).heading?.(formatId) ?? '';
}

/** The length of code that an office with this PBX has; undefined: any. */
export function codeDigitsOf(formatId: string): number | undefined {
  return encoderFor(formatId).codeDigits?.(formatId);
}
