import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { crc32, deflateSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { BUILT_IN_LOOK, type WorkbookLook } from '../../core/model/workbook-look.ts';
import type { Report } from '../../core/reports/report.ts';
import { makeTemplate } from '../../core/reports/workbook-template.ts';
import { isTemplateFault, readTemplate } from '../../core/reports/workbook-template-read.ts';
import { parseXml, wholeText } from '../../core/reports/workbook-template-xml.ts';
import { writeXlsx } from '../../core/reports/writers/xlsx.ts';

/** A red square of these pixels. */
function pngOf(widthPixels: number, heightPixels: number): Uint8Array {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPixels, 0);
  header.writeUInt32BE(heightPixels, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(widthPixels * 3, Buffer.from([200, 0, 0]))]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: heightPixels }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

const LOOK: WorkbookLook = {
  title: { ...BUILT_IN_LOOK.title, fontName: 'Georgia', sizePt: 20, color: '7A0019' },
  heading: { ...BUILT_IN_LOOK.heading, color: 'FFFFFF', fill: '7A0019' },
  total: { ...BUILT_IN_LOOK.total, isItalic: true, fill: 'F3D9DE' },
  body: { ...BUILT_IN_LOOK.body, fontName: 'Times New Roman', sizePt: 12 },
  bandFill: 'FBF3F4',
  headerLeft: 'Phòng Hành chính – {company}',
  headerRight: '{report}',
  footerLeft: 'Lưu hành nội bộ & mật',
  logo: { type: 'png', bytes: pngOf(120, 40), widthPixels: 120, heightPixels: 40 },
};

async function zipOf(parts: Readonly<Record<string, Buffer>>): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(content, name);
  zip.end();
  return buffer(zip.outputStream);
}

async function opened(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  return workbook;
}

