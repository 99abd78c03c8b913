/** The code rules of this moment, made ready for judging. */
import { sourceIdOf } from '../model/call.ts';
import { DAY_S } from '../model/office-calendar.ts';
import { localSecondsOfDay } from '../model/time.ts';
import { type PolicyJudge, type PolicySite, policyJudge } from '../policy/judge.ts';
import type { Database } from '../store/database.ts';
import { HolidayStore } from '../store/holidays.ts';
import { departmentParents, type JudgedRow, policiesInUse } from '../store/policies.ts';
import type { CallJudge } from './book-call.ts';

export function policySiteOf(db: Database): PolicySite {
  const parents = departmentParents(db);
  const holidays = new Set(new HolidayStore(db).days().map((day) => (localSecondsOfDay(day) ?? 0) / DAY_S));
  return { isHoliday: (day) => holidays.has(day), parentOf: (departmentId) => parents.get(departmentId) };
}

export function loadJudge(db: Database): PolicyJudge {
  return policyJudge(policiesInUse(db), policySiteOf(db));
}

/** As booking asks. */
export function callJudge(judge: PolicyJudge): CallJudge {
  return (call, owner, band) =>
    judge({
      startLocalS: call.startLocalS,
      direction: call.direction,
      sourceId: sourceIdOf(call.id),
      extension: call.extension,
      code: call.code,
      band,
      reason: owner.reason,
      personId: owner.personId,
      departmentId: owner.departmentId,
    })?.verdict ?? null;
}

/** A stored call, by its owner and band as they are stored. */
export function judgeStored(judge: PolicyJudge, row: Omit<JudgedRow, 'verdict' | 'lateDay'>): ReturnType<PolicyJudge> {
  return judge({
    startLocalS: row.startLocalS,
    direction: row.direction,
    sourceId: sourceIdOf(row.id),
    extension: row.extension,
    code: row.code,
    band: row.band,
    reason: row.reason,
    personId: row.personId ?? undefined,
    departmentId: row.departmentId ?? undefined,
  });
}
