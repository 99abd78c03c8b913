/** Pages being filled from the top: where the next mark goes, what stands at the head and the foot of each of them. */

import { type Ink, MARGIN, type Mark, type Orientation, type Page, pageSize } from '../../model/paper-page.ts';
import type { Report } from '../report.ts';
import { ASCENT, LINE_HEIGHT, type PaperFonts } from './fonts.ts';
import type { PaperLetterhead } from './letterhead.ts';
import { type Face, wrap } from './wrap.ts';

const RUNNING_SIZE = 7.5;
const FOOT_SIZE = 7.5;
const HAIRLINE = 0.5;
/** Room of the running head and the line below it. */
const RUNNING_HEIGHT = 22;
const LOGO_HEIGHT = 44;
const LOGO_WIDTH = 130;

export interface TextStyle extends Face {
  readonly ink: Ink;
}

export class PageFlow {
  readonly fonts: PaperFonts;
  readonly head: PaperLetterhead;
  readonly #report: Report;
  readonly #done: Page[] = [];
  /** Side by side: the same rows on as many pages as the columns need. */
  #open: Mark[][] = [];
  #orientation: Orientation = 'portrait';
  #count = 0;
  #section = '';
  /** Of the next line's top. */
  y = 0;
  /** Nothing but the head stands on it. */
  isFresh = false;

  constructor(report: Report, head: PaperLetterhead, fonts: PaperFonts) {
    this.#report = report;
    this.head = head;
    this.fonts = fonts;
  }

  get orientation(): Orientation {
    return this.#orientation;
  }

  get left(): number {
    return MARGIN.left;
  }

