/**
 * A report as a PDF: paints the laid out pages one after the other, so that 100,000 rows need little memory. The same
 * report and letterhead give the same bytes, unless a password seals them.
 */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import PDFDocument from 'pdfkit';
import {
  type BoxMark,
  INKS,
  type Ink,
  type LogoMark,
  type Page,
  type PageNumberMark,
  type TextMark,
} from '../../model/paper-page.ts';
import { PaperFonts } from '../paper/fonts.ts';
import { layReport } from '../paper/layout.ts';
import type { PaperLetterhead } from '../paper/letterhead.ts';
import type { Report } from '../report.ts';

export interface PdfOptions {
  /** `presentLetterhead(db, language)`. */
  readonly letterhead: PaperLetterhead;
  /** To open the file; it may be printed and copied from then on. AES-256. */
  readonly password?: string;
  /** Read before, where many files are written. */
  readonly fonts?: PaperFonts;
}

/** What pdfkit keeps to itself: glyphs of a font, objects of the file. */
interface Reference {
  readonly data: Record<string, unknown>;
  write(content: string): void;
  end(): void;
}
interface FontInside {
  readonly id: string;
  readonly font: {
    glyphForCodePoint(codePoint: number): {
      readonly id: number;
      readonly advanceWidth: number;
      readonly codePoints: readonly number[];
    };
  };
  readonly scale: number;
  readonly subset: { includeGlyph(id: number): number };
  /** By the glyph's number in the file: its width, and the letters that it stands for. */
  readonly widths: number[];
  readonly unicode: (readonly number[])[];
  ref(): Reference;
}
interface ImageInside {
  /** null once its bytes are in the file. */
  readonly image?: object | null;
  embed(document: object): void;
}
interface DocumentInside {
  openImage(bytes: Buffer): ImageInside;
  readonly _font: FontInside;
  ref(data: object): Reference;
  readonly page: { readonly fonts: Record<string, Reference>; readonly xobjects: Record<string, unknown> };
}
interface Face {
  readonly font: FontInside;
  readonly glyphs: Map<string, string>;
}

const THOUSAND = 1000;
const PAGE_COUNT = 'Pages';
/** Between the slash and the number of pages. */
const COUNT_GAP = 2.5;

/** Ends `output`. Rejects when it breaks. */
export async function writePdf(report: Report, output: Writable, options: PdfOptions): Promise<void> {
  const { letterhead, password, fonts = new PaperFonts() } = options;
  const made = new Date(report.madeAtMs);
  const document = new PDFDocument({
    autoFirstPage: false,
    // No default font: it would be looked for as a file.
    font: '',
    lang: letterhead.language,
    displayTitle: true,
    info: {
      Title: report.title,
      Author: report.company,
      Creator: 'Tollbook',
      Producer: 'Tollbook',
      CreationDate: made,
    },
    ...(password === undefined
      ? { pdfVersion: '1.7' }
      : {
          pdfVersion: '1.7ext3',
          userPassword: password,
          permissions: { printing: 'highResolution', copying: true, contentAccessibility: true },
        }),
  });
  const painter = new PdfPainter(document, fonts);
  const broken = new AbortController();
  const onClose = (): void => broken.abort(new Error('the reader of the file went away'));
  output.once('close', onClose);
  output.once('error', onClose);
  const drained = async (): Promise<void> => {
    for (let chunk: unknown = document.read(); chunk !== null; chunk = document.read()) {
      broken.signal.throwIfAborted();
      if (!output.write(chunk)) await once(output, 'drain', { signal: broken.signal });
    }
    // Other work of this thread goes on between two pages even when nothing waits.
    await new Promise((resolve) => setImmediate(resolve));
    broken.signal.throwIfAborted();
  };
  if (letterhead.logo !== null) await painter.embedLogo(letterhead.logo.bytes);
  for (const page of layReport(report, letterhead, fonts)) {
    painter.paint(page);
    await drained();
  }
  painter.end();
  await drained();
  output.end();
  if (!output.writableFinished) await once(output, 'finish', { signal: broken.signal });
}

class PdfPainter {
  readonly #document: PDFKit.PDFDocument;
  readonly #inside: DocumentInside;
  readonly #fonts: PaperFonts;
  readonly #faces: { readonly regular: Face; readonly bold: Face };
  /** The number of pages, written at the end and drawn on each page. */
  readonly #pageCount: Reference;
  #pages = 0;
  #countSize = 0;
  #logo: unknown;

  constructor(document: PDFKit.PDFDocument, fonts: PaperFonts) {
    this.#document = document;
    this.#inside = document as unknown as DocumentInside;
    this.#fonts = fonts;
    this.#faces = { regular: this.#face(fonts.regular, 'regular'), bold: this.#face(fonts.bold, 'bold') };
    this.#pageCount = this.#inside.ref({ Type: 'XObject', Subtype: 'Form', BBox: [-5, -5, 60, 20] });
  }

