/** Asks who applies prices, or takes them back, and why: both are kept with the re-rate. */
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Rerate } from '../../../core/api/contract.ts';
import { FormFailure } from '../../components/form-failure.tsx';
import { rememberedWho, rememberWho, WhoInput } from '../../components/who-input.tsx';
import { useWrite } from '../../query-client.ts';

interface DecideDialogProps {
  readonly rerate: Rerate;
  readonly kind: 'apply' | 'takeBack';
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const STALE = ['listRerates', 'getRerate', 'listCalls', 'countCalls', 'getMonth', 'getCall'] as const;

export function DecideDialog({ rerate, kind, isOpen, onClose }: DecideDialogProps) {
  const { t } = useTranslation(['rerate', 'app']);
  const [by, setBy] = useState(rememberedWho);
  const [reason, setReason] = useState('');
  const write = useWrite(kind === 'apply' ? 'applyRerate' : 'takeRerateBack', {
    refresh: STALE,
    showsErrors: true,
    onDone: onClose,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    rememberWho(by);
    write.mutate({ params: { id: rerate.id }, body: { by, reason } });
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title={<Text fw={650}>{t(`decide.${kind}Title`)}</Text>} size="md">
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{t(`decide.${kind}Text`)}</Text>
          <WhoInput value={by} onChange={setBy} />
          <Textarea
            required
            autosize
            minRows={2}
            maxLength={500}
            label={t('decide.reason')}
            description={kind === 'apply' ? t('decide.reasonText') : undefined}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FormFailure error={write.error} unshown={['by', 'reason']} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('app:action.cancel')}
            </Button>
            <Button type="submit" loading={write.isPending} disabled={by.trim() === '' || reason.trim() === ''}>
              {t(`decide.${kind}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
