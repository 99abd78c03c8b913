/**
 * CGRateS keeps a price list in several tables: Destinations (prefixes), DestinationRates (destination -> rate, rounding,
 * greatest cost), Rates (steps), RatingPlans (which of them at which time) and Timings. They are joined into one table in
 * our own columns, which is then read like any other.
 */
import type { TariffPeriod } from '../rating/tariff.ts';
import type { DeckProblem, DeckProblemCode, DeckRow, DeckTable } from './deck-layout.ts';
import { readDays, readSeconds, writeSteps } from './deck-words.ts';
import { headingWords } from './headings.ts';
import { SETTING_ROW } from './own-columns.ts';
import { type DaySpan, type TimeWindow, withPeriods } from './time-windows.ts';

type Kind = 'rates' | 'destinationRates' | 'timings' | 'ratingPlans' | 'destinations';

/** Headings that only this table has. */
const KINDS: readonly { readonly kind: Kind; readonly needs: readonly string[] }[] = [
  { kind: 'rates', needs: ['id', 'rate', 'rate unit', 'rate increment'] },
  { kind: 'destinationRates', needs: ['id', 'destination id', 'rates tag'] },
  { kind: 'timings', needs: ['tag', 'week days', 'time'] },
  { kind: 'ratingPlans', needs: ['id', 'destination rates id', 'timing tag'] },
  { kind: 'destinations', needs: ['id', 'prefix'] },
];

interface Row {
  readonly rowNumber: number;
  readonly cell: Readonly<Record<string, string>>;
}

type Tables = Readonly<Partial<Record<Kind, readonly Row[]>>>;

function kindOf(table: DeckTable): Kind | undefined {
  const words = new Set((table.rows[0]?.cells ?? []).map(headingWords));
  const fits = KINDS.find(({ needs }) => needs.every((name) => words.has(name)));
  return fits?.kind === 'destinations' && words.size > 2 ? undefined : fits?.kind;
}

/** A destination list alone may be anybody's; each of the other tables is theirs alone. */
export function isCgrates(tables: readonly DeckTable[]): boolean {
  return tables.some((table) => (kindOf(table) ?? 'destinations') !== 'destinations');
}

function rowsOf(table: DeckTable): readonly Row[] {
  const [heading, ...rows] = table.rows;
  const names = (heading?.cells ?? []).map(headingWords);
  return rows.map(({ rowNumber, cells }: DeckRow) => ({
    rowNumber,
    cell: Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])),
  }));
}

function byText(rows: readonly Row[], column: string): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = row.cell[column] ?? '';
    const same = found.get(key);
    if (same === undefined) found.set(key, [row]);
    else same.push(row);
  }
  return found;
}

export interface Joined {
  readonly table: DeckTable;
  readonly problems: readonly DeckProblem[];
  /** Plans of the file; several: one must be chosen. */
  readonly plans: readonly string[];
  readonly plan: string | undefined;
}

const HEADINGS = ['prefix', 'destination_en', 'steps', 'connection_charge', 'maximum_charge', 'period'] as const;
const ANY_TIME: ReadonlySet<string> = new Set(['', '*any', '*all', '*always']);
const ROUNDINGS: ReadonlyMap<string, string> = new Map([
  ['*up', 'up'],
  ['*down', 'down'],
  ['*middle', 'half-up'],
]);

class Join {
  readonly problems: DeckProblem[] = [];
  readonly #tables: Tables;
  readonly #rates: ReadonlyMap<string, readonly Row[]>;
  readonly #destinations: ReadonlyMap<string, readonly Row[]>;
  readonly #windows: ReadonlyMap<string, TimeWindow | undefined>;

  constructor(tables: Tables) {
    this.#tables = tables;
    this.#rates = byText(tables.rates ?? [], 'id');
    this.#destinations = byText(tables.destinations ?? [], 'id');
    this.#windows = this.#timeWindows(tables.timings ?? []);
  }

  fail(rowNumber: number, column: string, code: DeckProblemCode, value: string): void {
    this.problems.push({ rowNumber, column, code, values: { value } });
  }

