/** Reads a tariff from a file: a price list (CSV or xlsx) or the interchange form (JSON). */
import { readFile } from 'node:fs/promises';
import type { DeckField } from './decks/deck-fields.ts';
import {
  DECK_SETTINGS,
  type DeckAnswers,
  type DeckProblemCode,
  type DeckReading,
  type DeckTable,
  isOpen,
} from './decks/deck-layout.ts';
import { guessLayout } from './decks/guess-layout.ts';
import { readDeck } from './decks/read-deck.ts';
import type { Translate } from './i18n/translate.ts';
import type { LocalDay } from './model/time.ts';
import { decodeText, readTableFile } from './people/table-file.ts';
import { parseStoredTariff } from './rating/parse-tariff.ts';
import { type StoredTariff, TARIFF_PROBLEM_CODES, type TariffProblemCode } from './rating/tariff.ts';
import { ALWAYS, type VersionInput } from './store/tariffs.ts';

export interface TariffFileProblem {
  /** Row of a price list. */
  readonly rowNumber?: number;
  /** Key of the tariff, heading of the column, or the setting that is open. */
  readonly path: string;
  readonly code: TariffProblemCode | DeckProblemCode | 'open';
  readonly values: Readonly<Record<string, string | number>>;
}

export type TariffFileResult =
  | { readonly tariff: StoredTariff }
  | { readonly problems: readonly TariffFileProblem[] }
  /** Neither a table nor JSON. */
  | { readonly unreadable: true };

function isJson(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => byte > 0x20 && byte < 0x80);
  return first === 0x7b || first === 0x5b;
}

function readJson(bytes: Uint8Array): TariffFileResult {
  let json: unknown;
  try {
    json = JSON.parse(decodeText(bytes));
  } catch {
    return { unreadable: true };
  }
  return parseStoredTariff(json);
}

const TABLE_LIMITS = {
  rowsLimit: 250_000,
  bytesLimit: 32 * 1024 * 1024,
  separators: [',', ';', '\t', '|', ':'],
  marksNumbers: true,
} as const;

/** Throws AppError `too-large` or `file-not-csv-or-xlsx`. */
export async function readDeckTable(fileName: string, bytes: Uint8Array): Promise<DeckTable> {
  return { fileName, rows: await readTableFile(bytes, TABLE_LIMITS) };
}

/** A list that leaves something open is refused here: it is asked where lists are imported in steps. */
const ANSWERS: DeckAnswers = { 'number-form': 'international' };
const HEADING_OF: Readonly<Partial<Record<DeckField, string>>> = { rate: 'rate_per_minute' };

function openProblems({ missing, settings }: DeckReading): readonly TariffFileProblem[] {
  const columns = missing.map((field) => HEADING_OF[field] ?? field);
  const open = settings.filter(({ reason }) => reason === 'open').map(({ setting }) => setting);
  return [
    ...columns.map((column) => ({ rowNumber: 1, path: column, code: 'column-missing' as const, values: { column } })),
    ...(columns.length > 0 ? [] : open.map((path) => ({ path, code: 'open' as const, values: {} }))),
  ];
}

async function readDeckFile(bytes: Uint8Array, timeZone: string): Promise<TariffFileResult> {
  const table = await readDeckTable('', bytes);
  if (table.rows.length === 0) return { unreadable: true };
  const guessed = guessLayout(table);
  const reading = readDeck([table], { ...guessed, answers: ANSWERS }, { home: { countryCode: '', trunkPrefix: '' } });
  if (isOpen(reading)) return { problems: openProblems(reading) };
  if (reading.problems.length > 0) {
    return { problems: reading.problems.map(({ column, ...problem }) => ({ ...problem, path: column })) };
  }
  const currency = reading.settings.find(({ setting }) => setting === 'currency')?.value ?? '';
  const tariff = { timeZone, ...reading.frame, currency, rates: reading.rates.map(({ rate }) => rate) };
  return parseStoredTariff(tariff);
}

export async function readTariffFile(bytes: Uint8Array, timeZone: string): Promise<TariffFileResult> {
  return isJson(bytes) ? readJson(bytes) : readDeckFile(bytes, timeZone);
}

function isTariffCode(code: TariffFileProblem['code']): code is TariffProblemCode {
  return (TARIFF_PROBLEM_CODES as readonly string[]).includes(code);
}

export function tariffFileMessage({ code, path, values }: TariffFileProblem, t: Translate): string {
  if (isTariffCode(code)) return t(`tariff.problem.${code}`, values);
  if (code !== 'open') return t(`deck.problem.${code}`, values);
  const setting = DECK_SETTINGS.find((name) => name === path);
  return t('deck.openHere', { question: setting === undefined ? path : t(`deck.setting.${setting}`) });
}

/** A tariff as a version is stored. */
export function versionInputOf(tariff: StoredTariff, effectiveFrom: LocalDay = ALWAYS, note = ''): VersionInput {
  const { currency, rates } = tariff;
  return { effectiveFrom, currency, rateCount: rates.length, definition: JSON.stringify(tariff), note };
}

/** Beside the TypeScript while developing, in dist/tariffs once bundled. */
function defaultDeckUrl(from: string): URL {
  return new URL(from.endsWith('.ts') ? './rating/tariffs/vietnam-2018.csv' : '../tariffs/vietnam-2018.csv', from);
}

export const DEFAULT_TARIFF_NAME = 'Việt Nam (Hà Nội, Viettel SIP trunk 2018)';

/** The price list that a new Tollbook starts with. */
export async function readDefaultTariff(timeZone: string): Promise<StoredTariff> {
  const result = await readTariffFile(await readFile(defaultDeckUrl(import.meta.url)), timeZone);
  if (!('tariff' in result)) throw new Error(`the default tariff cannot be read: ${JSON.stringify(result)}`);
  return result.tariff;
}
