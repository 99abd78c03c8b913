/** The present look as a workbook that people restyle in their spreadsheet and give back. */
import type ExcelJS from 'exceljs';
import { createTranslate, type Language } from '../i18n/translate.ts';
import type { TextLook, WorkbookLook } from '../model/workbook-look.ts';
import { BAND_CELL, STYLED_CELLS, TEXT_CELLS } from './workbook-template-names.ts';

const LOGO_HEIGHT_PIXELS = 64;
/** Row of the logo. */
const LOGO_ROW = 3;

export async function makeTemplate(look: WorkbookLook, language: Language): Promise<Uint8Array> {
  const t = createTranslate(language);
  // Loaded when it is needed: it takes 40 MB that a collecting service can do without.
  const { default: library } = await import('exceljs');
  const workbook = new library.Workbook();
  workbook.creator = 'Tollbook';
  workbook.title = t('report.template.title');
  const sheet = workbook.addWorksheet(t('report.template.sheet'), { views: [{ showGridLines: false }] });
  sheet.columns = [{ width: 44 }, { width: 44 }, { width: 60 }];
  sheet.getCell('A1').value = t('report.template.title');
  sheet.getCell('A1').style = cellStyle({ ...look.body, sizePt: 14, isBold: true });
  sheet.getCell('A2').value = t('report.template.how');
  sheet.getCell('A2').alignment = { wrapText: true, vertical: 'top' };
  sheet.mergeCells('A2:C2');
  sheet.getRow(2).height = 64;
  sheet.getCell(LOGO_ROW, 1).value = t('report.template.logo');
  sheet.getRow(LOGO_ROW).height = 56;
  addLogo(workbook, sheet, look);

  let row = LOGO_ROW + 1;
  const add = (label: string, name: string, value: string, style: Partial<ExcelJS.Style>, help = ''): void => {
    sheet.getCell(row, 1).value = label;
    const cell = sheet.getCell(row, 2);
    cell.value = value;
    cell.style = style;
    cell.name = name;
    sheet.getCell(row, 3).value = help;
    row += 1;
  };
  for (const part of ['title', 'heading', 'total', 'body'] as const) {
    const sample = t(`report.template.sample.${part}`);
    add(t(`report.template.part.${part}`), STYLED_CELLS[part], sample, cellStyle(look[part]));
    sheet.getRow(row - 1).height = look[part].sizePt * 1.5 + 6;
  }
  const band = cellStyle({ ...look.body, fill: look.bandFill });
  add(t('report.template.part.band'), BAND_CELL, t('report.template.sample.band'), band, t('report.template.bandHelp'));
  for (const part of ['headerLeft', 'headerRight', 'footerLeft'] as const) {
    add(
      t(`report.template.part.${part}`),
      TEXT_CELLS[part],
      look[part],
      { numFmt: '@' },
      t('report.template.placeholders'),
    );
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function addLogo(workbook: ExcelJS.Workbook, sheet: ExcelJS.Worksheet, { logo }: WorkbookLook): void {
  if (logo === null) return;
  const { buffer, byteOffset, byteLength } = new Uint8Array(logo.bytes);
  const image = workbook.addImage({
    buffer: Buffer.from(buffer, byteOffset, byteLength) as unknown as ExcelJS.Buffer,
    extension: logo.type,
  });
  const scale = Math.min(1, LOGO_HEIGHT_PIXELS / logo.heightPixels);
  sheet.addImage(image, {
    tl: { col: 1, row: LOGO_ROW - 1 },
    ext: { width: logo.widthPixels * scale, height: logo.heightPixels * scale },
  });
}

function cellStyle({ fontName, sizePt, isBold, isItalic, color, fill }: TextLook): Partial<ExcelJS.Style> {
  return {
    font: { name: fontName, size: sizePt, bold: isBold, italic: isItalic, color: { argb: `FF${color}` } },
    alignment: { vertical: 'middle' },
    ...(fill === null ? {} : { fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: `FF${fill}` } } }),
  };
}
