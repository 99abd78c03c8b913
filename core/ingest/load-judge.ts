/** The code rules of this moment, made ready for judging. */
import { type Attribution, buildDirectory, type Directory } from '../attribution/directory.ts';
import { sourceIdOf } from '../model/call.ts';
import { DAY_S, dayOf } from '../model/office-calendar.ts';
import { localSecondsOfDay } from '../model/time.ts';
import { type DatedPolicy, type PolicyJudge, type PolicySite, policyJudge } from '../policy/judge.ts';
import type { Database } from '../store/database.ts';
import { HolidayStore } from '../store/holidays.ts';
import { loadDirectory } from '../store/people.ts';
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

export type StoredCall = Omit<JudgedRow, 'verdict' | 'lateDay'>;

/**
 * Judges stored calls by their owner and band as they are stored. Where people decided whose a call is, the rules ask for
 * whom the record speaks, as when it was booked.
 */
export function storedJudge(
  db: Database,
  policies: readonly DatedPolicy[] = policiesInUse(db),
): (row: StoredCall) => ReturnType<PolicyJudge> {
  const judge = policyJudge(policies, policySiteOf(db));
  let directory: Directory | undefined;
  const recordedOwner = (row: StoredCall): Attribution => {
    directory ??= buildDirectory(loadDirectory(db));
    const { direction, startLocalS } = row;
    const party = { code: row.code ?? undefined, extension: row.extension ?? undefined };
    return directory.attribute({ ...party, direction, day: dayOf(startLocalS) });
  };
  return (row) => {
    const { startLocalS, direction, extension, code, band } = row;
    const { reason, personId, departmentId } =
      row.reason === 'reassigned'
        ? recordedOwner(row)
        : { reason: row.reason, personId: row.personId ?? undefined, departmentId: row.departmentId ?? undefined };
    const sourceId = sourceIdOf(row.id);
    return judge({ startLocalS, direction, sourceId, extension, code, band, reason, personId, departmentId });
  };
}
