import { describe, expect, test } from 'vitest';
import { markup, tabbedText } from '../../renderer/components/copied-table.ts';
import { knownColumns } from '../../renderer/components/use-columns.ts';
import { filterOfView, viewSearch } from '../../renderer/features/calls/call-view.ts';
import { actionOf } from '../../renderer/features/shortcuts/shortcut-keys.ts';

describe('views', () => {
  test('last month stays last month', () => {
    const kept = viewSearch({ from: '2026-10-01', to: '2026-10-31', reason: 'unknown-code' }, '2026-11-23');
    expect(filterOfView(kept, '2026-12-02')).toEqual({ from: '2026-11-01', to: '2026-11-30', reason: 'unknown-code' });
  });

  test('fixed days stay fixed', () => {
    const filter = { from: '2026-10-03', to: '2026-10-31', direction: 'outgoing' as const };
    expect(filterOfView(viewSearch(filter, '2026-11-23'), '2027-01-01')).toEqual(filter);
  });

  test('columns that there are no more are left out; none of them left means the usual ones', () => {
    expect(knownColumns(['charge', 'gone', 'time'], ['time', 'who', 'charge'])).toEqual(['time', 'charge']);
    expect(knownColumns(['gone'], ['time'])).toBeNull();
    expect(knownColumns('time', ['time'])).toBeNull();
  });
});

describe('a copied table', () => {
  const table = {
    head: ['Số', 'Cước'],
    rows: [
      ['0912\t345', { amount: '-1470.5' }],
      ['=1+1', { amount: '0' }],
    ],
  };

  test('is one line for a row, and takes nothing for a formula', () => {
    expect(tabbedText(table)).toBe("Số\tCước\r\n0912 345\t-1470.5\r\n'=1+1\t0");
  });

  test('keeps texts as texts and markup as letters', () => {
    const html = markup({ head: ['<b>'], rows: [['0912', { amount: '5' }]] });
    expect(html).toContain('<th align="left">&lt;b&gt;</th>');
    expect(html).toContain(`mso-number-format:'\\@'">0912</td>`);
    expect(html).toContain('<td align="right">5</td>');
  });
});

describe('keys', () => {
  const press = (code: string, part: Partial<Parameters<typeof actionOf>[0]> = {}) => ({
    code,
    key: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...part,
  });

  test('are told apart by their place, whatever letter a layout puts there', () => {
    expect(actionOf(press('KeyM', { key: 'м' }), true, false)).toEqual({ kind: 'go', to: '/month' });
    expect(actionOf(press('KeyK', { ctrlKey: true }), false, true)).toEqual({ kind: 'search' });
    expect(actionOf(press('Slash', { key: '?', shiftKey: true }), false, false)).toEqual({ kind: 'shortcuts' });
  });

  test('stay letters while somebody types, and nothing without G', () => {
    expect(actionOf(press('KeyM'), true, true)).toBeUndefined();
    expect(actionOf(press('KeyM'), false, false)).toBeUndefined();
    expect(actionOf(press('KeyZ', { ctrlKey: true }), false, true)).toBeUndefined();
  });
});
