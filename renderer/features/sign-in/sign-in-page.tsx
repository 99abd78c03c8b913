import { Alert, Button, Center, Code, CopyButton, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Brand } from '../../components/brand.tsx';
import { LanguageSwitch } from '../../components/language-switch.tsx';

const COMMAND = 'npm run tollbook -- link';

export function SignInPage({ isExpired = false }: { readonly isExpired?: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="tb-bare">
      <header className="tb-bare-head">
        <Brand />
        <Group ml="auto">
          <LanguageSwitch isStored={false} />
        </Group>
      </header>
      <Center flex={1} p="lg" component="main">
        <Paper p="xl" maw={560} shadow="sm">
          <Stack gap="md">
            <Group gap="sm">
              <IconLock size={22} stroke={1.6} aria-hidden />
              <Title order={1}>{t('signIn.title')}</Title>
            </Group>
            {isExpired && <Alert color="orange">{t('signIn.expired')}</Alert>}
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
          </Stack>
        </Paper>
      </Center>
    </div>
  );
}
