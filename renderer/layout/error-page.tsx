/** What a page shows when its own code failed: the rest of the window goes on. */
import { Button, Code, Group } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { EmptyState } from '../components/empty-state.tsx';

export function ErrorPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  const text = error instanceof Error ? error.message : String(error);
  return (
    <EmptyState icon={IconMoodSad} title={t('crash.title')} text={t('crash.text')}>
      <Code block maw={640} style={{ whiteSpace: 'pre-wrap', textAlign: 'left' }}>
        {text}
      </Code>
      <Group justify="center">
        <Button onClick={() => window.location.reload()}>{t('crash.reload')}</Button>
        <Button variant="default" onClick={() => window.location.assign('/')}>
          {t('crash.home')}
        </Button>
      </Group>
    </EmptyState>
  );
}
