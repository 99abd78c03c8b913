/** The XML of workbooks as a tree, and the colours in it. Only what templates need; documents with own entities are refused. */

export interface XmlElement {
  /** Without a prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

const DEPTH_LIMIT = 60;

/** Throws on what is no such XML. */
export function parseXml(source: string): XmlElement {
  if (/<!DOCTYPE|<!ENTITY/i.test(source)) throw new Error('own entities');
  const root: OpenElement = { name: '', attributes: {}, children: [], text: '' };
  const open: OpenElement[] = [root];
  let at = 0;
  while (at < source.length) {
    const start = source.indexOf('<', at);
    const present = open.at(-1) ?? root;
    if (start < 0) break;
    if (start > at) present.text += plainText(source.slice(at, start));
    if (source.startsWith('<?', start)) at = endOf(source, '?>', start);
    else if (source.startsWith('<!--', start)) at = endOf(source, '-->', start);
    else if (source.startsWith('<![CDATA[', start)) {
      at = endOf(source, ']]>', start);
      present.text += source.slice(start + 9, at - 3);
    } else {
      const end = tagEnd(source, start);
      const tag = source.slice(start + 1, end);
      at = end + 1;
      if (tag.startsWith('/')) {
        if (open.length > 1) open.pop();
        continue;
      }
      const element = elementOf(tag);
      present.children.push(element);
      if (!tag.endsWith('/')) open.push(element);
      if (open.length > DEPTH_LIMIT) throw new Error('too deep');
    }
  }
  return root.children[0] ?? root;
}

function endOf(source: string, mark: string, from: number): number {
  const found = source.indexOf(mark, from);
  if (found < 0) throw new Error('cut off');
  return found + mark.length;
}

/** Of the `>` that is not inside an attribute. */
function tagEnd(source: string, start: number): number {
  let quote = '';
  for (let i = start + 1; i < source.length; i += 1) {
    const letter = source.charAt(i);
    if (quote !== '') {
      if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '>') return i;
  }
  throw new Error('cut off');
}

function elementOf(tag: string): OpenElement {
  const name = /^[^\s/]+/.exec(tag)?.[0] ?? '';
  const attributes: Record<string, string> = {};
  for (const [, key = '', double, single] of tag.slice(name.length).matchAll(/([\w:.-]+)=(?:"([^"]*)"|'([^']*)')/g)) {
    attributes[key] = plainText(double ?? single ?? '');
  }
  return { name: name.replace(/^.*:/, ''), attributes, children: [], text: '' };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plainText(text: string): string {
  return text.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (whole, entity: string) => {
    if (!entity.startsWith('#')) return ENTITIES[entity] ?? whole;
    const code = entity.startsWith('#x') ? Number.parseInt(entity.slice(2), 16) : Number.parseInt(entity.slice(1), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** All text in and below it. */
export function wholeText(element: XmlElement): string {
  return element.text + element.children.map(wholeText).join('');
}

// ---- Colours ---------------------------------------------------------------------------------------------------------

/** The order in which spreadsheets count the colours of a theme. */
const THEME_ORDER = ['lt1', 'dk1', 'lt2', 'dk2', 'accent1', 'accent2', 'accent3', 'accent4', 'accent5', 'accent6'];
/** Where the file has no theme: the one that spreadsheets then show. */
const USUAL_THEME = [
  'FFFFFF',
  '000000',
  'E7E6E6',
  '44546A',
  '4472C4',
  'ED7D31',
  'A5A5A5',
  'FFC000',
  '5B9BD5',
  '70AD47',
];
/** Numbered colours of old files, from 8. */
const NUMBERED = (
  '000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 008080 C0C0C0 808080 ' +
  '9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF ' +
  '00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 ' +
  '003366 339966 003300 333300 993300 993366 333399 333333'
).split(' ');
const FIRST_NUMBERED = 8;

export function themeColors(theme: XmlElement | undefined): readonly string[] {
  const scheme = childOf(childOf(theme, 'themeElements'), 'clrScheme');
  return THEME_ORDER.map((name, i) => {
    const [color] = childOf(scheme, name)?.children ?? [];
    const value = color?.attributes['lastClr'] ?? color?.attributes['val'] ?? '';
    return /^[0-9A-Fa-f]{6}$/.test(value) ? value.toUpperCase() : (USUAL_THEME[i] ?? '000000');
  });
}

/** `RRGGBB`; undefined where the element names no colour of its own. */
export function colorOf(element: XmlElement | undefined, theme: readonly string[]): string | undefined {
  const { rgb, theme: number, indexed, tint } = element?.attributes ?? {};
  if (rgb !== undefined && /^(?:[0-9A-Fa-f]{2})?[0-9A-Fa-f]{6}$/.test(rgb)) return rgb.slice(-6).toUpperCase();
  if (number !== undefined) {
    const base = theme[Number(number)];
    return base === undefined ? undefined : tinted(base, Number(tint ?? 0));
  }
  return indexed === undefined ? undefined : NUMBERED[Number(indexed) - FIRST_NUMBERED];
}

/** Lighter above 0, darker below. */
function tinted(color: string, tint: number): string {
  if (!Number.isFinite(tint) || tint === 0) return color;
  const parts = [0, 2, 4].map((i) => Number.parseInt(color.slice(i, i + 2), 16));
  const share = Math.min(1, Math.abs(tint));
  return parts
    .map((part) => Math.round(tint < 0 ? part * (1 - share) : part + (255 - part) * share))
    .map((part) => part.toString(16).toUpperCase().padStart(2, '0'))
    .join('');
}
