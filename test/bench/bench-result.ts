/** One measured figure beside what it must be. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: 's' | 'ms' | 'MB' | 'ratio' | 'calls' | 'calls/s';
  /** Absent: told for information. */
  readonly target?: { readonly atMost?: number; readonly atLeast?: number };
  readonly isMet: boolean;
}

export function measured(
  name: string,
  value: number,
  unit: BenchResult['unit'],
  target?: BenchResult['target'],
): BenchResult {
  const isMet = value <= (target?.atMost ?? Number.POSITIVE_INFINITY) && value >= (target?.atLeast ?? 0);
  return target === undefined ? { name, value, unit, isMet } : { name, value, unit, target, isMet };
}

export function resultText({ name, value, unit, target, isMet }: BenchResult): string {
  const wanted =
    target === undefined
      ? ''
      : `  ${isMet ? 'met' : 'MISSED'} (${target.atMost === undefined ? `at least ${target.atLeast}` : `at most ${target.atMost}`})`;
  return `${name.padEnd(58)} ${value.toFixed(unit === 's' || unit === 'ratio' ? 2 : 0).padStart(10)} ${unit}${wanted}`;
}
