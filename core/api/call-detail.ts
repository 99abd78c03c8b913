/** One call with everything known about it, in the shape of the contract and with its codes masked. */
import type { FormatDefinition } from '../../parsers/types.ts';
import type { Language } from '../i18n/translate.ts';
import type { CallExplanation } from '../ingest/explain-call.ts';
import { type MaskCode, maskCodeIn, showCode } from '../model/masking.ts';
import { callOf, moneyOf } from './call-view.ts';
import type { CallDetail, Money } from './contract.ts';
import { codesIn, maskRecord } from './raw-lines.ts';

/** Every code that the call's bytes may show. */
function secretsOf({ call, record }: CallExplanation, format: FormatDefinition | undefined): readonly string[] {
  const codes = format === undefined ? [] : codesIn(record, format);
  return [...new Set([...codes, ...(call.code === null ? [] : [call.code])])];
}

/** Two digits a byte; a masked byte shows no digits either. */
function hexOf(text: string): string {
  return [...text].map((c) => (c === '•' ? '••' : c.charCodeAt(0).toString(16).padStart(2, '0'))).join(' ');
}

export function callDetailOf(
  explained: CallExplanation,
  format: FormatDefinition | undefined,
  mask: MaskCode,
  language: Language,
): Omit<CallDetail, 'ruling' | 'isVerdictInDoubt'> {
  const { call, source } = explained;
  const partOf = (amountMicro: bigint | undefined): Money | null =>
    amountMicro === undefined || call.currency === null ? null : moneyOf({ amountMicro, currency: call.currency });
  const hidden = mask === showCode ? [] : secretsOf(explained, format);
  return {
    ...callOf(call, mask, language, true),
    formatId: source.formatId,
    sourceName: source.name,
    codeField: call.codeField,
    conditionCode: call.conditionCode,
    pbxCost: call.pbxCost,
    billedSeconds: call.billedSeconds,
    tariffName: explained.version?.tariffName ?? null,
    tariffVersionId: explained.version?.id ?? null,
    tariffVersionNumber: explained.version?.number ?? null,
    net: partOf(explained.tax?.netMicro),
    tax: partOf(explained.tax?.taxMicro),
    nearestCodes: explained.nearestCodes.map(({ code, personName }) => ({ code: mask(code), personName })),
    priceSteps: explained.priceSteps.map(({ kind, values }) => ({ kind, values: { ...values } })),
    legs: explained.legs.map(({ bytes, ...leg }) => {
      const rawText = hidden.reduce(maskCodeIn, Buffer.from(bytes).toString('latin1'));
      return { ...leg, rawText, rawHex: hexOf(rawText) };
    }),
    record: maskRecord(explained.record, hidden),
  };
}
