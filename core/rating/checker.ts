/** Collects what is wrong with a tariff's JSON, each problem with its place. */
import { parseDecimal } from '../model/money.ts';
import type { TariffProblem, TariffProblemCode } from './tariff.ts';

export type Json = Readonly<Record<string, unknown>>;

/** More problems than this are counted, not listed. */
const MAX_PROBLEMS = 200;
const MAX_SECONDS = 1_000_000_000;

export class Checker {
  readonly problems: TariffProblem[] = [];
  private dropped = 0;

  add(path: string, code: TariffProblemCode, values: Record<string, string | number> = {}): void {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ path, code, values });
    else this.dropped += 1;
  }

  finished(): TariffProblem[] {
    if (this.dropped === 0) return this.problems;
    return [...this.problems, { path: '', code: 'too-many', values: { more: this.dropped } }];
  }

  keys(path: string, object: Json, known: ReadonlySet<string>): void {
    for (const key of Object.keys(object)) {
      if (!known.has(key))
        this.add(path === '' ? key : `${path}.${key}`, 'unknown-key', { key, known: [...known].join(', ') });
    }
  }

  text(path: string, value: unknown): string | undefined {
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value !== '') return value;
    this.add(path, 'not-text');
    return undefined;
  }

  choice(path: string, value: unknown, choices: readonly string[]): void {
    if (value === undefined || (typeof value === 'string' && choices.includes(value))) return;
    this.add(path, 'not-a-choice', { value: shown(value), choices: choices.join(', ') });
  }

  whole(path: string, value: unknown, least: number, most = MAX_SECONDS): number | undefined {
    if (value === undefined) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    this.add(path, 'not-whole-number', { value: shown(value), least, most });
    return undefined;
  }

  price(path: string, value: unknown): string | undefined {
    if (value === undefined) return undefined;
    if (typeof value !== 'string') {
      this.add(path, 'price-not-text', { value: shown(value) });
      return undefined;
    }
    const fraction = parseDecimal(value);
    if (fraction === undefined) this.add(path, 'not-decimal', { value });
    else if (fraction.num < 0n) this.add(path, 'negative', { value });
    else return value;
    return undefined;
  }

  percent(path: string, value: unknown, least: number): void {
    if (value === undefined) return;
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string' || parseDecimal(text) === undefined)
      this.add(path, 'not-decimal', { value: shown(value) });
    else if (Number(text) < least) this.add(path, 'negative', { value: text });
  }

  list(path: string, value: unknown): readonly unknown[] {
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.add(path, 'not-a-list');
    return [];
  }

  object(path: string, value: unknown): Json | undefined {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
    this.add(path, 'not-an-object');
    return undefined;
  }
}

export function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'undefined').slice(0, 60);
}
