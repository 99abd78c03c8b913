/** How a price list is to be read: its columns, and the answers to what its cells leave open. */
import type { StoredRate, StoredTariff, TariffProblem } from '../rating/tariff.ts';
import type { DeckField } from './deck-fields.ts';

export interface DeckRow {
  /** 1 is the first line of the file. */
  readonly rowNumber: number;
  readonly cells: readonly string[];
  /** Cells that a workbook holds as numbers: their text has no thousands and a point. */
  readonly numberCells?: ReadonlySet<number>;
}

export interface DeckTable {
  readonly fileName: string;
  readonly rows: readonly DeckRow[];
}

/**
 * decimal-mark: `point`, `comma`. date-order: `DMY`, `MDY`, `YMD`. last-day: `included`, `excluded`. price-unit: seconds that
 * the price is for, or `increment`. number-form: `international`, `dialled`. blocks: `60/6`. block-style: as in a rate.
 * currency: ISO 4217. rate-plan: name of one plan of the file.
 */
export const DECK_SETTINGS = [
  'decimal-mark',
  'date-order',
  'last-day',
  'price-unit',
  'number-form',
  'blocks',
  'block-style',
  'currency',
  'rate-plan',
] as const;
export type DeckSetting = (typeof DECK_SETTINGS)[number];
export type DeckAnswers = Readonly<Partial<Record<DeckSetting, string>>>;

export interface DeckLayout {
  /** Name of a built-in layout; null for columns chosen by hand. */
  readonly preset: string | null;
  /** Row number of the headings; null where the file has none. */
  readonly headingRow: number | null;
  /** Meaning of each column; null: not read. */
  readonly columns: readonly (DeckField | null)[];
  readonly answers: DeckAnswers;
}

/** One cell as an answer would read it. `read` is empty where it could not be read so. */
export interface DeckSample {
  readonly rowNumber: number;
  readonly text: string;
  readonly read: string;
}

export interface DeckChoice {
  readonly value: string;
  readonly samples: readonly DeckSample[];
}

export const SETTING_REASONS = ['answered', 'layout', 'cells', 'open', 'not-needed'] as const;
/** Where the value comes from; `open`: nobody knows, so it is asked. */
export type SettingReason = (typeof SETTING_REASONS)[number];

export interface SettingState {
  readonly setting: DeckSetting;
  readonly reason: SettingReason;
  readonly value: string | null;
  /** Empty: any text of the right form. */
  readonly choices: readonly DeckChoice[];
}

export const DECK_PROBLEMS = [
  'prefix-missing',
  'prefix-unclear',
  'prefix-national',
  'price-missing',
  'number-unclear',
  'date-unclear',
  'seconds-unclear',
  'blocks-unclear',
  'steps-unclear',
  'choice-unclear',
  'time-unclear',
  'unheld',
  'unit-unclear',
  'currency-differs',
  'table-missing',
  'reference-missing',
  'settings-unclear',
] as const;
export type DeckProblemCode = (typeof DECK_PROBLEMS)[number];

export interface DeckProblem {
  readonly rowNumber: number;
  /** Heading of the cell's column, or its number; empty for a whole row. */
  readonly column: string;
  readonly code: DeckProblemCode | TariffProblem['code'];
  readonly values: Readonly<Record<string, string | number>>;
}

export interface ReadRate {
  readonly rowNumber: number;
  readonly rate: StoredRate;
}

/** Everything of a tariff but its rates, as far as a file says it. */
export type TariffFrame = Omit<Partial<StoredTariff>, 'rates'>;

/** The numbering of the site whose calls are priced. */
export interface DeckHome {
  readonly countryCode: string;
  readonly trunkPrefix: string;
}

export interface DeckReading {
  readonly layout: DeckLayout;
  readonly headings: readonly string[];
  readonly settings: readonly SettingState[];
  /** Fields without which there is no rate, and which no column has. */
  readonly missing: readonly DeckField[];
  readonly rates: readonly ReadRate[];
  readonly problems: readonly DeckProblem[];
  /** Rows that hold neither a prefix nor a price: titles, notes. */
  readonly skippedRows: readonly number[];
  /** Headings of columns that hold something and are not read. */
  readonly unreadColumns: readonly string[];
  readonly frame: TariffFrame;
  /** Rows that stand behind a shorter prefix in a list of which the first row that fits counts. */
  readonly shadowedRows: readonly { readonly rowNumber: number; readonly byRow: number }[];
}

export function isOpen(reading: DeckReading): boolean {
  return reading.missing.length > 0 || reading.settings.some(({ reason }) => reason === 'open');
}
