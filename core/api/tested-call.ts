/** A call that was tried, in the shape of the contract: each step in words of the reader's language. */
import { createTranslate, type Language } from '../i18n/translate.ts';
import type { CallToTry, TriedCall } from '../ingest/try-call.ts';
import type { AmountMicro } from '../model/money.ts';
import { localSecondsOfDay } from '../model/time.ts';
import { taxInCharge } from '../rating/tax.ts';
import { moneyOf } from './call-view.ts';
import type { Money, TestCall, TestedCall } from './contract.ts';
import type { ApiParts } from './parts.ts';
import { siteToday } from './site-today.ts';
import { presentVersionOf, versionOf } from './tariff-view.ts';

/** `startLocal` was checked by the contract. */
export function callToTry({ startLocal, ...call }: TestCall): CallToTry {
  const [day = '', time = ''] = startLocal.split('T');
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  return { ...call, startLocalS: (localSecondsOfDay(day) ?? 0) + hour * 3600 + minute * 60 + second };
}

export function testedCallOf(
  { number, band, destination, price }: TriedCall,
  parts: ApiParts,
  language: Language,
): TestedCall {
  const t = createTranslate(language);
  const { charge, version, usable, choice } = price;
  const amount = charge?.amountMicro;
  const money = (amountMicro: AmountMicro | undefined): Money | null =>
    amountMicro === undefined || charge === undefined ? null : moneyOf({ amountMicro, currency: charge.currency });
  const isOwn = usable !== undefined && charge?.currency === usable.compiled.currency;
  const split = amount === undefined || !isOwn ? undefined : taxInCharge(usable.compiled, amount);
  const present =
    version === undefined ? undefined : presentVersionOf(parts.tariffs.published(version.tariffId), siteToday(parts));
  return {
    number: number?.number ?? '',
    notes: [...(number?.notes ?? [])],
    accessCode: number?.accessCode ?? null,
    band,
    destination: destination?.[language] ?? null,
    version: version === undefined ? null : versionOf(version, present?.id),
    choice: choice === undefined ? null : { reason: choice.reason, value: choice.value },
    matchedPrefix: charge?.rate?.prefix ?? null,
    isRated: charge?.isRated ?? false,
    charge: money(amount),
    net: money(split?.netMicro),
    tax: money(split?.taxMicro),
    billedSeconds: charge?.billedSeconds ?? 0,
    steps: price.steps.map(({ kind, values }) => ({
      kind,
      values: { ...values },
      text: t(`rating.step.${kind}`, values),
    })),
  };
}
