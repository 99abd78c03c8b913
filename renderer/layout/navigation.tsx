import { Badge, Stack, Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconActivity,
  IconAlertTriangle,
  IconBell,
  IconCalendarStats,
  IconChevronsLeft,
  IconChevronsRight,
  IconFileDescription,
  IconKey,
  IconPhoneCall,
  IconPlugConnected,
  IconReceipt2,
  IconSearch,
  IconSettings,
  IconShieldCheck,
  IconUsers,
  IconWallet,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Brand } from '../components/brand.tsx';
import { formatCount } from '../format.ts';
import { useLanguage } from '../language.ts';
import { useRead } from '../query-client.ts';

const GROUPS = [
  [
    { to: '/', key: 'live', icon: IconActivity },
    { to: '/calls', key: 'calls', icon: IconPhoneCall },
    { to: '/lookup', key: 'lookup', icon: IconSearch },
    { to: '/month', key: 'month', icon: IconCalendarStats },
  ],
  [
    { to: '/tariffs', key: 'tariffs', icon: IconReceipt2 },
    { to: '/policy', key: 'policy', icon: IconShieldCheck },
    { to: '/budgets', key: 'budgets', icon: IconWallet },
    { to: '/alerts', key: 'alerts', icon: IconBell },
    { to: '/codes', key: 'codes', icon: IconKey },
  ],
  [
    { to: '/people', key: 'people', icon: IconUsers },
    { to: '/sources', key: 'sources', icon: IconPlugConnected },
    { to: '/formats', key: 'formats', icon: IconFileDescription },
    { to: '/quarantine', key: 'quarantine', icon: IconAlertTriangle },
    { to: '/settings', key: 'settings', icon: IconSettings },
  ],
] as const;

interface NavigationProps {
  readonly isNarrow: boolean;
  readonly onToggle: () => void;
  readonly onChosen: () => void;
}

export function Navigation({ isNarrow, onToggle, onChosen }: NavigationProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const settings = useRead('getSettings');
  const quarantine = useRead('listQuarantine', { query: { limit: 1 } }, { refetchInterval: 60_000 });
  const left = quarantine.data?.total ?? 0;
  return (
    <nav className="tb-nav-inner" aria-label={t('nav.label')} data-narrow={isNarrow || undefined}>
      <Brand isNarrow={isNarrow} companyName={settings.data?.companyName ?? ''} />
      <Stack gap={18} mt={14} flex={1}>
        {GROUPS.map((group) => (
          <ul key={group[0].key} className="tb-nav-list">
            {group.map(({ to, key, icon: Icon }) => (
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
