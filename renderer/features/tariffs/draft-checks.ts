/** What is wrong with a draft, found while it is typed, by the rules by which the service refuses to publish it. */
import type { TariffTerms } from '../../../core/api/contract.ts';
import { parseStoredTariff } from '../../../core/rating/parse-tariff.ts';
import type { StoredRate, TariffProblem } from '../../../core/rating/tariff.ts';
import type { DraftContent } from './rate-edits.ts';

export interface DraftProblems {
  readonly terms: readonly TariffProblem[];
  /** By the row's own number; `path` within the rate, for example `prefix`. */
  readonly rows: ReadonlyMap<number, readonly TariffProblem[]>;
  readonly count: number;
}

const NONE: readonly TariffProblem[] = [];

function problemsIn(json: unknown): readonly TariffProblem[] {
  const result = parseStoredTariff(json);
  return 'problems' in result ? result.problems : NONE;
}

/** Remembers what it found of each rate, so that an edit costs the rates that changed. */
export class DraftChecks {
  #context: TariffTerms | undefined;
  #known = new WeakMap<StoredRate, readonly TariffProblem[]>();
  #terms: readonly TariffProblem[] = NONE;

  check({ terms, rows }: DraftContent): DraftProblems {
    if (terms !== this.#context) {
      this.#context = terms;
      this.#known = new WeakMap();
      this.#terms = problemsIn({ ...terms, rates: [] });
    }
    const { periods, defaultPeriod, holidayPeriod, areaGroups } = terms;
    const found = new Map<number, readonly TariffProblem[]>();
    let count = this.#terms.length;
    for (const { id, rate } of rows) {
      let problems = this.#known.get(rate);
      if (problems === undefined) {
        problems = problemsIn({ currency: 'VND', periods, defaultPeriod, holidayPeriod, areaGroups, rates: [rate] })
          .filter(({ path }) => path.startsWith('rates[0]'))
          .map((problem) => ({ ...problem, path: problem.path.slice('rates[0]'.length).replace(/^\./, '') }));
        this.#known.set(rate, problems);
      }
      if (problems.length > 0) {
        found.set(id, problems);
        count += problems.length;
      }
    }
    return { terms: this.#terms, rows: found, count };
  }
}
