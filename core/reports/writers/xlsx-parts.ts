/** The small parts of a workbook: what it consists of, its properties, native tables, the drawing that holds the logo. */
import type { Logo } from '../../model/letterhead.ts';
import type { Report } from '../report.ts';
import { columnLetters, type PlacedTable, type SheetPart } from './xlsx-layout.ts';
import { escaped, escapedName } from './xlsx-text.ts';

export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument';
const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006';

export interface SheetFacts {
  readonly name: string;
  /** `A$1:X$20`; the area that is printed. */
  readonly printArea: string;
  /** What stands on every page. */
  readonly titles: 'none' | 'heading' | 'heading and first column';
  readonly table: NativeTable | undefined;
  readonly hasLogo: boolean;
}

export interface NativeTable {
  readonly placed: PlacedTable;
  readonly part: SheetPart;
  /** Formula of a cell in the row of totals. */
  readonly columnSum: (columnIndex: number) => string;
}

interface Part {
  readonly path: string;
  readonly text: string;
}

/** Everything but sheets, texts and formats. */
export function smallParts(report: Report, sheets: readonly SheetFacts[], logo: Logo | null): readonly Part[] {
  const parts: Part[] = [
    { path: '[Content_Types].xml', text: contentTypes(sheets, logo) },
    {
      path: '_rels/.rels',
      text: relations([
        ['officeDocument', 'xl/workbook.xml'],
        ['extended-properties', 'docProps/app.xml'],
        [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
      ]),
    },
    { path: 'docProps/app.xml', text: appProperties(report) },
    { path: 'docProps/core.xml', text: coreProperties(report) },
    { path: 'xl/workbook.xml', text: workbook(sheets) },
    {
      path: 'xl/_rels/workbook.xml.rels',
      text: relations([
        ...sheets.map((_, i): Relation => ['worksheet', `worksheets/sheet${i + 1}.xml`]),
        ['styles', 'styles.xml'],
        ['sharedStrings', 'sharedStrings.xml'],
      ]),
    },
  ];
  sheets.forEach(({ table, hasLogo }, i) => {
    const number = i + 1;
    if (table !== undefined) {
      parts.push({ path: `xl/tables/table${number}.xml`, text: tablePart(table, number) });
    }
    const links: Relation[] = [
      ...(table === undefined ? [] : [['table', `../tables/table${number}.xml`] as const]),
      ...(hasLogo ? [['drawing', '../drawings/drawing1.xml'] as const] : []),
    ];
    if (links.length > 0) parts.push({ path: `xl/worksheets/_rels/sheet${number}.xml.rels`, text: relations(links) });
  });
  if (logo !== null) {
    parts.push(
      { path: 'xl/drawings/drawing1.xml', text: drawing(logo) },
      { path: 'xl/drawings/_rels/drawing1.xml.rels', text: relations([['image', `../media/logo.${logo.type}`]]) },
    );
  }
  return parts;
}

type Relation = readonly [type: string, target: string];

function relations(list: readonly Relation[]): string {
  const entries = list.map(([type, target], i) => {
    const full = type.includes(':') ? type : `${RELATIONS}/${type}`;
    return `<Relationship Id="rId${i + 1}" Type="${full}" Target="${target}"/>`;
  });
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${entries.join('')}</Relationships>`;
}

function contentTypes(sheets: readonly SheetFacts[], logo: Logo | null): string {
  const part = (path: string, type: string): string => `<Override PartName="/${path}" ContentType="${type}"/>`;
  const parts = sheets.flatMap(({ table }, i) => [
    part(`xl/worksheets/sheet${i + 1}.xml`, `${TYPE}.spreadsheetml.worksheet+xml`),
    ...(table === undefined ? [] : [part(`xl/tables/table${i + 1}.xml`, `${TYPE}.spreadsheetml.table+xml`)]),
  ]);
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${
    logo === null ? '' : `<Default Extension="${logo.type}" ContentType="image/${logo.type}"/>`
  }${part('xl/workbook.xml', `${TYPE}.spreadsheetml.sheet.main+xml`)}${parts.join('')}${part(
    'xl/styles.xml',
    `${TYPE}.spreadsheetml.styles+xml`,
  )}${part('xl/sharedStrings.xml', `${TYPE}.spreadsheetml.sharedStrings+xml`)}${logo === null ? '' : part('xl/drawings/drawing1.xml', `${TYPE}.drawing+xml`)}${part(
    'docProps/core.xml',
    'application/vnd.openxmlformats-package.core-properties+xml',
  )}${part('docProps/app.xml', `${TYPE}.extended-properties+xml`)}</Types>`;
}

function appProperties({ company }: Report): string {
  return `${XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Tollbook</Application><Company>${escaped(company)}</Company></Properties>`;
}

function coreProperties({ title, madeBy, madeAtMs }: Report): string {
  const instant = new Date(madeAtMs).toISOString().replace(/\.\d+/, '');
  const maker = madeBy === undefined || madeBy === '' ? 'Tollbook' : madeBy;
  const time = (name: string): string => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${instant}</dcterms:${name}>`;
  return `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(maker)}</dc:creator><cp:lastModifiedBy>${escaped(maker)}</cp:lastModifiedBy>${time('created')}${time('modified')}</cp:coreProperties>`;
}

function workbook(sheets: readonly SheetFacts[]): string {
  const quoted = (name: string): string => escaped(`'${name.replaceAll("'", "''")}'`);
  const entries = sheets.map(({ name }, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`);
  const area = ({ name, printArea }: SheetFacts, i: number): string =>
    `<definedName name="_xlnm.Print_Area" localSheetId="${i}">${quoted(name)}!${printArea}</definedName>`;
  const repeated = ({ name, titles }: SheetFacts, i: number): string => {
    if (titles === 'none') return '';
    const rows = `${quoted(name)}!$1:$1`;
    const area = titles === 'heading' ? rows : `${quoted(name)}!$A:$A,${rows}`;
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">${area}</definedName>`;
  };
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr defaultThemeVersion="124226"/><bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800" windowHeight="15000" tabRatio="850"/></bookViews><sheets>${entries.join('')}</sheets><definedNames>${sheets.map(area).join('')}${sheets.map(repeated).join('')}</definedNames><calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>`;
}

function tablePart({ placed: { headings, table }, part, columnSum }: NativeTable, id: number): string {
  const last = columnLetters(headings.length - 1);
  const lastRow = part.firstRow + Math.max(part.rowCount, 1) - 1;
  const total = part.totalRow;
  const columns = headings.map((heading, i) => {
    const totalCell = total === undefined ? null : (table.totals?.[i] ?? null);
    const start = `<tableColumn id="${i + 1}" name="${escapedName(heading)}"`;
    if (totalCell === null) return `${start}/>`;
    if (typeof totalCell === 'string') return `${start} totalsRowLabel="${escapedName(totalCell)}"/>`;
    const formula = escaped(columnSum(i));
    return `${start} totalsRowFunction="custom"><totalsRowFormula>${formula}</totalsRowFormula></tableColumn>`;
  });
  const rows = total === undefined ? 'totalsRowShown="0"' : 'totalsRowCount="1"';
  return `${XML}<table xmlns="${MAIN}" id="${id}" name="${part.tableName}" displayName="${part.tableName}" ref="A1:${last}${total ?? lastRow}" ${rows}><autoFilter ref="A1:${last}${lastRow}"/><tableColumns count="${columns.length}">${columns.join('')}</tableColumns><tableStyleInfo name="TableStyleLight1" showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>`;
}

/** English Metric Units of a pixel on a screen of 96 dots per inch. */
const EMU_PER_PIXEL = 9525;
export const LOGO_HEIGHT_LIMIT_PX = 64;
const LOGO_WIDTH_LIMIT_PX = 320;

/** As it stands on the sheet: never larger than it is. */
export function logoSize({ widthPixels, heightPixels }: Logo): { readonly widthPx: number; readonly heightPx: number } {
  const scale = Math.min(1, LOGO_HEIGHT_LIMIT_PX / heightPixels, LOGO_WIDTH_LIMIT_PX / widthPixels);
  return {
    widthPx: Math.max(1, Math.round(widthPixels * scale)),
    heightPx: Math.max(1, Math.round(heightPixels * scale)),
  };
}

function drawing(logo: Logo): string {
  const { widthPx, heightPx } = logoSize(logo);
  const size = `cx="${widthPx * EMU_PER_PIXEL}" cy="${heightPx * EMU_PER_PIXEL}"`;
  const margin = 4 * EMU_PER_PIXEL;
  return `${XML}<xdr:wsDr xmlns:xdr="${DRAWING}/spreadsheetDrawing" xmlns:a="${DRAWING}/main"><xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>${margin}</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>${margin}</xdr:rowOff></xdr:from><xdr:ext ${size}/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Logo" descr="Logo"/><xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill><a:blip xmlns:r="${RELATIONS}" r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>`;
}