  get right(): number {
    return pageSize(this.#orientation).width - MARGIN.right;
  }

  get bottom(): number {
    return pageSize(this.#orientation).height - MARGIN.bottom;
  }

  get room(): number {
    return this.bottom - this.y;
  }

  /** Of a page with nothing but its running head. */
  get wholeRoom(): number {
    return this.bottom - MARGIN.top - RUNNING_HEIGHT;
  }

  /** Pages that are full; each comes once. */
  *finished(): Generator<Page> {
    yield* this.#done.splice(0);
  }

  /** Stands in the running head of the pages that follow. */
  section(title: string): void {
    this.#section = title;
  }

  /** The first page, with the whole letterhead. */
  begin(orientation: Orientation): void {
    this.#orientation = orientation;
    this.#open = [[]];
    this.y = MARGIN.top;
    this.#letterhead();
    this.isFresh = true;
  }

  nextPage(orientation: Orientation = this.#orientation, parts = 1): void {
    this.#close();
    this.#orientation = orientation;
    this.#open = [];
    this.widen(parts);
    this.y = MARGIN.top + RUNNING_HEIGHT;
    this.isFresh = true;
  }

  /** As many pages side by side. */
  widen(parts: number): void {
    while (this.#open.length < parts) {
      this.#open.push([]);
      this.#runningHead(this.#open.length - 1);
    }
  }

  end(): void {
    this.#close();
  }

  text(text: string, x: number, style: TextStyle, align: 'left' | 'right' | 'center' = 'left', part = 0): void {
    this.textAt(text, x, this.y, style, align, part);
  }

  /** `top`: of the line. */
  textAt(
    text: string,
    x: number,
    top: number,
    { size, isBold, ink }: TextStyle,
    align: 'left' | 'right' | 'center' = 'left',
    part = 0,
  ): void {
    if (text === '') return;
    this.#put(part, { kind: 'text', x, y: top + size * ASCENT, text, size, isBold, ink, align });
  }

  linesAt(
    lines: readonly string[],
    x: number,
    top: number,
    style: TextStyle,
    align: 'left' | 'right' | 'center' = 'left',
    part = 0,
  ): void {
    for (const [i, line] of lines.entries()) {
      this.textAt(line, x, top + i * style.size * LINE_HEIGHT, style, align, part);
    }
  }

  /** Lines below each other from `y` on, which moves down. */
  paragraph(text: string, x: number, width: number, style: TextStyle): void {
    for (const line of wrap(this.fonts.printable(text), width, style, this.fonts)) {
      this.text(line, x, style);
      this.y += style.size * LINE_HEIGHT;
    }
    this.isFresh = false;
  }

  rule(x: number, top: number, width: number, ink: Ink, thickness = HAIRLINE, part = 0): void {
    this.#put(part, { kind: 'box', x, y: top, width, height: thickness, ink });
  }

  box(x: number, top: number, width: number, height: number, ink: Ink): void {
    this.#put(0, { kind: 'box', x, y: top, width, height, ink });
  }

  #put(part: number, mark: Mark): void {
    this.#open[part]?.push(mark);
  }

  #close(): void {
    const size = pageSize(this.#orientation);
    for (const [part, marks] of this.#open.entries()) {
      this.#count += 1;
      this.#foot(part);
      this.#done.push({ ...size, marks });
    }
    this.#open = [];
  }

  #foot(part: number): void {
    const { width, height } = pageSize(this.#orientation);
    const { footer } = this.head;
    const top = height - MARGIN.bottom + 16;
    this.rule(this.left, top - 6, width - MARGIN.left - MARGIN.right, 'hairline', HAIRLINE, part);
    const y = top + FOOT_SIZE * ASCENT;
    const number = { kind: 'page-number', size: FOOT_SIZE, word: this.#report.pageWord, number: this.#count } as const;
    this.#put(part, { ...number, x: width / 2, y });
    const style = { size: FOOT_SIZE, isBold: false, ink: 'quiet' } as const;
    const room = width - MARGIN.left - MARGIN.right;
    for (const [i, line] of (footer === ''
      ? []
      : wrap(this.fonts.printable(footer), room, style, this.fonts)
    ).entries()) {
      this.textAt(line, width / 2, top + (i + 1) * FOOT_SIZE * LINE_HEIGHT, style, 'center', part);
    }
  }

  #runningHead(part: number): void {
    const style = { size: RUNNING_SIZE, isBold: false, ink: 'quiet' } as const;
    const room = this.right - this.left;
    const title = [this.#report.title, this.#section].filter((text) => text !== '').join(' · ');
    const oneLine = (text: string, width: number): string => {
      const [first = '', ...rest] = wrap(this.fonts.printable(text).replaceAll('\n', ' '), width, style, this.fonts);
      return rest.length === 0 ? first : `${first}…`;
    };
    this.textAt(oneLine(this.#report.company, room * 0.4), this.left, MARGIN.top - 2, style, 'left', part);
    this.textAt(oneLine(title, room * 0.56), this.right, MARGIN.top - 2, style, 'right', part);
    this.rule(this.left, MARGIN.top + 11, room, 'hairline', HAIRLINE, part);
  }

  #letterhead(): void {
    const { logo, lines } = this.head;
    const { company } = this.#report;
    if (logo === null && company === '' && lines.length === 0) return;
    const top = this.y;
    let x = this.left;
    let logoBottom = top;
    if (logo !== null) {
      const scale = Math.min(LOGO_HEIGHT / logo.heightPixels, LOGO_WIDTH / logo.widthPixels);
      const [width, height] = [logo.widthPixels * scale, logo.heightPixels * scale];
      this.#put(0, { kind: 'logo', x, y: top, width, height });
      x += width + 12;
      logoBottom = top + height;
    }
    if (company !== '') this.paragraph(company, x, this.right - x, { size: 11, isBold: true, ink: 'text' });
    for (const line of lines) this.paragraph(line, x, this.right - x, { size: 8, isBold: false, ink: 'quiet' });
    this.y = Math.max(this.y, logoBottom) + 8;
    this.rule(this.left, this.y, this.right - this.left, 'line');
    this.y += 4;
  }
}
