/**
 * A million stored calls priced again, with a price list of 100,000 prefixes, two periods and steps in use: every call gets
 * another price. Rating keeps before and after of each call; applying writes them and rolls the daily sums up. On a real
 * file; in processor time, since other work on the machine would be counted otherwise (the time on the clock is told, too).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ingest } from '../../core/ingest/ingest.ts';
import { RerateWork } from '../../core/ingest/rerate-work.ts';
import { callIdOf } from '../../core/model/call.ts';
import type { StoredRate, StoredTariff } from '../../core/rating/tariff.ts';
import { type CallRow, CallStore } from '../../core/store/calls.ts';
import { DailySums } from '../../core/store/daily-sums.ts';
import { type Database, openDatabase } from '../../core/store/database.ts';
import { tuneForDerivedData } from '../../core/store/database-tuning.ts';
import { DestinationStore } from '../../core/store/destinations.ts';
import { Journal } from '../../core/store/journal.ts';
import { databaseMigrations } from '../../core/store/migrations/index.ts';
import { RerateStore } from '../../core/store/rerates.ts';
import { ALWAYS, TariffStore } from '../../core/store/tariffs.ts';
import { versionInputOf } from '../../core/tariff-file.ts';
import { plainCall } from '../store/call-fixture.ts';
import { type BenchResult, measured, resultText } from './bench-result.ts';

const PREFIXES = 100_000;
const CALLS = 1_000_000;
const PEOPLE = 500;
const BATCH = 50_000;
/** A call every eight seconds or so: three months. */
const SECONDS_BETWEEN = 8;
const FROM = Date.UTC(2026, 7, 1) / 1000;
const TARGET = { atMost: 20 };

const prefixOf = (index: number): string => String(1_200_000 + index * 7);

const placeOf = (index: number): string => `Place ${index % 300}`;

function ratesOf(index: number): StoredRate[] {
  const [prefix, name] = [prefixOf(index), placeOf(index)];
  const stepsAt = (increment: string): StoredRate['steps'] => [
    { fromSecond: 0, price: String(60 + (index % 50)), perSeconds: 6, incrementSeconds: 6 },
    { fromSecond: 6, price: increment, perSeconds: 1, incrementSeconds: 1 },
    { fromSecond: 600, price: '7.5', perSeconds: 1, incrementSeconds: 1 },
  ];
  return [
    { prefix, name, period: 'high', steps: stepsAt('13.33') ?? [] },
    { prefix, name, period: 'low', steps: stepsAt('9.30') ?? [] },
  ];
}

function largeTariff(): StoredTariff {
  return {
    currency: 'VND',
    timeZone: 'Asia/Ho_Chi_Minh',
    taxPercent: '10',
    straddle: 'split',
    periods: [
      { name: 'low', from: '23:00', to: '06:00' },
      { name: 'low', days: [7] },
    ],
    defaultPeriod: 'high',
    rates: Array.from({ length: PREFIXES }, (_, index) => ratesOf(index)).flat(),
  };
}

function callOf(i: number, destinations: DestinationStore): CallRow {
  const person = 1 + ((i * 31) % PEOPLE);
  const index = (i * 31) % PREFIXES;
  const place = placeOf(index);
  return {
    ...plainCall,
    id: callIdOf(1, i * 80),
    endOffset: i * 80 + 80,
    startLocalS: FROM + i * SECONDS_BETWEEN,
    talkSeconds: 1 + ((i * 7919) % 900),
    extension: String(1000 + person),
    dialled: `00${prefixOf(index)}${String(i % 9973).padStart(4, '0')}`,
    number: `${prefixOf(index)}${String(i % 9973).padStart(4, '0')}`,
    destinationId: destinations.idOf({ en: place, vi: place }),
    band: 'international',
    personId: person,
    departmentId: 1 + (person % 20),
    reason: 'extension',
    rating: 'unrated',
  };
}

function fill(db: Database): void {
  const sums = new DailySums(db);
  const calls = new CallStore(db, sums);
  const destinations = new DestinationStore(db);
  for (let from = 0; from < CALLS; from += BATCH) {
    db.transaction(() => {
      for (let i = from; i < from + BATCH; i += 1) calls.put(callOf(i, destinations), undefined);
      sums.flush();
    })();
  }
  const tariffs = new TariffStore(db);
  const { id } = tariffs.add('large', 0);
  tariffs.publish(tariffs.addDraft(id, versionInputOf(largeTariff()), 0).id, ALWAYS, 'bench', 0);
  tariffs.setDefault(id);
}

interface Spent {
  readonly processor: number;
  readonly clock: number;
}

function spentOn(work: () => void): Spent {
  const [before, startedAt] = [process.cpuUsage(), performance.now()];
  work();
  const { user, system } = process.cpuUsage(before);
  return { processor: (user + system) / 1e6, clock: (performance.now() - startedAt) / 1000 };
}

function finish(work: RerateWork): void {
  while (work.step() !== undefined);
}

export function benchRerate(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tollbook-rerate-'));
  const db = openDatabase({ path: join(folder, 'tollbook.db'), migrations: databaseMigrations, now: Date.now });
  const journal = Journal.open({ path: join(folder, 'journal.db'), now: Date.now });
  try {
    tuneForDerivedData(db);
    fill(db);
    const ingest = new Ingest({ db, journal });
    // As in a running service the price list is ready.
    ingest.booker().rules.tariffs.version(1);
    const rerates = new RerateStore(db);
    const work = new RerateWork(ingest, Date.now);
    const { id } = rerates.start({ fromDay: '2026-08-01', toDay: '2026-12-31', only: {} }, Date.now());
    const rating = spentOn(() => finish(work));
    rerates.apply(id, 'bench', 'bench', Date.now());
    const applying = spentOn(() => finish(work));
    const rated = Number(db.prepare(`SELECT SUM(calls) FROM daily_sums WHERE rating = 'rated'`).pluck().get());
    if (rated !== CALLS) throw new Error(`${CALLS - rated} calls were not rated`);
    const what = `re-rate ${CALLS} stored calls`;
    return Promise.resolve([
      measured(`${what}: difference`, rating.processor, 's'),
      measured(`${what}: applied and rolled up`, applying.processor, 's'),
      measured(`${what}: processor time`, rating.processor + applying.processor, 's', TARGET),
      measured(`${what}: time on the clock`, rating.clock + applying.clock, 's'),
    ]);
  } finally {
    db.close();
    journal.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) for (const result of await benchRerate()) process.stdout.write(`${resultText(result)}\n`);
