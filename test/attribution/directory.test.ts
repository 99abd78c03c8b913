import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildDirectory } from '../../core/attribution/directory.ts';
import { ALWAYS_FROM, ALWAYS_TO, type DatedAssignment, type DatedMembership } from '../../core/model/people.ts';
import { localDayOf, localSecondsOfDay } from '../../core/model/time.ts';

const dayOf = (text: string): number => Number(localSecondsOfDay(text)) / 86_400;

function assigned(
  kind: 'code' | 'extension',
  value: string,
  personId: number,
  more: Partial<DatedAssignment> = {},
): DatedAssignment {
  return { kind, value, lastValue: null, personId, validFrom: ALWAYS_FROM, validTo: ALWAYS_TO, ...more };
}

function directoryOf(assignments: readonly DatedAssignment[], memberships: readonly DatedMembership[] = []) {
  const people = [1, 2, 3].map((id) => ({ id, name: `Person ${id}` }));
  return buildDirectory({ people, memberships, assignments });
}

const asked = { code: undefined, extension: undefined, direction: 'outgoing', day: dayOf('2026-03-10') } as const;

describe('attribution', () => {
  const directory = directoryOf(
    [
      assigned('code', '0042', 1),
      assigned('code', '42', 2),
      assigned('code', '7001', 1, { validTo: '2026-03-01' }),
      assigned('code', '7001', 2, { validFrom: '2026-04-01' }),
      assigned('code', '5000', 3, { lastValue: '5099' }),
      assigned('extension', '200', 3, { lastValue: '219' }),
    ],
    [
      { personId: 1, departmentId: 10, validFrom: ALWAYS_FROM, validTo: '2026-03-10' },
      { personId: 1, departmentId: 11, validFrom: '2026-03-10', validTo: ALWAYS_TO },
    ],
  );

  it('books a call to the person whose code was dialled, from whatever extension', () => {
    expect(directory.attribute({ ...asked, code: '42', extension: '205' })).toEqual({
      personId: 2,
      departmentId: undefined,
      reason: 'code',
    });
  });

  it('keeps 0042 and 42 apart', () => {
    expect(directory.attribute({ ...asked, code: '0042' }).personId).toBe(1);
    expect(directory.attribute({ ...asked, code: '042' }).reason).toBe('unknown-code');
  });

  it('uses the department of that day; the first day of a new one counts as new', () => {
    expect(directory.attribute({ ...asked, code: '0042', day: dayOf('2026-03-09') }).departmentId).toBe(10);
    expect(directory.attribute({ ...asked, code: '0042', day: dayOf('2026-03-10') }).departmentId).toBe(11);
  });

  it('keeps the calls of a leaver and gives the code to the next owner from the first day', () => {
    expect(directory.attribute({ ...asked, code: '7001', day: dayOf('2026-02-28') }).personId).toBe(1);
    expect(directory.attribute({ ...asked, code: '7001', day: dayOf('2026-03-01') })).toEqual({
      personId: undefined,
      departmentId: undefined,
      reason: 'code-not-valid',
    });
    expect(directory.attribute({ ...asked, code: '7001', day: dayOf('2026-04-01') }).personId).toBe(2);
  });

  it('never puts a wrong code on the owner of the extension', () => {
    expect(directory.attribute({ ...asked, code: '9999', extension: '205' })).toMatchObject({
      personId: undefined,
      reason: 'unknown-code',
    });
    expect(directory.attribute({ ...asked, code: '7001', extension: '205' })).toMatchObject({
      personId: undefined,
      reason: 'code-not-valid',
    });
  });

  it('falls to the owner of the extension when no code was dialled', () => {
    expect(directory.attribute({ ...asked, extension: '219' })).toMatchObject({ personId: 3, reason: 'extension' });
    expect(directory.attribute({ ...asked, extension: '220' })).toMatchObject({
      personId: undefined,
      reason: 'no-code',
    });
    expect(directory.attribute({ ...asked, extension: '0205' }).reason).toBe('no-code');
    expect(directory.attribute({ ...asked, direction: 'incoming', extension: '200' }).personId).toBe(3);
    expect(directory.attribute({ ...asked, direction: 'incoming', extension: '200', code: '42' }).personId).toBe(2);
  });

  it('gives nothing to calls that need no owner', () => {
    expect(directory.attribute({ ...asked, direction: 'none', extension: '200', code: '42' }).reason).toBe('none');
    expect(directory.attribute({ ...asked, direction: 'tandem' }).reason).toBe('none');
    expect(directory.attribute({ ...asked, direction: 'tandem', code: '42' }).personId).toBe(2);
  });

  it('finds codes one slip away, swapped digits first, with their owners', () => {
    expect(directory.nearestCodes('0024', 5)).toEqual([
      { code: '0042', personId: 1, personName: 'Person 1' },
      { code: '5024', personId: 3, personName: 'Person 3' },
    ]);
    expect(directory.nearestCodes('7011', 5).map((near) => near.code)).toEqual(['5011', '7001']);
    expect(directory.nearestCodes('042', 5).map((near) => near.code)).toEqual(['0042', '5042', '42']);
    expect(directory.nearestCodes('70011', 5).map((near) => near.code)).toEqual(['7001']);
    expect(directory.nearestCodes('701', 1, dayOf('2026-05-01'))).toEqual([
      { code: '7001', personId: 2, personName: 'Person 2' },
    ]);
    expect(directory.nearestCodes('5999', 3).map((near) => near.code)).toEqual(['5099']);
    expect(directory.nearestCodes('123456', 5)).toEqual([]);
  });

  it('agrees with reading every row, whatever the ranges and dates', () => {
    const day = fc.integer({ min: 20_000, max: 20_060 });
    const number = fc.integer({ min: 0, max: 130 }).map((n) => String(n).padStart(2, '0'));
    const row = fc
      .record({
        kind: fc.constantFrom('code' as const, 'extension' as const),
        value: number,
        width: fc.option(fc.integer({ min: 0, max: 40 }), { nil: null }),
        from: day,
        days: fc.integer({ min: 1, max: 30 }),
      })
      .map(({ kind, value, width, from, days }) => {
        const last = width === null ? null : String(Number(value) + width).padStart(value.length, '0');
        return assigned(kind, value, 1, {
          lastValue: last === null || last.length !== value.length ? null : last,
          validFrom: localDayOf(from * 86_400),
          validTo: localDayOf((from + days) * 86_400),
        });
      });
    let runs = 0;
    fc.assert(
      fc.property(fc.array(row, { maxLength: 25 }), number, day, (rows, value, on) => {
        runs += 1;
        const made = directoryOf(rows);
        const covers = (r: DatedAssignment): boolean =>
          r.lastValue === null
            ? r.value === value
            : r.value.length === value.length && r.value <= value && value <= r.lastValue;
        const today = localDayOf(on * 86_400);
        const codes = rows.filter((r) => r.kind === 'code' && covers(r));
        const isValid = (r: DatedAssignment): boolean => r.validFrom <= today && today < r.validTo;
        const expected = codes.some(isValid) ? 'code' : codes.length > 0 ? 'code-not-valid' : 'unknown-code';
        expect(made.attribute({ ...asked, code: value, day: on }).reason).toBe(expected);
        const isOwned = rows.some((r) => r.kind === 'extension' && covers(r) && isValid(r));
        expect(made.attribute({ ...asked, extension: value, day: on }).reason).toBe(isOwned ? 'extension' : 'no-code');
      }),
      { numRuns: 300 },
    );
    expect(runs).toBeGreaterThanOrEqual(300);
  });
});
