/** A rate in a few words, for samples and lists of changes. */
import { useTranslation } from 'react-i18next';
import type { TariffRate } from '../../../core/api/contract.ts';
import { formatExact, formatLocalDateTime, formatLocalDay } from '../../format.ts';
import { useLanguage } from '../../language.ts';

/** Without zeros that only a printed price has. */
function short(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

/** A local day, or a day with a time. */
export function formatMoment(text: string): string {
  return text.length === 10 ? formatLocalDay(text) : formatLocalDateTime(text);
}

export function useExact(): (decimal: string) => string {
  const language = useLanguage();
  return (decimal) => formatExact(short(decimal), language);
}

export function useRateWords(): (rate: TariffRate) => string {
  const { t } = useTranslation('deck');
  const exact = useExact();
  return (rate) => {
    const increment = rate.incrementSeconds ?? 1;
    const initial = rate.initialSeconds ?? increment;
    const parts = [
      rate.reject === true ? t('read.reject') : undefined,
      rate.ratePerMinute === undefined ? undefined : t('read.perMinute', { price: exact(rate.ratePerMinute) }),
      rate.steps === undefined
        ? undefined
        : t('read.steps', {
            steps: rate.steps
              .map(
                (step) =>
                  `${step.fromSecond} s: ${exact(step.price)} / ${step.perSeconds} s (${step.incrementSeconds} s)`,
              )
              .join('; '),
          }),
      rate.ratePerMinute === undefined ? undefined : t('read.blocks', { blocks: `${initial}+${increment}` }),
      rate.connectionCharge === undefined ? undefined : t('read.connection', { amount: exact(rate.connectionCharge) }),
      rate.period,
      rate.trunk,
      rate.effectiveFrom === undefined ? undefined : t('read.from', { day: formatMoment(rate.effectiveFrom) }),
      rate.effectiveTo === undefined ? undefined : t('read.to', { day: formatMoment(rate.effectiveTo) }),
    ];
    return parts.filter((part) => part !== undefined).join(', ');
  };
}
