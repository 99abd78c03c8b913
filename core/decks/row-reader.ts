/** One row of a price list -> rates. What cannot be read for sure makes a problem of the row, and the row gives no rate. */
import { shiftDay } from '../model/time.ts';
import type { AreaGroup, Block, RateStep, StoredRate } from '../rating/tariff.ts';
import { type DateOrder, isNoDate, readDate } from './deck-dates.ts';
import type { DeckField } from './deck-fields.ts';
import type { DeckProblem, DeckProblemCode, DeckRow } from './deck-layout.ts';
import { type DecimalMark, isZero, perMinute, readAmount } from './deck-numbers.ts';
import { lengthChange, type PrefixRules, readPrefixes } from './deck-prefixes.ts';
import {
  type Blocks,
  readBlocks,
  readDays,
  readDirections,
  readFlag,
  readSeconds,
  readSteps,
  readVolumes,
} from './deck-words.ts';
import { type TimeWindow, windowOf, windowOfWeekMinutes } from './time-windows.ts';

export interface RowRules {
  readonly columns: readonly (DeckField | null)[];
  readonly headings: readonly string[];
  readonly mark: DecimalMark;
  readonly dateOrder: DateOrder;
  readonly isLastDayIncluded: boolean;
  readonly priceUnit: number | 'increment';
  /** Of rows that state none. */
  readonly blocks: Blocks | undefined;
  readonly blockStyle: Block;
  readonly currency: string;
  readonly prefixes: PrefixRules;
}

export interface RowRate {
  readonly rate: StoredRate;
  readonly window: TimeWindow | undefined;
}

/** Facts of a row that belong to the whole tariff. */
export interface RowFacts {
  readonly decimals?: number;
  readonly isTaxIncluded?: boolean;
  readonly group?: AreaGroup;
}

export type RowResult =
  | { readonly kind: 'rates'; readonly rates: readonly RowRate[]; readonly facts: RowFacts }
  | { readonly kind: 'problems'; readonly problems: readonly DeckProblem[] }
  | { readonly kind: 'empty' };

type Loose = { -readonly [K in keyof StoredRate]?: StoredRate[K] | undefined };

/** Keeps what is there: a stored rate has no keys without values. */
function tidy(prefix: string, rate: Loose): StoredRate {
  const held = Object.entries(rate).filter(([, value]) => value !== undefined);
  return { ...(Object.fromEntries(held) as Partial<StoredRate>), prefix };
}

type FoundBlocks = { readonly initialSeconds: number | undefined; readonly incrementSeconds: number } | undefined;

export class RowReader {
  readonly #rules: RowRules;
  readonly #column: ReadonlyMap<DeckField, number>;
  readonly #unheld: readonly number[];
  #row: DeckRow = { rowNumber: 0, cells: [] };
  #problems: DeckProblem[] = [];

  constructor(rules: RowRules) {
    this.#rules = rules;
    this.#column = new Map(rules.columns.flatMap((field, i) => (field === null ? [] : [[field, i] as const])));
    this.#unheld = rules.columns.flatMap((field, i) => (field === 'unheld' ? [i] : []));
  }

  read(row: DeckRow): RowResult {
    this.#row = row;
    this.#problems = [];
    if (this.#isTitle()) return { kind: 'empty' };
    this.#refuseUnheld();
    const found = this.#prefixes();
    const rate = this.#rate();
    const window = this.#window();
    const directions = this.#directions();
    const facts = this.#facts();
    if (this.#problems.length > 0) return { kind: 'problems', problems: this.#problems };
    const rates = found.prefixes.flatMap((prefix) =>
      directions.map((direction) => ({
        rate: tidy(prefix, {
          ...rate,
          ...(found.minimumDigits !== undefined && { minimumDigits: found.minimumDigits }),
          ...(found.maximumDigits !== undefined && { maximumDigits: found.maximumDigits }),
          direction,
        }),
        window,
      })),
    );
    return { kind: 'rates', rates, facts };
  }

  /** Neither a prefix nor a price: a title, a note, an empty line. */
  #isTitle(): boolean {
    return !/[\d*]/.test(this.#text('prefix')) && this.#text('rate') === '' && this.#text('steps') === '';
  }

  #text(field: DeckField): string {
    const at = this.#column.get(field);
    return at === undefined ? '' : (this.#row.cells[at] ?? '');
  }

  #optional(field: DeckField): string | undefined {
    const text = this.#text(field);
    return text === '' ? undefined : text;
  }

  #fail(field: DeckField, code: DeckProblemCode, values: Record<string, string | number> = {}): undefined {
    const at = this.#column.get(field) ?? -1;
    this.#failAt(at, code, { value: this.#text(field).slice(0, 60), ...values });
    return undefined;
  }

