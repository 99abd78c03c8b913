/** Text inside the XML of a workbook, and its table of texts that many cells share. */

const CELL_CHARACTERS_LIMIT = 32_767;
/** Texts kept for sharing; those that come after them stand in their cells. */
const SHARED_LIMIT = 65_536;
const NEEDS_CARE = /[&<>"\u0000-\u001f\ufffe\uffff]|[\ud800-\udfff]|_x[0-9A-Fa-f]{4}_/;

/** For elements and attributes. Characters that XML cannot hold become `_x0007_`, as spreadsheets write them. */
export function escaped(text: string): string {
  if (!NEEDS_CARE.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[&<>"]|[\u0000-\u0008\u000b\u000c\u000d\u000e-\u001f\ufffe\uffff]/g, (letter) => {
      switch (letter) {
        case '&':
          return '&amp;';
        case '<':
          return '&lt;';
        case '>':
          return '&gt;';
        case '"':
          return '&quot;';
        default:
          return `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
      }
    });
}

/** Line breaks inside an attribute. */
export function escapedName(text: string): string {
  return escaped(text).replaceAll('\n', '_x000a_').replaceAll('\t', '_x0009_');
}

function textElement(text: string): string {
  const space = /^\s|\s$|\n| {2}/.test(text) ? ' xml:space="preserve"' : '';
  return `<t${space}>${escaped(text)}</t>`;
}

/** A spreadsheet would run what begins so as soon as somebody edits the cell. */
export function looksLikeFormula(text: string): boolean {
  return /^[=+\-@\t\r\n]/.test(text);
}

export class SharedTexts {
  readonly #indexes = new Map<string, number>();
  #uses = 0;

  /** The type and the content of a cell with this text. */
  cell(text: string): string {
    const shown = text.length > CELL_CHARACTERS_LIMIT ? text.slice(0, CELL_CHARACTERS_LIMIT) : text;
    let index = this.#indexes.get(shown);
    if (index === undefined) {
      if (this.#indexes.size >= SHARED_LIMIT) return ` t="inlineStr"><is>${textElement(shown)}</is></c>`;
      index = this.#indexes.size;
      this.#indexes.set(shown, index);
    }
    this.#uses += 1;
    return ` t="s"><v>${index}</v></c>`;
  }

  *xml(): Generator<string> {
    yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="${this.#uses}" uniqueCount="${this.#indexes.size}">`;
    for (const text of this.#indexes.keys()) yield `<si>${textElement(text)}</si>`;
    yield '</sst>';
  }
}
