/** A price list's tables and layout -> rates, with everything that is open or could not be read. */
import { parseStoredTariff } from '../rating/parse-tariff.ts';
import type { AreaGroup, Block, StoredTariff, TariffProblem } from '../rating/tariff.ts';
import { isCgrates, joinCgrates } from './cgrates.ts';
import type { DateOrder } from './deck-dates.ts';
import type { DeckField } from './deck-fields.ts';
import {
  DECK_SETTINGS,
  type DeckAnswers,
  type DeckHome,
  type DeckLayout,
  type DeckProblem,
  type DeckReading,
  type DeckRow,
  type DeckSetting,
  type DeckTable,
  type ReadRate,
  type SettingState,
  type TariffFrame,
} from './deck-layout.ts';
import { readBlocks } from './deck-words.ts';
import { guessLayout, layoutBy } from './guess-layout.ts';
import { headingWords } from './headings.ts';
import { SETTING_ROW } from './own-columns.ts';
import { CGRATES_ID, type DeckPreset, presetOf } from './presets.ts';
import { type RowFacts, type RowRate, RowReader } from './row-reader.ts';
import { SettingFinder } from './settle-settings.ts';
import { shadowedRows } from './shadowed-rows.ts';
import { type Windowed, withPeriods } from './time-windows.ts';

export interface ReadOptions {
  readonly home: DeckHome;
  /** Currency of the tariff that the deck is for; absent: the deck must say it. */
  readonly currency?: string;
  /** What the tariff has beside its rates, for periods and area groups that the deck names. */
  readonly base?: TariffFrame;
}

/** Without a layout the file's own is guessed; one without columns gets them from its name and the headings. */
export function readDeck(
  tables: readonly DeckTable[],
  layout: DeckLayout | undefined,
  options: ReadOptions,
): DeckReading {
  if (layout?.preset === CGRATES_ID || (layout === undefined && isCgrates(tables))) {
    return readCgrates(tables, layout?.answers ?? {}, options);
  }
  const table = tables[0] ?? { fileName: '', rows: [] };
  const asked = layout !== undefined && layout.columns.length === 0 ? layoutBy(table, layout) : layout;
  return readTable(table, asked ?? guessLayout(table), options);
}

function readCgrates(tables: readonly DeckTable[], answers: DeckAnswers, options: ReadOptions): DeckReading {
  const joined = joinCgrates(tables, answers['rate-plan']);
  const reading = readTable(joined.table, { ...guessLayout(joined.table), answers }, options);
  const plan: SettingState = {
    setting: 'rate-plan',
    reason: joined.plans.length < 2 ? 'not-needed' : joined.plan === undefined ? 'open' : 'answered',
    value: joined.plan ?? null,
    choices: joined.plans.map((value) => ({ value, samples: [] })),
  };
  return {
    ...reading,
    layout: { ...reading.layout, preset: CGRATES_ID },
    settings: reading.settings.map((state) => (state.setting === 'rate-plan' ? plan : state)),
    problems: [...joined.problems, ...reading.problems],
    unreadColumns: [],
  };
}

interface Body {
  readonly headings: readonly string[];
  readonly rows: readonly DeckRow[];
  readonly frameRows: readonly DeckRow[];
}

function bodyOf(table: DeckTable, layout: DeckLayout): Body {
  const at = table.rows.findIndex(({ rowNumber }) => rowNumber === layout.headingRow);
  const below = at < 0 ? table.rows : table.rows.slice(at + 1);
  const isFrame = ({ cells }: DeckRow): boolean => cells[0] === SETTING_ROW;
  return {
    headings: table.rows[at]?.cells ?? [],
    rows: below.filter((row) => !isFrame(row)),
    frameRows: below.filter(isFrame),
  };
}

function readFrame(rows: readonly DeckRow[], problems: DeckProblem[]): TariffFrame {
  const terms = new Map<string, unknown>();
  for (const { rowNumber, cells } of rows) {
    const [, key = '', text = ''] = cells;
    try {
      terms.set(key, JSON.parse(text) as unknown);
    } catch {
      problems.push({ rowNumber, column: key, code: 'settings-unclear', values: { value: text.slice(0, 60) } });
    }
  }
  terms.delete('rates');
  return Object.fromEntries(terms) as TariffFrame;
}

const PRICE_FIELDS: ReadonlySet<DeckField> = new Set<DeckField>(['rate', 'steps', 'connectionCharge']);

