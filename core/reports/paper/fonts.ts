/** The two fonts of paper and how wide their letters are. Digits of both are all equally wide. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';

export const FONT_FILES = { regular: 'Roboto-Regular.ttf', bold: 'Roboto-Medium.ttf' } as const;

/** Beside this file while developing, in dist/fonts once bundled. */
export function fontFile(name: string, from: string = import.meta.url): string {
  return fileURLToPath(new URL(from.endsWith('.ts') ? `./fonts/${name}` : `../fonts/${name}`, from));
}

/** Distance from the top of a line to its base line, and from line to line, for a size of 1. */
export const ASCENT = 0.93;
export const LINE_HEIGHT = 1.25;

/** Replaces what neither font has; nothing is left out in silence. */
export const UNKNOWN_LETTER = '?';
const MEASURED_SIZE = 1000;
/** What has no width of its own and no letter: controls, joiners, marks of direction. */
const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

interface Measured {
  readonly width: number;
  readonly isKnown: boolean;
}

/** What pdfkit knows of a font and keeps to itself. */
interface FontInside {
  readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } };
}

export class PaperFonts {
  readonly regular = readFileSync(fontFile(FONT_FILES.regular));
  readonly bold = readFileSync(fontFile(FONT_FILES.bold));
  readonly #document = new PDFDocument({ autoFirstPage: false, font: '' });
  readonly #measured = { regular: new Map<string, Measured>(), bold: new Map<string, Measured>() };

  constructor() {
    this.#document.registerFont('regular', this.regular);
    this.#document.registerFont('bold', this.bold);
  }

  /** As it can be printed: one form of composed letters, no controls, a question mark for letters the fonts lack. */
  printable(text: string): string {
    const composed = text
      .normalize('NFC')
      .replace(/[\t\r]/g, ' ')
      .replace(INVISIBLE, (c) => (c === '\n' ? c : ''));
    let known = '';
    for (const letter of composed)
      known += letter === '\n' || this.#of(letter, false).isKnown ? letter : UNKNOWN_LETTER;
    return known;
  }

  width(text: string, size: number, isBold: boolean): number {
    let sum = 0;
    for (const letter of text) sum += this.#of(letter, isBold).width;
    return (sum * size) / MEASURED_SIZE;
  }

  #of(letter: string, isBold: boolean): Measured {
    const face = isBold ? 'bold' : 'regular';
    const known = this.#measured[face].get(letter);
    if (known !== undefined) return known;
    const { _font } = this.#document.font(face) as unknown as FontInside;
    const measured = {
      width: this.#document.fontSize(MEASURED_SIZE).widthOfString(letter),
      isKnown: _font.font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0),
    };
    this.#measured[face].set(letter, measured);
    return measured;
  }
}
