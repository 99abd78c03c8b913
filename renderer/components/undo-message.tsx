import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface UndoMessageProps {
  readonly message: string;
  readonly onUndo: () => void;
}

/** What was just done, with the way back. */
export function UndoMessage({ message, onUndo }: UndoMessageProps) {
  const { t } = useTranslation('comfort');
  return (
    <Group justify="space-between" wrap="nowrap">
      <span>{message}</span>
      <Button size="compact-sm" variant="light" onClick={onUndo}>
        {t('undo.action')}
      </Button>
    </Group>
  );
}
