import { Tooltip } from '@mantine/core';
import {
  IconArrowDownLeft,
  IconArrowsExchange,
  IconArrowsLeftRight,
  IconArrowUpRight,
  IconMinus,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../core/api/contract.ts';

const ICON = {
  outgoing: IconArrowUpRight,
  incoming: IconArrowDownLeft,
  internal: IconArrowsLeftRight,
  tandem: IconArrowsExchange,
  none: IconMinus,
} as const;

export function DirectionIcon({ call }: { readonly call: Pick<Call, 'direction' | 'isAnswered'> }) {
  const { t } = useTranslation();
  const IconOf = ICON[call.direction];
  const isMissed = call.isAnswered === false;
  const label = isMissed
    ? `${t(`direction.${call.direction}`)} · ${t('notAnswered')}`
    : t(`direction.${call.direction}`);
  return (
    <Tooltip label={label}>
      <span className="tb-direction" data-direction={call.direction} data-missed={isMissed || undefined}>
        <IconOf size={16} stroke={1.8} role="img" aria-label={label} />
      </span>
    </Tooltip>
  );
}
