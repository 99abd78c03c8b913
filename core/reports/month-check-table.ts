/** Lines of figures of several sheets, each with a verdict whether they are what is stored. */
import type { AmountMicro } from '../model/money.ts';
import type { MonthFacts } from './month-facts.ts';
import { CHECK } from './month-keys.ts';
import type { CellType, NamedCell, NumberFormula, PageCell, PageLine } from './report.ts';

export type Value = number | AmountMicro;

/** One kind of figure that several sheets give. */
export interface Measure {
  readonly key: string;
  readonly heading: string;
  readonly type: CellType;
  /** Of an amount. */
  readonly currency?: string;
  /** As the store has it. */
  readonly stored: Value;
}

export interface Side {
  readonly label: string;
  /** Undefined where the sheet does not give this figure. */
  readonly figure: (measure: Measure) => { readonly formula: NumberFormula; readonly result: Value } | undefined;
}

const SECONDS_PER_DAY = 86_400;
const text = (cell: string): PageCell => ({ type: 'text', cell });

export class CheckTable {
  readonly #facts: MonthFacts;
  readonly #width: number;
  readonly verdicts: NamedCell[] = [];
  isGood = true;
  #tables = 0;
  readonly #prefix: string;

  constructor(facts: MonthFacts, prefix: string, width: number) {
    this.#facts = facts;
    this.#prefix = prefix;
    this.#width = width;
  }

  lines(title: string, measures: readonly Measure[], sides: readonly Side[]): readonly PageLine[] {
    const { t } = this.#facts;
    this.#tables += 1;
    const prefix = `${this.#prefix}-${this.#tables}`;
    const filled = (cells: readonly PageCell[], last: PageCell): readonly PageCell[] => [
      ...cells,
      ...Array.from({ length: this.#width + 1 - cells.length }, () => text('')),
      last,
    ];
    const nameOf = (row: number, { key }: Measure): string => `${prefix}.${row}.${key}`;
    return [
      {
        style: 'header',
        cells: filled(
          [text(title), ...measures.map(({ heading, type }): PageCell => ({ type, cell: heading }))],
          text(t('report.check.verdict')),
        ),
      },
      {
        style: 'row',
        cells: [
          text(t('report.summary.stored')),
          ...measures.map(
            (measure): PageCell => ({
              type: measure.type,
              ...currencyOf(measure),
              name: nameOf(0, measure),
              cell: measure.stored,
            }),
          ),
        ],
      },
      ...sides.map(({ label, figure }, i): PageLine => {
        const row = i + 1;
        const figures = measures.map((measure) => ({ measure, found: figure(measure) }));
        const given = figures.flatMap(({ measure, found }) => (found === undefined ? [] : [{ measure, found }]));
        const isGood = given.every(({ measure, found }) => BigInt(found.result) === BigInt(measure.stored));
        this.isGood &&= isGood;
        const verdict = `${prefix}.${row}`;
        this.verdicts.push({ kind: 'named-cell', page: CHECK, name: verdict });
        const [good, bad] = [t('report.check.good'), t('report.check.bad')];
        return {
          style: 'row',
          isGoodWhen: good,
          cells: filled(
            [
              text(label),
              ...figures.map(({ measure, found }): PageCell => {
                if (found === undefined) return text('');
                return { type: measure.type, ...currencyOf(measure), name: nameOf(row, measure), cell: found };
              }),
            ],
            {
              type: 'text',
              name: verdict,
              cell: {
                formula: {
                  kind: 'agreement',
                  good,
                  bad,
                  pairs: given.map(({ measure }) => ({
                    of: { kind: 'named-cell', page: CHECK, name: nameOf(row, measure) },
                    with: { kind: 'named-cell', page: CHECK, name: nameOf(0, measure) },
                    tolerance: this.#tolerance(measure),
                  })),
                },
                result: isGood ? good : bad,
              },
            },
          ),
        };
      }),
    ];
  }

  /** Half of the smallest step: spreadsheets add up fractions. */
  #tolerance({ type, currency }: Measure): number {
    if (type === 'duration') return 0.5 / SECONDS_PER_DAY;
    if (type !== 'money') return 0.5;
    const { currencyDecimals, moneyDecimals } = this.#facts;
    return 0.5 / 10 ** (currencyDecimals[currency ?? ''] ?? moneyDecimals);
  }
}

function currencyOf({ currency }: Measure): Pick<PageCell, 'currency'> {
  return currency === undefined ? {} : { currency };
}
