/** Asks the browser once whether it may show notifications. The desktop window has its own and refuses these. */
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export function BrowserNotifications() {
  const { t } = useTranslation('alerts');
  const [permission, setPermission] = useState(() => ('Notification' in window ? Notification.permission : 'denied'));
  if (permission === 'granted') return <Text size="sm">{t('sending.browserAllowed')}</Text>;
  if (permission === 'denied') {
    return (
      <Text size="sm" c="dimmed">
        {t('sending.browserDenied')}
      </Text>
    );
  }
  return (
    <Group>
      <Button variant="default" onClick={() => void Notification.requestPermission().then(setPermission)}>
        {t('sending.allowBrowser')}
      </Button>
    </Group>
  );
}
