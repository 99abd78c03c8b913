/** What can be done with a user beside changing the form. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../../core/api/contract.ts';
import { Confirm } from '../../components/confirm.tsx';
import { useWrite } from '../../query-client.ts';
import { showDone } from '../../toasts.ts';
import { PasswordReset } from './password-reset.tsx';
import { inputOf } from './user-draft.ts';

interface UserMenuProps {
  readonly user: User;
  readonly onEdit: () => void;
}

const STALE = ['listUsers', 'listSessions', 'getNetwork'] as const;

export function UserMenu({ user, onEdit }: UserMenuProps) {
  const { t } = useTranslation(['access', 'app']);
  const [asking, setAsking] = useState<'remove' | 'factor' | 'password'>();
  const close = (): void => setAsking(undefined);
  const onDone = (): void => {
    showDone(t('app:saved'));
    close();
  };
  const change = useWrite('changeUser', { refresh: STALE, onDone });
  const unlock = useWrite('unlockUser', { refresh: STALE, onDone });
  const endSessions = useWrite('endUserSessions', { refresh: STALE, onDone });
  const removeFactor = useWrite('removeUserSecondFactor', { refresh: STALE, onDone });
  const remove = useWrite('removeUser', { refresh: STALE, onDone });
  const params = { id: user.id };
  const isShutOut = user.state === 'locked' || user.waitSeconds > 0;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('users.actions', { name: user.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onEdit}>{t('app:action.edit')}</Menu.Item>
          {user.origin === 'here' && (
            <Menu.Item onClick={() => setAsking('password')}>{t('users.resetPassword')}</Menu.Item>
          )}
          {isShutOut && <Menu.Item onClick={() => unlock.mutate({ params })}>{t('users.unlock')}</Menu.Item>}
          {user.state === 'active' && (
            <Menu.Item onClick={() => change.mutate({ params, body: { ...inputOf(user), state: 'locked' } })}>
              {t('users.lock')}
            </Menu.Item>
          )}
          {user.hasSecondFactor && (
            <Menu.Item onClick={() => setAsking('factor')}>{t('users.removeSecondFactor')}</Menu.Item>
          )}
          <Menu.Item onClick={() => endSessions.mutate({ params })}>{t('users.endSessions')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item c="red.9" onClick={() => setAsking('remove')}>
            {t('users.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking === 'password' && <PasswordReset user={user} onClose={close} />}
      <Confirm
        isOpen={asking === 'factor'}
        title={t('users.removeSecondFactor')}
        text={t('users.removeSecondFactorText', { name: user.name })}
        action={t('users.removeSecondFactor')}
        isBusy={removeFactor.isPending}
        onConfirm={() => removeFactor.mutate({ params })}
        onClose={close}
      />
      <Confirm
        isOpen={asking === 'remove'}
        title={t('users.removeTitle', { name: user.name })}
        text={t('users.removeText')}
        action={t('users.remove')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate({ params })}
        onClose={close}
      />
    </>
  );
}
