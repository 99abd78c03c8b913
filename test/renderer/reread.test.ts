import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call, RereadDifference } from '../../core/api/contract.ts';
import { amountFromDecimal } from '../../core/model/money.ts';
import { callChanges } from '../../renderer/features/reread/call-changes.ts';
import { personRows, totalRow } from '../../renderer/features/reread/people-changes.ts';
import { isSameReading, readingOf, rereadAddress } from '../../renderer/features/reread/reading-address.ts';
import { serialWords } from '../../renderer/features/sources/serial-words.ts';

type Part = RereadDifference['people'][number];

const vnd = (amount: string) => ({ amount, currency: 'VND' });
const CALL: Call = {
  id: 1,
  sourceId: 1,
  startLocal: '2026-10-05T08:59:00',
  direction: 'outgoing',
  isAnswered: true,
  talkSeconds: 60,
  ringSeconds: null,
  extension: '101',
  trunk: '01',
  code: '••01',
  dialled: '0912345678',
  caller: null,
  callerName: null,
  number: '84912345678',
  band: 'mobile',
  destination: 'Di động',
  personId: 1,
  personName: 'Nguyễn Thị Hà',
  departmentId: null,
  departmentName: null,
  reason: 'code',
  rating: 'rated',
  charge: vnd('1000'),
  doubts: [],
  legCount: 1,
  verdict: null,
  purpose: null,
  month: '2026-10',
  isLate: false,
};

describe('people whose calls change', () => {
  const parts: readonly Part[] = [
    {
      personId: null,
      personName: null,
      callsBefore: 3,
      callsAfter: 1,
      chargeBefore: vnd('900.5'),
      chargeAfter: vnd('300'),
    },
    { personId: 7, personName: 'Hà', callsBefore: 0, callsAfter: 2, chargeBefore: vnd('0'), chargeAfter: vnd('600.5') },
    { personId: 7, personName: 'Hà', callsBefore: 4, callsAfter: 5, chargeBefore: null, chargeAfter: null },
  ];

  it('have one row each, with and without a charge together; nobody has one, too', () => {
    expect(personRows(parts)).toEqual([
      {
        personId: null,
        personName: null,
        callsBefore: 3,
        callsAfter: 1,
        chargesBefore: [vnd('900.5')],
        chargesAfter: [vnd('300')],
        chargesDifference: [vnd('-600.5')],
      },
      {
        personId: 7,
        personName: 'Hà',
        callsBefore: 4,
        callsAfter: 7,
        chargesBefore: [vnd('0')],
        chargesAfter: [vnd('600.5')],
        chargesDifference: [vnd('600.5')],
      },
    ]);
  });

  it('add up to the totals exactly, currency by currency', () => {
    const amount = fc
      .bigInt({ min: 0n, max: 10n ** 15n })
      .map((cents) => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`);
    const part = fc
      .record({
        personId: fc.option(fc.integer({ min: 1, max: 4 })),
        callsBefore: fc.nat(999),
        callsAfter: fc.nat(999),
        currency: fc.constantFrom('VND', 'USD'),
        amounts: fc.option(fc.tuple(amount, amount)),
      })
      .map(
        ({ personId, callsBefore, callsAfter, currency, amounts }): Part => ({
          personId,
          personName: personId === null ? null : `P${personId}`,
          callsBefore,
          callsAfter,
          chargeBefore: amounts === null ? null : { amount: amounts[0], currency },
          chargeAfter: amounts === null ? null : { amount: amounts[1], currency },
        }),
      );
    const microOf = (
      amounts: readonly { readonly amount: string; readonly currency: string }[],
      currency: string,
    ): bigint =>
      amounts
        .filter((money) => money.currency === currency)
        .reduce((sum, money) => sum + (amountFromDecimal(money.amount) ?? 0n), 0n);
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (all) => {
        const [rows, total] = [personRows(all), totalRow(all)];
        expect(rows.reduce((sum, row) => sum + row.callsAfter - row.callsBefore, 0)).toBe(
          total.callsAfter - total.callsBefore,
        );
        for (const currency of ['VND', 'USD']) {
          const difference = rows.reduce((sum, row) => sum + microOf(row.chargesDifference, currency), 0n);
          expect(difference).toBe(microOf(total.chargesDifference, currency));
          expect(difference).toBe(microOf(total.chargesAfter, currency) - microOf(total.chargesBefore, currency));
        }
      }),
    );
  });
});

describe('what of a call changes', () => {
  it('is marked in the cells that show it, and named where no cell does', () => {
    const after: Call = {
      ...CALL,
      startLocal: '2026-05-10T08:59:00',
      personId: null,
      personName: null,
      reason: 'code-not-valid',
      doubts: ['date-order-unproved'],
    };
    const { cells, others } = callChanges(CALL, after);
    expect([...cells]).toEqual(['time', 'person']);
    expect(others).toEqual(['reason', 'doubts']);
  });

  it('is nothing for the same call, and for a call without another side', () => {
    for (const changes of [callChanges(CALL, { ...CALL }), callChanges(null, CALL), callChanges(CALL, null)]) {
      expect(changes.cells.size).toBe(0);
      expect(changes.others).toEqual([]);
    }
  });

  it('sees the same amount in another object as the same', () => {
    expect(callChanges(CALL, { ...CALL, charge: vnd('1000') }).cells.size).toBe(0);
    expect([...callChanges(CALL, { ...CALL, charge: vnd('1001') }).cells]).toEqual(['charge']);
  });
});

describe('the address of reading again', () => {
  it('carries any format and options there and back', () => {
    const text = fc.string({ maxLength: 20 });
    const options = fc.dictionary(text, text);
    fc.assert(
      fc.property(fc.integer({ min: 1 }), text, options, (id, formatId, formatOptions) => {
        const address = new URL(rereadAddress(id, { formatId, formatOptions }), 'http://localhost');
        expect(address.pathname).toBe(`/sources/${id}/reread`);
        expect(readingOf(address.searchParams)).toEqual({ formatId, formatOptions });
      }),
    );
  });

  it('proposes nothing where it names no format', () => {
    expect(rereadAddress(4)).toBe('/sources/4/reread');
    expect(readingOf(new URLSearchParams('option.dateOrder=DMY'))).toBeUndefined();
  });

  it('knows the same reading in another order, and an empty option as none', () => {
    const one = { formatId: 'panasonic-a', formatOptions: { dateOrder: 'DMY', clock: '24h' } };
    expect(isSameReading(one, { ...one, formatOptions: { clock: '24h', dateOrder: 'DMY', timeIs: '' } })).toBe(true);
    expect(isSameReading(one, { ...one, formatOptions: { dateOrder: 'DMY' } })).toBe(false);
    expect(isSameReading(one, { ...one, formatId: 'panasonic-b' })).toBe(false);
  });
});

describe('settings of a serial port', () => {
  it('are written as in manuals', () => {
    expect(serialWords({ baudRate: 9600, dataBits: 7, parity: 'even', stopBits: 1 })).toBe('9600 baud, 7E1');
    expect(serialWords({ baudRate: 1200, dataBits: 7, parity: 'none', stopBits: 2 })).toBe('1200 baud, 7N2');
    expect(serialWords({ baudRate: 19200, dataBits: 8, parity: 'odd', stopBits: 1 })).toBe('19200 baud, 8O1');
  });
});
