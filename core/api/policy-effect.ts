/** What other code rules would say of the calls of open months. */
import { setImmediate } from 'node:timers/promises';
import { judgeStored, policySiteOf } from '../ingest/load-judge.ts';
import type { CallVerdict } from '../model/call.ts';
import type { CodePolicy } from '../model/code-policy.ts';
import { type LocalDay, localDayOf } from '../model/time.ts';
import { policyJudge } from '../policy/judge.ts';
import type { Database } from '../store/database.ts';
import { openOutsideCalls, type PolicyRow, policiesInUse } from '../store/policies.ts';
import type { PolicyEffect } from './contract.ts';

export type StoredPolicyChange =
  | { readonly action: 'add'; readonly validFrom: LocalDay; readonly policy: CodePolicy }
  | { readonly action: 'remove'; readonly policyId: number };

/** Only the verdicts from the changed day on can be others. Other requests are answered in between. */
export async function policyEffect(db: Database, change: StoredPolicyChange): Promise<PolicyEffect> {
  const present = policiesInUse(db);
  const judge = policyJudge(policiesAfter(present, change), policySiteOf(db));
  const sums = new Map<string, { from: CallVerdict | null; to: CallVerdict | null; calls: number }>();
  let firstDay: LocalDay | null = null;
  let lastDay: LocalDay | null = null;
  for (const rows of openOutsideCalls(db, firstChangedDay(present, change))) {
    for (const row of rows) {
      const from = row.verdict;
      const to = judgeStored(judge, row)?.verdict ?? null;
      if (from === to) continue;
      const sum = sums.get(`${from} ${to}`);
      if (sum === undefined) sums.set(`${from} ${to}`, { from, to, calls: 1 });
      else sum.calls += 1;
      lastDay = localDayOf(row.startLocalS);
      firstDay ??= lastDay;
    }
    await setImmediate();
  }
  const changes = [...sums.values()].sort((a, b) => b.calls - a.calls);
  return { calls: changes.reduce((total, { calls }) => total + calls, 0), changes, firstDay, lastDay };
}

function policiesAfter(
  present: readonly PolicyRow[],
  change: StoredPolicyChange,
): readonly Pick<PolicyRow, 'validFrom' | 'policy'>[] {
  if (change.action === 'remove') return present.filter(({ id }) => id !== change.policyId);
  return [...present, change].sort((a, b) => (a.validFrom < b.validFrom ? -1 : a.validFrom > b.validFrom ? 1 : 0));
}

function firstChangedDay(present: readonly PolicyRow[], change: StoredPolicyChange): LocalDay {
  if (change.action === 'add') return change.validFrom;
  return present.find(({ id }) => id === change.policyId)?.validFrom ?? '9999-12-31';
}
