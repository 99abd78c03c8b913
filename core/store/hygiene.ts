/** What the rules about codes read: calls on which a code was dialled, a chunk at a time, and when codes were last used. */
import type { CallId } from '../model/call.ts';
import type { Doubt } from '../model/call-record.ts';
import type { DatedAssignment } from '../model/people.ts';
import { type LocalDay, type LocalSeconds, localDayOf, localSecondsOfDay } from '../model/time.ts';
import { cachedStatement } from './cached-statement.ts';
import { OUTBOUND } from './conditions.ts';
import { SECONDS_PER_DAY } from './daily-sums.ts';
import type { Database } from './database.ts';

export interface CodedCallRow {
  readonly id: CallId;
  readonly sourceId: number;
  readonly startLocalS: LocalSeconds;
  readonly utcOffsetMin: number;
  readonly talkSeconds: number;
  readonly extension: string | null;
  readonly code: string;
  readonly isOutbound: boolean;
  readonly isJoined: boolean;
  readonly isTimeSure: boolean;
}

type Columns = [
  id: number,
  startLocalS: number,
  utcOffsetMin: number,
  talkSeconds: number,
  extension: string | null,
  code: string,
  isOutbound: number,
  legCount: number,
  doubts: string | null,
];

const CHUNK_CALLS = 5000;
const ID_PER_SOURCE = 2 ** 40;

/** With these a call's time says little about other calls. */
const TIME_DOUBTS: ReadonlySet<string> = new Set<Doubt>([
  'date-counted',
  'date-impossible',
  'date-order-unproved',
  'time-repeated-by-dst',
  'time-skipped-by-dst',
  'gap-inside',
  'zone-contradicted',
]);

/** From the first day to the last, both inclusive, in the order in which the calls began. Reading may pause between chunks. */
export function* codedCalls(db: Database, from: LocalDay, to: LocalDay): Generator<readonly CodedCallRow[]> {
  // In order of start, rows of one time lie beside each other in the table; the index of codes would jump for each.
  const chunk = db
    .prepare<[number, number, number], Columns>(
      `SELECT id, start_local_s, utc_offset_min, talk_s, extension, code, direction IN ${OUTBOUND}, leg_count, doubts
       FROM calls INDEXED BY calls_start
       WHERE (start_local_s, id) > (?, ?) AND start_local_s < ? AND code IS NOT NULL
       ORDER BY start_local_s, id LIMIT ${CHUNK_CALLS}`,
    )
    .raw();
  const endS = startOf(to) + SECONDS_PER_DAY;
  let [afterS, afterId] = [startOf(from), -1];
  for (;;) {
    const rows = chunk.all(afterS, afterId, endS) as unknown as Columns[];
    if (rows.length > 0) yield rows.map(codedCallOf);
    const last = rows.at(-1);
    if (last === undefined || rows.length < CHUNK_CALLS) return;
    [afterId, afterS] = [last[0], last[1]];
  }
}

function codedCallOf(row: Columns): CodedCallRow {
  const [id, startLocalS, utcOffsetMin, talkSeconds, extension, code, isOutbound, legCount, doubts] = row;
  return {
    id,
    sourceId: Math.floor(id / ID_PER_SOURCE),
    startLocalS,
    utcOffsetMin,
    talkSeconds,
    extension,
    code,
    isOutbound: isOutbound !== 0,
    isJoined: legCount > 1,
    isTimeSure: doubts === null || !doubts.split(',').some((doubt) => TIME_DOUBTS.has(doubt)),
  };
}

/** Day of the oldest call; null: there is none. */
export function firstCallDay(db: Database): LocalDay | null {
  const first = cachedStatement<[], number | null>(db, 'SELECT MIN(start_local_s) FROM calls').pluck().get() ?? null;
  return first === null ? null : localDayOf(first);
}

/** The newest call with a code of this row, on a day on which the row holds. */
export function lastUseOf(db: Database, row: DatedAssignment): LocalSeconds | null {
  const [fromS, toS] = [startOf(row.validFrom), startOf(row.validTo)];
  const found =
    row.lastValue === null
      ? cachedStatement<[string, number, number], number | null>(
          db,
          'SELECT MAX(start_local_s) FROM calls WHERE code = ? AND start_local_s >= ? AND start_local_s < ?',
        )
          .pluck()
          .get(row.value, fromS, toS)
      : cachedStatement<[string, string, number, number, number], number | null>(
          db,
          `SELECT MAX(start_local_s) FROM calls WHERE code BETWEEN ? AND ? AND LENGTH(code) = ?
             AND start_local_s >= ? AND start_local_s < ?`,
        )
          .pluck()
          .get(row.value, row.lastValue, row.value.length, fromS, toS);
  return found ?? null;
}

/** Every code that was ever dialled, or every extension that calls were made from, each once. */
export function distinctOfCalls(db: Database, column: 'code' | 'extension'): readonly string[] {
  // A step in the index for each value, not for each call.
  return cachedStatement<[], string>(
    db,
    `WITH RECURSIVE found (value) AS (
       SELECT MIN(${column}) FROM calls WHERE ${column} IS NOT NULL
       UNION ALL
       SELECT (SELECT MIN(${column}) FROM calls WHERE ${column} > found.value) FROM found WHERE found.value IS NOT NULL
     ) SELECT value FROM found WHERE value IS NOT NULL`,
  )
    .pluck()
    .all();
}

/** Which of the codes were dialled from that day on, and on how many calls. */
export function callsSince(db: Database, codes: readonly string[], day: LocalDay): ReadonlyMap<string, number> {
  const count = cachedStatement<[string, number], number>(
    db,
    'SELECT COUNT(*) FROM calls WHERE code = ? AND start_local_s >= ?',
  ).pluck();
  const found = new Map<string, number>();
  for (const code of codes) {
    const calls = Number(count.get(code, startOf(day)));
    if (calls > 0) found.set(code, calls);
  }
  return found;
}

const SETTINGS_KEY = 'codeHygiene';

/** As stored, unchecked; undefined: never changed. */
export function storedHygieneSettings(db: Database): unknown {
  const text = cachedStatement<[string], string>(db, 'SELECT value FROM settings WHERE key = ?')
    .pluck()
    .get(SETTINGS_KEY);
  return text === undefined ? undefined : JSON.parse(text);
}

export function storeHygieneSettings(db: Database, settings: object): void {
  cachedStatement(
    db,
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  ).run(SETTINGS_KEY, JSON.stringify(settings));
}

function startOf(day: LocalDay): LocalSeconds {
  const seconds = localSecondsOfDay(day);
  if (seconds === undefined) throw new Error(`not a stored date: ${day}`);
  return seconds;
}
