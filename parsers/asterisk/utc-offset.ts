/** The zone of an Asterisk file, told by the file itself: `uniqueid` starts with the epoch second the channel was made. */
import type { CallRecord } from '../../core/model/call-record.ts';
import { daysFromCivil, partsOfPrinted } from '../../core/model/time.ts';

/** `1536293101.12458`, with the system's name in front where one is set (`asterisk-1240499812.774`). */
const UNIQUEID = /^(?:.+-)?(\d{9,10})\.\d+$/;

/** Zones differ from UTC by quarters of an hour; a record made later in the same channel differs by anything. */
const QUARTER_SECONDS = 900;
const LATE_SECONDS = 2;

export function isUniqueId(text: string): boolean {
  return UNIQUEID.test(text);
}

/** Epoch second in a uniqueid; undefined when it holds none. */
export function uniqueIdEpoch(uniqueId: string | undefined): number | undefined {
  const m = uniqueId === undefined ? null : UNIQUEID.exec(uniqueId);
  return m === null ? undefined : Number(m[1]);
}

/**
 * Minutes the record's clock is ahead of UTC (0: the file is written with `usegmtime=yes`). Undefined when the record
 * proves nothing: no uniqueid, no start, or a start later than its channel (second record of a call).
 */
export function asteriskUtcOffsetMinutes(record: CallRecord): number | undefined {
  const epoch = uniqueIdEpoch(record.callId);
  const parts = record.start === undefined ? undefined : partsOfPrinted(record.start);
  if (epoch === undefined || parts?.year === undefined || parts.month === undefined || parts.day === undefined) {
    return undefined;
  }
  const local = daysFromCivil(parts.year, parts.month, parts.day) * 86400 + parts.secondOfDay;
  const offset = Math.floor((local - epoch) / QUARTER_SECONDS + 0.5) * QUARTER_SECONDS;
  const late = local - epoch - offset;
  return late >= -1 && late <= LATE_SECONDS && Math.abs(offset) <= 14 * 3600 ? offset / 60 : undefined;
}
