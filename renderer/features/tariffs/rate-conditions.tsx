import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StoredRate } from '../../../core/rating/tariff.ts';
import { formatExact, formatLocalDay } from '../../format.ts';
import { useLanguage } from '../../language.ts';

/** What else a rate says, in a few words each. */
export function RateConditions({ rate }: { readonly rate: StoredRate }) {
  const { t } = useTranslation(['tariffs', 'app']);
  const language = useLanguage();
  const words: (string | false | undefined)[] = [
    rate.period,
    rate.direction !== undefined && t(`app:direction.${rate.direction}`),
    rate.trunk !== undefined && t('rate.chip.trunk', { value: rate.trunk }),
    rate.accessCode !== undefined && t('rate.chip.accessCode', { value: rate.accessCode }),
    rate.localOnly === true && t('rate.chip.localOnly'),
    rate.originGroup !== undefined && t('rate.chip.origin', { value: rate.originGroup }),
    (rate.minimumDigits ?? rate.maximumDigits) !== undefined &&
      t('rate.chip.digits', { least: rate.minimumDigits ?? 1, most: rate.maximumDigits ?? '…' }),
    rate.graceSeconds !== undefined && t('rate.chip.grace', { seconds: rate.graceSeconds }),
    rate.freeSeconds !== undefined && t('rate.chip.free', { seconds: rate.freeSeconds }),
    rate.block === 'whole-duration' && t('rate.chip.whole'),
    rate.minimumCharge !== undefined && t('rate.chip.minimum', { amount: formatExact(rate.minimumCharge, language) }),
    rate.maximumCharge !== undefined && t('rate.chip.maximum', { amount: formatExact(rate.maximumCharge, language) }),
    rate.volumeGroup !== undefined && t('rate.chip.volume', { value: rate.volumeGroup }),
    rate.effectiveTo !== undefined && t('rate.chip.until', { day: formatLocalDay(rate.effectiveTo) }),
  ];
  return words
    .filter((word) => typeof word === 'string')
    .map((word) => (
      <Badge key={word} size="xs" variant="default" tt="none" mr={4}>
        {word}
      </Badge>
    ));
}
