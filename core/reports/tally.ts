/** Rows of a grouped report: what the calls of each group add up to, with the totals from a count of their own. */
import { BANDS, type Band } from '../model/call.ts';
import { type AmountMicro, amountMicro } from '../model/money.ts';
import type { GroupSum, PrivateSum, ReportSums, SumKey } from '../store/report-sums.ts';

export class Tally {
  calls = 0;
  talkSeconds = 0;
  unratedCalls = 0;
  privateCalls = 0;
  privateSeconds = 0;
  readonly charges = new Amounts();
  /** What corrections of closed months add. */
  readonly corrections = new Amounts();
  /** Part of charges and corrections: what was private. */
  readonly privately = new Amounts();
  readonly bands = new Map<Band, BandTally>();

  add(sum: GroupSum): void {
    this.calls += sum.calls;
    this.talkSeconds += sum.talkSeconds;
    this.unratedCalls += sum.unratedCalls;
    this.charges.add(sum.currency, sum.chargeMicro);
  }

  addPrivate({ currency, calls, talkSeconds, chargeMicro }: PrivateSum): void {
    this.privateCalls += calls;
    this.privateSeconds += talkSeconds;
    this.privately.add(currency, chargeMicro);
  }

  addToBand(band: Band, sum: GroupSum): void {
    let tally = this.bands.get(band);
    if (tally === undefined) {
      tally = { calls: 0, charges: new Amounts() };
      this.bands.set(band, tally);
    }
    tally.calls += sum.calls;
    tally.charges.add(sum.currency, sum.chargeMicro);
  }

  /** Charges and corrections. */
  due(currency: string): AmountMicro {
    return amountMicro(this.charges.of(currency) + this.corrections.of(currency));
  }
}

interface BandTally {
  calls: number;
  readonly charges: Amounts;
}

/** Money by currency. */
export class Amounts {
  readonly #sums = new Map<string, bigint>();

  add(currency: string, amount: bigint): void {
    if (currency !== '') this.#sums.set(currency, (this.#sums.get(currency) ?? 0n) + amount);
  }

  of(currency: string): AmountMicro {
    return amountMicro(this.#sums.get(currency) ?? 0n);
  }

  get currencies(): readonly string[] {
    return [...this.#sums.keys()];
  }

  get isZero(): boolean {
    return [...this.#sums.values()].every((sum) => sum === 0n);
  }
}

/** Several groups as one. */
export function merged(rows: readonly GroupTally[]): Tally {
  const sum = new Tally();
  for (const { tally } of rows) {
    sum.calls += tally.calls;
    sum.talkSeconds += tally.talkSeconds;
    sum.unratedCalls += tally.unratedCalls;
    sum.privateCalls += tally.privateCalls;
    sum.privateSeconds += tally.privateSeconds;
    for (const kind of ['charges', 'corrections', 'privately'] as const) {
      for (const currency of tally[kind].currencies) sum[kind].add(currency, tally[kind].of(currency));
    }
  }
  return sum;
}

export interface Tallies {
  /** By the group's keys, in no order. */
  readonly rows: ReadonlyMap<string, GroupTally>;
  readonly total: Tally;
}

export interface GroupTally {
  readonly keys: readonly string[];
  readonly tally: Tally;
}

/** Of every group that has calls or corrections. With `bands`, each knows its kinds of calls, too. */
export function tallies(sums: ReportSums, by: readonly SumKey[], options: { readonly bands?: true } = {}): Tallies {
  const rows = new Map<string, GroupTally>();
  const rowOf = (keys: readonly string[]): Tally => {
    const key = keys.slice(0, by.length).join('\u0000');
    let row = rows.get(key);
    if (row === undefined) {
      row = { keys: keys.slice(0, by.length), tally: new Tally() };
      rows.set(key, row);
    }
    return row.tally;
  };
  const total = new Tally();
  for (const sum of sums.calls(options.bands === true ? [...by, 'band'] : by)) {
    rowOf(sum.keys).add(sum);
    if (options.bands === true) rowOf(sum.keys).addToBand(bandOf(sum.keys[by.length]), sum);
  }
  for (const sum of sums.calls(options.bands === true ? ['band'] : [])) {
    total.add(sum);
    if (options.bands === true) total.addToBand(bandOf(sum.keys[0]), sum);
  }
  for (const { keys, currency, amountMicro: amount, privateMicro } of sums.corrections(by)) {
    rowOf(keys).corrections.add(currency, amount);
    rowOf(keys).privately.add(currency, privateMicro);
  }
  for (const { currency, amountMicro: amount, privateMicro } of sums.corrections([])) {
    total.corrections.add(currency, amount);
    total.privately.add(currency, privateMicro);
  }
  for (const sum of sums.privately(by)) rowOf(sum.keys).addPrivate(sum);
  for (const sum of sums.privately([])) total.addPrivate(sum);
  return { rows, total };
}

function bandOf(key: string | undefined): Band {
  return BANDS.find((band) => band === key) ?? 'unknown';
}
