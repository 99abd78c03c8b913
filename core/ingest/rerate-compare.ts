/**
 * What-if: the stored calls of a period priced with other tariffs, versions or drafts, added up beside what they cost now.
 * Works on a connection that cannot write; closed months count as well, because nothing is changed.
 */
import { type LocalDay, localSecondsOfDay } from '../model/time.ts';
import type { ChoosableCall } from '../rating/choose-tariff.ts';
import { SECONDS_PER_DAY } from '../store/daily-sums.ts';
import type { Database } from '../store/database.ts';
import { DestinationStore } from '../store/destinations.ts';
import { monthOfDay } from '../store/month-days.ts';
import { type CallPrice, type PriceableCall, PriceableCalls } from '../store/priceable-calls.ts';
import { PRICED_DIRECTIONS, type ReratePosition } from '../store/rerates.ts';
import { loadBooker } from './load-booker.ts';
import { MonthPrices } from './rerate-months.ts';
import { StoredCallPricer } from './rerate-pricing.ts';
import { type ChosenVersion, type PricingTariffs, TariffSet, type UsableVersion } from './tariff-set.ts';

export type ComparedPrices =
  | { readonly kind: 'now' }
  | { readonly kind: 'tariff'; readonly tariffId: number }
  | { readonly kind: 'version' | 'in-place'; readonly versionId: number };

export interface ComparisonOptions {
  readonly fromDay: LocalDay;
  /** Inclusive. */
  readonly toDay: LocalDay;
  readonly others: readonly ComparedPrices[];
}

/** Charges of one side; money by currency. */
export interface ComparedSide {
  readonly charges: ReadonlyMap<string, bigint>;
  readonly unratedCalls: number;
}

export interface ComparedRow {
  readonly key: string;
  readonly calls: number;
  readonly talkSeconds: number;
  readonly present: ComparedSide;
  readonly others: readonly ComparedSide[];
}

export const COMPARED_BY = ['person', 'department', 'band', 'destination', 'month'] as const;
export type ComparedBy = (typeof COMPARED_BY)[number];

export interface ComparisonResult {
  readonly totals: ComparedRow;
  readonly rows: Readonly<Record<ComparedBy, readonly ComparedRow[]>>;
}

export interface ComparisonProgress {
  readonly callsDone: number;
  readonly callsTotal: number;
}

const CHUNK_CALLS = 2000;
/** After every version that there can be. */
const LAST_DAY: LocalDay = '9999-12-31';

class SideSum implements ComparedSide {
  readonly charges = new Map<string, bigint>();
  unratedCalls = 0;

  add({ rating, chargeMicro, currency }: CallPrice): void {
    if (rating === 'unrated') this.unratedCalls += 1;
    if (chargeMicro !== null && currency !== null) {
      this.charges.set(currency, (this.charges.get(currency) ?? 0n) + chargeMicro);
    }
  }
}

class RowSum implements ComparedRow {
  readonly key: string;
  calls = 0;
  talkSeconds = 0;
  readonly present = new SideSum();
  readonly others: readonly SideSum[];

  constructor(key: string, others: number) {
    this.key = key;
    this.others = Array.from({ length: others }, () => new SideSum());
  }

  add(call: PriceableCall, prices: readonly CallPrice[]): void {
    this.calls += 1;
    this.talkSeconds += call.talkSeconds;
    this.present.add(call);
    for (const [i, price] of prices.entries()) this.others[i]?.add(price);
  }
}

class Grouped {
  readonly #rows = new Map<string | number, RowSum>();
  readonly #others: number;

  constructor(others: number) {
    this.#others = others;
  }

