/** Navigation on the left, header above, the page in the middle. */
import { AppShell } from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet } from 'react-router';
import { useRead } from '../query-client.ts';
import { isWizardPutOff } from '../wizard-put-off.ts';
import { Header } from './header.tsx';
import { LoadingPage } from './loading-page.tsx';
import { Navigation } from './navigation.tsx';
import { StatusBanners } from './status-banners.tsx';

const WIDE_PX = 216;
const NARROW_PX = 60;

export function Shell() {
  const { t } = useTranslation();
  const [isNarrow, setIsNarrow] = useLocalStorage({ key: 'tollbook.navigation-narrow', defaultValue: false });
  const [isOpenOnPhone, phone] = useDisclosure(false);
  const settings = useRead('getSettings');

  if (settings.data?.isWizardDone === false && !isWizardPutOff()) return <Navigate to="/start" replace />;
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: isNarrow ? NARROW_PX : WIDE_PX, breakpoint: 'sm', collapsed: { mobile: !isOpenOnPhone } }}
      transitionDuration={150}
      layout="alt"
    >
      <a className="tb-skip" href="#page">
        {t('skipToPage')}
      </a>
      <AppShell.Navbar className="tb-nav">
        <Navigation isNarrow={isNarrow} onToggle={() => setIsNarrow(!isNarrow)} onChosen={phone.close} />
      </AppShell.Navbar>
      <AppShell.Header className="tb-header">
        <Header isMenuOpen={isOpenOnPhone} onMenu={phone.toggle} />
      </AppShell.Header>
      <AppShell.Main id="page" tabIndex={-1} className="tb-main">
        <StatusBanners />
        <div className="tb-page">
          <Suspense fallback={<LoadingPage />}>
            <Outlet />
          </Suspense>
        </div>
      </AppShell.Main>
    </AppShell>
  );
}
