/** The formats of a workbook's cells, collected while they are written, and the part of the file that holds them. */
import type { TextLook, WorkbookLook } from '../../model/workbook-look.ts';
import type { CellType, LineStyle } from '../report.ts';
import { escaped } from './xlsx-text.ts';

/** What a cell is on its sheet. */
export type CellRole = LineStyle | 'heading';

export interface CellFormat {
  readonly role: CellRole;
  readonly type: CellType;
  readonly isZeroQuiet?: boolean;
  /** Of an amount; absent: the report's. */
  readonly decimals?: number | undefined;
  /** Begins like a formula, and is none. */
  readonly isQuoted?: boolean;
}

/** Numbers of the formats that conditions put on cells. */
export const CONDITION = { good: 0, bad: 1, warning: 2, band: 3 } as const;

/** Below it numbers belong to the formats that spreadsheets have by themselves. */
const FIRST_OWN_NUMBER_FORMAT = 164;
const RULE_COLOR = '8A99AB';
/** `RRGGBB` of text and fill. */
const TONES = [
  ['14532D', 'D7F2DF'],
  ['8C1616', 'FBD9D6'],
  ['6B4A00', 'FFF1CC'],
] as const;

export class XlsxStyles {
  readonly #look: WorkbookLook;
  readonly #moneyDecimals: number;
  readonly #indexes = new Map<string, number>();
  readonly #formats: string[] = [];
  readonly #fonts: string[] = [];
  readonly #fills = [
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
  ];
  readonly #numberFormats: string[] = [];

  constructor(look: WorkbookLook, moneyDecimals: number) {
    this.#look = look;
    this.#moneyDecimals = moneyDecimals;
    // The first one of each is what a cell without a format has.
    indexIn(this.#fonts, fontXml(look.body));
    this.#formats.push('<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>');
  }

  /** Number of the format in the file. */
  index(format: CellFormat): number {
    const key = `${format.role} ${format.type} ${format.isZeroQuiet === true} ${format.isQuoted === true} ${format.decimals}`;
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = this.#formats.push(this.#xml(format)) - 1;
      this.#indexes.set(key, index);
    }
    return index;
  }

  /** Points that a row of this role needs. */
  rowHeight(role: CellRole, lines = 1): number {
    return Math.ceil(this.#text(role).sizePt * 1.36 * lines) + (role === 'heading' || role === 'header' ? 8 : 2);
  }

  *xml(): Generator<string> {
    const list = (name: string, items: readonly string[]): string =>
      `<${name} count="${items.length}">${items.join('')}</${name}>`;
    const rule = `<color rgb="FF${RULE_COLOR}"/>`;
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">';
    yield list('numFmts', this.#numberFormats);
    yield list('fonts', this.#fonts);
    yield list('fills', this.#fills);
    yield list('borders', [
      '<border><left/><right/><top/><bottom/><diagonal/></border>',
      `<border><left/><right/><top/><bottom style="thin">${rule}</bottom><diagonal/></border>`,
      `<border><left/><right/><top style="thin">${rule}</top><bottom/><diagonal/></border>`,
    ]);
    yield '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>';
    yield list('cellXfs', this.#formats);
    yield '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>';
    yield list('dxfs', [
      ...TONES.map(([text, fill]) => `<dxf><font><color rgb="FF${text}"/></font>${conditionFill(fill)}</dxf>`),
      `<dxf>${conditionFill(this.#look.bandFill ?? 'FFFFFF')}</dxf>`,
    ]);
    yield '<tableStyles count="0" defaultTableStyle="TableStyleLight1"/></styleSheet>';
  }

  #text(role: CellRole): TextLook {
    const { title, heading, total, body } = this.#look;
    if (role === 'title') return title;
    if (role === 'heading' || role === 'header') return heading;
    return role === 'total' ? total : body;
  }

  #xml({ role, type, isZeroQuiet, isQuoted, decimals = this.#moneyDecimals }: CellFormat): string {
    const look = this.#text(role);
    const isHeading = role === 'heading' || role === 'header';
    const format = this.#numberFormat(isHeading ? 'text' : type, isZeroQuiet === true, decimals);
    const border = isHeading ? 1 : role === 'total' ? 2 : 0;
    return `<xf numFmtId="${format}" fontId="${indexIn(this.#fonts, fontXml(look))}" fillId="${this.#fill(look)}" borderId="${border}" xfId="0"${isQuoted === true ? ' quotePrefix="1"' : ''} applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${alignment(type, isHeading, role)}</xf>`;
  }

  #fill({ fill }: TextLook): number {
    if (fill === null) return 0;
    return indexIn(
      this.#fills,
      `<fill><patternFill patternType="solid"><fgColor rgb="FF${fill}"/><bgColor indexed="64"/></patternFill></fill>`,
    );
  }

  #numberFormat(type: CellType, isZeroQuiet: boolean, decimals: number): number {
    const codes: Record<CellType, string> = {
      text: '@',
      integer: '#,##0',
      money: decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`,
      duration: '[h]:mm:ss',
      dateTime: 'dd/mm/yyyy hh:mm:ss',
    };
    const code = isZeroQuiet ? `${codes[type]};-${codes[type]};"–"` : codes[type];
    const known = this.#numberFormats.findIndex((format) => format.includes(`formatCode="${escaped(code)}"`));
    if (known >= 0) return FIRST_OWN_NUMBER_FORMAT + known;
    const id = FIRST_OWN_NUMBER_FORMAT + this.#numberFormats.length;
    this.#numberFormats.push(`<numFmt numFmtId="${id}" formatCode="${escaped(code)}"/>`);
    return id;
  }
}

function indexIn(list: string[], item: string): number {
  const known = list.indexOf(item);
  return known >= 0 ? known : list.push(item) - 1;
}

function fontXml({ fontName, sizePt, isBold, isItalic, color }: TextLook): string {
  return `<font>${isBold ? '<b/>' : ''}${isItalic ? '<i/>' : ''}<sz val="${sizePt}"/><color rgb="FF${color}"/><name val="${escaped(fontName)}"/><family val="2"/></font>`;
}

/** In a condition the background is the colour that shows. */
function conditionFill(color: string): string {
  return `<fill><patternFill patternType="solid"><fgColor rgb="FF${color}"/><bgColor rgb="FF${color}"/></patternFill></fill>`;
}

/** Text keeps a little distance from the number in the column before it. */
function alignment(type: CellType, isHeading: boolean, role: CellRole): string {
  const across = type === 'text' ? 'left" indent="1' : type === 'dateTime' ? 'left' : 'right';
  const down = isHeading ? 'center' : role === 'title' ? 'center' : 'top';
  const wrap = isHeading || role === 'pair' ? ' wrapText="1"' : '';
  return `<alignment horizontal="${across}" vertical="${down}"${wrap}/>`;
}
