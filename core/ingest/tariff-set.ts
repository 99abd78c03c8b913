/**
 * The tariffs that price calls just now: which one a call takes, and which of its versions held on the call's day. Published
 * versions never change, so what was compiled once is kept when people, settings or choices are read anew.
 */

import type { LocalDay } from '../model/time.ts';
import { type ChoosableCall, chooseTariff, type TariffChoice, type TariffChoices } from '../rating/choose-tariff.ts';
import { type CompiledTariff, compileTariff } from '../rating/compile.ts';
import { parseStoredTariff } from '../rating/parse-tariff.ts';
import type { Database } from '../store/database.ts';
import { type TariffChoiceKind, type TariffChoiceRow, TariffStore, type TariffVersionRow } from '../store/tariffs.ts';
import { SiteZone } from './site-zone.ts';

export interface UsableVersion {
  readonly id: number;
  readonly tariffId: number;
  readonly compiled: CompiledTariff;
  /** Zone of the tariff's own clock; undefined: that of the PBX. */
  readonly zone: SiteZone | undefined;
}

export interface ChosenVersion {
  readonly choice: TariffChoice;
  readonly version: UsableVersion;
}

/** Compiled versions by id, for as long as the program runs. Null: a definition that this program refuses. */
type VersionCache = Map<number, UsableVersion | null>;

/** One a database in each thread: a large price list takes a second and much memory to compile. */
const caches = new WeakMap<Database, VersionCache>();

function cacheOf(db: Database): VersionCache {
  const cache = caches.get(db) ?? new Map();
  caches.set(db, cache);
  return cache;
}

/** What booking asks of the tariffs. */
export type PricingTariffs = Pick<TariffSet, 'versionFor' | 'version'>;

export class TariffSet {
  readonly #tariffs: TariffStore;
  readonly #cache: VersionCache;
  readonly #choices: TariffChoices;
  readonly #published = new Map<number, readonly TariffVersionRow[]>();

  constructor(db: Database) {
    this.#tariffs = new TariffStore(db);
    this.#cache = cacheOf(db);
    this.#choices = choicesOf(this.#tariffs);
  }

  /** Undefined where no tariff is chosen for such a call, or none of its versions had begun on that day. */
  versionFor(call: ChoosableCall, day: LocalDay): ChosenVersion | undefined {
    const choice = chooseTariff(this.#choices, call);
    if (choice === undefined) return undefined;
    const version = this.versionOn(Number(choice.tariff), day);
    return version === undefined ? undefined : { choice, version };
  }

  /** The published version of a tariff that holds on a day. */
  versionOn(tariffId: number, day: LocalDay): UsableVersion | undefined {
    let versions = this.#published.get(tariffId);
    if (versions === undefined) {
      versions = this.#tariffs.published(tariffId);
      this.#published.set(tariffId, versions);
    }
    const row = versions.findLast(({ effectiveFrom }) => effectiveFrom <= day);
    return row === undefined ? undefined : this.version(row.id);
  }

  /** Any version by its id, also a draft or one that prices no more; undefined where there is none that this program can use. */
  version(id: number): UsableVersion | undefined {
    let version = this.#cache.get(id);
    if (version === undefined) {
      const row = this.#tariffs.version(id);
      version = (row === undefined ? undefined : this.#load(row)) ?? null;
      // A draft may change.
      if (row?.state === 'published') this.#cache.set(id, version);
    }
    return version ?? undefined;
  }

  #load({ id, tariffId }: TariffVersionRow): UsableVersion | undefined {
    const definition = this.#tariffs.definition(id);
    if (definition === undefined) return undefined;
    const parsed = parseStoredTariff(JSON.parse(definition));
    if (!('tariff' in parsed)) return undefined;
    const { tariff } = parsed;
    return {
      id,
      tariffId,
      // Without its name, which may change.
      compiled: compileTariff(tariff),
      zone: tariff.timeZone === undefined ? undefined : new SiteZone(tariff.timeZone),
    };
  }
}

function choicesOf(tariffs: TariffStore): TariffChoices {
  const rows = tariffs.choices();
  const table = (wanted: TariffChoiceKind): Record<string, string> =>
    Object.fromEntries(rows.filter(({ kind }) => kind === wanted).map((row) => [row.value, tariffText(row)]));
  const byGroup = table('trunk-group');
  const fallback = rows.find(({ kind }) => kind === 'default');
  return {
    accessCodes: table('access-code'),
    trunks: table('trunk'),
    trunkGroups: tariffs.trunkGroups().flatMap(({ name, trunks }) => {
      const tariff = byGroup[name];
      return tariff === undefined ? [] : [{ name, trunks, tariff }];
    }),
    sites: table('source'),
    ...(fallback === undefined ? {} : { default: tariffText(fallback) }),
  };
}

/** Tariffs are chosen by number: names may change. */
function tariffText({ tariffId }: TariffChoiceRow): string {
  return String(tariffId);
}
