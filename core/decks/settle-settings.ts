/**
 * What a file leaves open: the decimal mark, the order of dates, what a price is for. Each is taken from an answer, from the
 * layout, or from cells that can mean one thing only; where none of them decides it is asked, with both readings shown.
 */
import { DATE_ORDERS, type DateOrder, hasTime, isNoDate, needsOrder, readDate } from './deck-dates.ts';
import { DATE_FIELDS, type DeckField, MONEY_FIELDS } from './deck-fields.ts';
import type {
  DeckAnswers,
  DeckChoice,
  DeckRow,
  DeckSample,
  DeckSetting,
  SettingReason,
  SettingState,
} from './deck-layout.ts';
import { type DecimalMark, markEvidence, perMinute, readAmount } from './deck-numbers.ts';
import { prefixStart } from './deck-prefixes.ts';
import { readBlocks } from './deck-words.ts';
import { meaningOf } from './headings.ts';

export interface SettledDeck {
  readonly rows: readonly DeckRow[];
  readonly headings: readonly string[];
  readonly columns: readonly (DeckField | null)[];
  readonly answers: DeckAnswers;
  /** What the layout decides. */
  readonly fixed: DeckAnswers;
  /** Currency of the tariff that the deck is for. */
  readonly currency: string | undefined;
}

const SHOWN_SAMPLES = 3;
const MARKS: readonly DecimalMark[] = ['point', 'comma'];
const USUAL_UNITS = ['60', '1', '6', '30', 'increment'] as const;
const USUAL_BLOCKS = ['6/1', '1/1', '60/60', '60/1', '30/6', '60/6'] as const;
const FORMS: Readonly<Partial<Record<DeckSetting, RegExp>>> = {
  'decimal-mark': /^(?:point|comma)$/,
  'date-order': /^(?:DMY|MDY|YMD)$/,
  'last-day': /^(?:included|excluded)$/,
  'price-unit': /^(?:[1-9]\d{0,3}|increment)$/,
  'number-form': /^(?:international|dialled)$/,
  'block-style': /^(?:initial-then-increments|whole-duration)$/,
  currency: /^[A-Z]{3}$/,
};

/** An answer of another form is none. */
function isAnswer(setting: DeckSetting, value: string): boolean {
  if (setting === 'blocks') return readBlocks(value) !== undefined;
  return FORMS[setting]?.test(value) ?? value !== '';
}

interface Cell {
  readonly rowNumber: number;
  readonly text: string;
}

interface Found {
  readonly value: string | undefined;
  readonly choices: readonly DeckChoice[];
  /** Nothing in the file depends on it. */
  readonly isNeeded: boolean;
}

const NOT_NEEDED: Found = { value: undefined, choices: [], isNeeded: false };

export class SettingFinder {
  readonly #deck: SettledDeck;

  constructor(deck: SettledDeck) {
    this.#deck = deck;
  }

  state(setting: DeckSetting): SettingState {
    const found = this.#find(setting);
    const { answers, fixed } = this.#deck;
    const given = answers[setting];
    const of = (reason: SettingReason, value: string | null): SettingState => ({
      setting,
      reason,
      value,
      choices: found.choices,
    });
    if (!found.isNeeded) return of('not-needed', fixed[setting] ?? null);
    if (given !== undefined && isAnswer(setting, given)) return of('answered', given);
    const byLayout = fixed[setting];
    if (byLayout !== undefined) return of('layout', byLayout);
    return found.value === undefined ? of('open', null) : of('cells', found.value);
  }

