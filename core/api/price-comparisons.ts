/** Comparisons of prices that run or were asked for lately. They are nowhere stored: asked for again, they run again. */
import { randomUUID } from 'node:crypto';
import type { Language } from '../i18n/translate.ts';
import type { ComparedBy, ComparedRow, ComparisonProgress, ComparisonResult } from '../ingest/rerate-compare.ts';
import { type RunningComparison, startComparison } from '../ingest/rerate-compare-client.ts';
import { AppError, type ErrorCode, type ErrorValues } from '../model/errors.ts';
import { namesOf } from '../store/group-names.ts';
import { moneyOf } from './call-view.ts';
import type { ComparisonRow, PriceComparison, PriceComparisonInput } from './contract.ts';
import type { ApiParts } from './parts.ts';
import { problemOf } from './problem.ts';
import { groupName, percentOf } from './rerate-view.ts';
import { partOf, type Work } from './work.ts';

/** Older ones are forgotten. */
const KEPT = 8;

export interface NamedRow extends ComparedRow {
  readonly name: string;
}

interface Job {
  readonly id: string;
  readonly input: PriceComparisonInput;
  readonly others: PriceComparison['others'];
  readonly running: RunningComparison;
  state: PriceComparison['state'];
  progress: ComparisonProgress;
  problem: { readonly code: ErrorCode; readonly values: ErrorValues } | undefined;
  result: ComparisonResult | undefined;
}

export class PriceComparisons {
  readonly #parts: ApiParts;
  readonly #jobs = new Map<string, Job>();

  constructor(parts: ApiParts) {
    this.#parts = parts;
  }

  close(): void {
    for (const { running } of this.#jobs.values()) void running.stop();
  }

  /** Begins in the background. Throws AppError `not-found` for a tariff or version that there is not. */
  start(input: PriceComparisonInput): string {
    const others = input.others.map((other) => this.#named(other));
    const id = randomUUID();
    const options = { fromDay: input.from, toDay: input.to, others: input.others };
    const running = startComparison({ databasePath: this.#parts.deps.db.name, options }, (progress) => {
      job.progress = progress;
    });
    const job: Job = {
      id,
      input,
      others,
      running,
      state: 'running',
      progress: { callsDone: 0, callsTotal: 0 },
      problem: undefined,
      result: undefined,
    };
    this.#jobs.set(id, job);
    running.result.then(
      (result) => {
        job.result = result;
        job.state = 'ready';
      },
      (error: unknown) => {
        job.problem = error instanceof AppError ? error : { code: 'internal', values: { detail: String(error) } };
        job.state = 'failed';
      },
    );
    for (const old of [...this.#jobs.keys()].slice(0, -KEPT)) this.drop(old);
    return id;
  }

  running(): readonly Work[] {
    return [...this.#jobs.values()]
      .filter(({ state }) => state === 'running')
      .map(({ id, input, progress }) => ({
        kind: 'comparison',
        id,
        name: `${input.from} – ${input.to}`,
        part: partOf(progress.callsDone, progress.callsTotal),
        mayCancel: true,
      }));
  }

  drop(id: string): void {
    void this.#jobs.get(id)?.running.stop();
    this.#jobs.delete(id);
  }

  view(id: string, by: ComparedBy, language: Language): PriceComparison {
    const { input, others, state, progress, problem, result } = this.#job(id);
    return {
      id,
      state,
      from: input.from,
      to: input.to,
      others: [...others],
      callsDone: progress.callsDone,
      callsTotal: Math.max(progress.callsTotal, progress.callsDone),
      problem: problem === undefined ? null : problemOf(problem, language),
      by,
      totals: result === undefined ? null : rowOf({ ...result.totals, name: '' }),
      rows: result === undefined ? [] : this.rows(id, by, language).map(rowOf),
    };
  }

  /** With their names, the largest present charge first; months in order. Throws AppError `not-found` before it is ready. */
  rows(id: string, by: ComparedBy, language: Language): readonly NamedRow[] {
    const { result } = this.#job(id);
    if (result === undefined) throw new AppError('not-found', { what: 'comparison', id });
    const names = namesOf(this.#parts.deps.db, by, language);
    const rows = result.rows[by].map((row) => ({
      ...row,
      name: groupName({ key: row.key, name: names.get(row.key) ?? null }, by, language),
    }));
    if (by === 'month') return rows.sort((a, b) => (a.key < b.key ? -1 : 1));
    return rows.sort((a, b) => Number(largest(b) - largest(a)) || a.name.localeCompare(b.name, 'vi'));
  }

  totals(id: string): ComparedRow {
    const { result } = this.#job(id);
    if (result === undefined) throw new AppError('not-found', { what: 'comparison', id });
    return result.totals;
  }

  #job(id: string): Job {
    const job = this.#jobs.get(id);
    if (job === undefined) throw new AppError('not-found', { what: 'comparison', id });
    return job;
  }

  #named(other: PriceComparisonInput['others'][number]): PriceComparison['others'][number] {
    const { tariffs } = this.#parts;
    switch (other.kind) {
      case 'now':
        return { kind: 'now', tariffName: null, versionNumber: null, isDraft: false };
      case 'tariff': {
        const tariff = tariffs.get(other.tariffId);
        if (tariff === undefined) throw new AppError('not-found', { what: 'tariff', id: other.tariffId });
        return { kind: 'tariff', tariffName: tariff.name, versionNumber: null, isDraft: false };
      }
      case 'version':
      case 'in-place': {
        const version = tariffs.version(other.versionId);
        if (version === undefined) throw new AppError('not-found', { what: 'tariff version', id: other.versionId });
        const { tariffName, number, state } = version;
        return { kind: other.kind, tariffName, versionNumber: number, isDraft: state === 'draft' };
      }
    }
  }
}

function largest({ present, others }: ComparedRow): bigint {
  let most = 0n;
  for (const { charges } of [present, ...others]) {
    for (const amount of charges.values()) if (amount > most) most = amount;
  }
  return most;
}

function moneysOf(charges: ReadonlyMap<string, bigint>) {
  return [...charges]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amountMicro]) => moneyOf({ amountMicro, currency }));
}

function differenceOf(present: ReadonlyMap<string, bigint>, other: ReadonlyMap<string, bigint>): Map<string, bigint> {
  const difference = new Map(other);
  for (const [currency, amount] of present) difference.set(currency, (difference.get(currency) ?? 0n) - amount);
  return difference;
}

function rowOf({ key, name, calls, talkSeconds, present, others }: NamedRow): ComparisonRow {
  return {
    key,
    name,
    calls,
    talkSeconds,
    present: { charges: moneysOf(present.charges), unratedCalls: present.unratedCalls },
    others: others.map(({ charges, unratedCalls }) => {
      const differences = differenceOf(present.charges, charges);
      const [currency] = differences.keys();
      const isOneCurrency = differences.size === 1 && currency !== undefined;
      return {
        charges: moneysOf(charges),
        unratedCalls,
        differences: moneysOf(differences),
        percent: isOneCurrency ? percentOf(present.charges.get(currency) ?? 0n, charges.get(currency) ?? 0n) : null,
      };
    }),
  };
}
