/** What people decided about a call: who, when, why; and the way to decide otherwise. */
import { Badge, Button, Group, Text, Title } from '@mantine/core';
import { IconArrowBackUp, IconLock, IconUserShare } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallDetail, CallHistory as History } from '../../../core/api/contract.ts';
import { CorrectionTable } from '../../components/correction-table.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { formatInstant } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { DecideDialog } from './decide-dialog.tsx';

type Decision = History['decisions'][number];

export function CallHistory({ call }: { readonly call: CallDetail }) {
  const { t } = useTranslation('calls');
  const [isDeciding, setIsDeciding] = useState(false);
  const history = useRead('getCallHistory', { params: { id: call.id } });
  const { decisions = [], corrections = [], isInClosedMonth = false } = history.data ?? {};
  return (
    <section>
      <Group justify="space-between" mb={6}>
        <Group gap="xs">
          <Title order={3}>{t('decide.section')}</Title>
          {isInClosedMonth && (
            <Badge size="sm" color="gray" leftSection={<IconLock size={11} />}>
              {t('mark.closed')}
            </Badge>
          )}
        </Group>
        <Button
          size="compact-sm"
          variant="default"
          disabled={history.data === undefined}
          leftSection={<IconUserShare size={14} />}
          onClick={() => setIsDeciding(true)}
        >
          {t('decide.button')}
        </Button>
      </Group>
      {decisions.length === 0 && corrections.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('decide.none')}
        </Text>
      )}
      {decisions.map((decision) => (
        <DecisionLine key={decision.id} decision={decision} isInClosedMonth={isInClosedMonth} all={decisions} />
      ))}
      {corrections.length > 0 && <CorrectionTable rows={corrections} isOfOneCall />}
      {isDeciding && (
        <DecideDialog
          calls={{ ids: [call.id] }}
          count={1}
          isInClosedMonth={isInClosedMonth}
          onClose={() => setIsDeciding(false)}
        />
      )}
    </section>
  );
}

interface DecisionLineProps {
  readonly decision: Decision;
  readonly all: readonly Decision[];
  readonly isInClosedMonth: boolean;
}

function DecisionLine({ decision, all, isInClosedMonth }: DecisionLineProps) {
  const { t } = useTranslation(['calls', 'app']);
  const language = useLanguage();
  const undone = all.find((one) => one.id === decision.undoesId);
  const what = whatOf(undone ?? decision, t);
  const holds = decision.id === all.findLast((one) => one.kind === decision.kind && isOpen(one))?.id;
  return (
    <Group justify="space-between" wrap="nowrap" mb={4} gap="xs">
      <Text size="sm" className="tb-wrap" td={decision.isUndone ? 'line-through' : undefined}>
        {undone === undefined ? what : t('decide.undone', { what })} ·{' '}
        <span className="tb-faint">
          {formatInstant(decision.atMs, language)} · {decision.by}: {decision.reason}
        </span>
      </Text>
      {holds && !isInClosedMonth && <UndoButton id={decision.id} />}
    </Group>
  );
}

function isOpen({ undoesId, isUndone }: Decision): boolean {
  return undoesId === null && !isUndone;
}

function whatOf(decision: Decision, t: ReturnType<typeof useTranslation<['calls', 'app']>>['t']): string {
  if (decision.kind === 'owner') return t('decide.given', { name: decision.personName ?? t('app:nobody') });
  return t(`decide.purpose.${decision.purpose ?? 'business'}`);
}

function UndoButton({ id }: { readonly id: number }) {
  const { t } = useTranslation('calls');
  const [isAsking, setIsAsking] = useState(false);
  const undo = useWrite('undoDecision', {
    refresh: ['listCalls', 'countCalls', 'getCall', 'getCallHistory', 'getMonth', 'getClosing'],
    showsErrors: true,
    onDone: () => {
      showDone(t('decide.undoDone'));
      setIsAsking(false);
    },
  });
  return (
    <>
      <Button
        flex="none"
        size="compact-sm"
        variant="subtle"
        leftSection={<IconArrowBackUp size={14} />}
        onClick={() => setIsAsking(true)}
      >
        {t('decide.undo')}
      </Button>
      {isAsking && (
        <ReasonDialog
          title={t('decide.undoTitle')}
          text={t('decide.undoText')}
          action={t('decide.undo')}
          isBusy={undo.isPending}
          error={undo.error}
          onConfirm={(body) => undo.mutate({ params: { id }, body })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
