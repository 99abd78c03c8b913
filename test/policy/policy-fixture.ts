/** Small code rules and calls that tests of judging are written with. */
import type { CodePolicy, ReachBand, RightHours } from '../../core/model/code-policy.ts';
import { type LocalSeconds, localSecondsOfDay } from '../../core/model/time.ts';
import { type JudgedCall, policyJudge } from '../../core/policy/judge.ts';

export const WORKDAYS = [1, 2, 3, 4, 5];

/** `2026-11-09 08:30`. */
export function at(text: string): LocalSeconds {
  const [day = '', clock = ''] = text.split(' ');
  const midnight = localSecondsOfDay(day);
  const [hour, minute] = clock.split(':').map(Number);
  if (midnight === undefined || hour === undefined || minute === undefined) throw new Error(`no moment: ${text}`);
  return midnight + hour * 3600 + minute * 60;
}

export function hours(upTo: ReachBand, changes: Partial<RightHours> = {}): RightHours {
  return {
    upTo,
    also: [],
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    from: '00:00',
    to: '00:00',
    holidays: 'as-usual',
    ...changes,
  };
}

export function policy(changes: Partial<CodePolicy> = {}): CodePolicy {
  return {
    exceptions: { emergency: true, free: true },
    groups: [],
    others: { mode: 'every-call', withoutCode: { upTo: null, also: [] } },
    rights: [],
    assignments: [],
    ...changes,
  };
}

/** An outside call to a mobile from extension 201 of source 1, with no code and no owner. */
export function outside(changes: Partial<JudgedCall> = {}): JudgedCall {
  return {
    startLocalS: at('2026-11-09 10:00'),
    direction: 'outgoing',
    sourceId: 1,
    extension: '201',
    code: null,
    band: 'mobile',
    reason: 'no-code',
    personId: undefined,
    departmentId: undefined,
    ...changes,
  };
}

/** The same with the code 4711 of person 7 in department 3. */
export function withCode(changes: Partial<JudgedCall> = {}): JudgedCall {
  return outside({ code: '4711', reason: 'code', personId: 7, departmentId: 3, ...changes });
}

/** Departments 3 below 2 below 1; 2026-09-02 is a holiday. */
export function judgeOf(...policies: readonly CodePolicy[]) {
  const holiday = (localSecondsOfDay('2026-09-02') ?? 0) / 86_400;
  const parents = new Map([
    [3, 2],
    [2, 1],
  ]);
  return policyJudge(
    policies.map((one, i) => ({ validFrom: `2026-0${i + 1}-01`, policy: one })),
    { isHoliday: (day) => day === holiday, parentOf: (id) => parents.get(id) },
  );
}
