/** The way in: by name and password over the network, by a link at the computer itself. */
import { Alert, Center, Divider, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Brand } from '../../components/brand.tsx';
import { LanguageSwitch } from '../../components/language-switch.tsx';
import { useRead } from '../../query-client.ts';
import { LinkHelp } from './link-help.tsx';
import { PasswordForm } from './password-form.tsx';

export function SignInPage({ isExpired = false }: { readonly isExpired?: boolean }) {
  const { t } = useTranslation(['access', 'app']);
  const ways = useRead('getSignIn', undefined, { staleTime: 0 });
  const hasUsers = ways.data?.hasUsers === true;
  const takesLinks = ways.data?.takesLinks !== false;
  return (
    <div className="tb-bare">
      <header className="tb-bare-head">
        <Brand />
        <Group ml="auto">
          <LanguageSwitch isStored={false} />
        </Group>
      </header>
      <Center flex={1} p="lg" component="main">
        <Paper p="xl" w="100%" maw={hasUsers ? 440 : 560} shadow="sm">
          <Stack gap="md">
            <Group gap="sm">
              <IconLock size={22} stroke={1.6} aria-hidden />
              <Title order={1}>{hasUsers ? t('signIn.title') : t('app:signIn.title')}</Title>
            </Group>
            {isExpired && <Alert color="orange">{t('app:signIn.expired')}</Alert>}
            {ways.isPending && <Loader type="dots" />}
            {hasUsers && <PasswordForm />}
            {hasUsers && takesLinks && <Divider label={t('signIn.withLink')} />}
            {!ways.isPending && takesLinks && <LinkHelp />}
            {!ways.isPending && !hasUsers && !takesLinks && <Text>{t('signIn.noUsersAway')}</Text>}
          </Stack>
        </Paper>
      </Center>
    </div>
  );
}
