import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../core/api/client.ts';
import type { CallChange, MonthReport } from '../../core/api/contract.ts';
import { amountMicro, formatAmount } from '../../core/model/money.ts';
import { APRIL, MARCH, type Office, openOffice } from '../closing/office.ts';

let office: Office;
const WHY = { reason: 'Minh used her telephone', by: 'Lan' };

beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.rig.close());

const close = (month = MARCH) => office.client.call('closeMonth', { body: { month, by: 'Lan' } });
const monthBy = (by: 'person' | 'department' | 'band', month = MARCH) =>
  office.client.call('getMonth', { query: { month, by } });

async function decide(number: string, change: CallChange) {
  const { id } = await office.call(number);
  return await office.client.call('decideCalls', { body: { calls: { ids: [id] }, change, ...WHY } });
}

async function historyOf(number: string) {
  return await office.client.call('getCallHistory', { params: { id: (await office.call(number)).id } });
}

async function refusedWith(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
  return 'not refused';
}

type Sums = MonthReport['totals']['charges'];

/** Exact: amounts are decimal texts with at most six decimals. */
function sumOf(lists: readonly Sums[]): string {
  const micro = (text: string): bigint => {
    const [whole = '0', part = ''] = text.replace('-', '').split('.');
    const value = BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0'));
    return text.startsWith('-') ? -value : value;
  };
  return formatAmount(amountMicro(lists.flat().reduce((sum, { amount }) => sum + micro(amount), 0n)));
}

function addsUp(month: MonthReport): void {
  for (const key of ['charges', 'privateCharges', 'corrections', 'due'] as const) {
    const total = key === 'charges' ? month.totals.charges : month[key];
    expect(sumOf(month.rows.map((row) => row[key])), `${month.by} ${key}`).toBe(sumOf([total]));
  }
}

describe('a call of an open month', () => {
  it('can be given to another person: it is booked to that person and department, with who and why', async () => {
    const owner = { kind: 'owner', personId: office.minhId } as const;
    expect(await decide('0901000001', owner)).toEqual({ decided: 1, corrected: 0, month: null });
    expect(await office.call('0901000001')).toMatchObject({
      personName: 'Trần Minh',
      departmentName: 'Bảo trì',
      reason: 'reassigned',
      charge: { amount: '600' },
    });
    const { decisions } = await historyOf('0901000001');
    expect(decisions).toMatchObject([{ kind: 'owner', personName: 'Trần Minh', isUndone: false, ...WHY }]);
    addsUp(await monthBy('person'));
    addsUp(await monthBy('department'));
  });

  it('can be nobody’s, and be undone: each undoing is an entry of its own, and the earlier decision holds again', async () => {
    await decide('0901000001', { kind: 'owner', personId: office.minhId });
    await decide('0901000001', { kind: 'owner', personId: null });
    expect(await office.call('0901000001')).toMatchObject({ personId: null, departmentId: null, reason: 'reassigned' });
    const undo = async (index: number) => {
      const { decisions } = await historyOf('0901000001');
      const id = decisions[index]?.id ?? 0;
      return office.client.call('undoDecision', { params: { id }, body: WHY });
    };
    expect(await refusedWith(undo(0))).toBe('decision-settled');
    await undo(1);
    expect((await office.call('0901000001')).personName).toBe('Trần Minh');
    await undo(0);
    expect(await office.call('0901000001')).toMatchObject({ personName: 'Nguyễn Thị Lan', reason: 'code' });
    const { decisions } = await historyOf('0901000001');
    expect(decisions.map(({ undoesId, isUndone }) => [undoesId !== null, isUndone])).toEqual([
      [false, true],
      [false, true],
      [true, false],
      [true, false],
    ]);
  });

  it('can be private: the month says what its caller pays back', async () => {
    await decide('0901000002', { kind: 'purpose', purpose: 'private' });
    const month = await monthBy('person');
    const lan = month.rows.find((row) => row.key === String(office.lanId));
    expect(lan).toMatchObject({ privateCharges: [{ amount: '1200' }], charges: [{ amount: '1800' }] });
    addsUp(month);
    const { calls } = await office.client.call('listCalls', { query: { purpose: 'private' } });
    // Counted and not listed, but for who may decide about it, and then without its last digits.
    expect(calls.map((call) => call.dialled)).toEqual(['090100••••']);
    const all = await office.client.call('countCalls', { query: { month: MARCH } });
    const listed = await office.client.call('listCalls', { query: { month: MARCH } });
    expect(all).toMatchObject({ calls: listed.calls.length + 1, unlistedCalls: 1 });
    expect(listed.calls.map((call) => call.id)).not.toContain(calls[0]?.id);
  });

  it('keeps the person that it was given to from being removed', async () => {
    const other = await office.client.call('addPerson', { body: { name: 'Lê An' } });
    await decide('0901000001', { kind: 'owner', personId: other.id });
    await decide('0901000001', { kind: 'owner', personId: null });
    const remove = () => office.client.call('removePerson', { params: { id: other.id } });
    expect(await refusedWith(remove())).toBe('person-in-use');
  });

  it('is decided with others that a filter finds, if it still finds what was seen', async () => {
    const decideAll = (count: number) => {
      const calls = { filter: { month: MARCH, personId: office.lanId }, count };
      return office.client.call('decideCalls', {
        body: { calls, change: { kind: 'purpose', purpose: 'private' }, ...WHY },
      });
    };
    expect(await refusedWith(decideAll(3))).toBe('selection-changed');
    expect(await refusedWith(decide('0901000001', { kind: 'billing', isBilled: false }))).toBe('call-not-closed');
    expect(await decideAll(2)).toMatchObject({ decided: 2, corrected: 0 });
  });
});