  #find(setting: DeckSetting): Found {
    switch (setting) {
      case 'decimal-mark':
        return this.#decimalMark();
      case 'date-order':
        return this.#dateOrder();
      case 'last-day':
        return this.#lastDay();
      case 'price-unit':
        return this.#priceUnit();
      case 'number-form':
        return this.#numberForm();
      case 'blocks':
        return this.#blocks();
      case 'block-style':
        return this.#blockStyle();
      case 'currency':
        return this.#currency();
      case 'rate-plan':
        return NOT_NEEDED;
    }
  }

  *#cells(isMine: (field: DeckField) => boolean): Generator<Cell> {
    const { rows, columns } = this.#deck;
    const mine = columns.flatMap((field, i) => (field !== null && isMine(field) ? [i] : []));
    for (const { rowNumber, cells, numberCells } of rows) {
      for (const column of mine) {
        const text = cells[column] ?? '';
        if (text !== '' && numberCells?.has(column) !== true) yield { rowNumber, text };
      }
    }
  }

  #has(...fields: readonly DeckField[]): boolean {
    return this.#deck.columns.some((field) => field !== null && fields.includes(field));
  }

  #decimalMark(): Found {
    const unclear: Cell[] = [];
    const evidence: Record<DecimalMark, Cell[]> = { point: [], comma: [] };
    for (const cell of this.#cells((field) => MONEY_FIELDS.has(field))) {
      const says = markEvidence(cell.text);
      if (says === undefined) continue;
      const list = says === 'unclear' ? unclear : evidence[says];
      if (list.length < SHOWN_SAMPLES) list.push(cell);
    }
    const { point, comma } = evidence;
    if (point.length + comma.length + unclear.length === 0) return NOT_NEEDED;
    const shown = [...unclear, ...(point.length > 0 && comma.length > 0 ? [...point, ...comma] : [])];
    const samples = shown.length > 0 ? shown : [...point, ...comma];
    const choices = MARKS.map((value) => ({
      value,
      samples: samples.slice(0, SHOWN_SAMPLES).map((cell) => ({ ...cell, read: readAmount(cell.text, value) ?? '' })),
    }));
    const isBoth = point.length > 0 && comma.length > 0;
    const isNone = point.length + comma.length === 0;
    const value = isBoth || isNone ? undefined : point.length > 0 ? 'point' : 'comma';
    return { value, choices, isNeeded: true };
  }

  #dateOrder(): Found {
    const cells = [...this.#cells((field) => DATE_FIELDS.has(field))].filter(({ text }) => needsOrder(text));
    if (cells.length === 0) return NOT_NEEDED;
    const reads = (order: DateOrder, { text }: Cell): string | undefined => readDate(text, order);
    const possible = DATE_ORDERS.filter((order) => cells.every((cell) => reads(order, cell) !== undefined));
    const offered =
      possible.length > 0 ? possible : DATE_ORDERS.filter((order) => cells.some((cell) => reads(order, cell)));
    const differing = cells.filter((cell) => new Set(offered.map((order) => reads(order, cell))).size > 1);
    const choices = offered.map((value) => ({
      value,
      samples: unlike(differing.length > 0 ? differing : cells).map((cell) => ({
        ...cell,
        read: reads(value, cell) ?? '',
      })),
    }));
    const isDecided = possible.length === 1 || (possible.length > 1 && differing.length === 0);
    return { value: isDecided ? possible[0] : undefined, choices, isNeeded: true };
  }

  #lastDay(): Found {
    const days = [...this.#cells((field) => field === 'effectiveTo')].filter(
      ({ text }) => !isNoDate(text) && !hasTime(text),
    );
    if (days.length === 0) return NOT_NEEDED;
    const samples = unlike(days).map((cell) => ({ ...cell, read: '' }));
    return { value: undefined, choices: ['included', 'excluded'].map((value) => ({ value, samples })), isNeeded: true };
  }

  #priceUnit(): Found {
    const { columns, headings } = this.#deck;
    const at = columns.indexOf('rate');
    if (at < 0 || this.#has('rateSeconds')) return NOT_NEEDED;
    const named = meaningOf(headings[at] ?? '')?.priceSeconds;
    const marks = this.state('decimal-mark');
    const mark = marks.value === 'comma' ? 'comma' : 'point';
    const cells = unlike([...this.#cells((field) => field === 'rate')]);
    const sample = (cell: Cell, unit: string): DeckSample => {
      const price = marks.reason === 'open' ? undefined : readAmount(cell.text, mark);
      const read = unit === 'increment' || price === undefined ? undefined : perMinute(price, Number(unit));
      return { ...cell, read: read ?? '' };
    };
    const units = named === undefined || USUAL_UNITS.some((unit) => unit === String(named)) ? [] : [String(named)];
    const choices = [...units, ...USUAL_UNITS].map((value) => ({
      value,
      samples: cells.map((cell) => sample(cell, value)),
    }));
    return { value: named === undefined ? undefined : String(named), choices, isNeeded: true };
  }

  #numberForm(): Found {
    if (this.#has('countryCode')) return NOT_NEEDED;
    const national: Cell[] = [];
    const bare: Cell[] = [];
    for (const cell of this.#cells((field) => field === 'prefix')) {
      const start = prefixStart(cell.text);
      const list = start === 'national' ? national : start === 'bare' ? bare : undefined;
      if (list !== undefined && list.length < SHOWN_SAMPLES) list.push(cell);
    }
    if (national.length === 0) return { ...NOT_NEEDED, value: 'international' };
    const samples = [...national, ...bare].slice(0, SHOWN_SAMPLES + 2).map((cell) => ({ ...cell, read: '' }));
    const choices = ['international', 'dialled'].map((value) => ({ value, samples }));
    return { value: bare.length === 0 ? 'dialled' : undefined, choices, isNeeded: true };
  }

  #blocks(): Found {
    const { rows, columns } = this.#deck;
    const stated = columns.flatMap((field, i) =>
      field === 'blocks' || field === 'incrementSeconds' || field === 'steps' || field === 'reject' ? [i] : [],
    );
    const price = columns.indexOf('rate');
    if (price < 0) return NOT_NEEDED;
    const without = rows.some(
      ({ cells }) => (cells[price] ?? '') !== '' && stated.every((column) => (cells[column] ?? '') === ''),
    );
    if (!without) return NOT_NEEDED;
    return { value: undefined, choices: USUAL_BLOCKS.map((value) => ({ value, samples: [] })), isNeeded: true };
  }

  #blockStyle(): Found {
    if (!this.#has('blocks', 'initialSeconds') || this.#has('block')) return NOT_NEEDED;
    const choices = ['initial-then-increments', 'whole-duration'].map((value) => ({ value, samples: [] }));
    return { value: 'initial-then-increments', choices, isNeeded: true };
  }

  #currency(): Found {
    const { currency } = this.#deck;
    const [first] = this.#cells((field) => field === 'currency');
    const named = first?.text.toUpperCase();
    const value = named === 'VNĐ' || named === 'Đ' ? 'VND' : named;
    const isCode = value !== undefined && /^[A-Z]{3}$/.test(value);
    return { value: isCode ? value : currency, choices: [], isNeeded: true };
  }
}

/** A few cells of different texts. */
function unlike(cells: readonly Cell[]): readonly Cell[] {
  const byText = new Map<string, Cell>();
  for (const cell of cells) {
    if (!byText.has(cell.text)) byText.set(cell.text, cell);
    if (byText.size === SHOWN_SAMPLES) break;
  }
  return [...byText.values()];
}
