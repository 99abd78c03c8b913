import { Button, Center } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../components/empty-state.tsx';

export function OfflinePage({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Center mih="100vh">
      <EmptyState icon={IconPlugConnectedX} title={t('offline.title')} text={t('offline.text')}>
        <Button onClick={onRetry}>{t('offline.retry')}</Button>
      </EmptyState>
    </Center>
  );
}
