/** From an uploaded price list to a previewed version: which version it is compared with, what comes of both. */
import { checkDeck, type DeckWarning } from '../decks/checks.ts';
import { type DeckLayout, type DeckProblem, type DeckReading, isOpen, type TariffFrame } from '../decks/deck-layout.ts';
import { compareDeck, type DeckMode } from '../decks/difference.ts';
import { readDeck } from '../decks/read-deck.ts';
import { numberingPlanOf } from '../ingest/numbering-files.ts';
import { AppError } from '../model/errors.ts';
import { type LocalDay, localSecondsOfDay } from '../model/time.ts';
import { dialPrefixesOf } from '../numbering/plan.ts';
import { parseStoredTariff } from '../rating/parse-tariff.ts';
import type { StoredRate, StoredTariff } from '../rating/tariff.ts';
import { type CalledNumber, calledNumbers } from '../store/called-numbers.ts';
import type { TariffVersionRow } from '../store/tariffs.ts';
import type { DeckSession, PreparedDeck } from './deck-sessions.ts';
import type { ApiParts } from './parts.ts';
import { siteToday } from './site-today.ts';
import { presentVersionOf } from './tariff-view.ts';

const TRAFFIC_DAYS = 90;
const SECONDS_PER_DAY = 86_400;

export interface PreviewWish {
  readonly layout: DeckLayout;
  readonly tariffId: number | null;
  readonly mode: DeckMode;
  readonly leaveOut: boolean;
  readonly effectiveFrom: LocalDay | null;
}

export interface Previewed {
  readonly prepared: PreparedDeck;
  readonly comparedWith: TariffVersionRow | undefined;
  readonly terms: readonly { readonly key: string; readonly before: string; readonly after: string }[];
  readonly warnings: readonly DeckWarning[];
  readonly problems: readonly DeckProblem[];
}

interface Base {
  readonly version: TariffVersionRow | undefined;
  readonly tariff: StoredTariff | undefined;
}

export class DeckImport {
  readonly #parts: ApiParts;

  constructor(parts: ApiParts) {
    this.#parts = parts;
  }

