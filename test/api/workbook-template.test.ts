import { readdirSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { type Client, ProblemError } from '../../core/api/client.ts';
import type { RunningWork } from '../../core/api/contract.ts';
import { createTranslate } from '../../core/i18n/translate.ts';
import { BUILT_IN_LOOK } from '../../core/model/workbook-look.ts';
import { addUser, clientOf } from '../access/sign-in-as.ts';
import { pngOf } from '../paper/png.ts';
import { seedMonth } from '../reports/seed-month.ts';
import { NOW_MS, openRig, type Rig } from './rig.ts';

const MARCH = '2026-03';
const STYLE = {
  fontName: 'Georgia',
  headingColor: 'FFFFFF',
  headingFill: '7A0019',
  totalFill: 'F3D9DE',
  bandFill: null,
  headerLeft: '{company}',
  headerRight: 'Phòng Hành chính',
  footerLeft: '{sheet}',
};
const MEBIBYTE = 1024 * 1024;

/** Black. */
const pictureOf = (width: number, height: number): Buffer =>
  pngOf({ width, height, colour: 2, interlace: 0 }, Buffer.alloc(height * (1 + 3 * width)));

let rig: Rig;
let client: Client;
beforeAll(async () => {
  rig = openRig();
  client = await rig.client();
  seedMonth(rig.deps.db, { people: 6, calls: 220, chargeStepMicro: 1_000_000n });
});
afterEach(() => client.call('resetWorkbookTemplate'));
afterAll(() => rig.close());

async function bytesOf(answer: Promise<Response>): Promise<Uint8Array> {
  return new Uint8Array(await (await answer).arrayBuffer());
}

const downloaded = (): Promise<Uint8Array> =>
  bytesOf(client.call('downloadWorkbookTemplate', { query: { language: 'en' } }));

async function opened(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  return workbook;
}

/** The same file with these parts added or in the place of its own ones. */
async function withParts(bytes: Uint8Array, parts: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const old = await fromBufferPromise(Buffer.from(bytes), { lazyEntries: true });
  const packed = new ZipFile();
  for await (const entry of old.eachEntry()) {
    if (entry.fileName.endsWith('/') || Object.hasOwn(parts, entry.fileName)) continue;
    packed.addBuffer(await buffer(await old.openReadStreamPromise(entry)), entry.fileName);
  }
  for (const [name, content] of Object.entries(parts)) packed.addBuffer(Buffer.from(content), name);
  packed.end();
  return buffer(packed.outputStream);
}

/** As somebody does it in a spreadsheet: other colours of the headings, another text at the foot of pages, a picture. */
async function restyled(picture: Uint8Array): Promise<Uint8Array> {
  const workbook = await opened(await downloaded());
  const [sheet] = workbook.worksheets;
  const cell = (name: string): ExcelJS.Cell | undefined => {
    const [range = ''] = workbook.definedNames.getRanges(name).ranges;
    return sheet?.getCell(range.replace(/^.*!/, '').replaceAll('$', ''));
  };
  Object.assign(cell('tollbook_heading') ?? {}, {
    font: { name: 'Arial', size: 13, bold: true, color: { argb: 'FFFFFFFF' } },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF00573D' } },
  });
  Object.assign(cell('tollbook_page_bottom_left') ?? {}, { value: 'Lưu hành nội bộ' });
  const image = workbook.addImage({ base64: Buffer.from(picture).toString('base64'), extension: 'png' });
  sheet?.addImage(image, { tl: { col: 1, row: 2 }, ext: { width: 60, height: 20 } });
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

async function refusal(answer: Promise<unknown>): Promise<ProblemError['problem']> {
  const error = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error.problem;
  throw new Error('it was not refused');
}

describe('how workbooks look', () => {
  test('is what is built in until somebody changes it, and readers of reports see it', async () => {
    const builtIn = { isBuiltIn: true, madeAtMs: null, madeBy: '', look: BUILT_IN_LOOK };
    expect(await client.call('getWorkbookTemplate')).toEqual(builtIn);
    const auditor = clientOf(rig, addUser(rig, { login: 'auditor', role: 'auditor' }));
    expect((await auditor.call('getWorkbookTemplate')).look).toEqual(BUILT_IN_LOOK);
    for (const answer of [
      auditor.call('putWorkbookStyle', { body: STYLE }),
      auditor.call('downloadWorkbookTemplate', { query: {} }),
      auditor.call('checkWorkbookTemplate', { body: new Uint8Array(1) }),
      auditor.call('putWorkbookTemplate', { body: new Uint8Array(1) }),
      auditor.call('resetWorkbookTemplate'),
    ]) {
      expect(await refusal(answer)).toMatchObject({ code: 'not-allowed', status: 403 });
    }
  });

  test('is changed by fields: the rest stays, and it says who changed it and when', async () => {
    const administrator = clientOf(rig, addUser(rig, { login: 'ha', name: 'Hà', role: 'administrator' }));
    const saved = await administrator.call('putWorkbookStyle', { body: STYLE });
    const { title, heading, total, body } = BUILT_IN_LOOK;
    expect(saved).toEqual({
      isBuiltIn: false,
      madeAtMs: NOW_MS,
      madeBy: 'Hà',
      look: {
        title: { ...title, fontName: 'Georgia' },
        heading: { ...heading, fontName: 'Georgia', color: 'FFFFFF', fill: '7A0019' },
        total: { ...total, fontName: 'Georgia', fill: 'F3D9DE' },
        body: { ...body, fontName: 'Georgia' },
        bandFill: null,
        headerLeft: '{company}',
        headerRight: 'Phòng Hành chính',
        footerLeft: '{sheet}',
        logo: null,
      },
    });
    expect(await client.call('getWorkbookTemplate')).toEqual(saved);
  });

  test.each([
    ['headingColor', 'red'],
    ['headingColor', '#7A0019'],
    ['totalFill', '7A001'],
    ['fontName', ' '],
    ['footerLeft', 'x'.repeat(101)],
  ])('does not change where %s is wrong (%#)', async (field, value) => {
    const answer = client.call('putWorkbookStyle', { body: { ...STYLE, [field]: value } });
    expect(await refusal(answer)).toMatchObject({ code: 'invalid-input', status: 422, fields: [{ path: field }] });
    expect((await client.call('getWorkbookTemplate')).look).toEqual(BUILT_IN_LOOK);
  });
});

describe('the template of workbooks', () => {
  test('is a workbook with the present look, in the language that is asked for', async () => {
    await client.call('putWorkbookStyle', { body: STYLE });
    const answer = await client.call('downloadWorkbookTemplate', { query: { language: 'vi' } });
    expect(answer.headers.get('content-type')).toBe(
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    );
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=".+\.xlsx"/);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const workbook = await opened(bytes);
    expect(workbook.definedNames.getRanges('tollbook_heading').ranges[0]).toMatch(/!\$B\$\d+$/);
    expect(workbook.worksheets[0]?.name).toBe(createTranslate('vi')('report.template.sheet'));
    expect(await client.call('checkWorkbookTemplate', { body: bytes })).toEqual(
      (await client.call('getWorkbookTemplate')).look,
    );
  });

  test('comes back restyled: first shown, then taken, then in the month’s workbook, then taken away', async () => {
    const body = await restyled(pictureOf(60, 20));
    const shown = await client.call('checkWorkbookTemplate', { body });
    expect(shown).toEqual({
      ...BUILT_IN_LOOK,
      heading: { fontName: 'Arial', sizePt: 13, isBold: true, isItalic: false, color: 'FFFFFF', fill: '00573D' },
      footerLeft: 'Lưu hành nội bộ',
      logo: { type: 'png', widthPixels: 60, heightPixels: 20 },
    });
    expect((await client.call('getWorkbookTemplate')).look).toEqual(BUILT_IN_LOOK);

    const saved = await client.call('putWorkbookTemplate', { body });
    expect(saved).toEqual({ isBuiltIn: false, madeAtMs: NOW_MS, madeBy: '', look: shown });
    const query = { month: MARCH, type: 'xlsx', language: 'en' } as const;
    const month = await opened(await bytesOf(client.call('exportMonth', { query })));
    const detail = month.getWorksheet('Detail');
    expect(detail?.getCell('A1')).toMatchObject({
      font: { name: 'Arial', size: 13, color: { argb: 'FFFFFFFF' } },
      fill: { fgColor: { argb: 'FF00573D' } },
    });
    expect(detail?.headerFooter.oddFooter).toContain('&LLưu hành nội bộ&R');
    expect(month.worksheets.flatMap((sheet) => sheet.getImages())).not.toEqual([]);

    expect(await client.call('resetWorkbookTemplate')).toMatchObject({ isBuiltIn: true, look: BUILT_IN_LOOK });
    expect(await client.call('getWorkbookTemplate')).toMatchObject({ isBuiltIn: true, look: BUILT_IN_LOOK });
  });

  test('brings the letterhead’s logo along without making it its own', async () => {
    await client.call('putLogo', { body: pictureOf(40, 20) });
    const body = await downloaded();
    expect((await opened(body)).worksheets[0]?.getImages()).toHaveLength(1);
    expect((await client.call('putWorkbookTemplate', { body })).look.logo).toBeNull();
    await client.call('removeLogo');
    expect((await opened(await downloaded())).worksheets[0]?.getImages()).toEqual([]);
  });

  test('is refused where it cannot be one, with what to do, and nothing changes', async () => {
    const template = await restyled(pictureOf(60, 20));
    const withPicture = (picture: Uint8Array) => withParts(template, { 'xl/media/image1.png': picture });
    const types = Buffer.from(
      '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
    );
    const cases: readonly (readonly [Uint8Array, RegExp])[] = [
      [new TextEncoder().encode('Họ tên;Mã\n'), /no Excel workbook/],
      [new Uint8Array(), /no Excel workbook/],
      [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /password/],
      [await withParts(template, { 'xl/vbaProject.bin': Buffer.from('Sub Auto_Open()') }), /macros/],
      [await withParts(template, { '[Content_Types].xml': types }), /macros/],
      [Buffer.concat([template, Buffer.alloc(2 * MEBIBYTE)]), /2 MB/],
      [await withParts(template, { 'xl/big.xml': Buffer.alloc(13 * MEBIBYTE) }), /Unpacked/],
      [template.subarray(0, template.length - 40), /damaged/],
      [await withPicture(pictureOf(60, 20).subarray(0, -30)), /picture is damaged/],
      [await withPicture(pictureOf(2001, 1)), /2,000 pixels/],
      [await withPicture(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')), /PNG or JPEG/],
    ];
    for (const [body, words] of cases) {
      for (const name of ['checkWorkbookTemplate', 'putWorkbookTemplate'] as const) {
        const problem = await refusal(client.call(name, { body }));
        expect(problem, String(words)).toMatchObject({ code: 'invalid-input', status: 422 });
        expect(problem.fields?.[0]?.message).toMatch(words);
      }
    }
    expect(await client.call('getWorkbookTemplate')).toMatchObject({ isBuiltIn: true, look: BUILT_IN_LOOK });
  });
});

describe('a month’s file that is being written', () => {
  const running = async (): Promise<RunningWork | undefined> =>
    (await client.call('listWork')).find(({ kind }) => kind === 'export');

  test('is in the list of running work, and can be stopped: whoever waits is told, and no file is left', async () => {
    const file = refusal(client.call('exportMonth', { query: { month: MARCH, type: 'xlsx', language: 'en' } }));
    const work = await vi.waitUntil(running, { interval: 5 });
    expect(work).toMatchObject({ kind: 'export', mayCancel: true });
    expect(work.name).toMatch(/2026-03\.xlsx$/);
    await client.call('cancelExport', { params: { id: work.id } });
    expect(await file).toMatchObject({ code: 'export-cancelled', status: 409 });
    expect(await running()).toBeUndefined();
    expect(readdirSync(rig.deps.spoolFolder)).toEqual([]);
    expect(await refusal(client.call('cancelExport', { params: { id: work.id } }))).toMatchObject({
      code: 'not-found',
      status: 404,
    });
  });
});
