/** Why a call belongs to its person, or to nobody. */
import { Badge, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../core/api/contract.ts';

type Reason = Call['reason'];

const COLOR: Record<Reason, string> = {
  code: 'ledger',
  extension: 'blue',
  reassigned: 'violet',
  'no-code': 'yellow',
  'unknown-code': 'red',
  'code-not-valid': 'orange',
  none: 'gray',
};

export function ReasonBadge({ reason }: { readonly reason: Reason }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={t(`reasonHelp.${reason}`)}>
      <Badge color={COLOR[reason]} size="sm">
        {t(`reason.${reason}`)}
      </Badge>
    </Tooltip>
  );
}
