import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BANDS, CALL_DIRECTIONS } from '../../core/model/call.ts';
import {
  bandsOf,
  type CodePolicy,
  type CodeRule,
  EXTRA_BANDS,
  HOLIDAY_RULES,
  POLICY_MODES,
  type PolicyGroup,
  REACH_BANDS,
  type Reach,
  type RightHours,
} from '../../core/model/code-policy.ts';
import { localDayOf } from '../../core/model/time.ts';
import type { JudgedCall } from '../../core/policy/judge.ts';
import { at, judgeOf } from './policy-fixture.ts';

const reach: fc.Arbitrary<Reach> = fc.record({
  upTo: fc.option(fc.constantFrom(...REACH_BANDS)),
  also: fc.subarray([...EXTRA_BANDS]),
});
const rule: fc.Arbitrary<CodeRule> = fc.record({ mode: fc.constantFrom(...POLICY_MODES), withoutCode: reach });
const extension = fc.integer({ min: 195, max: 215 }).map(String);
const span = fc
  .tuple(extension, fc.option(extension))
  .map(([a, b]) => (b === null ? { first: a, last: null } : { first: a < b ? a : b, last: a < b ? b : a }));
const group: fc.Arbitrary<PolicyGroup> = fc
  .record({
    name: fc.constantFrom('A', 'B', 'C'),
    sourceIds: fc.subarray([1, 2]),
    extensions: fc.array(span, { maxLength: 3 }),
  })
  .chain((base) => rule.map((one) => ({ ...base, ...one })));
const clock = fc.constantFrom('00:00', '06:00', '08:00', '12:30', '17:30', '22:00');
const rightHours: fc.Arbitrary<RightHours> = fc
  .record({
    weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
    from: clock,
    to: clock,
    holidays: fc.constantFrom(...HOLIDAY_RULES),
  })
  .chain((base) => reach.map((one) => ({ ...base, ...one })));
const policies: fc.Arbitrary<CodePolicy> = fc
  .record({
    exceptions: fc.record({ emergency: fc.boolean(), free: fc.boolean() }),
    groups: fc.array(group, { maxLength: 4 }),
    others: rule,
    hours: fc.array(rightHours, { maxLength: 3 }),
    hasRight: fc.boolean(),
  })
  .map(({ hours, hasRight, ...one }) => ({
    ...one,
    rights: [{ id: 'r', name: 'R', hours }],
    assignments: hasRight
      ? [{ id: 'a', holder: { kind: 'everyone' }, rightId: 'r', validFrom: null, validTo: null }]
      : [],
  }));

const calls: fc.Arbitrary<JudgedCall> = fc
  .record({
    // The days around the holiday of the fixture.
    startLocalS: fc.integer({ min: at('2026-08-29 00:00'), max: at('2026-09-09 00:00') }),
    direction: fc.constantFrom(...CALL_DIRECTIONS),
    sourceId: fc.constantFrom(1, 2, 3),
    extension: fc.option(extension),
    band: fc.constantFrom(...BANDS),
    kind: fc.constantFrom('code', 'unknown-code', 'code-not-valid', 'extension', 'no-code'),
  })
  .map(({ kind, ...call }) => ({
    ...call,
    reason: kind,
    code: kind === 'extension' || kind === 'no-code' ? null : '4711',
    personId: kind === 'code' || kind === 'extension' ? 7 : undefined,
    departmentId: undefined,
  }));

function isWithin(hours: RightHours, startLocalS: number): boolean {
  const minute = Math.floor((startLocalS % 86_400) / 60);
  const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  const [from, to] = [minutes(hours.from), minutes(hours.to)];
  const isNextDay = to <= from && minute < to && minute < from;
  const begun = startLocalS - (isNextDay ? 86_400 : 0);
  const isInSpan = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  const weekday = new Date(begun * 1000).getUTCDay() || 7;
  const isHoliday = localDayOf(begun) === '2026-09-02';
  if (hours.holidays === 'only') return isInSpan && isHoliday;
  return isInSpan && hours.weekdays.includes(weekday) && !(isHoliday && hours.holidays === 'never');
}

/** The rules once more, as plainly as docs/code-rules.md says them. */
function plainVerdict(policy: CodePolicy, call: JudgedCall): string | undefined {
  if (!['outgoing', 'tandem'].includes(call.direction) || call.band === 'internal') return undefined;
  if (call.band === 'emergency' && policy.exceptions.emergency) return 'obeys';
  if (call.band === 'free' && policy.exceptions.free) return 'obeys';
  const fitting = policy.groups.find(
    ({ sourceIds, extensions }) =>
      (sourceIds.length === 0 || sourceIds.includes(call.sourceId)) &&
      (extensions.length === 0 ||
        extensions.some(
          ({ first, last }) =>
            call.extension !== null &&
            Number(first) <= Number(call.extension) &&
            Number(call.extension) <= Number(last ?? first),
        )),
  );
  const { mode, withoutCode } = fitting ?? policy.others;
  if (call.code !== null && call.reason !== 'code') return 'unknown-code';
  if (mode === 'none') return 'obeys';
  const reachable = mode === 'restricted' ? bandsOf(withoutCode) : [];
  if (reachable.includes(call.band)) return 'obeys';
  if (call.code === null) {
    if (call.band === 'unknown' && reachable.length > 0) return 'obeys';
    return call.reason === 'extension' ? 'extension-only' : 'no-code';
  }
  if (policy.assignments.length === 0 || call.band === 'unknown') return 'obeys';
  const reaching = (policy.rights[0]?.hours ?? []).filter((hours) => bandsOf(hours).includes(call.band));
  if (reaching.length === 0) return 'beyond-right';
  return reaching.some((hours) => isWithin(hours, call.startLocalS)) ? 'obeys' : 'outside-hours';
}

describe('judging', () => {
  it('says what the rules say, however they are combined', () => {
    fc.assert(
      fc.property(policies, calls, (policy, call) => {
        expect(judgeOf(policy)(call)?.verdict).toBe(plainVerdict(policy, call));
      }),
      { numRuns: 3000 },
    );
  });

  it('never depends on the calls before', () => {
    fc.assert(
      fc.property(policies, fc.array(calls, { minLength: 2, maxLength: 30 }), (policy, several) => {
        const used = judgeOf(policy);
        for (const call of several) expect(used(call)).toEqual(judgeOf(policy)(call));
      }),
    );
  });

  it('never breaks a call by allowing more', () => {
    fc.assert(
      fc.property(policies, calls, (policy, call) => {
        if (judgeOf(policy)(call)?.verdict !== 'obeys') return;
        const always = { weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00', holidays: 'as-usual' } as const;
        const wide: CodePolicy = {
          ...policy,
          rights: policy.rights.map((right) => ({
            ...right,
            hours: [...right.hours, { ...always, upTo: 'international', also: ['service', 'premium'] }],
          })),
        };
        expect(judgeOf(wide)(call)?.verdict).toBe('obeys');
      }),
    );
  });
});