function missingFields(columns: readonly (DeckField | null)[]): DeckField[] {
  const missing: DeckField[] = columns.includes('prefix') ? [] : ['prefix'];
  if (!columns.some((field) => field !== null && PRICE_FIELDS.has(field))) missing.push('rate');
  return missing;
}

function unreadColumns(
  { headings, rows }: Body,
  layout: DeckLayout,
  preset: DeckPreset | undefined,
): readonly string[] {
  const isKnown = (heading: string): boolean =>
    preset !== undefined && Object.hasOwn(preset.headings, headingWords(heading));
  const width = Math.max(headings.length, ...rows.slice(0, 100).map(({ cells }) => cells.length));
  return Array.from({ length: width }, (_, i) => i).flatMap((i) => {
    const heading = headings[i] ?? '';
    if ((layout.columns[i] ?? null) !== null || isKnown(heading)) return [];
    return rows.some(({ cells }) => (cells[i] ?? '') !== '') ? [heading === '' ? String(i + 1) : heading] : [];
  });
}

function readTable(table: DeckTable, layout: DeckLayout, options: ReadOptions): DeckReading {
  const preset = presetOf(layout.preset);
  const body = bodyOf(table, layout);
  const problems: DeckProblem[] = [];
  const written = readFrame(body.frameRows, problems);
  const currency = options.currency ?? (typeof written.currency === 'string' ? written.currency : undefined);
  const finder = new SettingFinder({
    rows: body.rows,
    headings: body.headings,
    columns: layout.columns,
    answers: layout.answers,
    fixed: preset?.answers ?? {},
    currency,
  });
  const settings = DECK_SETTINGS.map((setting) => finder.state(setting));
  const missing = missingFields(layout.columns);
  const frame = {
    layout,
    headings: body.headings,
    settings,
    missing,
    unreadColumns: unreadColumns(body, layout, preset),
  };
  if (missing.length > 0 || settings.some(({ reason }) => reason === 'open')) {
    return { ...frame, rates: [], problems, skippedRows: [], frame: written, shadowedRows: [] };
  }
  const read = readRows(body, layout, settings, preset, options.home);
  problems.push(...read.problems);
  const tariffFrame: TariffFrame = { ...written, ...read.frame };
  const checked = checkRates(read.rates, { ...options.base, ...tariffFrame, currency: read.currency });
  problems.push(...checked.problems.map((problem) => nameColumn(problem, layout, body.headings)));
  return {
    ...frame,
    rates: checked.rates,
    problems,
    skippedRows: read.skippedRows,
    frame: tariffFrame,
    shadowedRows: preset?.firstRowCounts === true ? shadowedRows(checked.rates) : [],
  };
}

interface ReadRows {
  readonly currency: string;
  readonly rates: readonly ReadRate[];
  readonly problems: readonly DeckProblem[];
  readonly skippedRows: readonly number[];
  readonly frame: TariffFrame;
}

function rowReader(
  body: Body,
  layout: DeckLayout,
  settled: (setting: DeckSetting) => string | null,
  preset: DeckPreset | undefined,
  home: DeckHome,
): RowReader {
  const unit = settled('price-unit') ?? '60';
  // What a layout decides for rows without blocks is what a rate without blocks means: it is not written down.
  const blocks = preset?.answers.blocks !== undefined && layout.answers.blocks === undefined ? null : settled('blocks');
  return new RowReader({
    columns: layout.columns,
    headings: body.headings,
    mark: settled('decimal-mark') === 'comma' ? 'comma' : 'point',
    dateOrder: (settled('date-order') ?? 'DMY') as DateOrder,
    isLastDayIncluded: settled('last-day') === 'included',
    priceUnit: unit === 'increment' ? unit : Number(unit),
    blocks: blocks === null ? undefined : readBlocks(blocks),
    blockStyle: (settled('block-style') ?? 'initial-then-increments') as Block,
    currency: settled('currency') ?? '',
    prefixes: {
      form: settled('number-form') === 'dialled' ? 'dialled' : 'international',
      home,
      arePatterns: preset?.arePatterns === true,
    },
  });
}

