import { Button, Center } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';

interface DoneStepProps {
  readonly isBusy: boolean;
  readonly onFinish: () => void;
}

export function DoneStep({ isBusy, onFinish }: DoneStepProps) {
  const { t } = useTranslation('wizard');
  return (
    <Center mih="50vh">
      <EmptyState icon={IconCircleCheck} title={t('done.title')} text={t('done.text')}>
        <Button size="md" loading={isBusy} onClick={onFinish}>
          {t('done.action')}
        </Button>
      </EmptyState>
    </Center>
  );
}
