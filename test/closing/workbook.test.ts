import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rebookCalls } from '../../core/ingest/rebook-calls.ts';
import { panasonicLine } from '../ingest/site-fixture.ts';
import { numberIn, recalculated } from '../reports/recalculated.ts';
import { APRIL, APRIL_2, MARCH, type Office, openOffice } from './office.ts';

let office: Office;
let folder: string;

beforeEach(async () => {
  office = await openOffice();
  folder = mkdtempSync(path.join(tmpdir(), 'tollbook-workbook-'));
});
afterEach(() => {
  office.rig.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Rows of a sheet by their first cell, as the numbers of the named columns. */
function rowsOf(sheet: ExcelJS.Worksheet | undefined, headings: readonly string[]): Record<string, number[]> {
  if (sheet === undefined) throw new Error('no such sheet');
  const columns = new Map<string, number>();
  sheet.getRow(1).eachCell((cell, column) => columns.set(String(cell.value), column));
  const rows: Record<string, number[]> = {};
  sheet.eachRow((row, number) => {
    if (number === 1) return;
    rows[String(row.getCell(1).value)] = headings.map((heading) => {
      const column = columns.get(heading);
      if (column === undefined) throw new Error(`no column ${heading}`);
      return numberIn(row.getCell(column));
    });
  });
  return rows;
}

it('adds up with corrections, private and late calls when LibreOffice calculates every formula anew', async () => {
  const { rig, client, minhId, sourceId } = office;
  await client.call('closeMonth', { body: { month: MARCH, by: 'Lan' } });
  const why = { reason: '=1+1', by: 'Lan' };
  const decide = async (number: string, change: Parameters<typeof client.call<'decideCalls'>>[1]['body']['change']) => {
    const { id } = await office.call(number);
    await client.call('decideCalls', { body: { calls: { ids: [id] }, change, ...why } });
  };
  await decide('0901000001', { kind: 'owner', personId: minhId });
  await decide('0901000002', { kind: 'purpose', purpose: 'private' });
  await decide('0911000003', { kind: 'billing', isBilled: false });
  rig.feed(
    sourceId,
    panasonicLine({ at: '31/03/26 22:10', number: '0901000005', duration: "00:01'00", account: '4401' }) +
      panasonicLine({ at: '01/04/26 08:10', number: '0901000006', duration: "00:03'00", account: '4401' }),
    APRIL_2,
  );
  await decide('0901000006', { kind: 'purpose', purpose: 'private' });

  const cookie = await rig.signIn();
  const address = `/api/month/export?month=${APRIL}&type=xlsx&language=en`;
  const response = await rig.request(address, { headers: { cookie } });
  writeFileSync(path.join(folder, 'april.xlsx'), Buffer.from(await response.arrayBuffer()));
  const workbook = await recalculated(folder, 'april.xlsx');

  const headings = ['Calls', 'Charge (VND)', 'Corrections (VND)', 'To pay (VND)', 'Private (VND)'];
  const people = rowsOf(workbook.getWorksheet('By person'), headings);
  // Lan: two calls of April, one of them late (600) and one private (1800); 600 of March given away, 1200 of March private.
  expect(people).toEqual({
    'Nguyễn Thị Lan': [2, 2400, -600, 1800, 3000],
    'Trần Minh': [0, 0, -300, -300, 0],
    Total: [2, 2400, -900, 1500, 3000],
  });
  const departments = rowsOf(workbook.getWorksheet('By department'), headings);
  expect(departments['Total']).toEqual(people['Total']);
  expect(departments['Kinh doanh']).toEqual(people['Nguyễn Thị Lan']);

  const summary: Record<string, (number | string)[]> = {};
  workbook.getWorksheet('Summary')?.eachRow((row) => {
    summary[String(row.getCell(1).value)] = [numberIn(row.getCell(2)), numberIn(row.getCell(4))];
  });
  expect(summary['Corrections']).toEqual([4, -900]);
  expect(summary['Calls and corrections']?.[1]).toBe(1500);
  expect(summary['Calls of closed months that came late']?.[0]).toBe(1);
  expect(workbook.getWorksheet('Corrections')?.rowCount).toBe(5);
}, 60_000);

it('shows tax that a tariff takes on the sum of the invoice, on the page and in the workbook', async () => {
  const { rig, client } = office;
  const tariff = {
    currency: 'VND',
    timeZone: 'Asia/Ho_Chi_Minh',
    taxPercent: '10',
    taxPoint: 'total',
    rates: [{ prefix: '849', name: 'Mobile', ratePerMinute: '333' }],
  };
  const body = new TextEncoder().encode(JSON.stringify(tariff));
  await client.call('importTariff', { query: { fileName: 'total.json', name: 'Taxed on the total' }, body });
  for (const _ of rebookCalls(rig.reader, 'all', 'anew'));
  // Five minutes at 333; each call alone would be taxed and rounded for itself.
  const month = await client.call('getMonth', { query: { month: MARCH, by: 'band' } });
  expect([month.totals.charges[0]?.amount, month.taxOnTotal]).toEqual(['1665', [{ amount: '167', currency: 'VND' }]]);
  const response = await rig.request(`/api/month/export?month=${MARCH}&type=xlsx&language=en`, {
    headers: { cookie: await rig.signIn() },
  });
  writeFileSync(path.join(folder, 'march.xlsx'), Buffer.from(await response.arrayBuffer()));
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(path.join(folder, 'march.xlsx'));
  const amounts: Record<string, number> = {};
  workbook.getWorksheet('Summary')?.eachRow((row) => {
    amounts[String(row.getCell(1).value)] = numberIn(row.getCell(4));
  });
  expect([amounts['Tax on the total'], amounts['Total with tax']]).toEqual([167, 1832]);
});
