import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RunDetail, RunSummary } from '../../../core/api/contract.ts';

const RUN_COLOURS: Record<RunSummary['state'], string> = {
  waiting: 'gray',
  sending: 'blue',
  done: 'ledger',
  failed: 'red',
  'left-out': 'gray',
  stopped: 'red',
};

export function RunState({ state }: { readonly state: RunSummary['state'] }) {
  const { t } = useTranslation('schedules');
  return (
    <Badge variant="light" color={RUN_COLOURS[state]}>
      {t(`state.${state}`)}
    </Badge>
  );
}

type Sending = RunDetail['sendings'][number]['state'];

const SENDING_COLOURS: Record<Sending, string> = {
  waiting: 'gray',
  claimed: 'blue',
  sent: 'ledger',
  failed: 'red',
  uncertain: 'orange',
  'left-out': 'gray',
};

export function SendingState({ state }: { readonly state: Sending }) {
  const { t } = useTranslation('schedules');
  return (
    <Badge variant="light" color={SENDING_COLOURS[state]}>
      {t(`sendingState.${state}`)}
    </Badge>
  );
}
