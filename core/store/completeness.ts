/**
 * How whole the calls of a period are: hours in which the office was open and no call was recorded, lines that nobody could
 * read, and calls whose last record has not come yet. One answer for the dashboard and for every report.
 */
import { DAY_S, type DayNumber, isOfficeDay, type OfficeCalendar, openSeconds } from '../model/office-calendar.ts';
import type { LocalSeconds } from '../model/time.ts';
import { cachedStatement } from './cached-statement.ts';
import type { Database } from './database.ts';
import { QuarantineStore } from './quarantine.ts';

/** A stretch of the site's wall clock; `to` is not part of it. */
export interface LocalSpan {
  readonly from: LocalSeconds;
  readonly to: LocalSeconds;
}

export interface Completeness {
  /** Seconds of office hours that were looked at: those that are over, and not before the site's first call. */
  readonly openSeconds: number;
  /** Seconds of them in clock hours without a single call. */
  readonly silentSeconds: number;
  /** The same as stretches, oldest first. */
  readonly silences: readonly LocalSpan[];
  /** Unread lines that arrived in the period. */
  readonly quarantinedFrames: number;
  /** Calls of the whole site that later records may still join. */
  readonly openCalls: number;
}

export interface CompletenessQuestion {
  /** Days of the site's wall clock; `endDay` is not part of the period. */
  readonly firstDay: DayNumber;
  readonly endDay: DayNumber;
  readonly now: LocalSeconds;
  readonly calendar: OfficeCalendar;
  /** The same period as instants. */
  readonly fromMs: number;
  readonly toMs: number;
}

const HOUR_S = 3600;

export function completenessOf(db: Database, question: CompletenessQuestion): Completeness {
  const isSilent = silenceIn(db);
  const begins = firstCall(db) ?? Number.MAX_SAFE_INTEGER;
  const silences: LocalSpan[] = [];
  let openSum = 0;
  let silentSum = 0;
  for (const slice of officeHours(question)) {
    if (slice.to <= begins || slice.to > question.now) continue;
    openSum += slice.to - slice.from;
    if (!isSilent(slice)) continue;
    silentSum += slice.to - slice.from;
    const last = silences.at(-1);
    if (last?.to === slice.from) silences[silences.length - 1] = { from: last.from, to: slice.to };
    else silences.push(slice);
  }
  return {
    openSeconds: openSum,
    silentSeconds: silentSum,
    silences,
    quarantinedFrames: new QuarantineStore(db).countReceived(question.fromMs, question.toMs),
    openCalls: openCallsOf(db),
  };
}

/** Clock hours, cut where the office opens and closes. */
function* officeHours({ firstDay, endDay, calendar }: CompletenessQuestion): Generator<LocalSpan> {
  for (let day = firstDay; day < endDay; day += 1) {
    if (!isOfficeDay(calendar, day)) continue;
    const opens = day * DAY_S + calendar.opensAtS;
    const closes = opens + openSeconds(calendar);
    for (let from = opens; from < closes; ) {
      const to = Math.min(closes, (Math.floor(from / HOUR_S) + 1) * HOUR_S);
      yield { from, to };
      from = to;
    }
  }
}

function silenceIn(db: Database): (span: LocalSpan) => boolean {
  const any = cachedStatement<[number, number], { found: number }>(
    db,
    'SELECT EXISTS (SELECT 1 FROM calls WHERE start_local_s >= ? AND start_local_s < ?) AS found',
  );
  return ({ from, to }) => any.get(from, to)?.found === 0;
}

function firstCall(db: Database): LocalSeconds | undefined {
  const row = cachedStatement<[], { first: number | null }>(db, 'SELECT MIN(start_local_s) AS first FROM calls').get();
  return row?.first ?? undefined;
}

function openCallsOf(db: Database): number {
  const sql = `SELECT COALESCE(SUM(json_array_length(open_calls, '$.groups')), 0) AS calls FROM ingest_streams
    WHERE is_finished = 0 AND open_calls LIKE '{%'`;
  return cachedStatement<[], { calls: number }>(db, sql).get()?.calls ?? 0;
}