  #failAt(at: number, code: DeckProblemCode, values: Record<string, string | number>): void {
    const column = at < 0 ? '' : (this.#rules.headings[at] ?? '') || String(at + 1);
    this.#problems.push({ rowNumber: this.#row.rowNumber, column, code, values });
  }

  #refuseUnheld(): void {
    for (const at of this.#unheld) {
      const text = this.#row.cells[at] ?? '';
      if (text === '' || isZero(text) || /^(?:none|null|\\N|\[\]|all)$/i.test(text)) continue;
      this.#failAt(at, 'unheld', { value: text.slice(0, 60) });
    }
  }

  #money(field: DeckField): string | undefined {
    const text = this.#text(field);
    if (text === '') return undefined;
    const isNumber = this.#row.numberCells?.has(this.#column.get(field) ?? -1) === true;
    const amount = readAmount(text, isNumber ? 'point' : this.#rules.mark);
    return amount === undefined || amount.startsWith('-') ? this.#fail(field, 'number-unclear') : amount;
  }

  /** Nothing and zero are the same for a charge that is added. */
  #charge(field: DeckField): string | undefined {
    const amount = this.#money(field);
    return amount === undefined || isZero(amount) ? undefined : amount;
  }

  #seconds(field: DeckField): number | undefined {
    const text = this.#text(field);
    if (text === '') return undefined;
    return readSeconds(text) ?? this.#fail(field, 'seconds-unclear');
  }

  #someSeconds(field: DeckField): number | undefined {
    const seconds = this.#seconds(field);
    return seconds === 0 ? undefined : seconds;
  }

  #date(field: 'effectiveFrom' | 'effectiveTo'): string | undefined {
    const text = this.#text(field);
    if (isNoDate(text)) return undefined;
    const date = readDate(text, this.#rules.dateOrder);
    if (date === undefined) return this.#fail(field, 'date-unclear');
    if (field === 'effectiveFrom' || !this.#rules.isLastDayIncluded || date.length !== 10) return date;
    return shiftDay(date, 1) ?? date;
  }

  #flag(field: DeckField): boolean | undefined {
    const text = this.#text(field);
    if (text === '') return undefined;
    return readFlag(text) ?? this.#fail(field, 'choice-unclear');
  }

  #prefixes(): { prefixes: readonly string[]; minimumDigits?: number; maximumDigits?: number } {
    const text = this.#text('prefix');
    if (text === '') {
      this.#fail('prefix', 'prefix-missing');
      return { prefixes: [] };
    }
    const country = this.#text('countryCode').replace(/^\+|^00/, '');
    const found = readPrefixes(text, country, this.#rules.prefixes);
    if ('problem' in found) {
      this.#fail('prefix', found.problem);
      return { prefixes: [] };
    }
    const length = this.#someSeconds('numberLength');
    if (length === undefined) return found;
    const { form, home } = this.#rules.prefixes;
    const digits = length + (country === '' ? lengthChange(text, form, home) : 0);
    return { ...found, minimumDigits: digits, maximumDigits: digits };
  }

  #rate(): Loose {
    const rejected = this.#flag('reject');
    const name = [this.#text('name'), this.#text('network')].filter((part) => part !== '').join(', ');
    const origin = this.#text('originPrefix').replace(/^\+|^00/, '');
    const least = this.#seconds('minimumDigits');
    const most = this.#seconds('maximumDigits');
    this.#checkCurrency();
    return {
      name: name === '' ? undefined : name,
      nameVi: this.#optional('nameVi'),
      category: this.#optional('category'),
      ...this.#price(rejected === true),
      maximumCharge: this.#money('maximumCharge'),
      disconnectionCharge: this.#charge('disconnectionCharge'),
      graceSeconds: this.#someSeconds('graceSeconds'),
      freeSeconds: this.#someSeconds('freeSeconds'),
      connectTimeSeconds: this.#someSeconds('connectTimeSeconds'),
      period: /^(?:all time|any|always|\*any)$/i.test(this.#text('period')) ? undefined : this.#optional('period'),
      trunk: this.#optional('trunk'),
      accessCode: this.#optional('accessCode'),
      originGroup: this.#optional('originGroup') ?? (origin === '' ? undefined : origin),
      localOnly: this.#flag('localOnly') === true ? true : undefined,
      minimumDigits: least,
      maximumDigits: most,
      reject: rejected === true ? true : undefined,
      volumeGroup: this.#optional('volumeGroup'),
      volumePrices: this.#volumes(),
      effectiveFrom: this.#date('effectiveFrom'),
      effectiveTo: this.#date('effectiveTo'),
      source: this.#optional('source'),
    };
  }

  #checkCurrency(): void {
    const shown = this.#text('currency').toUpperCase();
    const currency = shown === 'VNĐ' || shown === 'Đ' ? 'VND' : shown;
    if (currency !== '' && currency !== this.#rules.currency) {
      this.#fail('currency', 'currency-differs', { currency: this.#rules.currency });
    }
  }

  #volumes(): StoredRate['volumePrices'] {
    const text = this.#text('volumePrices');
    if (text === '') return undefined;
    return readVolumes(text) ?? this.#fail('volumePrices', 'steps-unclear');
  }

  #price(isRejected: boolean): Loose {
    const connectionCharge = this.#charge('connectionCharge');
    const minimumCharge = this.#charge('minimumCharge');
    const perCall = { connectionCharge, minimumCharge };
    const written = this.#text('steps');
    if (written !== '') {
      const steps = readSteps(written) ?? this.#fail('steps', 'steps-unclear');
      return { ...perCall, steps, block: this.#blockStyle(true) };
    }
    const price = this.#money('rate');
    if (price === undefined) {
      const isPerCall = (connectionCharge ?? minimumCharge) !== undefined && this.#text('rate') === '';
      if (!isRejected && !isPerCall && this.#problems.length === 0) this.#fail('rate', 'price-missing');
      return perCall;
    }
    const blocks = this.#blocks();
    if (this.#text('cycleARate') !== '' && this.#someSeconds('cycleASeconds') !== undefined) {
      return { ...this.#cycles(price, blocks), minimumCharge };
    }
    if (this.#column.has('initialCost')) return { ...this.#initialCost(price, blocks), minimumCharge };
    return { ...perCall, ...this.#plainPrice(price, blocks) };
  }

  #blockStyle(hasBlocks: boolean): Block | undefined {
    const text = this.#text('block');
    if (text === 'initial-then-increments') return undefined;
    if (text === 'whole-duration') return text;
    if (text !== '') return this.#fail('block', 'choice-unclear');
    return hasBlocks && !this.#column.has('block') && this.#rules.blockStyle === 'whole-duration'
      ? 'whole-duration'
      : undefined;
  }

  /** A block of no seconds is one second: nothing is rounded. */
  #blocks(): FoundBlocks {
    const text = this.#text('blocks');
    if (text !== '') return readBlocks(text) ?? this.#fail('blocks', 'blocks-unclear');
    const initialSeconds = this.#seconds('initialSeconds');
    const increment = this.#seconds('incrementSeconds');
    if (increment !== undefined) return { initialSeconds, incrementSeconds: Math.max(1, increment) };
    if (initialSeconds !== undefined)
      return { initialSeconds, incrementSeconds: this.#rules.blocks?.incrementSeconds ?? 1 };
    return this.#rules.blocks;
  }

  #plainPrice(price: string, blocks: FoundBlocks): Loose {
    const increment = blocks?.incrementSeconds ?? 1;
    const perSeconds = this.#someSeconds('rateSeconds') ?? this.#rules.priceUnit;
    const unit = perSeconds === 'increment' ? increment : perSeconds;
    const initial = blocks?.initialSeconds;
    const isPerSecond = increment === 1 && (initial ?? 1) <= 1;
    const style = this.#blockStyle(!isPerSecond);
    const ratePerMinute = perMinute(price, unit);
    if (ratePerMinute !== undefined) {
      return {
        ratePerMinute,
        initialSeconds: initial,
        incrementSeconds: blocks?.incrementSeconds,
        block: style,
      };
    }
    const rest: RateStep = { fromSecond: 0, price, perSeconds: unit, incrementSeconds: increment };
    if (initial === undefined || initial === 0 || initial === increment) return { steps: [rest], block: style };
    if (style === 'whole-duration') return this.#fail('rate', 'unit-unclear', { seconds: unit }) ?? {};
    return {
      steps: [
        { ...rest, incrementSeconds: initial },
        { ...rest, fromSecond: initial },
      ],
    };
  }

  /** A price for the first seconds, then one for each unit. */
  #initialCost(price: string, blocks: FoundBlocks): Loose {
    const cost = this.#money('initialCost') ?? '0';
    const seconds = this.#someSeconds('initialTime');
    if (seconds === undefined) {
      return { ...this.#plainPrice(price, blocks), connectionCharge: isZero(cost) ? undefined : cost };
    }
    const increment = blocks?.incrementSeconds ?? 1;
    const unit = this.#rules.priceUnit === 'increment' ? increment : this.#rules.priceUnit;
    return {
      steps: [
        { fromSecond: 0, price: cost, perSeconds: seconds, incrementSeconds: seconds },
        { fromSecond: seconds, price, perSeconds: unit, incrementSeconds: increment },
      ],
    };
  }

  /** Cycles A, B and C of some seconds each, then the rate. */
  #cycles(price: string, blocks: FoundBlocks): Loose {
    const steps: RateStep[] = [];
    let fromSecond = 0;
    for (const cycle of ['A', 'B', 'C'] as const) {
      const seconds = this.#someSeconds(`cycle${cycle}Seconds`);
      const cyclePrice = this.#money(`cycle${cycle}Rate`);
      if (seconds === undefined || cyclePrice === undefined || (cycle !== 'A' && isZero(cyclePrice))) break;
      const incrementSeconds = this.#someSeconds(`cycle${cycle}Increment`) ?? 1;
      steps.push({ fromSecond, price: cyclePrice, perSeconds: 60, incrementSeconds });
      fromSecond += seconds;
    }
    steps.push({ fromSecond, price, perSeconds: 60, incrementSeconds: blocks?.incrementSeconds ?? 1 });
    const charges = [this.#charge('connectionCharge'), this.#charge('cycleACharge')];
    const [connection, ofCycle] = charges;
    if (connection !== undefined && ofCycle !== undefined) this.#fail('cycleACharge', 'unheld');
    return { steps, connectionCharge: connection ?? ofCycle };
  }

  #directions(): readonly StoredRate['direction'][] {
    const text = this.#text('direction');
    if (text === '') return [undefined];
    const directions = readDirections(text);
    if (directions === undefined) {
      this.#fail('direction', 'choice-unclear');
      return [];
    }
    return directions.length === 0 ? [undefined] : directions;
  }

  #window(): TimeWindow | undefined {
    const [first, last] = [this.#text('weekMinuteFrom'), this.#text('weekMinuteTo')];
    if (first !== '' || last !== '') {
      const [from, to] = [Number(first === '' ? 0 : first), Number(last === '' ? 10_079 : last)];
      const isWeek = [from, to].every((minute) => Number.isInteger(minute) && minute >= 0 && minute < 10_080);
      return isWeek && from < to ? windowOfWeekMinutes(from, to) : this.#fail('weekMinuteFrom', 'time-unclear');
    }
    if (!this.#column.has('days') && !this.#column.has('timeFrom')) return undefined;
    const days = readDays(this.#text('days'));
    if (days === undefined) return this.#fail('days', 'choice-unclear');
    const window = windowOf(days, this.#text('timeFrom'), this.#text('timeTo'));
    return window === 'unclear' ? this.#fail('timeFrom', 'time-unclear') : window;
  }

  #facts(): RowFacts {
    const decimals = this.#seconds('callDecimals');
    const origin = this.#text('originPrefix').replace(/^\+|^00/, '');
    const isTaxIncluded = this.#flag('taxIncluded');
    if (origin !== '' && !/^\d{1,24}$/.test(origin)) this.#fail('originPrefix', 'prefix-unclear');
    return {
      ...(decimals !== undefined && { decimals }),
      ...(isTaxIncluded !== undefined && { isTaxIncluded }),
      ...(origin !== '' && { group: { name: origin, prefixes: [origin] } }),
    };
  }
}
