/** Keeps pages from those whose role does not open them, in words instead of refused requests. */
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import type { Permission } from '../../core/model/access.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { useViewer } from '../viewer.ts';
import { DESTINATION_GROUPS } from './destinations.ts';

/** What the menu asks of the page that an address belongs to; addresses of no entry are for everybody. */
function accessTo(pathname: string): Permission {
  for (const { pages } of DESTINATION_GROUPS) {
    for (const { to, access } of pages) {
      if (pathname === to || (to !== '/' && pathname.startsWith(`${to}/`))) return access;
    }
  }
  return 'self';
}

export function PageGate() {
  const { t } = useTranslation('access');
  const { pathname } = useLocation();
  const viewer = useViewer();
  if (viewer.may(accessTo(pathname))) return <Outlet />;
  return (
    <EmptyState
      isPage
      icon={IconLock}
      title={t('notAllowed.title')}
      text={t('notAllowed.text', { role: t(`role.${viewer.role}`) })}
    />
  );
}
