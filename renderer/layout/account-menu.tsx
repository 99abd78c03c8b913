/** Who is signed in; the way to the account and out. */
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSignOut } from '../features/account/use-sign-out.ts';
import { useViewer } from '../viewer.ts';

export function AccountMenu() {
  const { t } = useTranslation('access');
  const viewer = useViewer();
  const signOut = useSignOut();
  const label = viewer.name === '' ? t('account.menu') : viewer.name;
  return (
    <Menu position="bottom-end">
      <Tooltip label={label}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label}>
            <IconUserCircle size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Label>
          {viewer.name === '' ? t('session.owner') : `${viewer.name} · ${t(`role.${viewer.role}`)}`}
        </Menu.Label>
        <Menu.Item component={Link} to="/account">
          {t('account.title')}
        </Menu.Item>
        <Menu.Item onClick={() => signOut.mutate({})}>{t('account.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
