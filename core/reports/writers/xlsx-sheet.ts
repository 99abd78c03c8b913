/** The XML around the rows of a sheet: how it is shown, printed and coloured. The order of its parts is the format's. */
import type { WorkbookLook } from '../../model/workbook-look.ts';
import type { Report } from '../report.ts';
import { CONDITION } from './xlsx-styles.ts';
import { escaped } from './xlsx-text.ts';

const WIDTH_LIMIT = 255;

export interface SheetFrame {
  readonly sheetName: string;
  readonly widths: readonly { readonly width: number; readonly isHidden: boolean }[];
  readonly isLandscape: boolean;
  /** A4 pages beside each other that a sheet as wide as this takes. */
  readonly pagesAcross: number;
  /** Rows and columns that stay in view. */
  readonly isFrozen: boolean;
  readonly hasGrid: boolean;
  readonly merges: readonly string[];
  readonly conditions: readonly string[];
  /** Cells in which digits are meant as text. */
  readonly textArea: string | undefined;
  /** Numbers of the relationships of this sheet. */
  readonly drawing: number | undefined;
  readonly table: number | undefined;
}

export function sheetStart({ widths, isFrozen, hasGrid }: SheetFrame, isFirst: boolean): string {
  const grid = hasGrid ? '' : ' showGridLines="0"';
  const selected = isFirst ? ' tabSelected="1"' : '';
  const pane = isFrozen
    ? '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/><selection pane="bottomRight" activeCell="B2" sqref="B2"/>'
    : '';
  const columns = widths.map(
    ({ width, isHidden }, i) =>
      `<col min="${i + 1}" max="${i + 1}" width="${Math.min(width, WIDTH_LIMIT)}" customWidth="1"${isHidden ? ' hidden="1"' : ''}/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"${grid}${selected}>${pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${columns.join('')}</cols><sheetData>`;
}

export function sheetEnd(frame: SheetFrame, report: Report, look: WorkbookLook): string {
  const { merges, conditions, textArea, drawing, table, isLandscape, pagesAcross } = frame;
  const merged = merges.map((area) => `<mergeCell ref="${area}"/>`).join('');
  return [
    '</sheetData>',
    merges.length === 0 ? '' : `<mergeCells count="${merges.length}">${merged}</mergeCells>`,
    conditions.join(''),
    '<pageMargins left="0.4" right="0.4" top="0.75" bottom="0.6" header="0.3" footer="0.3"/>',
    `<pageSetup paperSize="9" orientation="${isLandscape ? 'landscape' : 'portrait'}" fitToWidth="${pagesAcross}" fitToHeight="0"/>`,
    headerFooter(frame.sheetName, report, look),
    textArea === undefined
      ? ''
      : `<ignoredErrors><ignoredError sqref="${textArea}" numberStoredAsText="1"/></ignoredErrors>`,
    drawing === undefined ? '' : `<drawing r:id="rId${drawing}"/>`,
    table === undefined ? '' : `<tableParts count="1"><tablePart r:id="rId${table}"/></tableParts>`,
    '</worksheet>',
  ].join('');
}

/** Spreadsheets refuse a longer one. */
const HEADER_LIMIT = 255;

function headerFooter(sheetName: string, { company, title, pageWord }: Report, look: WorkbookLook): string {
  const filled = (text: string): string =>
    text.replaceAll('{company}', company).replaceAll('{report}', title).replaceAll('{sheet}', sheetName);
  // An ampersand starts a command there. No font size: a company called 3F would read as part of it.
  const plain = (text: string): string => filled(text).replaceAll('&', '&&');
  const side = (letter: 'L' | 'R', text: string): string => (text === '' ? '' : `&${letter}${text}`);
  const header = `${side('L', plain(look.headerLeft))}${side('R', plain(look.headerRight))}`;
  const footer = `${side('L', plain(look.footerLeft))}${side('R', `${plain(pageWord)} &P / &N`)}`;
  const shown = (text: string): string => escaped(text.length > HEADER_LIMIT ? text.slice(0, HEADER_LIMIT) : text);
  return `<headerFooter><oddHeader>${shown(header)}</oddHeader><oddFooter>${shown(footer)}</oddFooter></headerFooter>`;
}

/** Formats that depend on what cells say; what was added first wins. */
export class Conditions {
  readonly #list: string[] = [];

  get xml(): readonly string[] {
    return this.#list;
  }

  /** `formula` is for the first cell of the area. */
  add(area: string, formula: string, format: keyof typeof CONDITION): void {
    this.#rule(
      area,
      (priority) =>
        `<cfRule type="expression" dxfId="${CONDITION[format]}" priority="${priority}"><formula>${escaped(formula)}</formula></cfRule>`,
    );
  }

  bars(area: string, color: string): void {
    this.#rule(
      area,
      (priority) =>
        `<cfRule type="dataBar" priority="${priority}"><dataBar><cfvo type="num" val="0"/><cfvo type="max"/><color rgb="FF${color}"/></dataBar></cfRule>`,
    );
  }

  #rule(area: string, rule: (priority: number) => string): void {
    const xml = rule(this.#list.length + 1);
    this.#list.push(`<conditionalFormatting sqref="${area}">${xml}</conditionalFormatting>`);
  }
}
