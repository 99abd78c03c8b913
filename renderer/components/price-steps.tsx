import { List } from '@mantine/core';
import type { PriceStep } from '../../core/api/contract.ts';
import { formatCount, formatExact, formatLocalDateTime, formatLocalDay } from '../format.ts';
import { type LanguageCode, textOr, useLanguage } from '../language.ts';

/** A step that no text is known for still shows its word and figures. */
function bare(step: PriceStep): string {
  const values = Object.entries(step.values).map(([key, value]) => `${key}: ${value}`);
  return [step.kind, ...values].join(' · ');
}

/** Values that are exact decimal texts; other texts are names and dialled digits. */
const MONEY: ReadonlySet<string> = new Set(['amount', 'charge', 'price']);

/** Money takes the place of its amount and its currency's name. */
function readable(values: PriceStep['values'], language: LanguageCode): PriceStep['values'] {
  const currency = typeof values['currency'] === 'string' ? values['currency'] : undefined;
  const hasMoney = Object.keys(values).some((key) => MONEY.has(key));
  const shown = ([key, value]: readonly [string, string | number]): string => {
    if (typeof value === 'number') return formatCount(value, language);
    if (MONEY.has(key)) return formatExact(value, language, currency);
    if (key === 'percent') return formatExact(value, language);
    if (key === 'start') return formatLocalDateTime(value);
    if (key === 'day' || key === 'from') return formatLocalDay(value);
    return key === 'currency' && hasMoney ? '' : value;
  };
  return Object.fromEntries(Object.entries(values).map((entry) => [entry[0], shown(entry)]));
}

/** How a price came about, each step checkable by hand. */
export function PriceSteps({ steps }: { readonly steps: readonly PriceStep[] }) {
  const language = useLanguage();
  if (steps.length === 0) return null;
  return (
    <List size="sm" spacing={3} type="ordered">
      {steps.map((step) => (
        <List.Item key={`${step.kind}${JSON.stringify(step.values)}`}>
          <span className="tb-wrap">
            {textOr(`rating:step.${step.kind}`, readable(step.values, language), bare(step)).trim()}
          </span>
        </List.Item>
      ))}
    </List>
  );
}
