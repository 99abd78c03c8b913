/** The ordered lists of both files' migrations. A released migration is never edited; numbers go up in fives or tens. */
import type { Migration } from '../migrate.ts';
import { initial } from './0010-initial.ts';
import { tariffVersions } from './0020-tariff-versions.ts';
import { rerates } from './0030-rerates.ts';
import { monthClose } from './0040-month-close.ts';
import { callDecisions } from './0045-call-decisions.ts';
import { deckPresets } from './0050-deck-presets.ts';
import { holidays } from './0055-holidays.ts';
import { codePolicies } from './0060-code-policies.ts';
import { budgetsAndAlerts } from './0080-budgets-alerts.ts';
import { users } from './0090-users.ts';
import { audit } from './0100-audit.ts';
import { privacy } from './0105-privacy.ts';
import { savedReports } from './0110-saved-reports.ts';
import { workbookTemplates } from './0120-workbook-templates.ts';
import { letterhead } from './0125-letterhead.ts';
import { schedules } from './0130-schedules.ts';
import { notices } from './0135-notices.ts';
import { comfort } from './0140-comfort.ts';
import { backups } from './0150-backups.ts';
import { journalInitial } from './journal-0010-initial.ts';
import { journalFileVersions } from './journal-0020-file-versions.ts';
import { journalCuts } from './journal-0030-cuts.ts';

export const databaseMigrations: readonly Migration[] = [
  initial,
  tariffVersions,
  rerates,
  monthClose,
  callDecisions,
  deckPresets,
  holidays,
  codePolicies,
  budgetsAndAlerts,
  users,
  audit,
  privacy,
  savedReports,
  workbookTemplates,
  letterhead,
  schedules,
  notices,
  comfort,
  backups,
];
export const journalMigrations: readonly Migration[] = [journalInitial, journalFileVersions, journalCuts];
