/** A site with calls of several days and months, a tariff with a second version, and re-rates of it. */
import { RerateWork } from '../../core/ingest/rerate-work.ts';
import type { StoredTariff } from '../../core/rating/tariff.ts';
import type { CallView } from '../../core/store/calls.ts';
import { ClosingStore } from '../../core/store/closings.ts';
import type { Database } from '../../core/store/database.ts';
import { type OnlyCalls, type Rerate, RerateStore } from '../../core/store/rerates.ts';
import { ALWAYS, TariffStore } from '../../core/store/tariffs.ts';
import { versionInputOf } from '../../core/tariff-file.ts';
import { openSite, panasonicLine, type Site } from '../ingest/site-fixture.ts';

export const NOW_MS = Date.parse('2026-12-01T02:00:00Z');
const MOBILE = '0912345678';
const LANDLINE = '02838250000';
const SWEDEN = '0046812345678';

/** Prices a minute by prefix; an absent prefix has no rate. */
export type Prices = Readonly<Record<string, string>>;

export function tariffOf(prices: Prices, more: Partial<StoredTariff> = {}): StoredTariff {
  return {
    currency: 'VND',
    decimals: 0,
    rounding: 'half-up',
    timeZone: 'Asia/Ho_Chi_Minh',
    rates: Object.entries(prices).map(([prefix, ratePerMinute]) => ({ prefix, name: `to ${prefix}`, ratePerMinute })),
    ...more,
  };
}

/** A call a day to three places in turn, by two telephones, in September, October and November. */
export function callLines(): string {
  const lines: string[] = [];
  for (const month of ['09', '10', '11']) {
    for (let i = 0; i < 24; i += 1) {
      const at = `${String(1 + i).padStart(2, '0')}/${month}/26 ${String(8 + (i % 10)).padStart(2, '0')}:15`;
      lines.push(
        panasonicLine({
          at,
          number: [MOBILE, LANDLINE, SWEDEN][i % 3] ?? '',
          extension: i % 2 === 0 ? '101' : '102',
          trunk: i % 4 === 0 ? '02' : '01',
          duration: `00:0${1 + (i % 8)}'${10 + i}`,
          account: i % 5 === 0 ? '4401' : '',
        }),
      );
    }
  }
  return lines.join('');
}

export interface RerateSite extends Site {
  readonly tariffId: number;
  readonly rerates: RerateStore;
  readonly work: RerateWork;
  /** Publishes another version from a day on. */
  publish(tariff: StoredTariff, effectiveFrom?: string): number;
  /** Works a re-rate out. */
  rate(only?: OnlyCalls, fromDay?: string, toDay?: string): Rerate;
  /** Works until nothing is left to do. */
  finish(): Rerate;
  apply(id: number): Rerate;
  takeBack(id: number): Rerate;
}

export const FIRST_PRICES: Prices = { '8491': '600', '8428': '300' };
/** Mobile dearer, Sweden new, the landline gone. */
export const OTHER_PRICES: Prices = { '8491': '750', '46': '3000' };

export function openRerateSite(lines = callLines()): RerateSite {
  const site = openSite({ hasTariff: false });
  const tariffs = new TariffStore(site.db);
  const { id: tariffId } = tariffs.add('Viettel', 0);
  tariffs.publish(tariffs.addDraft(tariffId, versionInputOf(tariffOf(FIRST_PRICES)), 0).id, ALWAYS, 'Hà', 0);
  tariffs.setDefault(tariffId);
  site.append(site.journal.openStream(site.sourceId, 'tcp'), lines, '2026-12-01T02:00:00Z');
  site.ingest.reload();
  site.ingest.readAll(site.sourceId);
  const rerates = new RerateStore(site.db);
  const work = new RerateWork(site.ingest, () => NOW_MS);
  const finish = (): Rerate => {
    let last: Rerate | undefined;
    for (;;) {
      const rerate = work.step({ maxCalls: 7 });
      if (rerate === undefined) break;
      last = rerate;
    }
    if (last === undefined) throw new Error('there was nothing to do');
    return last;
  };
  return {
    ...site,
    tariffId,
    rerates,
    work,
    publish(tariff, effectiveFrom = ALWAYS) {
      const draft = tariffs.addDraft(tariffId, versionInputOf(tariff), 1);
      tariffs.publish(draft.id, effectiveFrom, 'Hà', 1);
      site.ingest.reload();
      return draft.id;
    },
    rate(only = {}, fromDay = '2026-09-01', toDay = '2026-11-30') {
      rerates.start({ fromDay, toDay, only }, NOW_MS);
      return finish();
    },
    finish,
    apply(id) {
      rerates.apply(id, 'Hà', 'new price list', NOW_MS);
      return finish();
    },
    takeBack(id) {
      rerates.takeBack(id, 'Hà', 'was wrong', NOW_MS);
      return finish();
    },
  };
}

export function ratedWith(site: RerateSite, versionId: number): readonly CallView[] {
  return site.calls().filter(({ tariffVersionId, rating }) => rating === 'rated' && tariffVersionId === versionId);
}

/** Every value of these tables, in a fixed order. */
export function contentOf(db: Database, ...tables: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    tables.map((table) => {
      const columns = db.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[];
      return [
        table,
        db
          .prepare(`SELECT * FROM ${table} ORDER BY ${columns.join(', ')}`)
          .safeIntegers()
          .all(),
      ];
    }),
  );
}

/** The daily sums as they would be if they were added up from the calls just now. */
export function sumsOfCalls(db: Database): unknown {
  return db
    .prepare(
      `SELECT COALESCE(late_day, start_local_s / 86400) AS day, id >> 40 AS source_id, COALESCE(person_id, 0) AS person_id,
         COALESCE(department_id, 0) AS department_id, reason, direction, band, rating, COALESCE(currency, '') AS currency,
         COALESCE(is_answered, -1) AS is_answered, COUNT(*) AS calls, SUM(talk_s) AS talk_s,
         COALESCE(SUM(charge_micro), 0) AS charge_micro
       FROM calls GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`,
    )
    .safeIntegers()
    .all();
}

export function storedSums(db: Database): unknown {
  return db
    .prepare(
      'SELECT * FROM daily_sums ORDER BY day, source_id, person_id, department_id, reason, direction, band, rating, currency, is_answered',
    )
    .safeIntegers()
    .all();
}

export function closeMonth(db: Database, month: string): void {
  const nothing = { fingerprint: '', calls: 0, company: '', timeZone: '', quarantinedFrames: 0 };
  new ClosingStore(db).close({ ...nothing, month, atMs: NOW_MS, by: 'Hà', reason: '' });
}
