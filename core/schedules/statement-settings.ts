/** How statements are answered: where links lead, how long they are good, when people are reminded. */
import type { Database } from '../store/database.ts';
import { readDeliverySetting } from '../store/delivery-settings.ts';

export interface StatementSettings {
  /** `https://tollbook.example.vn`: how people reach this service; empty: statements are answered on paper. */
  readonly linkBase: string;
  readonly linkDays: number;
  /** Days of silence before a reminder; 0: nobody is reminded by itself. */
  readonly remindAfterDays: number;
  readonly mostReminders: number;
}

export const DEFAULT_STATEMENT_SETTINGS: StatementSettings = {
  linkBase: '',
  linkDays: 30,
  remindAfterDays: 7,
  mostReminders: 2,
};

export function readStatementSettings(db: Database): StatementSettings {
  // Stored by the API, which checked its shape.
  const stored = readDeliverySetting(db, 'statements') as Partial<StatementSettings> | undefined;
  return { ...DEFAULT_STATEMENT_SETTINGS, ...stored };
}
