/** A real database in a temporary folder, and calls to put into it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ATTRIBUTION_REASONS, BANDS, CALL_DIRECTIONS, callIdOf, RATING_STATES } from '../../core/model/call.ts';
import { amountMicro } from '../../core/model/money.ts';
import { type CallRow, CallStore } from '../../core/store/calls.ts';
import { DailySums } from '../../core/store/daily-sums.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';

export interface CallFixture {
  readonly db: Database;
  readonly calls: CallStore;
  readonly sums: DailySums;
  put(...rows: readonly CallRow[]): void;
  close(): void;
}

export function openCallFixture(): CallFixture {
  const folder = mkdtempSync(join(tmpdir(), 'tollbook-calls-'));
  const db = openDatabase({ path: join(folder, 'tollbook.db'), migrations: databaseMigrations, now: () => 0 });
  const sums = new DailySums(db);
  const calls = new CallStore(db, sums);
  return {
    db,
    calls,
    sums,
    put(...rows) {
      db.transaction(() => {
        for (const row of rows) calls.put(row, undefined);
        sums.flush();
      })();
    },
    close() {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** 2026-10-01T00:00:00 on the wall clock. */
export const OCTOBER = 20_727 * 86_400;

export const plainCall: CallRow = {
  id: callIdOf(1, 0),
  startLocalS: OCTOBER,
  utcOffsetMin: 420,
  endOffset: 80,
  direction: 'outgoing',
  isAnswered: true,
  talkSeconds: 60,
  ringSeconds: null,
  extension: '101',
  trunk: '01',
  code: null,
  codeField: null,
  dialled: '0912345678',
  caller: null,
  callerName: null,
  cleaned: null,
  number: '84912345678',
  band: 'mobile',
  destinationId: null,
  personId: null,
  departmentId: null,
  reason: 'no-code',
  rating: 'unrated',
  tariffVersionId: null,
  chargeMicro: null,
  currency: null,
  billedSeconds: null,
  monthUse: null,
  verdict: null,
  purpose: null,
  lateDay: null,
  pbxCost: null,
  conditionCode: null,
  doubts: [],
  legCount: 1,
};

export interface CallDice {
  readonly startMinute: number;
  readonly direction: number;
  readonly band: number;
  readonly reason: number;
  readonly rating: number;
  readonly person: number;
  readonly charge: number;
  readonly currency: number;
  readonly talk: number;
}

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** A call made of dice: every combination the columns allow. `index` gives its place in the source. */
export function diceCall(index: number, dice: CallDice): CallRow {
  const rating = pick(RATING_STATES, dice.rating);
  const isRated = rating === 'rated';
  const personId = dice.person === 0 ? null : dice.person;
  return {
    ...plainCall,
    id: callIdOf(1 + (index % 2), index * 80),
    startLocalS: OCTOBER - 5 * 86_400 + dice.startMinute * 60,
    direction: pick(CALL_DIRECTIONS, dice.direction),
    isAnswered: pick([true, false, null], dice.talk),
    talkSeconds: dice.talk,
    extension: String(100 + dice.person),
    code: dice.person % 2 === 0 ? String(4000 + dice.person) : null,
    dialled: `09${dice.talk}${dice.person}`,
    number: `849${dice.talk}${dice.person}`,
    destinationId: pick([1, 2, null], dice.band),
    band: pick(BANDS, dice.band),
    personId,
    departmentId: personId === null || personId === 3 ? null : 1 + (personId % 2),
    reason:
      personId === null
        ? pick(ATTRIBUTION_REASONS, 2 + (dice.reason % 4))
        : pick(['code', 'extension'] as const, dice.reason),
    rating,
    chargeMicro: isRated ? amountMicro(BigInt(dice.charge) * 10_000_001n) : null,
    currency: isRated ? pick(['VND', 'USD'], dice.currency) : null,
    tariffVersionId: isRated ? 1 : null,
  };
}