function readRows(
  body: Body,
  layout: DeckLayout,
  settings: readonly SettingState[],
  preset: DeckPreset | undefined,
  home: DeckHome,
): ReadRows {
  const settled = (setting: DeckSetting): string | null =>
    settings.find((state) => state.setting === setting)?.value ?? null;
  const reader = rowReader(body, layout, settled, preset, home);
  const problems: DeckProblem[] = [];
  const skippedRows: number[] = [];
  const found: Windowed<number>[] = [];
  const facts: { readonly rowNumber: number; readonly facts: RowFacts }[] = [];
  for (const row of body.rows) {
    const result = reader.read(row);
    if (result.kind === 'empty') skippedRows.push(row.rowNumber);
    else if (result.kind === 'problems') problems.push(...result.problems);
    else {
      found.push(...result.rates.map((rate: RowRate) => ({ item: row.rowNumber, ...rate })));
      facts.push({ rowNumber: row.rowNumber, facts: result.facts });
    }
  }
  const { periods, rates } = withPeriods(found);
  const ofAll = wholeFacts(facts, problems);
  return {
    currency: settled('currency') ?? '',
    rates: rates.map(({ item, rate }) => ({ rowNumber: item, rate })),
    problems,
    skippedRows,
    frame: { ...(periods.length > 0 && { periods }), ...ofAll },
  };
}

/** What single rows say of the whole: decimals must be the same in all rows, area groups add up. */
function wholeFacts(
  rows: readonly { readonly rowNumber: number; readonly facts: RowFacts }[],
  problems: DeckProblem[],
): TariffFrame {
  const decimals = rows.find(({ facts }) => facts.decimals !== undefined)?.facts.decimals;
  const groups = new Map<string, AreaGroup>();
  const taxes = new Set<boolean>();
  for (const { rowNumber, facts } of rows) {
    if (facts.group !== undefined) groups.set(facts.group.name, facts.group);
    if (facts.isTaxIncluded !== undefined) taxes.add(facts.isTaxIncluded);
    if (facts.decimals !== undefined && facts.decimals !== decimals) {
      problems.push({ rowNumber, column: '', code: 'unheld', values: { value: facts.decimals } });
    }
  }
  const [isTaxIncluded] = taxes;
  return {
    ...(decimals !== undefined && { decimals }),
    ...(groups.size > 0 && { areaGroups: [...groups.values()] }),
    ...(taxes.size === 1 && isTaxIncluded !== undefined && { pricesIncludeTax: isTaxIncluded }),
  };
}

interface CheckedRates {
  readonly rates: readonly ReadRate[];
  readonly problems: readonly DeckProblem[];
}

const RATE_PATH = /^rates\[\d+\]\.?(.*)$/;

/** The same check as any tariff's. One call for all where all hold; else each rate alone, so that every bad row is named. */
function checkRates(rates: readonly ReadRate[], frame: TariffFrame): CheckedRates {
  const tariff: Partial<StoredTariff> = { ...frame, rates: rates.map(({ rate }) => rate) };
  const all = parseStoredTariff(tariff);
  if ('tariff' in all) return { rates, problems: [] };
  const ofFrame = all.problems.filter(({ path, code }) => !RATE_PATH.test(path) && code !== 'too-many');
  const problems: DeckProblem[] = ofFrame.map((problem) => problemOf(problem, 1));
  const { holidays: _holidays, bundles: _bundles, ...rest } = frame;
  const held = rates.filter(({ rowNumber, rate }) => {
    const one = parseStoredTariff({ ...rest, rates: [rate] });
    const mine = 'tariff' in one ? [] : one.problems.filter(({ path }) => RATE_PATH.test(path));
    problems.push(...mine.map((problem) => problemOf(problem, rowNumber)));
    return mine.length === 0;
  });
  return { rates: held, problems };
}

function problemOf({ path, code, values }: TariffProblem, rowNumber: number): DeckProblem {
  return { rowNumber, column: RATE_PATH.exec(path)?.[1] ?? path, code, values };
}

const FIELD_OF_KEY: Readonly<Record<string, DeckField>> = { ratePerMinute: 'rate' };

/** The heading of the column instead of the rate's key. */
function nameColumn(problem: DeckProblem, { columns }: DeckLayout, headings: readonly string[]): DeckProblem {
  const key = problem.column.split(/[.[]/)[0] ?? '';
  const at = columns.findIndex((field) => field === (FIELD_OF_KEY[key] ?? key));
  return at < 0 ? problem : { ...problem, column: headings[at] ?? String(at + 1) };
}
