/** Users, who is signed in, and the door to the network. */
import { Button, Skeleton, Stack } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { User } from '../../../core/api/contract.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { Section } from '../../components/section.tsx';
import { useRead, useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { SessionTable } from '../account/session-table.tsx';
import { NetworkSection } from './network-section.tsx';
import { UserForm } from './user-form.tsx';
import { UserTable } from './user-table.tsx';

export function UsersPage() {
  const { t } = useTranslation('access');
  const users = useRead('listUsers');
  const sessions = useRead('listSessions', undefined, { staleTime: 0 });
  const [editing, setEditing] = useState<User | 'new'>();
  const end = useWrite('endSession', {
    refresh: ['listSessions'],
    onDone: () => showDone(t('session.ended')),
  });
  const isFirst = users.data?.length === 0;
  const add = (): void => setEditing('new');
  return (
    <Page
      title={t('users.title')}
      lead={t('users.lead')}
      actions={
        <>
          <Button variant="default" component={Link} to="/users/directory">
            {t('users.directory')}
          </Button>
          <Button leftSection={<IconUserPlus size={16} />} onClick={add}>
            {t('users.add')}
          </Button>
        </>
      }
    >
      <Stack gap="md" maw={1100}>
        <Section title={t('users.people')}>
          {users.data === undefined && <Skeleton height={160} />}
          {isFirst && <EmptyState icon={IconUserPlus} title={t('users.empty')} text={t('users.emptyText')} />}
          {users.data !== undefined && !isFirst && <UserTable users={users.data} onEdit={setEditing} />}
        </Section>
        <NetworkSection onAddFirst={add} />
        <Section title={t('users.sessions')}>
          {sessions.data === undefined ? (
            <Skeleton height={100} />
          ) : (
            <SessionTable
              sessions={sessions.data}
              showsUser
              isBusy={end.isPending}
              onEnd={(id) => end.mutate({ params: { id } })}
            />
          )}
        </Section>
      </Stack>
      {editing !== undefined && (
        <UserForm
          user={editing === 'new' ? undefined : editing}
          firstRole={isFirst ? 'administrator' : 'employee'}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Page>
  );
}