  /** Times of a day hold until the next one that begins on the same weekday. */
  #timeWindows(timings: readonly Row[]): ReadonlyMap<string, TimeWindow | undefined> {
    const starts: { readonly name: string; readonly day: number; readonly from: number }[] = [];
    const windows = new Map<string, TimeWindow | undefined>();
    for (const { rowNumber, cell } of timings) {
      const name = cell['tag'] ?? '';
      const dated = ['years', 'months', 'month days'].find((column) => !ANY_TIME.has(cell[column] ?? ''));
      if (dated !== undefined) this.fail(rowNumber, dated, 'unheld', cell[dated] ?? '');
      const days = readDays(cell['week days'] ?? '');
      const from = ANY_TIME.has(cell['time'] ?? '') ? 0 : readSeconds(cell['time'] ?? '');
      if (days === undefined || from === undefined) this.fail(rowNumber, 'time', 'time-unclear', cell['time'] ?? '');
      else starts.push(...days.map((day) => ({ name, day, from })));
    }
    for (const { name } of starts) {
      const spans = starts
        .filter((start) => start.name === name)
        .map(({ day, from }): DaySpan => {
          const later = starts.filter((other) => other.day === day && other.from > from).map((other) => other.from);
          return { day, from, to: Math.min(86_400, ...later) };
        });
      const isWeek = spans.length === 7 && spans.every(({ from, to }) => from === 0 && to === 86_400);
      windows.set(name, isWeek ? undefined : { name, spans });
    }
    return windows;
  }

  /** Destination rates of a plan with the time they hold at; the heavier of two for one destination and time. */
  *planned(plan: string | undefined): Generator<{ readonly row: Row; readonly timing: string }> {
    const byId = byText(this.#tables.destinationRates ?? [], 'id');
    const plans = (this.#tables.ratingPlans ?? []).filter(({ cell }) => plan === undefined || cell['id'] === plan);
    if (this.#tables.ratingPlans === undefined) {
      for (const row of byId.get(plan ?? '') ?? []) yield { row, timing: '' };
      return;
    }
    const taken = new Set<string>();
    for (const { rowNumber, cell } of [...plans].sort((a, b) => weightOf(b) - weightOf(a))) {
      const rows = byId.get(cell['destination rates id'] ?? '');
      if (rows === undefined)
        this.fail(rowNumber, 'DestinationRatesId', 'reference-missing', cell['destination rates id'] ?? '');
      const timing = cell['timing tag'] ?? '';
      for (const row of rows ?? []) {
        const key = `${row.cell['destination id']}|${timing}`;
        if (!taken.has(key)) yield { row, timing };
        taken.add(key);
      }
    }
  }

  window(rowNumber: number, timing: string): TimeWindow | undefined {
    if (ANY_TIME.has(timing)) return undefined;
    if (!this.#windows.has(timing)) this.fail(rowNumber, 'TimingTag', 'reference-missing', timing);
    return this.#windows.get(timing);
  }

  prefixes({ rowNumber, cell }: Row): readonly Row[] {
    const id = cell['destination id'] ?? '';
    if (id === '*any') return [{ rowNumber, cell: { id, prefix: '*' } }];
    const found = this.#destinations.get(id);
    if (found === undefined) this.fail(rowNumber, 'DestinationId', 'reference-missing', id);
    return found ?? [];
  }

  price({ rowNumber, cell }: Row): { readonly steps: string; readonly connection: string } | undefined {
    const tag = cell['rates tag'] ?? '';
    const slots = this.#rates.get(tag);
    if (slots === undefined) {
      this.fail(rowNumber, 'RatesTag', 'reference-missing', tag);
      return undefined;
    }
    const steps = slots.map(({ cell: slot }) => ({
      fromSecond: readSeconds(slot['group interval start'] || '0') ?? Number.NaN,
      price: slot['rate'] ?? '',
      perSeconds: readSeconds(slot['rate unit'] ?? '') ?? Number.NaN,
      incrementSeconds: readSeconds(slot['rate increment'] ?? '') ?? Number.NaN,
    }));
    if (steps.some((step) => Number.isNaN(step.fromSecond + step.perSeconds + step.incrementSeconds))) {
      this.fail(rowNumber, 'RatesTag', 'steps-unclear', tag);
      return undefined;
    }
    return { steps: writeSteps(steps), connection: slots[0]?.cell['connect fee'] ?? '' };
  }

  /** Rounding is of the whole tariff here: rows that differ from the first cannot be held. */
  rounding(rows: readonly Row[]): Readonly<Record<string, unknown>> {
    const textOf = ({ cell }: Row): string => `${cell['rounding method'] ?? ''} ${cell['rounding decimals'] ?? ''}`;
    const [first] = rows;
    if (first === undefined) return {};
    for (const row of rows) {
      if (textOf(row) !== textOf(first)) this.fail(row.rowNumber, 'RoundingDecimals', 'unheld', textOf(row));
    }
    const rounding = ROUNDINGS.get(first.cell['rounding method'] ?? '');
    const decimals = readSeconds(first.cell['rounding decimals'] ?? '');
    return { ...(rounding !== undefined && { rounding }), ...(decimals !== undefined && { decimals }) };
  }
}

function weightOf({ cell }: Row): number {
  return Number(cell['weight'] ?? '0') || 0;
}

function limitOf({ cell }: Row): string {
  const limit = cell['max cost'] ?? '';
  return /^0*(?:\.0*)?$/.test(limit) ? '' : limit;
}

export function joinCgrates(files: readonly DeckTable[], chosenPlan: string | undefined): Joined {
  const tables: Partial<Record<Kind, Row[]>> = {};
  for (const file of files) {
    const kind = kindOf(file);
    if (kind !== undefined) tables[kind] = [...(tables[kind] ?? []), ...rowsOf(file)];
  }
  const join = new Join(tables);
  for (const kind of ['rates', 'destinationRates', 'destinations'] as const) {
    if (tables[kind] === undefined) join.fail(0, '', 'table-missing', TABLE_NAMES[kind]);
  }
  const ids = (tables.ratingPlans ?? tables.destinationRates ?? []).map(({ cell }) => cell['id'] ?? '');
  const plans = [...new Set(ids)];
  const plan = plans.length === 1 ? plans[0] : plans.find((name) => name === chosenPlan);
  const rows = plan === undefined ? [] : [...join.planned(plan)];
  const windowed = rows.flatMap(({ row, timing }) => {
    const window = join.window(row.rowNumber, timing);
    const price = join.price(row);
    if (price === undefined) return [];
    return join.prefixes(row).map((prefix) => ({ item: { row, prefix, price }, rate: { prefix: '' }, window }));
  });
  const { periods, rates } = withPeriods(windowed);
  const frame = {
    ...(periods.length > 0 && { periods: periods satisfies readonly TariffPeriod[] }),
    ...join.rounding(rows.map(({ row }) => row)),
  };
  const body = rates.map(({ item: { row, prefix, price }, rate }) => ({
    rowNumber: prefix.rowNumber,
    cells: [
      prefix.cell['prefix'] ?? '',
      prefix.cell['id'] ?? '',
      price.steps,
      price.connection,
      limitOf(row),
      rate.period ?? '',
    ],
  }));
  const settings = Object.entries(frame).map(([key, value]) => ({
    rowNumber: 0,
    cells: [SETTING_ROW, key, JSON.stringify(value)],
  }));
  const table = { fileName: files[0]?.fileName ?? '', rows: [{ rowNumber: 0, cells: HEADINGS }, ...body, ...settings] };
  return { table, problems: join.problems, plans, plan };
}

const TABLE_NAMES: Readonly<Record<'rates' | 'destinationRates' | 'destinations', string>> = {
  rates: 'Rates.csv',
  destinationRates: 'DestinationRates.csv',
  destinations: 'Destinations.csv',
};
