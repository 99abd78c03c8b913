/** A template as people give it back: the fonts, colours and texts of its named cells, and its picture. Nothing else of it counts. */

import type { Logo } from '../model/letterhead.ts';
import { BUILT_IN_LOOK, type TextLook, type WorkbookLook } from '../model/workbook-look.ts';
import { type LogoFault, readLogo } from './paper/logo.ts';
import { BAND_CELL, PAGE_TEXT_CHARACTERS, STYLED_CELLS, TEXT_CELLS } from './workbook-template-names.ts';
import { type PartsFault, unpackParts } from './workbook-template-parts.ts';
import {
  childOf,
  childrenOf,
  colorOf,
  parseXml,
  themeColors,
  wholeText,
  type XmlElement,
} from './workbook-template-xml.ts';

/** Keys of `api.field`; `cells` names what is missing. */
export interface TemplateFault {
  readonly fault: PartsFault | LogoFault | 'templateCells' | 'templatePageText';
  readonly cells: readonly string[];
}

export function isTemplateFault(found: WorkbookLook | TemplateFault): found is TemplateFault {
  return 'fault' in found;
}

export async function readTemplate(bytes: Uint8Array): Promise<WorkbookLook | TemplateFault> {
  const parts = await unpackParts(bytes);
  if (typeof parts === 'string') return { fault: parts, cells: [] };
  try {
    return lookIn(new TemplateWorkbook(parts));
  } catch {
    return { fault: 'templateBroken', cells: [] };
  }
}

function lookIn(workbook: TemplateWorkbook): WorkbookLook | TemplateFault {
  const wanted = [...Object.values(STYLED_CELLS), BAND_CELL, ...Object.values(TEXT_CELLS)];
  const missing = wanted.filter((name) => !workbook.has(name));
  if (missing.length > 0) return { fault: 'templateCells', cells: missing };
  const texts = {
    headerLeft: workbook.text(TEXT_CELLS.headerLeft),
    headerRight: workbook.text(TEXT_CELLS.headerRight),
    footerLeft: workbook.text(TEXT_CELLS.footerLeft),
  };
  if (Object.values(texts).some((text) => text.length > PAGE_TEXT_CHARACTERS))
    return { fault: 'templatePageText', cells: [] };
  const picture = workbook.picture(STYLED_CELLS.title);
  const logo = picture === undefined ? null : readLogo(picture);
  if (typeof logo === 'string') return { fault: logo, cells: [] };
  return {
    title: workbook.style(STYLED_CELLS.title, BUILT_IN_LOOK.title),
    heading: workbook.style(STYLED_CELLS.heading, BUILT_IN_LOOK.heading),
    total: workbook.style(STYLED_CELLS.total, BUILT_IN_LOOK.total),
    body: workbook.style(STYLED_CELLS.body, BUILT_IN_LOOK.body),
    bandFill: workbook.style(BAND_CELL, BUILT_IN_LOOK.body).fill,
    ...texts,
    logo: logo satisfies Logo | null,
  };
}

interface CellPlace {
  /** Path of the sheet's part. */
  readonly sheet: string;
  /** `B4`. */
  readonly address: string;
}

const SIZES = { least: 6, most: 36 } as const;
const FONT_CHARACTERS = 60;

class TemplateWorkbook {
  readonly #parts: ReadonlyMap<string, Buffer>;
  readonly #places = new Map<string, CellPlace>();
  readonly #theme: readonly string[];
  readonly #styles: XmlElement | undefined;
  readonly #trees = new Map<string, XmlElement>();

