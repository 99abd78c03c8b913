/** How a new link is got at the computer that Tollbook runs on. */
import { Button, Code, CopyButton, Group, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const COMMAND = 'npm run tollbook -- link';

export function LinkHelp() {
  const { t } = useTranslation();
  return (
    <>
      <Text>{t('signIn.text')}</Text>
      <List type="ordered" spacing="sm">
        <List.Item>{t('signIn.restart')}</List.Item>
        <List.Item>
          {t('signIn.link')}
          <Group mt={6} gap="xs">
            <Code fz="sm">{COMMAND}</Code>
            <CopyButton value={COMMAND}>
              {({ copied, copy }) => (
                <Button size="compact-xs" variant="default" onClick={copy}>
                  {t(copied ? 'signIn.copied' : 'signIn.copy')}
                </Button>
              )}
            </CopyButton>
          </Group>
        </List.Item>
      </List>
    </>
  );
}
