/** What people changed in the books: months closed and reopened, decisions about calls, corrections of closed months. */

import type { Scope } from '../model/access.ts';
import type { CallPurpose } from '../model/call.ts';
import { addScope } from './call-scope.ts';
import type { ClosingAct } from './closings.ts';
import { add, type Conditions, where } from './conditions.ts';
import type { Database } from './database.ts';
import type { RestatementKind } from './restatements.ts';

interface Made {
  readonly atMs: number;
  readonly by: string;
  readonly reason: string;
}

export interface ClosingChange extends Made {
  readonly month: string;
  readonly act: ClosingAct;
}

export interface DecisionChange extends Made {
  readonly callStartLocalS: number | null;
  readonly number: string | null;
  readonly kind: 'owner' | 'purpose';
  readonly personId: number | null;
  readonly purpose: CallPurpose | null;
  readonly isUndone: number;
}

export interface CorrectionChange extends Made {
  readonly callStartLocalS: number | null;
  readonly number: string | null;
  readonly kind: RestatementKind;
  readonly isTakeBack: number;
  readonly beforePersonId: number | null;
  readonly afterPersonId: number | null;
  readonly beforeText: string | null;
  readonly beforeCurrency: string | null;
  readonly afterText: string | null;
  readonly afterCurrency: string | null;
}

export interface BookChanges {
  readonly closings: readonly ClosingChange[];
  readonly decisions: readonly DecisionChange[];
  readonly corrections: readonly CorrectionChange[];
}

/** Made from one instant to before the other, about what the reader may see; oldest first. Private calls name no number. */
export function bookChanges(db: Database, fromMs: number, toMs: number, scope: Scope): BookChanges {
  const within = (column: string): Conditions => {
    const conditions: Conditions = { sql: [], values: [] };
    add(conditions, `${column} >= ? AND ${column} < ?`, fromMs, toMs);
    return conditions;
  };
  const decided = within('d.made_at_ms');
  addScope(decided, scope, 'c');
  const corrected = within('r.made_at_ms');
  addScope(corrected, scope, 'c');
  const number = `CASE WHEN c.purpose = 'private' THEN NULL WHEN c.direction = 'incoming' THEN c.caller ELSE c.dialled END`;
  return {
    closings: db
      .prepare(
        `SELECT at_ms AS atMs, made_by AS "by", reason, month, act FROM closing_log
         WHERE at_ms >= ? AND at_ms < ? ORDER BY id`,
      )
      .all(fromMs, toMs) as ClosingChange[],
    decisions: db
      .prepare(
        `SELECT d.made_at_ms AS atMs, d.made_by AS "by", d.reason, c.start_local_s AS callStartLocalS, ${number} AS number,
           d.kind, d.person_id AS personId, d.purpose, d.undone_id IS NOT NULL AS isUndone
         FROM call_decisions d LEFT JOIN calls c ON c.id = d.call_id ${where(decided)} ORDER BY d.id`,
      )
      .all(...decided.values) as DecisionChange[],
    corrections: db
      .prepare(
        `SELECT r.made_at_ms AS atMs, r.made_by AS "by", r.reason, c.start_local_s AS callStartLocalS, ${number} AS number,
           r.kind, r.takes_back_id IS NOT NULL AS isTakeBack, r.before_person_id AS beforePersonId,
           r.after_person_id AS afterPersonId, CAST(r.before_charge_micro AS TEXT) AS beforeText,
           r.before_currency AS beforeCurrency, CAST(r.after_charge_micro AS TEXT) AS afterText,
           r.after_currency AS afterCurrency
         FROM restatements r LEFT JOIN calls c ON c.id = r.call_id ${where(corrected)} ORDER BY r.id`,
      )
      .all(...corrected.values) as CorrectionChange[],
  };
}
