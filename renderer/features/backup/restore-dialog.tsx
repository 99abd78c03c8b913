/** What is in a backup, what is there now, and what will happen: before anything is put in place. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Backup } from '../../../core/api/contract.ts';
import { formatCount, formatInstant, formatLocalDateTime } from '../../format.ts';
import { useLanguage } from '../../language.ts';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';

interface RestoreDialogProps {
  readonly backup: Backup;
  readonly restartsItself: boolean;
  readonly onClose: () => void;
}

export function RestoreDialog({ backup, restartsItself, onClose }: RestoreDialogProps) {
  const { t } = useTranslation(['backup', 'app']);
  const language = useLanguage();
  const system = useRead('getSystem');
  const restore = useWrite('restoreBackup', {
    refresh: ['getBackups'],
    onDone: () => {
      if (restartsItself) showDone(t('restore.restarting'));
      onClose();
    },
  });
  const { holds } = backup;
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('restore.title')}</Text>} size="lg">
      <Stack>
        {holds !== null && (
          <Text size="sm">
            {t('restore.made', {
              madeAt: formatInstant(backup.madeAtMs, language),
              program: holds.program,
              calls: formatCount(holds.calls, language),
              newest: holds.newestCallLocal === null ? '–' : formatLocalDateTime(holds.newestCallLocal),
              people: formatCount(holds.people, language),
            })}
          </Text>
        )}
        {system.data !== undefined && (
          <Text size="sm">{t('restore.now', { calls: formatCount(system.data.callsTotal, language) })}</Text>
        )}
        <Text size="sm">{t('restore.aside')}</Text>
        {holds?.hasKey === false && (
          <Text size="sm" c="dimmed">
            {t('restore.key')}
          </Text>
        )}
        {!restartsItself && (
          <Text size="sm" fw={600}>
            {t('restore.byHand')}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app:action.cancel')}
          </Button>
          <Button
            color="red.9"
            loading={restore.isPending}
            onClick={() => restore.mutate({ body: { fileName: backup.fileName } })}
          >
            {t('restore.action')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