  constructor(parts: ReadonlyMap<string, Buffer>) {
    this.#parts = parts;
    const workbook = this.#tree('xl/workbook.xml');
    const links = this.#links('xl/workbook.xml');
    const sheets = new Map<string, string>();
    for (const { attributes } of childrenOf(childOf(workbook, 'sheets'), 'sheet')) {
      sheets.set(attributes['name'] ?? '', links.get(attributes['r:id'] ?? '')?.path ?? '');
    }
    for (const name of childrenOf(childOf(workbook, 'definedNames'), 'definedName')) {
      const found = /^(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(wholeText(name).trim());
      const sheet = sheets.get((found?.[1] ?? found?.[2] ?? '').replaceAll("''", "'"));
      if (found === null || sheet === undefined) continue;
      this.#places.set(name.attributes['name'] ?? '', { sheet, address: `${found[3]}${found[4]}` });
    }
    this.#styles = this.#tree('xl/styles.xml');
    const theme = [...parts.keys()].find((path) => /^xl\/theme\/theme\d*\.xml$/.test(path));
    this.#theme = themeColors(theme === undefined ? undefined : this.#tree(theme));
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  text(name: string): string {
    const cell = this.#cell(name);
    if (cell === undefined) return '';
    const value = childOf(cell, 'v');
    const { t: type } = cell.attributes;
    if (type === 's') {
      const texts = childrenOf(this.#tree('xl/sharedStrings.xml'), 'si');
      const shared = texts[Number(value?.text ?? -1)];
      return shared === undefined ? '' : shownText(shared);
    }
    const inline = childOf(cell, 'is');
    return (inline === undefined ? (value?.text ?? '') : shownText(inline)).trim();
  }

  style(name: string, usual: TextLook): TextLook {
    const index = Number(this.#cell(name)?.attributes['s'] ?? 0);
    const format = childrenOf(childOf(this.#styles, 'cellXfs'), 'xf')[index];
    const font = childrenOf(childOf(this.#styles, 'fonts'), 'font')[Number(format?.attributes['fontId'] ?? 0)];
    const fill = childrenOf(childOf(this.#styles, 'fills'), 'fill')[Number(format?.attributes['fillId'] ?? 0)];
    const pattern = childOf(fill, 'patternFill');
    const isFilled = pattern?.attributes['patternType'] === 'solid';
    const fontName = childOf(font, 'name')?.attributes['val']?.slice(0, FONT_CHARACTERS);
    const size = Number(childOf(font, 'sz')?.attributes['val'] ?? usual.sizePt);
    return {
      fontName: fontName === undefined || fontName === '' ? usual.fontName : fontName,
      sizePt: Number.isFinite(size) ? Math.min(Math.max(size, SIZES.least), SIZES.most) : usual.sizePt,
      isBold: isOn(childOf(font, 'b')),
      isItalic: isOn(childOf(font, 'i')),
      color: colorOf(childOf(font, 'color'), this.#theme) ?? '000000',
      fill: isFilled ? (colorOf(childOf(pattern, 'fgColor'), this.#theme) ?? null) : null,
    };
  }

  /** The first picture on the sheet where this cell is. */
  picture(name: string): Uint8Array | undefined {
    const sheet = this.#places.get(name)?.sheet ?? '';
    const drawing = [...this.#links(sheet).values()].find(({ type }) => type.endsWith('/drawing'));
    if (drawing === undefined) return undefined;
    const image = [...this.#links(drawing.path).values()].find(({ type }) => type.endsWith('/image'));
    return image === undefined ? undefined : this.#parts.get(image.path);
  }

  #cell(name: string): XmlElement | undefined {
    const place = this.#places.get(name);
    if (place === undefined) return undefined;
    for (const row of childrenOf(childOf(this.#tree(place.sheet), 'sheetData'), 'row')) {
      const cell = childrenOf(row, 'c').find(({ attributes }) => attributes['r'] === place.address);
      if (cell !== undefined) return cell;
    }
    return undefined;
  }

  #tree(path: string): XmlElement | undefined {
    const known = this.#trees.get(path);
    if (known !== undefined) return known;
    const content = this.#parts.get(path);
    if (content === undefined) return undefined;
    const tree = parseXml(content.toString('utf8').replace(/^\ufeff/, ''));
    this.#trees.set(path, tree);
    return tree;
  }

  /** What a part refers to, by the number of the reference. */
  #links(path: string): ReadonlyMap<string, { readonly type: string; readonly path: string }> {
    const slash = path.lastIndexOf('/');
    const folder = path.slice(0, slash);
    const tree = this.#tree(`${folder}/_rels/${path.slice(slash + 1)}.rels`);
    return new Map(
      childrenOf(tree, 'Relationship').map(({ attributes }) => [
        attributes['Id'] ?? '',
        { type: attributes['Type'] ?? '', path: inFolder(folder, attributes['Target'] ?? '') },
      ]),
    );
  }
}

/** Without what only says how it is pronounced. */
function shownText(text: XmlElement): string {
  return text.children
    .filter(({ name }) => name === 't' || name === 'r')
    .map((part) => wholeText(part))
    .join('')
    .trim();
}

function isOn(element: XmlElement | undefined): boolean {
  return element !== undefined && !['0', 'false'].includes(element.attributes['val'] ?? '1');
}

function inFolder(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const parts = folder.split('/');
  for (const step of target.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  return parts.join('/');
}
