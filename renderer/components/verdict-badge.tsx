/** What the code rules say of a call. */
import { Badge, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconHelpCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Call } from '../../core/api/contract.ts';
import { restsOnNoCode } from '../../core/model/code-policy.ts';
import { useRead } from '../query-client.ts';

type Verdict = NonNullable<Call['verdict']>;

const COLOR: Record<Verdict, string> = {
  obeys: 'ledger',
  'no-code': 'red',
  'unknown-code': 'red',
  'beyond-right': 'orange',
  'extension-only': 'yellow',
  'outside-hours': 'orange',
};

interface VerdictBadgeProps {
  readonly verdict: Verdict;
  /** The PBX prints no codes, so nobody can say that none was dialled. */
  readonly isInDoubt: boolean;
}

export function VerdictBadge({ verdict, isInDoubt }: VerdictBadgeProps) {
  const { t } = useTranslation('policy');
  return (
    <Tooltip label={t('inDoubt')} disabled={!isInDoubt}>
      <Badge
        color={isInDoubt ? 'gray' : COLOR[verdict]}
        size="sm"
        rightSection={isInDoubt ? <IconHelpCircle size={13} stroke={1.6} aria-label={t('inDoubt')} /> : null}
      >
        {t(`verdict.${verdict}`)}
      </Badge>
    </Tooltip>
  );
}

/** Sources whose format has no field for codes. */
function useHasCodeField(sourceId: number): boolean {
  const sources = useRead('listSources', undefined, { staleTime: Number.POSITIVE_INFINITY });
  const formats = useRead('listFormats', undefined, { staleTime: Number.POSITIVE_INFINITY });
  const formatId = sources.data?.find(({ id }) => id === sourceId)?.formatId;
  return formats.data?.find(({ id }) => id === formatId)?.codeFields.length !== 0;
}

/** Beside a call that breaks a rule; nothing beside others. */
export function BreachMark({ call }: { readonly call: Pick<Call, 'verdict' | 'sourceId'> }) {
  const { verdict, sourceId } = call;
  return verdict === null || verdict === 'obeys' ? null : <Mark verdict={verdict} sourceId={sourceId} />;
}

function Mark({ verdict, sourceId }: { readonly verdict: Verdict; readonly sourceId: number }) {
  const { t } = useTranslation('policy');
  const isInDoubt = !useHasCodeField(sourceId) && restsOnNoCode(verdict);
  const Icon = isInDoubt ? IconHelpCircle : IconAlertTriangle;
  const label = isInDoubt ? `${t(`verdict.${verdict}`)}? ${t('inDoubt')}` : t(`verdict.${verdict}`);
  return (
    <Tooltip label={label}>
      <Icon
        size={15}
        stroke={1.8}
        role="img"
        aria-label={label}
        className="tb-breach-mark"
        data-doubt={isInDoubt || undefined}
      />
    </Tooltip>
  );
}
