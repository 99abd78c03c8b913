/**
 * The hexadecimal part of a 3CX call id is the moment the call began, in milliseconds of UTC: counted from 1970 (V16), from
 * 1601 (later V16 and V18), or from 1970 with the lowest byte first (V20).
 */

import type { CallRecord } from '../../core/model/call-record.ts';
import { comparableSeconds } from '../../core/model/time.ts';

const FROM_1601_SECONDS = 11_644_473_600;
const QUARTER_SECONDS = 900;
const LATE_SECONDS = 3;
const YEAR_2000 = 946_684_800;
const YEAR_2100 = 4_102_444_800;

function epochSeconds(hex: string): number | undefined {
  const reversed = hex.match(/../g)?.toReversed().join('') ?? '';
  for (const value of [Number.parseInt(hex, 16), Number.parseInt(reversed, 16)]) {
    for (const seconds of [value / 1000, value / 1000 - FROM_1601_SECONDS]) {
      if (seconds > YEAR_2000 && seconds < YEAR_2100) return Math.floor(seconds);
    }
  }
  return undefined;
}

/** Minutes the printed start is ahead of the call id's; undefined where they do not belong together (a later leg). */
export function utcOffsetMinutes(record: CallRecord): number | undefined {
  const hex = record.linkedId;
  const local = comparableSeconds(record.start);
  const epoch = hex === undefined || !/^[0-9A-Fa-f]{16}$/.test(hex) ? undefined : epochSeconds(hex);
  if (epoch === undefined || local === undefined) return undefined;
  const offset = Math.floor((local - epoch) / QUARTER_SECONDS + 0.5) * QUARTER_SECONDS;
  return Math.abs(local - epoch - offset) <= LATE_SECONDS && Math.abs(offset) <= 14 * 3600 ? offset / 60 : undefined;
}
