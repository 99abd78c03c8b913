/** One line of `tollbook rate`: a call's JSON in, a charge's JSON out. */
import type { CompiledTariff } from './compile.ts';
import { explainCall, type PriceStep, roundedText } from './explain.ts';
import { readCallStart } from './local-time.ts';
import type { RatingCall } from './rate-call.ts';
import { RATE_DIRECTIONS, type RateDirection } from './tariff.ts';

export interface PrintedCharge {
  /** Exact decimal with the tariff's decimals; null when no rate fits. */
  readonly charge: string | null;
  readonly currency: string;
  readonly rated: boolean;
  readonly billedSeconds: number;
  readonly matchedPrefix: string | null;
  readonly explanation: readonly PriceStep[];
}

type Json = Readonly<Record<string, unknown>>;

/** A call of the interchange form, or the name of the key that cannot be read. */
export function readRatingCall(tariff: CompiledTariff, json: unknown): RatingCall | { readonly badKey: string } {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return { badKey: '' };
  const call = json as Json;
  const startLocal = typeof call['start'] === 'string' ? readCallStart(call['start'], tariff.clock) : undefined;
  if (startLocal === undefined) return { badKey: 'start' };
  const durationSeconds = secondsOf(call['durationSeconds']);
  if (durationSeconds === undefined) return { badKey: 'durationSeconds' };
  const number = call['number'] === '' ? '' : textOf(call['number'] ?? call['dialedNumber']);
  if (number === undefined) return { badKey: 'number' };
  const direction = call['direction'] ?? 'outgoing';
  if (!RATE_DIRECTIONS.includes(direction as RateDirection)) return { badKey: 'direction' };
  const answered = call['answered'] ?? true;
  if (typeof answered !== 'boolean') return { badKey: 'answered' };
  const allowance = call['allowanceLeftSeconds'] ?? undefined;
  const allowanceLeftSeconds = allowance === undefined ? undefined : secondsOf(allowance);
  if (allowance !== undefined && allowanceLeftSeconds === undefined) return { badKey: 'allowanceLeftSeconds' };
  return {
    startLocal,
    durationSeconds,
    number: number.replace(/[\s+().-]/g, ''),
    direction: direction as RateDirection,
    answered,
    allowanceLeftSeconds,
    accessCode: textOf(call['accessCode']),
    trunk: textOf(call['trunk']),
    origin: textOf(call['origin'])?.replace(/\D/g, ''),
  };
}

/** Digits may come as a JSON number; a condition is compared as text. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

function secondsOf(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof seconds === 'number' && seconds >= 0 && seconds < 1e9 ? seconds : undefined;
}

/** The charge of a line that has none, with its reason. */
export function notACall(currency: string, step: PriceStep): PrintedCharge {
  return { charge: null, currency, rated: false, billedSeconds: 0, matchedPrefix: null, explanation: [step] };
}

/** The key of a line that cannot be read, the empty text for a line that is no object; undefined for a call. */
export function unreadableKey({ explanation: [first] }: PrintedCharge): string | undefined {
  return first?.kind === 'not-a-call' ? String(first.values['key']) : undefined;
}

/** `json` is one parsed line. A line that is no call is printed as not rated, with the key that is wrong. */
export function rateJsonLine(tariff: CompiledTariff, json: unknown): PrintedCharge {
  const { currency } = tariff;
  const call = readRatingCall(tariff, json);
  if ('badKey' in call) {
    return notACall(currency, { kind: 'not-a-call', values: { key: call.badKey } });
  }
  const { charge, exact, explanation } = explainCall(tariff, call);
  return {
    charge: exact === undefined ? null : roundedText(tariff, exact),
    currency,
    rated: charge.isRated,
    billedSeconds: charge.billedSeconds,
    matchedPrefix: charge.rate?.prefix ?? null,
    explanation,
  };
}
