/**
 * A version of a tariff as a table: in our own columns, which hold all of it, or in another program's layout, which may not
 * hold every rate. What does not fit is named and left out, never bent.
 */
import type { StoredRate, StoredTariff } from '../rating/tariff.ts';
import { CGRATES_TABLES, cgratesSheet } from './cgrates-export.ts';
import type { DeckField } from './deck-fields.ts';
import type { DeckHome } from './deck-layout.ts';
import { unmistakable } from './deck-numbers.ts';
import type { DeckSheet, MisfitRate, PresetSheet } from './deck-sheet.ts';
import { writeSteps, writeVolumes } from './deck-words.ts';
import { OWN_COLUMNS, SETTING_ROW } from './own-columns.ts';
import { EXPORTS, type PresetExport } from './preset-exports.ts';

const OWN_ID = 'tollbook';

const money = (text: string | undefined): string => (text === undefined ? '' : unmistakable(text));
const count = (value: number | undefined): string => (value === undefined ? '' : String(value));
const flag = (value: boolean | undefined): string => (value === true ? 'true' : '');

function ownCell(rate: StoredRate, field: DeckField, currency: string): string {
  switch (field) {
    case 'prefix':
      return rate.prefix === '' ? '*' : rate.prefix;
    case 'rate':
      return money(rate.ratePerMinute);
    case 'currency':
      return currency;
    case 'steps':
      return rate.steps === undefined ? '' : writeSteps(rate.steps);
    case 'volumePrices':
      return rate.volumePrices === undefined ? '' : writeVolumes(rate.volumePrices);
    case 'connectionCharge':
    case 'disconnectionCharge':
    case 'minimumCharge':
    case 'maximumCharge':
      return money(rate[field]);
    case 'initialSeconds':
    case 'incrementSeconds':
    case 'graceSeconds':
    case 'freeSeconds':
    case 'connectTimeSeconds':
    case 'minimumDigits':
    case 'maximumDigits':
      return count(rate[field]);
    case 'localOnly':
    case 'reject':
      return flag(rate[field]);
    case 'name':
    case 'nameVi':
    case 'category':
    case 'block':
    case 'period':
    case 'direction':
    case 'trunk':
    case 'accessCode':
    case 'originGroup':
    case 'volumeGroup':
    case 'effectiveFrom':
    case 'effectiveTo':
    case 'source':
      return rate[field] ?? '';
    default:
      throw new Error(`no column of ours holds ${field}`);
  }
}

/** Rates, then one row for each other key of the tariff. */
export function ownSheet(tariff: StoredTariff): DeckSheet {
  const headings = OWN_COLUMNS.map(({ heading }) => heading);
  const rates = tariff.rates.map((rate) => OWN_COLUMNS.map(({ field }) => ownCell(rate, field, tariff.currency)));
  const terms = Object.entries(tariff)
    .filter(([key, value]) => key !== 'rates' && value !== undefined)
    .map(([key, value]) => [SETTING_ROW, key, JSON.stringify(value), ...headings.slice(3).map(() => '')]);
  return { headings, rows: [...rates, ...terms] };
}

/** Said by every row, or by the place where the list is used. */
const SILENT_TERMS: ReadonlySet<string> = new Set(['rates', 'currency', 'timeZone']);

export function exportLayouts(): readonly string[] {
  return [OWN_ID, ...Object.keys(EXPORTS), ...CGRATES_TABLES];
}

/** Undefined: no layout of that name. */
export function presetSheet(tariff: StoredTariff, layout: string, home: DeckHome): PresetSheet | undefined {
  if (layout === OWN_ID) return { sheet: ownSheet(tariff), misfits: [], lostTerms: [] };
  const table = CGRATES_TABLES.find((name) => name === layout);
  if (table !== undefined) return cgratesSheet(tariff, table);
  const writer: PresetExport | undefined = Object.hasOwn(EXPORTS, layout) ? EXPORTS[layout] : undefined;
  if (writer === undefined) return undefined;
  const written: { readonly length: number; readonly cells: readonly string[] }[] = [];
  const misfits: MisfitRate[] = [];
  tariff.rates.forEach((rate, index) => {
    const cells = writer.write(rate, tariff, home);
    if ('misfits' in cells) misfits.push({ index, rate, reasons: cells.misfits });
    else written.push({ length: rate.prefix.length, cells });
  });
  if (writer.firstRowCounts === true) written.sort((a, b) => b.length - a.length);
  const lostTerms = Object.keys(tariff).filter((key) => !SILENT_TERMS.has(key));
  return { sheet: { headings: writer.headings, rows: written.map(({ cells }) => cells) }, misfits, lostTerms };
}
