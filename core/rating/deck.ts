/** A price list as rows with named columns (a CSV file read elsewhere) becomes a tariff. */
import { parseStoredTariff } from './parse-tariff.ts';
import type { StoredTariff, TariffProblem } from './tariff.ts';

export interface DeckOptions {
  /** Absent: the currency of the rows, which must be one. */
  readonly currency?: string;
  readonly timeZone: string;
}

/** Line of the file in `rowNumber`: the header is row 1. */
export interface DeckProblem extends TariffProblem {
  readonly rowNumber: number;
}

export type DeckResult = { readonly tariff: StoredTariff } | { readonly problems: readonly DeckProblem[] };

type Row = Readonly<Record<string, string>>;

const NEEDED = ['prefix', 'rate_per_minute'] as const;

/** Column of each key of a rate. */
const COLUMN_OF: Readonly<Record<string, string>> = {
  prefix: 'prefix',
  name: 'destination_en',
  nameVi: 'destination_vi',
  category: 'category',
  ratePerMinute: 'rate_per_minute',
  connectionCharge: 'connection_charge',
  initialSeconds: 'initial_seconds',
  incrementSeconds: 'increment_seconds',
  effectiveFrom: 'effective_from',
  source: 'source',
};

const WHOLE_KEYS: ReadonlySet<string> = new Set(['initialSeconds', 'incrementSeconds']);

/** Whole-number columns stay text when they hold no number, so that the check names them. */
function rateOf(row: Row): Record<string, unknown> {
  const rate: Record<string, unknown> = {};
  for (const [key, column] of Object.entries(COLUMN_OF)) {
    const text = row[column]?.trim() ?? '';
    if (text === '') continue;
    rate[key] = WHOLE_KEYS.has(key) && /^\d+$/.test(text) ? Number(text) : text;
  }
  if (typeof rate['prefix'] === 'string') rate['prefix'] = rate['prefix'].replace(/^(\+|00)/, '');
  return rate;
}

function currencyProblems(rows: readonly Row[], currency: string): DeckProblem[] {
  return rows.flatMap((row, i) => {
    const value = row['currency']?.trim() ?? '';
    if (value === '' || value === currency) return [];
    return [
      { rowNumber: i + 2, path: 'currency', code: 'not-a-choice' as const, values: { value, choices: currency } },
    ];
  });
}

/** `rows` are the records below the header, keyed by its column names. */
export function deckToTariff(rows: readonly Row[], options: DeckOptions): DeckResult {
  const missing = NEEDED.filter((column) => rows.every((row) => row[column] === undefined));
  if (missing.length > 0) {
    return {
      problems: missing.map((column) => ({ rowNumber: 1, path: column, code: 'column-missing', values: { column } })),
    };
  }
  const currency =
    options.currency ?? rows.map((row) => row['currency']?.trim() ?? '').find((text) => text !== '') ?? '';
  const parsed = parseStoredTariff({ currency, timeZone: options.timeZone, rates: rows.map(rateOf) });
  const problems: DeckProblem[] = 'problems' in parsed ? parsed.problems.map(deckProblem) : [];
  problems.push(...currencyProblems(rows, currency));
  return 'problems' in parsed || problems.length > 0 ? { problems } : { tariff: parsed.tariff };
}

function deckProblem(problem: TariffProblem): DeckProblem {
  const m = /^rates\[(\d+)\]\.?(.*)$/.exec(problem.path);
  if (m === null) return { ...problem, rowNumber: 1 };
  const key = m[2] ?? '';
  return { ...problem, rowNumber: Number(m[1]) + 2, path: COLUMN_OF[key] ?? key };
}
