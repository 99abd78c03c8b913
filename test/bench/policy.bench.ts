/** Judging calls by code rules on one core: groups of extensions, rights by hours, codes with and without an owner. */
import type { CodePolicy, PolicyGroup } from '../../core/model/code-policy.ts';
import { type JudgedCall, policyJudge } from '../../core/policy/judge.ts';
import { type BenchResult, measured } from './bench-result.ts';

const CALLS = 300_000;
const RUNS = 5;
const BANDS = ['local', 'mobile', 'national', 'international', 'free'] as const;
const FIRST_START_S = 1_790_000_000;

const groups = Array.from(
  { length: 8 },
  (_, i): PolicyGroup => ({
    name: `Group ${i}`,
    sourceIds: [],
    extensions: [{ first: String(200 + i * 20), last: String(219 + i * 20) }],
    mode: i % 2 === 0 ? 'restricted' : 'every-call',
    withoutCode: { upTo: 'local', also: [] },
  }),
);
const always = { validFrom: null, validTo: null, rightId: 'office' };
const POLICY: CodePolicy = {
  exceptions: { emergency: true, free: true },
  groups,
  others: { mode: 'every-call', withoutCode: { upTo: null, also: [] } },
  rights: [
    {
      id: 'office',
      name: 'Office',
      hours: [
        { upTo: 'mobile', also: [], weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '17:30', holidays: 'never' },
        { upTo: 'local', also: [], weekdays: [6], from: '08:00', to: '12:00', holidays: 'as-usual' },
      ],
    },
  ],
  assignments: [
    { id: 'range', holder: { kind: 'code', first: '4700', last: '4799' }, ...always },
    { id: 'everyone', holder: { kind: 'everyone' }, ...always },
  ],
};

function calls(): readonly JudgedCall[] {
  return Array.from({ length: CALLS }, (_, i): JudgedCall => {
    const hasCode = i % 3 !== 0;
    return {
      startLocalS: FIRST_START_S + i * 7,
      direction: 'outgoing',
      sourceId: 1,
      extension: String(200 + (i % 180)),
      code: hasCode ? String(4000 + (i % 1000)) : null,
      band: BANDS[i % BANDS.length] ?? 'unknown',
      reason: hasCode ? 'code' : 'extension',
      personId: i % 300,
      departmentId: i % 10,
    };
  });
}

export async function benchPolicy(): Promise<BenchResult[]> {
  const judge = policyJudge([{ validFrom: '2026-01-01', policy: POLICY }], {
    isHoliday: () => false,
    parentOf: () => undefined,
  });
  const judged = calls();
  let best = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const startedAt = performance.now();
    for (const call of judged) judge(call);
    best = Math.max(best, judged.length / ((performance.now() - startedAt) / 1000));
  }
  return [measured('calls judged by code rules, one core', best, 'calls/s', { atLeast: 500_000 })];
}
