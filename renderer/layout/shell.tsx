/** Navigation on the left, header above, the page in the middle. */
import { AppShell } from '@mantine/core';
import { useDisclosure, useLocalStorage } from '@mantine/hooks';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useNavigate } from 'react-router';
import { topicOfPage } from '../features/help/help-topics.ts';
import type { ShortcutAction } from '../features/shortcuts/shortcut-keys.ts';
import { useRead } from '../query-client.ts';
import { lastStep, wantedUndo } from '../undoable.ts';
import { useViewer } from '../viewer.ts';
import { isWizardPutOff } from '../wizard-put-off.ts';
import { Header } from './header.tsx';
import { LoadingPage } from './loading-page.tsx';
import { Navigation } from './navigation.tsx';
import { PageGate } from './page-gate.tsx';
import { StatusBanners } from './status-banners.tsx';
import { useUndoKeeper } from './undo-keeper.ts';
import { useGlobalKeys } from './use-global-keys.ts';

const SearchPanel = lazy(async () => ({ default: (await import('../features/search/search-panel.tsx')).SearchPanel }));
const ShortcutSheet = lazy(async () => ({
  default: (await import('../features/shortcuts/shortcut-sheet.tsx')).ShortcutSheet,
}));

/** What lies over the page; undefined: nothing. */
type Panel = 'search' | 'shortcuts' | undefined;

/** The page itself, one key or two; says whether the key meant something here. */
function usePageKeys(setPanel: (panel: Panel) => void): void {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  useGlobalKeys((action: ShortcutAction): boolean => {
    switch (action.kind) {
      case 'search':
      case 'shortcuts':
        setPanel(action.kind);
        return true;
      case 'help':
        void navigate(`/help/${topicOfPage(pathname)}`);
        return true;
      case 'go':
        void navigate(action.to);
        return true;
      case 'undo': {
        const step = lastStep();
        if (step !== undefined) wantedUndo.set(step);
        return step !== undefined;
      }
    }
  });
}

const WIDE_PX = 216;
const NARROW_PX = 60;

export function Shell() {
  const { t } = useTranslation();
  const [isNarrow, setIsNarrow] = useLocalStorage({ key: 'tollbook.navigation-narrow', defaultValue: false });
  const [isOpenOnPhone, phone] = useDisclosure(false);
  const viewer = useViewer();
  const settings = useRead('getSettings');
  const [panel, setPanel] = useState<Panel>();
  usePageKeys(setPanel);
  useUndoKeeper();

  const isFirstRun = settings.data?.isWizardDone === false && viewer.may('administer');
  if (isFirstRun && !isWizardPutOff()) return <Navigate to="/start" replace />;
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
        <Header isMenuOpen={isOpenOnPhone} onMenu={phone.toggle} onSearch={() => setPanel('search')} />
      </AppShell.Header>
      <AppShell.Main id="page" tabIndex={-1} className="tb-main">
        <StatusBanners />
        <div className="tb-page">
          <Suspense fallback={<LoadingPage />}>
            <PageGate />
          </Suspense>
        </div>
      </AppShell.Main>
      <Suspense fallback={null}>
        {panel === 'search' && <SearchPanel onClose={() => setPanel(undefined)} />}
        {panel === 'shortcuts' && <ShortcutSheet onClose={() => setPanel(undefined)} />}
      </Suspense>
    </AppShell>
  );
}
