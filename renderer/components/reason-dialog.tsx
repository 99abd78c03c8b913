/** Asks who does something and why, before it is done. */
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormFailure } from './form-failure.tsx';
import { rememberedWho, WhoInput } from './who-input.tsx';

export interface Reasoned {
  readonly by: string;
  readonly reason: string;
}

interface ReasonDialogProps {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  /** Something else to be filled in first. */
  readonly isIncomplete?: boolean;
  readonly children?: ReactNode;
  readonly onConfirm: (reasoned: Reasoned) => void;
  readonly onClose: () => void;
}

export function ReasonDialog({
  title,
  text,
  action,
  isBusy,
  error,
  isIncomplete = false,
  children,
  onConfirm,
  onClose,
}: ReasonDialogProps) {
  const { t } = useTranslation(['month', 'app']);
  const [by, setBy] = useState(rememberedWho);
  const [reason, setReason] = useState('');
  const isReady = by.trim() !== '' && reason.trim() !== '' && !isIncomplete;
  return (
    <Modal opened onClose={onClose} size="lg" title={<Text fw={650}>{title}</Text>}>
      <Stack gap="md">
        <Text size="sm">{text}</Text>
        {children}
        <Textarea
          required
          label={t('reason.label')}
          description={t('reason.text')}
          maxLength={500}
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <WhoInput value={by} onChange={setBy} />
        <FormFailure error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('app:action.cancel')}
          </Button>
          <Button
            disabled={!isReady}
            loading={isBusy}
            onClick={() => onConfirm({ by: by.trim(), reason: reason.trim() })}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
