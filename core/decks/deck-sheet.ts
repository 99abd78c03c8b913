/** Price lists as they are written. */
import type { StoredRate } from '../rating/tariff.ts';
import type { Misfit } from './preset-price.ts';

export interface DeckSheet {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface MisfitRate {
  readonly index: number;
  readonly rate: StoredRate;
  /** Keys of the rate, or of the tariff, that the layout has no place for. */
  readonly reasons: readonly Misfit[];
}

export interface PresetSheet {
  readonly sheet: DeckSheet;
  readonly misfits: readonly MisfitRate[];
  /** Keys of the tariff beside its rates that the layout does not carry. */
  readonly lostTerms: readonly string[];
}
