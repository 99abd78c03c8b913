import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PaperPages, ReportTable, ReportView } from '../../core/api/contract.ts';
import { addUser, clientOf } from '../access/sign-in-as.ts';
import { type Office, openOffice } from '../closing/office.ts';
import { pageTexts } from '../paper/pdf.ts';

const MARCH_DAYS = { from: '2026-03-01', to: '2026-03-31' };

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.rig.close());

const tableIn = (view: ReportView): ReportTable => {
  const table = view.sheets.find((sheet) => sheet.kind === 'table');
  if (table?.kind !== 'table') throw new Error('no table');
  return table;
};

const textsOn = ({ pages }: PaperPages): string[] =>
  pages.flatMap(({ marks }) => marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])));

describe('reports over the API', () => {
  test('a table with its totals, and links to exactly the calls behind each row', async () => {
    const { client } = office;
    const view = await client.call('viewReport', { params: { reportId: 'by-person' }, query: MARCH_DAYS });
    const { columns, rows, totals } = tableIn(view);
    const place = (key: string): number => columns.findIndex((column) => column.key === key);
    expect(rows.map(({ cells }) => [cells[0], cells[place('calls')], cells[place('charge VND')]])).toEqual([
      ['Nguyễn Thị Lan', 2, '1800'],
      ['Trần Minh', 1, '900'],
      ['Caller not known', 1, '600'],
    ]);
    expect(totals?.[place('charge VND')]).toBe('3300');
    for (const { cells, link } of rows) {
      const query = Object.fromEntries(new URL(link ?? '', 'http://x').searchParams);
      const found = await client.call('countCalls', { query });
      expect(found.calls).toBe(cells[place('calls')]);
    }
  });

  test('further rows of a long table are read on their own', async () => {
    const query = { ...MARCH_DAYS, sheet: 'detail', offset: 2, limit: 1 };
    const view = await office.client.call('viewReport', { params: { reportId: 'call-detail' }, query });
    const table = tableIn(view);
    expect([table.rowCount, table.offset, table.rows.length]).toEqual([4, 2, 1]);
    expect(table.rows[0]?.cells).toContain('2026-03-05T10:14:00');
    // The record prints when it was written: at the end of the minute.
    const { id } = await office.call('0911000003');
    expect(table.rows[0]?.link).toBe(`/calls?call=${id}`);
  });

  test('files of every kind', async () => {
    const starts = { xlsx: 'PK', pdf: '%PDF', csv: '\ufeffName' } as const;
    for (const type of ['xlsx', 'pdf', 'csv'] as const) {
      const file = await office.client.call('exportReport', {
        params: { reportId: 'by-person' },
        query: { ...MARCH_DAYS, type },
      });
      const bytes = Buffer.from(await file.arrayBuffer());
      expect(bytes.toString(type === 'csv' ? 'utf8' : 'latin1').startsWith(starts[type]), type).toBe(true);
    }
  });

  test('the preview has the pages of the PDF with the words on them, as many as are asked for', async () => {
    const { client, rig } = office;
    const params = { reportId: 'personal-statement' } as const;
    const file = path.join(rig.deps.dataFolder, 'statement.pdf');
    const answer = await client.call('exportReport', { params, query: { ...MARCH_DAYS, type: 'pdf' } });
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
    const printed = pageTexts(file);
    const preview = await client.call('previewReport', { params, query: { ...MARCH_DAYS, pages: 1 } });
    // One statement after the other: two people and nobody.
    expect(printed.length).toBeGreaterThan(1);
    expect([preview.pageCount, preview.pages.length]).toEqual([printed.length, 1]);
    const letters = printed[0]?.replace(/\s+/g, '') ?? '';
    const texts = textsOn(preview);
    for (const text of texts) expect(letters).toContain(text.replace(/\s+/g, ''));
    expect(texts.join(' ')).toContain('0901000001');
    for (const pages of [0, 201]) {
      await expect(client.call('previewReport', { params, query: { ...MARCH_DAYS, pages } })).rejects.toMatchObject({
        problem: { code: 'invalid-input', fields: [{ path: 'pages' }] },
      });
    }
  });

  test('the preview shows nobody more than they may see', async () => {
    const { rig, salesId } = office;
    const fields = { login: 'chief', role: 'manager', departmentIds: [salesId], seesNumbers: false } as const;
    const chief = clientOf(rig, addUser(rig, fields));
    const texts = textsOn(
      await chief.call('previewReport', { params: { reportId: 'call-detail' }, query: MARCH_DAYS }),
    ).join(' ');
    expect(texts).toContain('Nguyễn Thị Lan');
    expect(texts).not.toContain('Trần Minh');
    expect(texts).not.toMatch(/090100000[12]/);
  });

  test('values that are no kinds, numbers or days are refused at their field', async () => {
    for (const wrong of [{ bands: 'moon' }, { personIds: 'Lan' }, { to: '2026-02-01' }]) {
      const asked = office.client.call('viewReport', {
        params: { reportId: 'by-person' },
        query: { ...MARCH_DAYS, ...wrong },
      });
      await expect(asked).rejects.toMatchObject({ problem: { code: 'invalid-input' } });
    }
  });

  test('a department manager gets only own departments, whatever is asked for', async () => {
    const { rig, salesId, minhId } = office;
    const manager = clientOf(rig, addUser(rig, { login: 'sales', role: 'manager', departmentIds: [salesId] }));
    const names = async (query: object): Promise<unknown[]> => {
      const view = await manager.call('viewReport', {
        params: { reportId: 'by-person' },
        query: { ...MARCH_DAYS, ...query },
      });
      return tableIn(view).rows.map(({ cells }) => cells[0]);
    };
    expect(await names({})).toEqual(['Nguyễn Thị Lan']);
    expect(await names({ personIds: String(minhId) })).toEqual([]);
  });

  test('a saved report is in the list of its owner, and of the roles it is shared with', async () => {
    const { client, rig } = office;
    const body = { reportId: 'by-trunk', name: 'Lines', search: 'period=lastMonth', sharedWith: ['auditor'] } as const;
    const saved = await client.call('saveReport', { body: { ...body, sharedWith: [...body.sharedWith] } });
    const auditor = clientOf(rig, addUser(rig, { login: 'auditor', role: 'auditor' }));
    const accountant = clientOf(rig, addUser(rig, { login: 'accountant', role: 'accountant' }));
    expect(await auditor.call('listSavedReports')).toEqual([{ ...saved, isOwn: false }]);
    expect(await accountant.call('listSavedReports')).toEqual([]);
    await expect(auditor.call('removeSavedReport', { params: { id: saved.id } })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
    const again = await client.call('saveReport', { body: { ...body, reportId: 'trend', sharedWith: [] } });
    expect(again).toMatchObject({ id: saved.id, reportId: 'trend' });
    await client.call('removeSavedReport', { params: { id: saved.id } });
    expect(await client.call('listSavedReports')).toEqual([]);
  });
});
