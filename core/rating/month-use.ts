/** What one call took out of its month's bundles and added to its volumes: kept with the call, so that its price can be shown again. */
import { type AmountMicro, amountMicro } from '../model/money.ts';

export interface MonthUse {
  /** Free seconds: how many the bundle had for the call, and how many it used. */
  readonly seconds?: { readonly bundle: string; readonly left: number; readonly used: number };
  readonly money?: { readonly bundle: string; readonly covered: AmountMicro };
  /** `before` is absent where the price goes by what the whole month reaches. */
  readonly volume?: { readonly group: string; readonly added: number; readonly before?: number };
}

/** What a tariff's month has used. */
export interface MonthState {
  /** `YYYY-MM` of the tariff's wall clock; a call of another month begins a new one. */
  readonly month: string;
  readonly bundleSeconds: Readonly<Record<string, number>>;
  readonly bundleMicro: Readonly<Record<string, bigint>>;
  readonly volumeSeconds: Readonly<Record<string, number>>;
}

export function emptyMonth(month: string): MonthState {
  return { month, bundleSeconds: {}, bundleMicro: {}, volumeSeconds: {} };
}

export function afterUse(state: MonthState, { seconds, money, volume }: MonthUse): MonthState {
  if ((seconds ?? money ?? volume) === undefined) return state;
  return {
    month: state.month,
    bundleSeconds:
      seconds === undefined
        ? state.bundleSeconds
        : { ...state.bundleSeconds, [seconds.bundle]: (state.bundleSeconds[seconds.bundle] ?? 0) + seconds.used },
    bundleMicro:
      money === undefined
        ? state.bundleMicro
        : { ...state.bundleMicro, [money.bundle]: (state.bundleMicro[money.bundle] ?? 0n) + money.covered },
    volumeSeconds:
      volume === undefined
        ? state.volumeSeconds
        : { ...state.volumeSeconds, [volume.group]: (state.volumeSeconds[volume.group] ?? 0) + volume.added },
  };
}

/** As it is stored; null for a call that used nothing. */
export function monthUseText({ seconds, money, volume }: MonthUse): string | null {
  if ((seconds ?? money ?? volume) === undefined) return null;
  const covered = money === undefined ? undefined : { bundle: money.bundle, covered: money.covered.toString() };
  return JSON.stringify({ seconds, money: covered, volume });
}

type Stored = Omit<MonthUse, 'money'> & { readonly money?: { readonly bundle: string; readonly covered: string } };

export function readMonthUse(text: string | null): MonthUse {
  if (text === null) return {};
  const { money, ...use }: Stored = JSON.parse(text);
  if (money === undefined) return use;
  return { ...use, money: { bundle: money.bundle, covered: amountMicro(BigInt(money.covered)) } };
}
