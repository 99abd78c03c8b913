import { ActionIcon, Box, Burger, Group, Tooltip, UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { LanguageSwitch } from '../components/language-switch.tsx';
import { SchemeSwitch } from '../components/scheme-switch.tsx';
import { NoticeBell } from '../features/notifications/notice-bell.tsx';
import { useRead } from '../query-client.ts';
import { useSetPaused } from './paused.ts';

interface HeaderProps {
  readonly isMenuOpen: boolean;
  readonly onMenu: () => void;
}

export function Header({ isMenuOpen, onMenu }: HeaderProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const system = useRead('getSystem');
  const setPaused = useSetPaused();
  const isPaused = system.data?.isPaused === true;
  const openLookup = (): void => void navigate('/lookup', { state: { focus: Date.now() } });

  useHotkeys([['mod+K', openLookup]], []);

  return (
    <Group h="100%" px="md" gap="sm" wrap="nowrap">
      <Burger opened={isMenuOpen} onClick={onMenu} hiddenFrom="sm" size="sm" aria-label={t('nav.label')} />
      <UnstyledButton className="tb-search" onClick={openLookup} aria-keyshortcuts="Control+K">
        <IconSearch size={16} stroke={1.6} aria-hidden />
        <span className="tb-search-text">{t('header.lookup')}</span>
        <kbd className="tb-kbd">{t('header.lookupKeys')}</kbd>
      </UnstyledButton>
      <Box flex={1} />
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
      <NoticeBell />
      <SchemeSwitch />
      <LanguageSwitch />
    </Group>
  );
}
