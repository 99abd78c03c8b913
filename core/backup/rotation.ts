/** Which backups stay: the newest of each of the last days, weeks and months. */
import type { BackupSettings } from '../model/backup.ts';

export interface DatedBackup {
  readonly fileName: string;
  readonly madeAtMs: number;
}

type Keep = Pick<BackupSettings, 'keepDays' | 'keepWeeks' | 'keepMonths'>;

const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday: weeks begin on Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

const PERIODS: readonly { readonly keep: keyof Keep; readonly of: (atMs: number) => number }[] = [
  { keep: 'keepDays', of: (atMs) => Math.floor(atMs / DAY_MS) },
  { keep: 'keepWeeks', of: (atMs) => Math.floor((atMs - FIRST_MONDAY_MS) / (7 * DAY_MS)) },
  {
    keep: 'keepMonths',
    of: (atMs) => {
      const date = new Date(atMs);
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
    },
  },
];

/**
 * Those that may go; the newest never does. Only periods that have a backup count, so a computer that was off for a month
 * loses none of those from before. `offsetMs` is the site's distance from UTC, which says where its days begin.
 */
export function outdatedBackups(backups: readonly DatedBackup[], keep: Keep, offsetMs: number): readonly DatedBackup[] {
  const newestFirst = [...backups].sort((a, b) => b.madeAtMs - a.madeAtMs || (a.fileName < b.fileName ? 1 : -1));
  const kept = new Set(newestFirst.slice(0, 1));
  for (const period of PERIODS) {
    const seen = new Set<number>();
    for (const backup of newestFirst) {
      if (seen.size >= keep[period.keep]) break;
      const name = period.of(backup.madeAtMs + offsetMs);
      if (!seen.has(name)) kept.add(backup);
      seen.add(name);
    }
  }
  return newestFirst.filter((backup) => !kept.has(backup));
}
