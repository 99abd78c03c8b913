/** What other code rules would say of the calls of open months. */
import { setImmediate } from 'node:timers/promises';
import { storedJudge } from '../ingest/load-judge.ts';
import type { CallId, CallVerdict } from '../model/call.ts';
import type { CodePolicy } from '../model/code-policy.ts';
import { ALWAYS_TO } from '../model/people.ts';
import { type LocalDay, type LocalSeconds, localDayOf } from '../model/time.ts';
import type { DatedPolicy } from '../policy/judge.ts';
import type { Database } from '../store/database.ts';
import { openOutsideCalls, type PolicyRow, policiesInUse } from '../store/policies.ts';
import type { PolicyEffect } from './contract.ts';

export type StoredPolicyChange =
  | { readonly action: 'add'; readonly validFrom: LocalDay; readonly policy: CodePolicy }
  | { readonly action: 'remove'; readonly policyId: number };

export interface MeasuredEffect {
  readonly effect: PolicyEffect;
  /** Calls whose stored verdict is not what the rules say. */
  readonly ids: readonly CallId[];
}

/** What a change would do. Only the verdicts from the changed day on can be others. */
export async function previewEffect(db: Database, change: StoredPolicyChange): Promise<PolicyEffect> {
  const present = policiesInUse(db);
  return (await measureEffect(db, policiesAfter(present, change), firstChangedDay(present, change))).effect;
}

/** Compares stored verdicts with those of these rules. Other requests are answered in between. */
export async function measureEffect(
  db: Database,
  policies: readonly DatedPolicy[],
  from: LocalDay,
): Promise<MeasuredEffect> {
  const judge = storedJudge(db, policies);
  const sums = new Map<string, { from: CallVerdict | null; to: CallVerdict | null; calls: number }>();
  const ids: CallId[] = [];
  let first: LocalSeconds | undefined;
  let last: LocalSeconds | undefined;
  for (const rows of openOutsideCalls(db, from)) {
    for (const row of rows) {
      const to = judge(row)?.verdict ?? null;
      if (row.verdict === to) continue;
      const key = `${row.verdict} ${to}`;
      const sum = sums.get(key);
      if (sum === undefined) sums.set(key, { from: row.verdict, to, calls: 1 });
      else sum.calls += 1;
      ids.push(row.id);
      last = row.startLocalS;
      first ??= last;
    }
    await setImmediate();
  }
  const changes = [...sums.values()].sort((a, b) => b.calls - a.calls);
  const dayOf = (start: LocalSeconds | undefined): LocalDay | null => (start === undefined ? null : localDayOf(start));
  return { effect: { calls: ids.length, changes, firstDay: dayOf(first), lastDay: dayOf(last) }, ids };
}

function policiesAfter(present: readonly PolicyRow[], change: StoredPolicyChange): readonly DatedPolicy[] {
  if (change.action === 'remove') return present.filter(({ id }) => id !== change.policyId);
  return [...present, change].sort((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0));
}

export function firstChangedDay(present: readonly PolicyRow[], change: StoredPolicyChange): LocalDay {
  if (change.action === 'add') return change.validFrom;
  return present.find(({ id }) => id === change.policyId)?.validFrom ?? ALWAYS_TO;
}
