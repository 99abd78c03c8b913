/** One's own account. */
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FactList } from '../../components/fact-list.tsx';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { PasswordChange } from './password-change.tsx';
import { SecondFactor } from './second-factor.tsx';
import { SessionTable } from './session-table.tsx';
import { useSignOut } from './use-sign-out.ts';

export function AccountPage() {
  const { t } = useTranslation('access');
  const { data } = useRead('getAccount', undefined, { staleTime: 0 });
  const signOut = useSignOut();
  const onDone = (): void => showDone(t('session.ended'));
  const end = useWrite('endOwnSession', { refresh: ['getAccount'], onDone });
  const endOthers = useWrite('endOtherSessions', { refresh: ['getAccount'], onDone });
  const others = data?.sessions.filter(({ isThis }) => !isThis) ?? [];
  return (
    <Page
      title={t('account.title')}
      lead={t('account.lead')}
      actions={
        <Button variant="default" loading={signOut.isPending} onClick={() => signOut.mutate({})}>
          {t('account.signOut')}
        </Button>
      }
    >
      {data === undefined ? (
        <Skeleton height={400} />
      ) : (
        <Stack gap="md" maw={900}>
          {data.account === null ? (
            <Text>{t('account.owner')}</Text>
          ) : (
            <>
              <FactList
                facts={[
                  { label: t('users.name'), value: data.account.name },
                  { label: t('users.login'), value: data.account.login },
                  { label: t('users.role'), value: t(`role.${data.account.role}`) },
                  ...(data.account.personName === null
                    ? []
                    : [{ label: t('users.person'), value: data.account.personName }]),
                ]}
              />
              <Section title={t('account.passwordTitle')}>
                {data.account.origin === 'directory' ? (
                  <Text size="sm">{t('account.directoryPassword')}</Text>
                ) : (
                  <PasswordChange action={t('account.change')} />
                )}
              </Section>
              <SecondFactor account={data.account} />
            </>
          )}
          <Section title={t('account.sessionsTitle')}>
            <SessionTable
              sessions={data.sessions}
              showsUser={false}
              isBusy={end.isPending}
              onEnd={(id) => end.mutate({ params: { id } })}
            />
            {others.length > 1 && (
              <Group>
                <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate({})}>
                  {t('account.endOthers')}
                </Button>
              </Group>
            )}
          </Section>
        </Stack>
      )}
    </Page>
  );
}
