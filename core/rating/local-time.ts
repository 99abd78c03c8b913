/** Dates, times of day and call starts of the tariff JSON, as seconds on the tariff's own wall clock. */
import { daysFromCivil, isCivilDate, type LocalSeconds } from '../model/time.ts';

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(Z|z|[+-]\d\d(?::?\d\d)?)?)?$/;

interface ReadMoment {
  readonly local: LocalSeconds;
  readonly hasTime: boolean;
  /** Seconds east of UTC that the text states; undefined: none stated. */
  readonly offsetSeconds: number | undefined;
}

function readMoment(text: string): ReadMoment | undefined {
  const m = DATE_TIME.exec(text);
  if (m === null) return undefined;
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])];
  if (!isCivilDate(year, month, day)) return undefined;
  const [hour, minute, second] = [Number(m[4] ?? 0), Number(m[5] ?? 0), Number(m[6] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return {
    local: daysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second,
    hasTime: m[4] !== undefined,
    offsetSeconds: m[7] === undefined ? undefined : offsetOf(m[7]),
  };
}

function offsetOf(text: string): number {
  if (text === 'Z' || text === 'z') return 0;
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60;
  return text.startsWith('-') ? -seconds : seconds;
}

/** A local date (its midnight) or date-time without zone; undefined for anything else. */
export function readLocalMoment(text: string): LocalSeconds | undefined {
  const moment = readMoment(text);
  return moment === undefined || moment.offsetSeconds !== undefined ? undefined : moment.local;
}

/** Seconds since midnight of `HH:MM[:SS]`, up to `24:00:00`; undefined when the text is no time of day. */
export function readTimeOfDay(text: string): number | undefined {
  const m = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(text);
  if (m === null) return undefined;
  const [hour, minute, second] = [Number(m[1]), Number(m[2]), Number(m[3] ?? 0)];
  const total = hour * 3600 + minute * 60 + second;
  return minute > 59 || second > 59 || total > 86400 ? undefined : total;
}

/** Turns an instant (seconds since 1970 UTC) into seconds on a zone's wall clock. */
export type ZoneClock = (utcSeconds: number) => LocalSeconds;

/** Undefined when the zone's name is unknown. */
export function zoneClock(timeZone: string): ZoneClock | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
  return (utcSeconds) => {
    const part: Record<string, number> = {};
    for (const p of format.formatToParts(utcSeconds * 1000)) part[p.type] = Number(p.value);
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return daysFromCivil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
  };
}

/**
 * The local start of a call. A text with Z or an offset is an instant and is converted to the tariff's zone; without a
 * zone in the tariff its own wall clock counts. Undefined when the text is no date with a time.
 */
export function readCallStart(text: string, clock: ZoneClock | undefined): LocalSeconds | undefined {
  const moment = readMoment(text);
  if (moment === undefined || !moment.hasTime) return undefined;
  if (moment.offsetSeconds === undefined || clock === undefined) return moment.local;
  return clock(moment.local - moment.offsetSeconds);
}