  /** Before the first page: a logo with transparent parts is unpacked meanwhile, and must not move other bytes. */
  async embedLogo(bytes: Uint8Array): Promise<void> {
    const logo = this.#inside.openImage(Buffer.from(bytes));
    logo.embed(this.#document);
    while (logo.image !== undefined && logo.image !== null) await new Promise((resolve) => setImmediate(resolve));
    this.#logo = logo;
  }

  paint({ width, height, marks }: Page): void {
    this.#document.addPage({ size: [width, height], margin: 0 });
    this.#pages += 1;
    const content: string[] = [];
    let ink: Ink | undefined;
    for (const mark of marks) {
      if (mark.kind === 'logo') {
        this.#paintLogo(mark);
        continue;
      }
      const wanted = mark.kind === 'page-number' ? 'quiet' : mark.ink;
      if (wanted !== ink) content.push(colour(wanted));
      ink = wanted;
      if (mark.kind === 'text') content.push(this.#text(mark));
      else if (mark.kind === 'box') content.push(this.#box(mark));
      else content.push(...this.#pageNumber(mark));
    }
    this.#document.addContent(content.join('\n'));
  }

  end(): void {
    const text = String(this.#pages);
    const { font } = this.#faces.regular;
    const { data } = this.#pageCount;
    data['Resources'] = { Font: { [font.id]: font.ref() } };
    this.#pageCount.write(
      `${colour('quiet')}\nBT /${font.id} ${this.#countSize} Tf 1 0 0 1 0 0 Tm <${this.#encoded(text, this.#faces.regular)}> Tj ET`,
    );
    this.#pageCount.end();
    this.#document.end();
  }

  #face(bytes: Buffer, name: string): Face {
    this.#document.registerFont(name, bytes);
    this.#document.font(name);
    return { font: this.#inside._font, glyphs: new Map() };
  }

  /**
   * Letter by letter, without the joining of letters that pdfkit looks for: no Vietnamese or Latin text needs it, it takes
   * most of the time, and a table of telephone numbers would leave each of them in its cache of words.
   */
  #encoded(text: string, face: Face): string {
    let hex = '';
    for (const letter of text) {
      let glyphs = face.glyphs.get(letter);
      if (glyphs === undefined) {
        glyphs = numberOf(letter, face.font);
        face.glyphs.set(letter, glyphs);
      }
      hex += glyphs;
    }
    return hex;
  }

  #text({ x, y, text, size, isBold, align }: Omit<TextMark, 'kind' | 'ink'>): string {
    const face = isBold ? this.#faces.bold : this.#faces.regular;
    this.#inside.page.fonts[face.font.id] = face.font.ref();
    const width = align === 'left' ? 0 : this.#fonts.width(text, size, isBold);
    const left = x - (align === 'right' ? width : width / 2);
    return `BT /${face.font.id} ${size} Tf 1 0 0 -1 ${short(left)} ${short(y)} Tm <${this.#encoded(text, face)}> Tj ET`;
  }

  #box({ x, y, width, height }: BoxMark): string {
    return `${short(x)} ${short(y)} ${short(width)} ${short(height)} re f`;
  }

  #pageNumber({ x, y, size, word, number }: PageNumberMark): readonly string[] {
    this.#countSize = size;
    this.#inside.page.xobjects[PAGE_COUNT] = this.#pageCount;
    const text = this.#text({ x, y, text: `${word} ${number} /`, size, isBold: false, align: 'right' });
    return [text, `q 1 0 0 -1 ${short(x + COUNT_GAP)} ${short(y)} cm /${PAGE_COUNT} Do Q`];
  }

  #paintLogo({ x, y, width, height }: LogoMark): void {
    this.#document.image(this.#logo as string, x, y, { width, height });
  }
}

/** Four hexadecimal digits, by which the text of the page names the letter. */
function numberOf(letter: string, { font, scale, subset, widths, unicode }: FontInside): string {
  const glyph = font.glyphForCodePoint(letter.codePointAt(0) ?? 0);
  const number = subset.includeGlyph(glyph.id);
  widths[number] ??= glyph.advanceWidth * scale;
  unicode[number] ??= glyph.codePoints;
  return number.toString(16).padStart(4, '0');
}

function colour(ink: Ink): string {
  const parts = /^#(..)(..)(..)$/.exec(INKS[ink])?.slice(1) ?? [];
  return `${parts.map((part) => short(Number.parseInt(part, 16) / 255)).join(' ')} rg`;
}

function short(value: number): string {
  return String(Math.round(value * THOUSAND) / THOUSAND);
}
