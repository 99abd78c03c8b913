import { describe, expect, it } from 'vitest';
import type { CallingRight } from '../../core/model/code-policy.ts';
import { codeTables } from '../../core/policy/pbx-sheets/code-table.ts';
import { sheetCodes } from '../../core/policy/pbx-sheets/sheet-codes.ts';
import { hours, policy, WORKDAYS } from './policy-fixture.ts';

const office: CallingRight = {
  id: 'o',
  name: 'Office',
  hours: [hours('local'), hours('mobile', { weekdays: WORKDAYS, from: '08:00', to: '17:30' })],
};
const unused: CallingRight = { id: 'u', name: 'Unused', hours: [hours('international')] };
const CODES = [
  { code: '0471', ownerName: 'Nguyễn Thị Hà', right: office },
  { code: '4712', ownerName: 'Trần Bình', right: undefined },
];
const rules = policy({ rights: [unused, office] });

describe('the sheet for a Panasonic', () => {
  const { codes, classes } = codeTables('panasonic', rules, CODES);

  it('numbers the codes by location and gives each its class of service', () => {
    expect(codes.headings).toEqual(['location', 'name', 'code', 'cos']);
    expect(codes.rows).toEqual([
      ['0001', 'Nguyễn Thị Hà', '0471', '11'],
      ['0002', 'Trần Bình', '4712', '12'],
    ]);
  });

  it('says what each class in use may reach at its widest, and with which restriction level', () => {
    expect(classes.rows).toEqual([
      ['11', 'Office', { word: 'mobile' }, '2'],
      ['12', { word: 'noRight' }, { word: 'international' }, '1'],
    ]);
  });
});

describe('the sheet for an Avaya IP Office', () => {
  it('names the right of each code, and what the rights reach', () => {
    const { codes, classes } = codeTables('avaya-ip-office', rules, CODES);
    expect(codes.rows).toEqual([
      ['0471', 'Nguyễn Thị Hà', 'Office'],
      ['4712', 'Trần Bình', { word: 'noRight' }],
    ]);
    expect(classes.rows).toEqual([
      ['Office', { word: 'mobile' }],
      [{ word: 'noRight' }, { word: 'international' }],
    ]);
  });
});

describe('the codes of a day', () => {
  const always = { kind: 'code', validFrom: '0000-01-01', validTo: '9999-12-31', personId: 1 } as const;
  const ownerOf = () => ({ name: 'Hà', departmentId: undefined });
  const codesOn = (rows: Parameters<typeof sheetCodes>[0], day = '2026-11-09') => {
    const { codes, leftOut } = sheetCodes(rows, day, ownerOf, () => undefined);
    return { codes: codes.map(({ code }) => code), leftOut };
  };

  it('are those that somebody has on that day', () => {
    const rows = [
      { ...always, value: '1111', lastValue: null, validTo: '2026-11-09' },
      { ...always, value: '2222', lastValue: null, validFrom: '2026-11-09' },
      { ...always, value: '3333', lastValue: null, validFrom: '2026-11-10' },
      { ...always, kind: 'extension', value: '201', lastValue: null } as const,
    ];
    expect(codesOn(rows).codes).toEqual(['2222']);
  });

  it('are all of a range, with their zeros, shorter ones first', () => {
    const rows = [
      { ...always, value: '0098', lastValue: '0101' },
      { ...always, value: '77', lastValue: null },
    ];
    expect(codesOn(rows)).toEqual({ codes: ['77', '0098', '0099', '0100', '0101'], leftOut: 0 });
  });

  it('are not those of a range that no PBX could hold', () => {
    expect(codesOn([{ ...always, value: '10000', lastValue: '99999' }])).toEqual({ codes: [], leftOut: 1 });
  });
});
