/** Stands in front of every page until somebody has a password of their own. */
import { Button, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Brand } from '../../components/brand.tsx';
import { LanguageSwitch } from '../../components/language-switch.tsx';
import { PasswordChange } from './password-change.tsx';
import { useSignOut } from './use-sign-out.ts';

export function PasswordDuePage() {
  const { t } = useTranslation('access');
  const signOut = useSignOut();
  return (
    <div className="tb-bare">
      <header className="tb-bare-head">
        <Brand />
        <Group ml="auto">
          <Button variant="subtle" color="gray" onClick={() => signOut.mutate({})}>
            {t('due.signOut')}
          </Button>
          <LanguageSwitch isStored={false} />
        </Group>
      </header>
      <Center flex={1} p="lg" component="main">
        <Paper p="xl" w="100%" maw={460} shadow="sm">
          <Stack gap="md">
            <Title order={1}>{t('due.title')}</Title>
            <Text>{t('due.text')}</Text>
            <PasswordChange action={t('account.go')} />
          </Stack>
        </Paper>
      </Center>
    </div>
  );
}
