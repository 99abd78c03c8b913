import { describe, expect, it } from 'vitest';
import { FINDING_KINDS } from '../../core/model/code-finding.ts';
import { CodeBook } from '../../core/policy/hygiene/code-book.ts';
import { CodeHygiene } from '../../core/policy/hygiene/code-hygiene.ts';
import type { Finding } from '../../core/policy/hygiene/finding.ts';
import { DEFAULT_HYGIENE } from '../../core/policy/hygiene/settings.ts';
import { FIRST_DAY, makeOfficeMonth, type OfficeMonth, type Planted, TODAY } from './office-month.ts';

function findingsOf(month: OfficeMonth) {
  const book = new CodeBook(month.rows);
  const hygiene = new CodeHygiene(book, DEFAULT_HYGIENE);
  for (const call of month.calls) hygiene.add(call);
  const last = new Map(month.calls.map((call) => [call.code, call.startLocalS]));
  return hygiene.result({
    today: TODAY,
    firstCallDay: FIRST_DAY,
    lastUseOf: (row) => last.get(row.value) ?? null,
  });
}

function isAbout(finding: Finding, planted: Planted): boolean {
  const subjects = [finding.code, finding.telephone?.extension, ...finding.related.map((one) => one.code)];
  return finding.kind === planted.kind && subjects.includes(planted.subject);
}

describe('a month of 200 people', () => {
  it.each([1, 7, 2026])('shows every planted case and at most one that is none (seed %i)', (seed) => {
    const month = makeOfficeMonth(seed);
    const { findings, mistypes } = findingsOf(month);
    expect(month.calls.length).toBeGreaterThan(15_000);
    expect(month.planted.length).toBeGreaterThanOrEqual(20);
    const missed = month.planted.filter((planted) => !findings.some((finding) => isAbout(finding, planted)));
    expect(missed).toEqual([]);

    // A code that was given up after a slip is unknown indeed, and only noted.
    const isGivenUp = (finding: Finding): boolean =>
      finding.kind === 'unknown-code' && finding.severity === 'note' && month.givenUp.has(finding.code ?? '');
    const others = findings.filter(
      (finding) => !isGivenUp(finding) && !month.planted.some((planted) => isAbout(finding, planted)),
    );
    expect(others.length, JSON.stringify(others, undefined, 1)).toBeLessThanOrEqual(1);
    expect(Math.abs(mistypes.total - month.redialled.length)).toBeLessThanOrEqual(month.redialled.length * 0.03);
  });

  it('names the one who meant each mistyped code', () => {
    const month = makeOfficeMonth(1);
    const { mistypes } = findingsOf(month);
    const meant = Map.groupBy(month.redialled, (one) => one.meant);
    const wrong = mistypes.codes.filter(({ code, mistypes: count }) => count > (meant.get(code)?.length ?? 0));
    expect(wrong).toEqual([]);
  });

  it('gives calls as evidence for everything that calls show', () => {
    const standing = new Set(['weak-code', 'near-codes', 'never-used', 'idle-code', 'open-leaver-code']);
    const { findings } = findingsOf(makeOfficeMonth(7));
    const shown = new Set(findings.map((finding) => finding.kind));
    expect(FINDING_KINDS.filter((kind) => !shown.has(kind))).toEqual(['idle-code']);
    for (const finding of findings) {
      const hasCalls = finding.evidence.callIds.length > 0 && finding.evidence.firstLocalS !== null;
      expect(hasCalls, finding.kind).toBe(!standing.has(finding.kind));
    }
  });

  it('says which code was found by trying, and of whom', () => {
    const { findings } = findingsOf(makeOfficeMonth(7));
    const guessing = findings.find((finding) => finding.kind === 'guessing');
    expect(guessing?.telephone).toEqual({ sourceId: 1, extension: '199' });
    expect(guessing?.related.map((one) => one.personId)).toEqual([51]);
    expect(findings[0]).toBe(guessing);
  });
});
