import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallDetail } from '../../../core/api/contract.ts';
import { PriceSteps } from '../../components/price-steps.tsx';

/** What a call costs and why, with the cost that its PBX printed. */
export function CallPrice({ call }: { readonly call: CallDetail }) {
  const { t } = useTranslation(['calls', 'app']);
  return (
    <>
      {call.rating !== 'rated' && (
        <Text size="sm" c={call.rating === 'unrated' ? 'var(--tb-warn)' : 'dimmed'}>
          {t(`app:ratingHelp.${call.rating}`)}
        </Text>
      )}
      <PriceSteps steps={call.priceSteps} />
      {call.pbxCost !== null && (
        <Text size="sm" c="dimmed" mt={4}>
          {t('details.pbxCost', { cost: call.pbxCost })}
        </Text>
      )}
    </>
  );
}
