import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rerate } from '../../../core/api/contract.ts';
import { Confirm } from '../../components/confirm.tsx';
import { formatCount } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { DecideDialog } from './decide-dialog.tsx';

interface RerateDecisionProps {
  readonly rerate: Rerate;
  readonly changed: number;
}

export function RerateDecision({ rerate, changed }: RerateDecisionProps) {
  const { t } = useTranslation('rerate');
  const language = useLanguage();
  const [asked, setAsked] = useState<'apply' | 'takeBack' | 'discard'>();
  const close = (): void => setAsked(undefined);
  const discard = useWrite('cancelRerate', {
    refresh: ['listRerates'],
    onDone: () => showDone(t('decide.discarded')),
  });
  const isReady = rerate.state === 'ready';
  if (!isReady && !rerate.canTakeBack) return null;
  return (
    <section className="tb-save-bar tb-reread-decision" aria-label={t(isReady ? 'decide.apply' : 'decide.takeBack')}>
      {rerate.isOutdated ? (
        <Alert color="orange" icon={<IconAlertTriangle size={18} />}>
          {t('result.outdated')}
        </Alert>
      ) : (
        <Text size="sm">
          {isReady && changed === 0
            ? t('result.nothing')
            : t('decide.text', { count: changed, number: formatCount(changed, language) })}
        </Text>
      )}
      <Group gap="xs" wrap="nowrap" flex="none">
        {isReady && (
          <Button variant="default" onClick={() => setAsked('discard')}>
            {t(rerate.isOutdated ? 'result.again' : 'decide.discard')}
          </Button>
        )}
        {isReady && changed > 0 && !rerate.isOutdated && (
          <Button leftSection={<IconCheck size={16} stroke={1.6} />} onClick={() => setAsked('apply')}>
            {t('decide.apply')}
          </Button>
        )}
        {rerate.canTakeBack && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} stroke={1.6} />}
            onClick={() => setAsked('takeBack')}
          >
            {t('decide.takeBack')}
          </Button>
        )}
      </Group>
      <DecideDialog rerate={rerate} kind="apply" isOpen={asked === 'apply'} onClose={close} />
      <DecideDialog rerate={rerate} kind="takeBack" isOpen={asked === 'takeBack'} onClose={close} />
      <Confirm
        isOpen={asked === 'discard'}
        title={t('decide.discardTitle')}
        text={t('decide.discardText')}
        action={t('decide.discard')}
        isBusy={discard.isPending}
        onConfirm={() => discard.mutate({ params: { id: rerate.id } })}
        onClose={close}
      />
    </section>
  );
}
