/** A first layout of a file: a known program's by its headings, else each column by its heading and its cells. */
import { type DeckField, SHARED_FIELDS } from './deck-fields.ts';
import type { DeckLayout, DeckRow, DeckTable } from './deck-layout.ts';
import { meaningOf } from './headings.ts';
import { columnsOf, type DeckPreset, PRESETS, presetOf, presetOfHeadings } from './presets.ts';

/** Titles and notes may stand above the headings. */
const LOOKED_AT = 20;
const PROBED_ROWS = 50;

const PREFIX_CELL = /^[+*(]?\d[\d\s+,;|–()-]*$/;
const NUMBER_CELL = /^\D{0,4}\d[\d.,' ]*\D{0,4}$/;

function share(rows: readonly DeckRow[], column: number, form: RegExp): number {
  const cells = rows.map(({ cells }) => cells[column] ?? '').filter((text) => text !== '');
  return cells.length === 0 ? 0 : cells.filter((text) => form.test(text)).length / cells.length;
}

function fits(field: DeckField, rows: readonly DeckRow[], column: number): boolean {
  if (field === 'prefix') return share(rows, column, PREFIX_CELL) > 0.6;
  return field !== 'rate' || share(rows, column, NUMBER_CELL) > 0.6;
}

/** Of two columns that may hold the price neither is taken: a person says which. */
function columnsByMeaning(headings: readonly string[], rows: readonly DeckRow[]): readonly (DeckField | null)[] {
  const found = headings.map((heading, column) => {
    const field = meaningOf(heading)?.field;
    return field !== undefined && fits(field, rows, column) ? field : null;
  });
  const hasTwoPrices = found.filter((field) => field === 'rate').length > 1;
  return found.map((field, column) => {
    if (field === null || (field === 'rate' && hasTwoPrices)) return null;
    return SHARED_FIELDS.has(field) || found.indexOf(field) === column ? field : null;
  });
}

function meaningfulCells(row: DeckRow): number {
  const words = row.cells.filter((cell) => cell !== '');
  const isText = words.filter((cell) => /\p{L}{2}/u.test(cell)).length * 2 > words.length;
  const meanings = new Set(row.cells.map((cell) => meaningOf(cell)?.field).filter((field) => field !== undefined));
  return isText && (meanings.has('prefix') || meanings.has('rate')) ? meanings.size : 0;
}

function withoutHeadings(rows: readonly DeckRow[]): readonly (DeckField | null)[] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const columns: (DeckField | null)[] = Array.from({ length: width }, () => null);
  const indexes = columns.map((_, column) => column);
  const prefix = indexes.find((column) => share(rows, column, PREFIX_CELL) > 0.9);
  const name = indexes.find((column) => share(rows, column, /\p{L}{2}/u) > 0.6);
  const prices = indexes.filter((column) => column !== prefix && share(rows, column, NUMBER_CELL) > 0.9);
  if (prefix !== undefined) columns[prefix] = 'prefix';
  if (name !== undefined) columns[name] = 'name';
  const [price] = prices;
  if (prices.length === 1 && price !== undefined) columns[price] = 'rate';
  return columns;
}

/** A file without headings whose columns are those of a program that writes such files. */
function presetWithoutHeadings(rows: readonly DeckRow[]): DeckPreset | undefined {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return PRESETS.find(({ withoutHeadings: fields }) => {
    if (fields === undefined || fields.length !== width) return false;
    return fields.every((field, column) => {
      if (field === 'prefix') return share(rows, column, PREFIX_CELL) > 0.9;
      return field === 'name' ? share(rows, column, /\p{L}{2}/u) > 0.9 : share(rows, column, NUMBER_CELL) > 0.9;
    });
  });
}

export function guessLayout(table: DeckTable): DeckLayout {
  const head = table.rows.slice(0, LOOKED_AT);
  let best: { readonly at: number; readonly score: number } | undefined;
  for (const [at, row] of head.entries()) {
    const preset = presetOfHeadings(row.cells);
    if (preset !== undefined) {
      return {
        preset: preset.id,
        headingRow: row.rowNumber,
        columns: columnsOf(preset, row.cells),
        answers: {},
      };
    }
    const score = meaningfulCells(row);
    if (score >= 2 && score > (best?.score ?? 0)) best = { at, score };
  }
  const headings = best === undefined ? undefined : head[best.at];
  if (best !== undefined && headings !== undefined) {
    const rows = table.rows.slice(best.at + 1, best.at + 1 + PROBED_ROWS);
    const columns = columnsByMeaning(headings.cells, rows);
    return { preset: null, headingRow: headings.rowNumber, columns, answers: {} };
  }
  const rows = table.rows.slice(0, PROBED_ROWS);
  const preset = presetWithoutHeadings(rows);
  const columns = preset?.withoutHeadings ?? withoutHeadings(rows);
  return { preset: preset?.id ?? null, headingRow: null, columns, answers: {} };
}

/** A layout by its name, or columns by their headings, for the row that holds the headings. */
export function layoutBy(table: DeckTable, wish: Omit<DeckLayout, 'columns'>): DeckLayout {
  const at = table.rows.findIndex(({ rowNumber }) => rowNumber === wish.headingRow);
  const headings = table.rows[at]?.cells ?? [];
  const below = table.rows.slice(at + 1, at + 1 + PROBED_ROWS);
  const preset = presetOf(wish.preset);
  if (preset === undefined) {
    return { ...wish, columns: at < 0 ? withoutHeadings(below) : columnsByMeaning(headings, below) };
  }
  const byHeadings = columnsOf(preset, headings);
  const isKnown = byHeadings.some((field) => field !== null);
  return { ...wish, columns: isKnown ? byHeadings : (preset.withoutHeadings ?? byHeadings) };
}
