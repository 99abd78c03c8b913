/** The host key of a source that speaks SSH: shown, and confirmed where that is still to be done. */
import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../core/api/contract.ts';
import { Confirm } from '../../components/confirm.tsx';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { draftOf } from './source-draft.ts';

export function HostKey({ source }: { readonly source: Source }) {
  const { t } = useTranslation('sources');
  const [isAsking, setIsAsking] = useState(false);
  const change = useWrite('changeSource', {
    refresh: ['listSources'],
    onDone: () => {
      setIsAsking(false);
      showDone(t('hostKey.confirmed'));
    },
  });
  const { config, status } = source;
  const { hostKey } = status;
  if (hostKey === null) return null;
  const isOpenQuestion = config.kind === 'sftp-pull' && config.hostKey !== hostKey;
  return (
    <Text size="sm" c="dimmed" mt="sm" component="div">
      {t(config.kind === 'sftp-drop' ? 'hostKey.own' : 'hostKey.server')}: <span className="tb-mono">{hostKey}</span>
      {isOpenQuestion && (
        <Button size="compact-sm" variant="light" ml="sm" onClick={() => setIsAsking(true)}>
          {t('hostKey.confirm')}
        </Button>
      )}
      <Confirm
        isOpen={isAsking}
        title={t('hostKey.confirmTitle')}
        text={t('hostKey.confirmText', { fingerprint: hostKey })}
        action={t('hostKey.confirm')}
        isBusy={change.isPending}
        onClose={() => setIsAsking(false)}
        onConfirm={() => {
          if (config.kind !== 'sftp-pull') return;
          change.mutate({ params: { id: source.id }, body: { ...draftOf(source), config: { ...config, hostKey } } });
        }}
      />
    </Text>
  );
}