  add(key: string | number, call: PriceableCall, prices: readonly CallPrice[]): void {
    let row = this.#rows.get(key);
    if (row === undefined) {
      row = new RowSum(String(key), this.#others);
      this.#rows.set(key, row);
    }
    row.add(call, prices);
  }

  rows(): readonly RowSum[] {
    return [...this.#rows.values()];
  }
}

/** Yields how far it is, and returns the sums. `db` only has to be read. */
export function* comparePrices(
  db: Database,
  { fromDay, toDay, others }: ComparisonOptions,
): Generator<ComparisonProgress, ComparisonResult> {
  const fromS = localSecondsOfDay(fromDay) ?? 0;
  const endS = (localSecondsOfDay(toDay) ?? 0) + SECONDS_PER_DAY;
  const walkedFromS = localSecondsOfDay(`${fromDay.slice(0, 7)}-01`) ?? fromS;
  const pricers = pricersOf(db, others);
  // Bundles and volumes are used up from the first of a month on.
  const calls = new PriceableCalls(db, walkedFromS, endS, {});
  const callsTotal = Number(
    db
      .prepare(
        `SELECT COALESCE(SUM(calls), 0) FROM daily_sums WHERE day >= ? AND day < ? AND direction IN ${PRICED_DIRECTIONS}`,
      )
      .pluck()
      .get(walkedFromS / SECONDS_PER_DAY, endS / SECONDS_PER_DAY),
  );
  const totals = new RowSum('', others.length);
  const groups = {
    person: new Grouped(others.length),
    department: new Grouped(others.length),
    band: new Grouped(others.length),
    destination: new Grouped(others.length),
    month: new Grouped(others.length),
  };
  let position: ReratePosition = { startLocalS: undefined, callId: -1 };
  let callsDone = 0;
  for (;;) {
    const chunk = calls.after(position, CHUNK_CALLS);
    for (const call of chunk) {
      const prices = pricers.map((pricer) => pricer.price(call));
      if (call.startLocalS < fromS) continue;
      if (call.rating === 'not-chargeable' && prices.every(({ rating }) => rating === 'not-chargeable')) continue;
      totals.add(call, prices);
      groups.person.add(call.personId ?? 0, call, prices);
      groups.department.add(call.departmentId ?? 0, call, prices);
      groups.band.add(call.band, call, prices);
      groups.destination.add(call.destinationId ?? 0, call, prices);
      groups.month.add(monthOfDay(call.day), call, prices);
    }
    callsDone += chunk.length;
    const last = chunk.at(-1);
    if (last !== undefined) position = { startLocalS: last.startLocalS, callId: last.id };
    if (chunk.length < CHUNK_CALLS) break;
    yield { callsDone, callsTotal };
  }
  return {
    totals,
    rows: {
      person: groups.person.rows(),
      department: groups.department.rows(),
      band: groups.band.rows(),
      destination: groups.destination.rows(),
      month: groups.month.rows(),
    },
  };
}

function pricersOf(db: Database, others: readonly ComparedPrices[]): readonly MonthPrices[] {
  const { rules } = loadBooker(db, new DestinationStore(db));
  const set = new TariffSet(db);
  return others.map((other) => {
    const pricer = new StoredCallPricer({ ...rules, destinationId: () => 0, tariffs: tariffsOf(set, other) });
    return new MonthPrices(db, pricer, true);
  });
}

function tariffsOf(set: TariffSet, other: ComparedPrices): PricingTariffs {
  const version = (id: number): UsableVersion | undefined => set.version(id);
  switch (other.kind) {
    case 'now':
      return set;
    case 'tariff':
      return { version, versionFor: (_call, day) => chosen(set.versionOn(other.tariffId, day)) };
    case 'version': {
      const only = chosen(set.version(other.versionId));
      return { version: known(set, only?.version), versionFor: () => only };
    }
    case 'in-place': {
      const only = set.version(other.versionId);
      return { version: known(set, only), versionFor: (call, day) => inPlace(set, only, call, day) };
    }
  }
}

/** The set reads a draft anew each time, because drafts change; within a comparison it is one version. */
function known(set: TariffSet, only: UsableVersion | undefined): PricingTariffs['version'] {
  return (id) => (id === only?.id ? only : set.version(id));
}

/** Which tariff a call takes stays as it is; of that one tariff the one version prices every day. */
function inPlace(
  set: TariffSet,
  only: UsableVersion | undefined,
  call: ChoosableCall,
  day: LocalDay,
): ChosenVersion | undefined {
  const present = set.versionFor(call, day);
  const choice = (present ?? set.versionFor(call, LAST_DAY))?.choice;
  if (only === undefined || choice?.tariff !== String(only.tariffId)) return present;
  return { choice, version: only };
}

function chosen(version: UsableVersion | undefined): ChosenVersion | undefined {
  if (version === undefined) return undefined;
  return { choice: { tariff: String(version.tariffId), reason: 'default', value: '' }, version };
}
