/** Reads a tariff from a file: a price list (CSV or xlsx) or the interchange form (JSON). */
import { readFile } from 'node:fs/promises';
import type { LocalDay } from './model/time.ts';
import { decodeText, readTableFile } from './people/table-file.ts';
import { deckToTariff } from './rating/deck.ts';
import { parseStoredTariff } from './rating/parse-tariff.ts';
import type { StoredTariff, TariffProblem } from './rating/tariff.ts';
import { ALWAYS, type VersionInput } from './store/tariffs.ts';

export interface TariffFileProblem extends TariffProblem {
  /** Row of a price list, the heading being 1. */
  readonly rowNumber?: number;
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

export async function readTariffFile(bytes: Uint8Array, timeZone: string): Promise<TariffFileResult> {
  if (isJson(bytes)) return readJson(bytes);
  const [header, ...rows] = await readTableFile(bytes);
  if (header === undefined) return { unreadable: true };
  const names = header.cells.map((name) => name.toLowerCase());
  const records = rows.map(({ cells }) => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])));
  return deckToTariff(records, { timeZone });
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
