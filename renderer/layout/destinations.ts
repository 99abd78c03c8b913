/** The pages of the menu: where they are, who may open them, and the key that goes there after G. */
import {
  type Icon,
  IconActivity,
  IconAlertTriangle,
  IconBell,
  IconCalendarStats,
  IconCalendarTime,
  IconDatabaseExport,
  IconFileDescription,
  IconHelp,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconMailCheck,
  IconPhoneCall,
  IconPlugConnected,
  IconReceipt2,
  IconReportAnalytics,
  IconSearch,
  IconSettings,
  IconShieldCheck,
  IconUserCog,
  IconUsers,
  IconWallet,
} from '@tabler/icons-react';
import type { Permission } from '../../core/model/access.ts';

interface Destination {
  readonly to: string;
  readonly key: string;
  readonly icon: Icon;
  readonly access: Permission;
  readonly goKey: string;
}

interface Group {
  readonly key: 'calls' | 'rules' | 'manage';
  readonly pages: readonly Destination[];
}

export const DESTINATION_GROUPS = [
  {
    key: 'calls',
    pages: [
      { to: '/', key: 'dashboard', icon: IconLayoutDashboard, access: 'read-reports', goKey: 'D' },
      { to: '/live', key: 'live', icon: IconActivity, access: 'read-calls', goKey: 'L' },
      { to: '/calls', key: 'calls', icon: IconPhoneCall, access: 'read-calls', goKey: 'C' },
      { to: '/lookup', key: 'lookup', icon: IconSearch, access: 'read-calls', goKey: 'K' },
      { to: '/month', key: 'month', icon: IconCalendarStats, access: 'read-reports', goKey: 'M' },
      { to: '/reports', key: 'reports', icon: IconReportAnalytics, access: 'read-reports', goKey: 'R' },
      { to: '/statements', key: 'statements', icon: IconMailCheck, access: 'decide-calls', goKey: 'W' },
    ],
  },
  {
    key: 'rules',
    pages: [
      { to: '/tariffs', key: 'tariffs', icon: IconReceipt2, access: 'read-prices', goKey: 'T' },
      { to: '/policy', key: 'policy', icon: IconShieldCheck, access: 'read-rules', goKey: 'Y' },
      { to: '/budgets', key: 'budgets', icon: IconWallet, access: 'read-rules', goKey: 'B' },
      { to: '/alerts', key: 'alerts', icon: IconBell, access: 'read-rules', goKey: 'A' },
      { to: '/codes', key: 'codes', icon: IconKey, access: 'read-rules', goKey: 'O' },
    ],
  },
  {
    key: 'manage',
    pages: [
      { to: '/people', key: 'people', icon: IconUsers, access: 'read-people', goKey: 'P' },
      { to: '/sources', key: 'sources', icon: IconPlugConnected, access: 'read-sources', goKey: 'N' },
      { to: '/formats', key: 'formats', icon: IconFileDescription, access: 'read-sources', goKey: 'F' },
      { to: '/quarantine', key: 'quarantine', icon: IconAlertTriangle, access: 'read-sources', goKey: 'Q' },
      { to: '/schedules', key: 'schedules', icon: IconCalendarTime, access: 'send-reports', goKey: 'E' },
      { to: '/users', key: 'users', icon: IconUserCog, access: 'administer', goKey: 'U' },
      { to: '/audit', key: 'audit', icon: IconHistory, access: 'read-audit', goKey: 'J' },
      { to: '/backup', key: 'backup', icon: IconDatabaseExport, access: 'administer', goKey: 'X' },
      { to: '/settings', key: 'settings', icon: IconSettings, access: 'administer', goKey: 'S' },
      { to: '/help', key: 'help', icon: IconHelp, access: 'self', goKey: 'H' },
    ],
  },
] as const satisfies readonly Group[];
