/** Plan files in a data folder, as the service finds them. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { numberingPlanOf, numberingProblems } from '../../core/ingest/numbering-files.ts';
import { builtInPlan } from '../../core/numbering/plan.ts';

const own = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../core/numbering/plan/vietnam.json'), 'utf8'),
) as Record<string, unknown>;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tollbook-plan-'));
  mkdirSync(path.join(folder, 'numbering'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (text: string): void => writeFileSync(path.join(folder, 'numbering', 'vietnam.json'), text);

test('without files the built-in plan is used', () => {
  const { plan, refused } = numberingPlanOf(folder);
  expect(plan.vietnam).toBe(builtInPlan().vietnam);
  expect(refused).toEqual([]);
});

test('a newer file is used as soon as it is there, and its successor too', () => {
  numberingPlanOf(folder);
  put(JSON.stringify({ ...own, version: '2027-01-15' }));
  expect(numberingPlanOf(folder).plan.vietnam.version).toBe('2027-01-15');
  put(JSON.stringify({ ...own, version: '2027-02-01', note: 'longer, so the change is seen' }));
  expect(numberingPlanOf(folder).plan.vietnam.version).toBe('2027-02-01');
});

test.each(['', 'no JSON', '{"plan": "vietnam"', '[]'])(
  'a file with %j is refused and the built-in plan stays',
  (text) => {
    put(text);
    const { plan, refused } = numberingPlanOf(folder);
    expect(plan.vietnam).toBe(builtInPlan().vietnam);
    expect(refused.map(({ file }) => file)).toEqual(['vietnam']);
    expect(numberingProblems(folder)).toMatchObject([
      { code: 'numbering-plan-refused', values: { file: path.join(folder, 'numbering', 'vietnam.json') } },
    ]);
  },
);
