/** Changes of a draft's definition, which may hold what cannot be published yet. */
import { AppError } from '../model/errors.ts';
import type { VersionInput } from '../store/tariffs.ts';
import type { DraftChange, TariffRate, TariffTerms } from './contract.ts';

export interface Definition extends TariffTerms {
  readonly rates: readonly TariffRate[];
}

export function emptyDefinition(currency: string, timeZone: string): Definition {
  return { currency, timeZone, rates: [] };
}

/** Stored definitions are objects with a list of rates: nothing else is stored. */
export function readDefinition(text: string): Definition {
  const definition: Definition = JSON.parse(text);
  return definition;
}

export function termsOf({ rates: _rates, ...terms }: Definition): TariffTerms {
  return terms;
}

type RateChanges = NonNullable<DraftChange['rates']>;

/** Indexes are those of `rates`. Throws AppError `not-found` for one that is none. */
export function changeRates(rates: readonly TariffRate[], { change, remove, add }: RateChanges): readonly TariffRate[] {
  const indexes = [...change.map(({ index }) => index), ...remove, ...add.flatMap(({ before }) => before ?? [])];
  const wrong = indexes.find((index) => index >= rates.length);
  if (wrong !== undefined) throw new AppError('not-found', { what: 'rate', id: wrong });
  const changed = new Map(change.map(({ index, rate }) => [index, rate]));
  const removed = new Set(remove);
  const added = Map.groupBy(add, ({ before }) => before ?? rates.length);
  const addedAt = (index: number): readonly TariffRate[] => added.get(index)?.map(({ rate }) => rate) ?? [];
  const kept = rates.flatMap((rate, index) => [
    ...addedAt(index),
    ...(removed.has(index) ? [] : [changed.get(index) ?? rate]),
  ]);
  return [...kept, ...addedAt(rates.length)];
}

type Stored = Pick<VersionInput, 'effectiveFrom' | 'note'>;

export function draftInput(definition: Definition, { effectiveFrom, note }: Stored): VersionInput {
  const { currency, rates } = definition;
  return { effectiveFrom, currency, rateCount: rates.length, definition: JSON.stringify(definition), note };
}
