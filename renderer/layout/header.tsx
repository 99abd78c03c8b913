import { ActionIcon, Box, Burger, Group, Tooltip, UnstyledButton } from '@mantine/core';
import { IconHelp, IconPlayerPause, IconPlayerPlay, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { LanguageSwitch } from '../components/language-switch.tsx';
import { SchemeSwitch } from '../components/scheme-switch.tsx';
import { topicOfPage } from '../features/help/help-topics.ts';
import { NoticeBell } from '../features/notifications/notice-bell.tsx';
import { useRead } from '../query-client.ts';
import { useViewer } from '../viewer.ts';
import { AccountMenu } from './account-menu.tsx';
import { useSetPaused } from './paused.ts';
import { RunningWork } from './running-work.tsx';

interface HeaderProps {
  readonly isMenuOpen: boolean;
  readonly onMenu: () => void;
  readonly onSearch: () => void;
}

export function Header({ isMenuOpen, onMenu, onSearch }: HeaderProps) {
  const { t } = useTranslation(['app', 'comfort']);
  const { pathname } = useLocation();
  const viewer = useViewer();
  const system = useRead('getSystem');
  const setPaused = useSetPaused();
  const isPaused = system.data?.isPaused === true;

  return (
    <Group h="100%" px="md" gap="sm" wrap="nowrap">
      <Burger opened={isMenuOpen} onClick={onMenu} hiddenFrom="sm" size="sm" aria-label={t('nav.label')} />
      <UnstyledButton className="tb-search" onClick={onSearch} aria-keyshortcuts="Control+K">
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <span className="tb-search-text">{t('header.lookup')}</span>
        <kbd className="tb-kbd">{t('header.lookupKeys')}</kbd>
      </UnstyledButton>
      <Box flex={1} />
      <RunningWork />
      {viewer.may('change-sources') && (
        <Tooltip label={t(isPaused ? 'header.resume' : 'header.pause')}>
          <ActionIcon
            variant={isPaused ? 'light' : 'subtle'}
            color={isPaused ? 'orange' : 'gray'}
            size="lg"
            aria-label={t(isPaused ? 'header.resume' : 'header.pause')}
            loading={setPaused.isPending}
            onClick={() => setPaused.mutate({ body: { isPaused: !isPaused } })}
          >
            {isPaused ? <IconPlayerPlay size={18} stroke={1.6} /> : <IconPlayerPause size={18} stroke={1.6} />}
          </ActionIcon>
        </Tooltip>
      )}
      <NoticeBell />
      <Tooltip label={t('comfort:help.here')}>
        <ActionIcon
          component={Link}
          to={`/help/${topicOfPage(pathname)}`}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('comfort:help.here')}
          aria-keyshortcuts="F1"
        >
          <IconHelp size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <SchemeSwitch />
      <AccountMenu />
      <LanguageSwitch />
    </Group>
  );
}
