import { Badge, Stack, Tooltip, UnstyledButton } from '@mantine/core';
import { IconChevronsLeft, IconChevronsRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Brand } from '../components/brand.tsx';
import { formatCount } from '../format.ts';
import { useLanguage } from '../language.ts';
import { useRead } from '../query-client.ts';
import { useViewer } from '../viewer.ts';
import { DESTINATION_GROUPS } from './destinations.ts';

interface NavigationProps {
  readonly isNarrow: boolean;
  readonly onToggle: () => void;
  readonly onChosen: () => void;
}

export function Navigation({ isNarrow, onToggle, onChosen }: NavigationProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const viewer = useViewer();
  const settings = useRead('getSettings');
  const quarantine = useRead(
    'listQuarantine',
    { query: { limit: 1 } },
    { refetchInterval: 60_000, enabled: viewer.may('read-sources') },
  );
  const groups = DESTINATION_GROUPS.map(({ key, pages }) => ({
    key,
    pages: pages.filter(({ access }) => viewer.may(access)),
  })).filter(({ pages }) => pages.length > 0);
  const left = quarantine.data?.total ?? 0;
  return (
    <nav className="tb-nav-inner" aria-label={t('nav.label')} data-narrow={isNarrow || undefined}>
      <Brand isNarrow={isNarrow} companyName={settings.data?.companyName ?? ''} />
      <Stack gap={14} mt={14} flex={1}>
        {groups.map(({ key: groupKey, pages }) => (
          <ul key={groupKey} className="tb-nav-list" aria-label={t(`navGroup.${groupKey}`)}>
            {pages.map(({ to, key, icon: Icon }) => (
              <li key={key}>
                <Tooltip label={t(`nav.${key}`)} position="right" disabled={!isNarrow}>
                  <NavLink to={to} end={to === '/'} className="tb-nav-link" onClick={onChosen}>
                    <Icon size={18} stroke={1.6} aria-hidden />
                    <span className="tb-nav-text">{t(`nav.${key}`)}</span>
                    {key === 'quarantine' && left > 0 && (
                      <Badge className="tb-nav-text" size="sm" color="orange" ml="auto">
                        {formatCount(left, language)}
                      </Badge>
                    )}
                  </NavLink>
                </Tooltip>
              </li>
            ))}
          </ul>
        ))}
      </Stack>
      <Tooltip label={t('nav.widen')} position="right" disabled={!isNarrow}>
        <UnstyledButton
          className="tb-nav-link"
          onClick={onToggle}
          aria-label={t(isNarrow ? 'nav.widen' : 'nav.narrow')}
          aria-expanded={!isNarrow}
        >
          {isNarrow ? <IconChevronsRight size={18} stroke={1.6} /> : <IconChevronsLeft size={18} stroke={1.6} />}
          <span className="tb-nav-text">{t('nav.narrow')}</span>
        </UnstyledButton>
      </Tooltip>
    </nav>
  );
}
