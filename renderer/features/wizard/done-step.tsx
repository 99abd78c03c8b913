import { Button, Center, Group, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';

interface DoneStepProps {
  readonly isBusy: boolean;
  readonly onFinish: () => void;
  readonly onOpenToOthers: () => void;
}

export function DoneStep({ isBusy, onFinish, onOpenToOthers }: DoneStepProps) {
  const { t } = useTranslation('wizard');
  return (
    <Center mih="50vh">
      <EmptyState icon={IconCircleCheck} title={t('done.title')} text={t('done.text')}>
        <Group justify="center">
          <Button size="md" loading={isBusy} onClick={onFinish}>
            {t('done.action')}
          </Button>
          <Button size="md" variant="default" disabled={isBusy} onClick={onOpenToOthers}>
            {t('done.others')}
          </Button>
        </Group>
        <Text size="sm" c="dimmed" maw={480} ta="center">
          {t('done.othersText')}
        </Text>
      </EmptyState>
    </Center>
  );
}