  /** The version that prices calls today, else the newest. Throws AppError `not-found`. */
  base(tariffId: number | null): Base {
    const { tariffs } = this.#parts;
    if (tariffId === null) return { version: undefined, tariff: undefined };
    if (tariffs.get(tariffId) === undefined) throw new AppError('not-found', { what: 'tariff', id: tariffId });
    const version =
      presentVersionOf(tariffs.published(tariffId), siteToday(this.#parts)) ?? tariffs.versions(tariffId)[0];
    const text = version === undefined ? undefined : tariffs.definition(version.id);
    return { version, tariff: text === undefined ? undefined : (JSON.parse(text) as StoredTariff) };
  }

  /** Without a layout the one that the file shows. */
  read(session: DeckSession, layout: DeckLayout | undefined, tariffId: number | null): DeckReading {
    return this.#read(session, layout, this.base(tariffId).tariff);
  }

  #read({ tables }: DeckSession, layout: DeckLayout | undefined, base: StoredTariff | undefined): DeckReading {
    const { settings, deps } = this.#parts;
    const { countryCode } = settings.get();
    const { plan } = numberingPlanOf(deps.dataFolder);
    return readDeck(tables, layout, {
      home: { countryCode, trunkPrefix: dialPrefixesOf(countryCode, plan).trunkPrefix },
      ...(base !== undefined && { currency: base.currency, base: frameOf(base) }),
    });
  }

  /** Throws AppError `import-has-errors` where something is open. */
  preview(session: DeckSession, wish: PreviewWish): Previewed {
    const base = this.base(wish.tariffId);
    const reading = this.#read(session, wish.layout, base.tariff);
    if (isOpen(reading)) throw new AppError('import-has-errors');
    const difference = compareDeck(base.tariff?.rates ?? [], reading.rates, wish.mode);
    const currency = reading.settings.find(({ setting }) => setting === 'currency')?.value ?? '';
    const tariff: StoredTariff = {
      ...(base.tariff === undefined ? { timeZone: this.#parts.settings.get().timeZone } : frameOf(base.tariff)),
      ...mergedFrame(base.tariff, reading.frame, wish.mode),
      currency,
      rates: difference.rates,
    };
    const ofWhole = wholeProblems(tariff, base.tariff, wish.mode);
    const isReady =
      ofWhole.length === 0 && reading.rates.length > 0 && (wish.leaveOut || reading.problems.length === 0);
    return {
      prepared: { tariffId: wish.tariffId, baseVersionId: base.version?.id ?? null, tariff, difference, isReady },
      comparedWith: base.version,
      terms: termChanges(base.tariff, tariff),
      warnings: this.#warnings(
        tariff,
        reading,
        difference.changes.flatMap(({ kind, after }) =>
          (kind === 'added' || kind === 'changed') && after !== null ? [after] : [],
        ),
        wish.effectiveFrom,
      ),
      problems: [...ofWhole, ...reading.problems],
    };
  }

  #warnings(
    tariff: StoredTariff,
    reading: DeckReading,
    news: readonly StoredRate[],
    effectiveFrom: LocalDay | null,
  ): readonly DeckWarning[] {
    return this.check(tariff, {
      rowNumberOf: new Map(reading.rates.map(({ rate, rowNumber }) => [rate, rowNumber])),
      newRates: new Set(news),
      ...(effectiveFrom !== null && { effectiveFrom }),
    });
  }

  /** Checks of any version, a stored one or one that is previewed. */
  check(
    tariff: StoredTariff,
    more: {
      readonly rowNumberOf?: ReadonlyMap<StoredRate, number>;
      readonly newRates?: ReadonlySet<StoredRate>;
      readonly effectiveFrom?: LocalDay;
    } = {},
  ): readonly DeckWarning[] {
    const { settings, deps } = this.#parts;
    const today = siteToday(this.#parts);
    return checkDeck({
      tariff,
      plan: numberingPlanOf(deps.dataFolder).plan,
      homeCountryCode: settings.get().countryCode,
      today,
      traffic: this.#traffic(today),
      ...more,
    });
  }

  #traffic(today: LocalDay): readonly CalledNumber[] {
    const midnight = localSecondsOfDay(today) ?? 0;
    return calledNumbers(this.#parts.deps.db, midnight - TRAFFIC_DAYS * SECONDS_PER_DAY);
  }

  /** Throws AppError `import-expired` where the tariff has another present version by now. */
  stillHolds({ tariffId, baseVersionId }: PreparedDeck): void {
    if ((this.base(tariffId).version?.id ?? null) !== baseVersionId) throw new AppError('import-expired');
  }
}

function frameOf({ rates: _rates, ...frame }: StoredTariff): TariffFrame {
  return frame;
}

/** Of periods and area groups a list that only adds keeps those it does not name. */
function mergedFrame(base: StoredTariff | undefined, frame: TariffFrame, mode: DeckMode): TariffFrame {
  if (mode === 'replace' || base === undefined) return frame;
  return {
    ...frame,
    ...(frame.periods !== undefined && { periods: byName(frame.periods, base.periods ?? []) }),
    ...(frame.areaGroups !== undefined && { areaGroups: byName(frame.areaGroups, base.areaGroups ?? []) }),
  };
}

function byName<T extends { readonly name: string }>(news: readonly T[], before: readonly T[]): readonly T[] {
  const names = new Set(news.map(({ name }) => name));
  return [...news, ...before.filter(({ name }) => !names.has(name))];
}

/** What is wrong with the version as a whole: rates that stay and the terms that the list brings may not fit each other. */
function wholeProblems(tariff: StoredTariff, base: StoredTariff | undefined, mode: DeckMode): readonly DeckProblem[] {
  const problems: DeckProblem[] = [];
  if (mode === 'update' && base !== undefined && base.currency !== tariff.currency) {
    const values = { value: tariff.currency, currency: base.currency };
    problems.push({ rowNumber: 0, column: 'currency', code: 'currency-differs', values });
  }
  const parsed = parseStoredTariff(tariff);
  if (!('problems' in parsed)) return problems;
  return [
    ...problems,
    ...parsed.problems.map(({ path, code, values }) => ({ rowNumber: 0, column: path, code, values })),
  ];
}

function termChanges(before: StoredTariff | undefined, after: StoredTariff): Previewed['terms'] {
  if (before === undefined) return [];
  const [old, now] = [frameOf(before), frameOf(after)] as const;
  const keys = new Set([...Object.keys(old), ...Object.keys(now)]) as Set<keyof TariffFrame>;
  return [...keys].flatMap((key) => {
    const [a, b] = [JSON.stringify(old[key]) ?? '', JSON.stringify(now[key]) ?? ''];
    return a === b ? [] : [{ key, before: a.slice(0, 400), after: b.slice(0, 400) }];
  });
}
