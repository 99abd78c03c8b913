/** A cost that the PBX itself printed (advice of charge, its own meter) beside the tariff's. */
import { type AmountMicro, amountFromDecimal, amountMicro } from '../model/money.ts';

export const PBX_COST_USES = ['rate', 'trust', 'compare'] as const;
/** `rate`: the tariff alone; `trust`: the PBX's cost where it printed one; `compare`: the tariff, and how far the PBX is off. */
export type PbxCostUse = (typeof PBX_COST_USES)[number];

export interface PbxCost {
  readonly amountMicro: AmountMicro;
  readonly currency: string;
}

/** `12.50` or `12.50 EUR`; without a currency that of the tariff. Undefined for anything else: no currency is guessed. */
export function readPbxCost(text: string, tariffCurrency: string | undefined): PbxCost | undefined {
  const [, amount = '', printed] = /^(\d+(?:\.\d+)?)(?:\s+(\S+))?$/.exec(text.trim()) ?? [];
  const currency = printed ?? tariffCurrency;
  const micro = amountFromDecimal(amount);
  if (micro === undefined || currency === undefined || !/^[A-Z]{3}$/.test(currency)) return undefined;
  return { amountMicro: micro, currency };
}

export interface SettledCost {
  /** Undefined: neither the tariff nor the PBX has a price. */
  readonly amountMicro: AmountMicro | undefined;
  readonly isFromPbx: boolean;
  /** Tariff less PBX, where both have a price and are compared. */
  readonly differenceMicro: AmountMicro | undefined;
}

export function settleCost(
  use: PbxCostUse,
  rated: AmountMicro | undefined,
  printed: AmountMicro | undefined,
): SettledCost {
  if (use === 'trust' && printed !== undefined) {
    return { amountMicro: printed, isFromPbx: true, differenceMicro: undefined };
  }
  const isCompared = use === 'compare' && rated !== undefined && printed !== undefined;
  return {
    amountMicro: rated,
    isFromPbx: false,
    differenceMicro: isCompared ? amountMicro(rated - printed) : undefined,
  };
}
