/** What the bell tells of, and who may hear it. */
import type { Permission } from './access.ts';

export const NOTICE_KINDS = [
  'alert',
  'source-down',
  'source-up',
  'import-finished',
  'import-failed',
  'month-to-close',
  'update-available',
  'schedule-failed',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const NOTICE_READERS: Readonly<Record<NoticeKind, Permission>> = {
  alert: 'read-rules',
  'source-down': 'read-sources',
  'source-up': 'read-sources',
  'import-finished': 'read-sources',
  'import-failed': 'read-sources',
  'month-to-close': 'change-prices',
  'update-available': 'administer',
  'schedule-failed': 'administer',
};

export type NoticeValues = Readonly<Record<string, string | number>>;
