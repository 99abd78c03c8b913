/** The price of a call: a sum, "no rate" where one is missing, nothing where none is due. */
import { Badge, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../core/api/contract.ts';
import { Money } from './values.tsx';

export function Charge({ call }: { readonly call: Pick<Call, 'rating' | 'charge'> }) {
  const { t } = useTranslation();
  if (call.charge !== null) return <Money value={call.charge} />;
  if (call.rating !== 'unrated') return <span className="tb-faint">–</span>;
  return (
    <Tooltip label={t('ratingHelp.unrated')}>
      <Badge color="orange" size="sm">
        {t('rating.unrated')}
      </Badge>
    </Tooltip>
  );
}
