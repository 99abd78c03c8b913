/** What the parts of watching share: rules, calendar, memory, and where alerts go. */
import type { AlertRules } from '../alerts/alert-rules.ts';
import type { Finding } from '../model/alert.ts';
import type { OfficeCalendar } from '../model/office-calendar.ts';
import type { LocalSeconds } from '../model/time.ts';
import type { NumberingPlan } from '../numbering/plan.ts';
import type { AlertMemory } from '../store/alert-memory.ts';
import type { Database } from '../store/database.ts';

/** What one look works with. */
export interface WatchParts {
  readonly db: Database;
  readonly rules: AlertRules;
  readonly calendar: OfficeCalendar;
  readonly now: LocalSeconds;
  readonly memory: AlertMemory;
  readonly plan: NumberingPlan;
  /** Stores an alert, and what is to be sent of it; of the past and of the demo PBX nothing is sent (`isQuiet`). */
  readonly meet: (finding: Finding, isHistory: boolean, isQuiet?: boolean) => void;
}

export const LIVE_SCOPE = '';
/** Begins keys of calls of the past, by source. */
export const HISTORY_SCOPE = 'history';
/** Days whose volume is to be judged, by scope. */
export const DAYS_KEY = 'days';