async function saved(workbook: ExcelJS.Workbook): Promise<Uint8Array> {
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

const faultOf = async (bytes: Uint8Array): Promise<string | undefined> => {
  const found = await readTemplate(bytes);
  return isTemplateFault(found) ? found.fault : undefined;
};

describe('the template of workbooks', () => {
  it('says the look it was made from when it comes back', async () => {
    for (const language of ['vi', 'en'] as const) {
      const { logo, ...look } = LOOK;
      const found = await readTemplate(await makeTemplate(LOOK, language));
      expect(found).toMatchObject(look);
      expect(
        isTemplateFault(found) ? null : Buffer.from(found.logo?.bytes ?? []).equals(Buffer.from(logo?.bytes ?? [])),
      ).toBe(true);
    }
    expect(await readTemplate(await makeTemplate(BUILT_IN_LOOK, 'vi'))).toEqual(BUILT_IN_LOOK);
  });

  it('takes what somebody restyled, with colours of the theme, wherever the cell was moved to', async () => {
    const workbook = await opened(await makeTemplate(BUILT_IN_LOOK, 'en'));
    const [sheet] = workbook.worksheets;
    if (sheet === undefined) throw new Error('no sheet');
    const [range = ''] = workbook.definedNames.getRanges('tollbook_heading').ranges;
    const cell = sheet.getCell(range.replace(/^.*!/, '').replaceAll('$', ''));
    cell.style = {
      font: { name: 'Arial', size: 13, bold: false, color: { theme: 0 } },
      fill: { type: 'pattern', pattern: 'solid', fgColor: { theme: 4, tint: -0.5 } as Partial<ExcelJS.Color> },
    };
    workbook.definedNames.remove(range, 'tollbook_band');
    const found = await readTemplate(await saved(workbook));
    // The theme that the library writes has 4F81BD as its first accent; half as bright is 28415F.
    expect(found).toMatchObject({
      heading: { fontName: 'Arial', sizePt: 13, isBold: false, color: 'FFFFFF', fill: '28415F' },
    });
  });

  it('says in one word what is wrong with an upload', async () => {
    const template = await makeTemplate(BUILT_IN_LOOK, 'en');
    expect(await faultOf(Buffer.from('name,code\n'))).toBe('templateType');
    expect(await faultOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]))).toBe('templateLocked');
    expect(await faultOf(template.subarray(0, template.length - 40))).toBe('templateBroken');
    expect(await faultOf(Buffer.alloc(3 * 1024 * 1024))).toBe('templateBytes');
    expect(await faultOf(await zipOf({ 'a.txt': Buffer.from('a') }))).toBe('templateType');
    const parts = { '[Content_Types].xml': Buffer.from('<Types/>'), 'xl/workbook.xml': Buffer.from('<workbook/>') };
    expect(await faultOf(await zipOf({ ...parts, 'xl/vbaProject.bin': Buffer.from('x') }))).toBe('templateMacros');
    const macro = Buffer.from(
      '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
    );
    expect(await faultOf(await zipOf({ ...parts, '[Content_Types].xml': macro }))).toBe('templateMacros');
    expect(await faultOf(await zipOf({ ...parts, 'xl/big.xml': Buffer.alloc(20 * 1024 * 1024) }))).toBe(
      'templateUnpacked',
    );
    const entity = Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><workbook/>');
    expect(await faultOf(await zipOf({ ...parts, 'xl/workbook.xml': entity }))).toBe('templateBroken');
    const missing = await readTemplate(await saved(named()));
    expect(missing).toMatchObject({ fault: 'templateCells' });
  });

  it('refuses a zip that unpacks to more than it says', async () => {
    const zip = Buffer.from(
      await zipOf({
        'xl/workbook.xml': Buffer.alloc(5 * 1024 * 1024, 32),
        '[Content_Types].xml': Buffer.from('<Types/>'),
      }),
    );
    // The size in the directory of the zip: it stands 24 bytes into the entry.
    const entry = zip.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    zip.writeUInt32LE(10, entry + 24);
    expect(await faultOf(zip)).toBe('templateBroken');
  });

  it('shows in the workbook: fonts, colours, bands, page texts and the logo', async () => {
    const report: Report = {
      title: 'Báo cáo',
      company: 'Ánh Dương & Con',
      pageWord: 'Trang',
      moneyDecimals: 0,
      madeAtMs: 0,
      sheets: [
        {
          kind: 'page',
          id: 'page',
          title: 'Tổng hợp',
          widths: [20, 20],
          lines: [{ style: 'title', cells: [{ type: 'text', cell: 'Báo cáo' }] }],
        },
        {
          kind: 'table',
          id: 'table',
          title: 'Bảng',
          columns: [{ key: 'name', heading: 'Họ tên', type: 'text', width: 20 }],
          rowCount: 4,
          rows: () => ['=1+1', '+84', '@Lan', '\tcuối'].map((name) => [name]),
          totals: ['Tổng'],
        },
      ],
    };
    const output = new PassThrough();
    const [bytes] = await Promise.all([buffer(output), writeXlsx(report, output, { look: LOOK })]);
    const workbook = await opened(bytes);
    const [page, table] = workbook.worksheets;
    expect(page?.getImages()).toHaveLength(1);
    expect(page?.getCell('A2')).toMatchObject({ value: 'Báo cáo', font: { name: 'Georgia', size: 20 } });
    expect(table?.getCell('A1').fill).toMatchObject({ fgColor: { argb: 'FF7A0019' } });
    expect(table?.getCell('A6').font).toMatchObject({ bold: true, italic: true });
    expect(table?.headerFooter).toMatchObject({
      oddHeader: '&LPhòng Hành chính – Ánh Dương && Con&RBáo cáo',
      oddFooter: '&LLưu hành nội bộ && mật&RTrang &P / &N',
    });
    const cells = [2, 3, 4, 5].map((row) => table?.getCell(row, 1));
    expect(cells.map((cell) => [cell?.type, cell?.value])).toEqual(
      ['=1+1', '+84', '@Lan', '\tcuối'].map((name) => [ExcelJS.ValueType.String, name]),
    );
    expect(JSON.stringify(table?.model)).toContain('MOD(ROW(),2)=1');
  });

  it('reads XML with comments, prefixes and characters by number', () => {
    const tree = parseXml(
      '<?xml version="1.0"?><x:a b="1 &gt; 0"><!-- <c/> --><x:d>&#x110;&amp;<![CDATA[<e>]]></x:d></x:a>',
    );
    expect([tree.name, tree.attributes['b'], wholeText(tree)]).toEqual(['a', '1 > 0', 'Đ&<e>']);
    expect(() => parseXml('<a b="1')).toThrow();
  });
});

function named(): ExcelJS.Workbook {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('x').getCell('A1').name = 'tollbook_title';
  return workbook;
}