describe('a call of a closed month', () => {
  it('stays; a line in the open month moves its charge, so that every total still adds up', async () => {
    await close();
    const march = await monthBy('person');
    const result = await decide('0901000001', { kind: 'owner', personId: office.minhId });
    expect(result).toEqual({ decided: 0, corrected: 1, month: APRIL });
    expect((await office.call('0901000001')).personName).toBe('Nguyễn Thị Lan');
    expect((await monthBy('person')).rows).toEqual(march.rows);
    const april = await monthBy('person', APRIL);
    expect(april.rows.map((row) => [row.name, row.calls, sumOf([row.corrections]), sumOf([row.due])])).toEqual([
      ['Nguyễn Thị Lan', 0, '-600', '-600'],
      ['Trần Minh', 0, '600', '600'],
    ]);
    for (const by of ['person', 'department', 'band'] as const) addsUp(await monthBy(by, APRIL));
    const { count, rows } = await office.client.call('listCorrections', { query: { month: APRIL } });
    expect([count, rows]).toMatchObject([
      1,
      [
        {
          kind: 'owner',
          callMonth: MARCH,
          before: { personName: 'Nguyễn Thị Lan', charge: { amount: '600' } },
          after: { personName: 'Trần Minh', charge: { amount: '600' } },
          canTakeBack: true,
          ...WHY,
        },
      ],
    ]);
  });

  it('can be made private, taken off the bill and put back on it', async () => {
    await close();
    await decide('0901000002', { kind: 'purpose', purpose: 'private' });
    const april = await monthBy('person', APRIL);
    expect(april).toMatchObject({ corrections: [], privateCharges: [{ amount: '1200' }] });
    addsUp(april);
    await decide('0901000002', { kind: 'billing', isBilled: false });
    const off = await monthBy('band', APRIL);
    expect(off).toMatchObject({ corrections: [{ amount: '-1200' }], privateCharges: [], due: [{ amount: '-1200' }] });
    addsUp(off);
    await decide('0901000002', { kind: 'billing', isBilled: true });
    expect(await monthBy('band', APRIL)).toMatchObject({ corrections: [], privateCharges: [{ amount: '1200' }] });
  });

  it('is as before when a correction is taken back, by a line and never by deleting one', async () => {
    await close();
    await decide('0901000001', { kind: 'owner', personId: office.minhId });
    await decide('0901000001', { kind: 'purpose', purpose: 'private' });
    const { rows } = await office.client.call('listCorrections', { query: { month: APRIL } });
    const takeBack = (id: number) =>
      office.client.call('takeBackCorrection', { params: { id }, body: { reason: 'A mistake', by: 'Minh' } });
    const [owner, purpose] = rows;
    await takeBack(owner?.id ?? 0);
    expect(await refusedWith(takeBack(owner?.id ?? 0))).toBe('restatement-settled');
    const after = await monthBy('person', APRIL);
    expect(after.rows.map((row) => [row.name, sumOf([row.corrections]), sumOf([row.privateCharges])])).toEqual([
      ['Nguyễn Thị Lan', '0', '600'],
      ['Trần Minh', '0', '0'],
    ]);
    addsUp(after);
    await takeBack(purpose?.id ?? 0);
    const { corrections } = await historyOf('0901000001');
    expect(corrections.map((row) => [row.kind, row.takesBackId])).toEqual([
      ['owner', null],
      ['private', null],
      ['owner', owner?.id],
      ['private', purpose?.id],
    ]);
  });

  it('is corrected in the month itself when that is reopened: lines elsewhere are taken back', async () => {
    await close();
    await decide('0901000001', { kind: 'owner', personId: office.minhId });
    const before = await office.client.call('getClosing', { query: { month: MARCH } });
    expect(before.correctionsElsewhere).toBe(1);
    await office.client.call('reopenMonth', { body: { month: MARCH, by: 'Lan', reason: 'To put it right' } });
    const april = await monthBy('person', APRIL);
    expect(april.corrections).toEqual([]);
    expect((await office.client.call('listCorrections', { query: { month: APRIL } })).count).toBe(2);
    expect(await decide('0901000001', { kind: 'owner', personId: office.minhId })).toMatchObject({ decided: 1 });
  });
});
